"""The white paper: figures of a year, a draft for Word, the version that counts."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from bulletins.actions import bulletins, white_papers
from bulletins.actions.circulation import circulate, words_of
from bulletins.actions.white_papers import WhitePaperWords, begin, write
from bulletins.models import Bulletin, WhitePaper
from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from tests.disputes import agency_part, filed, stepped, suit
from tests.sitting import moment
from tests.texts import draft, published

AT = moment(date(2027, 1, 12))


def begun(city, year: int = 2026) -> WhitePaper:
    return begin(
        city.mechanism.pk,
        actor=city.users["court_officer"],
        at=AT,
        organization=city.organizations["court"],
        year=year,
    )


def at(name: str, paper: WhitePaper) -> str:
    return reverse(f"bulletins:{name}", args=[paper.public_id])


def table(paper: WhitePaper, title: str) -> list[list]:
    return next(one["rows"] for one in paper.tables if one["title"] == title)


def test_the_figures_are_those_of_the_years_records(city):
    case = filed(suit(city), date(2026, 3, 9), n=1)
    stepped(case, "send", date(2026, 3, 11), served_party=agency_part(case))
    stepped(case, "hear", date(2026, 4, 1))
    stepped(case, "pronounce", date(2026, 4, 20), mode="revoked", ground_of_loss="procedure")

    paper = begun(city)

    assert table(paper, "行政案件收结案情况") == [["一审", 0, 1, 1, 0]]
    assert table(paper, "行政机关败诉情况") == [["市综合执法局", 1, 1, "100.00%"]]


def test_a_year_that_is_not_over_has_no_white_paper(city):
    with pytest.raises(RuleBroken) as broken:
        begun(city, 2027)

    assert (broken.value.code, broken.value.field) == ("future_year", "year")
    assert not WhitePaper.objects.exists()


def test_begun_twice_it_is_one(city):
    assert begun(city) == begun(city)


def test_the_draft_comes_out_as_word_with_what_was_written(city, as_user):
    paper, case = begun(city), published(city)
    client = as_user(city.users["court_officer"])

    saved = client.post(
        at("white-paper-write", paper),
        {
            "overview": "<p>全年收案稳中有降。</p>",
            "typical": [case.public_id],
            "version": paper.version,
        },
    )
    answer = client.get(at("white-paper-word", paper))

    assert saved.status_code == 302
    words = "\n".join(
        one.text for one in Document(BytesIO(b"".join(answer.streaming_content))).paragraphs
    )
    assert "全年收案稳中有降。" in words.replace("\n", "")
    assert case.title in words.replace("\n", "")


def test_only_masked_cases_of_the_library_stand_in_it(city):
    paper, case = begun(city), draft(city)

    with pytest.raises(RuleBroken) as broken:
        write(
            paper.pk,
            actor=city.users["court_officer"],
            at=AT,
            words=WhitePaperWords(typical=[case]),
        )

    assert (broken.value.code, broken.value.field) == ("not_masked", "typical")


def test_the_uploaded_version_counts_and_a_bulletin_brings_it(city, as_user):
    paper = begun(city)
    client = as_user(city.users["court_officer"])

    early = client.post(at("white-paper-tell", paper), follow=True)
    for name in ("初稿.txt", "定稿.txt"):
        client.post(
            at("white-paper-final", paper),
            {"file": SimpleUploadedFile(name, "白皮书".encode()), "declared": "on"},
        )
    page = client.get(paper.get_absolute_url()).content.decode()
    client.post(at("white-paper-tell", paper))

    assert "请先上传定稿" in early.content.decode()
    assert "定稿.txt" in page
    assert "初稿.txt" not in page
    paper.refresh_from_db()
    assert (paper.state, paper.bulletin) == ("told", Bulletin.objects.get())


def test_government_reads_it_once_it_is_circulated(city, as_user):
    paper = begun(city)
    court, government = city.users["court_officer"], city.users["gov_officer"]
    assert paper in visible_to(court, WhitePaper)
    assert paper not in visible_to(government, WhitePaper)

    file = SimpleUploadedFile("定稿.txt", "白皮书".encode())
    white_papers.put_final(paper.pk, actor=court, at=AT, file=file, declared=True)
    told = white_papers.tell(paper.pk, actor=court, at=AT)
    given = {"recipients": (city.organizations["justice"].pk,)}
    bulletins.revise(told.pk, actor=court, at=AT, words=replace(words_of(told), **given))
    bulletins.send_for_review(told.pk, actor=court, at=AT)
    bulletins.sign(told.pk, actor=city.users["court_deputy"], at=AT)
    circulate(told.pk, actor=court, at=AT)

    page = as_user(government).get(told.get_absolute_url())
    assert paper in visible_to(government, WhitePaper)
    assert page.context["white_paper"] == paper
    assert "定稿.txt" in page.content.decode()
    file = as_user(government).get(page.context["final"].get_absolute_url())
    assert b"".join(file) == "白皮书".encode()


def test_government_begins_none(city, as_user):
    client = as_user(city.users["gov_officer"])

    assert client.get(reverse("bulletins:white-paper-new")).status_code == 403
    assert "编制白皮书" not in client.get(reverse("bulletins:white-papers")).content.decode()
