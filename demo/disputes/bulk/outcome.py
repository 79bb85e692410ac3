"""What follows by itself from a step that ended a procedure, in memory."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cases.actions.outcomes import (
    COUNTED,
    agencies_of,
    binding_of,
    duty_name,
    losses_of,
    notices_of,
)
from cases.actions.promises import BASES, rule_of
from cases.flow.table import Step
from cases.models import (
    Agreement,
    AgreementItem,
    DutySource,
    OutcomeNotice,
    Party,
    Performance,
    To,
)
from cases.profile import keeps
from cases.states import Kind
from demo.disputes.bulk.sheet import Chapter, Sheet
from members.models import Organization

Facts = Mapping[str, Any]


def follow_outcome(sheet: Sheet, chapter: Chapter, step: Step, on: date, facts: Facts) -> None:
    if step.closes and chapter.row.kind == Kind.MEDIATION:
        _owe_agreed(sheet, chapter)
    _owe_decided(sheet, chapter, step, on)
    if step.start and chapter.row.kind == Kind.VISIT:
        for one in sheet.chapters.values():
            if one.row.kind == Kind.RECONSIDERATION:
                sheet.limits.cancel(one.row, COUNTED, on)
    if step.closes:
        _open_notices(sheet, chapter, on)
        for loss in losses_of(chapter.row, facts):
            sheet.add(loss)


def _owe_agreed(sheet: Sheet, chapter: Chapter) -> None:
    signed = next(iter(sheet.of(Agreement, chapter)), None)
    if signed is None:
        return
    for item in sheet.rows[AgreementItem]:
        promise(
            sheet,
            chapter,
            owed_by=item.organization,
            party=item.party,
            what=item.what,
            due_on=item.due_on,
            source=DutySource.AGREEMENT,
            since=signed.signed_on,
        )


def promise(
    sheet: Sheet,
    chapter: Chapter,
    *,
    owed_by: Organization | None,
    party: Party | None,
    what: str,
    due_on: date,
    source: str,
    since: date,
) -> None:
    item = sheet.add(
        Performance(
            dispute=sheet.dispute,
            procedure=chapter.row,
            organization=owed_by,
            party=party,
            source=source,
            what=what[:300],
            due_on=due_on,
        )
    )
    if owed_by is not None:
        sheet.limits.open(
            item,
            rule_of(item),
            title=f"{sheet.dispute.title}：{what}",
            owed_by=owed_by,
            trigger_on=since,
            due_on=due_on,
            basis=BASES.get(DutySource(source), ""),
        )


def _owe_decided(sheet: Sheet, chapter: Chapter, step: Step, on: date) -> None:
    procedure = chapter.row
    binding = binding_of(procedure, step)
    if binding is None or sheet.of(Performance, chapter):
        return
    source, due_on = binding
    for agency in agencies_of(procedure):
        promise(
            sheet,
            chapter,
            owed_by=agency,
            party=None,
            what=duty_name(procedure),
            due_on=due_on,
            source=source,
            since=min(on, due_on),
        )
    arranged = [one for one in sheet.opened_visits() if one.row.is_open]
    visited = procedure.kind == Kind.RECONSIDERATION and not arranged
    if visited and keeps(sheet.cast.mechanism, COUNTED, due_on):
        title = sheet.dispute.title
        sheet.limits.open_by_rule(
            procedure, COUNTED, title=title, owed_by=procedure.organ, trigger_on=due_on
        )


def _open_notices(sheet: Sheet, chapter: Chapter, on: date) -> None:
    for notice in notices_of(chapter.row, on):
        notice.addressee = usual_addressee(sheet, notice)
        sheet.add(notice)


def usual_addressee(sheet: Sheet, notice: OutcomeNotice) -> str:
    """Whom an organ tells is always the same here, once it was told at all."""
    return sheet.told.get(told_key(notice), "")


def told_key(notice: OutcomeNotice) -> str:
    named = notice.procedure.organ_id if notice.to == To.UPPER else notice.agency_id
    return f"{notice.to}{named}"
