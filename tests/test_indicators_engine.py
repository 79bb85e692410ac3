"""Questions of indicators: what is counted, when, for whom, and what a broken one spoils.

Each figure is counted by hand from the rows of its test.
"""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value

from foundations.access.errors import RuleBroken
from members.models import Organization
from services.indicators import definitions, sources
from services.indicators.definitions import (
    Apart,
    Better,
    Indicator,
    Unit,
    Variant,
    indicator,
    indicators,
    read,
)
from services.indicators.groups import units
from services.indicators.periods import Period, months_of, parse_period, the_year_before
from services.indicators.questions import (
    UNIT,
    Question,
    answer,
    answered,
    by_group,
    by_month,
)
from services.indicators.sources import Group, Source, Terms
from services.indicators.values import Broken, change
from services.indicators.values import Value as Figure
from suggestions.models import Addressee, Measure
from suggestions.states import AddresseeState
from tests.letters import addressee, agencies, ceased, letter, put_served

FIRST, LAST, ON = date(2026, 2, 1), date(2026, 3, 31), date(2026, 11, 20)
SERVED = date(2026, 1, 5)


def _before_end(terms: Terms) -> Q:
    return Q(served_on__lte=terms.last_on)


def _not_replied_before(terms: Terms) -> Q:
    return Q(replied_on__isnull=True) | Q(replied_on__gte=terms.first_on)


TOYS = Source(
    key="toys",
    label="Toys",
    rows=lambda place, reader: Addressee.objects.filter(suggestion__jurisdiction=place),
    conditions={
        "any": Q(),
        "closed": Q(state=AddresseeState.CLOSED),
        "replied": Q(replied_on__isnull=False),
        "late": Q(replied_on__gt=F("reply_due_on")),
        "taken": _before_end,
        "in_hand": _not_replied_before,
        "replied_in_period": lambda t: Q(replied_on__range=(t.first_on, t.last_on)),
    },
    dates={"due": "reply_due_on", "served": "served_on", "replied": "replied_on"},
    columns=(),
    groups={
        UNIT: units("organization"),
        "area": Group("Area", "suggestion__area", lambda keys: {key: str(key) for key in keys}),
        "handler": Group("Handler", "handler", lambda keys: {key: str(key) for key in keys}),
    },
    sums={"order": "order", "one": "handler"},
    unit="organization",
)
REPLIED = Variant("replied", "", "toys", "due", n=("replied",), d=("any",), basis="")


@pytest.fixture(autouse=True)
def _toys(monkeypatch):
    monkeypatch.setitem(sources._sources, "toys", TOYS)


def made(variant: Variant = REPLIED, unit: Unit = Unit.PERCENT, **changes) -> Indicator:
    one = replace(variant, **changes)
    return Indicator("T1", "试验", unit, Better.UP, {one.key: one})


def ask(city, one: Indicator | None = None, **given) -> Question:
    one = one or made()
    days = {"first_on": FIRST, "last_on": LAST, "on": ON}
    return Question(one, one.usual, city.jurisdiction, **{**days, **given})


def due(city, day: date, key: str = "agency", *, replied: bool = False, **changes) -> Addressee:
    """A letter to one unit whose reply is due on a day, and came that day or not at all."""
    if replied:
        changes |= {"replied_on": day, "state": AddresseeState.CLOSED}
    return put_served(addressee(city, key), SERVED, day, **changes)


def counted(value: Figure) -> tuple[int, int]:
    return value.n, value.d


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


# ---- many at once


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


# ---- what is broken


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"source": "nowhere"}, "nowhere"),
        ({"n": ("nothing",)}, "nothing"),
        ({"d": ("~lost",)}, "lost"),
        ({"date": "someday"}, "someday"),
        ({"n_date": "otherday"}, "otherday"),
        ({"d_sum": "weight"}, "weight"),
        ({"apart": (Apart("旁", ("absent",)),)}, "absent"),
        ({"apart": (Apart("旁", ("any",)), Apart("旁", ("any",)))}, "旁"),
        ({"apart": (Apart("n", ("any",)),)}, "n"),
        ({"d": ()}, ""),
    ],
)
def test_a_broken_definition_spoils_no_other(city, changes, said):
    due(city, FIRST, replied=True)
    wrong, right = ask(city, made(**changes)), ask(city)

    first, found, last = answered([wrong, right, wrong])

    assert isinstance(first, Broken)
    assert (first.text, first.figure, first.n, first.d) == ("—", None, 0, 0)
    assert said in first.broken
    assert first.reason == first.broken == last.broken != ""
    assert (counted(found), found.broken) == ((1, 1), "")
    assert by_group(wrong, UNIT) == {}
    assert [value.broken != "" for value in by_month(wrong).values()] == [True, True]
    assert change(first, found, Better.UP) is None


def test_units_lack_what_the_whole_knows(city, monkeypatch):
    """Conditions of the whole must hold of its rows for units as well."""
    pieces = replace(TOYS, key="pieces", conditions={"any": Q()})
    monkeypatch.setitem(sources._sources, "toys", replace(TOYS, apiece=pieces))

    assert "replied" in answer(ask(city)).broken


@pytest.mark.parametrize("unit", [Unit.DAYS, Unit.COUNT])
def test_a_shape_that_does_not_fit_its_unit(city, unit):
    assert answer(ask(city, made(unit=unit))).broken


def test_what_knows_no_unit_says_so(city, monkeypatch):
    monkeypatch.setitem(sources._sources, "toys", replace(TOYS, groups={}, unit=""))

    by_unit, by_area, whole = answered(
        [ask(city, narrow=((UNIT, 1),)), ask(city, narrow=(("area", "x"),)), ask(city)]
    )

    assert by_unit.broken
    assert "area" in by_area.broken
    assert whole.broken == ""
    with pytest.raises(KeyError):
        by_group(ask(city), UNIT)


GOOD = """\
- {key: A1, name: 一, source: toys, date: due, variants: [{key: a, name: 甲, n: [any], d: [any], basis: 一。}]}
"""  # noqa: E501
FILES = {
    "10_good.yaml": GOOD,
    "20_wrong.yaml": GOOD.replace("A1", "A2")
    + "- {key: A3, source: toys, variants: []}\n"
    + "- {key: A4, name: 四, source: toys, variants: [{key: a, name: 甲, n: any, basis: 一。}]}\n"
    + GOOD.replace("A1", "A5").replace("source: toys", "source: toys, unit: miles")
    + GOOD.replace("A1", "A6").replace("basis:", "colour: red, basis:")
    + "- 7\n",
    "30_torn.yaml": "- {key: A8\n",
    "40_twice.yaml": GOOD + GOOD.replace("A1", "A9").replace("n: [any]", "n: [gone]"),
    "50_empty.yaml": "",
}


@pytest.fixture
def torn(tmp_path, monkeypatch):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(definitions, "FILES", tmp_path)
    return tmp_path


def test_what_can_be_read_is_read(torn):
    found, wrong = read(torn)

    assert list(found) == ["A1", "A2", "A9"]
    assert [said.split(":")[:2] for said in wrong] == [
        ["20_wrong.yaml", " A3"],
        ["20_wrong.yaml", " A4"],
        ["20_wrong.yaml", " A5"],
        ["20_wrong.yaml", " A6"],
        ["20_wrong.yaml", " 6"],
        ["30_torn.yaml", wrong[5].split(":")[1]],
        ["40_twice.yaml", " A1 is defined twice"],
    ]


def test_the_system_check_tells_every_fault(torn, capsys):
    call_command("check")

    said = capsys.readouterr().err
    assert said.count("indicators.W001") == 8
    assert "A9/a" in said
    assert "gone" in said


def test_what_is_shipped_is_sound():
    assert list(definitions.faults()) == []


def test_every_condition_of_every_source_can_be_asked(city):
    """A column that a condition names and its rows have not would fail on a page only."""
    terms = Terms(FIRST, LAST, ON)
    for one in sources.registered().values():
        for held in filter(None, (one, one.apiece)):
            rows = held.rows(city.jurisdiction, None)
            for name in held.conditions:
                assert list(rows.filter(held.met(name, terms))) == []
                assert list(rows.filter(held.met(f"~{name}", terms))) == []
            for column in (*held.dates.values(), *held.sums.values()):
                assert list(rows.values_list(column)) == []
            for group in held.groups.values():
                assert list(rows.values_list(group.column)) == []
                assert not group.words([])
            assert list(rows.select_related(*held.near)) == []
            assert held.model is rows.model


def test_a_key_is_registered_once():
    with pytest.raises(RuntimeError):
        sources.register(TOYS)


# ---- conditions of the whole, asked of its units


def test_conditions_move_with_their_rows(city):
    due(city, FIRST, replied=True)
    late = due(city, FIRST)
    late.replied_on = LAST
    late.store()
    moved = sources.within(
        {
            **TOYS.conditions,
            "mixed": Q(state="closed") | ~Q(Q(replied_on=None) & ~Q(order=5)),
        },
        "addressees__",
    )
    terms = Terms(FIRST, LAST, ON)
    letters = city.mechanism.suggestion_set.all()

    held = {
        name: letters.filter(found if isinstance(found, Q) else found(terms)).count()
        for name, found in moved.items()
    }

    assert held == {
        "any": 2,
        "closed": 1,
        "replied": 2,
        "late": 1,
        "taken": 2,
        "in_hand": 2,
        "replied_in_period": 2,
        "mixed": 2,
    }


@pytest.mark.parametrize(
    "condition",
    [
        Q(Exists(Organization.objects.filter(pk=OuterRef("organization")))),
        Q(pk=OuterRef("pk")),
        Q(order=F("order") + 1),
        Q(order=Value(1)),
    ],
)
def test_what_cannot_be_moved_is_refused(condition):
    with pytest.raises(TypeError):
        sources.within({"x": condition}, "suggestion__")


# ---- values


@pytest.mark.parametrize(
    ("n", "d", "text"),
    [
        (1, 8, "12.50%"),
        (2, 3, "66.67%"),
        (1, 800, "0.13%"),  # 0.125 goes up, not to the even digit
        (3, 800, "0.38%"),  # 0.375
        (0, 7, "0.00%"),
        (7, 7, "100.00%"),
        (0, 0, "—"),
    ],
)
def test_a_half_is_rounded_up(n, d, text):
    assert Figure(n, d).text == text


@pytest.mark.parametrize(
    ("now", "before", "better", "text", "wanted"),
    [
        (Figure(3, 4), Figure(1, 2), Better.UP, "+25.00 个百分点", True),
        (Figure(3, 4), Figure(1, 2), Better.DOWN, "+25.00 个百分点", False),
        (Figure(1, 2), Figure(1, 2), Better.UP, "0.00 个百分点", None),
        (Figure(1, 2), Figure(3, 4), Better.NEITHER, "−25.00 个百分点", None),
        (Figure(6, 6, Unit.COUNT), Figure(4, 4, Unit.COUNT), Better.UP, "+50.00%", True),
        (Figure(50, 2, Unit.DAYS), Figure(40, 1, Unit.DAYS), Better.DOWN, "−37.50%", True),
    ],
)
def test_a_change_in_points_or_in_percent(now, before, better, text, wanted):
    found = change(now, before, better)

    assert (found.text, found.wanted) == (text, wanted)


def test_nothing_to_compare_with():
    nothing, some = Figure(0, 0), Figure(1, 2)

    assert change(some, nothing, Better.UP) is None
    assert change(nothing, some, Better.UP) is None
    assert change(Figure(3, 3, Unit.COUNT), Figure(0, 0, Unit.COUNT), Better.UP) is None


def test_a_small_base():
    """Nine are too few to compare units by, ten are not (I9)."""
    assert (Figure(1, 9).is_small, Figure(1, 10).is_small) == (True, False)
    assert not Figure(1, 1, Unit.COUNT).is_small
    assert Broken(0, 0, Unit.COUNT, reason="x").is_small
    assert Broken(0, 0, Unit.COUNT, reason="x").figure is None
    assert Figure(3, 8).figure == Decimal("37.50")


# ---- periods


@pytest.mark.parametrize(
    ("text", "first", "last", "label"),
    [
        ("2026", "2026-01-01", "2026-12-31", "2026年度"),
        ("2026-h2", "2026-07-01", "2026-12-31", "2026年下半年"),
        ("2026-Q1", "2026-01-01", "2026-03-31", "2026年第一季度"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024年2月"),
        ("2026-01-01..2026-11-22", "2026-01-01", "2026-11-22", "2026年1月1日至11月22日"),
        ("2025-12-01..2026-01-09", "2025-12-01", "2026-01-09", "2025年12月1日至2026年1月9日"),
        ("2026-05-04..2026-05-04", "2026-05-04", "2026-05-04", "2026年5月4日"),
        ("2026-04-01..2026-06-30", "2026-04-01", "2026-06-30", "2026年第二季度"),
    ],
)
def test_a_period_is_read_and_named(text, first, last, label):
    period = parse_period(text)

    assert (period.first_on.isoformat(), period.last_on.isoformat()) == (first, last)
    assert period.label == label


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-11-22..2026-11-21", "period_reversed"),
        ("2026-02-30..2026-03-01", "day_unknown"),
        ("2026-03-01..", "day_unknown"),
        ("2026-13", "period_unknown"),
        ("2026-00", "period_unknown"),
        ("2026-Q5", "period_unknown"),
        ("0000", "period_unknown"),
        ("9999", "period_unknown"),
        ("", "period_unknown"),
        ("去年", "period_unknown"),
    ],
)
def test_a_period_that_is_none_is_refused(text, code):
    with pytest.raises(RuleBroken) as refused:
        parse_period(text)

    assert refused.value.code == code
    assert refused.value.message


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ((2026, 1, 1), (2026, 11, 22), ("2025-01-01", "2025-11-22")),
        ((2025, 2, 1), (2025, 2, 28), ("2024-02-01", "2024-02-29")),
        ((2024, 2, 1), (2024, 2, 29), ("2023-02-01", "2023-02-28")),
        ((2024, 2, 29), (2024, 3, 1), ("2023-02-28", "2023-03-01")),
    ],
)
def test_the_same_days_of_last_year(first, last, expected):
    """A whole month is compared with the whole month, in leap years as well."""
    found = the_year_before(date(*first), date(*last))

    assert tuple(day.isoformat() for day in found) == expected
    assert Period(date(*first), date(*last)).a_year_before == Period(*found)
