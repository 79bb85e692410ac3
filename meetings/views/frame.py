"""What frames the page of a meeting: its course, its host, its consents, the next step."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundations.access.policy import policy_for, visible_to
from foundations.access.templatetags.portal import SIDE_MARKS
from foundations.audit.timeline import Moment, timeline
from foundations.calendars.periods import add_months
from mechanisms.profile import MeetingRules
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
    TextState,
    TopicState,
)
from members.models import User
from services.consents.models import Consent, ConsentAnswer, ConsentState, Verdict
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
    at: datetime | None = None
    remark: str = ""


@dataclass(frozen=True)
class ConsentView:
    consent: Consent
    answers: list[SideAnswer]
    answer_url: str = ""
    own: bool = False
    about: str = ""

    @property
    def settled(self) -> bool:
        """Agreed by every side, so nothing is left to read or to do."""
        return self.consent.state == ConsentState.AGREED

    @property
    def settled_at(self) -> datetime | None:
        return max((answer.at for answer in self.answers if answer.at), default=None)


def host_of(meeting: Meeting, rules: MeetingRules) -> dict:
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


def moments_of(user: User, meeting: Meeting, topics: list[Topic]) -> list[Moment]:
    """What happened to the meeting, to the topics given and to the texts that the reader sees."""
    return timeline(meeting, *topics, *texts_seen(user, meeting))


def texts_seen(user: User, meeting: Meeting) -> list[MeetingText]:
    """The texts that the reader may see; kept on the row given, so that one page asks once."""
    kept: dict[int, list[MeetingText]] = meeting.__dict__.setdefault("_texts_seen", {})
    if user.pk not in kept and not meeting.texts.all():
        kept[user.pk] = []
    if user.pk not in kept:
        seen = visible_to(user, MeetingText).filter(meeting=meeting)
        kept[user.pk] = list(seen.select_related("drafted_by"))
    return kept[user.pk]


def nearest_limit(meeting: Meeting) -> Deadline | None:
    """The time limit of the meeting that ends first."""
    limits = Deadline.objects.about(meeting).open().select_related("provision__version")
    return limits.order_by("due_on", "pk").first()


def consents_about(meeting: Meeting) -> list[Consent]:
    """Every consent on the meeting and on its texts, oldest first; kept on the row given."""
    kept: dict[str, list[Consent]] = meeting.__dict__.setdefault("_consents", {})
    if "all" not in kept:
        about = Consent.objects.about(meeting)
        for text in meeting.texts.all():
            about |= Consent.objects.about(text)
        answers = ConsentAnswer.objects.select_related("answered_by")
        kept["all"] = list(about.prefetch_related(Prefetch("answers", answers)).order_by("pk"))
    return kept["all"]


def open_consent(
    meeting: Meeting, matter: str, subject: MeetingText | None = None
) -> Consent | None:
    """The open consent on a matter of the meeting, or of one of its texts."""
    key = _key(subject or meeting)
    asked = (one for one in consents_about(meeting) if _subject(one) == key)
    return next(
        (one for one in asked if one.matter == matter and one.state == ConsentState.OPEN), None
    )


def consents_of(user: User, meeting: Meeting) -> list[ConsentView]:
    """The latest consent on each matter of the meeting and of the texts put forward that
    the reader may see, open ones first."""
    texts = [one for one in texts_seen(user, meeting) if one.state != TextState.DRAFT]
    subjects = {_key(meeting), *map(_key, texts)}
    latest: dict[tuple, Consent] = {}
    for consent in consents_about(meeting):
        if _subject(consent) in subjects:
            latest[*_subject(consent), consent.matter] = consent
    shown = sorted(latest.values(), key=lambda one: (one.state != ConsentState.OPEN, -one.pk))
    classes = {_key(text): text.get_text_class_display() for text in texts}
    return [_consent_view(consent, user, meeting, classes) for consent in shown]


def _key(row: Meeting | MeetingText) -> tuple[int, int]:
    """How a consent names its subject."""
    return ContentType.objects.get_for_model(row).pk, row.pk


def _subject(consent: Consent) -> tuple[int, int]:
    return consent.subject_type_id, consent.subject_id


def answer_url(consent: Consent, user: User, meeting: Meeting) -> str:
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


def _consent_view(consent: Consent, user: User, meeting: Meeting, classes: dict) -> ConsentView:
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
    about = classes.get(_subject(consent), "")
    return ConsentView(consent, answers, answer_url(consent, user, meeting), own, about)


PILLS = {
    Verdict.AGREE: ("done", "check-circle-fill"),
    Verdict.AMEND: ("soon", "pencil-square"),
    Verdict.REFUSE: ("over", "x-octagon-fill"),
}


def _side_answer(
    side: str, name: str, given: ConsentAnswer | None, consent: Consent
) -> SideAnswer:
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
    gone = (TopicState.WITHDRAWN, TopicState.MERGED)
    count = sum(topic.state not in gone for topic in meeting.topics.all())
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
    return {
        notice.side: notice.document.issued_on
        for notice in sorted(meeting.side_notices.all(), key=lambda one: one.pk)
        if notice.sequence == meeting.sequence
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
    text = meeting.minutes
    if text is None:
        return name, ""
    return name, f"{_short(timezone.localtime(text.created_at))} {text.drafted_by or ''}".strip()


def _confirmed(meeting: Meeting) -> tuple[str, str]:
    name = _("Confirmation by the sides")
    text = meeting.minutes
    if text is None:
        return name, ""
    about = [one for one in consents_about(meeting) if _subject(one) == _key(text)]
    if not about:
        return name, ""
    consent = about[-1]
    agreed = [one.side for one in consent.answers.all() if one.verdict == Verdict.AGREE]
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


def _short(day: date | None) -> str:
    return day.strftime("%m-%d") if day else ""
