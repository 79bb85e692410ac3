"""What this room lays on somebody's desk: what a unit owes, and what waits to be taken."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from foundations.access.policy import visible_to
from foundations.ledgers.work import WorkItem
from members.models import User
from members.policy import WORKERS
from members.standing import standing
from members.states import Role
from returns.models import CheckPoint, CheckSheet, Declaration, Deliverable, Return, UpwardReport
from returns.states import DeliverableState, ReturnState, SheetState, UpwardState

AHEAD = timedelta(days=15)
MOST = 20


def items(user: User, on: date) -> list[WorkItem]:
    mine = standing(user)
    found: list[WorkItem] = []
    if mine.has(*WORKERS):
        held, until = mine.organizations, on + AHEAD
        for part in (_returns, _deliverables, _sheets, _points, _reports):
            found += part(held, until)
        found += _to_accept(held)
    if mine.has(Role.LEADER):
        found += _declarations(user)
    return found


def _returns(held: frozenset[int], until: date) -> Iterator[WorkItem]:
    rows = Return.objects.for_listing().owed().filter(organization__in=held, due_on__lte=until)
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


def _to_accept(held: frozenset[int]) -> Iterator[WorkItem]:
    rows = Return.objects.for_listing().filter(duty__to__in=held, state=ReturnState.SENT)
    for row in rows.exclude(organization__in=held).order_by("sent_on", "pk")[:MOST]:
        yield WorkItem(
            "todo",
            _("Return: %(matter)s, %(term)s") % {"matter": row.duty.name, "term": row.label},
            row.get_absolute_url(),
            _("Look at it"),
            party=row.organization.short_name,
        )


def _deliverables(held: frozenset[int], until: date) -> Iterator[WorkItem]:
    rows = Deliverable.objects.for_listing().filter(
        Q(due_on__lte=until) | Q(due_on=None),
        organization__in=held,
        state=DeliverableState.DUE,
    )
    for row in rows.order_by("due_on", "pk")[:MOST]:
        yield WorkItem(
            "todo",
            _("Document to be made: %(name)s") % {"name": row.name},
            reverse("returns:deliver", args=[row.public_id]),
            _("Deliver"),
            row.due_on,
            party=row.to.short_name,
        )


def _sheets(held: frozenset[int], _until: date) -> Iterator[WorkItem]:
    rows = CheckSheet.objects.filter(organization__in=held, state=SheetState.DUE)
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


def _points(held: frozenset[int], until: date) -> Iterator[WorkItem]:
    rows = CheckPoint.objects.filter(
        sheet__organization__in=held, passed=False, mended_on=None, mend_by__lte=until
    )
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


def _reports(held: frozenset[int], until: date) -> Iterator[WorkItem]:
    owed = Q(state=UpwardState.OWED, due_on__lte=until) | Q(state=UpwardState.DRAFT)
    rows = UpwardReport.objects.filter(owed, organization__in=held)
    for row in rows.order_by("due_on", "pk")[:MOST]:
        yield WorkItem(
            "todo",
            row.title,
            row.get_absolute_url(),
            _("Write") if row.state == UpwardState.OWED else _("Send"),
            row.due_on,
            party="、".join(row.bodies),
        )


def _declarations(user: User) -> Iterator[WorkItem]:
    rows = visible_to(user, Declaration).filter(seen_on=None).exclude(author=user)
    for row in rows.select_related("author").order_by("on", "pk")[:MOST]:
        yield WorkItem(
            "todo",
            row.get_kind_display(),
            row.get_absolute_url(),
            _("Read it"),
            party=str(row.author),
        )
