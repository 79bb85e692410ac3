"""A text is put to every side and holds from a day once all have agreed (CX-50, YN-44)."""

from datetime import date, datetime
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from mechanisms.queries import parties, party
from meetings.actions.steps import day_of
from problems.actions.letters import issue_letter
from problems.actions.steps import locked, move, others, required, revise, tell
from problems.models import Agreed, Interpretation, Standard
from problems.papers.letters import consensus
from problems.policy.circle import side_of
from problems.states import AgreedState
from services.consents import actions as consents
from services.consents.models import Consent, ConsentState
from services.consents.queries import current

A = TypeVar("A", bound=Agreed)
NAMES: dict[type[Agreed], str] = {Standard: "standard", Interpretation: "interpretation"}


@action
def put(
    model: type[A],
    row_id: int,
    *,
    actor: Actor,
    at: datetime,
    in_force_on: date,
    version: int | None = None,
) -> A:
    """Put the text to all sides; the writer's side agrees by that.

    Raises PermissionDenied; RuleBroken "stale", "bad_transition", "in_force_past" (field
    in_force_on).
    """
    row = required(model, row_id, actor, "edit", version)
    if in_force_on < day_of(at):
        message = _("A text holds from today on at the earliest.")
        raise RuleBroken("in_force_past", message, "in_force_on")
    row.in_force_on = in_force_on
    move(row, AgreedState.ASKED, actor, f"problems.{NAMES[model]}.asked", on=str(in_force_on))
    consents.propose(
        row,
        row.MATTER,
        side=row.organization.side,
        actor=actor,
        at=at,
        title=row.title,
        text=row.text,
        sides=[one.side for one in parties(row.mechanism)],
    )
    title = gettext_lazy("A text asks for your side's consent")
    tell(row, others(row), f"asked.{row.version}", title, actor=actor, at=at)
    return row


@action
def answer(
    model: type[A],
    row_id: int,
    *,
    actor: Actor,
    at: datetime,
    verdict: str,
    remark: str = "",
) -> A:
    """One side's answer; with the last of them the text is in force or goes back to its
    writer. Raises PermissionDenied; RuleBroken "not_asked" and those of a consent."""
    row = locked(model, row_id)
    policy_for(model).require(actor, "answer", row)
    consent = current(row, row.MATTER)
    if consent is None:
        raise RuleBroken("not_asked", _("This text is not before the sides."))
    side = side_of(actor, row.mechanism) if actor else ""
    unit = party(row.mechanism, side).acting
    given: dict[str, Any] = {"verdict": verdict, "remark": remark}
    done = consents.answer(consent.pk, side=side, actor=actor, organization=unit, at=at, **given)
    record(actor, f"problems.{NAMES[model]}.answered", row, unit=unit.short_name, verdict=verdict)
    _settle(row, done, actor, at)
    return row


@action
def take_back(model: type[A], row_id: int, *, actor: Actor, at: datetime) -> A:
    """The writer takes the text back to write it anew. Raises PermissionDenied; RuleBroken
    "not_asked"."""
    row = required(model, row_id, actor, "keep")
    consent = current(row, row.MATTER)
    if consent is None:
        raise RuleBroken("not_asked", _("This text is not before the sides."))
    consents.withdraw(consent.pk, side=row.organization.side, actor=actor, at=at)
    move(row, AgreedState.DRAFT, actor, f"problems.{NAMES[model]}.taken_back")
    return row


@action
def give_up(
    model: type[A], row_id: int, *, actor: Actor, at: datetime, version: int | None = None
) -> A:
    """A draft that is not put to the sides after all."""
    row = required(model, row_id, actor, "edit", version)
    row.ended_on = day_of(at)
    if isinstance(row, Standard):
        row.supersedes = None
    move(row, AgreedState.DROPPED, actor, f"problems.{NAMES[model]}.dropped")
    return row


def _settle(row: Agreed, consent: Consent, actor: Actor, at: datetime) -> None:
    if consent.state == ConsentState.OPEN:
        return
    name = NAMES[type(row)]
    if consent.state != ConsentState.AGREED:
        move(row, AgreedState.DRAFT, actor, f"problems.{name}.sent_back")
        title = gettext_lazy("A text was not agreed to and came back")
        tell(row, [row.organization], f"back.{row.version}", title, actor=None, at=at)
        return
    move(row, AgreedState.IN_FORCE, actor, f"problems.{name}.in_force", on=str(row.in_force_on))
    if row.predecessor is not None:
        _replace(row.predecessor, row, actor)
    if row.paper:
        context = consensus(row, day_of(at))
        issue_letter(row.paper, row, context, actor=actor, at=at, number=row.number)
    title = gettext_lazy("A text was agreed to by all sides")
    tell(row, [row.organization, *others(row)], "in_force", title, actor=actor, at=at)


def _replace(old: Agreed, by: Agreed, actor: Actor) -> None:
    before = locked(type(old), old.pk)
    before.ended_on = by.in_force_on
    name = NAMES[type(old)]
    move(before, AgreedState.REPLACED, actor, f"problems.{name}.replaced", on=str(by.in_force_on))


@action
def revise_standard(
    standard_id: int, *, actor: Actor, at: datetime, version: int | None = None, **given: object
) -> Standard:
    """The words of a draft, by the names of its columns."""
    verb = "problems.standard.revised"
    return revise(Standard, standard_id, actor=actor, version=version, verb=verb, given=given)


@action
def revise_interpretation(
    interpretation_id: int,
    *,
    actor: Actor,
    at: datetime,
    version: int | None = None,
    **given: object,
) -> Interpretation:
    """The words of a draft, by the names of its columns."""
    about: dict[str, Any] = {"actor": actor, "version": version}
    verb = "problems.interpretation.revised"
    return revise(Interpretation, interpretation_id, verb=verb, given=given, **about)
