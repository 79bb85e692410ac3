"""Performance, notices of outcomes and analyses of losses in memory."""

from collections.abc import Callable
from typing import Any

from cases.actions.losses import RECTIFY
from cases.actions.performance import REPORTED
from cases.actions.promises import rule_of
from cases.models import (
    LossAnalysis,
    LossState,
    NoticeState,
    OutcomeNotice,
    Performance,
    PerformanceState,
)
from cases.profile import keeps
from cases.states import Kind
from demo.disputes import deeds as d
from demo.disputes.bulk.outcome import told_key
from demo.disputes.bulk.sheet import Sheet


def item_of(sheet: Sheet, name: str, n: int) -> Performance:
    found: Performance = sheet.of(Performance, sheet.chapters[name])[n]
    return found


def _perform(sheet: Sheet, deed: d.Perform) -> None:
    item, chapter = item_of(sheet, deed.name, deed.n), sheet.chapters[deed.name]
    item.state, item.performed_on = PerformanceState.PERFORMED, deed.on
    item.remark = deed.remark
    sheet.limits.meet(item, rule_of(item), deed.on)
    agency = item.organization
    if agency is None or chapter.row.kind != Kind.RECONSIDERATION:
        return
    own = [one for one in sheet.of(Performance, chapter) if one.organization == agency]
    if any(one.state == PerformanceState.OWED for one in own):
        return
    last = max(one.performed_on for one in own)
    if keeps(sheet.cast.mechanism, REPORTED, last):
        title = sheet.dispute.title
        sheet.limits.open_by_rule(
            chapter.row, REPORTED, title=title, owed_by=agency, trigger_on=last
        )


def _confirm(sheet: Sheet, deed: d.Confirm) -> None:
    item = item_of(sheet, deed.name, deed.n)
    item.state, item.confirmed_on = PerformanceState.CONFIRMED, deed.on


def _notice(sheet: Sheet, name: str, n: int) -> OutcomeNotice:
    found: OutcomeNotice = sheet.of(OutcomeNotice, sheet.chapters[name])[n]
    return found


def _send_notice(sheet: Sheet, deed: d.SendNotice) -> None:
    notice = _notice(sheet, deed.name, deed.n)
    notice.state, notice.sent_on = NoticeState.SENT, deed.on
    notice.addressee, notice.number = deed.addressee, deed.number
    sheet.told[told_key(notice)] = deed.addressee


def _receive_notice(sheet: Sheet, deed: d.ReceiveNotice) -> None:
    notice = _notice(sheet, deed.name, deed.n)
    notice.state, notice.received_on = NoticeState.RECEIVED, deed.on


def _loss(sheet: Sheet, name: str) -> LossAnalysis:
    found: LossAnalysis = sheet.of(LossAnalysis, sheet.chapters[name])[0]
    return found


def _write_loss(sheet: Sheet, deed: d.WriteLoss) -> None:
    loss = _loss(sheet, deed.name)
    for name in ("cause", "analysis", "lesson", "rectification", "rectify_by"):
        setattr(loss, name, getattr(deed.words, name))
    loss.written_on, loss.state = deed.on, LossState.WRITTEN


def _review_loss(sheet: Sheet, deed: d.ReviewLoss) -> None:
    loss = _loss(sheet, deed.name)
    loss.state, loss.accepted_on = LossState.ACCEPTED, deed.on
    if loss.rectify_by is not None:
        sheet.limits.open(
            loss,
            RECTIFY,
            title=sheet.dispute.title,
            owed_by=loss.organization,
            trigger_on=min(deed.on, loss.rectify_by),
            due_on=loss.rectify_by,
        )


def _rectified(sheet: Sheet, deed: d.Rectified) -> None:
    loss = _loss(sheet, deed.name)
    loss.state, loss.rectified_on = LossState.RECTIFIED, deed.on
    sheet.limits.meet(loss, RECTIFY, deed.on)


TELLING: dict[type[d.Deed], Callable[[Sheet, Any], None]] = {
    d.Perform: _perform,
    d.Confirm: _confirm,
    d.SendNotice: _send_notice,
    d.ReceiveNotice: _receive_notice,
    d.WriteLoss: _write_loss,
    d.ReviewLoss: _review_loss,
    d.Rectified: _rectified,
}
