"""Replies that units owe to drafts, letters and visits, and what their writers do next."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from foundations.ledgers.work import WorkItem
from members.models import User
from members.policy import WORKERS
from members.standing import Standing, standing
from problems.models import Asking, Consultation, Guidance, Opinion, Visit
from problems.models.matters import Matter
from problems.states import ConsultationState, GuidanceState, VisitState


def items(user: User, on: date) -> list[WorkItem]:
    mine = standing(user, on)
    if not mine.has(*WORKERS):
        return []
    return [*_askings(mine), *_guidance(mine), *_visits(mine), *_decisions(mine)]


def _askings(mine: Standing) -> Iterator[WorkItem]:
    rows = Asking.objects.filter(
        organization__in=mine.organizations,
        answered_on=None,
        consultation__state=ConsultationState.ASKED,
    )
    for one in rows.select_related("consultation__organization"):
        page = one.consultation.get_absolute_url()
        yield _todo(one.consultation, _("Consultation"), page, _("Reply"), one.due_on)


def _guidance(mine: Standing) -> Iterator[WorkItem]:
    sent = Guidance.objects.filter(addressee__in=mine.organizations, state=GuidanceState.SENT)
    for one in sent.exclude(reply_by=None).select_related("organization"):
        page = reverse("problems:guidance-reply", args=[one.public_id])
        yield _todo(one, _("Guidance letter"), page, _("Reply"), one.reply_by)
    replied = Guidance.objects.filter(
        organization__in=mine.organizations, state=GuidanceState.REPLIED
    )
    for one in replied.select_related("organization"):
        yield _todo(one, _("Guidance letter"), one.get_absolute_url(), _("Close"))


def _visits(mine: Standing) -> Iterator[WorkItem]:
    asked = Visit.objects.filter(addressee__in=mine.organizations, state=VisitState.OPEN)
    for one in asked.exclude(due_on=None).select_related("organization"):
        page = reverse("problems:visit-report", args=[one.public_id])
        yield _todo(one, _("Supervision visit"), page, _("Report"), one.due_on)
    reported = Visit.objects.filter(organization__in=mine.organizations, state=VisitState.REPORTED)
    for one in reported.select_related("organization"):
        yield _todo(one, _("Supervision visit"), one.get_absolute_url(), _("Settle the visit"))


def _decisions(mine: Standing) -> Iterator[WorkItem]:
    """Opinions of which the maker has not said whether it adopts them."""
    open_ones = Opinion.objects.filter(verdict="", asking__answered_on__isnull=False)
    rows = Consultation.objects.filter(
        organization__in=mine.organizations,
        state=ConsultationState.ASKED,
        pk__in=open_ones.values("asking__consultation"),
    )
    for one in rows.select_related("organization"):
        yield _todo(one, _("Consultation"), one.get_absolute_url(), _("Decide on the opinions"))


def _todo(row: Matter, kind: str, url: str, verb: str, day: date | None = None) -> WorkItem:
    party = row.organization.short_name
    return WorkItem("todo", row.title, url, verb, day=day, meta=(kind,), party=party)
