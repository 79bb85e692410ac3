"""What every action of this room begins and ends with: enter, lock, move, tell."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import ManyToManyField
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cases.actions.days import require_past
from cases.actions.telling_units import tell_units
from cases.policy.acting import independent
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import record
from mechanisms.models import Mechanism
from mechanisms.queries import parties
from meetings.actions.steps import day_of
from members.models import Organization
from members.policy import works_for
from problems.models import Matter
from problems.states import MOVES

M = TypeVar("M", bound=Matter)


def enter(
    model: type[M],
    mechanism_id: int,
    words: Any,
    *,
    actor: Actor,
    at: datetime,
    token: str | None,
    verb: str,
) -> tuple[M, bool]:
    """A new matter from `words`, whose fields are named as its columns, and whether it is
    new: the same form makes it once.

    Raises PermissionDenied; RuleBroken "form_used", "future" (field begun_on).
    """
    places = Mechanism.objects.select_for_update(of=("self",)).select_related("jurisdiction")
    mechanism = places.get(pk=mechanism_id)
    made = model.made_before(token, title=words.title)
    if made is not None:
        return made, False
    plain, many = _split(model, words)
    row = model(mechanism=mechanism, form_token=token, **plain)
    row.begun_on = row.begun_on or day_of(at)
    policy_for(model).require(actor, "write", row)
    require_past(row.begun_on, at, "begun_on")
    row.store()
    for name, rows in many.items():
        getattr(row, name).set(rows)
    record(actor, verb, row, unit=row.organization.short_name)
    return row, True


def _split(model: type[Matter], words: Any) -> tuple[dict, dict]:
    """The columns, and the lists of rows."""
    lists = {one.name for one in model._meta.get_fields() if isinstance(one, ManyToManyField)}
    given = vars(words)
    many = {name: value for name, value in given.items() if name in lists}
    return {name: value for name, value in given.items() if name not in lists}, many


def locked(model: type[M], row_id: int) -> M:
    """The matter, locked until the transaction ends."""
    near = model._default_manager.select_for_update(of=("self",))
    return near.select_related("mechanism__jurisdiction", "organization").get(pk=row_id)


def required(
    model: type[M], row_id: int, actor: Actor, verb: str, version: int | None = None
) -> M:
    """The locked matter, on which `actor` may do `verb`, as the form of `version` saw it."""
    row = locked(model, row_id)
    policy_for(model).require(actor, verb, row)
    row.require_version(version)
    return row


def revise(
    model: type[M], row_id: int, *, actor: Actor, version: int | None, verb: str, given: dict
) -> M:
    """Change the words of a draft. Raises PermissionDenied; RuleBroken "stale"."""
    row = required(model, row_id, actor, "edit", version)
    lists = {one.name for one in model._meta.get_fields() if isinstance(one, ManyToManyField)}
    for name, value in given.items():
        if name in lists:
            getattr(row, name).set(value)
        else:
            setattr(row, name, value)
    row.store()
    record(actor, verb, row)
    return row


def move(row: Matter, to: str, actor: Actor, verb: str, **data: Any) -> None:
    """Change the state, or raise RuleBroken("bad_transition"); writes the audit entry."""
    states = type(to)
    before = states(row.state)
    if to not in MOVES[states][before]:  # type: ignore[index]
        names = {"before": before.label, "to": to.label}  # type: ignore[attr-defined]
        message = _("What is “%(before)s” cannot become “%(to)s”.") % names
        raise RuleBroken("bad_transition", message)
    row.state = to
    row.store()
    record(actor, verb, row, before=str(before), **data)


def require_open(row: Matter) -> None:
    if row.is_over:
        raise RuleBroken("matter_over", _("This matter is over; nothing is added to it."))


def require_due(due_on: date | None, at: datetime, field: str = "due_on") -> None:
    if due_on is not None and due_on < day_of(at):
        raise RuleBroken("past", _("The last day is over already."), field)


def require_own_day(unit: Organization, actor: Actor, field: str) -> None:
    """No other side sets what a court or a procuratorate does, or by when (YN-22)."""
    if independent(unit) and (actor is None or not works_for(actor, unit)):
        message = _("What “%(unit)s” does, and by when, it enters itself.")
        raise RuleBroken("independent", message % {"unit": unit.short_name}, field)


def others(row: Matter) -> list[Organization]:
    """Who acts for the other sides, and the units that take part."""
    acting = [one.acting for one in parties(row.mechanism)]
    found = {unit.pk: unit for unit in [*acting, *row.units.all()]}
    found.pop(row.organization_id, None)
    return list(found.values())


def tell(
    row: Matter,
    units: Iterable[Organization],
    reason: str,
    title: Promise,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    about: dict[str, Any] = {"title": title, "text": row.title, "actor": actor, "at": at}
    tell_units(units, row, reason=f"problems.{reason}", **about)
