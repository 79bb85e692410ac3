"""Service: by proof or by signature in the portal; from it the reply period runs."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from foundations.audit.trail import history_of
from foundations.notifications.models import Notice
from members.models import RoleBinding
from services.documents.attachments import attachments_of
from suggestions.actions.extensions import answer_extension, ask_extension
from suggestions.actions.service import assign, readdress, serve, sign_for
from suggestions.models import Addressee
from suggestions.states import AddresseeState, ServiceMode
from tests.answering import limit, replied, served, states
from tests.gatherings import text_file
from tests.letters import DUE, ISSUED, SERVED, account, addressee, ceased, letter, moment, unit

pytestmark = pytest.mark.django_db
NOW = moment(date(2026, 11, 22))


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(NOW, tick=False):
        yield


def address(name: str, row) -> str:
    return reverse(f"suggestions:{name}", args=[row.public_id])


def by_court(city, row, *, at=NOW, **given) -> Addressee:
    words = {"on": SERVED, "mode": ServiceMode.POST, "proofs": [text_file("回证.txt")]}
    words |= {"declared": True, **given}
    return serve(row.pk, actor=city.users["court_officer"], at=at, **words)


def test_service_by_post_opens_the_reply_limit_and_keeps_the_proof(city):
    row = by_court(city, addressee(city), note="EMS 1029")

    row.refresh_from_db()
    assert (row.state, row.served_on, row.service_mode) == ("served", SERVED, "post")
    assert row.reply_due_on == DUE
    opened = limit(row, "SJ-REPLY")
    assert (opened.due_on, opened.owed_by, opened.state) == (DUE, row.organization, "open")
    assert [file.name for file in attachments_of(row)] == ["回证.txt"]
    told = Notice.objects.get(recipient=city.users["agency_contact"])
    assert told.title == "已于 2026-09-28 送达：关于规范违法建设查处程序的司法建议"
    assert told.text == "请于 2026-11-30 前（含当日）回复。"
    entry = history_of(row).filter(action="suggestions.addressee.served").get()
    assert entry.data["on"] == "2026-09-28"


@pytest.mark.parametrize(
    ("kind", "form", "length", "due_on"),
    [
        pytest.param("judicial", "individual", None, date(2026, 11, 30), id="two months"),
        pytest.param("judicial", "class", 1, date(2026, 10, 28), id="the letter's own month"),
        pytest.param("judicial", "norm", None, date(2026, 11, 27), id="norm, sixty days"),
        pytest.param("procuratorial", "general", None, date(2026, 11, 30), id="general"),
        pytest.param("procuratorial", "general", 10, date(2026, 10, 8), id="emergency, 国庆"),
        pytest.param("procuratorial", "public_interest", None, date(2026, 11, 30), id="公益"),
        pytest.param("procuratorial", "urgent", None, date(2026, 10, 13), id="fifteen days"),
        pytest.param("reconsideration_opinion", "individual", None, date(2026, 11, 27), id="60"),
        pytest.param("opinion_letter", "individual", 20, date(2026, 10, 19), id="20 days, Sunday"),
        pytest.param("opinion_letter", "individual", None, None, id="no length, no limit"),
    ],
)
def test_the_reply_is_due_by_the_rule_of_the_kind(city, kind, form, length, due_on):
    row = by_court(city, addressee(city, kind=kind, form=form, reply_length=length))

    assert row.reply_due_on == due_on
    assert len(states(row)) == (due_on is not None)


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        pytest.param({"on": date(2026, 9, 24)}, "service_early", "on", id="before issue"),
        pytest.param({"on": date(2026, 11, 23)}, "service_future", "on", id="tomorrow"),
        pytest.param({"mode": "portal"}, "portal_mode", "mode", id="not for the issuer"),
        pytest.param({"proofs": []}, "proof_missing", "file", id="post without proof"),
        pytest.param({"proofs": [], "mode": "direct"}, "proof_missing", "file", id="by hand"),
        pytest.param({"proofs": [], "mode": "announced"}, "proof_missing", "file", id="left"),
        pytest.param({"declared": False}, "not_declared", "declared", id="not declared"),
        pytest.param(
            {"proofs": [text_file("回证（秘密）.txt")]}, "state_secret", "file", id="marked secret"
        ),
    ],
)
def test_a_wrong_service_is_refused_and_nothing_happens(city, given, code, field):
    row = addressee(city)

    with pytest.raises(RuleBroken) as broken:
        by_court(city, row, **given)

    assert (broken.value.code, broken.value.field) == (code, field)
    row.refresh_from_db()
    assert (row.state, row.served_on, states(row)) == ("sent", None, [])
    assert not attachments_of(row).exists()


def test_service_on_the_day_of_issue_and_today_is_taken(city):
    assert by_court(city, addressee(city), on=ISSUED).served_on == ISSUED
    assert by_court(city, addressee(city), on=NOW.date()).served_on == NOW.date()


def test_service_after_the_reply_would_be_due_needs_a_word(city):
    row = addressee(city, issued_on=date(2026, 8, 3))
    on = date(2026, 10, 12)

    with pytest.raises(RuleBroken, match="2026-10-12 晚于回复期限届满日 2026-10-08") as broken:
        by_court(city, row, on=on)
    assert (broken.value.code, broken.value.field) == ("service_late", "on")

    row = by_court(city, row, on=on, note="邮件退回，重新投递")
    assert row.reply_due_on == date(2026, 12, 14)


def test_electronic_delivery_needs_no_proof(city):
    row = by_court(city, addressee(city), mode="electronic", proofs=[])

    assert row.state == AddresseeState.SERVED


def test_a_service_is_corrected_until_a_reply_rests_on_it(city):
    row = served(city)

    row = by_court(city, row, on=date(2026, 10, 9), note="回证 2026-18")
    assert (row.served_on, row.reply_due_on) == (date(2026, 10, 9), date(2026, 12, 9))
    assert states(row) == [("SJ-REPLY", "open")]
    entry = history_of(row).filter(action="suggestions.addressee.service_corrected").get()
    assert (entry.data["was"], entry.data["on"]) == ("2026-09-28", "2026-10-09")

    with pytest.raises(RuleBroken) as broken:
        by_court(city, row, on=date(2026, 12, 10), at=moment(date(2026, 12, 20)))
    assert broken.value.code == "service_late"

    replied(city, row)
    with pytest.raises(RuleBroken):
        by_court(city, row, on=date(2026, 10, 8))


def test_a_service_with_an_extension_stays(city):
    row = served(city)
    asked = ask_extension(
        row.pk,
        actor=city.users["agency_contact"],
        at=moment(date(2026, 11, 2)),
        until_on=date(2026, 12, 24),
        reason="涉及历史档案核查",
    )
    court = city.users["court_officer"]
    answer_extension(asked.pk, actor=court, at=NOW, granted=True)

    with pytest.raises(RuleBroken) as broken:
        by_court(city, row, on=date(2026, 10, 8))

    assert broken.value.code == "replied"


def test_the_same_service_sent_twice_is_recorded_once(city):
    row = addressee(city)

    by_court(city, row, note="1")
    by_court(city, row, note="1")

    assert attachments_of(row).count() == 1
    assert history_of(row).filter(action__startswith="suggestions.").count() == 1
    assert Notice.objects.filter(recipient=city.users["agency_contact"]).count() == 1


def test_the_unit_signs_in_the_portal_and_handles_it(city):
    row = addressee(city)
    contact = city.users["agency_contact"]

    row = sign_for(row.pk, actor=contact, at=moment(SERVED, 16))

    assert (row.served_on, row.service_mode, row.handler) == (SERVED, "portal", contact)
    assert limit(row, "SJ-REPLY").handler == contact
    told = Notice.objects.get()
    assert (told.recipient, told.title) == (
        city.users["court_officer"],
        "市综合执法局已签收：关于规范违法建设查处程序的司法建议",
    )
    with pytest.raises(RuleBroken) as broken:
        by_court(city, row, on=date(2026, 9, 29))
    assert broken.value.code == "signed"


def test_only_the_issuer_serves_and_only_the_unit_signs(city):
    row = addressee(city)

    for name in ("agency_contact", "gov_officer", "court_deputy"):
        with pytest.raises(PermissionDenied):
            serve(row.pk, actor=city.users[name], at=NOW, on=SERVED, mode="electronic")
    for name in ("court_officer", "gov_officer"):
        with pytest.raises(PermissionDenied):
            sign_for(row.pk, actor=city.users[name], at=NOW)


def test_each_addressee_has_a_clock_of_its_own(city):
    unit(city, "housing", "试验市住房和城乡建设局", "市住建局")
    units = [city.organizations["agency"], city.organizations["housing"]]
    first, second = letter(city, addressees=units).addressees.all()

    by_court(city, first)
    by_court(city, second, on=date(2026, 10, 9))

    first.refresh_from_db()
    assert (first.reply_due_on, states(first)) == (DUE, [("SJ-REPLY", "open")])
    assert limit(second, "SJ-REPLY").due_on == date(2026, 12, 9)


def test_the_handler_is_one_of_the_unit(city):
    row = served(city)
    contact, colleague = city.users["agency_contact"], account(city, "agency_clerk", "agency")

    with pytest.raises(RuleBroken) as broken:
        assign(row.pk, actor=contact, handler_id=city.users["gov_officer"].pk)
    assert (broken.value.code, broken.value.field) == ("not_of_unit", "handler")

    assign(row.pk, actor=contact, handler_id=colleague.pk)
    assert limit(row, "SJ-REPLY").handler == colleague
    assert (limit(row, "SJ-REPLY").due_on, limit(row, "SJ-REPLY").state) == (DUE, "open")

    assign(row.pk, actor=contact, handler_id=None)
    assert limit(row, "SJ-REPLY").handler is None


def test_a_unit_that_ceased_is_not_served_and_its_successor_takes_its_place(city):
    old, new = ceased(city)
    row = letter(city, addressees=[old]).addressees.get()

    with pytest.raises(RuleBroken, match="市自然资源局") as broken:
        by_court(city, row)
    assert (broken.value.code, broken.value.field) == ("ceased", "on")

    court = city.users["court_officer"]
    with pytest.raises(RuleBroken) as broken:
        readdress(row.pk, actor=court, at=NOW, organization_id=city.organizations["agency"].pk)
    assert (broken.value.code, broken.value.field) == ("not_successor", "organization")

    heir = account(city, "natural_contact", "natural")
    row = readdress(row.pk, actor=court, at=NOW, organization_id=new.pk)
    assert visible_to(heir, Addressee).get() == row
    assert Notice.objects.get(recipient=heir).title.startswith("承继市规划局办理：")
    assert by_court(city, row).organization == new


def test_a_running_limit_passes_to_the_successor_with_its_days(city):
    old, new = ceased(city, on=date(2026, 11, 1))
    row = letter(city, addressees=[old]).addressees.get()
    by_court(city, row)
    before = limit(row, "SJ-REPLY")

    readdress(row.pk, actor=city.users["court_officer"], at=NOW, organization_id=new.pk)

    passed = limit(row, "SJ-REPLY")
    assert (passed.pk, passed.owed_by, passed.due_on) == (before.pk, new, DUE)
    assert states(row) == [("SJ-REPLY", "open")]


def test_a_unit_that_stands_keeps_its_letter(city):
    row = served(city)
    new = unit(city, "natural", "试验市自然资源和规划局", "市自然资源局")

    with pytest.raises(RuleBroken) as broken:
        readdress(row.pk, actor=city.users["court_officer"], at=NOW, organization_id=new.pk)

    assert broken.value.code == "unit_stands"


def test_a_successor_that_is_addressed_already_is_not_addressed_twice(city):
    old, new = ceased(city)
    row = letter(city, addressees=[old, new]).addressees.first()

    with pytest.raises(RuleBroken) as broken:
        readdress(row.pk, actor=city.users["court_officer"], at=NOW, organization_id=new.pk)

    assert broken.value.code == "addressed_before"


def test_the_page_keeps_what_was_typed_and_says_what_is_wrong(city, as_user):
    row = addressee(city)
    client = as_user(city.users["court_officer"])

    page = client.get(address("serve", row))
    assert page.status_code == 200
    assert "平台签收" not in str(page.context["form"]["mode"])

    typed = {"on": "2026-09-01", "mode": "post", "note": "单号 77", "declared": "on"}
    page = client.post(address("serve", row), typed)
    assert page.status_code == 422
    assert page.context["form"].errors == {
        "on": ["送达日期 2026-09-01 早于发出日期（2026-09-25），请核对。"]
    }
    assert "单号 77" in page.content.decode()

    typed |= {"on": "2026-09-28", "file": text_file("回证.txt")}
    page = client.post(address("serve", row), typed)
    assert page.status_code == 302
    row.refresh_from_db()
    assert row.service_note == "单号 77"


def test_the_page_of_service_offers_the_successor(city, as_user):
    old, new = ceased(city)
    row = letter(city, addressees=[old]).addressees.get()
    client = as_user(city.users["court_officer"])

    assert address("readdress", row) in client.get(address("serve", row)).content.decode()
    page = client.post(address("readdress", row), {"organization": new.pk})

    assert page.status_code == 302
    row.refresh_from_db()
    assert row.organization == new


def test_signing_and_naming_a_handler_by_page(city, as_user):
    row = addressee(city)
    client = as_user(city.users["agency_contact"])

    assert client.get(address("sign", row)).status_code == 405
    assert client.post(address("sign", row)).status_code == 302
    assert client.post(address("sign", row)).status_code == 409
    colleague = account(city, "agency_clerk", "agency")
    page = client.post(address("assign", row), {"handler": colleague.pk})

    assert page.status_code == 302
    row.refresh_from_db()
    assert (row.served_on, row.handler) == (NOW.date(), colleague)


@pytest.mark.parametrize(
    ("name", "status"),
    [("court_officer", 200), ("agency_contact", 403), ("gov_officer", 403), ("stranger", 404)],
)
def test_who_opens_the_page_of_service(city, as_user, name, status):
    row = addressee(city)
    unit(city, "market", "试验市市场监督管理局", "市市场监管局")
    account(city, "stranger", "market")
    RoleBinding.objects.filter(user=city.users["stranger"]).get()

    assert as_user(city.users[name]).get(address("serve", row)).status_code == status
