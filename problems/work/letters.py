"""Replies that units owe to drafts, letters and visits, and what their writers do next."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from foundations.ledgers.work import WorkItem
from members.desk import Desk, Sort, Sorts
from problems.models import Asking, Consultation, Guidance, Opinion, Visit
from problems.models.matters import Matter
from problems.states import ConsultationState, GuidanceState, VisitState


def sorts(desk: Desk) -> Sorts:
    yield from _replies(desk)
    yield from _next_steps(desk)


def _replies(desk: Desk) -> Sorts:
    """What the own units owe to others."""
    asked = Asking.objects.filter(organization__in=desk.units, answered_on=None)
    yield Sort(asked.filter(consultation__state=ConsultationState.ASKED), _askings)
    letters = Guidance.objects.filter(addressee__in=desk.units, state=GuidanceState.SENT)
    yield Sort(letters.exclude(reply_by=None), _guidance)
    visits = Visit.objects.filter(addressee__in=desk.units, state=VisitState.OPEN)
    yield Sort(visits.exclude(due_on=None), _visits)


def _next_steps(desk: Desk) -> Sorts:
    """What the own units do with what was answered to them."""
    own = Q(organization__in=desk.units)
    yield Sort(Guidance.objects.filter(own, state=GuidanceState.REPLIED), _replied)
    yield Sort(Visit.objects.filter(own, state=VisitState.REPORTED), _reported)
    # Opinions of which the maker has not said whether it adopts them.
    open_ones = Opinion.objects.filter(verdict="", asking__answered_on__isnull=False)
    drafts = Consultation.objects.filter(own, state=ConsultationState.ASKED)
    yield Sort(drafts.filter(pk__in=open_ones.values("asking__consultation")), _decisions)


def _askings(_desk: Desk, rows: QuerySet[Asking]) -> Iterator[WorkItem]:
    for one in rows.select_related("consultation__organization"):
        page = one.consultation.get_absolute_url()
        yield _todo(one.consultation, _("Consultation"), page, _("Reply"), one.due_on)


def _guidance(_desk: Desk, rows: QuerySet[Guidance]) -> Iterator[WorkItem]:
    for one in rows.select_related("organization"):
        page = reverse("problems:guidance-reply", args=[one.public_id])
        yield _todo(one, _("Guidance letter"), page, _("Reply"), one.reply_by)


def _replied(_desk: Desk, rows: QuerySet[Guidance]) -> Iterator[WorkItem]:
    for one in rows.select_related("organization"):
        yield _todo(one, _("Guidance letter"), one.get_absolute_url(), _("Close"))


def _visits(_desk: Desk, rows: QuerySet[Visit]) -> Iterator[WorkItem]:
    for one in rows.select_related("organization"):
        page = reverse("problems:visit-report", args=[one.public_id])
        yield _todo(one, _("Supervision visit"), page, _("Report"), one.due_on)


def _reported(_desk: Desk, rows: QuerySet[Visit]) -> Iterator[WorkItem]:
    for one in rows.select_related("organization"):
        yield _todo(one, _("Supervision visit"), one.get_absolute_url(), _("Settle the visit"))


def _decisions(_desk: Desk, rows: QuerySet[Consultation]) -> Iterator[WorkItem]:
    for one in rows.select_related("organization"):
        yield _todo(one, _("Consultation"), one.get_absolute_url(), _("Decide on the opinions"))


def _todo(row: Matter, kind: str, url: str, verb: str, day: date | None = None) -> WorkItem:
    party = row.organization.short_name
    return WorkItem("todo", row.title, url, verb, day=day, meta=(kind,), party=party)
