"""Clauses that set a target of rates (提高……率, 达到……%): kept while each figure meets it.

Judged over the running year until the day; in January over the year before, since the new
one shows nothing yet.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Model, QuerySet
from django.utils.translation import gettext as _

from foundations.calendars.terms import Per, Term
from mechanisms import rules
from mechanisms.findings import EVIDENCE_SHOWN, Clause, Evidence, Finding
from mechanisms.loading import checks
from mechanisms.occasions import PARENTS
from mechanisms.rules import ANY
from mechanisms.states import ComplianceState, RuleKind
from services.indicators.clauses import AREA, areas_of, every_key, faults_in, keys_of, named
from services.indicators.definitions import Better, Unit
from services.indicators.periods import Period
from services.indicators.profile import BOUNDS, Choice, choices_of
from services.indicators.questions import D, N, Question, answered
from services.indicators.sources import Source
from services.indicators.targets import Target, Weighed, below, by_target, in_direction, uncounted
from services.indicators.values import Value

JANUARY = 1
FIGURES = "figures of rate targets"


def register() -> None:
    rules.register(RuleKind.RATE_TARGET, ANY, rated)
    checks.register(RuleKind.RATE_TARGET, faults_in)


Choices = Mapping[str, Choice]
Wanted = tuple[str, frozenset[str]]
"""A figure as a clause names it, and the areas in which it is judged; in all where none is."""


@dataclass(frozen=True)
class Figure:
    """One figure that a clause names, now and in the same days of last year."""

    question: Question
    choice: Choice
    now: Value
    before: Value

    @property
    def name(self) -> str:
        """With its way of counting where that is not the usual one, and with its areas."""
        indicator, variant = self.question.indicator, self.question.variant
        told = [] if variant.key == indicator.usual.key else [variant.name]
        told += ["、".join(self._areas)] if self._areas else []
        if not told:
            return indicator.name
        return _("%(name)s (%(variant)s)") % {"name": indicator.name, "variant": "；".join(told)}

    @property
    def _areas(self) -> list[str]:
        areas = areas_in(self.question)
        return list(self.question.source.groups[AREA].words(areas).values()) if areas else []


def areas_in(question: Question) -> frozenset[str]:
    found: Any = dict(question.narrow).get(AREA, frozenset())
    return found if isinstance(found, frozenset) else frozenset({found})


def rated(clause: Clause) -> Finding:
    """Broken while a figure misses what is wanted of it; kept when all of them meet it; not
    yet due as long as one has no base or cannot be counted. What a clause only allows is
    never broken."""
    every = _("Every year")
    first_on, last_on = year_judged(clause.on)
    areas = areas_of(clause.parameters)
    keys = [(text, areas) for text in keys_of(clause.parameters)]
    nothing = Finding(ComplianceState.NOT_YET_DUE, _("No figure yet."), period=every)
    if not keys or last_on < clause.provision.version.effective_from:
        return nothing
    figures = clause.once(FIGURES, lambda: _figures(clause, first_on, last_on))
    if all(key in figures and _is_without_base(figures[key].now) for key in keys):
        return nothing
    weighed = {key: _weigh(key, figures, clause) for key in keys}
    state = _state(clause, [one.met for one in weighed.values()])
    said = _said(first_on, last_on, weighed.values())
    told = {key: one.met for key, one in weighed.items() if one.met is not None}
    if state != ComplianceState.KEPT:
        told = {key: met for key, met in told.items() if not met}
    shown = _evidence(clause, [(figures[key], bool(met)) for key, met in told.items()])
    return Finding(state, said, shown, period=every)


def year_judged(on: date) -> tuple[date, date]:
    """The first and the last day: of the year until `on`, in January of the year before."""
    term = Term.around(Per.YEAR, on)
    if on.month == JANUARY:
        return term.before.first_on, term.before.last_on
    return term.first_on, on


def _figures(clause: Clause, first_on: date, last_on: date) -> dict[Wanted, Figure]:
    """Those of all rate clauses of the version, so that they are counted together; without
    what nothing defines."""
    given = clause.provision.version.provisions.filter(rule_kind=RuleKind.RATE_TARGET)
    wanted = [
        (text, areas_of(row.parameters)) for row in given for text in every_key(row.parameters)
    ]
    choices = choices_of(clause.mechanism, clause.on)
    asked = {one: _question(clause, one, choices, first_on, last_on) for one in wanted}
    known = {one: question for one, question in asked.items() if question is not None}
    questions = list(known.values())
    now = answered([*questions, *(one.a_year_before for one in questions)])
    before = now[len(questions) :]
    return {
        one: Figure(question, choices[question.indicator.key], now[place], before[place])
        for place, (one, question) in enumerate(known.items())
    }


def _question(
    clause: Clause, wanted: Wanted, choices: Choices, first_on: date, last_on: date
) -> Question | None:
    """Of everything in the place; the state of a clause is one for all who read it."""
    text, areas = wanted
    key, way = named(text)
    choice = choices.get(key)
    if choice is None:
        return None
    variant = choice.indicator.variants.get(way) if way else choice.variant
    if variant is None:
        return None
    return Question(
        indicator=choice.indicator,
        variant=replace(variant, apart=()),
        jurisdiction=clause.jurisdiction,
        first_on=first_on,
        last_on=last_on,
        on=clause.on,
        narrow=((AREA, areas),) if areas else (),
        months=choice.months,
    )


def _weigh(key: Wanted, figures: Mapping[Wanted, Figure], clause: Clause) -> Weighed:
    """By the target of the clause, else that of its section, else by the wanted direction."""
    parameters = clause.parameters
    bound = (parameters.get("below", key[0]), key[1])
    for wanted in (key, bound):
        if wanted not in figures:
            return uncounted(wanted[0], _("nothing defines it"))
        if figures[wanted].now.broken:
            return uncounted(figures[wanted].name, figures[wanted].now.broken)
    one = figures[key]
    if "below" in parameters:
        other = figures[bound]
        return below(one.name, one.now, other.name, other.now)
    target = _target(one, clause)
    if target:
        return by_target(one.name, one.now, target)
    return in_direction(one.name, one.now, one.before, one.question.indicator.better)


def _target(figure: Figure, clause: Clause) -> Target:
    """That of the clause; else that of the section, which is of the chosen way of counting and
    of all areas, and where it cites a clause, of that clause alone."""
    own = Target(*(_decimal(clause.parameters.get(name)) for name in BOUNDS))
    choice = figure.choice
    is_other_way = figure.question.variant.key != choice.variant.key
    is_cited = choice.provision == clause.provision.number
    is_for_all = not choice.provision and not areas_in(figure.question)
    if own or is_other_way or not (is_cited or is_for_all):
        return own
    return Target(choice.at_least, choice.at_most)


def _decimal(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def _state(clause: Clause, met: Sequence[bool | None]) -> ComplianceState:
    if all(met):
        return ComplianceState.KEPT
    if False not in met:
        return ComplianceState.NOT_YET_DUE
    return ComplianceState.NOT_APPLICABLE if clause.may else ComplianceState.BROKEN


def _said(first_on: date, last_on: date, weighed: Iterable[Weighed]) -> str:
    """What misses its target first, then what meets it, then what cannot be told."""
    groups = {
        False: _("Not met: %(figures)s."),
        True: _("Met: %(figures)s."),
        None: _("Not to be told yet: %(figures)s."),
    }
    parts = [_("%(period)s.") % {"period": Period(first_on, last_on).label}]
    found = list(weighed)
    for met, frame in groups.items():
        told = [one.said for one in found if one.met is met]
        if told:
            parts.append(frame % {"figures": "；".join(told)})
    return "".join(parts)


def _is_without_base(value: Value) -> bool:
    return value.figure is None and not value.broken


def _evidence(clause: Clause, told: Sequence[tuple[Figure, bool]]) -> tuple[Evidence, ...]:
    """The newest records of each figure, each record once."""
    found: dict[tuple[type[Model], Any], Evidence] = {}
    for figure, met in told:
        for one in _records(figure, met, EVIDENCE_SHOWN // len(told) or 1):
            found.setdefault((type(one.record), one.record.pk), one)
    return tuple(found.values())[:EVIDENCE_SHOWN]


def _records(figure: Figure, met: bool, most: int) -> list[Evidence]:
    """Those that tell why it is met or missed: where more are wanted and there are enough,
    or fewer are wanted and there are too many, the rows that count; else those that do not."""
    question = figure.question
    telling = whole = question.rows(D)
    if question.indicator.unit in (Unit.PERCENT, Unit.TIMES):
        counted = question.rows(N)
        aims_up = question.indicator.better != Better.DOWN
        telling = counted if met == aims_up else whole.exclude(pk__in=counted.values("pk"))
    return _newest(figure, telling, most) or _newest(figure, whole, most)


def _newest(figure: Figure, rows: QuerySet, most: int) -> list[Evidence]:
    question, source = figure.question, figure.question.source
    day = source.dates[question.variant.date] if question.variant.date else "pk"
    found = rows.select_related(*_near(source, rows.model)).order_by(F(day).desc(), "-pk")
    found = found.annotate(indicator_day=F(day)) if question.variant.date else found
    return [_proof(figure, row) for row in found[:most]]


def _proof(figure: Figure, row: Any) -> Evidence:
    record = row
    for step in filter(None, figure.question.source.record.split("__")):
        record = getattr(record, step)
    label = str(getattr(record, "number", "")) or figure.name
    on = getattr(row, "indicator_day", None) or figure.question.last_on
    return Evidence(record, label, on)


def _near(source: Source, model: type[Model]) -> list[str]:
    """What the address of a record is read from: the record itself and those above it."""
    steps = [one for one in source.record.split("__") if one]
    for step in steps:
        model = model._meta.get_field(step).related_model  # type: ignore[assignment]
    above = [one.name for one in model._meta.concrete_fields if one.name in PARENTS]
    paths = ["__".join(steps[: place + 1]) for place in range(len(steps))]
    return [*source.near, *paths, *("__".join([*steps, name]) for name in above)]
