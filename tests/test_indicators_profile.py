"""How an institution counts and what it wants: the section `indicators` of its profile."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from mechanisms.models import Mechanism
from services.indicators.definitions import indicators
from services.indicators.profile import choices_of
from services.indicators.values import Broken, Value
from tests.profiles import SMALL, load, refused, written

pytestmark = pytest.mark.django_db
SECTION = """\
indicators:
  - {key: R9, variant: replied, at_least: 62.5, provision: SM-1}
  - {key: R8, at_least: 80, at_most: 95}
  - {key: R10, months: 12}
  - {key: C4, at_most: 400}
text:
"""
TODAY = date(2026, 11, 20)


@pytest.fixture
def profile(tmp_path):
    """profile(old, new) is the small profile with the section, `old` made `new`."""
    text = SMALL.replace("text:\n", SECTION, 1)
    return lambda *changes: written(tmp_path / "profile.yaml", *changes, text=text)


@pytest.fixture
def chosen(profile, capsys):
    load(profile(), capsys)
    return choices_of(Mechanism.objects.get(), timezone.localdate())


def test_what_the_text_chooses(chosen):
    r9, r8, r10 = chosen["R9"], chosen["R8"], chosen["R10"]

    assert (r9.variant.key, r9.at_least, r9.at_most) == ("replied", Decimal("62.5"), None)
    assert (r9.provision, r9.named, r9.months) == ("SM-1", True, 6)
    assert (r8.variant.key, r8.at_least, r8.at_most) == ("due", 80, 95)
    assert (r10.variant.key, r10.months, r10.provision) == ("adopted", 12, "")
    assert chosen["C4"].at_most == 400


def test_what_the_text_does_not_name_is_counted_as_usual(chosen):
    assert list(chosen) == list(indicators())
    for key, choice in chosen.items():
        assert choice.key == key
        if key not in ("R9", "R8", "R10", "C4"):
            assert choice.variant == choice.indicator.usual
            assert (choice.named, choice.at_least, choice.at_most) == (False, None, None)


def test_an_institution_without_the_section(tmp_path, capsys):
    load(written(tmp_path / "profile.yaml"), capsys)

    found = choices_of(Mechanism.objects.get(), TODAY)

    assert [choice.named for choice in found.values()] == [False] * len(indicators())


def test_a_way_of_counting_that_is_gone_gives_way_to_the_usual(city):
    version = city.mechanism.versions.get()
    version.source["indicators"] = [{"key": "R9", "variant": "forgotten"}, {"key": "R0"}]
    type(version).objects.filter(pk=version.pk).update(source=version.source)

    found = choices_of(Mechanism.objects.get(pk=city.mechanism.pk), TODAY)

    assert found["R9"].variant.key == "due"
    assert "R0" not in found


def test_the_loader_tells_what_it_makes(profile, capsys):
    said = load(profile(), capsys)

    assert [one["name"] for one in said["changes"] if "R9" in str(one)] == ["R9、R8、R10、C4"]
    again = load(profile(), capsys)
    assert not [one for one in again["changes"] if "R9" in str(one)]


@pytest.mark.parametrize(
    ("n", "d", "meets"),
    [(5, 8, True), (624, 1000, False), (625, 1000, True), (62499, 100000, False), (0, 0, None)],
)
def test_a_bound_is_met_by_the_figure_as_it_is(chosen, n, d, meets):
    """62.499% is printed as 62.50% and does not reach it."""
    assert chosen["R9"].meets(Value(n, d)) is meets


@pytest.mark.parametrize(("n", "meets"), [(79, False), (80, True), (95, True), (96, False)])
def test_both_bounds_are_inclusive(chosen, n, meets):
    assert chosen["R8"].meets(Value(n, 100)) is meets


def test_nothing_is_met_without_a_bound_or_a_figure(chosen):
    assert chosen["R10"].meets(Value(1, 1)) is None
    assert chosen["R8"].meets(Broken(0, 0, reason="x")) is None
    assert chosen["C4"].meets(Broken(0, 0, chosen["C4"].indicator.unit, reason="x")) is None


@pytest.mark.parametrize(
    ("old", "new", "path", "message"),
    [
        pytest.param("key: R10", "key: R99", "indicators[3].key", "R99", id="unknown key"),
        pytest.param(
            "variant: replied",
            "variant: guessed",
            "indicators[1].variant",
            "guessed",
            id="unknown way",
        ),
        pytest.param(
            "at_least: 62.5", "at_least: 100.1", "indicators[1].at_least", "100.1", id="over 100"
        ),
        pytest.param("at_most: 95", "at_most: 101", "indicators[2].at_most", "101", id="most"),
        pytest.param("at_least: 80", "at_least: 96", "indicators[2].at_least", "", id="reversed"),
        pytest.param(
            "at_least: 80", "at_least: -1", "indicators[2].at_least", "", id="below nothing"
        ),
        pytest.param(
            "provision: SM-1", "provision: SM-9", "indicators[1].provision", "SM-9", id="clause"
        ),
        pytest.param("key: R10", "key: R9", "indicators[3].key", "R9", id="twice"),
        pytest.param("months: 12", "months: 0", "indicators[3].months", "", id="no month"),
        pytest.param("months: 12", "month: 12", "indicators[3].month", "month", id="unknown word"),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(profile, capsys, old, new, path, message):
    changes = (old, new)
    if "SM-" in new:
        changes = ("62.5, provision: SM-1", "62.5, provision: SM-9")
    faults = refused(profile(*changes), capsys)

    assert path in [given for _line, given, _message in faults]
    assert any(message in said for _line, _given, said in faults)
