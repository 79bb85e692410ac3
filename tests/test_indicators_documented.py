"""The page on indicators names each of them as it is defined, in the same order."""

import re
from pathlib import Path

import yaml

from services.indicators.definitions import Better, Unit, indicators

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGE = (DOCS / "indicators.md").read_text("utf-8")
UNITS = {Unit.PERCENT: "%", Unit.TIMES: "倍", Unit.DAYS: "天", Unit.COUNT: "件"}
WANTED = {Better.UP: "↑", Better.DOWN: "↓", Better.NEITHER: "–"}
RULES = [f"I{n}" for n in range(1, 11)]


def rows(heading: str) -> list[list[str]]:
    """The cells of the table under a heading, without its head."""
    part = re.split(r"^## ", PAGE.split(f"## {heading}\n")[1], flags=re.MULTILINE)[0]
    lines = [line for line in part.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[1:]]


def test_all_indicators_are_in_the_table():
    told = [tuple(row) for row in rows("All indicators")]

    assert told == [
        (
            f"`{one.key}`",
            one.name,
            UNITS[one.unit],
            WANTED[one.better],
            "；".join(f"`{way.key}` {way.name}" for way in one.variants.values()),
        )
        for one in indicators().values()
    ]


def test_the_rules_of_counting_are_told():
    text = " ".join(cell for row in rows("How it is counted") for cell in row)

    assert re.findall(r"\(I\d+\)", text) == [f"({rule})" for rule in RULES]


def test_the_example_is_a_definition():
    lines = PAGE.split("    - key: R3\n")[1].splitlines()
    example = "\n".join(["    - key: R3", *lines[: lines.index("")]])
    (given,) = yaml.safe_load(example)
    one = indicators()[given["key"]]
    (told,) = given["variants"]
    (way,) = one.variants.values()

    assert (given["name"], given["source"], given["date"]) == (one.name, way.source, way.date)
    assert (told["key"], told["name"]) == (way.key, way.name)
    assert (tuple(told["n"]), tuple(told["d"])) == (way.n, way.d)
    assert [apart["name"] for apart in told["apart"]] == ["未结"]


def test_each_way_of_counting_says_what_is_above_and_below_the_line():
    for one in indicators().values():
        for way in one.variants.values():
            assert len(way.basis) > 20, (one.key, way.key)
            assert way.basis.strip().endswith("。"), (one.key, way.key)


def test_other_pages_lead_there():
    root = DOCS.parent
    assert "(docs/indicators.md)" in (root / "README.md").read_text("utf-8")
    for name in ("architecture.md", "compliance.md", "profiles.md"):
        assert "(indicators.md)" in (DOCS / name).read_text("utf-8"), name
