"""R5, R12, R13, R15, R17 and R18: rows made by hand, n and d counted by hand."""

from datetime import date

import pytest

from cases.figures.conditions import last_observed
from services.indicators.sources import Terms
from tests.city import City
from tests.tallying import FIRST, LAST, ON, apart, by_unit, day, every, n_of_d, other, sat, valued

pytestmark = pytest.mark.django_db
R, S, S2 = "reconsideration", "first_instance", "second_instance"

LOST = [
    "revoked",
    "partly_revoked",
    "revoked_redo",
    "partly_revoked_redo",
    "changed",
    "unlawful",
    "void",
    "ordered",
    "payment",
    "agreement_liability",
    "compensation",
]
WON = ["claims_dismissed", "upheld_legacy"]
NO_JUDGMENT = [
    "mediated",
    "withdrawn_settled",
    "withdrawn_corrected",
    "withdrawn_own",
    "deemed_withdrawn",
    "suit_dismissed",
    "ended",
]


def test_lost(city: City):
    """One of every mode: 11 lost, 2 won, 7 without a judgment; transferred, not filed."""
    for mode in LOST + WON + NO_JUDGMENT + ["transferred"]:
        sat(city, S, mode, closed=day(5, 6))
    sat(city, S, "not_filed", taken=None, closed=day(5, 6))
    sat(city, S)
    sat(city, S, "revoked", closed=day(7, 1))
    sat(city, S, "revoked", closed=FIRST, after=True)
    sat(city, S, "claims_dismissed", closed=LAST, after=True)
    sat(city, S, "revoked", closed=day(3, 31), after=True)
    sat(city, S2, "changed", closed=day(5, 6), against=True)
    sat(city, R, "revoked", closed=day(5, 6))
    assert every(city, "R5") == {
        "closed": (12, 22),  # 11 + 1 of 20 + 2
        "judged": (12, 15),  # of 13 + 2
        "effective": (0, 0),
        "after_reconsideration": (1, 2),
    }
    assert apart(city, "R5") == {
        "未结": 2,
        "和解撤诉": 2,
        "自愿撤诉": 1,
        "按撤诉处理": 1,
        "不予立案不计": 1,
        "移送等不计": 1,
    }
    assert every(city, "R12") == {"closed": (3, 22)}
    assert valued(city, "R12").text == "13.64%"


def test_lost_by_what_took_effect(city: City):
    """Placed by the day of effect, with the result of the appeal."""
    lost = {"final_against": True, "final_judged": True}
    won = {"final_against": False, "final_judged": True}
    sat(city, S, "revoked", closed=day(3, 2), final_on=FIRST, **lost)
    sat(city, S, "claims_dismissed", closed=day(3, 2), final_on=LAST, **lost)  # on appeal
    sat(city, S, "revoked", closed=day(3, 2), final_on=day(5, 6), **won)  # on appeal
    ruled = {"final_against": False, "final_judged": False}
    sat(city, S, "withdrawn_own", closed=day(5, 6), final_on=day(5, 6), **ruled)
    sat(city, S, "revoked", closed=day(3, 2), final_on=day(3, 31), **lost)
    sat(city, S, "revoked", closed=day(5, 6), final_on=day(7, 1), **lost)
    sat(city, S, "revoked", closed=day(5, 6))  # may still be appealed against
    sat(city, S, "revoked", closed=day(8, 1))  # nobody knows of it on 31 July
    assert n_of_d(city, "R5", "effective") == (2, 3)
    assert apart(city, "R5", "effective") == {"已判决尚未生效": 1}
    assert apart(city, "R5", "effective", on=LAST) == {"已判决尚未生效": 2}


def test_two_defendants_lose_once_in_all_and_once_each(city: City):
    other(city)
    sat(city, S, "revoked", closed=day(5, 6), agencies=("agency", "planning"))
    sat(city, S, "claims_dismissed", closed=day(5, 6), agencies=("agency",))
    assert n_of_d(city, "R5") == (1, 2)
    assert by_unit(city, "R5", "agency") == (1, 2)
    assert by_unit(city, "R5", "planning") == (1, 1)


def test_settled_in_court(city: City):
    for closed in (FIRST, LAST, day(3, 31), day(7, 1)):
        sat(city, S, "withdrawn_settled", closed=closed)
    sat(city, S, "mediated", closed=day(5, 6))
    sat(city, S, "withdrawn_own", closed=day(5, 6))
    sat(city, S, "deemed_withdrawn", closed=day(5, 6))
    sat(city, S, "claims_dismissed", closed=day(5, 6))
    assert every(city, "R12") == {"closed": (3, 6)}


YEAR_END = date(2026, 12, 31)


def test_resolved_in_substance(city: City):
    """Six months are watched; seen on the last day of the year."""
    sat(city, S, "mediated", closed=day(5, 6), calm_months=0, unrest_on=day(5, 20))  # counts
    sat(city, S, "claims_dismissed", closed=FIRST)
    sat(city, S, "claims_dismissed", closed=day(5, 6), calm_months=5, unrest_on=day(11, 6))
    sat(city, S, "claims_dismissed", closed=day(5, 6), calm_months=6, unrest_on=day(11, 7))
    done = {"duty_by": day(8, 1), "duty_done_on": day(9, 1), "duty_late": True}
    sat(city, S, "revoked", closed=day(5, 6), **done)
    sat(city, S, "revoked", closed=day(5, 6), duty_by=day(8, 1))  # not done
    sat(city, S, "withdrawn_settled", closed=day(5, 6), duty_by=day(8, 1))  # settled is enough
    sat(city, S, "claims_dismissed", closed=day(6, 29))
    sat(city, S, "claims_dismissed", closed=LAST)  # to 30 December: over on the 31st
    sat(city, S, "claims_dismissed", closed=day(3, 31))
    sat(city, S, "claims_dismissed", closed=day(7, 1))
    assert every(city, "R13", on=YEAR_END) == {"closed": (7, 9)}
    assert n_of_d(city, "R13", on=day(12, 30)) == (6, 8)
    assert apart(city, "R13", on=day(12, 30)) == {"观察期未满": 1, "未结": 1}
    # Watched for five months the appeal of 6 November disturbs no more.
    assert n_of_d(city, "R13", on=YEAR_END, months=5) == (8, 9)
    assert n_of_d(city, "R13", on=YEAR_END, months=12) == (0, 0)


@pytest.mark.parametrize(
    ("on", "months", "last"),
    [
        (day(12, 31), 6, day(6, 30)),
        (day(12, 30), 6, day(6, 29)),
        (day(3, 1), 6, day(8, 31, 2025)),  # 28 February ends what began from the 28th on
        (day(2, 28), 6, day(8, 27, 2025)),
        (day(7, 31), 1, day(6, 30)),
    ],
)
def test_the_last_day_whose_months_are_over(on, months, last):
    assert last_observed(Terms(FIRST, LAST, on, months)) == last


def test_judgments_performed(city: City):
    sat(city, S, "revoked", closed=day(3, 2), duty_by=FIRST, duty_done_on=FIRST)
    late = {"duty_done_on": day(7, 8), "duty_late": True}
    sat(city, S2, "changed", closed=day(3, 2), duty_by=LAST, **late)
    sat(city, "retrial", "changed", closed=day(3, 2), duty_by=day(5, 6), duty_done_on=day(5, 6))
    sat(city, S, "ordered", closed=day(3, 2), duty_by=day(5, 6))
    sat(city, S, "ordered", closed=day(3, 2), duty_by=day(3, 31), duty_done_on=day(3, 31))
    sat(city, S, "ordered", closed=day(3, 2), duty_by=day(7, 1), duty_done_on=day(7, 1))
    sat(city, R, "ordered", closed=day(3, 2), duty_by=day(5, 6), duty_done_on=day(5, 6))
    sat(city, "mediation", "settled", closed=day(3, 2), duty_by=day(5, 6))
    assert every(city, "R15") == {"performed": (3, 4), "in_time": (2, 4)}
    # On 30 June its own duty is not over yet.
    assert every(city, "R15", on=LAST) == {"performed": (2, 3), "in_time": (2, 3)}
    assert apart(city, "R15", on=LAST) == {"未到期": 1}


def test_appealed(city: City):
    """Seen on 31 July: an appeal period that ends on that day is not over."""
    over, told = day(7, 30), {"explained": True}
    sat(city, S, "revoked", closed=FIRST, appeal_by=day(4, 20), appealed_on=day(4, 20))
    sat(city, S, "claims_dismissed", closed=LAST, appeal_by=over, appealed_on=over, **told)
    sat(city, S, "claims_dismissed", closed=day(5, 6), appeal_by=over, **told)
    sat(city, S, "suit_dismissed", closed=day(5, 6), appeal_by=day(5, 20))
    sat(city, S, "claims_dismissed", closed=day(5, 7), appeal_by=day(5, 22), **told)
    sat(city, S, "claims_dismissed", closed=LAST, appeal_by=ON, appealed_on=day(7, 8))
    sat(city, S, "claims_dismissed", closed=LAST, appeal_by=ON, **told)
    sat(city, S, "withdrawn_own", closed=day(5, 6))  # nobody can appeal
    sat(city, S, "not_filed", taken=None, closed=day(5, 6), appeal_by=day(5, 20))
    sat(city, S, "revoked", closed=day(3, 31), appeal_by=day(4, 20), appealed_on=day(4, 2))
    sat(city, S, "revoked", closed=day(7, 1), appeal_by=day(7, 20), appealed_on=day(7, 2))
    assert every(city, "R17") == {
        "standard": (2, 5),
        "explained": (1, 3),
        "unexplained": (1, 2),
    }
    assert apart(city, "R17") == {"未到期": 2}
    assert apart(city, "R17", "explained") == {"未到期": 1}
    assert apart(city, "R17", "unexplained") == {"未到期": 1}
    assert n_of_d(city, "R17", on=day(8, 1)) == (3, 7)


def test_retrial_asked(city: City):
    """Placed by the day of effect; the right to ask ends before the last day of the year."""
    may = {"final_judged": True, "final_against": False}
    sat(city, S, "revoked", closed=day(3, 2), final_on=FIRST, retrial_by=day(10, 9), **may)
    asked = {"retrial_by": day(12, 30), "retrial_on": day(12, 30), **may}
    sat(city, S, "revoked", closed=day(3, 2), final_on=LAST, **asked)
    waits = {"retrial_by": YEAR_END, **may}
    sat(city, S, "revoked", closed=day(3, 2), final_on=LAST, **waits)
    sat(city, S, "revoked", closed=day(3, 2), final_on=LAST, retrial_on=day(8, 3), **waits)
    sat(city, S, "revoked", closed=day(3, 2), final_on=day(3, 31), retrial_by=day(9, 30), **may)
    sat(city, S, "revoked", closed=day(3, 2), final_on=day(7, 1), retrial_by=day(12, 30), **may)
    sat(city, S2, "changed", closed=day(3, 2), retrial_by=day(10, 9), retrial_on=day(8, 3))
    assert every(city, "R18", on=YEAR_END) == {"standard": (1, 2)}
    assert apart(city, "R18", on=YEAR_END) == {"未到期": 2}


@pytest.mark.parametrize("key", ["R5", "R12", "R13", "R15", "R17", "R18"])
def test_without_a_base_there_is_a_dash(city: City, key):
    for found in every(city, key).values():
        assert found == (0, 0)
    assert valued(city, key).text == "—"
