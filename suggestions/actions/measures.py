"""What an addressee promises to do about what it adopted, and what it has done."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from suggestions.actions.evidence import keep_files
from suggestions.actions.limits import open_rectify_limit
from suggestions.actions.steps import (
    day_of,
    locked_addressee,
    names_of,
    office_language,
    require_state,
    tell_issuer,
)
from suggestions.models import Addressee, Measure, Problem
from suggestions.states import AddresseeState, Attitude, MeasureState

ADOPTED = (Attitude.ACCEPTED, Attitude.PARTLY)


@dataclass(frozen=True)
class MeasureWords:
    """A measure on the problem with number `problem` in the letter; `row` is its form's."""

    problem: int
    text: str
    responsible: str
    due_on: date
    row: int = 0


@action
def plan_measures(
    addressee_id: int,
    *,
    actor: Actor,
    at: datetime,
    measures: Sequence[MeasureWords],
    on_behalf: bool = False,
) -> Addressee:
    """Add measures to those that were promised; the rectification ends with the last of them.

    Raises RuleBroken: "no_measure"; "plan_late", "measure_early" (field due_on_n, n the row
    of the measure), "not_adopted" (problem_n); "beyond_day" where the issuer has set the day.
    """
    addressee = locked_addressee(addressee_id)
    policy_for(Addressee).require(actor, "register" if on_behalf else "report", addressee)
    require_state(addressee, AddresseeState.RECTIFYING)
    if not measures:
        raise RuleBroken("no_measure", _("Enter at least one measure."))
    if add_measures(addressee, actor, measures, on=day_of(at), on_behalf=on_behalf):
        addressee.store()
        _tell_of_plan(addressee, at, actor)
    return addressee


def add_measures(
    addressee: Addressee,
    actor: Actor,
    measures: Sequence[MeasureWords],
    *,
    on: date,
    on_behalf: bool = False,
) -> list[Measure]:
    """Write measures and let the clock run to the last of them; the caller stores the addressee.

    What stands already is not written twice.
    """
    first = addressee.served_on if on_behalf else on
    problems = {problem.order: problem for problem in addressee.suggestion.problems.all()}
    limit = _Limit(addressee.rectify_due_on, _day_is_set(addressee), on)
    said = positions_of(addressee)
    added = []
    for words in measures:
        problem = problems[words.problem]
        if _stands(addressee, problem, words):
            continue
        _check_adopted(problem, said, words)
        _check_day(words, first)
        limit.check(words)
        added.append(_written(addressee, actor, problem, words))
    if added and not limit.is_set:
        latest = addressee.measures.aggregate(last=Max("due_on"))["last"]
        open_rectify_limit(addressee, actor, trigger_on=on, due_on=latest)
    return added


@action
def report_measure(
    measure_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    note: str = "",
    files: Collection[UploadedFile] = (),
    declared: bool = False,
    on_behalf: bool = False,
) -> Measure:
    """A measure is carried out; said again, it adds to what was said and proved.

    Raises RuleBroken "done_future", "done_early" (field on).
    """
    measure = _locked_measure(measure_id)
    addressee = measure.addressee
    if on_behalf:
        policy_for(Addressee).require(actor, "register", addressee)
    else:
        policy_for(Measure).require(actor, "report", measure)
    require_state(addressee, AddresseeState.RECTIFYING)
    _check_done_day(addressee, on, day_of(at))
    said = measure.state, measure.done_on, measure.done_note
    measure.state, measure.done_on, measure.done_note = MeasureState.DONE, on, note.strip()
    if said != (measure.state, measure.done_on, measure.done_note):
        measure.store()
        record(
            actor,
            "suggestions.measure.done",
            measure,
            unit=addressee.organization.short_name,
            text=measure.text,
            on=on.isoformat(),
            note=measure.done_note,
            on_behalf=on_behalf,
        )
    keep_files(
        measure,
        files,
        addressee=addressee,
        organization=addressee.suggestion.issuer if on_behalf else addressee.organization,
        actor=actor,
        at=at,
        declared=declared,
    )
    return measure


def _locked_measure(measure_id: int) -> Measure:
    """The measure, its addressee and letter locked before it."""
    addressee_id = Measure.objects.values_list("addressee", flat=True).get(pk=measure_id)
    addressee = locked_addressee(addressee_id)
    rows = Measure.objects.select_for_update(of=("self",)).select_related("problem")
    measure = rows.get(pk=measure_id)
    measure.addressee = addressee
    return measure


def _written(addressee: Addressee, actor: Actor, problem: Problem, words: MeasureWords) -> Measure:
    measure = Measure(
        addressee=addressee,
        problem=problem,
        text=words.text,
        responsible=words.responsible,
        due_on=words.due_on,
    )
    measure.store()
    record(
        actor,
        "suggestions.measure.planned",
        measure,
        unit=addressee.organization.short_name,
        text=measure.text,
        problem=problem.order,
        due_on=words.due_on.isoformat(),
    )
    return measure


def _day_is_set(addressee: Addressee) -> bool:
    """Has the issuer set the day, when it sent the rectification back?"""
    if addressee.checks.exists():
        return True
    return addressee.rectify_due_on is not None and not addressee.measures.exists()


def _stands(addressee: Addressee, problem: Problem, words: MeasureWords) -> bool:
    """Was this very measure written before?"""
    return addressee.measures.filter(
        problem=problem,
        text=words.text,
        responsible=words.responsible,
        due_on=words.due_on,
    ).exists()


def _check_adopted(problem: Problem, said: dict[int, str], words: MeasureWords) -> None:
    if said.get(problem.pk) not in ADOPTED:
        message = _("The advice on problem %(n)d was not adopted.") % {"n": problem.order}
        raise RuleBroken("not_adopted", message, f"problem_{words.row}")


def _check_day(words: MeasureWords, first: date) -> None:
    if words.due_on < first:
        message = _("%(due)s is before %(day)s. Name a day that is still to come.")
        names = {"day": first.isoformat(), "due": words.due_on.isoformat()}
        raise RuleBroken("measure_early", message % names, f"due_on_{words.row}")


@dataclass(frozen=True)
class _Limit:
    """The day by which all is to be done so far; `is_set` by the issuer."""

    day: date | None
    is_set: bool
    on: date

    def check(self, words: MeasureWords) -> None:
        """Raise RuleBroken "beyond_day" or "plan_late" for a measure that moves it unduly."""
        if self.day is None or words.due_on <= self.day:
            return
        names = {"limit": self.day.isoformat(), "due": words.due_on.isoformat()}
        field = f"due_on_{words.row}"
        if self.is_set:
            message = _("The issuer has set %(limit)s as the last day; %(due)s is later.")
            raise RuleBroken("beyond_day", message % names, field)
        if self.day < self.on:
            message = _(
                "The rectification was due on %(limit)s; a new measure cannot move that day. "
                "Carry out what was promised; the issuer may set another day when it verifies."
            )
            raise RuleBroken("plan_late", message % names, field)


def positions_of(addressee: Addressee) -> dict[int, str]:
    """What the last reply says of each problem."""
    reply = addressee.replies.first()
    return dict(reply.positions.values_list("problem", "attitude")) if reply else {}


def _check_done_day(addressee: Addressee, on: date, today: date) -> None:
    names = {"day": on.isoformat(), "today": today.isoformat(), "served": addressee.served_on}
    if on > today:
        message = _("%(day)s is later than today (%(today)s). Report it when it is done.")
        raise RuleBroken("done_future", message % names, "on")
    if addressee.served_on and on < addressee.served_on:
        message = _("%(day)s is before the letter was served (%(served)s).")
        raise RuleBroken("done_early", message % names, "on")


def _tell_of_plan(addressee: Addressee, at: datetime, actor: Actor) -> None:
    with office_language():
        title = _("%(unit)s has named its measures: %(title)s") % names_of(addressee)
        day = addressee.rectify_due_on.isoformat()
        text = _("To be carried out by %(day)s.") % {"day": day}
    reason = f"planned:{addressee.version}"
    tell_issuer(addressee, reason=reason, title=title, text=text, at=at, actor=actor)
