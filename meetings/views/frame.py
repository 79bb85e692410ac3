"""What frames the page of a meeting: its course, its host, its consents, the next step."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundations.access.policy import policy_for, visible_to
from foundations.access.templatetags.portal import SIDE_MARKS
from foundations.audit.timeline import Moment, timeline
from foundations.calendars.periods import add_months
from mechanisms.queries import parties
from meetings.actions.asking import ANSWER_RULES
from meetings.models import Meeting, MeetingText, Topic
from meetings.plan import duty_of, plan_of
from meetings.policy.circle import is_officer, own_side
from meetings.rotation import Slot
from meetings.states import (
    AttendanceState,
    MeetingKind,
    MeetingState,
    TextClass,
    TextState,
    TopicState,
)
from services.consents.models import Consent, ConsentState, Verdict
from services.deadlines.models import Deadline

S = MeetingState
TURNS_BEFORE, TURNS_AFTER = 5, 1


@dataclass(frozen=True)
class Step:
    """One step of the course; `status` is done, now or todo."""

    name: str
    note: str
    status: str


@dataclass(frozen=True)
class SideAnswer:
    side: str
    name: str
    pill: tuple[str, str, str]
    by: str = ""
    at: object = None
    remark: str = ""


@dataclass(frozen=True)
class ConsentView:
    consent: Consent
    answers: list[SideAnswer]
    answer_url: str = ""
    own: bool = False


def host_of(meeting: Meeting, rules) -> dict:
    """Who hosts and why, the turns around it, and the duty beside the plan."""
    leads = {party.side: party.lead.name for party in parties(meeting.mechanism)}
    shown = {"host_names": "、".join(leads.get(side, side) for side in meeting.hosts)}
    if meeting.kind != MeetingKind.REGULAR or meeting.series is None:
        return {**shown, "turns": [], "slot": None, "duty": None}
    months = (rules.cadence_months or 0) * TURNS_AFTER
    slots = plan_of(meeting.series, rules, until=add_months(meeting.nominal_on, months))
    own = next((slot for slot in slots if slot.ordinal == meeting.ordinal), None)
    duty = duty_of(meeting.series, rules) if meeting.is_ahead else None
    around = turns_around(slots, meeting.ordinal)
    return {**shown, "turns": around, "slot": own, "duty": duty}


def turns_around(slots: list[Slot], ordinal: int) -> list[Slot]:
    return [slot for slot in slots if -TURNS_BEFORE <= slot.ordinal - ordinal <= TURNS_AFTER]


def moments_of(user, meeting: Meeting) -> list[Moment]:
    """What happened to the meeting and to what hangs on it, as far as the reader sees it."""
    topics = visible_to(user, Topic).filter(meeting=meeting)
    texts = visible_to(user, MeetingText).filter(meeting=meeting)
    return timeline(meeting, *topics, *texts)


def nearest_limit(meeting: Meeting) -> Deadline | None:
    """The time limit of the meeting that ends first."""
    limits = Deadline.objects.about(meeting).open().select_related("provision__version")
    return limits.order_by("due_on", "pk").first()


def consents_of(user, meeting: Meeting) -> list[ConsentView]:
    """The latest consent on each matter of the meeting and its texts, open ones first."""
    found = list(Consent.objects.about(meeting).prefetch_related("answers__answered_by"))
    texts = visible_to(user, MeetingText).filter(meeting=meeting)
    for text in texts.exclude(state=TextState.DRAFT):
        found += Consent.objects.about(text).prefetch_related("answers__answered_by")
    latest: dict[tuple, Consent] = {}
    for consent in sorted(found, key=lambda one: one.pk):
        latest[consent.subject_type_id, consent.subject_id, consent.matter] = consent
    shown = sorted(latest.values(), key=lambda one: (one.state != ConsentState.OPEN, -one.pk))
    return [_consent_view(consent, user, meeting) for consent in shown]


def answer_url(consent: Consent, user, meeting: Meeting) -> str:
    """Where the reader answers for their side; empty if it is not asked or has answered."""
    side = own_side(user, meeting)
    asked = side in consent.sides and consent.state == ConsentState.OPEN
    if not asked or not policy_for(Meeting).can(user, "answer", meeting):
        return ""
    if any(given.side == side for given in consent.answers.all()):
        return ""
    if consent.matter == "text":
        return consent.subject.get_absolute_url()
    return reverse("meetings:answer", args=[consent.public_id])


def _consent_view(consent: Consent, user, meeting: Meeting) -> ConsentView:
    given = {answer.side: answer for answer in consent.answers.all()}
    names = {party.side: party.lead.short_name for party in parties(meeting.mechanism)}
    answers = [
        _side_answer(side, names.get(side, side), given.get(side), consent)
        for side in consent.sides
    ]
    own = (
        consent.matter in ANSWER_RULES
        and consent.state == ConsentState.OPEN
        and is_officer(user, meeting, consent.proposed_by)
    )
    return ConsentView(consent, answers, answer_url(consent, user, meeting), own)


PILLS = {
    Verdict.AGREE: ("done", "check-circle-fill"),
    Verdict.AMEND: ("soon", "pencil-square"),
    Verdict.REFUSE: ("over", "x-octagon-fill"),
}


def _side_answer(side: str, name: str, given, consent: Consent) -> SideAnswer:
    if given is None:
        open_ = consent.state == ConsentState.OPEN
        words = _("To be answered") if open_ else _("Not answered")
        pill = ("open" if open_ else "void", "hourglass-split", words)
        return SideAnswer(side, name, pill)
    proposed = given.side == consent.proposed_by and given.verdict == Verdict.AGREE
    words = _("Proposed") if proposed else given.get_verdict_display()
    return SideAnswer(
        side,
        name,
        (*PILLS[Verdict(given.verdict)], words),
        by=str(given.answered_by or ""),
        at=given.at,
        remark=given.remark,
    )


def steps_of(meeting: Meeting) -> list[Step]:
    """The seven steps of every meeting, with what is known of each."""
    now = _current(meeting)
    makers = (_planned, _collected, _notified, _held, _drafted, _confirmed, _closed)
    steps = []
    for place, maker in enumerate(makers):
        status = "done" if place < now else "now" if place == now else "todo"
        name, note = maker(meeting)
        steps.append(Step(name, note, status))
    return steps


def _current(meeting: Meeting) -> int:
    """The place of the step that is under way; past the last one when all is done."""
    places = {S.HELD: 4, S.DRAFTED: 5, S.CONFIRMED: 6, S.CLOSED: 7, S.COLLECTING: 1}
    if meeting.state == S.NOTIFIED:
        return 3 if len(_sides_told(meeting)) >= len(parties(meeting.mechanism)) else 2
    return places.get(S(meeting.state), 0)


def _planned(meeting: Meeting) -> tuple[str, str]:
    if meeting.kind == MeetingKind.AD_HOC:
        name = _("Proposal")
        if meeting.day_agreed_at is None:
            return name, _("proposed by %(side)s") % {"side": meeting.host_organization.short_name}
        return name, _("agreed")
    if meeting.day_agreed_at is None:
        return _("Plan"), _("%(day)s by the plan") % {"day": _short(meeting.nominal_on)}
    return _("Plan"), _("agreed for %(day)s") % {"day": _short(meeting.planned_on)}


def _collected(meeting: Meeting) -> tuple[str, str]:
    name = _("Collecting topics")
    if meeting.topics_due_on is None:
        return name, _("once the day is agreed")
    count = meeting.topics.exclude(state__in=(TopicState.WITHDRAWN, TopicState.MERGED)).count()
    words = ngettext("until %(day)s, %(n)d topic", "until %(day)s, %(n)d topics", count)
    return name, words % {"day": _short(meeting.topics_due_on), "n": count}


def _notified(meeting: Meeting) -> tuple[str, str]:
    name = _("Notices issued")
    told = _sides_told(meeting)
    if not told:
        return name, _("each side its own people")
    missing = [
        SIDE_MARKS.get(one.side, one.side)
        for one in parties(meeting.mechanism)
        if one.side not in told
    ]
    sent = "、".join(SIDE_MARKS.get(side, side) for side in told)
    if missing:
        return name, _("%(sent)s issued, %(missing)s still to issue") % {
            "sent": sent,
            "missing": "、".join(missing),
        }
    day = max(told.values())
    return name, _("%(day)s, issued by each side") % {"day": _short(day)}


def _sides_told(meeting: Meeting) -> dict[str, date]:
    """The sides whose notice of the meeting as it stands is out, with its day."""
    notices = meeting.side_notices.filter(sequence=meeting.sequence).order_by("pk")
    return {
        notice.side: notice.document.issued_on for notice in notices.select_related("document")
    }


def _held(meeting: Meeting) -> tuple[str, str]:
    name = _("Meeting held")
    if meeting.held_on is None:
        return name, _short(meeting.planned_on)
    came = (AttendanceState.PRESENT, AttendanceState.SUBSTITUTE)
    count = meeting.invitations.filter(attendance__in=came).count()
    words = ngettext("%(day)s, %(n)d present", "%(day)s, %(n)d present", count)
    return name, words % {"day": _short(meeting.held_on), "n": count}


def _drafted(meeting: Meeting) -> tuple[str, str]:
    name = _("Draft of the minutes")
    text = _minutes(meeting)
    if text is None:
        return name, ""
    return name, f"{_short(text.created_at)} {text.drafted_by or ''}".strip()


def _confirmed(meeting: Meeting) -> tuple[str, str]:
    name = _("Confirmation by the sides")
    text = _minutes(meeting)
    consent = Consent.objects.about(text).order_by("-pk").first() if text else None
    if consent is None:
        return name, ""
    agreed = consent.answers.filter(verdict=Verdict.AGREE).values_list("side", flat=True)
    waiting = [side for side in consent.sides if side not in agreed]
    marks = {
        "agreed": "、".join(SIDE_MARKS.get(side, side) for side in agreed),
        "waiting": "、".join(SIDE_MARKS.get(side, side) for side in waiting),
    }
    if not waiting:
        return name, _("confirmed by every side")
    return name, _("%(agreed)s confirmed, waiting for %(waiting)s") % marks


def _closed(meeting: Meeting) -> tuple[str, str]:
    return _("Completion"), meeting.closed_reason or _("when all resolutions are done")


def _minutes(meeting: Meeting) -> MeetingText | None:
    if not meeting.is_held:
        return None
    minutes = meeting.texts.filter(text_class=TextClass.MINUTES)
    return minutes.select_related("drafted_by").first()


def _short(day) -> str:
    return day.strftime("%m-%d") if day else ""
