"""Days to agree on, proposals to answer, and the duty to meet: work of liaison officers."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from foundations.access.policy import visible_to
from foundations.ledgers.work import WorkItem
from mechanisms.queries import party
from meetings.models import Meeting, MeetingSeries
from meetings.plan import calendar_of, rules_of
from meetings.policy.circle import is_officer, own_side
from meetings.states import DUTY, MeetingKind, MeetingState
from meetings.work.reading import Reading
from members.models import User
from members.states import Role
from services.consents.models import Consent, ConsentState

S = MeetingState
MATTERS = ("day", "ad_hoc")
UNSETTLED = (S.PLANNED, S.PROPOSED, S.COLLECTING)
DUTY_SHOWN_DAYS = 30


def items(reading: Reading) -> list[WorkItem]:
    if not reading.mine.has(Role.LIAISON_OFFICER):
        return []
    unsettled = [meeting for meeting in reading.meetings if meeting.state in UNSETTLED]
    asked = {meeting: reading.consent(meeting, *MATTERS) for meeting in unsettled}
    found = [
        item
        for meeting, consent in asked.items()
        if consent and (item := _of_consent(reading.user, meeting, consent))
    ]
    return [*found, *_to_agree(reading.user, asked), *_duties(reading)]


def _of_consent(user: User, meeting: Meeting, consent: Consent) -> WorkItem | None:
    if not is_officer(user, meeting):
        return None
    side = own_side(user, meeting)
    answered = {given.side for given in consent.answers.all()}
    if consent.state == ConsentState.OPEN and side not in answered:
        url = reverse("meetings:answer", args=[consent.public_id])
        return _item("todo", _asked(consent), url, _("Answer"), meeting, consent.due_on)
    if consent.state == ConsentState.OPEN and side == consent.proposed_by:
        url = meeting.get_absolute_url()
        return _waiting(meeting, consent, answered, url)
    settled = (ConsentState.AMENDED, ConsentState.REFUSED)
    if consent.state in settled and side == consent.proposed_by and meeting.state != S.COLLECTING:
        url = reverse("meetings:day", args=[meeting.public_id])
        return _item("returned", _asked(consent), url, _("Propose again"), meeting, None)
    return None


def _asked(consent: Consent) -> str:
    """What is asked, in few words: the meeting's own title stands below it."""
    day = date.fromisoformat(consent.payload["day"]).strftime("%m-%d")
    if consent.matter == "ad_hoc":
        return _("An ad-hoc meeting on %(day)s is proposed") % {"day": day}
    return _("%(day)s is proposed as the day of the meeting") % {"day": day}


def _waiting(meeting: Meeting, consent: Consent, answered: set[str], url: str) -> WorkItem:
    missing = [side for side in consent.sides if side not in answered]
    return WorkItem(
        group="waiting",
        title=_asked(consent),
        url=url,
        verb=_("View"),
        day=consent.due_on,
        meta=(meeting.title,),
        party="、".join(party(meeting.mechanism, side).lead.short_name for side in missing),
        party_note=_("to answer"),
    )


def _to_agree(user: User, asked: dict[Meeting, Consent | None]) -> list[WorkItem]:
    """The next planned meeting of each series, if nobody has proposed its day."""
    found, series = [], set()
    for meeting, consent in asked.items():
        planned = meeting.state == S.PLANNED and meeting.series_id not in series
        if not planned or not is_officer(user, meeting):
            continue
        series.add(meeting.series_id)
        if consent is None or consent.state == ConsentState.WITHDRAWN:
            url = reverse("meetings:day", args=[meeting.public_id])
            title = _("Propose a day for the next regular meeting")
            found.append(
                _item("todo", title, url, _("Agree on the day"), meeting, _ask_by(meeting))
            )
    return found


def _ask_by(meeting: Meeting) -> date:
    """The last day on which an answer and the call for topics still fit before the meeting."""
    rules = rules_of(meeting.mechanism, meeting.planned_on)
    days = rules.consent_days + rules.topics_due_days_before
    return calendar_of(meeting.mechanism).add_workdays(meeting.planned_on, -days)


def _duties(reading: Reading) -> list[WorkItem]:
    """The duty to hold a regular meeting, when it is near and none is agreed in time."""
    last = reading.on + timedelta(days=DUTY_SHOWN_DAYS)
    near = {key: limit for key, limit in reading.limits(DUTY).items() if limit.due_on <= last}
    series = visible_to(reading.user, MeetingSeries).filter(pk__in=near)
    return [
        WorkItem(
            group="todo",
            title=near[one.pk].title,
            url=one.get_absolute_url(),
            verb=_("Plan of the meetings"),
            day=near[one.pk].due_on,
            meta=tuple(filter(None, (one.mechanism.short_title, near[one.pk].basis))),
        )
        for one in series.select_related("mechanism")
        if not _agreed_in_time(reading, one, near[one.pk].due_on)
    ]


def _agreed_in_time(reading: Reading, series: MeetingSeries, due_on: date) -> bool:
    return any(
        meeting.mechanism_id == series.mechanism_id
        and meeting.kind == MeetingKind.REGULAR
        and meeting.state in (S.COLLECTING, S.NOTIFIED)
        and meeting.planned_on <= due_on
        for meeting in reading.meetings
    )


def _item(
    group: str, title: str, url: str, verb: str, meeting: Meeting, day: date | None
) -> WorkItem:
    return WorkItem(
        group=group,
        title=title,
        url=url,
        verb=verb,
        day=day,
        meta=(meeting.title,),
        party=meeting.host_organization.short_name,
        party_note=_("host"),
    )
