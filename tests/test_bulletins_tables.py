"""What the portal counts for a bulletin, against records made by their own actions."""

from datetime import date

import pytest

from bulletins.tables import TABLES, Scope, counted
from bulletins.tables.shapes import share, summed
from tests.answering import replied, served
from tests.disputes import filed, suit
from tests.matters import deciding

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
BEFORE = (date(2025, 1, 1), date(2025, 12, 31))


def scope(city, issuer: str, days=YEAR) -> Scope:
    return Scope(city.mechanism, city.organizations[issuer], *days, date(2026, 11, 20))


@pytest.mark.parametrize(
    ("issuer", "days", "rows"),
    [
        ("justice", YEAR, [["市综合执法局", 0, 3, 3, 2, 0]]),
        ("gov", YEAR, [["市综合执法局", 0, 3, 3, 2, 0]]),
        ("justice", (date(2026, 4, 1), date(2026, 4, 30)), [["市综合执法局", 3, 0, 3, 2, 0]]),
        ("justice", (date(2026, 3, 1), date(2026, 3, 31)), [["市综合执法局", 0, 3, 0, 0, 3]]),
        ("justice", BEFORE, []),
        ("court", YEAR, []),
    ],
)
def test_reconsideration_is_counted_by_agency(city, issuer, days, rows):
    deciding(city)

    assert counted("reconsideration", scope(city, issuer, days)) == rows


def test_suits_are_the_courts_own(city):
    filed(suit(city), date(2026, 3, 9))
    suit(city)

    assert counted("suits", scope(city, "court")) == [["一审", 0, 1, 0, 1]]
    assert counted("suits", scope(city, "justice")) == []
    assert counted("losses", scope(city, "court")) == []


def test_suggestions_are_counted_by_unit(city):
    replied(city, served(city))
    served(city)

    (line,) = counted("suggestions", scope(city, "court"))
    assert line[:3] == ["市综合执法局", 2, 1]
    assert counted("suggestions", scope(city, "justice")) == []


def test_every_table_has_heads_and_counts_without_records(city):
    for key, table in TABLES.items():
        assert len(table.columns) >= 2
        assert counted(key, scope(city, "court")) == []


def test_sums_leave_shares_out():
    assert summed([["甲", 1, "50.00%"], ["乙", 2, "—"]])[-1] == ["合计", 3, "—"]
    assert summed([["甲", 1]]) == [["甲", 1]]
    assert (share(1, 4), share(0, 0)) == ("25.00%", "—")
