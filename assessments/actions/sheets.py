"""The writers of a sheet (考核表) until its marks are told: drafted, counted, judged, given up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from assessments.actions.schemes import require_countable
from assessments.actions.steps import (
    locked_sheet,
    move,
    require_draft,
    required_scheme,
    required_sheet,
)
from assessments.models import Assessed, Item, Score, Sheet
from assessments.scoring import counted
from assessments.states import USABLE, ItemKind, SheetState
from cases.policy.acting import independent
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from meetings.actions.steps import day_of
from members.models import Organization
from members.states import OrganizationKind
from services.indicators.periods import Period

COUNTED = ("n", "d", "unit", "figure", "asked", "counted_mark", "mark", "version")


@dataclass(frozen=True)
class SheetWords:
    """The period has both its days."""

    title: str
    first_on: date
    last_on: date
    units: Sequence[Organization]


@action
def draft_sheet(
    scheme_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: SheetWords,
    token: str | None = None,
) -> Sheet:
    """A sheet of the scheme's organ with its figures counted; only that organ sees it.

    Raises PermissionDenied; RuleBroken "form_used", "not_adopted", "period_reversed" (field
    last_on), "outside_scheme" (first_on, last_on), "sheet_exists" (first_on), "broken_indicator",
    and beside units "nobody", "no_such_unit", "own_unit", "not_assessed".
    """
    scheme = required_scheme(scheme_id, actor, "use")
    made = Sheet.made_before(token, title=words.title.strip())
    if made is not None:
        return made
    if scheme.state not in USABLE:
        raise RuleBroken("not_adopted", _("Adopt the scheme first; then units are scored by it."))
    sheet = Sheet(
        scheme=scheme,
        organization=scheme.organization,
        title=words.title.strip(),
        first_on=words.first_on,
        last_on=words.last_on,
        form_token=token,
    )
    _require_period(sheet)
    require_units(sheet, words.units)
    begin(sheet, words.units, actor=actor, at=at)
    record(actor, "assessments.sheet.drafted", sheet, units=len(words.units))
    return sheet


def _require_period(sheet: Sheet) -> None:
    Period(sheet.first_on, sheet.last_on)
    scheme = sheet.scheme
    if sheet.first_on < scheme.valid_from:
        message = _("The scheme is valid from %(day)s on only.") % {"day": scheme.valid_from}
        raise RuleBroken("outside_scheme", message, "first_on")
    if scheme.valid_to is not None and sheet.last_on > scheme.valid_to:
        message = _("The scheme is valid until %(day)s only.") % {"day": scheme.valid_to}
        raise RuleBroken("outside_scheme", message, "last_on")
    same = scheme.sheets.filter(first_on=sheet.first_on, last_on=sheet.last_on)
    if same.exclude(state__in=(SheetState.DROPPED, SheetState.WITHDRAWN)).exists():
        message = _("There is a sheet of this scheme for this period; correct that one.")
        raise RuleBroken("sheet_exists", message, "first_on")


def require_units(sheet: Sheet, units: Iterable[Organization]) -> None:
    """Courts and procuratorates are never scored by the government (YN-22)."""
    rows = list(units)
    if not rows:
        raise RuleBroken("nobody", _("Choose at least one unit."), "units")
    place = Organization.objects.filter(jurisdiction=sheet.jurisdiction)
    there = set(place.overlapping(sheet.first_on, sheet.last_on).values_list("pk", flat=True))
    for unit in rows:
        names = {"unit": unit.short_name, "period": sheet.period}
        if unit.pk == sheet.organization_id:
            message = _("“%(unit)s” scores the others and cannot be scored by itself.")
            raise RuleBroken("own_unit", message % names, "units")
        if independent(unit) or unit.kind == OrganizationKind.DIVISION:
            message = _("“%(unit)s” is no unit that the government assesses.")
            raise RuleBroken("not_assessed", message % names, "units")
        if unit.pk not in there:
            message = _("“%(unit)s” did not exist in the period %(period)s.")
            raise RuleBroken("no_such_unit", message % names, "units")


def begin(sheet: Sheet, units: Iterable[Organization], *, actor: Actor, at: datetime) -> None:
    """Store a new sheet with a line a unit and a score an item, and count it."""
    sheet.store()
    items = list(sheet.scheme.items.all())
    for unit in units:
        line = Assessed(sheet=sheet, organization=unit)
        line.store()
        scores = [Score(assessed=line, item=item) for item in items]
        for score in scores:
            score.prepare()
        Score.objects.bulk_create(scores)
    count_figures(sheet, at)
    sheet.store()


@action
def count(sheet_id: int, *, actor: Actor, at: datetime) -> Sheet:
    """Count the figures of a draft again, as they are known today."""
    sheet = required_sheet(sheet_id, actor, "write")
    require_draft(sheet)
    count_figures(sheet, at)
    sheet.store()
    record(actor, "assessments.sheet.counted", sheet, on=str(day_of(at)))
    return sheet


def count_figures(sheet: Sheet, at: datetime) -> None:
    """A mark that an upheld objection gave in the sheet that this one corrects stays.

    Raises RuleBroken("broken_indicator") naming the item.
    """
    items = list(sheet.scheme.items.filter(kind=ItemKind.INDICATOR))
    require_countable(items)
    sheet.counted_on, sheet.counted_at = day_of(at), at
    scores = list(scores_of(sheet).filter(item__kind=ItemKind.INDICATOR))
    units = [line.organization for line in sheet.assessed.select_related("organization")]
    found = counted(sheet, items, units, day_of(at))
    for score in scores:
        one = found[score.assessed.organization_id, score.item_id]
        score.n, score.d, score.unit = one.value.n, one.value.d, str(one.value.unit)
        score.figure, score.asked, score.counted_mark = one.value.figure, one.asked, one.mark
        if score.typed_by_id is None:
            score.mark = one.mark
        score.prepare()
    Score.objects.bulk_update(scores, COUNTED, batch_size=200)


def scores_of(sheet: Sheet) -> QuerySet[Score]:
    near = ("item", "assessed__organization")
    return Score.objects.filter(assessed__sheet=sheet).select_related(*near)


@action
def judge(
    score_id: int,
    *,
    actor: Actor,
    at: datetime,
    mark: Decimal,
    reason: str,
    version: int | None = None,
) -> Score:
    """Give a judged item its mark. Raises PermissionDenied; RuleBroken "stale", "not_draft",
    "counted", "above_full" and "below_zero" (field mark), "no_reason" (field reason)."""
    score = _locked_score(score_id)
    sheet = score.assessed.sheet
    policy_for(Sheet).require(actor, "write", sheet)
    require_draft(sheet)
    score.require_version(version)
    if score.item.is_counted:
        message = _("“%(item)s” is counted; its mark follows from its figure.")
        raise RuleBroken("counted", message % {"item": score.item.name})
    require_mark(score.item, mark)
    if not reason.strip():
        raise RuleBroken("no_reason", _("Say what the mark is given for."), "reason")
    score.mark, score.reason = mark, reason.strip()
    score.typed_by, score.typed_on = actor, day_of(at)
    score.store()
    facts = {"item": score.item.name, "mark": str(mark), "reason": score.reason}
    record(actor, "assessments.unit.judged", score.assessed, **facts)
    return score


def require_mark(item: Item, mark: Decimal) -> None:
    if mark < 0:
        raise RuleBroken("below_zero", _("A mark is not below 0."), "mark")
    if mark > item.full_mark:
        message = _("The full mark of “%(item)s” is %(full)s; no mark is above it.")
        raise RuleBroken(
            "above_full", message % {"item": item.name, "full": item.full_mark}, "mark"
        )


def _locked_score(score_id: int) -> Score:
    """The sheet first, so that nobody tells it while a mark is typed."""
    found = Score.objects.values_list("assessed__sheet", flat=True).get(pk=score_id)
    sheet = locked_sheet(found)
    rows = Score.objects.select_for_update(of=("self",))
    score: Score = rows.select_related("item", "assessed__organization").get(pk=score_id)
    score.assessed.sheet = sheet
    return score


@action
def drop_sheet(
    sheet_id: int, *, actor: Actor, at: datetime, reason: str, version: int | None = None
) -> Sheet:
    """Give a draft up; it stays in the register of its organ."""
    sheet = required_sheet(sheet_id, actor, "write", version)
    move(sheet, SheetState.DROPPED, actor, "sheet.dropped", reason=reason.strip())
    return sheet


@action
def correct(
    sheet_id: int, *, actor: Actor, at: datetime, reason: str, version: int | None = None
) -> Sheet:
    """Begin the sheet (更正) that takes the place of a published one once it is published.

    It has the same units, what was judged, and what upheld objections gave; its figures are
    counted anew and its marks are told to the units as any others.
    Raises PermissionDenied; RuleBroken "stale", "correcting", "no_reason" (field reason).
    """
    sheet = required_sheet(sheet_id, actor, "correct", version)
    if sheet.corrections.exclude(state=SheetState.DROPPED).exists():
        raise RuleBroken("correcting", _("A correction of this sheet is being prepared already."))
    if not reason.strip():
        raise RuleBroken("no_reason", _("Say what is wrong in the published sheet."), "reason")
    made = Sheet(
        **{name: getattr(sheet, name) for name in ("scheme", "organization", "title")},
        first_on=sheet.first_on,
        last_on=sheet.last_on,
        corrects=sheet,
        correction_reason=reason.strip(),
    )
    units = [line.organization for line in sheet.assessed.select_related("organization")]
    begin(made, units, actor=actor, at=at)
    _carry(sheet, made)
    record(actor, "assessments.sheet.correcting", sheet, reason=made.correction_reason)
    record(actor, "assessments.sheet.drafted", made, units=len(units))
    return made


def _carry(sheet: Sheet, made: Sheet) -> None:
    typed = scores_of(sheet).filter(typed_by__isnull=False)
    given = {(one.assessed.organization_id, one.item_id): one for one in typed}
    for score in scores_of(made):
        one = given.get((score.assessed.organization_id, score.item_id))
        if one is not None:
            score.mark, score.reason = one.mark, one.reason
            score.typed_by, score.typed_on = one.typed_by, one.typed_on
            score.store()
