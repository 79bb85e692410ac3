"""The writers of a sheet from the telling of its marks on: objections, answers, publication."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.actions.circulars import draft_circular
from assessments.actions.sheets import count_figures, require_mark, scores_of
from assessments.actions.steps import locked_sheet, move, required_sheet, tell
from assessments.marks import Marked, Total, ranks, total
from assessments.models import Assessed, Objection, Score, Sheet
from assessments.models.sheets import OBJECTION_LIMIT
from assessments.states import Outcome, SheetState
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from mechanisms.queries import parties
from meetings.actions.steps import day_of
from services.deadlines import actions as deadlines


@action
def announce(
    sheet_id: int, *, actor: Actor, at: datetime, object_by: date, version: int | None = None
) -> Sheet:
    """Tell each unit its own marks, counted a last time; it may object until `object_by`.

    Raises PermissionDenied; RuleBroken "stale", "not_over", "past" (field object_by),
    "unjudged", "broken_indicator", "bad_transition".
    """
    sheet = required_sheet(sheet_id, actor, "announce", version)
    on = day_of(at)
    if sheet.last_on >= on:
        message = _("The period ends on %(day)s; marks are told after that.")
        raise RuleBroken("not_over", message % {"day": sheet.last_on})
    if object_by < on:
        raise RuleBroken("past", _("The last day is over already."), "object_by")
    _require_judged(sheet)
    count_figures(sheet, at)
    _put_totals(sheet)
    sheet.announced_on, sheet.object_by = on, object_by
    move(sheet, SheetState.ANNOUNCED, actor, "sheet.announced", until=str(object_by))
    title = gettext_lazy("The marks of your unit can be looked at")
    for line in sheet.assessed.select_related("organization"):
        line.sheet = sheet
        _open_window(line, actor)
        tell([line.organization], line, f"announced.{line.pk}", title, actor=actor, at=at)
    return sheet


def _require_judged(sheet: Sheet) -> None:
    open_ones = [one for one in scores_of(sheet) if not one.item.is_counted and one.mark is None]
    if not open_ones:
        return
    first = open_ones[0]
    message = ngettext(
        "%(n)d mark is still to be given: “%(item)s” of %(unit)s.",
        "%(n)d marks are still to be given, first “%(item)s” of %(unit)s.",
        len(open_ones),
    )
    names = {"item": first.item.name, "unit": first.assessed.organization.short_name}
    raise RuleBroken("unjudged", message % {"n": len(open_ones), **names})


def _open_window(line: Assessed, actor: Actor) -> None:
    """A right and no duty: who lets it pass is not late."""
    sheet = line.sheet
    deadlines.open_deadline(
        line,
        OBJECTION_LIMIT,
        actor=actor,
        title=_("Objection to the marks: %(title)s") % {"title": sheet.title},
        jurisdiction=sheet.jurisdiction,
        owed_by=line.organization,
        trigger_on=sheet.announced_on,
        due_on=sheet.object_by,
        window=True,
    )


def totals_of(lines: Iterable[Assessed]) -> dict[int, Total]:
    """By the line of each unit; the scores and their items are loaded with the lines."""
    return {
        line.pk: total(
            Marked(one.item.weight, one.item.full_mark, one.mark) for one in line.scores.all()
        )
        for line in lines
    }


def _put_totals(sheet: Sheet, *, ranked: bool = False) -> None:
    lines = list(sheet.assessed.prefetch_related("scores__item"))
    found = totals_of(lines)
    placed = ranks(found) if ranked else {}
    for line in lines:
        line.total, line.scored = found[line.pk].value, found[line.pk].scored
        line.rank = placed.get(line.pk)
        line.store()


@action
def agree(assessed_id: int, *, actor: Actor, at: datetime) -> Assessed:
    """The unit has no objection, or no further one. Raises PermissionDenied; RuleBroken
    "not_told", "unanswered"."""
    line = _locked_line(assessed_id)
    policy_for(Assessed).require(actor, "agree", line)
    if Objection.objects.filter(score__assessed=line, outcome="").exists():
        message = _("Your unit objected; wait for the answer first.")
        raise RuleBroken("unanswered", message)
    if line.agreed_on is None:
        line.agreed_on = day_of(at)
        line.store()
        deadlines.cancel(line, OBJECTION_LIMIT, actor=actor, on=day_of(at))
        record(actor, "assessments.unit.agreed", line)
    return line


def _locked_line(assessed_id: int) -> Assessed:
    sheet = locked_sheet(Assessed.objects.values_list("sheet", flat=True).get(pk=assessed_id))
    rows = Assessed.objects.select_for_update(of=("self",)).select_related("organization")
    line: Assessed = rows.get(pk=assessed_id)
    line.sheet = sheet
    return line


@action
def object_to(
    score_id: int, *, actor: Actor, at: datetime, text: str, token: str | None = None
) -> Objection:
    """The unit objects to its mark for one item.

    Raises PermissionDenied; RuleBroken "form_used", "too_late", "agreed", "objected",
    "no_text" (field text).
    """
    line = _locked_line(Score.objects.values_list("assessed", flat=True).get(pk=score_id))
    made = Objection.made_before(token, text=text.strip())
    if made is not None:
        return made
    policy_for(Assessed).require(actor, "object", line)
    score: Score = Score.objects.select_related("item").get(pk=score_id, assessed=line)
    score.assessed = line
    _require_open(line, score, day_of(at))
    if not text.strip():
        raise RuleBroken("no_text", _("Say what the mark should be, and why."), "text")
    row = Objection(score=score, text=text.strip(), made_on=day_of(at), made_by=actor)
    row.form_token = token
    row.store()
    sheet = line.sheet
    record(actor, "assessments.unit.objected", line, item=score.item.name)
    title = gettext_lazy("A unit objected to its mark")
    tell([sheet.organization], sheet, f"objected.{row.pk}", title, actor=actor, at=at)
    return row


def _require_open(line: Assessed, score: Score, on: date) -> None:
    until = line.sheet.object_by
    if until is not None and on > until:
        message = _("Objections could be made until %(day)s.") % {"day": until}
        raise RuleBroken("too_late", message)
    if line.agreed_on is not None:
        message = _("Your unit said on %(day)s that it has no objection.")
        raise RuleBroken("agreed", message % {"day": line.agreed_on})
    if score.objections.exists():
        raise RuleBroken("objected", _("Your unit objected to this mark already."))


@action
def answer_objection(
    objection_id: int,
    *,
    actor: Actor,
    at: datetime,
    outcome: str,
    answer: str,
    mark: Decimal | None = None,
    version: int | None = None,
) -> Objection:
    """Upheld, with another mark, or refused; both with a reason.

    Raises PermissionDenied; RuleBroken "stale", "answered", "no_answer" (field answer), and
    beside mark "no_mark", "same_mark", "above_full", "below_zero".
    """
    row = _locked_objection(objection_id)
    policy_for(Objection).require(actor, "answer", row)
    row.require_version(version)
    if row.outcome:
        raise RuleBroken("answered", _("This objection was answered already."))
    if not answer.strip():
        raise RuleBroken("no_answer", _("Say why."), "answer")
    score = row.score
    row.before = row.after = score.mark
    row.outcome, row.answer = outcome, answer.strip()
    row.answered_by, row.answered_on = actor, day_of(at)
    if outcome == Outcome.UPHELD:
        row.after = _changed(score, mark, row.answer, actor, at)
        _put_totals(score.assessed.sheet)
    row.store()
    marks = {"before": str(row.before or "—"), "after": str(row.after or "—")}
    record(actor, f"assessments.unit.{outcome}", score.assessed, item=score.item.name, **marks)
    title = gettext_lazy("The objection of your unit was answered")
    unit = score.assessed.organization
    tell([unit], score.assessed, f"answered.{row.pk}", title, actor=actor, at=at)
    return row


def _locked_objection(objection_id: int) -> Objection:
    rows = Objection.objects.values_list("score__assessed", flat=True)
    line = _locked_line(rows.get(pk=objection_id))
    locked = Objection.objects.select_for_update(of=("self",)).select_related("score__item")
    row: Objection = locked.get(pk=objection_id)
    row.score.assessed = line
    return row


def _changed(
    score: Score, mark: Decimal | None, reason: str, actor: Actor, at: datetime
) -> Decimal:
    if mark is None:
        raise RuleBroken("no_mark", _("Say what the mark is now."), "mark")
    require_mark(score.item, mark)
    if mark == score.mark:
        message = _("An objection that is upheld changes the mark.")
        raise RuleBroken("same_mark", message, "mark")
    score.mark, score.reason = mark, reason[:500]
    score.typed_by, score.typed_on = actor, day_of(at)
    score.store()
    return mark


@action
def publish(sheet_id: int, *, actor: Actor, at: datetime, version: int | None = None) -> Sheet:
    """Freeze the sheet, open it to all whom it concerns, and draft its circular, which is
    reviewed, signed and circulated as any bulletin.

    Nothing is counted again: published is what the units were told. Raises PermissionDenied;
    RuleBroken "stale", "unanswered", "still_open", "bad_transition".
    """
    sheet = required_sheet(sheet_id, actor, "publish", version)
    on = day_of(at)
    _require_settled(sheet, on)
    _put_totals(sheet, ranked=True)
    sheet.published_at, sheet.published_on, sheet.published_by = at, on, actor
    before = sheet.corrects
    if before is not None:
        before = locked_sheet(before.pk)
        before.withdrawn_on = on
        reason = sheet.correction_reason
        move(before, SheetState.WITHDRAWN, actor, "sheet.withdrawn", reason=reason)
        sheet.corrects = before
    sheet.bulletin = draft_circular(sheet, before, actor=actor, at=at)
    move(sheet, SheetState.PUBLISHED, actor, "sheet.published")
    _close(sheet, actor, at)
    return sheet


def _require_settled(sheet: Sheet, on: date) -> None:
    waiting = Objection.objects.filter(score__assessed__sheet=sheet, outcome="").count()
    if waiting:
        message = ngettext(
            "%(n)d objection is not answered yet.",
            "%(n)d objections are not answered yet.",
            waiting,
        )
        raise RuleBroken("unanswered", message % {"n": waiting})
    still = sheet.assessed.filter(agreed_on=None).exists()
    if still and sheet.object_by is not None and on <= sheet.object_by:
        message = _("The units may object until %(day)s; publish it after that.")
        raise RuleBroken("still_open", message % {"day": sheet.object_by})


def _close(sheet: Sheet, actor: Actor, at: datetime) -> None:
    lines = list(sheet.assessed.select_related("organization"))
    for line in lines:
        line.sheet = sheet
        deadlines.cancel(line, OBJECTION_LIMIT, actor=actor, on=day_of(at))
    sides = [one.acting for one in parties(sheet.scheme.mechanism)]
    units = {unit.pk: unit for unit in [*(line.organization for line in lines), *sides]}
    about: dict[str, Any] = {"actor": actor, "at": at}
    tell(units.values(), sheet, "published", gettext_lazy("An assessment was published"), **about)
