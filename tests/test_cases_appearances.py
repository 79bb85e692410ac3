"""Did a head appear, and how often: 法释〔2020〕3号 and R6, R6a, R7 as tables."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from cases.figures.appearance import Basis, Joint, Share, by_agency, counted, placed
from cases.hearings.attendance import Attendance, art12, linked, only_lawyer, qualifies, state_of

DAY = date(2026, 4, 8)


def sat(instance: str = "first", agency: str = "A", nth: int = 1, **given) -> Attendance:
    """One agency at the nth hearing of an instance; nobody came unless said."""
    return Attendance(
        instance=instance,
        agency=agency,
        hearing=f"{instance}{nth}",
        on=DAY + timedelta(days=7 * (nth - 1)),
        **given,
    )


def head(level: str = "deputy", **given) -> dict:
    return {"came": True, "level": level, **given}


STAFF = {"staff": True}
EXCUSED = {"staff": True, "ground": "duty", "finding": "accepted"}


@pytest.mark.parametrize(
    ("level", "belongs", "may"),
    [
        ("head", "own", True),
        ("deputy", "own", True),
        ("charge", "own", True),
        ("other", "own", False),
        ("", "own", False),
        ("head", "subordinate", False),
        ("deputy", "entrusted", False),
    ],
)
def test_who_may_appear_as_head(level, belongs, may):
    assert qualifies(level, belongs) is may


SITUATIONS = [
    pytest.param([sat(**head())], None, "appeared", id="head came"),
    pytest.param([sat(**STAFF)], "unexplained", "absent", id="1: no reason given"),
    pytest.param(
        [sat(staff=True, ground="duty", finding="rejected")],
        "unexplained",
        "absent",
        id="1: reason found bad",
    ),
    pytest.param([sat(staff=True, ground="duty")], None, "absent", id="reason still examined"),
    pytest.param([sat(**EXCUSED)], None, "excused", id="good reason"),
    pytest.param([sat(postponed=True, **STAFF)], "again", "absent", id="2: after adjournment"),
    pytest.param([sat(postponed=True, **EXCUSED)], None, "excused", id="good reason again"),
    pytest.param([sat()], "nobody", "absent", id="3: nobody"),
    pytest.param([sat(lawyer=True)], "nobody", "absent", id="3: a lawyer alone"),
    pytest.param(
        [sat(ground="majeure", finding="accepted")],
        "nobody",
        "excused",
        id="3: head excused, no staff either",
    ),
    pytest.param([sat(**head(left=True))], "left", "appeared", id="4: left without leave"),
    pytest.param([sat(**head(refused=True))], "refused", "appeared", id="5: refused to explain"),
    pytest.param(
        [sat(**head(belongs="subordinate", staff=True))],
        "unexplained",
        "absent",
        id="head of a lower agency",
    ),
    pytest.param(
        [sat(**head(identity="rejected", staff=True))],
        "unexplained",
        "absent",
        id="identity not valid",
    ),
    pytest.param([sat(nth=1, **head()), sat(nth=2, **STAFF)], None, "earlier", id="art. 7"),
    pytest.param(
        [sat(nth=1, **head()), sat(nth=2, called=True, **STAFF)],
        "unexplained",
        "absent",
        id="art. 7: called again",
    ),
    pytest.param(
        [sat("first", **head()), sat("second", nth=2, **STAFF)],
        "unexplained",
        "absent",
        id="art. 7: another instance",
    ),
    pytest.param(
        [sat(agency="B", **head()), sat(joint="agreed", joint_with="B", **STAFF)],
        None,
        "joint",
        id="art. 3: agreed",
    ),
    pytest.param(
        [sat(agency="B", **head()), sat(joint="proposed", joint_with="B", **STAFF)],
        "unexplained",
        "absent",
        id="art. 3: only proposed",
    ),
    pytest.param(
        [sat(agency="B", **STAFF), sat(joint="organ", joint_with="B", **STAFF)],
        "unexplained",
        "absent",
        id="art. 3: the other head did not come",
    ),
    pytest.param([sat(litigation=False, **STAFF)], None, "absent", id="reconsideration"),
    pytest.param([sat(recorded=False)], None, "unrecorded", id="not recorded"),
    pytest.param([sat(held=False)], None, "awaited", id="still to come"),
]


@pytest.mark.parametrize(("rows", "ground", "state"), SITUATIONS)
def test_the_five_situations_of_article_12(rows, ground, state):
    last = next(
        one
        for one in linked(rows)
        if one.hearing == rows[-1].hearing and one.agency == rows[-1].agency
    )

    assert (art12(last), state_of(last)) == (ground, state)


@pytest.mark.parametrize(
    ("given", "alone"),
    [
        ({"lawyer": True}, True),
        ({"lawyer": True, "staff": True}, False),
        ({"lawyer": True, **head()}, False),
        ({}, False),
    ],
)
def test_a_lawyer_alone(given, alone):
    assert only_lawyer(sat(**given)) is alone


CASES = {
    # instance one: two hearings, the head came to the first only
    "one": [
        sat("one", nth=1, **head("head", speech=frozenset({"answer", "resolution"}))),
        sat("one", nth=2, **STAFF),
    ],
    # instance two: not called, nobody of rank came
    "two": [sat("two", **STAFF)],
    # instance three: called, absent for a good reason
    "three": [sat("three", called=True, **EXCUSED)],
    # instance four: came, was called again, did not come; silent
    "four": [sat("four", nth=1, called=True, **head()), sat("four", nth=2, called=True, **STAFF)],
    # instance five: two defendants, B's head came for both
    "five": [
        sat("five", agency="B", **head(speech=frozenset({"evidence"}))),
        sat("five", joint="agreed", joint_with="B", **STAFF),
    ],
    # set, not held; held, not recorded
    "six": [sat("six", held=False), sat("seven", recorded=False)],
}
ALL = [row for rows in CASES.values() for row in rows]


@pytest.mark.parametrize(
    ("basis", "appeared"),
    [
        pytest.param(Basis(), (2, 5), id="by law: one and five of five"),
        pytest.param(Basis(again=False), (3, 5), id="called again left aside: four too"),
        pytest.param(Basis(called_only=True), (0, 2), id="variant b: three and four"),
        pytest.param(Basis(excused_out=True), (2, 4), id="without the excused"),
        pytest.param(Basis(per_agency=True), (3, 6), id="each agency, art. 3 counts"),
        pytest.param(Basis(per_agency=True, joint=Joint.OWN), (2, 6), id="own heads alone"),
        pytest.param(Basis(per_agency=True, joint=Joint.ASIDE), (2, 5), id="art. 3 aside"),
    ],
)
def test_the_rate_of_appearance_in_its_variants(basis, appeared):
    assert counted(ALL, basis).appeared == Share(*appeared)


def test_a_proof_that_nobody_has_examined_counts_unless_asked_for():
    rows = [sat("one", **head(identity="handed")), sat("two", **head())]

    assert counted(rows).appeared == Share(2, 2)
    assert counted(rows, Basis(proved=True)).appeared == Share(1, 2)


def test_principals_speaking_and_what_is_not_recorded():
    figures = counted(ALL)

    assert figures.principals == Share(1, 5)
    assert figures.spoke == Share(2, 3)
    assert figures.resolution == Share(1, 3)
    assert figures.unrecorded == 1


def test_each_agency_by_itself():
    found = by_agency(ALL)

    assert found["A"].appeared == Share(2, 5)
    assert found["B"].appeared == Share(1, 1)


def test_an_instance_belongs_to_the_period_of_its_first_hearing():
    rows = placed(CASES["one"] + CASES["two"], DAY + timedelta(days=1), DAY + timedelta(days=30))

    assert rows == []
    assert placed(CASES["one"], DAY, DAY) == CASES["one"]


@pytest.mark.parametrize(
    ("n", "d", "percent"),
    [(18, 131, "13.74"), (1, 3, "33.33"), (1, 32, "3.13"), (0, 7, "0.00"), (0, 0, None)],
)
def test_a_share_is_rounded_half_up_and_never_invented(n, d, percent):
    assert Share(n, d).percent == (Decimal(percent) if percent else None)


def test_counting_does_not_depend_on_the_order_of_rows():
    assert counted(list(reversed(ALL))) == counted(ALL)
    assert replace(counted(ALL), unrecorded=0) == counted(ALL[:-1])
