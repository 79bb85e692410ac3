"""Resolutions after the meeting: who sees them, reports and checks; desks and hand-over."""

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
from meetings.actions.reports import accept_report, report_progress, return_report
from meetings.holdings import open_resolutions_of, reassign
from meetings.models import ProgressReport, Resolution
from meetings.states import ReportVerdict, ResolutionState
from members.models import RoleBinding
from members.states import Role
from services.deadlines.models import Deadline
from services.documents.models import Attachment
from tests.desks import items
from tests.meeting_after import (
    CHECKED,
    reported,
    running,
)
from tests.meeting_day import DUE, address, begun, complete, held
from tests.sitting import moment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_december():
    with time_machine.travel(CHECKED, tick=False):
        yield


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
        report_progress(resolution.pk, actor=user, at=CHECKED, text="办理中")
    else:
        with pytest.raises(PermissionDenied):
            report_progress(resolution.pk, actor=user, at=CHECKED, text="办理中")
    report = reported(city, resolution)
    if checks:
        assert accept_report(report.pk, actor=user, at=CHECKED).state == ResolutionState.DONE
    else:
        with pytest.raises(PermissionDenied):
            accept_report(report.pk, actor=user, at=CHECKED)


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
    desk = items(city.users["agency_contact"], CHECKED.date())
    assert [(one.group, one.day) for one in desk] == [("returned", DUE)]
    told = Notice.objects.get(reason=f"checked:{report.public_id}")
    assert (told.recipient, told.text) == (city.users["agency_contact"], "缺少培训记录")


@pytest.mark.parametrize("answered", ["accepted", "returned"])
def test_a_report_is_checked_once(city, answered):
    report = reported(city, running(city))
    officer = city.users["gov_officer"]
    if answered == "accepted":
        accept_report(report.pk, actor=officer, at=CHECKED)
    else:
        return_report(report.pk, actor=officer, at=CHECKED, reason="缺材料")

    with pytest.raises(RuleBroken) as broken:
        accept_report(report.pk, actor=city.users["court_officer"], at=CHECKED)

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
        return_report(report.pk, actor=officer, at=CHECKED, reason="缺材料")
    if step == "accepted":
        accept_report(report.pk, actor=officer, at=CHECKED)

    def desk(who):
        found = items(city.users[who], CHECKED.date())
        return [(one.group, one.day) for one in found if one.title == resolution.text]

    assert (desk("agency_contact"), desk("court_officer")) == (unit, secretariat)


def test_open_work_is_handed_over_with_the_person(city):
    resolution = running(city)
    reported(city, resolution, done=False)
    giver, taker = city.people["agency_contact"], city.people["gov_officer"]

    held_by_giver = open_resolutions_of(giver)
    reassign([pk for pk, _title, _url in held_by_giver], taker, actor=None, at=CHECKED)

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
