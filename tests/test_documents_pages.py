from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader

from foundations.access.policy import visible_to
from foundations.access.visibility import Visibility
from foundations.audit.models import AuditEntry
from services.documents import actions, tasks
from services.documents.models import OfficialDocument
from services.documents.previews import preview_name
from services.documents.progress import SOON
from services.documents.readers import reader_line
from tests.paperwork import AT, bytes_of, issue, make_draft, make_minutes


def issued(city, document) -> OfficialDocument:
    issue(city, document)
    with time_machine.travel(AT + timedelta(minutes=1), tick=False):
        tasks.render_document(document.pk)
    document.refresh_from_db()
    return document


@pytest.fixture
def notice(city):
    return issued(city, make_draft(city))


@pytest.fixture
def minutes(city):
    return issued(city, make_minutes(city))


def file_of(document, file_format: str) -> str:
    return reverse("documents:file", args=[document.public_id, file_format])


def content_of(answer) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize("count", [1, 3])
def test_the_ledger_costs_the_same_for_any_length(
    city, as_user, django_assert_max_num_queries, count
):
    for _each in range(count):
        issue(city, make_draft(city))
    client = as_user(city.users["gov_officer"])
    client.get(reverse("documents:list"))

    with django_assert_max_num_queries(15):
        page = client.get(reverse("documents:list"))

    assert page.content.decode().count("试司函〔2026〕") == count


def test_the_ledger_finds_by_number_and_state(city, as_user, notice):
    make_draft(city, title="另一份通知")
    client = as_user(city.users["gov_officer"])

    found = client.get(reverse("documents:list"), {"q": "试司函"}).content.decode()
    drafts = client.get(reverse("documents:list"), {"state": "draft"}).content.decode()

    assert (notice.title in found, "另一份通知" in found) == (True, False)
    assert (notice.number in drafts, "另一份通知" in drafts) == (False, True)


def test_a_page_waits_until_the_files_are_made(city, as_user):
    document = issue(city, make_draft(city))
    progress = reverse("documents:progress", args=[document.public_id])

    with time_machine.travel(AT + timedelta(minutes=1), tick=False):
        client = as_user(city.users["gov_officer"])
        page = client.get(document.get_absolute_url()).content.decode()
        waiting = client.get(progress, headers={"HX-Request": "true"})
        tasks.render_document(document.pk)
        done = client.get(progress, headers={"HX-Request": "true"})
        finished = client.get(document.get_absolute_url()).content.decode()

    assert "正在生成文件" in page
    assert "重新生成" not in page
    assert f'hx-get="{progress}"' in page
    assert "HX-Refresh" not in waiting.headers
    assert done.headers["HX-Refresh"] == "true"
    assert document.files.get(format="pdf").digest in finished


@pytest.mark.parametrize(
    ("user", "attempts", "said", "retry"),
    [
        ("gov_officer", 1, "将在 3 分钟内自动重新生成", True),
        ("agency_contact", 1, "将在 3 分钟内自动重新生成", False),
        ("gov_officer", 20, "需由人工重新生成", True),
    ],
)
def test_a_page_says_when_the_worker_died_and_offers_another_try(
    city, as_user, user, attempts, said, retry
):
    document = issue(city, make_draft(city))
    actions.claim(document.pk, at=AT)
    OfficialDocument.objects.filter(pk=document.pk).update(attempts=attempts)

    with time_machine.travel(AT + timedelta(seconds=61), tick=False):
        client = as_user(city.users[user])
        page = client.get(document.get_absolute_url()).content.decode()
        answer = client.post(f"{document.get_absolute_url()}retry/")
        tasks.render_document(document.pk)

    assert "文件生成已中断" in page
    assert said in page
    assert (f'{document.get_absolute_url()}retry/"' in page) == retry
    assert answer.status_code == (302 if retry else 403)
    document.refresh_from_db()
    assert document.state == ("issued" if retry else "issuing")


def test_what_was_interrupted_is_taken_up_by_itself_as_soon_as_the_page_says(city, as_user):
    document = issue(city, make_draft(city))
    actions.claim(document.pk, at=AT)

    with time_machine.travel(AT + SOON, tick=False):
        tasks.render_pending()

    document.refresh_from_db()
    assert document.state == "issued"


def test_a_notice_is_served_as_it_was_frozen(city, as_user, notice):
    answer = as_user(city.users["agency_contact"]).get(file_of(notice, "pdf"))

    assert content_of(answer) == bytes_of(notice.files.get(format="pdf").file)
    assert "filename*=utf-8''%E8%AF%95%E5%8F%B8" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]
    assert not AuditEntry.objects.filter(action="documents.officialdocument.read").exists()


@pytest.mark.parametrize(
    ("file_format", "opens", "strict"), [("pdf", "inline", False), ("docx", "attachment", True)]
)
def test_the_browser_s_own_viewer_may_open_a_pdf_and_nothing_else(
    city, as_user, notice, file_format, opens, strict
):
    answer = as_user(city.users["gov_officer"]).get(file_of(notice, file_format))

    assert answer.headers["Content-Disposition"].startswith(opens)
    assert ("default-src 'none'" in answer.headers["Content-Security-Policy"]) == strict
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_internal_minutes_carry_the_reader_s_mark_and_every_reading_is_recorded(
    city, as_user, minutes
):
    frozen = bytes_of(minutes.files.get(format="pdf").file)

    for name in ("agency_contact", "court_officer", "court_officer"):
        answer = as_user(city.users[name]).get(file_of(minutes, "pdf"))
        content = content_of(answer)
        assert content != frozen
        marked, plain = PdfReader(BytesIO(content)), PdfReader(BytesIO(frozen))
        assert [p.extract_text().split() for p in marked.pages] == [
            p.extract_text().split() for p in plain.pages
        ]

    read = AuditEntry.objects.filter(action="documents.officialdocument.read")
    assert list(read.order_by("pk").values_list("actor__username", flat=True)) == [
        "agency_contact",
        "court_officer",
        "court_officer",
    ]
    page = as_user(city.users["gov_officer"]).get(minutes.get_absolute_url()).content.decode()
    assert "已阅 2 人" in page
    assert minutes.context["clause"] in page


@pytest.mark.parametrize(
    ("user", "document", "status"),
    [
        ("gov_officer", "minutes", 200),
        ("court_officer", "minutes", 403),
        ("agency_contact", "minutes", 403),
        ("agency_contact", "notice", 200),
    ],
)
def test_the_word_file_of_an_internal_document_is_for_its_drafters(
    request, city, as_user, user, document, status
):
    document = request.getfixturevalue(document)

    answer = as_user(city.users[user]).get(file_of(document, "docx"))

    assert answer.status_code == status
    page = as_user(city.users[user]).get(document.get_absolute_url()).content.decode()
    assert (file_of(document, "docx") in page) == (status == 200)


@pytest.mark.parametrize(
    ("visibility", "readers"),
    [
        (Visibility.JOINT, {"gov_officer", "court_officer", "agency_contact"}),
        (Visibility.GOV_INTERNAL, {"gov_officer", "agency_contact"}),
        (Visibility.COURT_INTERNAL, {"court_officer"}),
        (Visibility.PROC_INTERNAL, set()),
    ],
)
def test_the_class_of_visibility_narrows_what_the_subject_shows(city, visibility, readers):
    document = issue(city, make_draft(city, visibility=visibility))

    seen = {
        name
        for name in ("gov_officer", "court_officer", "agency_contact")
        if visible_to(city.users[name], OfficialDocument).filter(pk=document.pk).exists()
    }

    assert seen == readers


@pytest.mark.parametrize(
    ("user", "status"),
    [("gov_officer", 200), ("court_officer", 200), ("agency_contact", 404), ("gov_deputy", 404)],
)
def test_a_draft_is_for_the_secretariats(city, as_user, user, status):
    draft = make_draft(city)

    answer = as_user(city.users[user]).get(draft.get_absolute_url())

    assert answer.status_code == status


def test_a_draft_is_previewed_with_a_mark(city, as_user, django_capture_on_commit_callbacks):
    draft = make_draft(city)
    client = as_user(city.users["gov_officer"])
    preview = reverse("documents:preview", args=[draft.public_id])

    with django_capture_on_commit_callbacks() as started:
        waiting = client.get(preview)
    tasks.render_preview(draft.pk)
    ready = client.get(preview, headers={"HX-Request": "true"})
    shown = client.get(preview)

    assert "正在生成预览" in waiting.content.decode()
    assert len(started) == 1
    assert ready.headers["HX-Refresh"] == "true"
    content = content_of(shown)
    assert PdfReader(BytesIO(content)).pages[0].extract_text()
    assert content != bytes_of(preview_name(draft))


def test_void_documents_stay_readable_with_the_word_across_them(city, as_user, notice):
    client = as_user(city.users["gov_officer"])
    frozen = content_of(client.get(file_of(notice, "pdf")))
    actions.void(notice.pk, actor=city.users["gov_officer"], at=AT, reason="文号用错")

    answer = client.get(file_of(notice, "pdf"))

    assert content_of(answer) != frozen
    assert "文号用错" in client.get(notice.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("phone", "mark"), [("13812345678", "5678"), ("", "gov_officer"), ("110", "gov_officer")]
)
def test_the_reader_s_line(city, phone, mark):
    user = city.users["gov_officer"]
    user.person.phone = phone

    assert reader_line(user, at=AT) == f"李文静 复议与应诉科 {mark} 2026-11-23 09:00"


@pytest.mark.parametrize("name", ["detail", "progress", "preview"])
def test_what_a_stranger_asks_for_is_not_there(city, as_user, name):
    draft = make_draft(city)

    answer = as_user(city.users["audit_admin"]).get(
        reverse(f"documents:{name}", args=[draft.public_id])
    )

    assert answer.status_code == 404
