"""The only writers of checks: a round is called, units fill in their sheets, and mend."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions.days import require_past
from cases.actions.telling_units import tell_units
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from mechanisms.models import Mechanism
from mechanisms.queries import provision
from members.models import Organization
from returns.models import CheckPoint, CheckRound, CheckSheet
from returns.models.checks import POINT_RULE, SHEET_RULE
from returns.states import SheetState
from services.deadlines.actions import meet, open_deadline
from suggestions.actions.steps import day_of, office_language


@dataclass(frozen=True)
class RoundWords:
    """What is checked: by whom, of which items, until when."""

    kind: str
    organization: Organization
    title: str
    items: Sequence[str]
    units: Sequence[Organization]
    due_on: date
    number: str = ""


@dataclass(frozen=True)
class Found:
    """What a unit found of one item."""

    item: str
    passed: bool
    lacks: str = ""
    mend_by: date | None = None


@action
def call_round(
    mechanism_id: int, *, actor: Actor, at: datetime, words: RoundWords, token: str | None = None
) -> CheckRound:
    """Ask units to check themselves; a unit may call a round of its own alone.

    Raises RuleBroken "no_items" (field items), "nobody" (field units), "past" (field
    due_on), "form_used".
    """
    rows = Mechanism.objects.select_for_update(of=("self",)).select_related("jurisdiction")
    mechanism = rows.get(pk=mechanism_id)
    made = CheckRound.made_before(token, title=words.title)
    if made is not None:
        return made
    today = day_of(at)
    row = CheckRound(
        jurisdiction=mechanism.jurisdiction,
        mechanism=mechanism,
        kind=words.kind,
        number=words.number,
        organization=words.organization,
        title=words.title,
        items=list(words.items),
        begun_on=today,
        due_on=words.due_on,
        form_token=token,
    )
    policy_for(CheckRound).require(actor, "call", row)
    _check_words(words, today)
    row.store()
    record(actor, "returns.round.called", row, due_on=str(row.due_on), n=len(words.units))
    for unit in words.units:
        _ask(row, unit, actor=actor, at=at)
    return row


def _check_words(words: RoundWords, today: date) -> None:
    if not words.items:
        raise RuleBroken("no_items", _("Name at least one item that is checked."), "items")
    if not words.units:
        raise RuleBroken("nobody", _("Choose at least one unit that checks itself."), "units")
    if words.due_on < today:
        raise RuleBroken("past", _("The last day is over already."), "due_on")


def _ask(row: CheckRound, unit: Organization, *, actor: Actor, at: datetime) -> None:
    sheet = CheckSheet(round=row, organization=unit)
    sheet.store()
    record(actor, "returns.sheet.asked", sheet, unit=unit.short_name)
    _open_limit(sheet, SHEET_RULE, row.title, actor=actor, since=row.begun_on, due_on=row.due_on)
    title = gettext_lazy("Your unit is asked to check itself")
    about: dict[str, Any] = {"text": row.title, "actor": actor, "at": at}
    tell_units([unit], sheet, reason="returns.sheet", title=title, **about)


def _open_limit(
    sheet: CheckSheet, rule: str, title: str, *, actor: Actor, since: date, due_on: date
) -> None:
    row = sheet.round
    open_deadline(
        sheet,
        rule,
        actor=actor,
        title=title,
        jurisdiction=row.jurisdiction,
        owed_by=sheet.organization,
        trigger_on=since,
        due_on=due_on,
        provision=provision(row.mechanism, row.number, row.begun_on) if row.number else None,
        mechanism=row.mechanism,
    )


@action
def fill_sheet(
    sheet_id: int,
    *,
    actor: Actor,
    at: datetime,
    found: Sequence[Found],
    remark: str = "",
    version: int | None = None,
) -> CheckSheet:
    """Say of each item whether it is in order, or what is wanting and until when.

    Raises RuleBroken "filled", "incomplete", "no_lack" (field lacks_n), "no_day" (field
    mend_by_n), n being the place of the item, from 0.
    """
    sheet = _locked_sheet(sheet_id)
    policy_for(CheckSheet).require(actor, "fill", sheet)
    sheet.require_version(version)
    if sheet.state != SheetState.DUE:
        raise RuleBroken("filled", _("This sheet was filled in before."))
    if [one.item for one in found] != list(sheet.round.items):
        raise RuleBroken("incomplete", _("Say something of every item."))
    today = day_of(at)
    for n, one in enumerate(found):
        _keep_point(sheet, one, n, today)
    sheet.state, sheet.sent_on, sheet.remark, sheet.by = SheetState.SENT, today, remark, actor
    sheet.store()
    wanting = "、".join(one.item for one in found if not one.passed)
    record(actor, "returns.sheet.sent", sheet, wanting=wanting or "—")
    meet(sheet, SHEET_RULE, actor=actor, on=today)
    _watch(sheet, actor, today)
    title = gettext_lazy("A sheet of a check was filled in")
    about: dict[str, Any] = {"text": str(sheet), "actor": actor, "at": at}
    caller = sheet.round.organization
    tell_units([caller], sheet, reason="returns.filled", title=title, **about)
    return sheet


def _keep_point(sheet: CheckSheet, one: Found, n: int, today: date) -> None:
    if not one.passed and not one.lacks.strip():
        raise RuleBroken("no_lack", _("Say what is wanting."), f"lacks_{n}")
    if not one.passed and (one.mend_by is None or one.mend_by < today):
        message = _("Name the day by which it is put right, today or later.")
        raise RuleBroken("no_day", message, f"mend_by_{n}")
    point = CheckPoint(sheet=sheet, item=one.item, passed=one.passed)
    if not one.passed:
        point.lacks, point.mend_by = one.lacks.strip(), one.mend_by
    point.store()


def _watch(sheet: CheckSheet, actor: Actor, today: date) -> None:
    """One limit of a sheet runs to the next day on which something is put right."""
    day = sheet.mend_by
    if day is None:
        meet(sheet, POINT_RULE, actor=actor, on=today)
        return
    with office_language():
        title = _("To be put right: %(title)s") % {"title": sheet.round.title}
    _open_limit(sheet, POINT_RULE, title, actor=actor, since=sheet.sent_on or today, due_on=day)


@action
def mend_point(
    point_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    mended: str,
    version: int | None = None,
) -> CheckPoint:
    """What was wanting is put right.

    Raises RuleBroken "future" (field on), "too_early" (field on), "no_words" (field mended).
    """
    held = CheckPoint.objects.values_list("sheet", flat=True).get(pk=point_id)
    sheet = _locked_sheet(held)
    point: CheckPoint = CheckPoint.objects.get(pk=point_id)
    point.sheet = sheet
    policy_for(CheckPoint).require(actor, "mend", point)
    point.require_version(version)
    require_past(on, at)
    if sheet.sent_on and on < sheet.sent_on:
        raise RuleBroken("too_early", _("It was found wanting later than that."), "on")
    if not mended.strip():
        raise RuleBroken("no_words", _("Say how it was put right."), "mended")
    point.mended_on, point.mended = on, mended.strip()
    point.store()
    record(actor, "returns.sheet.mended", sheet, item=point.item, on=str(on))
    _watch(sheet, actor, on)
    return point


def _locked_sheet(sheet_id: int) -> CheckSheet:
    rows = CheckSheet.objects.select_for_update(of=("self",))
    near = ("round__jurisdiction", "round__mechanism", "round__organization", "organization")
    found: CheckSheet = rows.select_related(*near).get(pk=sheet_id)
    return found
