"""The Word form of every paper: the same words, on the same page."""

import json
from collections import Counter
from io import BytesIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from docx import Document as WordDocument
from docx.oxml.ns import qn
from lxml.html import fromstring

from services.documents.kinds import KINDS
from services.documents.rendering import papers, pdf, word
from tests.papers import CONTEXTS, NOTICE


def words_of(text: str) -> Counter:
    return Counter("".join(text.split()))


def test_there_is_a_context_and_a_paper_of_every_kind():
    assert set(CONTEXTS) == set(KINDS)


@pytest.mark.parametrize("kind", sorted(CONTEXTS))
def test_word_says_what_the_pdf_says(kind):
    html = papers.html_of(kind, CONTEXTS[kind])
    document = WordDocument(BytesIO(word.render(html)))

    said = "".join(node.text or "" for node in document.element.body.iter(qn("w:t")))
    assert words_of(said) == words_of(fromstring(html).find("body").text_content())


def test_the_word_page_is_that_of_the_standard():
    document = WordDocument(BytesIO(word.render(papers.html_of("notice", NOTICE))))
    section = document.sections[0]

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (round(section.top_margin.mm), round(section.left_margin.mm)) == (37, 28)
    assert (round(section.bottom_margin.mm), round(section.right_margin.mm)) == (35, 26)
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    assert section.different_first_page_header_footer
    assert document.settings.odd_and_even_pages_header_footer
    faces = document.styles["Normal"].element.rPr.rFonts
    assert faces.get(qn("w:eastAsia")) == "仿宋_GB2312"


def test_a_letter_has_both_double_lines_and_its_wide_table_small_type():
    html = papers.html_of("suggestion_reply", CONTEXTS["suggestion_reply"])
    document = WordDocument(BytesIO(word.render(html)))

    rules = [
        next(part.iter(qn("w:pBdr")))[0].get(qn("w:val"))
        for part in (document.element.body, document.sections[0].first_page_footer._element)
    ]
    assert rules == ["thickThinSmallGap", "thinThickSmallGap"]
    cells = document.tables[0].rows[1].cells
    assert {run.font.size.pt for cell in cells for run in cell.paragraphs[0].runs} == {12}


def test_the_same_context_gives_the_same_bytes():
    html = papers.html_of("notice", NOTICE)

    with time_machine.travel("2026-11-22T09:00:00+08:00", tick=False):
        first = word.render(html)
    with time_machine.travel("2027-01-05T16:30:10+08:00", tick=False):
        assert word.render(html) == first


@pytest.mark.parametrize("suffix", ["pdf", "docx", "html"])
def test_the_command_renders_from_a_file(tmp_path, suffix):
    context, out = tmp_path / "c.json", tmp_path / f"o.{suffix}"
    context.write_text(json.dumps(NOTICE), encoding="utf-8")

    call_command("render_document", "notice", context=context, out=out)

    start = {"pdf": b"%PDF", "docx": b"PK", "html": b"<!doctype html>"}[suffix]
    assert out.read_bytes().lstrip().startswith(start)


@pytest.mark.parametrize(("content", "name"), [("{", "o.pdf"), ("{}", "o.odt")])
def test_the_command_says_what_is_wrong(tmp_path, content, name):
    context = tmp_path / "c.json"
    context.write_text(content if name == "o.pdf" else json.dumps(NOTICE), encoding="utf-8")

    with pytest.raises(CommandError):
        call_command("render_document", "notice", context=context, out=tmp_path / name)


def test_nothing_is_fetched_for_a_paper(caplog):
    html = '<img src="http://127.0.0.1:1/x.png"><img src="file:///etc/hostname"><p>正文</p>'

    assert pdf.render(html).pages == 1
    assert caplog.text.count("Failed to load image") == 2
