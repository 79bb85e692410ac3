"""What an indicator is: data under `definitions/`, read once and checked against the sources.

    family: 行政复议             # the heading under which pages print them
    indicators:
      - key: R3
        name: 复议调解率
        unit: percent            # percent, times, days, count
        better: up               # up, down, or nothing
        source: instances
        date: closed             # which of the source's dates places a row in the period
        variants:
          - key: concluded
            name: 审结
            n: [settled]         # conditions of the source, all of which a row meets
            d: [reconsideration, accepted, closed]
            basis: 以调解书、和解……计；……
            apart:
              - {name: 未结, of: [reconsideration, accepted, open_at_end], dated: false}

A row of the numerator is one of the denominator that also meets `n`, unless `alone: true`
(then `n` stands for itself, placed by `n_date`). `days` are the mean of `sum` over `d`;
a `count` has no `d`. Where rows carry figures of their own, `n_sum` and `d_sum` name the
sums that stand for the number of rows. A variant may name a source or a date of its own.
The first variant is the one that holds where an institution chooses none.

What is wrong here breaks one indicator and no other: `faults` tells it, `manage.py check`
prints it, and a question about it is answered by its reason.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from django.utils.translation import gettext as _

from services.indicators.sources import Source, registered, source

FILES = Path(__file__).parent / "definitions"
PARTS = frozenset({"n", "d"})
"""Names that nothing told apart may have."""


class Unit(StrEnum):
    PERCENT = "percent"
    TIMES = "times"
    DAYS = "days"
    COUNT = "count"


class Better(StrEnum):
    UP = "up"
    DOWN = "down"
    NEITHER = ""


@dataclass(frozen=True)
class Apart:
    """Rows that are in no figure and are told beside it (I3): 未结, 未到期, 移送."""

    name: str
    of: tuple[str, ...]
    dated: bool = True


@dataclass(frozen=True)
class Variant:
    """口径: one way to count an indicator. `basis` is printed under every table of it."""

    key: str
    name: str
    source: str
    date: str
    n: tuple[str, ...]
    d: tuple[str, ...]
    basis: str
    alone: bool = False
    n_date: str = ""
    sum: str = ""
    n_sum: str = ""
    d_sum: str = ""
    apart: tuple[Apart, ...] = ()

    @property
    def counted_in(self) -> Source:
        """KeyError where no room registered the source."""
        return source(self.source)

    @property
    def sums(self) -> frozenset[str]:
        return frozenset({self.sum, self.n_sum, self.d_sum} - {""})


@dataclass(frozen=True)
class Indicator:
    key: str
    name: str
    unit: Unit
    better: Better
    variants: Mapping[str, Variant]
    about: str = ""
    family: str = ""

    @property
    def usual(self) -> Variant:
        return next(iter(self.variants.values()))


def indicators() -> Mapping[str, Indicator]:
    """Every indicator by key, in the order of the files; without those that cannot be read,
    which are among the `faults`."""
    return read(FILES)[0]


def indicator(key: str) -> Indicator:
    """KeyError for a key that nothing defines."""
    return indicators()[key]


@cache
def read(folder: Path) -> tuple[Mapping[str, Indicator], tuple[str, ...]]:
    """The indicators of the files of a folder, and what of them could not be read."""
    found: dict[str, Indicator] = {}
    wrong: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        for one in _entries(path):
            if isinstance(one, str):
                wrong.append(f"{path.name}: {one}")
            elif one.key in found:
                wrong.append(f"{path.name}: {one.key} is defined twice")
            else:
                found[one.key] = one
    return MappingProxyType(found), tuple(wrong)


def _entries(path: Path) -> Iterator[Indicator | str]:
    """Each indicator of a file, or what is wrong with it."""
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        yield " ".join(str(error).split())
        return
    family = given.get("family", "") if isinstance(given, dict) else ""
    rows = given.get("indicators", given) if isinstance(given, dict) else given
    for place, one in enumerate(rows if isinstance(rows, list) else [rows], start=1):
        try:
            yield _indicator(one, family)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            key = one.get("key", place) if isinstance(one, dict) else place
            yield f"{key}: {type(error).__name__}: {error}"


def _indicator(given: dict[str, Any], family: str) -> Indicator:
    shared = {"source": given["source"], "date": given.get("date", "")}
    variants = [_variant(one, shared) for one in given["variants"]]
    twice = [key for key, times in Counter(one.key for one in variants).items() if times > 1]
    if twice or not variants:
        raise ValueError(f"variants defined twice: {twice}" if twice else "no variants")
    return Indicator(
        key=given["key"],
        name=given["name"],
        unit=Unit(given.get("unit", "percent")),
        better=Better(given.get("better") or ""),
        variants=MappingProxyType({one.key: one for one in variants}),
        about=given.get("about", ""),
        family=given.get("family", family),
    )


def _variant(given: dict[str, Any], shared: Mapping[str, str]) -> Variant:
    named = {**shared, **given}
    apart = [
        Apart(one["name"], _names(one["of"]), one.get("dated", True))
        for one in named.pop("apart", ())
    ]
    n, d = _names(named.pop("n", ())), _names(named.pop("d", ()))
    return Variant(**named, n=n, d=d, apart=tuple(apart))


def _names(given: Any) -> tuple[str, ...]:
    if not isinstance(given, (list, tuple)):
        raise TypeError(f"conditions are a list, not {given!r}")
    return tuple(given)


def faults() -> Iterator[str]:
    """What cannot be read, and what the definitions name and no source has; nothing when all
    is well."""
    found, wrong = read(FILES)
    yield from wrong
    for one in found.values():
        for variant in one.variants.values():
            for said in faults_of(variant, one.unit):
                yield f"{one.key}/{variant.key}: {said}"


def faults_of(variant: Variant, unit: Unit | None = None) -> Iterator[str]:
    """What is wrong with one way of counting: in itself, for its unit, in its source and in
    the rows of that source that stand for units."""
    yield from _misshapen(variant, unit)
    if variant.source not in registered():
        yield _("there is no source %(name)s") % {"name": variant.source}
        return
    counted_in = variant.counted_in
    for one in filter(None, (counted_in, counted_in.apiece)):
        yield from _lacking(variant, one)


def _misshapen(variant: Variant, unit: Unit | None) -> Iterator[str]:
    names = Counter(one.name for one in variant.apart)
    for name, times in names.items():
        if times > 1 or name in PARTS:
            yield _("“%(name)s” cannot be told apart under this name") % {"name": name}
    if unit in (Unit.PERCENT, Unit.TIMES) and not variant.d:
        yield _("a rate needs a denominator")
    if unit == Unit.DAYS and not (variant.sum and variant.d):
        yield _("a mean needs a sum and a denominator")
    if unit == Unit.COUNT and variant.d:
        yield _("a count has a numerator only")


def _lacking(variant: Variant, counted_in: Source) -> Iterator[str]:
    named = {*variant.n, *variant.d, *(name for one in variant.apart for name in one.of)}
    lacking = {
        _("there is no condition %(name)s in %(source)s"): (
            {name.removeprefix("~") for name in named} - set(counted_in.conditions)
        ),
        _("there is no date %(name)s in %(source)s"): (
            {variant.date, variant.n_date} - {""} - set(counted_in.dates)
        ),
        _("there is no sum %(name)s in %(source)s"): variant.sums - set(counted_in.sums),
    }
    for said, names in lacking.items():
        for name in sorted(names):
            yield said % {"name": name, "source": counted_in.key}
