"""R1, R1c, R2, R3, R4 and R16: rows made by hand, n and d counted by hand."""

import pytest

from tests.city import City
from tests.tallying import FIRST, LAST, apart, by_unit, day, every, n_of_d, other, sat, valued

pytestmark = pytest.mark.django_db
R, S = "reconsideration", "first_instance"


def test_first_choice(city: City):
    for taken in (FIRST, day(5, 6), LAST):
        sat(city, R, taken=taken, first=True)
    for taken in (day(3, 31), day(7, 1)):  # the day before, the day after
        sat(city, R, taken=taken, first=True)
    sat(city, R, taken=day(5, 7), first=True, by_law=True)
    sat(city, R, taken=None, mode="not_accepted", closed=day(5, 8))
    sat(city, S, taken=day(5, 9), first=True)
    sat(city, S, taken=LAST, first=True)
    sat(city, S, taken=day(5, 10), after=True)  # second remedy of its dispute
    sat(city, S, taken=day(5, 11), first=True, mode="transferred", closed=day(5, 20))
    sat(city, S, taken=None, mode="not_filed", closed=day(5, 12))
    sat(city, "second_instance", taken=day(5, 13))

    # Reconsiderations 3 + 1 by law; direct suits 2.
    assert every(city, "R1") == {"standard": (4, 6), "without_first": (3, 5)}
    assert apart(city, "R1") == {"其中复议前置": 1}
    assert apart(city, "R1", "without_first") == {"复议前置不计": 1}
    # Reconsiderations 4; suits taken 3: two direct, one after a reconsideration.
    assert every(city, "R1c") == {"multiple": (4, 3)}
    assert valued(city, "R1c").text == "1.33倍"


def test_a_case_moved_away_later_is_still_taken_today(city: City):
    """On 19 May nobody knows that it is transferred on the 20th."""
    sat(city, S, taken=day(5, 11), first=True, mode="transferred", closed=day(5, 20))
    assert n_of_d(city, "R1", on=day(5, 19)) == (0, 1)
    assert n_of_d(city, "R1", on=day(5, 20)) == (0, 0)


CORRECTED = [
    "revoked",
    "partly_revoked",
    "revoked_redo",
    "partly_revoked_redo",
    "changed",
    "unlawful",
    "void",
    "ordered",
]
KEPT = ["upheld", "claims_dismissed"]
NOT_DECIDED = [
    "application_dismissed",
    "ended_settled",
    "ended_withdrawn",
    "ended_corrected",
    "ended_extinct",
    "ended_suspended",
    "mediated",
]
LIABILITY = ["agreement_liability", "compensation"]


def test_corrected(city: City):
    """One of every mode: 8 corrected, 2 kept, 7 not decided, 2 of liability, 1 not accepted."""
    for mode in CORRECTED + KEPT + NOT_DECIDED + LIABILITY:
        sat(city, R, mode, closed=day(5, 6))
    sat(city, R, "not_accepted", taken=None, closed=day(5, 6))
    sat(city, R)  # open
    sat(city, R, "revoked", closed=day(7, 1))  # open at the end of June
    assert every(city, "R2") == {
        "concluded": (8, 19),
        "decided": (8, 12),  # 8 + 2 + 2
        "indirect": (9, 19),
        "with_liability": (10, 19),
    }
    assert apart(city, "R2") == {
        "未结": 2,
        "和解（纠错）后终止": 2,  # ended_settled, ended_corrected
        "自愿撤回终止": 1,
        "其他终止": 2,  # extinct, suspended
        "未受理不计": 1,
    }
    assert valued(city, "R2").text == "42.11%"


def test_corrected_in_its_period(city: City):
    for closed in (day(3, 31), FIRST, LAST, day(7, 1)):
        sat(city, R, "revoked", closed=closed)
        sat(city, R, "upheld", closed=closed)
    sat(city, S, "revoked", closed=day(5, 6))  # a suit is none
    assert every(city, "R2") == dict.fromkeys(
        ("concluded", "decided", "indirect", "with_liability"), (2, 4)
    )
    assert n_of_d(city, "R2", on=day(6, 29)) == (1, 2)  # what closed on the 30th is not known


def test_mediated(city: City):
    for mode in ("mediated", "ended_settled", "ended_corrected", "ended_withdrawn", "upheld"):
        sat(city, R, mode, closed=FIRST)
    sat(city, R, "ended_extinct", closed=LAST)
    sat(city, R, "mediated", closed=day(3, 31))
    sat(city, R, "mediated", closed=day(7, 1))
    sat(city, R, "ended_withdrawn", taken=None, closed=day(5, 6))  # given up, never accepted
    sat(city, "mediation", "settled", closed=day(5, 6))
    # Settled: mediated, ended_settled, ended_corrected; withdrawn of one's own will is not.
    assert every(city, "R3") == {"concluded": (3, 6)}
    assert apart(city, "R3") == {
        "未结": 1,
        "和解（纠错）后终止": 2,
        "自愿撤回终止": 1,
        "其他终止": 1,
        "未受理不计": 1,
    }


def test_sued_afterwards(city: City):
    """Seen on 31 July: a right whose last day is the 31st is not over, one of the 30th is."""
    sat(city, R, "upheld", closed=FIRST, sue_by=day(4, 20), sued_on=day(4, 16))
    sat(city, R, "upheld", closed=LAST, sue_by=day(7, 30), sued_on=day(7, 31))
    sat(city, R, "revoked", closed=day(5, 6), sue_by=day(5, 25))
    sat(city, R, "upheld", closed=day(6, 29), sue_by=day(7, 31))
    sat(city, R, "upheld", closed=day(6, 29), sue_by=day(7, 31), sued_on=day(7, 8))
    sat(city, R, "mediated", closed=day(5, 6))  # no right to sue
    sat(city, R, "ended_withdrawn", closed=day(5, 6), sued_on=day(5, 20))
    sat(city, R, "upheld", closed=day(3, 31), sue_by=day(4, 15), sued_on=FIRST)
    sat(city, R, "upheld", closed=day(7, 1), sue_by=day(7, 16), sued_on=day(7, 2))
    sat(city, R, "not_accepted", taken=None, closed=day(5, 6), sue_by=day(5, 25), sued_on=LAST)
    sat(city, R)
    assert every(city, "R4") == {
        "suable": (2, 3),
        "concluded": (3, 5),  # and the mediated and the withdrawn one
        # Sued in the quarter: 4/16, 5/20, 4/1; closed in it: the first seven.
        "in_period": (3, 7),
    }
    assert apart(city, "R4") == {"未到期": 2, "无起诉期限": 2, "未结": 2}
    assert n_of_d(city, "R4", on=day(8, 1)) == (3, 5)
    assert n_of_d(city, "R4", on=day(4, 16)) == (0, 0)
    assert n_of_d(city, "R4", "in_period", on=day(5, 19)) == (2, 4)


def test_decisions_performed(city: City):
    sat(city, R, "revoked", closed=day(3, 2), duty_by=FIRST, duty_done_on=FIRST)
    sat(city, R, "ordered", closed=day(3, 2), duty_by=LAST, duty_done_on=day(7, 1), duty_late=True)
    sat(city, R, "mediated", closed=day(3, 2), duty_by=day(5, 6))
    late = {"duty_done_on": day(8, 1), "duty_late": True}
    sat(city, R, "mediated", closed=day(3, 2), duty_by=day(5, 7), **late)
    # two duties: the first one was done late, the last one in time
    sat(city, R, "ordered", closed=day(3, 2), duty_by=LAST, duty_done_on=LAST, duty_late=True)
    sat(city, R, "revoked", closed=day(3, 2), duty_by=day(3, 31), duty_done_on=day(3, 31))
    sat(city, R, "revoked", closed=day(3, 2), duty_by=day(7, 1), duty_done_on=day(7, 1))
    sat(city, R, "upheld", closed=day(5, 6))
    sat(city, S, "ordered", closed=day(3, 2), duty_by=day(5, 6), duty_done_on=day(5, 6))
    # Due in the quarter: five; done by 31 July: three, two of them late.
    assert every(city, "R16") == {"performed": (3, 5), "in_time": (1, 5)}
    assert every(city, "R16", on=LAST) == {"performed": (1, 3), "in_time": (1, 3)}
    assert apart(city, "R16", on=LAST) == {"未到期": 2}


def test_each_respondent_owes_its_own(city: City):
    other(city)
    sat(
        city,
        R,
        "ordered",
        closed=day(3, 2),
        agencies=("agency", "planning"),
        duty_by=day(5, 6),
        apiece={
            "agency": {"duty_by": day(5, 1), "duty_done_on": day(5, 1)},
            "planning": {"duty_by": day(5, 6)},
        },
    )
    assert n_of_d(city, "R16") == (0, 1)
    assert by_unit(city, "R16", "agency") == (1, 1)
    assert by_unit(city, "R16", "planning") == (0, 1)


def test_two_respondents(city: City):
    other(city)
    sat(city, R, "revoked", closed=day(5, 6), agencies=("agency", "planning"))
    sat(city, R, "upheld", closed=day(5, 6), agencies=("planning",))
    assert n_of_d(city, "R2") == (1, 2)
    assert by_unit(city, "R2", "agency") == (1, 1)
    assert by_unit(city, "R2", "planning") == (1, 2)
    assert by_unit(city, "R2", "court") == (0, 0)


@pytest.mark.parametrize("key", ["R1", "R1c", "R2", "R3", "R4", "R16"])
def test_without_a_base_there_is_a_dash(city: City, key):
    for found in every(city, key).values():
        assert found == (0, 0)
    assert valued(city, key).text == "—"
    assert valued(city, key).figure is None
