"""What every action of this room begins and ends with: lock, ask, move, tell."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from assessments.models import Scheme, Sheet
from assessments.states import MOVES
from cases.actions.telling_units import tell_units
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import record
from members.models import Organization

NEAR = ("scheme__mechanism__jurisdiction", "organization", "corrects", "published_by", "bulletin")


def required_scheme(scheme_id: int, actor: Actor, verb: str, version: int | None = None) -> Scheme:
    """The scheme, locked until the transaction ends, on which `actor` may do `verb`."""
    rows = Scheme.objects.select_for_update(of=("self",))
    row: Scheme = rows.select_related("mechanism__jurisdiction", "organization").get(pk=scheme_id)
    policy_for(Scheme).require(actor, verb, row)
    row.require_version(version)
    return row


def locked_sheet(sheet_id: int) -> Sheet:
    rows = Sheet.objects.select_for_update(of=("self",)).select_related(*NEAR)
    found: Sheet = rows.get(pk=sheet_id)
    return found


def required_sheet(sheet_id: int, actor: Actor, verb: str, version: int | None = None) -> Sheet:
    row = locked_sheet(sheet_id)
    policy_for(Sheet).require(actor, verb, row)
    row.require_version(version)
    return row


def move(row: Scheme | Sheet, to: Any, actor: Actor, verb: str, **data: Any) -> None:
    """Change the state, or raise RuleBroken("bad_transition"); writes the audit entry."""
    states = type(to)
    before = states(row.state)
    if to not in MOVES[states][before]:
        message = _("What is “%(before)s” cannot become “%(to)s”.")
        raise RuleBroken("bad_transition", message % {"before": before.label, "to": to.label})
    row.state = to
    row.store()
    record(actor, f"assessments.{verb}", row, before=str(before), **data)


def require_draft(row: Scheme | Sheet) -> None:
    if not row.is_draft:
        message = _("This is “%(state)s” and can't be changed now.")
        raise RuleBroken("not_draft", message % {"state": row.get_state_display()})


def tell(
    units: Iterable[Organization],
    subject: Any,
    reason: str,
    title: str | Promise,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    about: dict[str, Any] = {"title": title, "text": str(subject), "actor": actor, "at": at}
    tell_units(units, subject, reason=f"assessments.{reason}", **about)
