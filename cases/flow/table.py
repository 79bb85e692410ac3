"""The procedures as data: `tables/*.yaml`, read once and checked whole.

A procedure is opened by its starting step, moves by steps, and ends by one that closes it
with a mode of its own. Labels are those of the law and are never merged: 驳回复议请求 is
not 驳回申请.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from cases.numbers.types import codes

TABLES = Path(__file__).parent / "tables"
MAY_MISS = "?"
BACK = "back"
"""The target of a step that returns to the state before the procedure was interrupted."""


@dataclass(frozen=True)
class State:
    """`ends`: the organ has closed the procedure; what still happens is its aftermath."""

    key: str
    name: str
    ends: bool = False


@dataclass(frozen=True)
class Mode:
    """One way to close, with what depends on it.

    `state` is where the procedure then stands, if the closing step does not say it.
    `settled`: resolved by agreement; `against`: the agency lost; `judgment` / `ruling`: what
    the court gave; `appeal`: a ruling that can be appealed against; `notice`: how the outcome
    is told ("single", "collected", "none"; a profile may say otherwise); `defendants`: who
    is sued after it; `onward`: it failed, the next way out is offered; `legacy`: only in old
    records.
    """

    key: str
    name: str
    state: str = ""
    settled: bool = False
    against: bool = False
    judgment: bool = False
    ruling: bool = False
    appeal: bool = False
    notice: str = ""
    defendants: str = ""
    onward: bool = False
    legacy: bool = False


@dataclass(frozen=True)
class Clock:
    """A time limit that a step opens: its rule and whose it is.

    `of`: "organ", "respondents" (each), "respondent" / "served" / "party" (the one the step
    names), "applicant" (an agency), "court". `window`: a right that lapses, nobody's duty.
    `conditions`: facts of the procedure that must be so; `modes`, `modes_not`, `judgments`:
    for which outcomes; `roles`: only for who takes part as this. It is counted from the
    day of the step, of an earlier step `trigger` ("accepted": from the acceptance), or from
    the day that the fact `since` names; `asks`: the field that holds its own length;
    `until`: the field that holds its last day, where no rule counts it.
    """

    rule: str
    of: str
    window: bool = False
    conditions: Mapping[str, Any] = field(default_factory=dict)
    modes: tuple[str, ...] = ()
    modes_not: tuple[str, ...] = ()
    judgments: bool = False
    roles: tuple[str, ...] = ()
    trigger: str = ""
    since: str = ""
    asks: str = ""
    until: str = ""


@dataclass(frozen=True)
class Step:
    """Something that happens in a procedure on a day.

    `sources` are the states it may happen in, `target` the state after it ("" stays, BACK
    returns); `to_final` the one where nobody can appeal; in those of `stays` it happens
    without leaving them. `by` names who may record it. `asks` are the facts it takes,
    `optional` those of them that may be missing here ("number?" in the table), `needs` the
    rules of `cases.flow.guards` it must pass. `modes` limits how a closing step may close;
    `accepts`: with it the organ has accepted the case.
    """

    key: str
    name: str
    sources: tuple[str, ...]
    target: str = ""
    to_final: str = ""
    stays: tuple[str, ...] = ()
    start: bool = False
    accepts: bool = False
    closes: bool = False
    by: tuple[str, ...] = ("organ",)
    asks: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    sets: Mapping[str, Any] = field(default_factory=dict)
    opens: tuple[Clock, ...] = ()
    reopens: tuple[Clock, ...] = ()
    meets: tuple[str, ...] = ()
    meets_of: str = "organ"
    cancels: tuple[str, ...] = ()
    pauses: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    extends: tuple[str, ...] = ()


@dataclass(frozen=True)
class Onward:
    """The next procedure that is offered, after which mode or in which state, and why."""

    kind: str
    reason: str
    mode: str = ""
    state: str = ""
    to: str = ""


@dataclass(frozen=True)
class Table:
    """One kind of procedure."""

    key: str
    name: str
    series: str
    organs: tuple[str, ...]
    first: str
    states: Mapping[str, State]
    modes: Mapping[str, Mode]
    steps: Mapping[str, Step]
    onward: tuple[Onward, ...] = ()
    types: tuple[str, ...] = ()

    @property
    def opening(self) -> Step:
        return next(step for step in self.steps.values() if step.start)

    def possible(self, state: str) -> list[Step]:
        """The steps that may happen now."""
        return [step for step in self.steps.values() if state in step.sources]

    def modes_of(self, step: Step) -> list[Mode]:
        """How `step` may close the procedure; old modes only by import."""
        keys = step.modes or tuple(self.modes)
        return [self.modes[key] for key in keys if not self.modes[key].legacy]


@cache
def tables() -> Mapping[str, Table]:
    """Every kind of procedure by key, in the order in which a dispute may meet them."""
    found = {table.key: table for table in _read()}
    return MappingProxyType(found)


def table_of(kind: str) -> Table:
    """Raises KeyError for a kind that no table has."""
    return tables()[kind]


def _read() -> Iterator[Table]:
    for path in sorted(TABLES.glob("*.yaml")):
        for source in yaml.safe_load_all(path.read_text(encoding="utf-8")):
            yield _table(source)


def _table(source: dict) -> Table:
    closing = {step["key"] for step in source["steps"] if step.get("closes")}
    states = {key: _state(key, given) for key, given in source["states"].items()}
    steps = [_step(given) for given in source["steps"]]
    table = Table(
        key=source["key"],
        name=source["name"],
        series=source["series"],
        organs=tuple(source["organs"]),
        types=_types_of(source["key"]),
        first=source["first"],
        states=MappingProxyType(states),
        modes=MappingProxyType({k: Mode(key=k, **given) for k, given in source["modes"].items()}),
        steps=MappingProxyType({step.key: step for step in steps}),
        onward=tuple(Onward(**given) for given in source.get("onward", ())),
    )
    _check(table, closing)
    return table


def _types_of(kind: str) -> tuple[str, ...]:
    """The codes by which a court numbers such procedures, as `cases.numbers` knows them."""
    return tuple(code for code, one in codes().types.items() if one.procedure == kind)


def _state(key: str, given: str | dict) -> State:
    return State(key, given) if isinstance(given, str) else State(key, **given)


def _step(given: dict) -> Step:
    plain = {name: _frozen(value) for name, value in given.items() if name not in _READ}
    asked, stays = given.get("asks", ()), tuple(given.get("stays", ()))
    return Step(
        sources=(*given.get("from", ()), *stays),
        stays=stays,
        asks=tuple(name.rstrip(MAY_MISS) for name in asked),
        optional=tuple(name.rstrip(MAY_MISS) for name in asked if name.endswith(MAY_MISS)),
        target=given.get("to", ""),
        opens=tuple(_clock(clock) for clock in given.get("opens", ())),
        reopens=tuple(_clock(clock) for clock in given.get("reopens", ())),
        **plain,
    )


_READ = {"from", "to", "stays", "asks", "opens", "reopens"}


def _clock(given: dict) -> Clock:
    plain = {name: _frozen(value) for name, value in given.items() if name != "if"}
    return Clock(conditions=given.get("if", {}), **plain)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _check(table: Table, closing: set[str]) -> None:
    """Raise ValueError for a table that names what it doesn't have."""
    named = {state for step in table.steps.values() for state in step.sources}
    named |= {step.target for step in table.steps.values()} - {"", BACK}
    named |= {step.to_final for step in table.steps.values()} - {""}
    named |= {mode.state for mode in table.modes.values()} - {""} | {table.first}
    if strange := named - table.states.keys():
        raise ValueError(f"{table.key}: no such states: {sorted(strange)}")
    modes = {mode for step in table.steps.values() for mode in step.modes}
    if strange := modes - table.modes.keys():
        raise ValueError(f"{table.key}: no such modes: {sorted(strange)}")
    ends = [state.key for state in table.states.values() if state.ends]
    for key in closing:
        step = table.steps[key]
        lost = [m.key for m in table.modes_of(step) if not (step.target or m.state or ends)]
        if lost:
            raise ValueError(f"{table.key}.{key}: closes nowhere: {lost}")
