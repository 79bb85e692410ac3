"""The published values of indicators, of the bulletins that a reader may open."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from bulletins.kept import Kept, kept_in
from bulletins.models import Bulletin
from bulletins.states import TOLD, BulletinState
from bulletins.tables import INDICATORS
from bulletins.tables.indicators import D, N
from foundations.access.policy import visible_to
from mechanisms.models import Mechanism
from members.models import User
from services.indicators.definitions import Indicator, Unit, indicators
from services.indicators.periods import Period
from services.indicators.questions import Question, answered
from services.indicators.values import Value

MOST = 36
"""So many publications are listed, the newest first: three years of monthly reports."""


@dataclass(frozen=True)
class Published:
    """A figure as it stands in a bulletin that went out. `differs`: the records show another
    one now for the same days, as known on the same day; None of what cannot be counted now.
    `corrected_by` is the issue that took its place, where the reader may open it."""

    bulletin: Bulletin
    indicator: Indicator
    variant: str
    value: Value
    period: Period
    known_on: date
    counted_at: datetime | None
    corrected_by: Bulletin | None = None
    differs: bool | None = None
    months: int = 6

    @property
    def is_corrected(self) -> bool:
        return self.bulletin.state == BulletinState.WITHDRAWN

    @property
    def way(self) -> str:
        found = self.indicator.variants.get(self.variant)
        return found.name if found else self.variant


def published(mechanism: Mechanism, key: str, reader: User) -> list[Published]:
    """The published values of an indicator, the newest publication first."""
    bulletins = _told(mechanism, reader)
    later = {one.corrects_id: one for one in bulletins if one.corrects_id}
    found = [
        replace(one, corrected_by=later.get(bulletin.pk))
        for bulletin in bulletins
        for one in _values(bulletin, key)
    ][:MOST]
    return _compared(mechanism, found)


def issues_of(mechanism: Mechanism, reader: User, first_on: date, last_on: date) -> list[Bulletin]:
    """The bulletins in force that tell indicators of exactly these days."""
    rows = _told(mechanism, reader)
    wanted = [one for one in rows if one.days == (first_on, last_on)]
    return [one for one in wanted if one.state == BulletinState.CIRCULATED and _has_figures(one)]


def _told(mechanism: Mechanism, reader: User) -> list[Bulletin]:
    rows = visible_to(reader, Bulletin).filter(mechanism=mechanism, state__in=TOLD)
    near = ("issuer", "mechanism__jurisdiction", "white_paper__organization", "jurisdiction")
    near_rows = rows.select_related(*near).prefetch_related("tables")
    return list(near_rows.order_by("-circulated_on", "-pk"))


def _has_figures(bulletin: Bulletin) -> bool:
    return any(one.key == INDICATORS for one in kept_in(bulletin))


def _values(bulletin: Bulletin, key: str) -> Iterator[Published]:
    one = indicators().get(key)
    for kept in kept_in(bulletin) if one else ():
        asked = kept.filter.get("indicators", ()) if kept.key == INDICATORS else ()
        for told, row in zip(asked, kept.rows, strict=False):
            if one and told["key"] == key and isinstance(row[N], int):
                yield _value(bulletin, kept, one, told, row)


def _value(
    bulletin: Bulletin, kept: Kept, one: Indicator, told: dict[str, Any], row: list
) -> Published:
    scope = kept.scope
    return Published(
        bulletin=bulletin,
        indicator=one,
        variant=told["variant"],
        value=Value(row[N], row[D] if isinstance(row[D], int) else 0, one.unit),
        period=Period(scope.first_on, scope.last_on),
        known_on=scope.on,
        counted_at=kept.counted_at,
        months=told["months"],
    )


def _compared(mechanism: Mechanism, found: list[Published]) -> list[Published]:
    """With whether the records show another figure now; one question each, put together."""
    asked = [_question(mechanism, one) for one in found]
    values = iter(answered([one for one in asked if one is not None], apart=False))
    now = [next(values) if one is not None else None for one in asked]
    pairs = zip(found, now, strict=True)
    return [replace(one, differs=_differs(one, value)) for one, value in pairs]


def _differs(one: Published, now: Value | None) -> bool | None:
    if now is None or now.broken:
        return None
    parts = (now.n,) if now.unit == Unit.COUNT else (now.n, now.d)
    return parts != (one.value.n, one.value.d)[: len(parts)]


def _question(mechanism: Mechanism, one: Published) -> Question | None:
    """Of the whole place, as it was counted; None for a way of counting that is gone."""
    way = one.indicator.variants.get(one.variant)
    if way is None:
        return None
    return Question(
        indicator=one.indicator,
        variant=way,
        jurisdiction=mechanism.jurisdiction,
        first_on=one.period.first_on,
        last_on=one.period.last_on,
        on=one.known_on,
        reader=None,
        months=one.months,
    )
