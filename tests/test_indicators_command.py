"""`manage.py indicators` as an operator or a script asks it; figures are counted by hand."""

import io
import json
from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from services.indicators import definitions
from services.indicators.definitions import indicators
from services.indicators.values import NO_DATA
from suggestions.states import AddresseeState as A
from tests.letters import addressee, agencies, ceased, put_served, unit

YEAR = ("--from", "2026-01-01", "--to", "2026-10-31")
SERVED = date(2026, 1, 5)


def said(city, *more: str, days=YEAR) -> str:
    out = io.StringIO()
    key = city.mechanism.key
    given = () if "--on" in (*more, *days) else ("--on", "2026-11-20")
    call_command("indicators", "--mechanism", key, *days, *given, *more, stdout=out)
    return out.getvalue()


def asked(city, *more: str, **given) -> dict[tuple[str, str], dict]:
    rows = json.loads(said(city, "--format", "json", *more, **given))
    return {(row["key"], row["variant"]): row for row in rows}


def refusal(city, *more: str, days=YEAR) -> str:
    with pytest.raises(CommandError) as refused:
        said(city, *more, days=days)
    assert refused.value.returncode == 1
    return str(refused.value)


@pytest.fixture
def told(city):
    """Seven due, of which five replied; three of the agency, with two replies."""
    agencies(city, 2)
    for place in range(7):
        key = "agency" if place in (0, 1, 6) else "natural"
        row = put_served(addressee(city, key, issued_on=SERVED), SERVED, date(2026, 5, 1 + place))
        if place < 5:
            row.replied_on, row.state, row.attitude = SERVED, A.RECTIFYING, "accepted"
            row.store()
    put_served(addressee(city, issued_on=SERVED), SERVED, date(2026, 10, 31), state=A.WITHDRAWN)
    return city


def test_each_indicator_in_its_chosen_way(told):
    found = asked(told)

    assert [key for key, _variant in found] == list(indicators())
    assert found["R8", "due"]["note"].startswith("已书面回复的司法建议数")
    assert found["R8", "due"]["note"].endswith("未到期 0；未送达或者未定期限 0；已撤回 1")
    r8 = {name: found["R8", "due"][name] for name in ("n", "d", "value")}
    assert r8 == {"n": 5, "d": 7, "value": "71.43"}
    assert set(found["R8", "due"]) == {"key", "variant", "n", "d", "value", "note"}


def test_without_a_base_there_are_no_data(told):
    row = asked(told)["R11", "due"]

    assert (row["n"], row["d"], row["value"]) == (0, 0, None)
    assert row["note"].endswith(NO_DATA)
    assert NO_DATA not in asked(told)["R8", "due"]["note"]


def test_a_count_has_no_base(told):
    row = asked(told)["C4", "letters"]

    # eight letters went out; one was given up by its only unit
    assert (row["n"], row["d"], row["value"]) == (7, None, "7")
    assert NO_DATA not in row["note"]


def test_every_way_of_counting(told):
    found = asked(told, "--all")

    assert list(found) == [
        (key, variant) for key, one in indicators().items() for variant in one.variants
    ]
    assert (found["R9", "due"]["value"], found["R9", "replied"]["value"]) == ("71.43", "100.00")


def test_the_way_that_the_institution_chose(told):
    version = told.mechanism.versions.get()
    version.source["indicators"] = [{"key": "R9", "variant": "replied"}]
    type(version).objects.filter(pk=version.pk).update(source=version.source)

    found = asked(told)

    assert ("R9", "due") not in found
    assert found["R9", "replied"]["d"] == 5


@pytest.mark.parametrize("name", ["agency", "试验市综合行政执法局", "市综合执法局"])
def test_one_unit_by_any_of_its_names(told, name):
    found = asked(told, "--unit", name)

    assert (found["R8", "due"]["n"], found["R8", "due"]["d"]) == (2, 3)
    assert found["C4", "letters"]["n"] == 3


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (("--from", "2026-05-01", "--to", "2026-05-01"), (1, 1)),
        (("--from", "2026-05-05", "--to", "2026-05-07"), (1, 3)),
        (("--from", "2026-05-08", "--to", "2026-10-30"), (0, 0)),
    ],
)
def test_both_days_are_in_the_period(told, days, expected):
    row = asked(told, days=days)["R8", "due"]

    assert (row["n"], row["d"]) == expected


def test_as_it_was_known_on_a_day(told):
    """On May 3 the two first last days are over."""
    row = asked(told, "--on", "2026-05-03")["R8", "due"]

    assert (row["n"], row["d"]) == (2, 2)


def test_for_the_eye(told):
    lines = said(told).splitlines()

    assert lines[0].split("\t") == ["key", "variant", "n", "d", "value", "note"]
    rows = {line.split("\t")[0]: line.split("\t") for line in lines[1:]}
    assert len(lines) == 1 + len(indicators())
    assert {len(row) for row in rows.values()} == {6}
    assert rows["R8"][:5] == ["R8", "due", "5", "7", "71.43"]
    assert rows["R11"][:5] == ["R11", "due", "0", "0", "—"]
    assert rows["C4"][:5] == ["C4", "letters", "7", "—", "7"]


def test_a_broken_definition_is_told_and_spoils_no_other(told, tmp_path, monkeypatch):
    shipped = definitions.FILES / "50_suggestions.yaml"
    text = shipped.read_text(encoding="utf-8").replace("n: [in_time]", "n: [punctual]")
    (tmp_path / "50_suggestions.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(definitions, "FILES", tmp_path)

    found = asked(told)

    assert found["R8", "due"]["value"] == "71.43"
    broken = found["R8a", "due"]
    assert (broken["n"], broken["d"], broken["value"]) == (None, None, None)
    assert "punctual" in broken["note"]


# ---- what is refused


def test_an_institution_that_is_not_loaded(city):
    with pytest.raises(CommandError) as refused:
        call_command("indicators", "--mechanism", "nowhere", *YEAR)

    assert "nowhere" in str(refused.value)
    assert city.mechanism.key in str(refused.value)


def test_a_period_that_ends_before_it_begins(city):
    message = refusal(city, days=("--from", "2026-03-02", "--to", "2026-03-01"))

    assert "2026-03-02" in message
    assert "2026-03-01" in message


@pytest.mark.parametrize("text", ["2026-02-30", "去年", "", "2026/1/1"])
@pytest.mark.parametrize("place", ["--from", "--to", "--on"])
def test_a_day_that_is_none(city, place, text):
    if (place, text) == ("--on", ""):
        return
    given = {"--from": "2026-01-01", "--to": "2026-10-31", "--on": "2026-11-20", place: text}
    days = [part for pair in given.items() for part in pair]

    assert text in refusal(city, days=days)


def test_a_unit_that_nobody_knows(city):
    assert "市气象局" in refusal(city, "--unit", "市气象局")


def test_a_unit_of_another_time(city):
    """The old one ceased on June 1; a period that has that day still has it."""
    old, _new = ceased(city)
    later = ("--from", "2026-06-02", "--to", "2026-10-31")

    message = refusal(city, "--unit", old.name, days=later)

    assert old.name in message
    assert "2026" in message
    until = ("--from", "2026-06-01", "--to", "2026-10-31")
    assert asked(city, "--unit", old.name, days=until)["R8", "due"]["d"] == 0


def test_a_unit_that_came_later(city):
    unit(city, "data", "试验市数据局", "市数据局", valid_from=date(2026, 11, 1))

    assert "试验市数据局" in refusal(city, "--unit", "市数据局")


def test_two_units_of_one_name(city):
    unit(city, "first", "试验市第一中心", "市中心", valid_to=date(2026, 5, 31))
    unit(city, "second", "试验市第二中心", "市中心", valid_from=date(2026, 6, 1))

    message = refusal(city, "--unit", "市中心")

    assert "first" in message
    assert "second" in message
    since = ("--from", "2026-06-01", "--to", "2026-10-31")
    assert asked(city, "--unit", "市中心", days=since)
