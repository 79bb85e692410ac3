"""The rules of the house that a linter of imports does not see.

Each rule is shown a planted fault first, so that a rule that finds nothing is believed.
"""

import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model

from foundations.access.policy import registered
from foundations.access.rows import Record
from tests import architecture as house
from tests.architecture import ENTRIES, ROOT, TOP, Source, sources

# What a rule lets pass, each with its reason.
CLOCKS = {
    "members/standing.py": "the standing of a person is asked for in templates and policies",
    "members/backends.py": "Django calls it, without a time",
    "foundations/audit/trail.py": "the moment of an entry is the moment of writing",
    "foundations/access/form_pages.py": "answers a request: the moment at which a form was sent",
    "foundations/access/acts.py": "answers a request: the day with which a form begins",
    "foundations/access/grants.py": "a policy asks whether a grant holds today",
    "foundations/ledgers/export.py": "answers a request: the name of the file has the day",
    "cases/filters.py": "answers a request: this year, and what falls due from today on",
    "meetings/filters.py": "answers a request: this year",
    "meetings/panels.py": "answers a request: the next meeting from today on",
    "meetings/invitation_mail.py": "called while a mail is written, which has its moment",
    "liaison_portal/health.py": "answers a request",
    "liaison_portal/shell.py": "answers a request: the frame shows the day",
}
STATE_WRITERS = {
    "foundations/notifications/delivery.py": "what was sent; nobody asks for it, no one may refuse"
}
POLICYLESS: dict[str, str] = {}
RULES = {
    "writes a state outside actions": (
        house.writes_state,
        lambda source: (
            "actions" in source.parts
            or source.path.startswith("demo/")
            or source.path in STATE_WRITERS
        ),
    ),
    "reads the clock outside an entry point": (
        house.reads_clock,
        lambda source: (
            source.parts & ENTRIES or source.path.startswith("demo/") or source.path in CLOCKS
        ),
    ),
    "asks Django's permissions outside the policies": (
        house.asks_django_permission,
        lambda source: (
            "policy" in source.parts
            or source.path.startswith(("foundations/access/", "members/models/"))
        ),
    ),
    "has a function of more than 40 lines": (house.long_function, lambda source: False),
    "has more than 400 lines": (house.long_module, lambda source: False),
    "is a drawer": (house.drawer_name, lambda source: False),
    "listens to signals": (house.own_signal, lambda source: False),
    "hides words from the catalogue": (house.hidden_words, lambda source: False),
    "links to a page of a higher room": (house.names_higher_page, lambda source: False),
}
FAULTS = [
    ("writes a state outside actions", "meetings/views/days.py", "meeting.state = 'held'"),
    ("writes a state outside actions", "meetings/forms/a.py", "rows.update(state='held')"),
    ("writes a state outside actions", "meetings/papers/a.py", "setattr(row, 'state', 'x')"),
    ("reads the clock outside an entry point", "meetings/rules.py", "day = localdate.today()"),
    ("reads the clock outside an entry point", "meetings/actions/a.py", "at = timezone.now()"),
    ("asks Django's permissions outside the policies", "members/x.py", "user.has_perm('a')"),
    ("has a function of more than 40 lines", "members/x.py", "def f():\n" + "    a = 1\n" * 41),
    ("has more than 400 lines", "members/x.py", "a = 1\n" * 401),
    ("is a drawer", "meetings/utils.py", ""),
    ("is a drawer", "meetings/helpers/days.py", ""),
    ("listens to signals", "members/apps.py", "from django.dispatch import receiver"),
    ("hides words from the catalogue", "members/x.py", "title = f'{_(\"a\")}: {name}'"),
    ("links to a page of a higher room", "members/x.py", "reverse('meetings:list')"),
    ("links to a page of a higher room", "services/deadlines/x.py", "redirect('documents:list')"),
]
TEMPLATE_LINK = re.compile(r"{% *url +['\"](\w[\w-]*:[\w-]+)['\"]")


@pytest.mark.parametrize("name", RULES)
def test_no_module(name):
    rule, excused = RULES[name]

    found = [
        f"{source.path}:{line}"
        for source in sources()
        if not excused(source)
        for line in rule(source)
    ]

    assert found == []


@pytest.mark.parametrize(("name", "path", "text"), FAULTS)
def test_a_planted_fault_is_found(name, path, text):
    rule, excused = RULES[name]
    planted = Source(path, text)

    assert not excused(planted)
    assert list(rule(planted))


def test_every_excuse_is_still_needed():
    by_path = {source.path: source for source in sources()}

    idle = [
        path
        for rule, excuses in ((house.reads_clock, CLOCKS), (house.writes_state, STATE_WRITERS))
        for path in excuses
        if path not in by_path or not list(rule(by_path[path]))
    ]

    assert idle == []


def upward(model) -> list[str]:
    """The relations of `model` to rooms that do not stand below it."""
    own = apps.get_app_config(model._meta.app_label).name.replace(".", "/")
    found = []
    for field in [*model._meta.fields, *model._meta.many_to_many]:
        target = field.related_model
        if not field.is_relation or target is None or target is get_user_model():
            continue
        room = apps.get_app_config(target._meta.app_label).name.replace(".", "/")
        if room in house.rooms() and room != own and house.floor_of(room) >= house.floor_of(own):
            found.append(f"{model._meta.label}.{field.name} → {target._meta.label}")
    return found


def our_models() -> list:
    return [
        model
        for config in apps.get_app_configs()
        if config.name.replace(".", "/") in house.rooms()
        for model in config.get_models()
    ]


def test_relations_point_downward():
    assert [line for model in our_models() for line in upward(model)] == []


def test_a_relation_that_points_upward_is_found(monkeypatch):
    monkeypatch.setattr(house, "FLOORS", house.FLOORS[::-1])

    assert [line for model in our_models() for line in upward(model)]


def test_every_record_has_a_policy():
    known = registered()

    without = {
        model._meta.label
        for model in our_models()
        if issubclass(model, Record) and model not in known
    }

    assert without == set(POLICYLESS)


def template_floor(path: Path) -> int:
    """A folder of templates belongs to the room of its name; the rest to the top floor."""
    folder = path.relative_to(ROOT / "templates").parts[0]
    owners = [room for room in house.rooms() if room.rpartition("/")[2] == folder]
    return house.floor_of(owners[0]) if owners else TOP


def test_templates_link_downward():
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for name in TEMPLATE_LINK.findall(path.read_text(encoding="utf-8"))
        if house.namespace_floor(name) > template_floor(path)
    ]

    assert found == []


def test_templates_have_no_inline_script_or_style():
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=[\"']|\son\w+=[\"']")

    found = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if "papers" not in path.parts and inline.search(path.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_tests_replace_nothing_of_ours():
    mock = re.compile(r"unittest\.mock|from mock |\bmocker\b")

    found = [
        path.name
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if path != Path(__file__) and mock.search(path.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_nothing_is_put_off():
    later = subprocess.run(
        ["git", "grep", "-nwE", "TODO|FIXME|XXX", "--", "*.py", "*.html", "*.sh", "*.js", "*.css"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    ).stdout.splitlines()

    assert [line for line in later if not line.startswith("tests/test_architecture.py")] == []


def test_no_two_things_of_the_database_share_a_name():
    """PostgreSQL keeps tables, indexes and constraints in one space of names."""
    names = [
        name for model in apps.get_models(include_auto_created=True) for name in _names(model)
    ]

    assert [name for name, n in Counter(names).items() if n > 1] == []


def _names(model) -> list[str]:
    kept = (*model._meta.indexes, *model._meta.constraints)
    return [model._meta.db_table, *(one.name for one in kept)]
