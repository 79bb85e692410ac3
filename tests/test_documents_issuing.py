import hashlib
from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import transaction
from docx import Document as WordDocument
from pypdf import PdfReader

from foundations.access.errors import RuleBroken
from foundations.audit.models import AuditEntry
from services.documents import actions, tasks
from services.documents.models import DocumentFile, NumberCounter, NumberSeries, OfficialDocument
from services.documents.numbers import correction_of, normalized
from services.documents.states import DOCUMENT_MOVES, DocumentState
from tests.papers import NOTICE
from tests.paperwork import AT, bytes_of, issue, make_draft, rolled_back


def render(document) -> OfficialDocument:
    with time_machine.travel(AT + timedelta(minutes=1), tick=False):
        tasks.render_document(document.pk)
    document.refresh_from_db()
    return document


def test_issuing_takes_the_number_freezes_the_text_and_then_makes_the_files(
    city, django_capture_on_commit_callbacks
):
    draft = make_draft(city)

    with django_capture_on_commit_callbacks() as after_commit:
        document = issue(city, draft)

    assert (document.state, document.number) == (DocumentState.ISSUING, "试司函〔2026〕1号")
    assert document.context["number"] == document.number
    assert len(after_commit) == 1
    document = render(document)
    assert document.state == DocumentState.ISSUED
    files = {file.format: file for file in document.files.all()}
    assert set(files) == {"pdf", "docx"}
    for file in files.values():
        content = bytes_of(file.file)
        assert file.digest == hashlib.sha256(content).hexdigest()
        assert file.size == len(content)
    pages = PdfReader(BytesIO(bytes_of(files["pdf"].file))).pages
    assert files["pdf"].pages == len(pages)
    assert document.number in "".join(page.extract_text() for page in pages)
    word = WordDocument(BytesIO(bytes_of(files["docx"].file)))
    assert document.number in "\n".join(p.text for p in word.paragraphs)
    entry = AuditEntry.objects.get(action="documents.document.issued")
    assert entry.data["digests"]["pdf"] == files["pdf"].digest


def test_characters_that_the_main_face_lacks_are_told(city, as_user):
    document = render(issue(city, make_draft(city)))

    assert "堃" in document.files.get(format="pdf").fallback
    page = as_user(city.users["gov_officer"]).get(document.get_absolute_url())
    assert "由后备字体显示" in page.content.decode()


def test_what_no_font_can_print_is_refused_before_the_text_is_frozen(city):
    draft = make_draft(city, context={**NOTICE, "requirements": ["带好材料\U000323af"]})

    with pytest.raises(RuleBroken) as broken:
        issue(city, draft)

    assert broken.value.code == "unprintable"
    assert "\U000323af" in broken.value.message
    draft.refresh_from_db()
    assert (draft.state, draft.number) == (DocumentState.DRAFT, "")
    assert not NumberCounter.objects.exists()


def test_rendering_twice_makes_one_set_of_files(city):
    document = issue(city, make_draft(city))

    first = render(document)
    again = render(document)

    assert first.files.count() == 2
    assert again.attempts == 1


def test_a_worker_that_was_killed_leaves_the_paper_to_the_sweep(city):
    document = issue(city, make_draft(city))
    actions.claim(document.pk, at=AT)

    with time_machine.travel(AT + timedelta(minutes=1), tick=False):
        tasks.render_pending()
        tasks.render_document(document.pk)
    document.refresh_from_db()
    assert (document.state, document.attempts) == (DocumentState.ISSUING, 1)

    with time_machine.travel(AT + timedelta(minutes=3), tick=False):
        tasks.render_pending()
    document.refresh_from_db()
    assert (document.state, document.number) == (DocumentState.ISSUED, "试司函〔2026〕1号")
    assert document.files.count() == 2
    assert NumberCounter.objects.get().value == 1


def test_a_slow_worker_changes_nothing_after_the_quick_one(city):
    document = render(issue(city, make_draft(city)))
    kept = set(document.files.values_list("digest", flat=True))

    actions.finish(document.pk, files=[DocumentFile(format="pdf", digest="x", size=1)])

    assert set(document.files.values_list("digest", flat=True)) == kept


def test_a_failure_is_shown_and_tried_again_with_the_same_number(city, as_user, settings):
    draft = make_draft(city)
    document = issue(city, draft)
    whole = document.context
    OfficialDocument.objects.filter(pk=document.pk).update(context={"number": document.number})

    failed = render(document)

    assert failed.state == DocumentState.ISSUING
    assert failed.error
    client = as_user(city.users["gov_officer"])
    page = client.get(document.get_absolute_url()).content.decode()
    assert "生成未成功" in page
    assert "平台稍后自动重试" in page
    OfficialDocument.objects.filter(pk=document.pk).update(context=whole, attempts=20)
    assert "需由人工重新生成" in client.get(document.get_absolute_url()).content.decode()
    answer = as_user(city.users["gov_officer"]).post(f"{document.get_absolute_url()}retry/")
    assert answer.status_code == 302
    assert render(document).state == DocumentState.ISSUED
    assert document.number == "试司函〔2026〕1号"


@pytest.mark.parametrize("made", [True, False])
def test_what_is_made_or_being_made_is_not_made_again(city, made):
    document = issue(city, make_draft(city))
    if made:
        render(document)

    with pytest.raises(RuleBroken) as broken:
        actions.retry(document.pk, actor=city.users["gov_officer"], at=AT + timedelta(seconds=60))

    assert broken.value.code == "not_failed"


def test_a_rolled_back_issue_leaves_no_gap(city):
    first, second = make_draft(city), make_draft(city)

    with rolled_back():
        issue(city, first)
    issue(city, second)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.number, second.number) == ("", "试司函〔2026〕1号")


def test_numbers_start_anew_each_year_and_a_void_one_stays_taken(city):
    issued = [
        issue(city, make_draft(city), on=day)
        for day in (date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 1))
    ]
    actions.void(issued[1].pk, actor=city.users["gov_officer"], at=AT, reason="日期有误")

    later = issue(city, make_draft(city), on=date(2026, 12, 31))

    assert [one.number for one in [*issued, later]] == [
        "试司函〔2026〕1号",
        "试司函〔2026〕2号",
        "试司函〔2027〕1号",
        "试司函〔2026〕3号",
    ]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        pytest.param("试司函〔2026〕12号", "试司函〔2026〕12号", id="right"),
        pytest.param("试司函(2026)12号", "试司函〔2026〕12号", id="half-width round"),
        pytest.param("试司函（2026）12号", "试司函〔2026〕12号", id="full-width round"),
        pytest.param("试司函[2026]12号", "试司函〔2026〕12号", id="square"),
        pytest.param("试司函【2026】12号", "试司函〔2026〕12号", id="black"),
        pytest.param("试司函 〔２０２６〕 １２号", "试司函〔2026〕12号", id="wide figures"),
        pytest.param("试司函〔2026〕第012号", "试司函〔2026〕12号", id="第 and a zero"),
        pytest.param("试司函〔2026〕12", "试司函〔2026〕12号", id="without 号"),
    ],
)
def test_a_typed_number_is_put_right_and_the_user_is_told(typed, number):
    assert normalized(typed) == number
    assert (correction_of(typed) == "") == (typed == number)
    if typed != number:
        assert number in correction_of(typed)


@pytest.fixture
def external(city):
    NumberSeries.objects.filter(key="gov-letter").update(mode=NumberSeries.Mode.EXTERNAL)
    return city


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        pytest.param("试司函[2026]12号", None, id="other brackets"),
        pytest.param("", "number_missing", id="nothing"),
        pytest.param("试法函〔2026〕12号", "number_format", id="another unit's"),
        pytest.param("试司函〔2026〕0号", "number_format", id="zero"),
        pytest.param("试司函〔26〕12号", "number_format", id="short year"),
        pytest.param("试司函（2026）7号", "number_taken", id="given before"),
    ],
)
def test_numbers_typed_back_are_checked(external, typed, code):
    issue(external, make_draft(external), number="试司函〔2026〕7号")
    draft = make_draft(external)

    if code is None:
        assert issue(external, draft, number=typed).number == "试司函〔2026〕12号"
        return
    with pytest.raises(RuleBroken) as broken:
        issue(external, draft, number=typed)

    assert (broken.value.code, broken.value.field) == (code, "number")
    draft.refresh_from_db()
    assert (draft.state, draft.number) == (DocumentState.DRAFT, "")


def test_the_portal_s_own_series_takes_no_typed_number(city):
    with pytest.raises(RuleBroken) as broken:
        issue(city, make_draft(city), number="试司函〔2026〕9号")

    assert broken.value.code == "number_given"


def test_a_correction_replaces_the_document_when_it_is_issued(city):
    old = render(issue(city, make_draft(city)))
    correction = make_draft(city, replaces=old)
    old.refresh_from_db()
    assert old.state == DocumentState.ISSUED

    new = issue(city, correction)

    old.refresh_from_db()
    assert (old.state, new.number) == (DocumentState.REPLACED, "试司函〔2026〕2号")
    assert old.files.count() == 2


MOVES = {
    ("draft", "issuing"),
    ("draft", "voided"),
    ("issuing", "issued"),
    ("issuing", "voided"),
    ("issuing", "replaced"),
    ("issued", "voided"),
    ("issued", "replaced"),
}


@pytest.mark.parametrize("before", DocumentState.values)
@pytest.mark.parametrize("after", DocumentState.values)
def test_moves(before, after):
    assert (after in DOCUMENT_MOVES[DocumentState(before)]) == ((before, after) in MOVES)


@pytest.mark.parametrize(
    ("user", "reason", "code"),
    [
        ("gov_officer", "文号用错", None),
        ("gov_officer", "  ", "no_reason"),
        ("court_officer", "文号用错", 403),
        ("agency_contact", "文号用错", 403),
    ],
)
def test_only_the_issuing_side_declares_a_document_void(city, as_user, user, reason, code):
    document = issue(city, make_draft(city))

    answer = as_user(city.users[user]).post(
        f"{document.get_absolute_url()}void/",
        {"reason": reason, "version": document.version},
    )

    document.refresh_from_db()
    assert answer.status_code == {None: 302, "no_reason": 422, 403: 403}[code]
    wanted = DocumentState.VOIDED if code is None else DocumentState.ISSUING
    assert document.state == wanted


def test_a_stale_form_declares_nothing_void(city, as_user):
    document = issue(city, make_draft(city))

    answer = as_user(city.users["gov_officer"]).post(
        f"{document.get_absolute_url()}void/",
        {"reason": "文号用错", "version": document.version - 1},
    )

    assert answer.status_code == 422
    document.refresh_from_db()
    assert document.state == DocumentState.ISSUING


def test_what_a_rolled_back_upload_or_a_slow_worker_leaves_is_swept(city, capsys):
    document = render(issue(city, make_draft(city)))
    kept = {file.file.name for file in document.files.all()}
    orphan = default_storage.save("documents/x/orphan.pdf", BytesIO(b"%PDF"))

    with time_machine.travel(AT, tick=False):
        call_command("sweep_files")
    assert default_storage.exists(orphan)
    with time_machine.travel(default_storage.get_modified_time(orphan) + timedelta(hours=25)):
        call_command("sweep_files")

    assert not default_storage.exists(orphan)
    assert all(default_storage.exists(name) for name in kept)


def test_no_profile_series_no_draft(city):
    with pytest.raises(RuleBroken) as broken, transaction.atomic():
        make_draft(city, series_key="unknown")

    assert broken.value.code == "no_series"
