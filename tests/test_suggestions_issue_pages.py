"""The pages on which a letter is looked at, issued, withdrawn, and what follows it."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from services.documents.attachments import attachments_of
from suggestions.models import Suggestion
from suggestions.states import LetterState
from tests.letters import agencies, ceased, letter, procuratorate, unit


def address(name: str, made: Suggestion | None = None) -> str:
    return reverse(f"suggestions:{name}", args=[made.public_id] if made else [])


@pytest.fixture
def court(city, as_user):
    return as_user(city.users["court_officer"])


@pytest.mark.parametrize("name", ["edit", "issue"])
def test_an_issued_letter_is_no_draft(city, court, name):
    assert court.get(address(name, letter(city))).status_code == 403


def test_a_letter_is_issued(city, court):
    draft = letter(city, state=LetterState.DRAFT)
    page = court.get(address("issue", draft))
    assert page.context["lacks"] == []
    today = timezone.localdate()

    answer = court.post(address("issue", draft), {"version": draft.version, "on": today})

    draft.refresh_from_db()
    assert answer.url == draft.get_absolute_url()
    assert (draft.state, draft.number) == ("issued", f"试法建〔{today.year}〕1号")


def test_a_day_that_has_not_come_is_refused_beside_it(city, court):
    draft = letter(city, state=LetterState.DRAFT)
    late = timezone.localdate() + timedelta(days=1)

    page = court.post(address("issue", draft), {"version": draft.version, "on": late})

    assert page.status_code == 422
    assert "on" in page.context["form"].errors
    assert late.isoformat() in page.content.decode()


def test_what_a_draft_lacks_is_told_before_it_is_issued(city, court):
    draft = letter(city, state=LetterState.DRAFT, form="comprehensive", contact="")

    body = court.get(address("issue", draft)).content.decode()

    assert "还不能签发：有 4 处要补" in body
    for words in ("听取被建议单位意见", "讨论决定", "由院长签发", "请填写联系人"):
        assert words in body


def test_a_typed_number_is_put_right_with_a_notice(city, as_user):
    office = procuratorate(city)
    draft = letter(
        city, state=LetterState.DRAFT, kind="procuratorial", form="general", issuer=office
    )
    client = as_user(city.users["procurator"])
    given = {"version": draft.version, "on": timezone.localdate()}

    refused = client.post(address("issue", draft), {**given, "number": "无"})
    assert refused.status_code == 422
    assert "number" in refused.context["form"].errors
    answer = client.post(address("issue", draft), {**given, "number": "试检建(2026)3号"})

    draft.refresh_from_db()
    assert draft.number == "试检建〔2026〕3号"
    said = [str(one) for one in get_messages(answer.wsgi_request)]
    assert said[1] == "输入的“试检建(2026)3号”已按规范写法改为“试检建〔2026〕3号”。"


def test_the_paper_is_looked_at_before_the_issue(city, court):
    answer = court.get(address("preview", letter(city, state=LetterState.DRAFT)))

    assert answer["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(
    ("name", "declared", "field"),
    [("证据.txt", "on", ""), ("证据.txt", "", "declared"), ("（机密）证据.txt", "on", "file")],
)
def test_files_are_declared_and_marks_refused(city, court, name, declared, field):
    draft = letter(city, state=LetterState.DRAFT)
    upload = SimpleUploadedFile(name, "现场照片说明".encode())

    answer = court.post(address("attach", draft), {"file": upload, "declared": declared})

    assert attachments_of(draft).count() == (not field)
    if field:
        assert answer.status_code == 422
        assert field in answer.context["file_form"].errors
    else:
        assert answer.url == address("issue", draft)


def test_a_file_for_an_issued_letter(city, court):
    made = letter(city)
    upload = SimpleUploadedFile("附件.txt", "说明".encode())

    assert court.post(address("attach", made), {}).status_code == 422
    answer = court.post(address("attach", made), {"file": upload, "declared": "on"})

    assert answer.url == made.get_absolute_url()
    assert attachments_of(made).get().name == "附件.txt"


@pytest.mark.parametrize("state", [LetterState.DRAFT, LetterState.ISSUED])
def test_withdrawing_asks_for_the_reason(city, court, state):
    made = letter(city, state=state)
    assert court.get(address("withdraw", made)).status_code == 200
    assert court.post(address("withdraw", made), {"reason": ""}).status_code == 422

    court.post(address("withdraw", made), {"reason": "事实有误"})

    made.refresh_from_db()
    assert (made.state, made.withdrawn_reason) == ("withdrawn", "事实有误")


def test_a_unit_is_added_after_the_issue(city, court):
    made = letter(city)
    old, new = ceased(city)

    refused = court.post(address("add-addressee", made), {"organization": old.short_name})
    assert refused.status_code == 422
    assert new.short_name in refused.content.decode()
    court.post(address("add-addressee", made), {"organization": new.short_name})

    assert [row.organization for row in made.addressees.all()][1:] == [new]


def test_a_copy_is_signed_for(city, as_user):
    made = letter(city, copies=("gov", "justice"))

    assert (
        as_user(city.users["agency_contact"]).post(address("sign-copy", made)).status_code == 403
    )
    as_user(city.users["gov_officer"]).post(address("sign-copy", made))

    assert made.copies.filter(received_by=city.users["gov_officer"]).count() == 2
    again = as_user(city.users["gov_officer"]).post(address("sign-copy", made))
    assert again.status_code == 409


def test_units_without_an_account_are_named(city, court):
    units = [*agencies(city, 2), unit(city, "far", "试验市边远局", "市边远局")]
    draft = letter(city, state=LetterState.DRAFT, addressees=units)

    assert court.get(address("issue", draft)).context["without_account"] == ["市边远局"]
