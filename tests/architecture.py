"""How the house is read: its rooms and floors, its files, and what a rule finds in them."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Rooms of one set stand on the same floor and do not know each other.
FLOORS = (
    {"foundations/audit"},
    {"foundations/access"},
    {"foundations/calendars"},
    {"foundations/ledgers", "foundations/notifications"},
    {"members"},
    {"mechanisms"},
    {"services/deadlines"},
    {"services/consents", "services/documents", "services/indicators"},
    {"cases"},
    {"suggestions"},
    {"returns"},
    {"workplans"},
    {"meetings"},
    {"bulletins"},
    {"problems"},
    {"assessments"},
    {"dashboards"},
    {"demo"},
    {"liaison_portal"},
)
TOP = len(FLOORS) - 1
WINGS = ("foundations", "services")
# The modules that may be asked by a person or a clock; they read the time and pass it on.
ENTRIES = {"views", "tasks", "commands", "middleware", "templatetags"}


@dataclass(frozen=True)
class Source:
    """One Python file: `path` from the root, `text` its content."""

    path: str
    text: str

    @property
    def parts(self) -> set[str]:
        return set(Path(self.path).with_suffix("").parts)

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.text)


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


Rule = Callable[[Source], Iterator[int]]


def floor_of(path: str) -> int:
    """The floor on which the room of `path` stands."""
    return next(
        number
        for number, rooms in enumerate(FLOORS)
        if any(path == room or path.startswith(f"{room}/") for room in rooms)
    )


def rooms() -> list[str]:
    return [room for floor in FLOORS for room in sorted(floor)]


@cache
def sources() -> tuple[Source, ...]:
    """Every module of the rooms, without migrations."""
    return tuple(
        Source(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))
        for room in rooms()
        for path in sorted((ROOT / room).rglob("*.py"))
        if "migrations" not in path.parts
    )


def writes_state(source: Source) -> Iterator[int]:
    """`x.state = …`, `.update(state=…)`, `setattr(x, "state", …)`."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(one, ast.Attribute) and one.attr == "state" for one in targets):
                yield node.lineno
        elif isinstance(node, ast.Call) and _sets_state(node):
            yield node.lineno


def _sets_state(call: ast.Call) -> bool:
    if isinstance(call.func, ast.Attribute) and call.func.attr == "update":
        return any(given.arg == "state" for given in call.keywords)
    named = isinstance(call.func, ast.Name) and call.func.id == "setattr" and len(call.args) > 1
    return named and isinstance(call.args[1], ast.Constant) and call.args[1].value == "state"


def reads_clock(source: Source) -> Iterator[int]:
    for node in ast.walk(source.tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in {"now", "localdate", "localtime", "today", "utcnow"}
            and not node.args
        ):
            yield node.lineno


def asks_django_permission(source: Source) -> Iterator[int]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in {
            "is_superuser",
            "has_perm",
            "has_perms",
            "has_module_perms",
        }:
            yield node.lineno


def long_function(source: Source) -> Iterator[int]:
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.FunctionDef):
            continue
        if node.end_lineno - node.body[0].lineno >= 40:
            yield node.lineno


def long_module(source: Source) -> Iterator[int]:
    if source.text.count("\n") > 400:
        yield 401


def drawer_name(source: Source) -> Iterator[int]:
    if source.parts & {"utils", "util", "common", "helpers", "helper", "core", "misc"}:
        yield 1


def own_signal(source: Source) -> Iterator[int]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.module in {
            "django.dispatch",
            "django.db.models.signals",
        }:
            yield node.lineno


def hidden_words(source: Source) -> Iterator[int]:
    """Words inside an f-string, where the catalogue is not told of them."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FormattedValue):
            calls = (one for one in ast.walk(node.value) if isinstance(one, ast.Call))
            names = {getattr(call.func, "id", "") for call in calls}
            if names & {"_", "gettext", "gettext_lazy", "ngettext"}:
                yield node.lineno


def names_higher_page(source: Source) -> Iterator[int]:
    """`reverse("room:…")`, `redirect("room:…")`, `resolve_url("room:…")` of a higher room."""
    here = floor_of(source.path)
    for node in ast.walk(source.tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"reverse", "reverse_lazy", "redirect", "resolve_url"}
            and node.args
            and isinstance(node.args[0], ast.Constant)
            and isinstance(node.args[0].value, str)
            and namespace_floor(node.args[0].value) > here
        ):
            yield node.lineno


def namespace_floor(name: str) -> int:
    """The floor of the room that owns an address such as "meetings:list"."""
    space, colon, _ = name.partition(":")
    if not colon:
        return 0
    owners = (room for room in rooms() if room.rpartition("/")[2] == space)
    return floor_of(next(owners))
