"""What this room lays on somebody's desk: what a unit owes, and what waits to be taken."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from foundations.access.policy import visible_to
from foundations.ledgers.work import WorkItem
from members.desk import Desk, Heap, Sort, Sorts, laid
from members.models import User
from members.states import Role
from returns.models import CheckPoint, CheckSheet, Declaration, Deliverable, Return, UpwardReport
from returns.states import DeliverableState, ReturnState, SheetState, UpwardState

AHEAD = timedelta(days=15)
MOST = 20


def items(user: User, on: date) -> list[WorkItem]:
    return list(laid(user, heap(user, on)))


def heap(user: User, on: date) -> Heap:
    desk = Desk(user, on)
    return desk, [*_of_workers(desk), *_of_leaders(desk)]


def _of_workers(desk: Desk) -> Sorts:
    if not desk.works:
        return
    held, until = desk.units, desk.on + AHEAD
    soon, of_unit = Q(due_on__lte=until), Q(organization__in=held)
    yield Sort(Return.objects.for_listing().owed().filter(of_unit, soon), _returns)
    undated = soon | Q(due_on=None)
    to_make = Deliverable.objects.for_listing().filter(of_unit, undated)
    yield Sort(to_make.filter(state=DeliverableState.DUE), _deliverables)
    yield Sort(CheckSheet.objects.filter(of_unit, state=SheetState.DUE), _sheets)
    lacking = CheckPoint.objects.filter(passed=False, mended_on=None, mend_by__lte=until)
    yield Sort(lacking.filter(sheet__organization__in=held), _points)
    owed = (Q(state=UpwardState.OWED) & soon) | Q(state=UpwardState.DRAFT)
    yield Sort(UpwardReport.objects.filter(owed, of_unit), _reports)
    handed_in = Return.objects.for_listing().filter(duty__to__in=held, state=ReturnState.SENT)
    yield Sort(handed_in.exclude(of_unit), _to_accept)


def _of_leaders(desk: Desk) -> Sorts:
    if desk.mine.has(Role.LEADER):
        unread = visible_to(desk.user, Declaration).filter(seen_on=None)
        yield Sort(unread.exclude(author=desk.user), _declarations)


def _returns(_desk: Desk, rows: QuerySet[Return]) -> Iterator[WorkItem]:
    for row in rows.order_by("due_on", "pk")[:MOST]:
        back = row.state == ReturnState.RETURNED
        yield WorkItem(
            "returned" if back else "todo",
            _("Return: %(matter)s, %(term)s") % {"matter": row.duty.name, "term": row.label},
            reverse("returns:send", args=[row.public_id]),
            _("Fill in"),
            row.due_on,
            meta=(row.returned_reason,) if back else (),
            party=row.duty.to.short_name,
        )


def _to_accept(_desk: Desk, rows: QuerySet[Return]) -> Iterator[WorkItem]:
    for row in rows.order_by("sent_on", "pk")[:MOST]:
        yield WorkItem(
            "todo",
            _("Return: %(matter)s, %(term)s") % {"matter": row.duty.name, "term": row.label},
            row.get_absolute_url(),
            _("Look at it"),
            party=row.organization.short_name,
        )


def _deliverables(_desk: Desk, rows: QuerySet[Deliverable]) -> Iterator[WorkItem]:
    for row in rows.order_by("due_on", "pk")[:MOST]:
        yield WorkItem(
            "todo",
            _("Document to be made: %(name)s") % {"name": row.name},
            reverse("returns:deliver", args=[row.public_id]),
            _("Deliver"),
            row.due_on,
            party=row.to.short_name,
        )


def _sheets(_desk: Desk, rows: QuerySet[CheckSheet]) -> Iterator[WorkItem]:
    near = rows.select_related("round__organization").order_by("round__due_on", "pk")
    for row in near[:MOST]:
        yield WorkItem(
            "todo",
            row.round.title,
            reverse("returns:sheet-fill", args=[row.public_id]),
            _("Fill in"),
            row.round.due_on,
            party=row.round.organization.short_name,
        )


def _points(_desk: Desk, rows: QuerySet[CheckPoint]) -> Iterator[WorkItem]:
    near = rows.select_related("sheet__round__organization").order_by("mend_by", "pk")
    for row in near[:MOST]:
        yield WorkItem(
            "todo",
            _("To be put right: %(title)s") % {"title": row.item},
            reverse("returns:point-mend", args=[row.public_id]),
            _("Record it as put right"),
            row.mend_by,
            meta=(row.lacks,),
            party=row.sheet.round.organization.short_name,
        )


def _reports(_desk: Desk, rows: QuerySet[UpwardReport]) -> Iterator[WorkItem]:
    for row in rows.order_by("due_on", "pk")[:MOST]:
        yield WorkItem(
            "todo",
            row.title,
            row.get_absolute_url(),
            _("Write") if row.state == UpwardState.OWED else _("Send"),
            row.due_on,
            party="、".join(row.bodies),
        )


def _declarations(_desk: Desk, rows: QuerySet[Declaration]) -> Iterator[WorkItem]:
    for row in rows.select_related("author").order_by("on", "pk")[:MOST]:
        yield WorkItem(
            "todo",
            row.get_kind_display(),
            row.get_absolute_url(),
            _("Read it"),
            party=str(row.author),
        )
