"""One row of a profile set beside the row that is there: create, change or leave it."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import Record
from foundations.audit.trail import record
from mechanisms.models import Mechanism, MechanismParty, MechanismVersion, Provision
from mechanisms.sections import Change, Outcome
from members.models import Body, Jurisdiction, Organization, OrganizationGroup, Person, Post, Seat

KINDS = {
    Body: _("body"),
    Jurisdiction: _("jurisdiction"),
    Mechanism: _("institution"),
    MechanismParty: _("party"),
    MechanismVersion: _("version"),
    Organization: _("organization"),
    OrganizationGroup: _("group of organizations"),
    Person: _("person"),
    Post: _("post"),
    Provision: _("provisions"),
    Seat: _("seat"),
}
FIELDS = {
    "acting": _("acting organization"),
    "acts_for": _("acts for"),
    "body": _("body"),
    "division_code": _("division code"),
    "kind": _("kind"),
    "lead": _("lead organization"),
    "name": _("name"),
    "order": _("order"),
    "parent": _("higher organization"),
    "rank": _("rank"),
    "secretariat": _("daily work"),
    "short_name": _("short name"),
    "short_title": _("short title"),
    "side": _("side"),
    "title": _("title"),
}


def kind_of(model: type[Model]) -> str:
    return str(KINDS[model])


@dataclass
class Account:
    """What loading did, line by line; `actor` is None, the operator's command."""

    actor: Any
    changes: list[Change] = field(default_factory=list)

    def note(self, outcome: Outcome, row: Model, detail: str = "") -> None:
        self.changes.append(Change(outcome, kind_of(type(row)), str(row), detail))

    def created(self, row: Model) -> None:
        self.note(Outcome.CREATE, row)
        record(self.actor, f"{row._meta.label_lower}.create", row)

    def keep(self, model: type[Model], identity: dict, given: dict, at_birth: dict | None = None):
        """The row that `identity` names, with `given` in it; `at_birth` is set once."""
        row = model._default_manager.filter(**identity).first()
        if row is None:
            row = model(**identity, **given, **(at_birth or {}))
            store(row)
            self.created(row)
            return row
        before = {name: getattr(row, name) for name in given if getattr(row, name) != given[name]}
        if before:
            self._change(row, before, given)
        else:
            self.note(Outcome.LEAVE, row)
        return row

    def _change(self, row: Model, before: dict, given: dict) -> None:
        for name in before:
            setattr(row, name, given[name])
        store(row)
        told = [
            f"{FIELDS[name]}：{_shown(row, name, old)} → {_shown(row, name, given[name])}"
            for name, old in before.items()
            if name in FIELDS
        ]
        self.note(Outcome.CHANGE, row, "；".join(told))
        data = {name: [str(old), str(given[name])] for name, old in before.items()}
        record(self.actor, f"{row._meta.label_lower}.change", row, **data)


def store(row: Model) -> None:
    if isinstance(row, Record):
        row.store()
    else:
        row.full_clean()
        row.save()


def _shown(row: Model, name: str, value) -> str:
    """A value as people read it: the word of a choice, — for nothing."""
    words = dict(row._meta.get_field(name).flatchoices)
    return str(words.get(value, value) or "—")
