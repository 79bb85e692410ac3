"""Hearings in memory, and how the agencies stood in them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from cases.actions.appearances import FLAGGED
from cases.hearings.attendance import art12, linked, state_of
from cases.hearings.law import CALL_RULE, notice_rule
from cases.hearings.reading import LIVE, attendance_of
from cases.hearings.states import (
    AppearanceState,
    Due,
    Finding,
    HearingState,
)
from cases.models import Appearance, Hearing
from cases.states import Kind
from demo.disputes import deeds as d
from demo.disputes.bulk.engine import facts_of, happen
from demo.disputes.bulk.sheet import Chapter, Sheet


def _chapter(sheet: Sheet, hearing: Hearing) -> Chapter:
    return next(one for one in sheet.chapters.values() if one.row is hearing.procedure)


def _rows(sheet: Sheet, hearing: Hearing) -> list[Appearance]:
    rows = [row for row in sheet.rows[Appearance] if row.hearing is hearing]
    return sorted(rows, key=lambda row: row.participant.order)


def _set_hearing(sheet: Sheet, deed: d.SetHearing) -> None:
    chapter, words = sheet.chapters[deed.procedure], deed.words
    earlier = [row for row in sheet.rows[Hearing] if row.procedure is chapter.row]
    hearing = sheet.add(
        Hearing(
            procedure=chapter.row,
            nth=len(earlier) + 1,
            on=words.on,
            starts_at=words.starts_at,
            place=words.place,
            manner=words.manner,
            matters=words.matters,
            reason=words.reason,
        )
    )
    sheet.hearings[deed.name] = hearing
    for part in chapter.agencies():
        sheet.add(
            Appearance(
                hearing=hearing,
                participant=part,
                organization=part.organization,
                reasons=_reasons(sheet, chapter),
            )
        )
    rule = notice_rule(chapter.row)
    if rule:
        _limit(sheet, hearing, hearing, rule)


def _reasons(sheet: Sheet, chapter: Chapter) -> list[str]:
    if chapter.row.kind == Kind.RECONSIDERATION:
        return [Due.RECONSIDERATION]
    found: list[str] = [Due.GENERAL]
    found += [reason for flag, reason in FLAGGED.items() if flag in sheet.dispute.flags]
    if chapter.row.fact("suit_kind") == "public_interest":
        found.append(Due.PROSECUTOR)
    return list(dict.fromkeys(found))


def _limit(sheet: Sheet, hearing: Hearing, subject: Hearing | Appearance, rule: str) -> None:
    procedure = hearing.procedure
    sheet.limits.open_by_rule(
        subject,
        rule,
        title=sheet.dispute.title,
        owed_by=procedure.organ,
        trigger_on=hearing.on,
        handler=procedure.handler,
        law_of=procedure.accepted_on,
    )


def _tell_parties(sheet: Sheet, deed: d.TellParties) -> None:
    hearing = sheet.hearings[deed.hearing]
    hearing.told_on = deed.on
    rule = notice_rule(hearing.procedure)
    if rule:
        sheet.limits.meet(hearing, rule, deed.on)


def _call(sheet: Sheet, deed: d.Call) -> None:
    hearing = sheet.hearings[deed.hearing]
    row = _rows(sheet, hearing)[deed.n]
    row.reasons = list(deed.reasons)
    row.call, row.called_on = "notice", deed.on
    _limit(sheet, hearing, row, CALL_RULE)
    sheet.limits.meet(row, CALL_RULE, deed.on)


def _reply(sheet: Sheet, deed: d.Reply) -> None:
    row, words = _rows(sheet, sheet.hearings[deed.hearing])[deed.n], deed.words
    row.replied_at, row.coming = deed.at, words.coming
    row.planned_name, row.planned_post = words.name, words.post
    row.planned_level, row.planned_staff = words.level, words.staff


def _excuse(sheet: Sheet, deed: d.Excuse) -> None:
    row, words = _rows(sheet, sheet.hearings[deed.hearing])[deed.n], deed.words
    row.ground, row.excuse = words.ground, words.excuse
    row.asks_adjournment = words.asks_adjournment
    row.finding = Finding.ACCEPTED if deed.accepted else Finding.REJECTED
    row.finding_note = d.NOT_EXCUSED if not deed.accepted else ""


def _hold(sheet: Sheet, deed: d.Hold) -> None:
    hearing = sheet.hearings[deed.hearing]
    chapter, on = _chapter(sheet, hearing), hearing.on
    hearing.state = HearingState.HELD
    rule = notice_rule(hearing.procedure)
    if rule:
        sheet.limits.meet(hearing, rule, hearing.told_on or on)
    for row in _rows(sheet, hearing):
        sheet.limits.meet(row, CALL_RULE, row.called_on or on)
    key = "heard" if chapter.row.kind == Kind.RECONSIDERATION else "hear"
    step = chapter.row.table.steps.get(key)
    if step is None or chapter.row.state not in step.sources:
        return
    given = {}
    if key == "heard":
        given = {"method": "in_person", "note": f"举行听证：{hearing.matters}"}
    actor = sheet.writer(chapter.row.organ)
    happen(sheet, chapter, key, actor=actor, deed=deed, facts=facts_of(sheet, given))


def _appear(sheet: Sheet, deed: d.Appear) -> None:
    row, words = _rows(sheet, sheet.hearings[deed.hearing])[deed.n], deed.words
    for name in type(words).__dataclass_fields__:
        value = getattr(words, name)
        setattr(row, name, list(value) if name == "speech" else value)
    row.recorded_at = deed.at


def derive(sheet: Sheet) -> None:
    """How each agency stood at each hearing, as `refresh_appearances` derives it at the end."""
    for chapter in sheet.chapters.values():
        rows = [r for r in sheet.rows[Appearance] if r.hearing.procedure is chapter.row]
        rows.sort(key=lambda row: row.hearing.on)
        live = [row for row in rows if row.hearing.state in LIVE]
        found = {
            (one.hearing, one.agency): one
            for one in linked(replace(attendance_of(r), hearing=id(r.hearing)) for r in live)
        }
        for row in rows:
            one = found.get((id(row.hearing), row.organization_id))
            row.state = state_of(one) if one else AppearanceState.OFF
            row.breach = (art12(one) or "") if one else ""


SITTING: dict[type[d.Deed], Callable[[Sheet, Any], None]] = {
    d.SetHearing: _set_hearing,
    d.TellParties: _tell_parties,
    d.Call: _call,
    d.Reply: _reply,
    d.Excuse: _excuse,
    d.Hold: _hold,
    d.Appear: _appear,
}
