"""抄告: by the route of the closing mode, two addressees each, one by one or by a list."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from cases.actions.notices import omit_notice, receive_notice, send_list, send_notice
from cases.models import OutcomeNotice
from foundations.access.errors import RuleBroken
from tests.disputes import moment
from tests.test_cases_performance import decided

SENT = date(2026, 4, 22)


def told(procedure) -> list[tuple[str, str]]:
    return [(one.to, one.route) for one in procedure.notices.order_by("-to")]


@pytest.mark.parametrize(
    ("mode", "route"),
    [
        ("revoked", "single"),
        ("changed", "single"),
        ("unlawful", "single"),
        ("ordered", "single"),
        ("upheld", "collected"),
        ("claims_dismissed", "collected"),
        ("mediated", ""),
    ],
)
def test_the_closing_mode_says_how_it_is_told(city, mode, route):
    expected = [("upper", route), ("superior", route)] if route else []
    assert told(decided(city, mode, due=None)) == expected


def sending(city, notice, who="gov_officer", **changes) -> OutcomeNotice:
    given = {"on": SENT, "addressee": "试验省司法厅", "number": "试府复抄〔2026〕1号"} | changes
    return send_notice(notice.pk, actor=city.users[who], at=moment(SENT, 10), **given)


def test_a_letter_is_sent_and_its_receipt_comes_back(city):
    notice = decided(city).notices.get(to="upper")
    notice = sending(city, notice)
    day = date(2026, 4, 27)
    actor = city.users["gov_officer"]
    notice = receive_notice(notice.pk, actor=actor, at=moment(day, 9), on=day)
    assert (notice.state, notice.sent_on, notice.received_on) == ("received", SENT, day)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"addressee": " "}, "addressee"),
        ({"on": date(2026, 4, 19)}, "on"),
        ({"on": date(2026, 4, 23)}, "on"),
    ],
)
def test_a_letter_names_its_addressee_and_a_possible_day(city, changes, field):
    notice = decided(city).notices.get(to="upper")
    with pytest.raises(RuleBroken) as broken:
        sending(city, notice, **changes)
    assert broken.value.field == field
    notice.refresh_from_db()
    assert notice.state == "waiting"


@pytest.mark.parametrize("who", ["agency_contact", "court_officer"])
def test_the_organ_alone_tells_of_its_outcomes(city, who):
    with pytest.raises(PermissionDenied):
        sending(city, decided(city).notices.first(), who)


def test_it_may_be_left_unsent_with_a_reason(city):
    notice = decided(city).notices.get(to="superior")
    given = {"actor": city.users["gov_officer"], "at": moment(SENT, 10)}
    with pytest.raises(RuleBroken):
        omit_notice(notice.pk, remark="", **given)
    assert omit_notice(notice.pk, remark="无上级主管部门", **given).state == "omitted"


def listing(city, **changes):
    day = date(2026, 5, 6)
    given = {
        "jurisdiction": city.jurisdiction,
        "to": "upper",
        "addressee": "试验省司法厅",
        "first_on": date(2026, 4, 1),
        "last_on": date(2026, 4, 30),
        "on": day,
    } | changes
    actor = city.users["gov_officer"]
    return send_list(city.organizations["gov"], actor=actor, at=moment(day, 10), **given)


def test_a_list_takes_what_is_collected_of_its_period_for_its_addressee(city):
    procedure = decided(city, "upheld", due=None)
    row = listing(city)
    upper, superior = procedure.notices.get(to="upper"), procedure.notices.get(to="superior")
    assert (upper.state, upper.listed, upper.addressee) == ("sent", row, "试验省司法厅")
    assert superior.state == "waiting"
    with pytest.raises(RuleBroken) as broken:
        listing(city)
    assert broken.value.code == "nothing_collected"


@pytest.mark.parametrize(
    ("mode", "changes", "code"),
    [
        ("ordered", {}, "nothing_collected"),
        ("upheld", {"last_on": date(2026, 4, 19)}, "nothing_collected"),
        ("upheld", {"last_on": date(2026, 3, 1)}, "bad_period"),
        ("upheld", {"addressee": ""}, "no_addressee"),
        ("upheld", {"last_on": date(2026, 5, 31)}, "too_early"),
    ],
)
def test_a_list_without_anything_to_tell_is_not_sent(city, mode, changes, code):
    procedure = decided(city, mode, due=None)
    with pytest.raises(RuleBroken) as broken:
        listing(city, **changes)
    assert broken.value.code == code
    assert not procedure.notices.exclude(state="waiting").exists()


def test_the_register_shows_and_sends(city, as_user):
    procedure = decided(city, "upheld", due=None)
    client = as_user(city.users["gov_officer"])
    page = client.get("/disputes/notices/?state=waiting").content.decode()
    assert procedure.number in page
    assert "集中抄告" in page
    sent = {
        "organ": city.organizations["gov"].public_id,
        "to": "upper",
        "addressee": "试验省司法厅",
        "first_on": "2026-04-01",
        "last_on": "2026-04-30",
        "on": "2026-05-06",
        "form_token": "x",
    }
    assert client.get("/disputes/notices/list/").status_code == 200
    assert client.post("/disputes/notices/list/", sent).status_code == 302
    assert procedure.notices.get(to="upper").state == "sent"
    shown = client.get(f"{procedure.dispute.get_absolute_url()}?tab=related").content.decode()
    assert "试验省司法厅" in shown
