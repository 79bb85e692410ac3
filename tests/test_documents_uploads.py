from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as WordDocument
from openpyxl import Workbook

from foundations.access.errors import RuleBroken
from foundations.access.visibility import Visibility
from foundations.audit.models import AuditEntry
from meetings.models import Topic
from services.documents import attachments
from services.documents.attachments import attach, attachments_of
from services.documents.forms import UploadForm
from services.documents.models import Attachment
from services.documents.rendering import papers, pdf
from tests.gatherings import make_meeting
from tests.office97 import office97, older, oversized, protected, with_stream_named
from tests.papers import CONTEXTS
from tests.paperwork import AT, bytes_of, rolled_back


def word(text: str) -> bytes:
    document, out = WordDocument(), BytesIO()
    document.add_table(rows=1, cols=1).rows[0].cells[0].text = text
    document.save(out)
    return out.getvalue()


def sheet(text: str) -> bytes:
    book, out = Workbook(), BytesIO()
    book.active["B3"] = text
    book.save(out)
    return out.getvalue()


def paper(text: str) -> bytes:
    context = {**CONTEXTS["consensus"], "paragraphs": [text]}
    return pdf.render(papers.html_of("consensus", context)).content


def zipped(*names: str, text: str = "x") -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name in names:
            package.writestr(name, text)
    return out.getvalue()


def headed(text: str) -> bytes:
    """The mark stands in the head of the first page alone."""
    document, out = WordDocument(), BytesIO()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = text
    document.save(out)
    return out.getvalue()


def boxed(text: str) -> bytes:
    """A box with the mark in the midst of a line."""
    box = f"<w:txbx><w:p><w:t>{text}</w:t></w:p></w:txbx>"
    line = f"<w:p><w:t>某局</w:t>{box}<w:t>文件</w:t></w:p>"
    return zipped("word/document.xml", text=f'<w:d xmlns:w="w">{line}</w:d>')


def endless_sheet() -> bytes:
    """A sheet that says it has all the rows and columns that there can be."""
    size = '<dimension ref="A1:XFD1048576"/>'
    cells = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return zipped(
        "xl/worksheets/sheet1.xml",
        text=f"<worksheet>{size}<sheetData>{cells}</sheetData></worksheet>",
    )


def slides(text: str) -> bytes:
    return zipped("ppt/slides/slide1.xml", text=f'<a xmlns:a="a"><a:p><a:t>{text}</a:t></a:p></a>')


def locked(content: bytes) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(content)) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


@pytest.fixture
def give(city):
    """give(name, content, **changes): an upload to a meeting by the government's officer."""
    meeting = make_meeting(city)

    def given(name, content, **changes):
        values = {
            "actor": city.users["gov_officer"],
            "at": AT,
            "jurisdiction": city.jurisdiction,
            "declared": True,
            "visibility": Visibility.MEETING,
            "organization": city.organizations["section"],
        }
        upload = SimpleUploadedFile(name, content)
        return attach(changes.pop("subject", meeting), upload, **values | changes)

    given.meeting = meeting
    return given


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("说明.docx", lambda: word("催告程序的建议"), "wordprocessingml.document"),
        ("台账.xlsx", lambda: sheet("案件 12 件"), "spreadsheetml.sheet"),
        ("通知.PDF", lambda: paper("依法行政。"), "application/pdf"),
        ("旧表.xls", lambda: office97("xls"), "vnd.ms-excel"),
        ("旧文.doc", lambda: office97("doc"), "msword"),
        ("旧片.ppt", lambda: office97("ppt"), "vnd.ms-powerpoint"),
        ("旧文.wps", lambda: office97("doc", "机密性与完整性"), "vnd.ms-works"),
        ("公文.ofd", lambda: zipped("OFD.xml", text="<OFD/>"), "application/ofd"),
        ("全表.xlsx", endless_sheet, "spreadsheetml.sheet"),
        ("照片.png", lambda: PNG, "image/png"),
        ("说明.txt", lambda: "商业秘密除外。".encode("gb18030"), "text/plain"),
    ],
)
def test_a_declared_file_is_kept_with_its_digest(give, name, content, media_type):
    given = content()

    kept = give(name, given)

    assert kept.media_type.endswith(media_type)
    assert (kept.name, kept.size) == (name, len(given))
    assert bytes_of(kept.file) == given
    assert list(attachments_of(give.meeting)) == [kept]
    entry = AuditEntry.objects.get(action="documents.attachment.add")
    assert entry.data["digest"] == kept.digest


@pytest.mark.parametrize(
    ("name", "content", "changes", "code", "field"),
    [
        ("a.pdf", lambda: paper("正文。"), {"declared": False}, "not_declared", "declared"),
        ("a.txt", lambda: b"", {}, "empty_file", "file"),
        ("a.txt", lambda: b"x" * (2 * 1024 * 1024), {}, "too_large", "file"),
        ("a.exe", lambda: b"MZ" + b"\0" * 64, {}, "wrong_type", "file"),
        ("a.zip", lambda: zipped("a"), {}, "wrong_type", "file"),
        ("没有扩展名", lambda: b"x", {}, "wrong_type", "file"),
        ("a.pdf", lambda: b"MZ" + b"\0" * 64, {}, "disguised", "file"),
        ("a.docx", lambda: zipped("xl/workbook.xml"), {}, "disguised", "file"),
        ("a.docx", lambda: office97("doc"), {}, "disguised", "file"),
        ("a.doc", lambda: office97("xls"), {}, "disguised", "file"),
        ("a.doc", lambda: office97("doc")[:4096], {}, "disguised", "file"),
        ("a.doc", oversized, {}, "broken", "file"),
        ("a.doc", lambda: older(office97("doc")), {}, "broken", "file"),
        ("a.doc", lambda: with_stream_named("VBA"), {}, "macros", "file"),
        ("a.doc", lambda: protected("doc"), {}, "encrypted", "file"),
        ("a.xls", lambda: protected("xls"), {}, "encrypted", "file"),
        ("a.png", lambda: b"<html><script>alert(1)</script>", {}, "disguised", "file"),
        ("a.txt", lambda: b"<html><script>alert(1)</script>", {}, "disguised", "file"),
        ("a.txt", lambda: PNG, {}, "disguised", "file"),
        ("a.docx", lambda: zipped("word/x", "word/vbaProject.bin"), {}, "macros", "file"),
        ("a.docx", lambda: zipped("word/document.xml"), {}, "broken", "file"),
        ("a.pdf", lambda: b"%PDF-1.7\nbroken", {}, "broken", "file"),
        ("a.pdf", lambda: locked(paper("正文。")), {}, "encrypted", "file"),
        ("机密★1年.pdf", lambda: paper("正文。"), {}, "state_secret", "file"),
        ("a.pdf", lambda: paper("秘密★10年"), {}, "state_secret", "file"),
        ("a.docx", lambda: word("机密★长期"), {}, "state_secret", "file"),
        ("a.xlsx", lambda: sheet("绝密★"), {}, "state_secret", "file"),
        ("a.txt", lambda: "机密★\n正文".encode(), {}, "state_secret", "file"),
        ("a.docx", lambda: headed("机密"), {}, "state_secret", "file"),
        ("a.docx", lambda: boxed("机密"), {}, "state_secret", "file"),
        ("a.pptx", lambda: slides("秘密★"), {}, "state_secret", "file"),
        ("a.doc", lambda: office97("doc", "机密★10年"), {}, "state_secret", "file"),
        ("a.doc", lambda: office97("doc", "绝密"), {}, "state_secret", "file"),
        ("a.xls", lambda: office97("xls", "秘密★长期"), {}, "state_secret", "file"),
        ("a.xls", lambda: office97("xls", "机　密"), {}, "state_secret", "file"),
        ("a.ppt", lambda: office97("ppt", "机密"), {}, "state_secret", "file"),
        ("a.wps", lambda: office97("doc", "密级：秘密"), {}, "state_secret", "file"),
        ("a.docx", lambda: zipped("word/a.xml", text="<a>" * 40_000_000), {}, "broken", "file"),
    ],
)
def test_what_may_not_come_in_is_refused_beside_its_field(
    give, settings, name, content, changes, code, field
):
    settings.UPLOAD_MAX_MB = 1

    with pytest.raises(RuleBroken) as broken:
        give(name, content(), **changes)

    assert (broken.value.code, broken.value.field) == (code, field)
    assert not Attachment.objects.exists()


def test_a_rolled_back_upload_leaves_only_an_orphan(give):
    with rolled_back():
        name = give("说明.txt", b"plain").file.name

    assert not Attachment.objects.exists()
    assert default_storage.exists(name)


def test_a_download_keeps_its_chinese_name_and_is_never_shown_inline(give, city, as_user):
    kept = give("会议材料.txt", "正文".encode())

    answer = as_user(city.users["court_officer"]).get(kept.get_absolute_url())

    assert b"".join(answer.streaming_content) == "正文".encode()
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment")
    assert "filename*=utf-8''%E4%BC%9A%E8%AE%AE%E6%9D%90%E6%96%99.txt" in disposition
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert not AuditEntry.objects.filter(action="documents.attachment.read").exists()


@pytest.fixture
def topic(city, give):
    """A confidential topic that the government's officer gave in; nobody is named to it."""
    return Topic.objects.create(
        meeting=give.meeting,
        organization=city.organizations["section"],
        kind="report",
        title="内部保密议题",
        opinion="建议",
        confidential=True,
        submitted_by=city.users["gov_officer"],
    )


@pytest.mark.parametrize(
    ("user", "status", "readings"), [("gov_officer", 200, 1), ("court_officer", 404, 0)]
)
def test_a_confidential_file_opens_by_the_subject_s_own_rule_and_leaves_a_trace(
    give, city, as_user, topic, user, status, readings
):
    kept = give("材料.txt", b"plain", subject=topic, confidential=True)

    answer = as_user(city.users[user]).get(kept.get_absolute_url())

    assert answer.status_code == status
    assert (answer.getvalue() == b"plain") is (status == 200)
    read = AuditEntry.objects.filter(action="documents.attachment.read")
    assert read.count() == readings


def test_a_subject_without_such_a_rule_opens_no_confidential_file(give, city, as_user):
    kept = give("材料.txt", b"plain", confidential=True)

    answer = as_user(city.users["court_officer"]).get(kept.get_absolute_url())

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("user", "status"), [("gov_officer", 302), ("court_officer", 403), ("agency_contact", 404)]
)
def test_only_those_who_gave_a_file_take_it_away(give, city, as_user, user, status):
    kept = give("材料.txt", b"plain")

    answer = as_user(city.users[user]).post(f"{kept.get_absolute_url()[:-5]}remove/")

    assert answer.status_code == status
    assert attachments_of(give.meeting).count() == (0 if status == 302 else 1)
    assert Attachment.objects.count() == 1


def test_a_file_is_removed_once(give, city):
    kept = give("材料.txt", b"plain")
    again = {"actor": city.users["gov_officer"], "at": AT, "reason": "重复"}
    attachments.remove(kept.pk, **again)

    with pytest.raises(RuleBroken) as broken:
        attachments.remove(kept.pk, **again)

    assert broken.value.code == "removed"


def test_the_form_names_the_declaration_and_the_limit(settings):
    settings.UPLOAD_MAX_MB = 50
    form = UploadForm()

    assert "50 MB" in str(form.fields["file"].help_text)
    assert "不含国家秘密" in str(form.fields["declared"].label)
