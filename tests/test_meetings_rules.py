"""What meetings and joint activities say of the clauses: each state, on days set by hand."""

from datetime import date, datetime, time
from types import SimpleNamespace

import pytest
from django.utils import timezone

from mechanisms.judging import judge
from mechanisms.states import Modal
from mechanisms.states import RuleKind as K
from meetings.actions import activity_outcomes
from meetings.actions.activities import cancel_activity
from meetings.models import (
    ConfidentialReader,
    Meeting,
    MeetingSeries,
    MeetingText,
    SideNotice,
    Topic,
)
from meetings.states import ActivityKind, MeetingKind, MeetingState, TopicState
from services.documents.attachments import attach
from services.documents.models import OfficialDocument
from tests import activities as told
from tests.clauses import clause
from tests.gatherings import AT, held_meeting, make_meeting, text_file

TODAY = date(2026, 11, 23)


def on(day: str) -> date:
    return date.fromisoformat(day)


def at(day: str) -> datetime:
    return datetime.combine(on(day), time(9), tzinfo=timezone.get_default_timezone())


def held_on(city, day, **given) -> Meeting:
    return held_meeting(city, held_on=on(day), planned_on=on(day), **given)


def state(city, kind, subject, day, **given):
    return str(judge(clause(city, kind, subject, on(day), **given)).state)


def series(city, origin="2026-08-15") -> MeetingSeries:
    return MeetingSeries.objects.create(
        mechanism=city.mechanism, origin_on=on(origin), first_host="court"
    )


@pytest.mark.parametrize(
    ("meetings", "day", "expected", "next_on"),
    [
        pytest.param((), "2024-02-20", "not_yet_due", "2024-03-04", id="the first two months"),
        pytest.param((), "2024-02-27", "due_soon", "2024-03-04", id="the last week before"),
        pytest.param((), "2024-03-05", "broken", "2024-03-04", id="none was ever held"),
        pytest.param(("2026-09-10",), "2026-09-09", "broken", "2024-03-04", id="the day before"),
        pytest.param(("2026-09-10",), "2026-09-10", "kept", "2026-11-10", id="the day itself"),
        pytest.param(("2026-09-10",), "2026-11-02", "kept", "2026-11-10", id="eight days left"),
        pytest.param(("2026-09-10",), "2026-11-03", "due_soon", "2026-11-10", id="a week left"),
        pytest.param(("2026-09-10",), "2026-11-10", "due_soon", "2026-11-10", id="last day"),
        pytest.param(("2026-09-10",), "2026-11-11", "broken", "2026-11-10", id="overdue"),
        pytest.param(
            ("2026-07-10", "2026-09-10"), "2026-11-02", "kept", "2026-11-10", id="the last counts"
        ),
    ],
)
def test_the_interval_runs_from_the_last_regular_meeting(city, meetings, day, expected, next_on):
    for held in meetings:
        held_on(city, held)

    found = judge(clause(city, K.MEETING_CADENCE, "regular_meeting", on(day), every_months=2))

    assert (str(found.state), found.next_on) == (expected, on(next_on))
    assert bool(found.evidence) == any(held <= day for held in meetings)


def test_an_ad_hoc_meeting_is_no_regular_one_and_a_later_origin_begins_anew(city):
    held_on(city, "2026-09-10", kind=MeetingKind.AD_HOC)
    series(city, "2026-11-01")

    found = judge(
        clause(city, K.MEETING_CADENCE, "regular_meeting", on("2026-11-20"), every_months=2)
    )

    assert (str(found.state), found.next_on) == ("not_yet_due", on("2027-01-01"))


@pytest.mark.parametrize(
    ("planned", "held", "day", "expected"),
    [
        pytest.param(None, None, "2026-11-23", "not_yet_due", id="nothing is planned"),
        pytest.param("2027-01-15", None, "2026-11-23", "not_yet_due", id="planned for later"),
        pytest.param("2026-11-30", None, "2026-11-23", "due_soon", id="within a week"),
        pytest.param("2026-11-20", None, "2026-11-23", "broken", id="its day went by"),
        pytest.param("2026-10-20", "2026-10-20", "2026-11-23", "kept", id="held"),
    ],
)
def test_without_an_interval_the_plan_is_asked(city, planned, held, day, expected):
    if held:
        held_on(city, held)
    elif planned:
        meeting = make_meeting(city, planned_on=on(planned), state=MeetingState.PLANNED)
        Meeting.objects.filter(pk=meeting.pk).update(created_at=at("2026-08-01"))

    assert state(city, K.MEETING_CADENCE, "joint_meeting", day) == expected


@pytest.mark.parametrize(
    ("kind", "subject", "modal", "meeting", "expected"),
    [
        (K.MEETING_CADENCE, "meeting_kind", "shall", None, "not_yet_due"),
        (K.MEETING_CADENCE, "meeting_kind", "shall", "regular", "kept"),
        (K.AD_HOC_MEETING, "ad_hoc_proposal", "may", None, "not_applicable"),
        (K.AD_HOC_MEETING, "ad_hoc_proposal", "may", "regular", "not_applicable"),
        (K.AD_HOC_MEETING, "ad_hoc_proposal", "may", "ad_hoc", "kept"),
        (K.AD_HOC_MEETING, "ad_hoc_host", "shall", None, "not_applicable"),
        (K.AD_HOC_MEETING, "ad_hoc_host", "shall", "ad_hoc", "kept"),
        (K.AD_HOC_MEETING, "joint_meeting", "shall", None, "not_yet_due"),
        (K.AD_HOC_MEETING, "joint_meeting", "shall", "ad_hoc", "kept"),
    ],
)
def test_meetings_as_needed(city, kind, subject, modal, meeting, expected):
    if meeting:
        held_on(city, "2026-10-15", kind=meeting)

    assert state(city, kind, subject, "2026-11-23", modal=modal) == expected
    assert state(city, kind, subject, "2026-10-14", modal=modal) != "kept"


@pytest.mark.parametrize(
    ("sides", "day", "expected"),
    [
        pytest.param((), "2026-12-01", "not_yet_due", id="agreed on, none told yet"),
        pytest.param(("government",), "2026-12-09", "due_soon", id="one side told, a week left"),
        pytest.param(("government",), "2026-12-16", "broken", id="held without the other side"),
        pytest.param(("government", "court"), "2026-12-09", "kept", id="both told"),
        pytest.param(("government", "court"), "2026-11-22", "not_applicable", id="not agreed yet"),
    ],
)
def test_each_side_notifies_its_own_people_before_the_meeting(city, sides, day, expected):
    meeting = make_meeting(city, state=MeetingState.NOTIFIED)
    notice_of_each(city, meeting, sides)

    assert state(city, K.CHECKLIST, "meeting_notice", day) == expected


def notice_of_each(city, meeting, sides):
    for n, side in enumerate(sides):
        document = OfficialDocument.objects.create(
            kind="notice",
            subject=meeting,
            organization=city.organizations["justice"],
            jurisdiction=city.jurisdiction,
            title="通知",
        )
        SideNotice.objects.create(
            meeting=meeting, side=side, document=document, sequence=n, at=at("2026-12-02")
        )


def topic(city, meeting, **given) -> Topic:
    values = {
        "kind": "problem",
        "title": "限期拆除告知程序的把握",
        "opinion": "统一催告程序。",
        "organization": city.organizations["justice"],
        "state": TopicState.ACCEPTED,
    }
    return Topic.objects.create(meeting=meeting, **{**values, **given})


def with_material(city, row):
    given = {"actor": city.users["gov_officer"], "at": AT, "declared": True}
    attach(row, text_file(), jurisdiction=city.jurisdiction, **given)


@pytest.mark.parametrize(
    ("opinion", "material", "expected"),
    [("有", True, "kept"), ("", True, "broken"), ("有", False, "broken")],
)
def test_topics_come_with_opinion_and_material(city, opinion, material, expected):
    row = topic(city, held_on(city, "2026-10-15"), opinion=opinion)
    if material:
        with_material(city, row)

    assert state(city, K.CHECKLIST, "topic", "2026-11-23") == expected
    assert state(city, K.CHECKLIST, "topic", "2026-10-14") == "not_applicable"


@pytest.mark.parametrize(
    ("kinds", "modal", "expected"),
    [
        ((), "shall", "not_yet_due"),
        (("typical_case",), "shall", "not_yet_due"),
        (("typical_case", "problem"), "shall", "kept"),
        ((), "may", "not_applicable"),
        (("typical_case",), "may", "kept"),
    ],
)
def test_the_matters_of_a_text_come_onto_the_agenda(city, kinds, modal, expected):
    meeting = held_on(city, "2026-10-15")
    for kind in kinds:
        topic(city, meeting, kind=kind, title="甲")
    items = ["典型案例", "问题分析"]

    found = judge(clause(city, K.CHECKLIST, "topic_type", TODAY, modal=modal, items=items))

    assert str(found.state) == expected
    assert ("问题分析" in found.said) == (
        expected != "kept" or "problem" in kinds or modal == "may"
    )


@pytest.mark.parametrize(
    ("kind", "subject", "given", "expected"),
    [
        (K.CASE_FLOW, "case_on_agenda", {"topic_types": ["案件协调"]}, "not_yet_due"),
        (K.CASE_FLOW, "case_on_agenda", {"topic_types": ["问题分析"]}, "kept"),
        (K.TASK, "topic", {}, "kept"),
        (K.CASE_FLOW, "pending_case", {}, "not_applicable"),
    ],
)
def test_what_was_on_the_agenda(city, kind, subject, given, expected):
    topic(city, held_on(city, "2026-10-15"))

    assert state(city, kind, subject, "2026-11-23", **given) == expected


def test_a_topic_on_a_pending_case_is_marked(city):
    topic(city, held_on(city, "2026-10-15"), pending_case=True)

    assert state(city, K.CASE_FLOW, "pending_case", "2026-11-23") == "kept"


@pytest.mark.parametrize(
    ("subject", "kind", "category", "expected"),
    [
        ("regular_invitation", "regular", "lawyer", "kept"),
        ("regular_invitation", "regular", "member", "not_applicable"),
        ("regular_invitation", "ad_hoc", "lawyer", "not_applicable"),
        ("ad_hoc_invitation", "ad_hoc", "government_leader", "kept"),
        ("invited_member", "ad_hoc", "agency", "kept"),
    ],
)
def test_who_may_be_invited(city, subject, kind, category, expected):
    meeting = held_on(city, "2026-10-15", kind=kind)
    meeting.invitations.create(
        side="invited", category=category, name="甲", notified_at=at("2026-10-08")
    )

    assert state(city, K.ROSTER, subject, "2026-11-23", modal=Modal.MAY) == expected
    assert state(city, K.ROSTER, subject, "2026-10-07", modal=Modal.MAY) == "not_applicable"


@pytest.mark.parametrize(("internal", "expected"), [(True, "kept"), (False, "broken")])
def test_internal_texts_are_issued_with_their_clause(city, internal, expected):
    MeetingText.objects.create(
        meeting=held_on(city, "2026-10-15"),
        text_class="minutes",
        title="会议纪要",
        state="issued",
        internal=internal,
    )

    assert state(city, K.CONFIDENTIALITY, "meeting_text", "2026-11-23") == expected
    assert state(city, K.CONFIDENTIALITY, "meeting_text", "2026-10-14") == "not_applicable"


@pytest.mark.parametrize(("signed", "expected"), [(True, "kept"), (False, "not_yet_due")])
def test_confidential_topics_have_readers_who_signed(city, signed, expected):
    row = topic(city, held_on(city, "2026-10-15"), confidential=True)
    ConfidentialReader.objects.create(
        topic=row, user=city.users["court_officer"], signed_at=AT if signed else None
    )

    found = judge(clause(city, K.CONFIDENTIALITY, "confidential_topic", TODAY))

    assert str(found.state) == expected
    assert row.title not in found.said


ACTIVITIES = [*ActivityKind.values, "court_training", "government_training"]


def made(city, subject, day):
    kind = "training" if subject.endswith("_training") else subject
    side = SimpleNamespace(host="justice", by="gov_officer")
    if subject == "court_training":
        side = SimpleNamespace(host="court", by="court_officer")
    return told.logged(city, on(day), kind, side.host, side.by)


@pytest.mark.parametrize("subject", ACTIVITIES)
def test_each_kind_of_activity_is_judged_as_needed(city, subject):
    given = {"as_needed": True}
    assert state(city, K.TASK, subject, "2026-11-23", **given) == "not_yet_due"
    assert state(city, K.TASK, subject, "2026-11-23", modal="may") == "not_applicable"

    made(city, subject, "2026-10-20")

    assert state(city, K.TASK, subject, "2026-10-19", **given) == "not_yet_due"
    assert state(city, K.TASK, subject, "2026-10-20", **given) == "kept"
    assert state(city, K.TASK, subject, "2027-10-20", **given) == "not_yet_due"


def test_a_training_of_one_side_is_none_of_the_other(city):
    made(city, "court_training", "2026-10-20")

    assert state(city, K.TASK, "court_training", "2026-11-23", modal="may") == "kept"
    assert state(city, K.TASK, "government_training", "2026-11-23", modal="may") == (
        "not_applicable"
    )


@pytest.mark.parametrize(
    ("days", "day", "expected"),
    [
        pytest.param((), "2024-05-10", "not_yet_due", id="the text is new"),
        pytest.param((), "2024-06-25", "due_soon", id="the last week of the half-year"),
        pytest.param((), "2026-11-23", "broken", id="none in the half-year before"),
        pytest.param(("2026-03-10",), "2026-11-23", "not_yet_due", id="one before, none yet"),
        pytest.param(("2026-03-10",), "2026-12-28", "due_soon", id="one before, days left"),
        pytest.param(("2026-07-01",), "2026-11-23", "kept", id="one in this half-year"),
    ],
)
def test_a_number_within_a_term(city, days, day, expected):
    for one in days:
        told.logged(city, on(one), "joint_research")
    times = {"count": 1, "per": "half_year"}

    assert state(city, K.COUNT_PER_PERIOD, "joint_research", day, times=times) == expected


@pytest.mark.parametrize(
    ("reported", "day", "expected"),
    [
        pytest.param(None, "2026-11-23", "broken", id="the research alone is not enough"),
        pytest.param("2026-07-20", "2026-07-19", "broken", id="its report comes tomorrow"),
        pytest.param("2026-07-20", "2026-11-23", "kept", id="with its report"),
    ],
)
def test_a_research_counts_with_its_report(city, reported, day, expected):
    activity = told.logged(city, on("2026-07-01"), "joint_research")
    if reported:
        given = {"on": on(reported), "text": "三类问题"}
        activity_outcomes.hand_in_report(
            activity.pk, actor=city.users["court_officer"], at=told.later(on(reported)), **given
        )
    times = {"count": 1, "per": "half_year"}

    assert state(city, K.COUNT_PER_PERIOD, "research_report", day, times=times) == expected


def test_only_what_the_named_hosts_held_counts(city):
    told.logged(city, on("2026-07-01"), "joint_research", "court", "court_officer")
    given = {"times": {"count": 1, "per": "half_year"}}
    asked = (K.COUNT_PER_PERIOD, "joint_research", "2026-11-23")

    assert state(city, *asked, hosts=["市司法局"], **given) == "broken"
    assert state(city, *asked, hosts=["试验市人民法院"], **given) == "kept"


@pytest.mark.parametrize(
    ("planned", "day", "expected"),
    [
        pytest.param(None, "2026-11-23", "not_yet_due", id="nothing is planned"),
        pytest.param({"month": "2026-11-01"}, "2026-11-23", "due_soon", id="month ends soon"),
        pytest.param({"month": "2026-11-01"}, "2026-11-10", "not_yet_due", id="month has begun"),
        pytest.param({"month": "2026-10-01"}, "2026-11-23", "broken", id="month went by"),
        pytest.param({"on": "2026-11-12"}, "2026-11-23", "broken", id="day went by"),
    ],
)
def test_a_duty_without_a_number_is_asked_by_the_plan(city, planned, day, expected):
    if planned:
        days = {name: on(value) for name, value in planned.items()}
        told.plan(city, **{"on": None, "sign_up_by": None, **days})

    assert state(city, K.TASK, "training", day) == expected


def test_what_was_called_off_is_not_asked_for(city):
    activity = told.plan(city, on=None, sign_up_by=None, month=on("2026-10-01"))
    cancel_activity(activity.pk, actor=city.users["court_officer"], at=AT, reason="并入年度培训")

    assert state(city, K.TASK, "training", "2026-11-23") == "not_yet_due"


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-10-20", "kept"), ("2026-11-13", "due_soon"), ("2026-11-21", "broken")],
)
def test_an_interval_of_activities(city, day, expected):
    told.logged(city, on("2026-10-19"), "guidance_session")

    assert state(city, K.TASK, "guidance_session", day, every_months=1) == expected
