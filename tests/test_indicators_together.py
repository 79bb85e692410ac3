"""Questions put together come to what each comes to alone, in fewer statements."""

import random
from datetime import date

import pytest

from services.indicators.definitions import Apart, Unit
from services.indicators.questions import (
    UNIT,
    answer,
    answered,
    by_group,
    by_groups,
    by_month,
    by_months,
)
from tests import toys
from tests.letters import agencies
from tests.toys import ask, due, made

YEAR = {"first_on": date(2026, 1, 15), "last_on": date(2026, 10, 9)}
ONE_STATEMENT = 1


@pytest.fixture(autouse=True)
def _toys(monkeypatch):
    toys.put(monkeypatch)


@pytest.fixture
def replies(city):
    """Letters of two years to three units, some replied to in some other month."""
    rng = random.Random(12)
    units = agencies(city, 3)
    for n in range(40):
        day = date(rng.choice((2025, 2026)), rng.randint(1, 12), rng.randint(1, 28))
        row = due(city, day, units[n % 3].key)
        row.replied_on = date(2026, rng.randint(1, 12), 3) if rng.random() < 0.6 else None
        row.order = rng.randint(0, 2)
        row.store()
    return city


def ways(city):
    """Placed by one date, by another, by two, by none, and with sums of their own."""
    indicators = (
        made(),
        made(n=("late",), d=("replied",)),
        made(n=("any",), d=(), unit=Unit.COUNT),
        made(n=("any",), d=(), unit=Unit.COUNT, date="replied"),
        made(alone=True, n_date="replied"),
        made(date="", n=("replied_in_period",), d=("taken", "in_hand")),
        made(n=("any",), d=("any",), n_sum="order", d_sum="order"),
        made(source="nobody counts this"),
    )
    asked = [ask(city, one, **YEAR) for one in indicators]
    return [*asked, *(one.a_year_before for one in asked)]


def test_months_together_are_those_of_each_alone(replies):
    questions = ways(replies)

    assert by_months(questions) == [by_month(one) for one in questions]
    assert by_months([]) == []


def test_groups_together_are_those_of_each_alone(replies):
    questions = ways(replies)

    for name in (UNIT, "area", "handler"):
        assert by_groups(questions, name) == [by_group(one, name) for one in questions]


def test_values_together_are_those_of_each_alone(replies):
    questions = ways(replies)

    assert answered(questions) == [answer(one) for one in questions]


def test_many_months_are_looked_for_on_their_days(replies):
    """More parts than a statement can say one by one, placed by two dates."""
    by_due, *_others, by_reply = ways(replies)[:4]
    months = [month for one in (by_due, by_reply) for month in one.monthly]
    every = [*months, *(one.a_year_before for one in months)]

    assert answered(every) == [answer(one) for one in every]


def test_the_same_rows_are_read_once(replies, django_assert_num_queries):
    questions = ways(replies)[:3]
    both = [*questions, *(one.a_year_before for one in questions)]

    for ask_all in (answered, by_months, lambda them: by_groups(them, UNIT)):
        with django_assert_num_queries(ONE_STATEMENT):
            ask_all(both)


def test_what_is_told_apart_can_be_left_out(replies):
    apart = (Apart("以后", ("any", "~replied"), dated=False),)
    question = ask(replies, made(apart=apart), **YEAR)

    assert [name for name, _count in answer(question).apart] == ["以后"]
    assert answer(question.bare).apart == ()
    assert (answer(question.bare).n, answer(question.bare).d) == (
        answer(question).n,
        answer(question).d,
    )
