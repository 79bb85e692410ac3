"""How a figure becomes a mark and marks a total: every way, counted by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest

from assessments.marks import Marked, Measure, Total, mark, ranks, share, total

D, F = Decimal, Fraction
UP, DOWN = "up", "down"
STEPS = ((D(60), D(50)), (D(80), D(75)), (D(90), D(100)))
LOSSES = ((D(5), D(100)), (D(10), D(60)), (D(20), D("12.5")))


@pytest.mark.parametrize(
    ("wanted", "target", "figure", "part"),
    [
        (UP, "80", F(80), F(1)),
        (UP, "80", F(100), F(1)),
        (UP, "80", F(60), F(3, 4)),
        (UP, "80", F(0), F(0)),
        (UP, "80", F(200, 3), F(5, 6)),  # 66.67% of 80
        (UP, "12.5", F(5), F(2, 5)),
        (DOWN, "10", F(10), F(1)),
        (DOWN, "10", F(0), F(1)),
        (DOWN, "10", F(40), F(1, 4)),
        (DOWN, "10", F(101, 10), F(100, 101)),
        (DOWN, "0", F(0), F(1)),
        (DOWN, "0", F(5), F(0)),
    ],
)
def test_in_proportion_to_a_target(wanted, target, figure, part):
    assert share(Measure("proportional", wanted, D(target)), figure) == part


@pytest.mark.parametrize(
    ("wanted", "target", "figure", "part"),
    [
        (UP, "100", F(100), 1),
        (UP, "100", F(2999900, 30000), 0),  # prints 100.00%, and is not all
        (UP, "20", F(20), 1),
        (UP, "20", F(1999, 100), 0),
        (DOWN, "10", F(10), 1),
        (DOWN, "10", F(1001, 100), 0),
        (DOWN, "0", F(0), 1),
    ],
)
def test_all_or_nothing(wanted, target, figure, part):
    assert share(Measure("threshold", wanted, D(target)), figure) == part


@pytest.mark.parametrize(
    ("wanted", "steps", "figure", "part"),
    [
        (UP, STEPS, F(95), F(1)),
        (UP, STEPS, F(90), F(1)),
        (UP, STEPS, F(8999, 100), F(3, 4)),
        (UP, STEPS, F(80), F(3, 4)),
        (UP, STEPS, F(60), F(1, 2)),
        (UP, STEPS, F(59), F(0)),
        (UP, STEPS[::-1], F(85), F(3, 4)),
        (DOWN, LOSSES, F(0), F(1)),
        (DOWN, LOSSES, F(5), F(1)),
        (DOWN, LOSSES, F(6), F(3, 5)),
        (DOWN, LOSSES, F(20), F(1, 8)),
        (DOWN, LOSSES, F(21), F(0)),
        (DOWN, LOSSES[::-1], F(9), F(3, 5)),
    ],
)
def test_by_steps(wanted, steps, figure, part):
    assert share(Measure("steps", wanted, steps=steps), figure) == part


@pytest.mark.parametrize(
    ("figure", "full", "given"),
    [
        (F(80), "100", "80.00"),
        (F(200, 3), "30", "20.00"),  # 66.67% of 100, of 30 marks
        (F(100, 3), "10", "3.33"),  # 3.333…
        (F(200, 3), "10", "6.67"),  # 6.666…
        (F(5, 10), "1", "0.01"),  # 0.005: a half is rounded up
        (F(149, 1000), "3", "0.00"),  # 0.00447
    ],
)
def test_a_mark_has_two_decimals_a_half_rounded_up(figure, full, given):
    assert str(mark(Measure("proportional", UP, D(100)), figure, D(full))) == given


def marked(weight, full, got):
    return Marked(D(weight), D(full), None if got is None else D(got))


@pytest.mark.parametrize(
    ("items", "value", "scored"),
    [
        # 80/100·40 + 50/100·40 + 15/20·20 = 32 + 20 + 15
        ([("40", "100", "80"), ("40", "100", "50"), ("20", "20", "15")], "67.00", 100),
        # (80/100·40 + 15/20·20) · 100/60 = 47 · 5/3 = 78.333…
        ([("40", "100", "80"), ("40", "100", None), ("20", "20", "15")], "78.33", 60),
        # 18/20·20 · 100/20
        ([("40", "100", None), ("40", "100", None), ("20", "20", "18")], "90.00", 20),
        ([("60", "100", None), ("40", "100", None)], None, 0),
        ([("33.33", "10", "10"), ("66.67", "10", "0")], "33.33", 100),
        ([("100", "100", "0")], "0.00", 100),
    ],
)
def test_the_weight_of_what_is_not_scored_is_spread_over_the_rest(items, value, scored):
    found = total(marked(*one) for one in items)

    assert (found.value, found.scored) == (value and D(value), scored)


def test_equal_totals_share_a_rank_and_a_small_base_has_none():
    found = ranks(
        {
            "a": Total(D("90.00"), D(100)),
            "b": Total(D("95.50"), D(50)),
            "c": Total(D("90.00"), D(80)),
            "d": Total(D("60.00"), D(100)),
            "e": Total(D("99.00"), D("49.99")),
            "f": Total(None, D(0)),
        }
    )

    assert found == {"b": 1, "a": 2, "c": 2, "d": 4}
