"""Many questions in one statement are what each is alone."""

import random
from dataclasses import replace
from datetime import date

import pytest

from services.indicators.definitions import (
    indicator,
    indicators,
)
from services.indicators.questions import (
    UNIT,
    Question,
    answer,
    answered,
    by_group,
)
from tests import toys
from tests.letters import agencies
from tests.toys import FIRST, LAST, ask, counted, due


@pytest.fixture(autouse=True)
def _toys(monkeypatch):
    toys.put(monkeypatch)


def questions_of(city, readers) -> list[Question]:
    """Every shipped way of counting letters, for several readers, periods and units."""
    unit = city.organizations["agency"].pk
    ways = [
        (one, variant)
        for one in indicators().values()
        for variant in one.variants.values()
        if variant.source in ("addressees", "letters")
    ]
    asked = [
        replace(ask(city, one), variant=variant, reader=reader, narrow=narrow)
        for one, variant in ways
        for reader in readers
        for narrow in ((), ((UNIT, unit),))
    ]
    asked += [one.a_year_before for one in asked]
    random.Random(8).shuffle(asked)
    return asked


def test_many_together_are_what_each_is_alone(city, django_assert_num_queries):
    agencies(city, 3)
    rng = random.Random(20261124)
    for _ in range(24):
        key = rng.choice(["agency", "natural", "housing"])
        row = due(city, date(rng.choice([2025, 2026]), rng.randint(1, 4), 3), key)
        row.replied_on = rng.choice([None, date(2026, 2, 2)])
        row.state = rng.choice(["served", "rectifying", "closed", "withdrawn"])
        row.attitude = "accepted" if row.replied_on else ""
        row.store()
    readers = [None, city.users["natural_contact"], city.users["court_officer"]]
    asked = questions_of(city, readers)
    alone = [answer(one) for one in asked]
    answered(asked[:1])  # the standing of the readers is kept

    assert answered(asked) == alone
    assert len({value.n for value in alone}) > 2
    one_reader = [one for one in asked if one.reader is None and not one.narrow]
    rows = {one.source.key for one in one_reader}
    with django_assert_num_queries(len(rows)):
        answered(one_reader)


def test_a_reader_without_rows_has_nothing_to_divide_by(city):
    due(city, FIRST, replied=True)
    nobody = city.users["system_admin"]
    asked = [
        replace(ask(city, indicator(key)), reader=nobody, first_on=FIRST, last_on=LAST)
        for key in ("R8", "C4")
    ]

    assert [counted(value) for value in answered(asked)] == [(0, 0), (0, 0)]
    assert by_group(asked[0], UNIT) == {}


def test_more_questions_than_one_statement_takes(city, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("services.indicators.questions.AT_ONCE", 2)
    due(city, FIRST, replied=True)
    asked = [ask(city, first_on=day) for day in (FIRST, LAST, FIRST, LAST, FIRST)]

    with django_assert_num_queries(3):
        found = answered(asked)

    assert [value.d for value in found] == [1, 0, 1, 0, 1]
