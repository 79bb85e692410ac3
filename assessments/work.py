"""What this room lays on somebody's desk: marks to look at, objections to answer, sheets that
can be published."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.models import Assessed, Objection, Sheet
from assessments.policy import SCORERS
from assessments.states import SheetState
from foundations.ledgers.work import WorkItem
from members.desk import Desk, Heap, Sort, Sorts, laid
from members.models import User


def items(user: User, on: date) -> list[WorkItem]:
    return list(laid(user, heap(user, on)))


def heap(user: User, on: date) -> Heap:
    desk = Desk(user, on)
    return desk, list(_sorts(desk)) if desk.works else []


def _sorts(desk: Desk) -> Sorts:
    told = Assessed.objects.filter(organization__in=desk.units, agreed_on=None)
    open_ones = Q(sheet__state=SheetState.ANNOUNCED, sheet__object_by__gte=desk.on)
    said = Objection.objects.filter(score__assessed=OuterRef("pk"))
    yield Sort(told.filter(open_ones).filter(~Exists(said)), _told)
    if not desk.mine.has(*SCORERS):
        return
    own = Q(score__assessed__sheet__organization__in=desk.mine.named)
    open_sheet = Q(score__assessed__sheet__state=SheetState.ANNOUNCED)
    yield Sort(Objection.objects.filter(own, open_sheet, outcome=""), _objections)
    waiting = Objection.objects.filter(score__assessed__sheet=OuterRef("pk"), outcome="")
    silent = Assessed.objects.filter(sheet=OuterRef("pk"), agreed_on=None)
    sheets = Sheet.objects.filter(organization__in=desk.mine.named, state=SheetState.ANNOUNCED)
    over = sheets.filter(Q(object_by__lt=desk.on) | ~Exists(silent))
    yield Sort(over.filter(~Exists(waiting)), _sheets)


def _told(_desk: Desk, rows: QuerySet[Assessed]) -> Iterator[WorkItem]:
    for one in rows.select_related("sheet__organization"):
        yield WorkItem(
            "todo",
            one.sheet.title,
            one.get_absolute_url(),
            _("Look at the marks"),
            day=one.sheet.object_by,
            meta=(_("Objections can be made until this day"),),
            party=one.sheet.organization.short_name,
        )


def _objections(_desk: Desk, rows: QuerySet[Objection]) -> Iterator[WorkItem]:
    near = ("score__item", "score__assessed__organization", "score__assessed__sheet")
    for one in rows.select_related(*near):
        yield WorkItem(
            "todo",
            one.score.assessed.sheet.title,
            reverse("assessments:answer", args=[one.public_id]),
            _("Answer the objection"),
            meta=(_("Objection to a mark"), one.score.item.name),
            party=one.score.assessed.organization.short_name,
        )


def _sheets(_desk: Desk, rows: QuerySet[Sheet]) -> Iterator[WorkItem]:
    for one in rows.select_related("organization"):
        yield WorkItem(
            "todo",
            one.title,
            one.get_absolute_url(),
            _("Publish the sheet"),
            meta=(_("The time for objections is over"),),
            party=one.organization.short_name,
        )
