"""What the page of one joint activity shows, as far as its reader may know it."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.models import Dispute, Hearing
from foundations.access.policy import policy_for, visible_to
from foundations.access.templatetags.portal import short_day
from meetings.models import (
    Activity,
    ActivityInvitation,
    ActivityOpinion,
    Attendee,
    ReviewedFile,
)
from meetings.policy.activities import opinion_units
from meetings.rules.activities import counts_for
from meetings.states import ACTIVITY_REPORT, ActivityState, AnswerState
from meetings.views.frame import Step
from members.models import User
from members.policy import works_for
from services.deadlines.models import Deadline
from services.documents.attachments import attachments_of

S = ActivityState
COURSE = (S.PLANNED, S.ANNOUNCED, S.HELD, S.CONCLUDED)
Verb = tuple[str, str, str]


@dataclass(frozen=True)
class Asked:
    """One invitation as the reader sees it: with names, and a way to answer, or without."""

    row: ActivityInvitation
    answers: bool = False
    drops: bool = False
    people: list[Attendee] = field(default_factory=list)

    @property
    def pill(self) -> tuple[str, str]:
        return {
            AnswerState.NONE: ("wait", "hourglass-split"),
            AnswerState.COMING: ("done", "check-circle-fill"),
            AnswerState.DECLINED: ("void", "slash-circle"),
        }[AnswerState(self.row.answer)]


def page_of(user: User, activity: Activity, today: date) -> dict:
    asked = asked_of(user, activity, today)
    may = {verb: policy_for(activity).can(user, verb, activity) for verb in ("edit", "hold")}
    hosting = may["edit"]
    report = getattr(activity, "report", None)
    verbs = _verbs(activity, today) if hosting else []
    return {
        "hosting": hosting,
        "asked": asked,
        "came": sum(one.row.came or 0 for one in asked),
        "steps": steps_of(activity),
        "first_verb": verbs[0] if verbs else None,
        "verbs": verbs[1:],
        "own": next((one for one in asked if one.answers and _of(user, one.row)), None),
        "files": list(attachments_of(activity)),
        "report": report,
        "report_files": list(attachments_of(report)) if report else [],
        "limit": _limit(activity),
        "opinions": _opinions(user, activity),
        "may_say": activity.took_place and opinion_units(user, activity).exists(),
        "reviewed": _reviewed(user, activity),
        "hearing": _hearing(user, activity),
        "counts_for": counts_for(activity),
    }


def asked_of(user: User, activity: Activity, today: date) -> list[Asked]:
    rows = visible_to(user, ActivityInvitation).filter(activity=activity)
    policy = policy_for(ActivityInvitation)
    found = []
    for row in rows.select_related("organization").prefetch_related("attendees"):
        row.activity = activity
        named = policy.can(user, "names", row)
        open_to = activity.state == S.ANNOUNCED and row.told_at is not None
        found.append(
            Asked(
                row,
                answers=open_to and policy.can(user, "answer", row),
                drops=row.told_at is None and policy_for(activity).can(user, "edit", activity),
                people=list(row.attendees.all()) if named else [],
            )
        )
    return sorted(found, key=lambda one: one.row.organization is None)


def _of(user: User, row: ActivityInvitation) -> bool:
    return row.organization is not None and works_for(user, row.organization)


def _limit(activity: Activity) -> Deadline | None:
    if activity.report_due_on is None:
        return None
    return Deadline.objects.about(activity).open().filter(rule=ACTIVITY_REPORT).first()


def _opinions(user: User, activity: Activity) -> list[ActivityOpinion]:
    rows = visible_to(user, ActivityOpinion).filter(activity=activity)
    return list(rows.select_related("organization"))


def _reviewed(user: User, activity: Activity) -> list[tuple[ReviewedFile, Dispute | None]]:
    """Each with the dispute of its case, if the reader sees that."""
    if not activity.is_file_review:
        return []
    rows = visible_to(user, ReviewedFile).filter(activity=activity)
    files = list(rows.select_related("organization", "procedure"))
    cases = [one.procedure.dispute_id for one in files if one.procedure]
    seen = visible_to(user, Dispute).in_bulk(cases) if cases else {}
    return [(one, seen.get(one.procedure.dispute_id) if one.procedure else None) for one in files]


def _hearing(user: User, activity: Activity) -> Hearing | None:
    """The hearing that is observed, if the reader sees its dispute."""
    hearing = activity.hearing
    return hearing if hearing and policy_for(Hearing).sees(user, hearing) else None


def _verbs(activity: Activity, today: date) -> list[Verb]:
    """What a host may do now, the next step first: address, icon, words."""
    reported = activity.report_due_on is None or hasattr(activity, "report")
    named: list[Verb] = {
        S.PLANNED: lambda: _of_planned(activity),
        S.ANNOUNCED: lambda: _of_announced(activity, today),
        S.HELD: lambda: _of_held(activity, reported=reported),
        S.CONCLUDED: lambda: [_material()],
        S.CANCELLED: list,
    }[S(activity.state)]()
    if activity.took_place and reported and not hasattr(activity, "report"):
        named.append(("activity-report", "file-earmark-arrow-up", _("Hand in a report")))
    return [
        (reverse(f"meetings:{name}", args=[activity.public_id]), icon, label)
        for name, icon, label in named
    ]


def _of_planned(activity: Activity) -> list[Verb]:
    first = ("activity-announce", "send", _("Announce"))
    if activity.on is None:
        first = ("activity-edit", "calendar-plus", _("Set the day"))
    return [
        first,
        _invite(),
        ("activity-edit", "pencil", _("Change")),
        _material(),
        ("activity-hold", "check2-square", _("Record that it took place")),
        ("activity-cancel", "slash-circle", _("Call off")),
    ]


def _of_announced(activity: Activity, today: date) -> list[Verb]:
    reached = activity.on is not None and activity.on <= today
    held = [("activity-hold", "check2-square", _("Record who came"))] if reached else []
    return [
        *held,
        _invite(),
        _material(),
        ("activity-move", "calendar3", _("Move")),
        ("activity-edit", "pencil", _("Change")),
        ("activity-cancel", "slash-circle", _("Call off")),
    ]


def _of_held(activity: Activity, *, reported: bool) -> list[Verb]:
    first = ("activity-conclude", "flag", _("Bring to its end"))
    if not reported:
        first = ("activity-report", "file-earmark-arrow-up", _("Hand in the report"))
    scores = [("activity-file", "card-checklist", _("Score a file"))]
    return [
        first,
        *(scores if activity.is_file_review else []),
        _material(),
        ("activity-hold", "people", _("Put right who came")),
    ]


def _invite() -> Verb:
    return "activity-invite", "person-plus", _("Invite")


def _material() -> Verb:
    return "activity-material", "paperclip", _("Add files")


def steps_of(activity: Activity) -> list[Step]:
    """In the plan, announced, took place, concluded; one that was logged afterwards was
    never announced."""
    state = S(activity.state)
    now = len(COURSE) if state == S.CONCLUDED else 0
    if state in COURSE[:3]:
        now = COURSE.index(state) + 1
    notes = (_planned(activity), _announced(activity), _held(activity), _concluded(activity))
    statuses = ["done" if n < now else "now" if n == now else "todo" for n in range(len(COURSE))]
    if state == S.CANCELLED:
        statuses = ["done", "done" if activity.announced_at else "todo", "todo", "todo"]
    return [
        Step(name, note, status)
        for name, note, status in zip(_names(), notes, statuses, strict=True)
    ]


def _names() -> list[str]:
    return [_("Plan"), _("Announcement"), _("The day itself"), _("Brought to its end")]


def _planned(activity: Activity) -> str:
    return _("for %(month)s") % {"month": activity.month.strftime("%Y-%m")}


def _announced(activity: Activity) -> str:
    if activity.announced_at is None:
        return "—"
    count = activity.invitations.count()
    words = ngettext("%(n)d invited", "%(n)d invited", count)
    return words % {"n": count}


def _held(activity: Activity) -> str:
    return short_day(activity.held_on or activity.on) if activity.held_on or activity.on else "—"


def _concluded(activity: Activity) -> str:
    return short_day(activity.concluded_on) if activity.concluded_on else "—"
