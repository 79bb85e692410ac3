"""What a file may say of rates: what is refused, and what the institutions' own files name."""

import pytest
import yaml

from mechanisms.gaps import configuration_gaps
from mechanisms.loading.reading import read_profile
from mechanisms.wording import sentence_of
from services.indicators.clauses import every_key, faults_in, keys_of, named
from services.indicators.definitions import indicators
from tests.profiles import CHENGXI, PROFILES, SMALL, load, refused, written

INSTITUTIONS = {path.stem: path for path in [*PROFILES.glob("*.yaml"), CHENGXI]}
RATES = {
    ("yinchuan", "YC-8"): (["R19/enterprise"], {"below": "R19/reconsideration"}),
    ("yinchuan", "YC-10"): (
        ["R2"],
        {"areas": ["labour", "food_and_drugs", "housing_expropriation", "environment"]},
    ),
    ("yinchuan", "YC-19"): (["R3"], {"at_least": 20}),
    ("yinchuan", "YC-27"): (["R6", "R7"], {"at_least": 100}),
    ("yinchuan", "YC-31"): (["R1"], {}),
    ("yinchuan", "YC-37"): (["R1", "R2", "R3", "R4", "R5"], {}),
    ("wujiagang", "WJ-2"): (["R14", "R14a"], {}),
    ("wujiagang", "WJ-51"): (["R11", "R11a"], {}),
    ("wujiagang", "WJ-63"): (["R6", "R6a"], {}),
    ("wujiagang", "WJ-70"): (["R17", "R18"], {}),
    ("wujiagang", "WJ-79"): (["R13"], {}),
    ("chengxi", "CHX-21"): (["R6"], {"at_least": 90}),
}
CLAUSE = """\
          - number: SM-2
            operative: 每两个月
            duty_bearers: [government, court]
            modal: shall
            rule_kind: rate_target
            subject: mediation
            parameters: {indicator: 调解率, keys: [R3], at_least: 20}
            realised_by: {room: cases, record: unit, page: "cases:units"}
"""
LINE = len(SMALL.splitlines()) + 7
"""Where the parameters of that clause stand."""


def provisions(source: dict) -> list[dict]:
    clauses = [clause for part in source["text"] for clause in part["clauses"]]
    return [one for clause in clauses for one in clause.get("provisions", ())]


@pytest.mark.parametrize(
    ("parameters", "places"),
    [
        ({"keys": ["R3"], "at_least": 20}, []),
        ({"keys": ["R6", "R6a"], "at_least": 0, "at_most": 100}, []),
        ({"keys": ["R2/decided"]}, []),
        ({"keys": ["R19/enterprise"], "below": "R19/reconsideration"}, []),
        ({"keys": ["R19"], "at_most": 400}, []),
        ({"indicator": "调解率", "at_least": 20}, []),
        ({"keys": ["R3", "R99"]}, [("keys", 1)]),
        ({"keys": ["R2/all"]}, [("keys", 0)]),
        ({"keys": ["R3"], "at_least": 101}, [("at_least",)]),
        ({"keys": ["R3"], "at_most": -1}, [("at_most",)]),
        ({"keys": ["R3"], "at_least": 30, "at_most": 20}, [("at_least",)]),
        ({"keys": ["R3"], "below": "R98"}, [("below",)]),
        ({"keys": ["R3"], "below": "R2", "at_least": 20}, [("below",)]),
        ({"keys": ["R3"], "below": "R19"}, [("below",)]),
        ({"keys": ["R2", "R5"], "areas": ["labour", "environment"]}, []),
        ({"keys": ["R2"], "areas": ["labour", "moon"]}, [("areas", 1)]),
        ({"keys": ["R22"], "areas": ["labour"]}, [("areas", 0)]),
    ],
)
def test_what_a_clause_may_name(parameters, places):
    assert [tuple(fault.path) for fault in faults_in(parameters)] == places


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"keys": ["R6"], "at_least": 80}, "不低于 80%"),
        ({"keys": ["R1c"], "at_least": 2}, "不低于 2倍"),
        ({"keys": ["R19/enterprise"], "at_most": 45.5}, "不高于 45.5天"),
        ({"keys": ["C5"], "at_least": 3}, "不低于 3"),
        ({"keys": ["R6", "R19"], "at_least": 3}, "不低于 3"),
        ({"at_least": 20}, "不低于 20%"),
    ],
)
def test_a_bound_has_the_sign_of_its_figure(parameters, said):
    assert sentence_of(parameters) == said


@pytest.mark.parametrize("named", [True, False])
def test_a_rate_that_names_no_figure_is_a_gap(db, tmp_path, named):
    text = SMALL + (CLAUSE if named else CLAUSE.replace("keys: [R3], ", ""))
    source = read_profile(written(tmp_path / "own.yaml", text=text)).source

    said = [gap.fault.message for gap in configuration_gaps(source) if "比率" in gap.fault.message]

    assert said == (
        [] if named else ["SM-2 提出了比率要求，但没有写明按哪项指标计算，因此无法判断是否落实。"]
    )


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ("keys: [R99]", "keys[1]"),
        ("keys: [r3]", "keys[1]"),
        ("keys: []", "keys"),
        ("keys: R3", "keys"),
    ],
)
def test_a_file_is_refused_at_the_line(db, tmp_path, capsys, wrong, place):
    path = written(tmp_path / "own.yaml", "keys: [R3]", wrong, text=SMALL + CLAUSE)

    (fault,) = refused(path, capsys)

    line, where, message = fault
    assert (line, where.endswith(f"parameters.{place}")) == (LINE, True), fault
    assert message


def test_a_file_with_a_rate_is_loaded(db, tmp_path, capsys):
    section = "indicators:\n  - {key: R3, at_least: 20, provision: SM-2}\n"
    path = written(tmp_path / "own.yaml", text=SMALL + CLAUSE + section)

    assert load(path, capsys)["ok"] is True


def test_each_clause_on_a_rate_names_its_figures():
    found = {
        (key, one["number"]): one["parameters"]
        for key, path in INSTITUTIONS.items()
        for one in provisions(read_profile(path).source)
        if one["rule_kind"] == "rate_target"
    }

    said = {
        place: (keys_of(given), {k: v for k, v in given.items() if k not in ("keys", "indicator")})
        for place, given in found.items()
    }
    assert said == RATES
    for given in found.values():
        assert given["indicator"]
        assert {named(text)[0] for text in every_key(given)} <= indicators().keys()
        assert list(faults_in(given)) == []


@pytest.mark.parametrize("key", INSTITUTIONS)
def test_a_clause_and_its_section_want_the_same(key):
    source = read_profile(INSTITUTIONS[key]).source
    rows = {row["key"]: row for row in source.get("indicators", ())}
    clauses = {one["number"]: one for one in provisions(source)}

    for row in rows.values():
        assert row["provision"] in clauses
    for number, one in clauses.items():
        given = one.get("parameters", {})
        for text in keys_of(given):
            row = rows[named(text)[0]]
            bounds = {name: given[name] for name in ("at_least", "at_most") if name in given}
            if bounds:
                assert row["provision"] == number
                assert {name: row.get(name) for name in bounds} == bounds


def test_the_targets_that_the_texts_state():
    stated = {
        (key, row["provision"]): row["at_least"]
        for key, path in INSTITUTIONS.items()
        for row in read_profile(path).source.get("indicators", ())
        if "at_least" in row
    }

    assert stated == {
        ("yinchuan", "YC-14"): 100,
        ("yinchuan", "YC-19"): 20,
        ("yinchuan", "YC-22"): 100,
        ("yinchuan", "YC-27"): 100,
        ("yinchuan", "YC-29"): 100,
        ("chengxi", "CHX-21"): 90,
    }


def test_the_targets_of_the_demo_are_its_own():
    path = PROFILES.parent.parent / "demo" / "profiles" / "shifan.yaml"
    rows = yaml.safe_load(path.read_text("utf-8"))["indicators"]

    assert [tuple(row.items()) for row in rows] == [
        (("key", "R1"), ("at_least", 75)),
        (("key", "R2"), ("at_least", 12)),
        (("key", "R3"), ("at_least", 25)),
        (("key", "R4"), ("at_most", 10)),
        (("key", "R5"), ("at_most", 12)),
        (("key", "R6"), ("at_least", 80)),
    ]
