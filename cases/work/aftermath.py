"""What follows an outcome: to perform, to confirm, to visit, to tell, to analyse."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import (
    Explanation,
    LossAnalysis,
    LossState,
    NoticeState,
    OutcomeNotice,
    Performance,
    PerformanceState,
    Procedure,
    Route,
)
from cases.states import Kind
from cases.work.desk import MOST, Desk, matter
from foundations.ledgers.work import WorkItem
from members.desk import Sort, Sorts
from members.states import Side
from services.deadlines.models import Deadline

ASKED_FOR = timedelta(days=15)
"""So long after the judgment was served questions are waited for."""
COURTS = (Side.COURT, Side.PROCURATORATE)


def sorts(desk: Desk) -> Sorts:
    if not desk.works:
        return
    waiting = OutcomeNotice.objects.filter(kept(desk), state=NoticeState.WAITING)
    yield Sort(_to_perform(desk), _performances)
    yield Sort(
        Procedure.objects.filter(
            kind=Kind.VISIT, state__in=("waiting", "following"), organ__in=desk.units
        ),
        _visits,
    )
    yield Sort(waiting.filter(route=Route.SINGLE), _notices)
    yield Sort(waiting.filter(route=Route.COLLECTED), _collected)
    if Side.GOVERNMENT in desk.mine.sides:
        yield Sort(_lost(desk), _losses)
    if Side.COURT in desk.mine.sides:
        yield Sort(_asking(desk), _questions)


def kept(desk: Desk, path: str = "procedure") -> Q:
    """What the reader keeps: of an own procedure; as the bureau what is not a court's."""
    own = Q(**{f"{path}__organ__in": desk.units})
    if not desk.places:
        return own
    near = Q(**{f"{path}__dispute__jurisdiction__in": desk.places})
    return own | (near & ~Q(**{f"{path}__organ__side__in": COURTS}))


def _to_perform(desk: Desk) -> QuerySet[Performance]:
    owed = Q(state=PerformanceState.OWED, organization__in=desk.units)
    done = Q(state=PerformanceState.PERFORMED) & kept(desk)
    return Performance.objects.filter(owed | (done & ~Q(organization__in=desk.units)))


def _performances(_desk: Desk, rows: QuerySet[Performance]) -> Iterator[WorkItem]:
    near = rows.select_related("organization", "party", "procedure", "dispute__agency")
    for one in near.order_by("due_on", "pk")[:MOST]:
        ours = one.state == PerformanceState.OWED
        name = "cases:performed" if ours else "cases:performance-confirm"
        yield matter(
            one.dispute,
            one.what if ours else _("Performed, to be confirmed: %(what)s") % {"what": one.what},
            reverse(name, args=[one.public_id]),
            _("Report that it is performed") if ours else _("Confirm"),
            day=one.due_on if ours else None,
            number=one.procedure.number,
            party=one.owed_by,
        )


def _visits(_desk: Desk, rows: QuerySet[Procedure]) -> Iterator[WorkItem]:
    near = list(rows.select_related("organ", "dispute__agency").order_by("opened_on")[:MOST])
    limits = Deadline.objects.duties().filter(
        subject_type__app_label="cases",
        subject_type__model="procedure",
        subject_id__in=[one.pk for one in near],
    )
    ends = dict(limits.order_by().values_list("subject_id").annotate(Min("due_on")))
    for one in near:
        yield matter(
            one.dispute,
            one.standing.name,
            reverse("cases:visit", args=[one.public_id]),
            _("Record the visit"),
            day=ends.get(one.pk),
            party=one.organ.short_name,
        )


def _notices(_desk: Desk, rows: QuerySet[OutcomeNotice]) -> Iterator[WorkItem]:
    near = rows.select_related("procedure__organ", "procedure__dispute__agency")
    for one in near.order_by("procedure__closed_on", "pk")[:MOST]:
        procedure = one.procedure
        yield matter(
            procedure.dispute,
            _("Outcome notice: %(to)s") % {"to": one.addressee or one.get_to_display()},
            reverse("cases:notice-send", args=[one.public_id]),
            _("Record that it was sent"),
            number=procedure.number,
            party=procedure.organ.short_name,
        )


def _collected(_desk: Desk, rows: QuerySet[OutcomeNotice]) -> Iterator[WorkItem]:
    """Those that are told together are one matter of their organ."""
    counted = rows.order_by()
    for row in counted.values("procedure__organ__short_name").annotate(n=Count("pk")):
        yield WorkItem(
            "todo",
            _("%(n)s outcome notices wait to be told together") % {"n": row["n"]},
            reverse("cases:notice-list"),
            _("Send them together"),
            party=row["procedure__organ__short_name"],
        )


def _lost(desk: Desk) -> QuerySet[LossAnalysis]:
    own = Q(organization__in=desk.units) & ~Q(
        state__in=(LossState.WRITTEN, LossState.RECTIFIED, LossState.WAIVED)
    )
    bureau = Q(procedure__dispute__jurisdiction__in=desk.places, state=LossState.WRITTEN)
    return LossAnalysis.objects.filter(own | (bureau & ~Q(organization__in=desk.units)))


def _losses(_desk: Desk, rows: QuerySet[LossAnalysis]) -> Iterator[WorkItem]:
    near = rows.select_related("organization", "procedure__dispute__agency")
    for one in near.order_by("asked_by", "pk")[:MOST]:
        key, verb, group, day = {
            LossState.OWED: ("write", _("Write it"), "todo", one.asked_by),
            LossState.RETURNED: ("write", _("Write it again"), "returned", one.asked_by),
            LossState.ACCEPTED: ("rectified", _("Report it"), "todo", one.rectify_by),
            LossState.WRITTEN: ("review", _("Review it"), "todo", None),
        }[LossState(one.state)]
        what = _("Rectification after a loss") if key == "rectified" else _("Loss analysis")
        yield matter(
            one.procedure.dispute,
            what,
            reverse(f"cases:loss-{key}", args=[one.public_id]),
            verb,
            group=group,
            day=day,
            number=one.procedure.number,
            party=one.organization.short_name,
        )


def _asking(desk: Desk) -> QuerySet[Explanation]:
    """Who was told that questions are answered, and has not come yet (WJ-67)."""
    return Explanation.objects.filter(
        participant__procedure__organ__in=desk.units,
        held_on=None,
        notified_on__gte=desk.on - ASKED_FOR,
    )


def _questions(_desk: Desk, rows: QuerySet[Explanation]) -> Iterator[WorkItem]:
    near = rows.select_related(
        "participant__party",
        "participant__organization",
        "participant__procedure__dispute__agency",
    )
    for one in near.order_by("notified_on", "pk")[:MOST]:
        procedure = one.participant.procedure
        yield matter(
            procedure.dispute,
            _("Questions on the judgment"),
            reverse("cases:explanation-record", args=[one.public_id]),
            _("Record the answers"),
            group="waiting",
            number=procedure.number,
            party=str(one.participant),
        )
