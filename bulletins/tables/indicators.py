"""Tables of indicators: some of them beside each other, and one of them unit by unit.

They are counted of everything in the place (`reader=None`), and not of what the issuer may
open: a published figure is the official one, the same for whoever reads it, and can be
counted again by anybody. Only numbers and names of units enter a table, never a row. So it is
the parties of the institution alone that publish them (`publishes`); who of their people
writes, reviews and signs, is the policy of bulletins.
"""

from dataclasses import dataclass, replace
from typing import Any

from bulletins.tables.shapes import TOTAL, Counted, Picked, Rows, Scope, Table
from mechanisms.models import Mechanism
from mechanisms.queries import parties
from members.models import Organization
from services.indicators.definitions import Better, Unit, indicators
from services.indicators.profile import Choice, choices_of
from services.indicators.questions import UNIT, Question, answered, by_group
from services.indicators.values import NOTHING, SIGNS, SMALL, Value, change

INDICATORS = "indicators"
BY_UNIT = "units-"
WHOLE, OF_ISSUER = "whole", "issuer"
COLUMNS = ("指标", "分子", "分母", "数值", "上年同期", "同比", "目标", "是否达标")
UNIT_COLUMNS = ("单位", "位次", "分子", "分母", "数值", "上年同期", "同比")
N, D, FIGURE, BEFORE, MOVED, TARGET, MET = range(1, 8)
"""The cells of a row of `COLUMNS` after the name."""
UNIT_NOTE = (
    f"基数不足{SMALL}的单位列于后，不作排名。一案涉及几个单位的，各单位分别计入，"
    "各单位之和可能大于合计。"
)


@dataclass(frozen=True)
class Counting:
    """An indicator in one way of counting, over the days of a scope."""

    choice: Choice
    question: Question

    @property
    def is_count(self) -> bool:
        return self.choice.indicator.unit == Unit.COUNT


def publishes(mechanism: Mechanism, issuer: Organization) -> bool:
    """Does a body speak for a side of the institution?"""
    return any(issuer.pk in (one.lead_id, one.acting_id) for one in parties(mechanism))


def is_of_indicators(key: str) -> bool:
    return key == INDICATORS or key.startswith(BY_UNIT)


def table_of_indicators(key: str) -> Table | None:
    """None for a key that names no table of indicators."""
    if key == INDICATORS:
        return Table(key, "主要指标情况", COLUMNS, None)
    found = indicators().get(key.removeprefix(BY_UNIT)) if key.startswith(BY_UNIT) else None
    return Table(key, f"各单位{found.name}情况", UNIT_COLUMNS, None) if found else None


def counted_indicators(key: str, scope: Scope) -> Counted:
    """A table of indicators; what is no longer defined has no row."""
    wanted = scope.indicators
    if key != INDICATORS:
        own = key.removeprefix(BY_UNIT)
        wanted = tuple(one for one in wanted if one.key == own)[:1] or (Picked(own),)
    asked = _countings(scope, wanted)
    rows = _rows(asked) if key == INDICATORS else _unit_rows(asked)
    bases = [_basis(one) for one in asked]
    if key != INDICATORS:
        bases.append(UNIT_NOTE)
    return Counted(rows, "\n".join(bases), _filter(scope, asked))


def period_of(scope: Scope) -> dict[str, str]:
    days = {"first_on": scope.first_on, "last_on": scope.last_on, "known_on": scope.on}
    return {name: day.isoformat() for name, day in days.items()}


def _filter(scope: Scope, asked: list[Counting]) -> dict[str, Any]:
    kept = [
        {
            "key": one.choice.key,
            "variant": one.question.variant.key,
            "months": one.question.months,
        }
        for one in asked
    ]
    return {**period_of(scope), "scope": WHOLE, "indicators": kept}


def _countings(scope: Scope, wanted: tuple[Picked, ...]) -> list[Counting]:
    choices = choices_of(scope.mechanism, min(scope.last_on, scope.on))
    found = [(_chosen(choices[one.key], one)) for one in wanted if one.key in choices]
    return [Counting(one, _question(scope, one)) for one in found]


def _chosen(choice: Choice, one: Picked) -> Choice:
    """A target is set for the institution's own way of counting and for no other."""
    way = choice.indicator.variants.get(one.variant, choice.variant)
    if way != choice.variant:
        choice = replace(choice, variant=way, at_least=None, at_most=None)
    return replace(choice, months=one.months or choice.months)


def _question(scope: Scope, choice: Choice) -> Question:
    return Question(
        indicator=choice.indicator,
        variant=choice.variant,
        jurisdiction=scope.mechanism.jurisdiction,
        first_on=scope.first_on,
        last_on=scope.last_on,
        on=scope.on,
        reader=None,
        months=choice.months,
    )


def _rows(asked: list[Counting]) -> Rows:
    now = answered([one.question for one in asked], apart=False)
    before = answered([one.question.a_year_before for one in asked], apart=False)
    return [_row(*three) for three in zip(asked, now, before, strict=True)]


def _row(one: Counting, now: Value, before: Value) -> list[str | int]:
    met = {True: "达标", False: "未达标", None: NOTHING}[one.choice.meets(now)]
    figures = [*_parts(one, now), now.text, before_text(before), _moved(one, now, before)]
    return [one.choice.indicator.name, *figures, _target(one.choice), met]


def _parts(one: Counting, value: Value) -> list[str | int]:
    if value.broken:
        return [NOTHING, NOTHING]
    return [value.n, NOTHING if one.is_count else value.d]


def before_text(value: Value) -> str:
    """n and d stand beside a rate (I7)."""
    return value.text if value.figure is None else str(value).replace(" ", "")


def _moved(one: Counting, now: Value, before: Value) -> str:
    found = change(now, before, one.choice.indicator.better)
    return found.text.replace(" ", "") if found else NOTHING


def _target(choice: Choice) -> str:
    bounds = (("≥", choice.at_least), ("≤", choice.at_most))
    sign = SIGNS[choice.indicator.unit]
    found = [f"{word}{to.normalize():f}{sign}" for word, to in bounds if to is not None]
    return "、".join(found) or NOTHING


def _unit_rows(asked: list[Counting]) -> Rows:
    """Ranked in the wanted direction; those of a small base last and without a place (I9)."""
    if not asked or asked[0].question.broken or UNIT not in asked[0].question.source.groups:
        return []
    one = asked[0]
    now = by_group(one.question, UNIT)
    before = by_group(one.question.a_year_before, UNIT)
    words = one.question.source.groups[UNIT].words(list(now))
    large = [key for key in words if not now[key].is_small]
    large.sort(key=lambda key: (_rank(one, now[key]), -now[key].d))
    places = {key: place for place, key in enumerate(large, start=1)} if len(large) > 1 else {}
    small = [key for key in words if now[key].is_small]
    nothing = Value(0, 0, one.choice.indicator.unit)
    rows: Rows = []
    for key in [*large, *small]:
        then = before.get(key, nothing)
        rows.append([words[key], places.get(key, NOTHING), *_unit_cells(one, now[key], then)])
    if rows:
        rows.append([TOTAL, "", *_unit_cells(one, *_whole(one))])
    return rows


def _whole(one: Counting) -> tuple[Value, Value]:
    now, before = answered([one.question, one.question.a_year_before], apart=False)
    return now, before


def _unit_cells(one: Counting, now: Value, before: Value) -> list[str | int]:
    return [*_parts(one, now), now.text, before_text(before), _moved(one, now, before)]


def _rank(one: Counting, value: Value) -> float:
    figure = float(value.figure or 0)
    return figure if one.choice.indicator.better == Better.DOWN else -figure


def _basis(one: Counting) -> str:
    way = one.choice.variant
    return f"{one.choice.indicator.name}（{way.name}）：{way.basis}"
