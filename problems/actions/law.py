"""The only writers of class cases, legal questions, and the drafts of what all agree to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions.days import require_past
from cases.models import Dispute, Procedure
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for, visible_to
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from mechanisms.models import Provision
from mechanisms.queries import party
from meetings.actions.steps import day_of
from members.models import Organization
from problems.actions.steps import (
    enter,
    locked,
    move,
    others,
    require_open,
    required,
    revise,
    tell,
)
from problems.models import ClassCase, Interpretation, Position, Question, Standard
from problems.policy.circle import side_of
from problems.states import AgreedState, ClassCaseState, QuestionState


@dataclass(frozen=True)
class ClassCaseWords:
    organization: Organization
    title: str
    pattern: str
    advice: str
    begun_on: date | None = None
    area: str = ""
    agency: Organization | None = None
    cases: Sequence[Procedure] = ()


@dataclass(frozen=True)
class QuestionWords:
    organization: Organization
    title: str
    text: str
    law: str = ""
    begun_on: date | None = None


@dataclass(frozen=True)
class StandardWords:
    organization: Organization
    title: str
    text: str
    number: str = ""
    begun_on: date | None = None
    question: Question | None = None


@dataclass(frozen=True)
class InterpretationWords:
    organization: Organization
    title: str
    provision: Provision
    asked: str
    text: str
    begun_on: date | None = None


@action
def write_class_case(
    mechanism_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: ClassCaseWords,
    token: str | None = None,
) -> ClassCase:
    """A draft of the writer's. Raises PermissionDenied; RuleBroken "form_used"."""
    verb = "problems.class_case.written"
    about: dict[str, Any] = {"actor": actor, "at": at, "token": token}
    return enter(ClassCase, mechanism_id, words, verb=verb, **about)[0]


@action
def revise_class_case(
    class_case_id: int,
    *,
    actor: Actor,
    at: datetime,
    cases: Iterable[Procedure],
    version: int | None = None,
    **given: object,
) -> ClassCase:
    """The words of a draft, by the names of its columns; those of its cases that the actor
    does not see stay. Raises PermissionDenied; RuleBroken "stale"."""
    kept = ClassCase.objects.get(pk=class_case_id).cases.all()
    if actor is not None:
        kept = kept.exclude(dispute__in=visible_to(actor, Dispute).values("pk"))
    verb = "problems.class_case.revised"
    given["cases"] = [*cases, *kept]
    return revise(ClassCase, class_case_id, actor=actor, version=version, verb=verb, given=given)


@action
def tell_class_case(
    class_case_id: int, *, actor: Actor, at: datetime, version: int | None = None
) -> ClassCase:
    """Tell the other sides of it. Raises PermissionDenied; RuleBroken "stale"."""
    row = required(ClassCase, class_case_id, actor, "edit", version)
    row.told_on = day_of(at)
    move(row, ClassCaseState.TOLD, actor, "problems.class_case.told")
    title = gettext_lazy("A class case was told")
    tell(row, others(row), "told", title, actor=actor, at=at)
    return row


@action
def raise_question(
    mechanism_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: QuestionWords,
    token: str | None = None,
) -> Question:
    """Lay a question of law before the other sides.

    Raises PermissionDenied; RuleBroken "form_used", "future" (field begun_on).
    """
    verb = "problems.question.raised"
    about: dict[str, Any] = {"actor": actor, "at": at}
    row, new = enter(Question, mechanism_id, words, token=token, verb=verb, **about)
    if new:
        title = gettext_lazy("A question of law was raised")
        tell(row, others(row), "raised", title, **about)
    return row


@action
def take_position(
    question_id: int, *, actor: Actor, at: datetime, on: date, text: str
) -> Position:
    """What the actor's side holds; a later position takes the place of the earlier one.

    Raises PermissionDenied; RuleBroken "matter_over", "future" (field on).
    """
    question = locked(Question, question_id)
    policy_for(Question).require(actor, "answer", question)
    require_open(question)
    require_past(on, at)
    side = side_of(actor, question.mechanism) if actor else question.organization.side
    unit = party(question.mechanism, side).acting
    found = question.positions.filter(side=side).first()
    row = found or Position(question=question, side=side)
    row.unit, row.on, row.text = unit, on, text
    row.store()
    facts = {"unit": unit.short_name, "on": str(on), "text": text[:200]}
    record(actor, "problems.question.position", question, again=found is not None, **facts)
    title = gettext_lazy("A side took its position on a question of law")
    units = [one for one in [question.organization, *others(question)] if one.pk != unit.pk]
    tell(question, units, f"position.{row.pk}.{row.version}", title, actor=actor, at=at)
    return row


@action
def settle_question(
    question_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    outcome: str,
    version: int | None = None,
) -> Question:
    """With what outcome it was settled, once every side has taken its position.

    Raises PermissionDenied; RuleBroken "stale", "positions_missing", "bad_transition",
    "future" (field on).
    """
    row = required(Question, question_id, actor, "keep", version)
    require_past(on, at)
    sides = set(row.mechanism.parties.values_list("side", flat=True))
    if sides - set(row.positions.values_list("side", flat=True)):
        raise RuleBroken("positions_missing", _("Not every side has taken its position yet."))
    row.ended_on, row.outcome = on, outcome
    move(row, QuestionState.SETTLED, actor, "problems.question.settled", on=str(on))
    title = gettext_lazy("A question of law was settled")
    tell(row, others(row), "settled", title, actor=actor, at=at)
    return row


@action
def leave_question(
    question_id: int, *, actor: Actor, at: datetime, outcome: str, version: int | None = None
) -> Question:
    """Left open, with the reason. Raises PermissionDenied; RuleBroken "stale"."""
    row = required(Question, question_id, actor, "keep", version)
    row.ended_on, row.outcome = day_of(at), outcome
    move(row, QuestionState.DROPPED, actor, "problems.question.dropped")
    return row


@action
def write_standard(
    mechanism_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: StandardWords,
    token: str | None = None,
) -> Standard:
    """The draft of a text that all sides shall agree to. Raises PermissionDenied."""
    verb = "problems.standard.written"
    about: dict[str, Any] = {"actor": actor, "at": at, "token": token}
    return enter(Standard, mechanism_id, words, verb=verb, **about)[0]


@action
def begin_edition(
    standard_id: int, *, actor: Actor, at: datetime, version: int | None = None
) -> Standard:
    """The draft of the next edition of a text in force, by the unit that keeps it.

    Raises PermissionDenied; RuleBroken "stale", "not_in_force", "edition_begun".
    """
    old = required(Standard, standard_id, actor, "keep", version)
    if old.state != AgreedState.IN_FORCE:
        raise RuleBroken("not_in_force", _("Only a text in force gets a next edition."))
    if Standard.objects.filter(supersedes=old).exists():
        raise RuleBroken("edition_begun", _("The next edition was begun already."))
    row = Standard(
        mechanism=old.mechanism,
        organization=old.organization,
        title=old.title,
        text=old.text,
        number=old.number,
        question=old.question,
        begun_on=day_of(at),
        edition=old.edition + 1,
        supersedes=old,
    )
    row.store()
    record(actor, "problems.standard.written", row, unit=row.organization.short_name)
    return row


@action
def write_interpretation(
    mechanism_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: InterpretationWords,
    token: str | None = None,
) -> Interpretation:
    """The draft of what a clause means. Raises PermissionDenied; RuleBroken "wrong_clause"."""
    if words.provision.version.mechanism_id != mechanism_id:
        raise RuleBroken("wrong_clause", _("Choose a clause of this institution."), "provision")
    verb = "problems.interpretation.written"
    about: dict[str, Any] = {"actor": actor, "at": at, "token": token}
    return enter(Interpretation, mechanism_id, words, verb=verb, **about)[0]
