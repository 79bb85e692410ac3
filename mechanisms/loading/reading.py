"""YAML as profiles use it, with the line on which every value stands.

Narrower than YAML 1.1 on purpose: a date stays text, `on` and `yes` are words, 12:30 is
no number, there are no aliases and no tags. A key given twice is a fault.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

Place = tuple[str | int, ...]
MAX_BYTES = 2_000_000


@dataclass(frozen=True)
class Trouble:
    """One fault of a file, for a person: the line, the key path, the message."""

    line: int
    path: str
    message: str


class ProfileRefused(Exception):
    """The file is refused whole; `troubles` are in the order of its lines."""

    def __init__(self, troubles: list[Trouble]) -> None:
        super().__init__("; ".join(trouble.message for trouble in troubles))
        self.troubles = sorted(troubles, key=lambda trouble: (trouble.line, trouble.path))


@dataclass
class Reading:
    """What was read; `lines` has the line of every key and list item."""

    source: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)

    def line_of(self, place: Place) -> int:
        """The line of a place, or of the nearest thing around it that the file has."""
        while place not in self.lines and place:
            place = place[:-1]
        return self.lines.get(place, 1)


class _Loader(yaml.SafeLoader):
    yaml_implicit_resolvers: dict = {}

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.composer.ComposerError(None, None, "alias", mark)
        return super().compose_node(parent, index)


for _tag, _form, _first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
    ("int", r"^-?(?:0|[1-9][0-9]*)$", "-0123456789"),
    ("float", r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$", "-0123456789"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_form), list(_first))


def read_profile(path: Path) -> Reading:
    """The content of a file; raises ProfileRefused when it cannot be read as YAML."""
    try:
        raw = path.read_bytes()
    except OSError as failure:
        raise _refused(1, _unreadable(path, failure)) from failure
    if len(raw) > MAX_BYTES:
        raise _refused(1, _("The file is larger than 2 MB; this is not a profile."))
    try:
        return read_text(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as failure:
        line = raw[: failure.start].count(b"\n") + 1
        raise _refused(
            line, _("The file is not in UTF-8. Save it again with the encoding UTF-8.")
        ) from failure


def read_text(text: str) -> Reading:
    """As `read_profile`, from text."""
    loader = _open(text)
    reading = Reading()
    try:
        node = loader.get_single_node()
        if node is None:
            raise _refused(1, _("The file is empty."))
        reading.source = _value(loader, node, (), reading)
    except yaml.MarkedYAMLError as error:
        raise _syntax(error) from error
    finally:
        loader.dispose()
    return reading


def _open(text: str) -> _Loader:
    try:
        return _Loader(text)
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        raise _refused(
            line, _("There is a control character in this line. Delete it and type anew.")
        ) from error


def _value(loader: _Loader, node: yaml.Node, place: Place, reading: Reading) -> Any:
    reading.lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(loader, node, place, reading)
    if isinstance(node, yaml.SequenceNode):
        return [
            _value(loader, item, (*place, index), reading) for index, item in enumerate(node.value)
        ]
    return loader.construct_object(node)


def _mapping(loader: _Loader, node: yaml.MappingNode, place: Place, reading: Reading) -> dict:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(getattr(key_node, "value", ""))
        line = key_node.start_mark.line + 1
        inner = (*place, key)
        if key in found:
            first = reading.lines[inner]
            message = _("The key “%(key)s” stands here a second time; the first is in line %(n)d.")
            reading.troubles.append(
                Trouble(line, written(inner), message % {"key": key, "n": first})
            )
            continue
        reading.lines[inner] = line
        found[key] = _value(loader, value_node, inner, reading)
    return found


def written(place: Place) -> str:
    """meeting.topic_types[2].key, as people point to it; lists count from 1."""
    text = ""
    for step in place:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
    return text.lstrip(".")


def _syntax(error: yaml.MarkedYAMLError) -> ProfileRefused:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    problem = f"{error.context or ''} {error.problem or ''}".strip()
    if "\\t" in problem:
        return _refused(line, _("There is a tab in this line. Indent with spaces only."))
    if problem == "alias":
        return _refused(line, _("Aliases (*name) are not used in profiles. Write it out."))
    if "could not determine a constructor" in problem:
        return _refused(line, _("Tags (!name) are not used in profiles. Delete the tag."))
    if "single document" in problem:
        return _refused(line, _("A profile is one document; delete the line “---” in between."))
    message = _(
        "This line is not valid YAML. Look here and one line above: a space is needed after "
        "a colon, items of a list begin in the same column, quotation marks come in pairs."
    )
    return _refused(line, message)


def _unreadable(path: Path, failure: OSError) -> str:
    if isinstance(failure, FileNotFoundError):
        return _("There is no file %(path)s.") % {"path": path}
    return _("The file %(path)s cannot be read: %(why)s.") % {
        "path": path,
        "why": failure.strerror,
    }


def _refused(line: int, message: str) -> ProfileRefused:
    return ProfileRefused([Trouble(line, "", message)])
