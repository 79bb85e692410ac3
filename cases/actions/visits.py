"""回访: arranged after what was decided or settled, made, and made again where all is not well."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from cases.actions.performance import arrange
from cases.actions.steps import locked_procedure, take
from cases.models import Procedure, Visit
from cases.models.visits import NORMAL
from cases.states import Kind
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from services.deadlines import actions as deadlines

AGAIN = "VISIT-AGAIN"
"""The limit of the next visit; the organ sets its day itself."""


@dataclass(frozen=True)
class VisitWords:
    """Who was visited, how, and what came of it; `next_on` with an abnormal result alone."""

    on: date
    method: str
    person: str
    result: str
    said: str = ""
    measure: str = ""
    next_on: date | None = None


@action
def arrange_visit(
    procedure_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    late: str = "",
    token: str | None = None,
) -> Procedure:
    """Open the follow-up visit of a closed procedure, by its organ.

    Raises PermissionDenied; RuleBroken "not_closed", "visit_open", and what
    `open_procedure` raises.
    """
    procedure = locked_procedure(procedure_id)
    policy_for(Visit).require(actor, "edit", Visit(procedure=procedure))
    made = Procedure.made_before(token, kind=Kind.VISIT)
    if made is not None:
        return made
    if procedure.is_open or procedure.kind == Kind.VISIT:
        raise RuleBroken("not_closed", _("A visit follows what is closed."))
    if visits_of(procedure):
        raise RuleBroken("visit_open", _("The visit after this procedure is arranged already."))
    visit = arrange(procedure, actor=actor, at=at, on=on, late=late, token=token)
    record(actor, "cases.visit.arranged", visit, after=procedure.get_kind_display())
    return visit


def visits_of(procedure: Procedure) -> bool:
    links = procedure.onward.filter(later__kind=Kind.VISIT)
    return links.exists()


@action
def record_visit(
    visit_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: VisitWords,
    late: str = "",
    version: int | None = None,
    token: str | None = None,
) -> Visit:
    """A visit was made. An abnormal one says what is done now, and when the next is.

    Raises PermissionDenied; RuleBroken "stale", "not_a_visit", "no_next" (field next_on),
    "no_measure" (field measure), "nobody" (field person), and what `take` raises.
    """
    procedure = locked_procedure(visit_id)
    planned = Visit(procedure=procedure)
    policy_for(Visit).require(actor, "edit", planned)
    made = Visit.made_before(token, on=words.on, result=words.result)
    if made is not None:
        return made
    procedure.require_version(version)
    _check(procedure, words)
    visit = Visit(
        procedure=procedure,
        visitor=actor,
        on=words.on,
        method=words.method,
        person=words.person.strip(),
        result=words.result,
        said=words.said,
        measure=words.measure,
        next_on=words.next_on,
        form_token=token,
    )
    visit.store()
    given = {"mode": words.result, "method": words.method}
    deadlines.meet(procedure, AGAIN, actor=actor, on=words.on)
    if words.next_on is not None:
        _watch_next(procedure, words, words.next_on, actor=actor)
    record(actor, "cases.visit.made", visit, on=str(words.on), result=words.result)
    take(procedure.pk, "visit", actor=actor, at=at, on=words.on, given=given, reason=late)
    return visit


def _watch_next(procedure: Procedure, words: VisitWords, next_on: date, *, actor: Actor) -> None:
    deadlines.open_deadline(
        procedure,
        AGAIN,
        actor=actor,
        title=procedure.dispute.title,
        jurisdiction=procedure.dispute.jurisdiction,
        owed_by=procedure.organ,
        trigger_on=words.on,
        due_on=next_on,
        mechanism=procedure.dispute.mechanism,
        handler=procedure.handler,
    )


def _check(procedure: Procedure, words: VisitWords) -> None:
    if procedure.kind != Kind.VISIT or procedure.state not in ("waiting", "following"):
        raise RuleBroken("not_a_visit", _("This visit is over, or none was arranged."))
    if not words.person.strip():
        raise RuleBroken("nobody", _("Say who was visited."), "person")
    abnormal = words.result != NORMAL
    if abnormal and (words.next_on is None or words.next_on <= words.on):
        message = _("What is not in order is visited again: name a day after this one.")
        raise RuleBroken("no_next", message, "next_on")
    if not abnormal and words.next_on is not None:
        message = _("All is performed; no further visit is needed.")
        raise RuleBroken("no_next", message, "next_on")
    if abnormal and not words.measure.strip():
        raise RuleBroken("no_measure", _("Say what is done now."), "measure")
