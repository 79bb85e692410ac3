"""R14, R14a, R19, R20, R23 and the counts: rows made by hand, n and d counted by hand."""

from decimal import Decimal

import pytest

from cases.models import Dispute, Guidance
from services.indicators.questions import by_group, by_month
from tests.city import City
from tests.tallying import (
    FIRST,
    LAST,
    apart,
    by_unit,
    day,
    dispute,
    every,
    n_of_d,
    question,
    sat,
    valued,
)

pytestmark = pytest.mark.django_db
R, S, S2, M = "reconsideration", "first_instance", "second_instance", "mediation"


def mediated(city: City, mode: str = "", closed=None, **columns):
    return sat(city, M, mode, taken=None, closed=closed, **columns)


def test_resolved_before_the_suit(city: City):
    """One of every mode: three resolved, two that were never entered, three others."""
    for mode in (
        "settled",
        "withdrawn_settled",
        "withdrawn_performed",
        "refused",
        "unreachable",
        "failed",
        "expired",
        "other",
    ):
        mediated(city, mode, closed=day(5, 6))
    for closed in (FIRST, LAST, day(3, 31), day(7, 1)):
        mediated(city, "settled", closed=closed)
    mediated(city, "settled", closed=day(5, 6), within=True)  # in a suit
    mediated(city)
    mediated(city, opened=LAST)
    mediated(city, opened=day(7, 1))  # begun after the period
    sat(city, R, "mediated", closed=day(5, 6))
    assert every(city, "R14") == {"closed": (5, 10), "entered": (5, 8)}
    # Open on 30 June: two, and the one settled on 1 July.
    assert apart(city, "R14") == {"未结": 3, "未进入调解": 2}


def test_share_resolved_before_the_suit(city: City):
    for closed in (FIRST, LAST, day(3, 31), day(7, 1)):
        mediated(city, "settled", closed=closed)
    mediated(city, "failed", closed=day(5, 6))
    mediated(city, "settled", closed=day(5, 6), within=True)
    for taken in (FIRST, day(5, 6), LAST, day(3, 31), day(7, 1)):
        sat(city, S, taken=taken)
    sat(city, S, "transferred", taken=day(5, 6), closed=day(5, 7))
    sat(city, S, "not_filed", taken=None, closed=day(5, 7))
    assert every(city, "R14a") == {"resolved": (2, 5)}  # 2 of 2 + 3
    months = by_month(question(city, "R14a"))
    assert {first.month: (one.n, one.d) for first, one in months.items()} == {
        4: (1, 2),
        5: (0, 1),
        6: (1, 2),
    }


def test_how_long_it_took(city: City):
    sat(city, R, "upheld", closed=FIRST, days=60, track="ordinary")
    sat(city, R, "upheld", closed=LAST, days=31, track="ordinary", enterprise=True)
    sat(city, R, "mediated", closed=day(5, 6), days=10, track="simplified", enterprise=True)
    sat(city, R, "upheld", closed=day(5, 6), days=0, track="simplified")
    sat(city, R, "not_accepted", taken=None, closed=day(5, 6))
    sat(city, R, enterprise=True, track="ordinary")
    sat(city, S, "revoked", closed=day(5, 6), days=100, track="ordinary", enterprise=True)
    sat(city, S, "revoked", closed=day(5, 6), days=51, track="simplified")
    sat(city, S, "transferred", closed=day(5, 6), days=7)
    for closed in (day(3, 31), day(7, 1)):
        sat(city, R, "upheld", closed=closed, days=500, track="ordinary", enterprise=True)
        sat(city, S, "revoked", closed=closed, days=500)
    assert every(city, "R19") == {
        "reconsideration": (101, 4),
        "enterprise": (41, 2),
        "simplified": (10, 2),
        "ordinary": (91, 2),
        "first_instance": (151, 2),
    }
    assert valued(city, "R19").text == "25.25天"
    assert valued(city, "R19", "ordinary").figure == Decimal("45.50")
    assert apart(city, "R19") == {"未结": 2}  # the open one, and that of 1 July
    assert apart(city, "R19", "simplified") == {}


def test_cases_closed(city: City):
    """In hand: what was open on 1 April, and what came until 30 June."""
    sat(city, R, "upheld", taken=day(3, 2), closed=day(3, 31))  # over before
    sat(city, R, "upheld", taken=day(3, 2), closed=FIRST)
    sat(city, R, "upheld", taken=day(3, 2), closed=day(5, 7))
    sat(city, S, "revoked", taken=FIRST, closed=LAST)
    sat(city, R, taken=LAST)
    sat(city, S, "revoked", taken=day(5, 6), closed=day(7, 1))
    sat(city, S, "revoked", taken=day(7, 1), closed=day(7, 1))  # came after it
    sat(city, S, "transferred", taken=day(5, 6), closed=day(5, 8))
    sat(city, R, "not_accepted", taken=None, closed=day(5, 8))
    sat(city, S2, "changed", taken=day(5, 6), closed=day(5, 8))
    assert every(city, "R20") == {
        "in_hand": (3, 5),
        "new": (3, 3),  # closed: 1 April, 7 May, 30 June; taken: 1 April, 30 June, 6 May
        "reconsideration": (2, 3),
        "first_instance": (1, 2),
    }
    assert apart(city, "R20") == {"未结": 2}
    assert apart(city, "R20", "new") == {"未结": 2}
    # As known on 20 June: what was closed on the 30th is open, what came then is not there.
    assert n_of_d(city, "R20", on=day(6, 20)) == (2, 4)
    months = by_month(question(city, "R20"))
    assert {first.month: (one.n, one.d) for first, one in months.items()} == {
        4: (1, 3),
        5: (1, 3),
        6: (1, 3),
    }


def guided(city: City, possible: bool, on=None, **columns) -> Dispute:
    row = dispute(city, **columns)
    Guidance.objects.create(
        dispute=row,
        possible=possible,
        guided_on=on,
        organization=city.organizations["justice"],
    )
    return row


def test_guided_to_reconsideration(city: City):
    guided(city, True, day(4, 2), filed_on=FIRST)
    guided(city, True, day(7, 31), filed_on=LAST)
    guided(city, True, day(8, 1), filed_on=day(5, 6))  # only after 31 July
    guided(city, True, filed_on=day(5, 6))
    guided(city, False, filed_on=day(5, 6))
    guided(city, True, day(4, 2), filed_on=day(3, 31))
    guided(city, True, day(7, 2), filed_on=day(7, 1))
    dispute(city, filed_on=day(5, 6))  # nobody said whether it could be
    assert every(city, "R23") == {"standard": (2, 4)}
    assert apart(city, "R23") == {"尚未登记引导情况": 1}
    assert n_of_d(city, "R23", on=day(8, 1)) == (3, 4)
    assert by_unit(city, "R23", "agency") == (2, 4)
    # Registered in the quarter: six.
    assert valued(city, "C3").n == 6
    assert valued(city, "C3").text == "6"


def test_cases_taken(city: City):
    for taken in (FIRST, LAST, day(3, 31), day(7, 1)):
        sat(city, S, taken=taken)
        sat(city, R, taken=taken)
    sat(city, S, "transferred", taken=day(5, 6), closed=day(5, 8))
    sat(city, S, "not_filed", taken=None, closed=day(5, 8))
    sat(city, R, "not_accepted", taken=None, closed=day(5, 8))
    sat(city, R, taken=day(5, 6), agencies=("court", "agency"))
    sat(city, S2, taken=day(5, 6))
    assert valued(city, "C1").n == 2
    assert valued(city, "C2").n == 3
    assert apart(city, "C1") == {"移送等不计": 1}
    assert by_unit(city, "C2", "agency")[0] == 3
    assert by_unit(city, "C2", "court")[0] == 1


def test_areas_are_whole_ones(city: City):
    for area in ("land", "planning", "natural_resources", "tax", "gone"):
        sat(city, R, taken=day(5, 6), area=area)
        dispute(city, area=area, filed_on=day(5, 6))
    for key in ("C2", "C3"):
        asked = question(city, key)
        found = {area: one.n for area, one in by_group(asked, "area").items()}
        assert found == {"natural_resources": 3, "tax": 1, "gone": 1}
        words = asked.source.groups["area"].words(set(found))
        assert list(words.values()) == ["自然资源", "税务", "gone"]
        assert n_of_d(city, key, narrow=(("area", "natural_resources"),))[0] == 3


@pytest.mark.parametrize("key", ["R14", "R14a", "R19", "R20", "R23"])
def test_without_a_base_there_is_a_dash(city: City, key):
    for found in every(city, key).values():
        assert found == (0, 0)
    assert valued(city, key).text == "—"
