"""The only writers of returns: opened for a term, handed in, accepted or sent back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions.telling_units import tell_units
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.access.visibility import Visibility
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.calendars.dues import Due
from foundations.calendars.terms import Per, Term, terms_of
from mechanisms.queries import provision
from members.models import Organization, OrganizationGroup
from returns.fields import cleaned
from returns.models import Return, ReturnDuty
from returns.models.duties import RETURN_RULE
from returns.states import RETURN_MOVES, ReturnState
from returns.units import units_meant
from services.deadlines.actions import meet, open_deadline
from services.documents.attachments import attach_all, attachments_of
from suggestions.actions.steps import day_of, office_language


@dataclass(frozen=True)
class Opened:
    """How many rows are new, and which groups had no unit on the day."""

    made: int = 0
    empty: tuple[str, ...] = ()

    def __add__(self, other: "Opened") -> "Opened":
        return Opened(self.made + other.made, self.empty + other.empty)


@dataclass(frozen=True)
class Figures:
    """What a unit hands in: `values` by the keys of the fields, or nothing, with the reason
    in `remark`."""

    values: dict[str, Any]
    nil: bool = False
    remark: str = ""
    files: Sequence[UploadedFile] = ()
    declared: bool = False


def open_returns(*, on: date, at: datetime) -> Opened:
    """Open the returns of the year's terms that have not ended by `on`, a unit each.

    Safe to repeat; a unit that joins a group later owes from the running term on.
    """
    found = Opened()
    for duty in ReturnDuty.objects.on(on).for_listing().order_by("pk"):
        found += _open_duty(duty, on, at)
    return found


@action
def _open_duty(duty: ReturnDuty, on: date, at: datetime) -> Opened:
    meant = units_meant(duty.mechanism, duty.owed_by, on)
    empty = tuple(key for key, units in meant.items() if not units)
    terms = [term for term in terms_of(Per(duty.per), on.year) if _is_asked(duty, term, on)]
    asked = duty.returns.filter(year=on.year, per=duty.per).select_for_update()
    known = set(asked.values_list("organization", "n"))
    units = {unit.pk: unit for rows in meant.values() for unit in rows}
    made = 0
    for unit in units.values():
        for term in terms:
            if (unit.pk, term.n) not in known:
                _open(duty, unit, term, on)
                made += 1
    if empty:
        _tell_of_empty(duty, empty, on, at)
    return Opened(made, tuple(f"{duty.key}: {key}" for key in empty))


def _is_asked(duty: ReturnDuty, term: Term, on: date) -> bool:
    begun = duty.valid_from is None or duty.valid_from <= term.last_on
    return begun and on <= term.last_on


def _open(duty: ReturnDuty, unit: Organization, term: Term, on: date) -> None:
    reckoned = Due.of(duty.due).reckon(term, duty.jurisdiction.calendar)
    row = Return(
        jurisdiction=duty.jurisdiction,
        duty=duty,
        organization=unit,
        per=duty.per,
        year=term.year,
        n=term.n,
        fields=duty.fields,
        opened_on=on,
        due_on=reckoned.due_on,
    )
    row.store()
    record(None, "returns.return.opened", row, unit=unit.short_name, due_on=str(row.due_on))
    open_deadline(row, RETURN_RULE, actor=None, **_limit(row), **reckoned.limits)


def _limit(row: Return) -> dict[str, Any]:
    with office_language():
        names = {"matter": row.duty.name, "term": row.label}
        title = _("Return: %(matter)s, %(term)s") % names
    clause = provision(row.duty.mechanism, row.duty.number, row.opened_on)
    return {
        "title": title,
        "jurisdiction": row.jurisdiction,
        "owed_by": row.organization,
        "provision": clause,
        "mechanism": row.duty.mechanism,
    }


def _tell_of_empty(duty: ReturnDuty, empty: Iterable[str], on: date, at: datetime) -> None:
    groups = OrganizationGroup.objects.filter(jurisdiction=duty.jurisdiction_id, key__in=empty)
    names = dict(groups.values_list("key", "name"))
    with office_language():
        text = _("No unit stands in “%(groups)s” on %(day)s, so that nothing was opened for it.")
        text %= {"groups": "、".join(names.get(key, key) for key in empty), "day": on.isoformat()}
    title = gettext_lazy("A group of units that owe a return is empty")
    reason = f"returns.empty:{on.year}"
    tell_units([duty.to], duty, reason=reason, title=title, text=text, actor=None, at=at)


@action
def send_return(
    return_id: int, *, actor: Actor, at: datetime, figures: Figures, version: int | None = None
) -> Return:
    """Hand in the figures of a term, or a nil return with its reason.

    Raises RuleBroken beside the field: "missing", "no_count", "no_rate", "no_nil",
    "no_reason", "no_evidence", "not_begun", or what `attachments.attach` raises.
    """
    row = _locked(return_id)
    policy_for(Return).require(actor, "send", row)
    row.require_version(version)
    today = day_of(at)
    if today < row.term.first_on:
        message = _("%(label)s has not begun yet.") % {"label": row.label}
        raise RuleBroken("not_begun", message)
    row.values = _values(row, figures)
    row.nil, row.remark, row.returned_reason = figures.nil, figures.remark.strip(), ""
    _keep_files(row, figures, actor=actor, at=at)
    row.sent_on = today
    _move(row, ReturnState.SENT, actor, nil=row.nil)
    meet(row, RETURN_RULE, actor=actor, on=today)
    title = gettext_lazy("A return was handed in")
    reason = f"returns.sent:{row.version}"
    tell_units([row.duty.to], row, reason=reason, title=title, text=str(row), actor=actor, at=at)
    return row


def _values(row: Return, figures: Figures) -> dict[str, Any]:
    if not figures.nil:
        return cleaned(row.fields, figures.values)
    if not row.duty.nil:
        message = _("This return is not taken as a nil return; enter its figures.")
        raise RuleBroken("no_nil", message, "nil")
    if not figures.remark.strip():
        message = _("Say why there is nothing to report.")
        raise RuleBroken("no_reason", message, "remark")
    return {}


def _keep_files(row: Return, figures: Figures, *, actor: Actor, at: datetime) -> None:
    if figures.files:
        attach_all(
            row,
            figures.files,
            actor=actor,
            at=at,
            jurisdiction=row.jurisdiction,
            declared=figures.declared,
            visibility=Visibility.JOINT,
            organization=row.organization,
        )
    elif row.duty.evidence and not figures.nil and not attachments_of(row).exists():
        raise RuleBroken("no_evidence", _("This return needs a file that proves it."), "file")


@action
def accept_return(
    return_id: int, *, actor: Actor, at: datetime, version: int | None = None
) -> Return:
    """The unit that takes the returns finds the figures in order."""
    row = _locked(return_id)
    policy_for(Return).require(actor, "accept", row)
    row.require_version(version)
    row.accepted_on = day_of(at)
    _move(row, ReturnState.ACCEPTED, actor)
    return row


@action
def send_back(
    return_id: int,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
    due_on: date,
    version: int | None = None,
) -> Return:
    """Ask for the figures again by a day.

    Raises RuleBroken "no_reason" (field reason), "past" (field due_on).
    """
    row = _locked(return_id)
    policy_for(Return).require(actor, "send_back", row)
    row.require_version(version)
    today = day_of(at)
    if not reason.strip():
        raise RuleBroken("no_reason", _("Say what has to be put right."), "reason")
    if due_on < today:
        raise RuleBroken("past", _("The last day is over already."), "due_on")
    row.returned_reason, row.due_on = reason.strip(), due_on
    row.sent_on = row.accepted_on = None
    _move(row, ReturnState.RETURNED, actor, reason=row.returned_reason, due_on=str(due_on))
    limit = _limit(row)
    open_deadline(row, RETURN_RULE, actor=actor, trigger_on=today, due_on=due_on, **limit)
    title = gettext_lazy("A return was sent back")
    reason_key = f"returns.returned:{row.version}"
    about: dict[str, Any] = {"text": row.returned_reason, "actor": actor, "at": at}
    tell_units([row.organization], row, reason=reason_key, title=title, **about)
    return row


@action
def note_export(duty_id: int, *, actor: Actor, year: int, rows: int) -> None:
    """Somebody takes the table of a year away as a file."""
    duty = ReturnDuty.objects.select_related("jurisdiction").get(pk=duty_id)
    record(actor, "returns.duty.exported", duty, year=year, rows=rows)


def _move(row: Return, to: ReturnState, actor: Actor, **data: Any) -> None:
    before = ReturnState(row.state)
    if to not in RETURN_MOVES[before]:
        message = _("What is “%(before)s” cannot become “%(to)s”.")
        names = {"before": before.label, "to": to.label}
        raise RuleBroken("bad_transition", message % names)
    row.state = to
    row.store()
    record(actor, f"returns.return.{to}", row, unit=row.organization.short_name, **data)


def _locked(return_id: int) -> Return:
    rows = Return.objects.select_for_update(of=("self",))
    near = ("duty__to", "duty__mechanism__jurisdiction", "organization", "jurisdiction")
    found: Return = rows.select_related(*near).get(pk=return_id)
    return found
