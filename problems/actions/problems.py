"""The only writers of problems: registered, measures set, tracked, solved or dropped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bulletins.models import Bulletin
from cases.actions.days import require_past
from cases.models import Dispute
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from meetings.actions.steps import day_of
from meetings.models import Meeting
from members.models import Organization
from members.policy import works_for
from problems.actions.steps import (
    enter,
    locked,
    move,
    others,
    require_due,
    require_open,
    require_own_day,
    required,
    tell,
)
from problems.models import Measure, Problem, Track
from problems.models.problems import MEASURE_LIMIT
from problems.states import ProblemState
from services.deadlines import actions as deadlines


@dataclass(frozen=True)
class ProblemWords:
    """What was seen, by whom and where; `units` own it together."""

    organization: Organization
    title: str
    source: str
    text: str
    begun_on: date | None = None
    area: str = ""
    figures: str = ""
    cause: str = ""
    agencies: Sequence[Organization] = ()
    units: Sequence[Organization] = ()
    meeting: Meeting | None = None
    bulletin: Bulletin | None = None
    dispute: Dispute | None = None


@action
def register(
    mechanism_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: ProblemWords,
    token: str | None = None,
) -> Problem:
    """Enter a problem; the other sides and its joint owners are told.

    Raises PermissionDenied; RuleBroken "form_used", "future" (field begun_on).
    """
    verb = "problems.problem.registered"
    problem, new = enter(Problem, mechanism_id, words, actor=actor, at=at, token=token, verb=verb)
    if new:
        title = gettext_lazy("A problem was registered")
        tell(problem, others(problem), "registered", title, actor=actor, at=at)
    return problem


@action
def analyse(
    problem_id: int,
    *,
    actor: Actor,
    at: datetime,
    area: str,
    text: str,
    figures: str,
    cause: str,
    units: Sequence[Organization],
    version: int | None = None,
) -> Problem:
    """Its area, what the data show, the problem, its cause, and who owns it together.

    Raises PermissionDenied; RuleBroken "stale", "matter_over".
    """
    problem = required(Problem, problem_id, actor, "join", version)
    require_open(problem)
    was = set(problem.units.values_list("pk", flat=True))
    problem.text, problem.figures, problem.cause = text, figures, cause
    problem.area = area
    problem.store()
    problem.units.set(units)
    record(actor, "problems.problem.analysed", problem)
    joined = [unit for unit in units if unit.pk not in was]
    title = gettext_lazy("Your unit is a joint owner of a problem")
    tell(problem, joined, "owned", title, actor=actor, at=at)
    return problem


@action
def set_measure(
    problem_id: int,
    *,
    actor: Actor,
    at: datetime,
    what: str,
    unit: Organization,
    due_on: date,
    token: str | None = None,
) -> Measure:
    """What a unit does about the problem, and by when.

    Raises PermissionDenied; RuleBroken "form_used", "matter_over", "independent" (field
    unit), "past" (field due_on).
    """
    problem = locked(Problem, problem_id)
    made = Measure.made_before(token, what=what)
    if made is not None:
        return made
    policy_for(Problem).require(actor, "join", problem)
    require_open(problem)
    require_own_day(unit, actor, "unit")
    require_due(due_on, at)
    today = day_of(at)
    measure = Measure(
        problem=problem, what=what, unit=unit, set_on=today, due_on=due_on, form_token=token
    )
    measure.store()
    _open_limit(measure, actor, today)
    facts = {"what": what, "unit": unit.short_name, "due": str(due_on)}
    if problem.state == ProblemState.FOUND:
        move(problem, ProblemState.MEASURED, actor, "problems.problem.measure", **facts)
    else:
        record(actor, "problems.problem.measure", problem, **facts)
    title = gettext_lazy("Your unit takes a measure about a problem")
    tell(problem, [unit], f"measure.{measure.pk}", title, actor=actor, at=at)
    return measure


def _open_limit(measure: Measure, actor: Actor, today: date) -> None:
    deadlines.open_deadline(
        measure,
        MEASURE_LIMIT,
        actor=actor,
        title=measure.what,
        jurisdiction=measure.problem.jurisdiction,
        owed_by=measure.unit,
        trigger_on=today,
        due_on=measure.due_on,
    )


@action
def finish_measure(
    measure_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    outcome: str,
    version: int | None = None,
) -> Measure:
    """The unit took its measure; with the first of them the problem is under tracking.

    Raises PermissionDenied; RuleBroken "stale", "measure_over", "future" (field on).
    """
    problem = locked(Problem, Measure.objects.values_list("problem", flat=True).get(pk=measure_id))
    rows = Measure.objects.select_for_update(of=("self",)).select_related("unit")
    measure: Measure = rows.get(pk=measure_id)
    measure.problem = problem
    policy_for(Measure).require(actor, "finish", measure)
    measure.require_version(version)
    if measure.done_on is not None:
        raise RuleBroken("measure_over", _("This measure was taken already."))
    require_past(on, at)
    measure.done_on, measure.outcome = on, outcome
    measure.store()
    deadlines.meet(measure, MEASURE_LIMIT, actor=actor, on=on)
    facts = {"what": measure.what, "unit": measure.unit.short_name, "on": str(on)}
    if problem.state == ProblemState.MEASURED:
        move(problem, ProblemState.TRACKED, actor, "problems.problem.measure_done", **facts)
    else:
        record(actor, "problems.problem.measure_done", problem, **facts)
    return measure


@action
def track(
    problem_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    unit: Organization,
    text: str,
    token: str | None = None,
) -> Track:
    """How it stands on a day, in the words of a unit that takes part.

    Raises PermissionDenied; RuleBroken "form_used", "matter_over", "future" (field on),
    "wrong_unit" (field unit).
    """
    problem = locked(Problem, problem_id)
    made = Track.made_before(token, text=text)
    if made is not None:
        return made
    policy_for(Problem).require(actor, "join", problem)
    require_open(problem)
    require_past(on, at)
    if actor is not None and not works_for(actor, unit):
        raise RuleBroken("wrong_unit", _("Choose a unit that you work for."), "unit")
    row = Track(problem=problem, on=on, unit=unit, text=text, form_token=token)
    row.store()
    facts = {"unit": unit.short_name, "on": str(on)}
    if problem.state == ProblemState.MEASURED:
        move(problem, ProblemState.TRACKED, actor, "problems.problem.tracked", **facts)
    else:
        record(actor, "problems.problem.tracked", problem, **facts)
    return row


@action
def solve(
    problem_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    outcome: str,
    version: int | None = None,
) -> Problem:
    """Solved, once no measure is open. Raises PermissionDenied; RuleBroken "stale",
    "measures_open", "bad_transition", "future" (field on)."""
    problem = required(Problem, problem_id, actor, "keep", version)
    require_past(on, at)
    if problem.measures.filter(done_on=None).exists():
        message = _("A measure is not taken yet. Record it as done first, or drop the problem.")
        raise RuleBroken("measures_open", message)
    return _end(problem, ProblemState.SOLVED, on, outcome, actor, at)


@action
def drop(
    problem_id: int, *, actor: Actor, at: datetime, outcome: str, version: int | None = None
) -> Problem:
    """Not pursued any longer, with the reason. Raises PermissionDenied; RuleBroken "stale",
    "bad_transition"."""
    problem = required(Problem, problem_id, actor, "keep", version)
    return _end(problem, ProblemState.DROPPED, day_of(at), outcome, actor, at)


def _end(
    problem: Problem, to: ProblemState, on: date, outcome: str, actor: Actor, at: datetime
) -> Problem:
    problem.ended_on, problem.outcome = on, outcome
    move(problem, to, actor, f"problems.problem.{to}", on=str(on))
    for measure in problem.measures.filter(done_on=None):
        deadlines.cancel(measure, MEASURE_LIMIT, actor=actor, on=on)
    title = gettext_lazy("A problem is no longer open")
    tell(problem, others(problem), str(to), title, actor=actor, at=at)
    return problem


@action
def take_up_again(
    problem_id: int, *, actor: Actor, at: datetime, text: str, version: int | None = None
) -> Problem:
    """It came back, or is pursued after all. Raises PermissionDenied; RuleBroken "stale",
    "bad_transition"."""
    problem = required(Problem, problem_id, actor, "keep", version)
    solved = problem.state == ProblemState.SOLVED
    to = ProblemState.TRACKED if solved else ProblemState.FOUND
    problem.ended_on = None
    move(problem, to, actor, "problems.problem.again", text=text)
    return problem
