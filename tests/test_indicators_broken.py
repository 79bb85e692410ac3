"""What is broken in a definition or a source, and what it spoils: itself alone."""

from dataclasses import replace

import pytest
from django.core.management import call_command
from django.db.models import Exists, F, OuterRef, Q, Value

from members.models import Organization
from services.indicators import definitions, sources
from services.indicators.definitions import (
    Apart,
    Better,
    Unit,
    read,
)
from services.indicators.questions import (
    UNIT,
    answer,
    answered,
    by_group,
    by_month,
)
from services.indicators.sources import Terms
from services.indicators.values import Broken, change
from tests import toys
from tests.toys import FIRST, LAST, ON, TOYS, ask, counted, due, made


@pytest.fixture(autouse=True)
def _toys(monkeypatch):
    toys.put(monkeypatch)


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
