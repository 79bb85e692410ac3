"""A scheme and its items: what is refused, and that it stays once it is adopted."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from assessments.actions import schemes, sheets
from assessments.models import Item
from foundations.access.errors import RuleBroken
from services.indicators import definitions
from tests import assessed
from tests.assessed import acting, code


@pytest.fixture
def town(city):
    """The city with the letters of the three units."""
    assessed.letters_due(city)
    return city


def test_a_scheme_is_used_once_it_is_adopted_and_does_not_change_after(city):
    of = assessed.scheme(city)
    agency = [city.organizations["agency"]]
    assert code(lambda: assessed.sheet(city, of, units=agency)) == ("not_adopted", "")
    schemes.adopt(of.pk, **acting(city))
    item = of.items.first()

    for act in (
        lambda: schemes.add_item(of.pk, words=judged_item(), **acting(city)),
        lambda: schemes.remove_item(item.pk, **acting(city)),
        lambda: schemes.change_item(item.pk, **vars(judged_item()), **acting(city)),
        lambda: schemes.revise_scheme(
            of.pk, name="改", valid_from=date(2026, 1, 1), **acting(city)
        ),
    ):
        assert code(act)[0] == "not_draft"


def judged_item(**changes) -> schemes.ItemWords:
    words = schemes.ItemWords(name="宣传", kind="judged", weight=Decimal(10))
    return replace(words, **changes)


def test_the_next_edition_takes_the_place_of_the_first(city):
    first = assessed.adopted(city)
    second = schemes.next_edition(first.pk, **acting(city))
    assert code(lambda: schemes.next_edition(first.pk, **acting(city)))[0] == "edition_begun"

    copied = [tuple(one) for one in second.items.values_list("name", "weight", "steps", "target")]
    assert copied == list(first.items.values_list("name", "weight", "steps", "target"))
    schemes.adopt(second.pk, **acting(city))

    first.refresh_from_db()
    assert (first.state, second.edition) == ("replaced", 2)
    assert assessed.sheet(city, first, units=[city.organizations["agency"]]).scheme == first


@pytest.mark.parametrize(
    ("items", "said"),
    [
        pytest.param((), "no_items", id="nothing"),
        pytest.param((assessed.ITEMS[0], assessed.ITEMS[1]), "weights", id="eighty percent"),
        pytest.param(
            (*assessed.ITEMS, {"name": "宣传", "kind": "judged", "weight": Decimal("0.01")}),
            "weights",
            id="a hundredth too much",
        ),
    ],
)
def test_a_scheme_that_is_not_adopted(city, items, said):
    of = assessed.scheme(city, items=items)

    assert code(lambda: schemes.adopt(of.pk, **acting(city))) == (said, "")


COUNTED = {"name": "回复", "kind": "indicator", "weight": Decimal(10), "indicator": "R8"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param({"name": "按期回复"}, ("item_twice", "name"), id="twice"),
        pytest.param({"weight": Decimal(0)}, ("weight", "weight"), id="no weight"),
        pytest.param({"weight": Decimal(101)}, ("weight", "weight"), id="more than all"),
        pytest.param({"full_mark": Decimal(0)}, ("full_mark", "full_mark"), id="no mark"),
        pytest.param({"indicator": "R99"}, ("no_indicator", "indicator"), id="unknown"),
        pytest.param({"indicator": ""}, ("no_indicator", "indicator"), id="none"),
        pytest.param({"variant": "x"}, ("no_variant", "indicator"), id="unknown way"),
        pytest.param({}, ("no_way", "way"), id="no way"),
        pytest.param({"way": "threshold"}, ("no_target", "target"), id="no target"),
        pytest.param(
            {"way": "proportional", "target": Decimal(0)}, ("no_target", "target"), id="nought"
        ),
        pytest.param({"way": "steps"}, ("steps", "steps"), id="no steps"),
        pytest.param({"way": "steps", "steps": ("八十",)}, ("steps", "steps"), id="no number"),
        pytest.param({"way": "steps", "steps": ("80 101",)}, ("steps", "steps"), id="over full"),
        pytest.param({"way": "steps", "steps": ("80 NaN",)}, ("steps", "steps"), id="no share"),
        pytest.param(
            {"way": "steps", "steps": ("80 60", "80 70")}, ("steps", "steps"), id="same bound"
        ),
    ],
)
def test_an_item_that_cannot_be(city, given, said):
    of = assessed.scheme(city)
    words = schemes.ItemWords(**{**COUNTED, **given})

    assert code(lambda: schemes.add_item(of.pk, words=words, **acting(city))) == said
    assert of.items.count() == 3


BROKEN = """
- key: R8
  name: 回复率
  source: addressees
  date: due
  better: up
  variants:
    - {key: due, name: 已到期, n: [wished], d: [judicial], basis: 无}
"""


def test_an_item_of_a_broken_definition_is_refused_beside_its_field(city, monkeypatch, tmp_path):
    of = assessed.scheme(city, items=())
    (tmp_path / "broken.yaml").write_text(BROKEN, encoding="utf-8")
    monkeypatch.setattr(definitions, "FILES", tmp_path)
    words = schemes.ItemWords(**COUNTED, way="threshold", target=Decimal(80))

    with pytest.raises(RuleBroken, match="wished") as broken:
        schemes.add_item(of.pk, words=words, **acting(city))

    assert (broken.value.code, broken.value.field) == ("broken_indicator", "indicator")


def test_an_indicator_that_is_no_longer_defined_stops_the_sheet_and_is_named(town):
    of = assessed.adopted(town)
    made = assessed.sheet(town, of)
    Item.objects.filter(scheme=of, name="按期回复").update(indicator="R8old")

    with pytest.raises(RuleBroken, match="按期回复") as broken:
        sheets.count(made.pk, **acting(town))

    assert broken.value.code == "broken_indicator"
