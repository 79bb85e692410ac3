"""A notified meeting for tests of the day itself and of what comes after it."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta

import time_machine
from django.urls import reverse

from meetings.actions.noting import add_resolution
from meetings.actions.receipts import mark_attendance
from meetings.actions.session import (
    digest,
    end_session,
    note_discussion,
    set_outcome,
    start_session,
)
from meetings.models import Invitation, Meeting, MeetingSeries, Topic
from meetings.states import (
    AttendanceState,
    InviteeCategory,
    MeetingKind,
    MeetingState,
    TopicOutcome,
    TopicState,
)
from tests.city import City
from tests.sitting import moment

DAY = date(2026, 11, 24)
BEGIN, END = moment(DAY, 10), moment(DAY, 12)
ON_THE_DAY = time_machine.travel(BEGIN + timedelta(minutes=42), tick=False)
DUE = date(2026, 12, 18)
INVITED = ("gov_deputy", "court_deputy", "gov_officer", "court_officer", "agency_contact")
TITLE = "行政复议与行政诉讼联席会议2026年第6次会议"


@dataclass
class Sitting:
    """The meeting, its topics by key, its invitations by person."""

    city: City
    meeting: Meeting
    topics: dict[str, Topic] = field(default_factory=dict)
    invitations: dict[str, Invitation] = field(default_factory=dict)

    def fresh(self) -> Meeting:
        return Meeting.objects.get(pk=self.meeting.pk)


def notified(city: City, *, day: date = DAY) -> Sitting:
    """Day agreed, everybody told, three topics on the agenda; not begun."""
    series = MeetingSeries.objects.create(
        mechanism=city.mechanism, origin_on=date(2026, 1, 12), first_host="government"
    )
    meeting = Meeting.objects.create(
        mechanism=city.mechanism,
        series=series,
        ordinal=6,
        kind=MeetingKind.REGULAR,
        title=TITLE,
        state=MeetingState.NOTIFIED,
        nominal_on=date(2026, 11, 12),
        planned_on=day,
        day_agreed_at=moment(date(2026, 10, 20)),
        starts_at=time(9, 30),
        place="市人民法院三楼会议室",
        host="court",
        hosts=["court"],
        host_organization=city.organizations["court"],
        chair=city.people["court_deputy"],
    )
    sitting = Sitting(city, meeting)
    _add_topics(sitting)
    _add_invitations(sitting)
    return sitting


def _add_topics(sitting: Sitting) -> None:
    for order, (key, kind, title, unit, pending) in enumerate(
        [
            ("report", "report", "第三季度行政复议、行政诉讼案件情况通报", "justice", False),
            ("case", "problem", "“限期拆除”告知程序的把握", "court", True),
            ("advice", "advice", "涉企行政处罚争议先行调解的范围", "justice", False),
        ],
        start=1,
    ):
        sitting.topics[key] = Topic.objects.create(
            meeting=sitting.meeting,
            kind=kind,
            title=title,
            opinion="见材料",
            organization=sitting.city.organizations[unit],
            order=order,
            state=TopicState.ACCEPTED,
            pending_case=pending,
        )


def _add_invitations(sitting: Sitting) -> None:
    for order, key in enumerate(INVITED):
        person = sitting.city.people[key]
        post = person.posts.select_related("organization").get()
        sitting.invitations[key] = Invitation.objects.create(
            meeting=sitting.meeting,
            side=post.organization.side,
            category=InviteeCategory.AGENCY if key == "agency_contact" else InviteeCategory.MEMBER,
            person=person,
            organization=post.organization,
            name=person.name,
            unit_and_title=f"{post.organization.name}{post.title}",
            order=order,
            notified_at=moment(date(2026, 11, 5)),
        )


def begun(city: City) -> Sitting:
    sitting = notified(city)
    sitting.meeting = start_session(
        sitting.meeting.pk, actor=city.users["court_officer"], at=BEGIN
    )
    return sitting


def complete(sitting: Sitting, *, resolutions: int = 1) -> Sitting:
    """Attendance, notes, outcomes and resolutions are noted; the meeting still runs."""
    officer = sitting.city.users["court_officer"]
    for invitation in sitting.invitations.values():
        mark_attendance(invitation.pk, actor=officer, at=BEGIN, state=AttendanceState.PRESENT)
    case = sitting.topics["case"]
    note_discussion(case.pk, actor=officer, text="法院：应先书面告知。", seen=seen(case))
    for key, outcome in (
        ("report", TopicOutcome.REPORTED),
        ("case", TopicOutcome.OPINION),
        ("advice", TopicOutcome.CARRIED),
    ):
        set_outcome(sitting.topics[key].pk, actor=officer, outcome=outcome)
    for n in range(1, resolutions + 1):
        add_resolution(
            sitting.meeting.pk,
            actor=officer,
            topic=case,
            text=f"印发违法建设查处告知程序指引之{n}",
            lead=sitting.city.organizations["agency"],
            support=[sitting.city.organizations["justice"]],
            due_on=DUE,
        )
    return sitting


def address(name: str, row) -> str:
    return reverse(f"meetings:{name}", args=[row.public_id])


def seen(topic: Topic) -> str:
    return digest(Topic.objects.values_list("discussion", flat=True).get(pk=topic.pk))


def held(city: City, *, resolutions: int = 1) -> Sitting:
    sitting = complete(begun(city), resolutions=resolutions)
    sitting.meeting = end_session(sitting.meeting.pk, actor=city.users["court_officer"], at=END)
    return sitting
