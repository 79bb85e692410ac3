"""A profile before it is loaded: rules that are known, what is missing, the blank one."""

import json
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from mechanisms import rules
from mechanisms.gaps import gaps_in
from mechanisms.loading.reading import ProfileRefused, read_text
from mechanisms.loading.validating import load_source, valid
from mechanisms.management.commands.check_profile import blank_profile

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = sorted((ROOT / "mechanisms" / "profiles").glob("*.yaml"))
DEMO = ROOT / "demo" / "profiles" / "shifan.yaml"


def changed(**places) -> dict:
    """The blank profile with other values: text__0__... as a path."""
    source = valid(read_text(blank_profile()))
    for path, value in places.items():
        *steps, last = (int(step) if step.isdigit() else step for step in path.split("__"))
        inner = source
        for step in steps:
            inner = inner[step]
        inner[last] = value
    return source


def text_of(source: dict) -> str:
    return yaml.safe_dump(source, allow_unicode=True)


@pytest.mark.parametrize("path", [*SHIPPED, DEMO], ids=lambda path: path.stem)
def test_every_rule_of_a_shipped_profile_is_judged(path):
    source = yaml.safe_load(path.read_text(encoding="utf-8"))

    unknown = [
        (given["number"], given["rule_kind"], given["subject"])
        for part in source["text"]
        for clause in part["clauses"]
        for given in clause.get("provisions", ())
        if rules.rule_for(given["rule_kind"], given["subject"]) is None
    ]

    assert unknown == []


def test_a_rule_that_no_room_judges_is_refused_with_those_that_are_known():
    place = "text__0__clauses__0__provisions__0__subject"
    source = changed(**{place: "throne"})

    with pytest.raises(ProfileRefused) as refused:
        valid(read_text(text_of(source)))

    (trouble,) = refused.value.troubles
    assert trouble.path == "text[1].clauses[1].provisions[1].subject"
    assert "“throne”" in trouble.message
    assert "secretariat" in trouble.message


@pytest.mark.parametrize(
    ("place", "value", "kind", "said"),
    [
        (
            "text__0__clauses__0__provisions__0__parameters__counts",
            {"convenor": 3},
            "seat",
            "MC-1 要求的召集人，名单上还缺 1 名。",
        ),
        ("number_series__0__pattern", "{year}-{n}", "series", "没有机关代字"),
        ("number_series", [], "series", "争议无法登记编号"),
        ("organization_groups", [{"key": "all", "name": "各单位"}], "group", "“各单位”"),
    ],
)
def test_what_a_file_leaves_open_is_told(place, value, kind, said):
    before = {gap.fault.message for gap in gaps_in(changed())}

    (new,) = (gap for gap in gaps_in(changed(**{place: value})) if gap.fault.message not in before)

    assert new.kind == kind
    assert said in new.fault.message


def test_the_blank_profile_is_checked_and_says_what_is_missing(tmp_path):
    path, out = tmp_path / "my.yaml", StringIO()
    path.write_text(blank_profile(), encoding="utf-8")

    with pytest.raises(CommandError) as stopped:
        call_command("check_profile", path, format="json", stdout=out)

    told = json.loads(out.getvalue())
    assert (told["ok"], told["errors"]) == (True, [])
    assert stopped.value.returncode == 2
    assert "政府方没有联络员。" in {one["message"] for one in told["missing"]}


def test_a_file_with_faults_ends_with_one(tmp_path):
    path, out = tmp_path / "my.yaml", StringIO()
    path.write_text(blank_profile().replace("rule_kind: roster", "rule_kind: throne"), "utf-8")

    with pytest.raises(CommandError) as stopped:
        call_command("check_profile", path, stdout=out)

    assert stopped.value.returncode == 1
    assert "throne" in out.getvalue()


def test_the_blank_profile_loads(db):
    path = ROOT / "mechanisms" / "loading" / "blank.yaml"

    call_command("load_profile", path, stdout=StringIO())

    assert load_source(path)["mechanism"]["key"] == "mycity"


def test_the_format_names_every_subject():
    told = (ROOT / "docs" / "profiles.md").read_text(encoding="utf-8")
    lines = {
        line.split("|")[1].strip(" `"): line
        for line in told.split("### The words for `subject`")[1].splitlines()
        if line.startswith("| `")
    }
    activities = set(rules.subjects_of("count_per_period")) - {"return"}

    missing = [
        (kind, subject)
        for kind, subject in rules.registered()
        if subject != rules.ANY
        and f"`{subject}`" not in lines[kind]
        and not (kind == "task" and subject in activities)
    ]

    assert missing == []
