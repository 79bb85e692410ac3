"""What risk asks for: warnings to follow, opinions and duties, ratings to look at again, and
what was put right by itself and waits for a decision."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import (
    AssessmentState,
    Duty,
    EarlyWarning,
    Opinion,
    RiskRating,
    SelfCorrection,
    ToleranceState,
    WarningState,
)
from cases.states import Standing
from cases.work.desk import MOST, Desk, matter
from foundations.ledgers.work import WorkItem
from members.desk import Sort, Sorts

AHEAD = timedelta(days=14)
"""So long before its review a rating is laid on the desk."""


def sorts(desk: Desk) -> Sorts:
    if not desk.works:
        return
    ours = Q(responsible__in=desk.units) | Q(territory__in=desk.units) | Q(assignee=desk.user.pk)
    fresh = EarlyWarning.objects.filter(ours, state=WarningState.OPEN, entries=None)
    yield Sort(fresh, _warnings)
    asked = Opinion.objects.filter(
        organization__in=desk.units, given_on=None, assessment__state=AssessmentState.ASKING
    )
    yield Sort(asked, _opinions)
    yield Sort(Duty.objects.filter(owed_by__in=desk.units, done_on=None), _duties)
    yield Sort(
        RiskRating.objects.filter(
            organization__in=desk.units, current=True, review_on__lte=desk.on + AHEAD
        ).exclude(dispute__standing=Standing.CLOSED),
        _reviews,
    )
    if desk.places:
        proposed = SelfCorrection.objects.filter(
            dispute__jurisdiction__in=desk.places, tolerance=ToleranceState.PROPOSED
        )
        yield Sort(proposed.exclude(organization__in=desk.units), _tolerances)


def _warnings(_desk: Desk, rows: QuerySet[EarlyWarning]) -> Iterator[WorkItem]:
    """Nobody has said yet what is done about it."""
    near = rows.select_related("responsible", "territory")
    for one in near.order_by("noticed_on", "pk")[:MOST]:
        yield WorkItem(
            group="todo",
            title=_("Early warning to follow up: %(title)s") % {"title": one.title},
            url=one.get_absolute_url(),
            verb=_("Follow up"),
            meta=(one.get_kind_display(), one.get_level_display()),
            party=one.responsible.short_name,
            party_note=one.territory.short_name if one.territory else "",
        )


def _opinions(_desk: Desk, rows: QuerySet[Opinion]) -> Iterator[WorkItem]:
    """A court or procuratorate is never late with what it says (YN-22)."""
    near = rows.select_related("organization", "assessment__organization")
    for one in near.order_by("due_on", "pk")[:MOST]:
        yield WorkItem(
            group="todo",
            title=_("Opinion on the risk of a decision: %(title)s")
            % {"title": one.assessment.title},
            url=reverse("cases:opinion", args=[one.public_id]),
            verb=_("Give the opinion"),
            day=None if one.advisory else one.due_on,
            party=one.assessment.organization.short_name,
        )


def _duties(_desk: Desk, rows: QuerySet[Duty]) -> Iterator[WorkItem]:
    near = rows.select_related("owed_by", "assessment")
    for one in near.order_by("due_on", "pk")[:MOST]:
        yield WorkItem(
            group="todo",
            title=f"{one.what}：{one.assessment.title}",
            url=reverse("cases:duty-done", args=[one.public_id]),
            verb=_("Record it as done"),
            day=one.due_on,
            party=one.owed_by.short_name,
        )


def _reviews(_desk: Desk, rows: QuerySet[RiskRating]) -> Iterator[WorkItem]:
    near = rows.select_related("organization", "dispute__agency")
    for one in near.order_by("review_on", "pk")[:MOST]:
        yield matter(
            one.dispute,
            _("Risk rated “%(level)s”, to be looked at again")
            % {"level": one.get_level_display()},
            reverse("cases:rating-new", args=[one.dispute.public_id]),
            _("Rate"),
            day=one.review_on,
            party=one.organization.short_name,
        )


def _tolerances(_desk: Desk, rows: QuerySet[SelfCorrection]) -> Iterator[WorkItem]:
    """The agency proposes that nobody is held liable; the bureau enters what was decided."""
    near = rows.select_related("organization", "dispute__agency")
    for one in near.order_by("on", "pk")[:MOST]:
        yield matter(
            one.dispute,
            _("Tolerance is proposed"),
            reverse("cases:tolerance-decide", args=[one.public_id]),
            _("Enter the decision"),
            party=one.organization.short_name,
        )
