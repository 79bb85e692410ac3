"""The page on profiles names every key of the schema in its section, every word and default."""

import re
from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path

import pytest
import yaml

from bulletins.models import LibraryKind
from bulletins.tables import TABLES
from cases.flow.table import tables
from mechanisms.loading.checks import ALLOWED_PARAMETERS
from mechanisms.loading.known_pages import unknown_pages
from mechanisms.loading.schema import profile_schema
from mechanisms.page import RECORDS
from mechanisms.profile import MeetingRules
from services.deadlines.rules import law

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "profiles.md").read_text("utf-8")
SCHEMA = profile_schema()["properties"]


def part(heading: str) -> str:
    """The text under a heading of the third order, until the next heading."""
    return re.split(r"^#{2,3} ", PAGE.split(f"### `{heading}`\n")[1], flags=re.MULTILINE)[0]


def keys_of(schema: dict) -> Iterator[str]:
    """All keys that a value of the schema may have, at any depth."""
    for key, inner in schema.get("properties", {}).items():
        yield key
        yield from keys_of(inner)
    for name in ("items", "additionalProperties", "propertyNames"):
        if isinstance(schema.get(name), dict):
            yield from keys_of(schema[name])


def words_of(schema: dict) -> Iterator[str]:
    """All words among which a value of the schema is chosen, at any depth."""
    yield from (str(word) for word in schema.get("enum", ()))
    inner = [*schema.get("properties", {}).values(), *schema.get("anyOf", ())]
    inner += [
        schema[name]
        for name in ("items", "additionalProperties", "propertyNames")
        if isinstance(schema.get(name), dict)
    ]
    for one in inner:
        yield from words_of(one)


def unnamed(words, text: str) -> list[str]:
    """The words that stand nowhere in the text as code."""
    code = " ".join(re.findall(r"`([^`]*)`", text))
    code += " ".join(line for line in text.splitlines() if line.startswith("    "))
    known = set(re.findall(r"[A-Za-z0-9_-]+", code))
    return [word for word in dict.fromkeys(words) if word not in known]


@pytest.mark.parametrize("section", SCHEMA)
def test_every_key_is_named_in_its_section(section):
    assert unnamed([section, *keys_of(SCHEMA[section])], part(section)) == []


@pytest.mark.parametrize("section", SCHEMA)
def test_every_word_to_choose_from_is_named(section):
    assert unnamed(words_of(SCHEMA[section]), PAGE) == []


@pytest.mark.parametrize("section", SCHEMA)
def test_every_section_has_an_example_that_is_yaml(section):
    text = part(section)
    if section == "schema":
        assert "`schema: 1`" in text
        return
    lines = [line for line in text.splitlines() if line.startswith("    ")]
    example = yaml.safe_load("\n".join(lines))

    assert section in example


@pytest.mark.parametrize("field", [one for one in fields(MeetingRules) if one.default])
def test_the_defaults_of_meetings_are_those_of_the_code(field):
    if field.default is MISSING:
        return
    (row,) = (
        line for line in part("meeting").splitlines() if line.startswith(f"| `{field.name}`")
    )
    default = field.default
    wanted = f"[{', '.join(map(str, default))}]" if isinstance(default, tuple) else default
    told = row.split("|")[3].strip()

    assert told == f"`{str(wanted).lower() if isinstance(wanted, bool) else wanted}`"


def test_each_rule_is_named_with_its_parameters():
    rows = {line.split("`")[1]: line for line in part("text").splitlines() if line[:3] == "| `"}

    for kind, names in ALLOWED_PARAMETERS.items():
        assert set(re.findall(r"`(\w+)`", rows[kind].split("|")[3])) == names, kind


def test_records_time_limits_tables_and_procedures_are_named():
    assert unnamed(RECORDS, part("text")) == []
    assert unnamed(law(), part("deadlines")) == []
    assert unnamed([*TABLES, *LibraryKind.values], part("obligations")) == []
    assert unnamed([*tables(), *tables()["reconsideration"].modes], part("cases")) == []


def test_the_pages_of_records_are_pages():
    rows = [line for line in part("text").splitlines() if ":" in line and "| `" in line]
    named = {name for line in rows for name in re.findall(r"`([a-z_]+:[a-z-]+)`", line)}
    own = {"members:roster": "body", "mechanisms:text": "mechanism", "meetings:plan": "mechanism"}
    own["dashboards:compliance"] = "mechanism"
    provisions = [
        {
            "realised_by": {
                "record": "seat",
                "page": name,
                **({"of": own[name]} if name in own else {}),
            }
        }
        for name in sorted(named)
    ]
    source = {"text": [{"clauses": [{"provisions": provisions}]}]}

    assert len(named) > 40
    assert list(unknown_pages(source)) == []
