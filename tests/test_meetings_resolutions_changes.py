"""A resolution gets another day or unit, is given up, is taken up again."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from foundations.access.visibility import Visibility
from foundations.notifications.models import Notice
from meetings.actions.reports import accept_report
from meetings.actions.resolutions import (
    cancel_resolution,
    change_due,
    change_lead,
    reopen_resolution,
)
from meetings.models import Meeting, Resolution
from meetings.states import MeetingState, ResolutionState
from members.models import RoleBinding
from services.deadlines.models import Deadline
from tests.desks import items
from tests.meeting_after import CHECKED, reported, running, with_issued_minutes
from tests.meeting_day import DUE, address

pytestmark = pytest.mark.django_db
JANUARY = date(2027, 1, 15)


@pytest.fixture(autouse=True)
def _in_december():
    with time_machine.travel(CHECKED, tick=False):
        yield


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"due_on": "2026-12-31", "reason": "征求意见延长"}, ""),
        ({"due_on": "2026-12-09", "reason": "改到昨天"}, "due_on"),
        ({"due_on": "2026-12-31", "reason": ""}, "reason"),
    ],
)
def test_another_due_date_moves_the_deadline(city, as_user, typed, field):
    resolution = running(city)

    page = as_user(city.users["court_officer"]).post(
        address("resolution-due", resolution), {**typed, "version": resolution.version}
    )

    limit = Deadline.objects.get(rule="MT-RES")
    if field:
        assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
        assert limit.due_on == DUE
    else:
        resolution.refresh_from_db()
        assert (limit.due_on, resolution.due_on) == (date(2026, 12, 31), date(2026, 12, 31))
        assert Notice.objects.filter(
            recipient=city.users["agency_contact"], reason__startswith="due:"
        ).exists()


def test_a_stale_change_of_the_due_date_is_refused(city):
    resolution = running(city)
    given = {"actor": city.users["gov_officer"], "at": CHECKED, "reason": "延长"}
    version = resolution.version
    change_due(resolution.pk, due_on=date(2026, 12, 31), version=version, **given)

    with pytest.raises(RuleBroken) as broken:
        change_due(resolution.pk, due_on=date(2026, 12, 30), version=version, **given)

    assert broken.value.code == "stale"


def test_a_resolution_given_up_owes_nothing_any_more(city):
    resolution = running(city)

    cancel_resolution(
        resolution.pk, actor=city.users["gov_officer"], at=CHECKED, reason="上级统一部署"
    )

    resolution.refresh_from_db()
    assert (resolution.state, resolution.reason) == (ResolutionState.CANCELLED, "上级统一部署")
    assert Deadline.objects.get(rule="MT-RES").state == "cancelled"
    with pytest.raises(RuleBroken) as broken:
        reported(city, resolution)
    assert broken.value.code == "resolution_closed"


@pytest.mark.parametrize("before", ["draft", "open", "done", "cancelled"])
@pytest.mark.parametrize("to", ["done", "cancelled"])
def test_from_which_states_a_resolution_is_done_or_given_up(city, before, to):
    resolution = running(city)
    report = reported(city, resolution)
    Resolution.objects.update(state=before)
    officer = city.users["gov_officer"]

    def act():
        if to == "done":
            return accept_report(report.pk, actor=officer, at=CHECKED)
        return cancel_resolution(resolution.pk, actor=officer, at=CHECKED, reason="不再办理")

    if before == "open":
        assert act().state == to
    else:
        with pytest.raises(RuleBroken):
            act()
        resolution.refresh_from_db()
        assert resolution.state == before


# -- another unit ----------------------------------------------------------------------------
def given_away(city, resolution: Resolution, *, who="court_officer") -> Resolution:
    return change_lead(
        resolution.pk,
        actor=city.users[who],
        at=CHECKED,
        lead=city.organizations["justice"],
        due_on=JANUARY,
        reason="职责在市司法局",
    )


def desk(city, who: str, resolution: Resolution) -> list[tuple]:
    found = items(city.users[who], CHECKED.date())
    return [(one.group, one.day) for one in found if one.title == resolution.text]


def test_another_unit_owes_what_is_given_to_it(city, as_user):
    resolution = running(city)
    typed = {
        "lead": "sfj",
        "due_on": JANUARY.isoformat(),
        "reason": "职责在市司法局",
        "version": resolution.version,
    }

    page = as_user(city.users["court_officer"]).post(address("resolution-lead", resolution), typed)

    resolution.refresh_from_db()
    justice, agency = city.organizations["justice"], city.organizations["agency"]
    assert page.status_code == 302
    assert (resolution.lead, resolution.due_on, resolution.handler) == (justice, JANUARY, None)
    assert list(resolution.support.all()) == []
    limits = Deadline.objects.filter(rule="MT-RES").values_list("owed_by", "state", "due_on")
    assert set(limits) == {(agency.pk, "cancelled", DUE), (justice.pk, "open", JANUARY)}
    assert desk(city, "agency_contact", resolution) == []
    assert desk(city, "gov_officer", resolution) == [("todo", JANUARY)]


def test_both_units_are_told_who_leads_and_why(city, as_user):
    resolution = given_away(city, running(city))

    titles = dict(
        Notice.objects.filter(text="职责在市司法局").values_list("recipient__username", "title")
    )
    assert titles["agency_contact"] == f"改由市司法局负责：{resolution.text}"
    assert titles["gov_officer"] == f"议定事项待办理：{resolution.text}"
    page = as_user(city.users["agency_contact"]).get(resolution.get_absolute_url())
    assert "责任单位由市综合执法局改为市司法局：职责在市司法局" in page.content.decode()


@pytest.mark.parametrize(
    ("who", "may"),
    [
        pytest.param("court_officer", True, id="the officer of the host"),
        pytest.param("gov_officer", False, id="the officer of the other side"),
        ("recorder", False),
        ("agency_contact", False),
        ("court_convenor", False),
    ],
)
def test_who_gives_it_to_another_unit(city, as_user, who, may):
    resolution = running(city)
    client = as_user(city.users[who])

    offered = "改由其他单位负责" in client.get(resolution.get_absolute_url()).content.decode()
    opened = client.get(address("resolution-lead", resolution)).status_code

    assert (offered, opened) == (may, 200 if may else 403)
    if not may:
        with pytest.raises(PermissionDenied):
            given_away(city, resolution, who=who)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"lead": "市综合执法局"}, "lead"),
        ({"lead": "市民政局"}, "lead"),
        ({"due_on": "2026-12-09"}, "due_on"),
        ({"reason": " "}, "reason"),
    ],
)
def test_what_giving_it_away_needs(city, as_user, typed, field):
    resolution = running(city)
    good = {"lead": "市司法局", "due_on": "2027-01-15", "reason": "职责调整"}
    sent = {**good, "version": resolution.version, **typed}

    page = as_user(city.users["court_officer"]).post(address("resolution-lead", resolution), sent)

    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert Resolution.objects.get().lead == city.organizations["agency"]


def test_a_report_is_answered_before_another_unit_leads(city):
    resolution = running(city)
    reported(city, resolution)

    with pytest.raises(RuleBroken) as broken:
        given_away(city, resolution)

    assert broken.value.code == "report_waits"


def test_a_unit_that_led_it_sees_it_still_but_not_what_is_confidential(city):
    agency = city.users["agency_contact"]
    resolution = given_away(city, running(city))
    resolution.meeting.invitations.filter(person=agency.person).delete()

    seen = visible_to(agency, Resolution)

    assert seen.exists()
    Resolution.objects.update(visibility=Visibility.INVITED)
    assert not seen.all().exists()


# -- taken up again --------------------------------------------------------------------------
def done(city, *, by="gov_officer") -> Resolution:
    report = reported(city, running(city))
    return accept_report(report.pk, actor=city.users[by], at=CHECKED)


def reopened(city, resolution: Resolution, *, who="gov_officer") -> Resolution:
    return reopen_resolution(
        resolution.pk,
        actor=city.users[who],
        at=CHECKED,
        due_on=JANUARY,
        reason="抽查发现未执行",
    )


def test_what_was_done_runs_again_with_a_new_day(city, as_user):
    resolution = done(city)
    typed = {
        "due_on": JANUARY.isoformat(),
        "reason": "抽查发现未执行",
        "version": resolution.version,
    }

    page = as_user(city.users["gov_officer"]).post(address("resolution-reopen", resolution), typed)

    resolution.refresh_from_db()
    assert page.status_code == 302
    assert (resolution.state, resolution.done_on) == (ResolutionState.OPEN, None)
    states = Deadline.objects.filter(rule="MT-RES").values_list("state", "due_on")
    assert set(states) == {("met", DUE), ("open", JANUARY)}
    assert desk(city, "agency_contact", resolution) == [("todo", JANUARY)]
    told = Notice.objects.get(reason__startswith="reopened:")
    assert (told.recipient, told.text) == (city.users["agency_contact"], "抽查发现未执行")


def test_it_is_reported_and_accepted_again_even_on_the_same_day(city):
    resolution = reopened(city, done(city))

    again = reported(city, resolution)
    accept_report(again.pk, actor=city.users["court_officer"], at=CHECKED)

    assert resolution.reports.count() == 2
    assert Resolution.objects.get().state == ResolutionState.DONE


@pytest.mark.parametrize(
    ("who", "may"),
    [
        pytest.param("gov_officer", True, id="who counted it as done"),
        pytest.param("court_officer", False, id="the other side's officer"),
        ("recorder", False),
        ("agency_contact", False),
    ],
)
def test_who_takes_it_up_again(city, as_user, who, may):
    resolution = done(city)
    client = as_user(city.users[who])

    offered = "重新办理" in client.get(resolution.get_absolute_url()).content.decode()

    assert offered == may
    if may:
        assert reopened(city, resolution, who=who).is_open
        return
    with pytest.raises(PermissionDenied):
        reopened(city, resolution, who=who)


def test_an_officer_takes_it_up_once_whoever_accepted_it_has_left(city):
    resolution = done(city, by="recorder")
    RoleBinding.objects.filter(user=city.users["recorder"]).update(valid_to=date(2026, 12, 9))

    assert reopened(city, resolution, who="court_officer").is_open


@pytest.mark.parametrize("state", ["draft", "open", "cancelled"])
def test_only_what_was_done_is_taken_up_again(city, state):
    resolution = done(city)
    Resolution.objects.update(state=state)

    with pytest.raises(RuleBroken) as broken:
        reopened(city, resolution)

    assert broken.value.code == "not_done"


def test_a_closed_meeting_stays_closed(city):
    resolution = done(city)
    meeting = with_issued_minutes(city, resolution.meeting)

    reopened(city, resolution)

    assert meeting.state == MeetingState.CLOSED
    assert Meeting.objects.get().state == MeetingState.CLOSED
