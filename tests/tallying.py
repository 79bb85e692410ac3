"""Counting rows of disputes made by hand, for tests of figures.

    sat(city, "first_instance", "revoked", closed=day(5, 6))

writes a dispute, a procedure that never went its way, its `Tally` and an `AgencyTally` for
each agency, as if a procedure had come to this. Nothing is derived but what the mode's own
flags say. The usual period is the second quarter of 2026, seen from the end of July.
"""

from collections.abc import Iterable
from datetime import date
from itertools import count
from typing import Any

from cases.flow.table import table_of
from cases.models import Access, AgencyTally, Dispute, Procedure, Tally
from members.models import Organization, User
from services.indicators.definitions import Unit, indicator
from services.indicators.questions import Question, answer
from services.indicators.values import Value
from tests.city import City
from tests.letters import unit

FIRST, LAST, ON = date(2026, 4, 1), date(2026, 6, 30), date(2026, 7, 31)
TAKEN = date(2026, 3, 2)
ORGANS = {"reconsideration": "gov", "mediation": "court", "intake": "justice"}
_numbers = count(1)


def day(month: int, number: int, year: int = 2026) -> date:
    return date(year, month, number)


def other(city: City) -> Organization:
    """A second agency of the city."""
    return unit(city, "planning", "试验市自然资源局", "市自然资源局")


def dispute(city: City, agency: str = "agency", **columns: Any) -> Dispute:
    """A row that nobody may see yet."""
    given = {
        "title": f"第{next(_numbers)}件争议",
        "filed_on": TAKEN,
        "source": "window",
        "area": "urban_management",
        "act_kind": "行政处罚",
        "act": "罚款",
        **columns,
    }
    return Dispute.objects.create(
        jurisdiction=city.jurisdiction,
        mechanism=city.mechanism,
        agency=city.organizations[agency],
        registered_by=city.organizations["justice"],
        **given,
    )


def shown_to(row: Dispute, *organizations: Organization) -> None:
    """Let the organizations take part in the dispute, so that their people see it."""
    for one in organizations:
        Access.objects.create(
            dispute=row, principal=f"o{one.pk}", why="test", filed_on=row.filed_on
        )


def sat(
    city: City,
    kind: str,
    mode: str = "",
    *,
    taken: date | None = TAKEN,
    closed: date | None = None,
    opened: date = TAKEN,
    agencies: Iterable[str] = ("agency",),
    apiece: dict[str, dict[str, Any]] | None = None,
    of: Dispute | None = None,
    **columns: Any,
) -> Tally:
    """The rows of one procedure; `columns` are those of `Tally`, `apiece` those of single
    agencies that differ from them."""
    lead, *_others = agencies = list(agencies)
    area = columns.pop("area", "urban_management")
    about = of or dispute(city, lead, area=area)
    organ = city.organizations[columns.pop("organ", ORGANS.get(kind, "court"))]
    row = Procedure.objects.create(
        dispute=about, kind=kind, organ=organ, state="received", opened_on=opened
    )
    flags = table_of(kind).modes.get(mode)
    said = {
        "settled": bool(flags and flags.settled),
        "against": bool(flags and flags.against),
        "judged": bool(flags and flags.judgment),
        "counted": mode != "transferred",
        **columns,
    }
    tally = Tally.objects.create(
        procedure=row,
        dispute=about,
        jurisdiction=city.jurisdiction,
        kind=kind,
        organ=organ,
        agency=about.agency,
        area=area,
        mode=mode,
        taken_on=taken,
        closed_on=closed,
        **said,
    )
    shared = {name: value for name, value in columns.items() if name in OWN}
    for key in agencies:
        own = shared | (apiece or {}).get(key, {})
        AgencyTally.objects.create(tally=tally, organization=city.organizations[key], **own)
    return tally


OWN = {one.name for one in AgencyTally._meta.get_fields()} - {"id", "tally", "organization"}
"""What an agency has columns of its own for."""


def question(city: City, key: str, variant: str = "", **changes: Any) -> Question:
    """Of the usual period; `changes` are fields of Question, `first` and `last` for short."""
    asked = indicator(key)
    given = {
        "first_on": changes.pop("first", FIRST),
        "last_on": changes.pop("last", LAST),
        "on": ON,
        "jurisdiction": city.jurisdiction,
        **changes,
    }
    return Question(
        indicator=asked, variant=asked.variants[variant] if variant else asked.usual, **given
    )


def valued(city: City, key: str, variant: str = "", **changes: Any) -> Value:
    """The answer, after a look whether the lists behind it are as long."""
    asked = question(city, key, variant, **changes)
    found = answer(asked)
    assert not found.broken
    if asked.indicator.unit not in (Unit.DAYS,):
        assert asked.rows("n").count() == found.n
    if asked.indicator.unit != Unit.COUNT:
        assert asked.rows("d").count() == found.d
    for name, number in found.apart:
        assert asked.rows(name).count() == number
    return found


def n_of_d(city: City, key: str, variant: str = "", **changes: Any) -> tuple[int, int]:
    found = valued(city, key, variant, **changes)
    return found.n, found.d


def every(city: City, key: str, **changes: Any) -> dict[str, tuple[int, int]]:
    """n and d of all variants of an indicator."""
    return {variant: n_of_d(city, key, variant, **changes) for variant in indicator(key).variants}


def apart(city: City, key: str, variant: str = "", **changes: Any) -> dict[str, int]:
    """What is told beside it, without what there is none of."""
    return {name: n for name, n in valued(city, key, variant, **changes).apart if n}


def by_unit(city: City, key: str, unit: str, variant: str = "", **changes: Any) -> tuple[int, int]:
    narrow = (("unit", city.organizations[unit].pk),)
    return n_of_d(city, key, variant, narrow=narrow, **changes)


def reader(city: City, key: str) -> User:
    return city.users[key]
