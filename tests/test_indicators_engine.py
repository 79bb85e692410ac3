"""Questions of indicators: what is counted, when and for whom.

Each figure is counted by hand from the rows of its test.
"""

import random
from dataclasses import replace
from datetime import date

import pytest
from django.db.models import Exists, OuterRef, Q, Subquery

from services.indicators import sources
from services.indicators.definitions import (
    Apart,
    Unit,
    indicator,
)
from services.indicators.groups import units
from services.indicators.periods import months_of
from services.indicators.questions import (
    UNIT,
    Question,
    answer,
    answered,
    by_group,
    by_month,
)
from suggestions.models import Measure
from tests import toys
from tests.letters import agencies, ceased, letter
from tests.toys import FIRST, LAST, TOYS, ask, counted, due, made


@pytest.fixture(autouse=True)
def _toys(monkeypatch):
    toys.put(monkeypatch)


# ---- what is counted, and when


def test_the_first_and_the_last_day_of_a_period_are_in_it(city):
    for day in (date(2026, 1, 31), FIRST, date(2026, 3, 10), LAST, date(2026, 4, 1)):
        due(city, day, replied=day in (FIRST, date(2026, 4, 1)))

    # in the period: February 1 (replied), March 10 and 31
    assert counted(answer(ask(city))) == (1, 3)
    assert answer(ask(city)).text == "33.33%"


def test_without_a_base_there_is_a_dash(city):
    value = answer(ask(city))

    assert (counted(value), value.figure, value.text) == ((0, 0), None, "—")


def test_rows_behind_a_figure_are_those_it_counts(city):
    inside = due(city, FIRST, replied=True)
    open_one = due(city, LAST)
    later = due(city, date(2026, 6, 1))
    one = made(apart=(Apart("以后", ("any", "~replied"), dated=False),))
    question = ask(city, one)

    assert set(question.rows("n")) == {inside}
    assert set(question.rows("d")) == {inside, open_one}
    assert set(question.rows("以后")) == {open_one, later}
    assert answer(question).apart == (("以后", 2),)
    with pytest.raises(KeyError):
        question.rows("nothing")


def test_what_stands_for_itself_is_placed_by_its_own_day(city):
    due(city, date(2026, 5, 1), replied=True)  # replied outside
    row = due(city, date(2026, 5, 2), replied=True)
    row.replied_on = date(2026, 3, 2)  # in the period; due after it
    row.store()
    due(city, date(2026, 3, 3))
    due(city, date(2026, 3, 4))

    alone = made(alone=True, n_date="replied")

    # one reply of the period, beside two that were due in it
    assert counted(answer(ask(city, alone))) == (1, 2)


def test_a_count_and_a_multiple(city):
    due(city, FIRST, replied=True)
    due(city, FIRST, replied=True)
    due(city, FIRST)

    many = answer(ask(city, made(n=("any",), d=(), unit=Unit.COUNT)))
    times = answer(ask(city, made(unit=Unit.TIMES, n=("any",), d=("~replied",), alone=True)))

    assert (many.n, many.text, str(many)) == (3, "3", "3")
    assert (counted(times), times.text) == ((3, 1), "3.00倍")


def test_a_mean_leaves_out_what_has_no_number(city):
    handler = city.users["court_officer"]
    due(city, FIRST, handler=handler)
    due(city, FIRST)
    mean = made(unit=Unit.DAYS, n=(), sum="one")

    value = answer(ask(city, mean))

    assert (value.n, value.d) == (handler.pk, 1)
    assert ask(city, mean).rows("d").count() == 1


def test_sums_stand_for_the_number_of_rows(city):
    for order in (3, 4):
        due(city, FIRST, order=order, replied=order == 4)
    due(city, date(2026, 6, 1), order=9, replied=True)

    both = answer(ask(city, made(n_sum="order", d_sum="order")))
    below = answer(ask(city, made(d_sum="order")))

    same = answer(ask(city, made(n=("any",), d_sum="order")))

    # 4 of 3 + 4; one row of 3 + 4; two rows of 3 + 4
    assert (counted(both), counted(below), counted(same)) == ((4, 7), (1, 7), (2, 7))


def test_a_condition_without_bounds_spoils_no_other_part(city):
    """A part that wants every row must not be lost beside one that wants some."""
    due(city, FIRST, replied=True)
    due(city, date(2026, 8, 1))
    wide = made(date="", apart=(Apart("全部", ("any",)), Apart("未办结", ("~closed",))))

    assert counted(answer(ask(city, wide))) == (1, 2)
    assert answer(ask(city, wide)).apart == (("全部", 2), ("未办结", 1))


def test_conditions_may_look_at_other_tables(city, monkeypatch):
    """Also together with rows that carry what another table says of them."""
    measures = Measure.objects.filter(addressee=OuterRef("pk"))
    latest = Subquery(measures.order_by("-due_on").values("due_on")[:1])
    looking = replace(
        TOYS,
        rows=lambda place, reader: TOYS.rows(place, reader).annotate(latest=latest),
        conditions={
            "any": Q(),
            "measured": Q(Exists(measures)),
            "long": Q(latest__gt=LAST),
        },
    )
    monkeypatch.setitem(sources._sources, "toys", looking)
    for due_on in (FIRST, date(2026, 12, 1), None):
        row = due(city, FIRST)
        if due_on:
            problem = row.suggestion.problems.first()
            Measure.objects.create(addressee=row, problem=problem, due_on=due_on, text="改")
    measured = made(n=("measured",), apart=(Apart("长", ("measured", "long")),))
    long_ones = made(n=("long",), d=("measured",))

    first, second = answered([ask(city, measured), ask(city, long_ones)])

    assert (counted(first), first.apart, counted(second)) == ((2, 3), (("长", 1),), (1, 2))
    assert [counted(one) for one in by_group(ask(city, long_ones), UNIT).values()] == [(1, 2)]
    assert [counted(one) for one in by_month(ask(city, long_ones)).values()] == [(1, 2), (0, 0)]
    assert ask(city, long_ones).rows("n").count() == 1


# ---- for whom: units, groups, months


def test_a_unit_has_what_was_recorded_under_its_name(city):
    old, new = ceased(city)
    due(city, FIRST, "planning", replied=True)
    due(city, LAST, "planning")
    due(city, LAST, "natural")

    found = by_group(ask(city), UNIT)

    assert {key: counted(value) for key, value in found.items()} == {
        old.pk: (1, 2),
        new.pk: (0, 1),
    }
    for unit, expected in ((old, (1, 2)), (new, (0, 1))):
        assert counted(answer(ask(city, narrow=((UNIT, unit.pk),)))) == expected
    assert list(units("organization").words([new.pk, old.pk, None])) == [old.pk, new.pk]


def test_a_unit_is_known_without_its_group(city, monkeypatch):
    """The column of the unit is enough to narrow by it."""
    plain = replace(TOYS, groups={})
    monkeypatch.setitem(sources._sources, "toys", plain)
    row = due(city, FIRST)

    assert counted(answer(ask(city, narrow=((UNIT, row.organization_id),)))) == (0, 1)
    assert list(by_group(ask(city), UNIT)) == [row.organization_id]


def test_rows_of_several_keys(city):
    """Of any of them, once each; of none where no row has them."""
    for area, replied in (("land", True), ("land", False), ("tax", False), ("market", True)):
        row = due(city, FIRST, replied=replied)
        row.suggestion.area = area
        row.suggestion.save()

    def of(*areas: str) -> Question:
        return ask(city, narrow=(("area", frozenset(areas)),))

    assert counted(answer(of("land", "tax"))) == (1, 3)
    assert of("land", "market").rows("n").count() == 2
    assert [counted(one) for one in answered([of("market"), of("water")])] == [(1, 1), (0, 0)]


def test_groups_add_up_to_the_whole(city):
    """Where each row stands for one unit; also those rows that have no such thing."""
    rng = random.Random(20261123)
    keys = [one.key for one in agencies(city, 3)]
    for _ in range(30):
        day = date(2026, rng.randint(1, 5), rng.randint(1, 28))
        handler = city.users["court_officer"] if rng.random() < 0.5 else None
        row = due(city, day, rng.choice(keys), replied=rng.random() < 0.4, handler=handler)
        row.suggestion.area = rng.choice(["城乡建设", "市场监管", ""])
        row.suggestion.save()
    one = made(n_sum="order", d_sum="order")

    for question in (ask(city), ask(city, one), ask(city, narrow=(("area", "城乡建设"),))):
        whole = counted(answer(question))
        assert whole[1] or question.variant.d_sum
        for name in (UNIT, "area", "handler"):
            parts = by_group(question, name).values()
            assert (sum(one.n for one in parts), sum(one.d for one in parts)) == whole
    assert None in by_group(ask(city), "handler")


def test_a_row_for_each_unit_is_asked_about_units(city):
    """A letter to three units is one letter, and one for each of them (I6)."""
    three = agencies(city, 3)
    letter(city, addressees=three, issued_on=FIRST)
    letter(city, addressees=three[:1], issued_on=LAST)
    c4 = indicator("C4")
    question = ask(city, c4)

    assert answer(question).n == 2
    found = by_group(question, UNIT)
    assert [found[one.pk].n for one in three] == [2, 1, 1]
    assert [answer(replace(question, narrow=((UNIT, one.pk),))).n for one in three] == [2, 1, 1]
    narrowed = replace(question, narrow=(("kind", "judicial"), (UNIT, three[1].pk)))
    assert answer(narrowed).n == 1
    assert sum(one.n for one in by_group(narrowed, "issuer").values()) == 1


def test_every_month_has_its_value(city):
    for day in (FIRST, date(2026, 2, 28), date(2026, 4, 30)):
        due(city, day, replied=day == FIRST)
    question = ask(city, last_on=date(2026, 4, 29))

    found = by_month(question)

    # the 30th of April is not in the period
    assert {day.isoformat(): counted(value) for day, value in found.items()} == {
        "2026-02-01": (1, 2),
        "2026-03-01": (0, 0),
        "2026-04-01": (0, 0),
    }
    assert found[date(2026, 3, 1)].text == "—"


def test_months_of_what_two_days_place(city):
    """A reply counts in its own month, beside what was due in that month."""
    row = due(city, date(2026, 2, 10), replied=True)
    row.replied_on = date(2026, 3, 2)
    row.store()
    question = ask(city, made(alone=True, n_date="replied"))

    found = by_month(question)

    assert [counted(value) for value in found.values()] == [(0, 1), (1, 0)]


def test_months_of_what_depends_on_the_period(city):
    """What was in hand at the end of a month: taken until then, not done before it began."""
    for replied_on in (date(2026, 2, 20), date(2026, 3, 20), None):
        row = due(city, date(2026, 6, 1))
        row.replied_on = replied_on
        row.store()
    handling = made(date="", n=("replied_in_period",), d=("taken", "in_hand"))
    question = ask(city, handling)

    assert counted(answer(question)) == (2, 3)
    # February: one of three; March: one of the two left
    assert [counted(value) for value in by_month(question).values()] == [(1, 3), (1, 2)]
    dated = replace(question, variant=replace(question.variant, date="served"))
    assert [counted(value) for value in by_month(dated).values()] == [(0, 0), (0, 0)]


def test_a_month_is_what_is_asked_of_it_alone(city):
    rng = random.Random(6)
    for _ in range(25):
        row = due(city, date(2026, rng.randint(1, 12), rng.randint(1, 28)))
        row.replied_on = date(2026, rng.randint(1, 12), 3) if rng.random() < 0.6 else None
        row.store()
    days = {"first_on": date(2026, 1, 15), "last_on": date(2026, 10, 9)}
    ways = (
        made(),
        made(alone=True, n_date="replied"),
        made(n=("any",), d=(), unit=Unit.COUNT),
        made(n=("any",), d=(), unit=Unit.COUNT, n_date="served", date="due"),
        made(date="", n=("replied_in_period",), d=("taken", "in_hand")),
    )
    for one in ways:
        question = ask(city, one, **days)
        found = by_month(question)
        alone = {
            first.replace(day=1): answer(replace(question, first_on=first, last_on=last))
            for first, last in months_of(question.first_on, question.last_on)
        }
        assert found == alone
        assert len(found) == 10
