"""The only writers of guidance letters and supervision visits."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions.days import require_past
from cases.policy.acting import independent
from foundations.access.errors import RuleBroken
from foundations.audit.actor import Actor
from foundations.audit.trail import action
from meetings.actions.steps import day_of
from members.models import Organization
from problems.actions.letters import issue_letter
from problems.actions.steps import enter, move, require_due, required, revise, tell
from problems.models import Guidance, Visit
from problems.models.guidance import GUIDANCE_LIMIT, VISIT_LIMIT
from problems.papers.letters import guidance_letter
from problems.states import GuidanceState, VisitState
from services.deadlines import actions as deadlines


@dataclass(frozen=True)
class GuidanceWords:
    organization: Organization
    title: str
    addressee: Organization
    text: str
    reply_by: date | None = None
    begun_on: date | None = None


@dataclass(frozen=True)
class VisitWords:
    organization: Organization
    title: str
    addressee: Organization
    begun_on: date
    people: str
    found: str
    asked: str = ""
    due_on: date | None = None


@action
def write_guidance(
    mechanism_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: GuidanceWords,
    token: str | None = None,
) -> Guidance:
    """A draft of the writer's. Raises PermissionDenied; RuleBroken "form_used",
    "not_guided" (field addressee), "past" (field reply_by)."""
    _require_agency(words.addressee, words.organization)
    require_due(words.reply_by, at, "reply_by")
    about: dict[str, Any] = {"actor": actor, "at": at, "token": token}
    return enter(Guidance, mechanism_id, words, verb="problems.guidance.written", **about)[0]


@action
def revise_guidance(
    guidance_id: int, *, actor: Actor, at: datetime, version: int | None = None, **given: object
) -> Guidance:
    """The words of a draft, by the names of its columns."""
    verb = "problems.guidance.revised"
    return revise(Guidance, guidance_id, actor=actor, version=version, verb=verb, given=given)


def _require_agency(unit: Organization, by: Organization) -> None:
    if independent(unit) or unit.pk == by.pk:
        message = _("Guidance goes to organs that act in administration, not to “%(unit)s”.")
        raise RuleBroken("not_guided", message % {"unit": unit.short_name}, "addressee")


@action
def send_guidance(
    guidance_id: int,
    *,
    actor: Actor,
    at: datetime,
    number: str = "",
    version: int | None = None,
) -> Guidance:
    """Issue the letter; the addressee has until `reply_by` where it is asked to reply.

    Raises PermissionDenied; RuleBroken "stale", "past" (field reply_by).
    """
    row = required(Guidance, guidance_id, actor, "edit", version)
    require_due(row.reply_by, at, "reply_by")
    row.sent_on, row.number = day_of(at), number.strip()
    unit = row.addressee
    move(row, GuidanceState.SENT, actor, "problems.guidance.sent", unit=unit.short_name)
    issue_letter(
        "guidance_letter", row, guidance_letter(row), actor=actor, at=at, number=row.number
    )
    if row.reply_by is not None:
        _open(row, GUIDANCE_LIMIT, row.sent_on, row.reply_by, actor)
    title = gettext_lazy("Your unit got a guidance letter")
    tell(row, [unit], "sent", title, actor=actor, at=at)
    return row


def _open(row: Guidance | Visit, rule: str, on: date, due_on: date, actor: Actor) -> None:
    deadlines.open_deadline(
        row,
        rule,
        actor=actor,
        title=row.title,
        jurisdiction=row.jurisdiction,
        owed_by=row.addressee,
        trigger_on=on,
        due_on=due_on,
    )


@action
def reply_to_guidance(
    guidance_id: int, *, actor: Actor, at: datetime, reply: str, version: int | None = None
) -> Guidance:
    """Raises PermissionDenied; RuleBroken "stale", "bad_transition"."""
    row = required(Guidance, guidance_id, actor, "reply", version)
    row.reply, row.replied_on = reply, day_of(at)
    move(row, GuidanceState.REPLIED, actor, "problems.guidance.replied")
    deadlines.meet(row, GUIDANCE_LIMIT, actor=actor, on=day_of(at))
    title = gettext_lazy("A guidance letter was answered")
    tell(row, [row.organization], "replied", title, actor=actor, at=at)
    return row


@action
def close_guidance(
    guidance_id: int, *, actor: Actor, at: datetime, outcome: str, version: int | None = None
) -> Guidance:
    """Raises PermissionDenied; RuleBroken "stale", "bad_transition"."""
    row = required(Guidance, guidance_id, actor, "keep", version)
    row.ended_on, row.outcome = day_of(at), outcome
    move(row, GuidanceState.CLOSED, actor, "problems.guidance.closed")
    deadlines.cancel(row, GUIDANCE_LIMIT, actor=actor, on=day_of(at))
    title = gettext_lazy("A guidance letter was closed")
    tell(row, [row.addressee], "closed", title, actor=actor, at=at)
    return row


@action
def record_visit(
    mechanism_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: VisitWords,
    token: str | None = None,
) -> Visit:
    """What was found at a unit, and what it is asked to do by when.

    Raises PermissionDenied; RuleBroken "form_used", "not_guided" (field addressee),
    "past" (field due_on), "future" (field begun_on), "nothing_asked" (field asked).
    """
    _require_agency(words.addressee, words.organization)
    if words.due_on is not None and words.due_on < words.begun_on:
        raise RuleBroken("past", _("The last day is over already."), "due_on")
    if words.due_on is not None and not words.asked.strip():
        raise RuleBroken("nothing_asked", _("Say what is to be done by that day."), "asked")
    about: dict[str, Any] = {"actor": actor, "at": at}
    verb = "problems.visit.recorded"
    row, new = enter(Visit, mechanism_id, words, token=token, verb=verb, **about)
    if new:
        if row.due_on is not None:
            _open(row, VISIT_LIMIT, row.begun_on, row.due_on, actor)
        title = gettext_lazy("Your unit was visited: what was found, and what is asked")
        tell(row, [row.addressee], "recorded", title, **about)
    return row


@action
def report_on_visit(
    visit_id: int, *, actor: Actor, at: datetime, report: str, version: int | None = None
) -> Visit:
    """What the unit did. Raises PermissionDenied; RuleBroken "stale", "bad_transition"."""
    row = required(Visit, visit_id, actor, "reply", version)
    row.report, row.reported_on = report, day_of(at)
    move(row, VisitState.REPORTED, actor, "problems.visit.reported")
    deadlines.meet(row, VISIT_LIMIT, actor=actor, on=day_of(at))
    title = gettext_lazy("A visited unit reported")
    tell(row, [row.organization], "reported", title, actor=actor, at=at)
    return row


@action
def settle_visit(
    visit_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    outcome: str,
    version: int | None = None,
) -> Visit:
    """Raises PermissionDenied; RuleBroken "stale", "bad_transition", "future" (field on)."""
    row = required(Visit, visit_id, actor, "keep", version)
    require_past(on, at)
    row.ended_on, row.outcome = on, outcome
    move(row, VisitState.SETTLED, actor, "problems.visit.settled", on=str(on))
    deadlines.cancel(row, VISIT_LIMIT, actor=actor, on=day_of(at))
    title = gettext_lazy("A supervision visit was settled")
    tell(row, [row.addressee], "settled", title, actor=actor, at=at)
    return row
