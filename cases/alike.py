"""Disputes that look like one to be registered: the same parties about the same act."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from cases.actions.disputes import PartyWords, digest_of
from cases.models import Dispute, Procedure
from cases.states import Kind
from foundations.calendars.periods import add_months
from members.models import Jurisdiction, Organization

MONTHS = 12
SHOWN = 20
EXCLUSIVE = (Kind.RECONSIDERATION, Kind.FIRST_INSTANCE)


@dataclass(frozen=True)
class Act:
    """Which act, of whom, and who disputes it."""

    jurisdiction: Jurisdiction
    agency: Organization
    number: str
    parties: tuple[PartyWords, ...]
    on: date


def alike(act: Act) -> list[Dispute]:
    """Registered within a year before: a party in common, by name or by number, and the
    same agency or the same number of the act. The newest first."""
    first = add_months(act.on, -MONTHS)
    same_act = Q(agency=act.agency)
    if act.number:
        same_act |= Q(act_number=act.number)
    rows = _with_parties(act.parties).filter(
        same_act, jurisdiction=act.jurisdiction, filed_on__range=(first, act.on)
    )
    return list(rows.select_related("registered_by").order_by("-filed_on", "-pk")[:SHOWN])


def _with_parties(parties: Iterable[PartyWords]) -> QuerySet[Dispute]:
    names = {digest_of(one.name) for one in parties} - {""}
    numbers = {digest_of(one.id_number) for one in parties} - {""}
    same = Q(parties__name_digest__in=names) | Q(parties__id_digest__in=numbers)
    return Dispute.objects.filter(same).distinct()


def taken_up(disputes: Iterable[Dispute]) -> list[Procedure]:
    """The open reconsiderations and suits that were accepted in these, the first one first:
    whoever accepted first has the matter (行诉解释 57)."""
    rows = Procedure.objects.filter(
        dispute__in=list(disputes),
        kind__in=EXCLUSIVE,
        accepted_on__isnull=False,
        closed_on=None,
    )
    return list(rows.select_related("organ", "dispute").order_by("accepted_on", "pk"))
