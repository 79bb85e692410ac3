"""Days to agree on, proposals to answer, and the duty to meet: work of liaison officers."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import gettext as _

from foundations.access.policy import visible_to
from foundations.ledgers.work import WorkItem
from mechanisms.models import Mechanism
from mechanisms.queries import party
from meetings.models import Meeting, MeetingSeries
from meetings.plan import calendar_of, rules_of
from meetings.policy.circle import is_officer, own_side
from meetings.states import CALLED, DUTY, MeetingKind, MeetingState
from members.standing import standing
from members.states import Role
from services.consents.models import Consent, ConsentState
from services.deadlines.models import Deadline

S = MeetingState
MATTERS = ("day", "ad_hoc")
UNSETTLED = (S.PLANNED, S.PROPOSED, S.COLLECTING)
DUTY_SHOWN_DAYS = 30


def items(user, on: date) -> list[WorkItem]:
    if not standing(user, on).has(Role.LIAISON_OFFICER):
        return []
    meetings = _unsettled(user)
    asked = _latest_consents(meetings)
    found = [
        item
        for meeting in meetings
        if meeting.pk in asked and (item := _of_consent(user, meeting, asked[meeting.pk]))
    ]
    return [*found, *_to_agree(user, meetings, asked), *_duties(user, on)]


def _unsettled(user) -> list[Meeting]:
    """Meetings that are still being arranged; those of a mechanism share its row."""
    rows = visible_to(user, Meeting).filter(state__in=UNSETTLED)
    rows = rows.select_related("mechanism__jurisdiction", "host_organization")
    shared: dict[int, Mechanism] = {}
    meetings = list(rows.order_by("planned_on", "pk"))
    for meeting in meetings:
        meeting.mechanism = shared.setdefault(meeting.mechanism_id, meeting.mechanism)
    return meetings


def _latest_consents(meetings: Iterable[Meeting]) -> dict[int, Consent]:
    """The newest consent on the day of each meeting, by the meeting's key."""
    found = Consent.objects.filter(
        subject_type=ContentType.objects.get_for_model(Meeting),
        subject_id__in=[meeting.pk for meeting in meetings],
        matter__in=MATTERS,
    )
    rows = found.prefetch_related("answers").order_by("pk")
    return {consent.subject_id: consent for consent in rows}


def _of_consent(user, meeting: Meeting, consent: Consent) -> WorkItem | None:
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


def _to_agree(user, meetings: list[Meeting], asked: dict[int, Consent]) -> list[WorkItem]:
    """The next planned meeting of each series, if nobody has proposed its day."""
    found, series = [], set()
    for meeting in meetings:
        planned = meeting.state == S.PLANNED and meeting.series_id not in series
        if not planned or not is_officer(user, meeting):
            continue
        series.add(meeting.series_id)
        consent = asked.get(meeting.pk)
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


def _duties(user, on: date) -> list[WorkItem]:
    """The duty to hold a regular meeting, when it is near and none is agreed in time."""
    limits = Deadline.objects.open().filter(
        rule=DUTY,
        subject_type=ContentType.objects.get_for_model(MeetingSeries),
        owed_by__in=standing(user, on).organizations,
        due_on__lte=on + timedelta(days=DUTY_SHOWN_DAYS),
    )
    rows = {limit.subject_id: limit for limit in limits.order_by("due_on").reverse()}
    series = visible_to(user, MeetingSeries).filter(pk__in=rows).select_related("mechanism")
    return [
        WorkItem(
            group="todo",
            title=rows[one.pk].title,
            url=one.get_absolute_url(),
            verb=_("Plan of the meetings"),
            day=rows[one.pk].due_on,
            meta=tuple(filter(None, (one.mechanism.short_title, rows[one.pk].basis))),
        )
        for one in series
        if not _agreed_in_time(one, rows[one.pk].due_on)
    ]


def _agreed_in_time(series: MeetingSeries, due_on: date) -> bool:
    agreed = Meeting.objects.filter(mechanism=series.mechanism_id, kind=MeetingKind.REGULAR)
    return agreed.filter(state__in=CALLED, held_on__isnull=True, planned_on__lte=due_on).exists()


def _item(group: str, title: str, url: str, verb: str, meeting: Meeting, day) -> WorkItem:
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
