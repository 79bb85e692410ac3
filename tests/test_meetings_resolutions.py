"""Resolutions after the meeting: progress, checked, done late, moved, given up; closing."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from foundations.access.visibility import Visibility
from foundations.audit.trail import history_of
from foundations.notifications.models import Notice
from meetings.actions.closing import close_meeting
from meetings.actions.issuing import issue_text
from meetings.actions.reports import accept_report, report_progress, return_report
from meetings.actions.resolutions import cancel_resolution, change_due
from meetings.actions.texts import answer_text, draft_text, propose_text
from meetings.holdings import open_resolutions_of, reassign
from meetings.models import Meeting, ProgressReport, Resolution
from meetings.states import MeetingState, ReportVerdict, ResolutionState
from members.models import RoleBinding
from members.states import Role
from services.deadlines.models import Deadline
from services.documents.models import Attachment
from tests.desks import items
from tests.meeting_day import DUE, begun, complete, held
from tests.sitting import moment

pytestmark = pytest.mark.django_db
LATER = moment(date(2026, 12, 10), 9)
LEDGER_QUERIES = 14


@pytest.fixture(autouse=True)
def _in_december():
    with time_machine.travel(LATER, tick=False):
        yield


def address(name: str, row) -> str:
    return reverse(f"meetings:{name}", args=[row.public_id])


def running(city, **given) -> Resolution:
    return held(city, **given).meeting.resolutions.order_by("order").first()


def reported(city, resolution, *, at=LATER, done=True, text="已印发") -> ProgressReport:
    agency = city.users["agency_contact"]
    return report_progress(resolution.pk, actor=agency, at=at, text=text, done=done)


def with_issued_minutes(meeting: Meeting, city) -> Meeting:
    officer = city.users["court_officer"]
    text = draft_text(meeting.pk, "minutes", actor=officer, at=LATER)
    propose_text(text.pk, actor=officer, at=LATER)
    other = city.users["gov_officer"]
    answer_text(text.pk, side="government", actor=other, at=LATER, verdict="agree")
    issue_text(text.pk, actor=officer, at=LATER)
    return Meeting.objects.get(pk=meeting.pk)


# -- who ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "reports", "checks"),
    [
        ("agency_contact", True, False),
        ("gov_officer", False, True),
        ("court_officer", False, True),
        ("recorder", False, True),
        ("gov_convenor", False, False),
        ("system_admin", False, False),
    ],
)
def test_who_reports_and_who_checks(city, who, reports, checks):
    resolution = running(city)
    user = city.users[who]

    if reports:
        report_progress(resolution.pk, actor=user, at=LATER, text="办理中")
    else:
        with pytest.raises(PermissionDenied):
            report_progress(resolution.pk, actor=user, at=LATER, text="办理中")
    report = reported(city, resolution)
    if checks:
        assert accept_report(report.pk, actor=user, at=LATER).state == ResolutionState.DONE
    else:
        with pytest.raises(PermissionDenied):
            accept_report(report.pk, actor=user, at=LATER)


@pytest.mark.parametrize(
    ("state", "visibility", "readers"),
    [
        ("draft", "joint", {"gov_officer", "court_officer", "recorder"}),
        (
            "open",
            "joint",
            {
                "gov_officer",
                "court_officer",
                "recorder",
                "gov_convenor",
                "court_convenor",
                "gov_deputy",
                "court_deputy",
                "agency_contact",
            },
        ),
        pytest.param(
            "open",
            Visibility.INVITED,
            {"gov_officer", "recorder", "gov_deputy", "agency_contact"},
            id="of a confidential topic: lead and supporting units",
        ),
    ],
)
def test_who_sees_a_resolution(city, state, visibility, readers):
    sitting = complete(begun(city)) if state == "draft" else held(city)
    Resolution.objects.update(visibility=visibility)

    seeing = {name for name, user in city.users.items() if visible_to(user, Resolution).exists()}

    assert seeing == readers
    assert sitting.meeting.resolutions.get().state == state


def test_a_progress_report_is_seen_with_its_resolution(city):
    resolution = running(city)
    reported(city, resolution)
    Resolution.objects.update(visibility=Visibility.INVITED)

    assert visible_to(city.users["agency_contact"], ProgressReport).exists()
    assert not visible_to(city.users["court_convenor"], ProgressReport).exists()


# -- progress ------------------------------------------------------------------------------
def test_progress_without_done_leaves_the_resolution_open(city):
    resolution = running(city)

    report = reported(city, resolution, done=False, text="已征求意见")

    resolution.refresh_from_db()
    assert (resolution.state, report.waits) == (ResolutionState.OPEN, False)
    assert resolution.handler == city.users["agency_contact"]


@pytest.mark.parametrize(
    ("day", "deadline"),
    [
        pytest.param(DUE, "met", id="on the last day"),
        pytest.param(DUE + timedelta(days=1), "met_late", id="a day late"),
    ],
)
def test_done_counts_from_the_day_on_which_the_unit_said_so(city, day, deadline):
    resolution = running(city)
    report = reported(city, resolution, at=moment(day))

    accept_report(report.pk, actor=city.users["gov_officer"], at=moment(day + timedelta(days=9)))

    resolution.refresh_from_db()
    assert (resolution.state, resolution.done_on) == (ResolutionState.DONE, day)
    assert Deadline.objects.get(rule="MT-RES").state == deadline


def test_done_late_stays_visible(city, as_user):
    resolution = running(city)
    day = DUE + timedelta(days=6)
    report = reported(city, resolution, at=moment(day))
    accept_report(report.pk, actor=city.users["gov_officer"], at=moment(day))

    page = as_user(city.users["gov_officer"]).get(reverse("meetings:resolutions") + "?state=done")

    assert "迟 6 天" in page.content.decode()


def test_a_report_sent_back_lies_on_the_unit_desk_again(city, as_user):
    resolution = running(city)
    report = reported(city, resolution)
    client = as_user(city.users["gov_officer"])

    silent = client.post(address("report-return", report), {"reason": " "})
    said = client.post(address("report-return", report), {"reason": "缺少培训记录"})

    report.refresh_from_db()
    assert (silent.status_code, said.status_code) == (422, 302)
    assert (report.verdict, report.remark) == (ReportVerdict.RETURNED, "缺少培训记录")
    desk = items(city.users["agency_contact"], LATER.date())
    assert [(one.group, one.day) for one in desk] == [("returned", DUE)]
    told = Notice.objects.get(reason=f"checked:{report.public_id}")
    assert (told.recipient, told.text) == (city.users["agency_contact"], "缺少培训记录")


@pytest.mark.parametrize("answered", ["accepted", "returned"])
def test_a_report_is_checked_once(city, answered):
    report = reported(city, running(city))
    officer = city.users["gov_officer"]
    if answered == "accepted":
        accept_report(report.pk, actor=officer, at=LATER)
    else:
        return_report(report.pk, actor=officer, at=LATER, reason="缺材料")

    with pytest.raises(RuleBroken) as broken:
        accept_report(report.pk, actor=city.users["court_officer"], at=LATER)

    assert broken.value.code == "report_checked"


def test_a_double_submit_reports_once(city):
    resolution = running(city)

    first = reported(city, resolution, done=False, text="办理中")
    second = reported(city, resolution, done=False, text="办理中")

    assert first == second
    assert resolution.reports.count() == 1


def test_while_a_report_waits_no_other_is_taken(city):
    resolution = running(city)
    reported(city, resolution)

    with pytest.raises(RuleBroken) as broken:
        reported(city, resolution, text="再报一次")

    assert broken.value.code == "report_waits"


@pytest.mark.parametrize(
    ("declared", "name", "status", "kept"),
    [
        ("on", "培训记录.txt", 302, 1),
        ("", "培训记录.txt", 422, 0),
        ("on", "机密★培训.txt", 422, 0),
    ],
)
def test_a_report_with_a_file(city, as_user, declared, name, status, kept):
    resolution = running(city)
    file = SimpleUploadedFile(name, "培训签到表".encode(), content_type="text/plain")
    typed = {"text": "已培训", "declared": declared, "file": file}

    page = as_user(city.users["agency_contact"]).post(
        address("resolution-report", resolution), typed
    )

    assert page.status_code == status
    assert (Attachment.objects.count(), ProgressReport.objects.count()) == (kept, kept)


# -- another day, given up ------------------------------------------------------------------
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
    given = {"actor": city.users["gov_officer"], "at": LATER, "reason": "延长"}
    version = resolution.version
    change_due(resolution.pk, due_on=date(2026, 12, 31), version=version, **given)

    with pytest.raises(RuleBroken) as broken:
        change_due(resolution.pk, due_on=date(2026, 12, 30), version=version, **given)

    assert broken.value.code == "stale"


def test_a_resolution_given_up_owes_nothing_any_more(city):
    resolution = running(city)

    cancel_resolution(
        resolution.pk, actor=city.users["gov_officer"], at=LATER, reason="上级统一部署"
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
            return accept_report(report.pk, actor=officer, at=LATER)
        return cancel_resolution(resolution.pk, actor=officer, at=LATER, reason="不再办理")

    if before == "open":
        assert act().state == to
    else:
        with pytest.raises(RuleBroken):
            act()
        resolution.refresh_from_db()
        assert resolution.state == before


# -- closing ---------------------------------------------------------------------------------
def test_the_last_resolution_done_closes_the_meeting_by_itself(city):
    resolution = running(city, resolutions=2)
    meeting = with_issued_minutes(resolution.meeting, city)
    states = []
    for one in meeting.resolutions.order_by("order"):
        accept_report(reported(city, one).pk, actor=city.users["gov_officer"], at=LATER)
        states.append(Meeting.objects.get(pk=meeting.pk).state)

    assert states == [MeetingState.CONFIRMED, MeetingState.CLOSED]


def test_done_before_the_minutes_are_issued_closes_with_their_issue(city):
    resolution = running(city)
    accept_report(reported(city, resolution).pk, actor=city.users["gov_officer"], at=LATER)

    assert with_issued_minutes(resolution.meeting, city).state == MeetingState.CLOSED


@pytest.mark.parametrize(
    ("reason", "code"),
    [("", "reason_missing"), ("  ", "reason_missing"), ("事项转入任务清单", "")],
)
def test_closing_with_open_resolutions_takes_a_reason(city, reason, code):
    meeting = with_issued_minutes(running(city).meeting, city)
    officer = city.users["court_officer"]

    if code:
        with pytest.raises(RuleBroken) as broken:
            close_meeting(meeting.pk, actor=officer, at=LATER, reason=reason)
        assert (broken.value.code, broken.value.field) == (code, "reason")
    else:
        assert (
            close_meeting(meeting.pk, actor=officer, at=LATER, reason=reason).closed_reason
            == reason
        )
        assert meeting.resolutions.get().is_open


def test_a_meeting_without_issued_minutes_is_not_closed(city):
    meeting = running(city).meeting

    with pytest.raises(RuleBroken) as broken:
        close_meeting(meeting.pk, actor=city.users["gov_officer"], at=LATER, reason="办结")

    assert broken.value.code == "bad_transition"


# -- lists, pages, desks, hand-over ------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 3])
def test_the_ledger_costs_the_same_for_any_length(city, as_user, count, django_assert_num_queries):
    running(city, resolutions=count)
    client = as_user(city.users["gov_officer"])
    client.get(reverse("meetings:resolutions"))

    with django_assert_num_queries(LEDGER_QUERIES):
        page = client.get(reverse("meetings:resolutions"))

    assert page.content.decode().count("印发违法建设查处告知程序指引之") == count


def test_the_ledger_opens_on_what_is_in_progress_and_leads_to_all(city, as_user):
    resolution = running(city)
    client = as_user(city.users["gov_officer"])
    page = reverse("meetings:resolutions")

    opened = client.get(page).context["ledger"]
    cancel_resolution(resolution.pk, actor=city.users["gov_officer"], at=LATER, reason="并案")
    later = client.get(page).context["ledger"]
    [state] = [chip for chip in later.chips if chip.name == "state"]
    everything = client.get(page + state.without).context["ledger"]

    assert [len(one.page) for one in (opened, later, everything)] == [1, 0, 1]
    assert [tab.label for tab in later.tabs if tab.current] == ["办理中"]
    [current] = [tab for tab in everything.tabs if tab.current]
    assert (current.label, f"?{current.query}") == ("全部", state.without)
    assert all("state=open" in address for _kind, address in later.exports)


@pytest.mark.parametrize(
    ("query", "day", "shown"),
    [
        ("?overdue=true", DUE, 0),
        ("?overdue=true", DUE + timedelta(days=1), 1),
        ("?state=open", DUE, 1),
        ("?state=done", DUE, 0),
        ("?mine=true", DUE, 0),
        ("?q=告知程序", DUE, 1),
    ],
)
def test_the_views_of_the_ledger(city, as_user, query, day, shown):
    running(city)
    with time_machine.travel(moment(day), tick=False):
        page = as_user(city.users["court_officer"]).get(reverse("meetings:resolutions") + query)

    assert page.content.decode().count("指引之1") == shown


def test_the_page_of_a_resolution_tells_its_story(city, as_user):
    resolution = running(city)
    report = reported(city, resolution)
    return_report(report.pk, actor=city.users["gov_officer"], at=LATER, reason="缺少培训记录")

    page = as_user(city.users["agency_contact"]).get(resolution.get_absolute_url())

    told = page.content.decode()
    assert "缺少培训记录" in told
    assert "填报进展" in told
    assert "⟪missing" not in told
    stranger = as_user(city.users["system_admin"]).get(resolution.get_absolute_url())
    assert stranger.status_code == 404


@pytest.mark.parametrize(
    ("step", "unit", "secretariat"),
    [
        ("open", [("todo", DUE)], []),
        ("reported", [("waiting", DUE)], [("todo", DUE)]),
        ("returned", [("returned", DUE)], []),
        ("accepted", [], []),
    ],
)
def test_what_lies_on_whose_desk(city, step, unit, secretariat):
    resolution = running(city)
    officer = city.users["court_officer"]
    if step != "open":
        report = reported(city, resolution)
    if step == "returned":
        return_report(report.pk, actor=officer, at=LATER, reason="缺材料")
    if step == "accepted":
        accept_report(report.pk, actor=officer, at=LATER)

    def desk(who):
        found = items(city.users[who], LATER.date())
        return [(one.group, one.day) for one in found if one.title == resolution.text]

    assert (desk("agency_contact"), desk("court_officer")) == (unit, secretariat)


def test_open_work_is_handed_over_with_the_person(city):
    resolution = running(city)
    reported(city, resolution, done=False)
    giver, taker = city.people["agency_contact"], city.people["gov_officer"]

    held_by_giver = open_resolutions_of(giver)
    reassign([pk for pk, _title, _url in held_by_giver], taker, actor=None, at=LATER)

    resolution.refresh_from_db()
    assert [pk for pk, _title, _url in held_by_giver] == [resolution.pk]
    assert resolution.handler == city.users["gov_officer"]
    assert history_of(resolution).last().action == "meetings.resolution.reassigned"


def test_an_account_whose_term_has_ended_reports_nothing(city):
    resolution = running(city)
    RoleBinding.objects.filter(user=city.users["agency_contact"], role=Role.MEMBER_UNIT).update(
        valid_to=date(2026, 12, 9)
    )

    with pytest.raises(PermissionDenied):
        reported(city, resolution)
