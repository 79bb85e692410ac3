"""The account of a loading: what it created, changed and left."""

from dataclasses import dataclass, field
from typing import Any, cast

from django.db.models import Field, Model
from django.utils.translation import gettext_lazy as _

from mechanisms.models import Mechanism, MechanismParty, MechanismVersion, Provision
from mechanisms.sections import Change, Outcome
from members.models import (
    Body,
    Jurisdiction,
    Organization,
    OrganizationGroup,
    Person,
    Post,
    Seat,
    Succession,
)

KINDS = {
    Body: _("body"),
    Jurisdiction: _("jurisdiction"),
    Mechanism: _("institution"),
    MechanismParty: _("party of the institution"),
    MechanismVersion: _("version"),
    Organization: _("organization"),
    OrganizationGroup: _("group of organizations"),
    Person: _("person"),
    Post: _("post"),
    Provision: _("provisions"),
    Seat: _("seat"),
    Succession: _("succession of a unit"),
}
FIELDS = {
    "aliases": _("other names"),
    "acting": _("acting organization"),
    "acts_for": _("acts for"),
    "body": _("body"),
    "kind": _("kind"),
    "lead": _("lead organization"),
    "name": _("name"),
    "order": _("order"),
    "parent": _("higher organization"),
    "secretariat": _("daily work"),
    "short_name": _("short name"),
    "short_title": _("short title"),
    "side": _("side"),
    "title": _("title"),
}


@dataclass
class Account:
    """`actor` is None when the operator's command loads."""

    actor: Any
    changes: list[Change] = field(default_factory=list)

    def add(self, outcome: Outcome, kind: str, name: str, detail: str = "") -> None:
        self.changes.append(Change(outcome, kind, name, detail))

    def note(self, outcome: Outcome, row: Model, detail: str = "") -> None:
        self.add(outcome, str(KINDS[type(row)]), str(row), detail)

    def note_changes(self, row: Model, before: dict, after: dict) -> None:
        told = [
            f"{FIELDS[name]}：{_shown(row, name, old)} → {_shown(row, name, after[name])}"
            for name, old in before.items()
            if old != after[name]
        ]
        self.note(Outcome.CHANGE, row, "；".join(told))


def _shown(row: Model, name: str, value: object) -> str:
    """A value as people read it: the word of a choice, — for nothing."""
    if isinstance(value, list):
        return "、".join(value) or "—"
    words = dict(cast(Field, row._meta.get_field(name)).flatchoices)
    return "—" if value in (None, "") else str(words.get(value, value))
