"""What a step would do to time limits, in words, before it is recorded."""

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.actions.clocks import applies, owners, trigger_of
from cases.flow.asks import ASKS
from cases.flow.table import Clock, Step
from cases.limits import whose_window
from cases.models import Participant, Procedure
from foundations.access.errors import RuleBroken
from foundations.calendars.working_days import WorkCalendar
from members.models import Organization
from services.deadlines.catalogue import length_words, name_of
from services.deadlines.overrides import override_of
from services.deadlines.reckoning import Answer, Case, answer
from services.deadlines.rules import law, rule_on

Given = Mapping[str, Any]


def depends_on(step: Step) -> list[str]:
    """The answers on which the limits of the step depend."""
    clocks = (*step.opens, *step.reopens)
    named = {name for clock in clocks for name in clock.conditions}
    named |= {name for clock in clocks for name in (clock.asks, clock.until, clock.since)}
    named |= {"served_party", "mode", "party", "respondent", "court"}
    return ["on", *(name for name in step.asks if name in named)]


@dataclass(frozen=True)
class Foreseen:
    """A limit that would open: `last_on` is None where it cannot be said yet; `only_if` says
    on which answer it depends."""

    name: str
    length: str
    last_on: date | None
    owner: str
    window: bool
    only_if: str = ""

    @property
    def words(self) -> str:
        given = {"name": self.name, "length": self.length}
        if self.last_on is None:
            return _("%(name)s, %(length)s") % given
        given["day"] = date_format(self.last_on, "Y-m-d")
        return _("%(name)s, %(length)s, until %(day)s") % given


def foreseen(procedure: Procedure, step: Step, on: date, given: Given) -> list[Foreseen]:
    """The limits that would open if the step were recorded on the day with these answers."""
    return list(_Foreseeing(procedure, step, on, given).limits())


def stopped(step: Step) -> list[str]:
    """What else the step does to limits, a sentence each."""
    said = (
        (step.meets, _("Kept with it: %(names)s.")),
        (step.pauses, _("Their clocks stand still: %(names)s.")),
        (step.resumes, _("Their clocks run again: %(names)s.")),
        (step.extends, _("Extended: %(names)s.")),
        (step.cancels, _("Falls away: %(names)s.")),
    )
    return [words % {"names": _names(rules)} for rules, words in said if rules]


def _names(rules: tuple[str, ...]) -> str:
    return "、".join(dict.fromkeys(_name(rule) for rule in rules))


def _name(rule: str) -> str:
    return name_of(rule) or _("Missing items to be supplied")


class _Foreseeing:
    def __init__(self, procedure: Procedure, step: Step, on: date, given: Given) -> None:
        self.step, self.on = step, on
        self.given = {**given, **step.sets}
        self.procedure = _after(procedure, step, on, self.given)

    def limits(self) -> Iterator[Foreseen]:
        for clock in (*self.step.opens, *self.step.reopens):
            unknown = self._unknown(clock)
            if unknown:
                yield from self._perhaps(clock, unknown)
            elif applies(clock, self.procedure, self.given, self.on):
                yield from self._surely(clock)

    def _unknown(self, clock: Clock) -> list[str]:
        """What the clock depends on and the step has still to be told."""
        asked = [name for name in clock.conditions if name in self.step.asks]
        if self.step.closes and (clock.modes or clock.modes_not or clock.judgments):
            asked.append("mode")
        return [name for name in asked if self.given.get(name) in (None, "")]

    def _perhaps(self, clock: Clock, unknown: list[str]) -> Iterator[Foreseen]:
        only_if = "、".join(self._condition(clock, name) for name in unknown)
        for limit in self._surely(clock):
            yield Foreseen(
                limit.name, limit.length, limit.last_on, limit.owner, limit.window, only_if
            )

    def _condition(self, clock: Clock, name: str) -> str:
        ask = ASKS[name]
        if name == "mode":
            modes = self.procedure.table.modes
            named = [modes[key].name for key in clock.modes or clock.modes_not]
            words = _("unless closed by %(modes)s") if clock.modes_not else "%(modes)s"
            return words % {"modes": "、".join(named)} if named else _("with a judgment")
        wanted = clock.conditions[name]
        keys = wanted if isinstance(wanted, tuple | list) else [wanted]
        choices = {str(key): label for key, label in ask.choices}
        return "、".join(str(choices.get(str(key), ask.label)) for key in keys)

    def _surely(self, clock: Clock) -> Iterator[Foreseen]:
        trigger = trigger_of(self.procedure, clock, self.on, self.given)
        if clock.until:
            yield from self._until(clock)
        elif trigger is not None:
            found = self._answer(clock, trigger)
            for owner, window in self._owners(clock):
                yield _limit(found, clock, owner, window)

    def _until(self, clock: Clock) -> Iterator[Foreseen]:
        last_on = self.given.get(clock.until)
        for owner, window in self._owners(clock):
            length = str(ASKS[clock.until].label)
            yield Foreseen(_name(clock.rule), length, last_on, owner, window)

    def _answer(self, clock: Clock, trigger: date) -> Answer:
        dispute = self.procedure.dispute
        override = (
            override_of(dispute.mechanism, clock.rule, trigger) if dispute.mechanism else None
        )
        length = self.given.get(clock.asks) if clock.asks else None
        case = Case(trigger, length=length, law_of=self.procedure.accepted_on)
        calendar: WorkCalendar = dispute.jurisdiction.calendar
        try:
            return answer(clock.rule, case, calendar=calendar, override=override)
        except RuleBroken as broken:
            rule = rule_on(clock.rule, trigger) or law()[clock.rule][0]
            return Answer(rule, case, None, broken.message)

    def _owners(self, clock: Clock) -> list[tuple[str, bool]]:
        """Whose it is; where the step has still to name somebody, what it asks.

        Nobody takes part yet in a procedure that is only planned: its organ alone is known.
        """
        if self.procedure.pk is None:
            organ = _owner(self.procedure, self.procedure.organ, clock, self.on)
            return [(organ, clock.window)] if clock.of == "organ" else []
        found = [
            (_owner(subject, unit, clock, self.on), window)
            for subject, unit, window in owners(self.procedure, clock, self.given)
        ]
        if found or clock.of not in ("served", "party", "respondent", "court"):
            return found
        name = "served_party" if clock.of == "served" else clock.of
        waits = name in self.step.asks and not self.given.get(name)
        return [(str(ASKS[name].label), clock.window)] if waits else []


def _owner(subject: object, unit: Organization, clock: Clock, on: date) -> str:
    if isinstance(subject, Participant):
        return str(subject)
    right = whose_window(clock.rule, on) if clock.window else ""
    return right or unit.short_name


def _limit(found: Answer, clock: Clock, owner: str, window: bool) -> Foreseen:
    last_on = found.reckoning.due_on if found.reckoning else None
    length = length_words(found.rule)
    return Foreseen(_name(clock.rule), length, last_on, owner, window)


def _after(procedure: Procedure, step: Step, on: date, given: Given) -> Procedure:
    """The procedure as the step would leave it; nothing is stored."""
    after = copy(procedure)
    after.facts = {**procedure.facts, **{k: v for k, v in given.items() if v not in (None, "")}}
    after.track = given.get("track") or procedure.track
    if step.accepts:
        after.accepted_on = on
    if step.closes:
        modes = after.table.modes_of(step)
        after.mode = modes[0].key if len(modes) == 1 else str(given.get("mode") or "")
    return after
