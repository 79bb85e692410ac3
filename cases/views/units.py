"""What a unit has to do in disputes, on one page; and all units that the reader meets."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from cases.limits import procedures_of, subject_of, within
from cases.models import Dispute, Participant, Procedure
from cases.pills import Pill, pill_of_dispute
from cases.states import Standing
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from members.models import Organization
from members.standing import standing
from services.deadlines.models import Deadline

SOON = timedelta(days=7)
AT_ONCE = 50
UNDER_WAY = ~Q(standing=Standing.CLOSED)


@dataclass(frozen=True)
class Tally:
    """A number, and the address of the list behind it; "" where no list is the same."""

    name: str | Promise
    number: int
    icon: str
    tone: str = ""
    url: str = ""


@dataclass(frozen=True)
class DisputeLine:
    dispute: Dispute
    pill: Pill


@dataclass(frozen=True)
class DutyLine:
    limit: Deadline
    dispute: Dispute


@dataclass(frozen=True)
class UnitLine:
    unit: Organization
    counts: dict[str, int]


@require_GET
@login_required
def unit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """404 for a unit that is in no dispute that the reader sees, unless it is the reader's."""
    today = timezone.localdate()
    found = get_object_or_404(Organization, public_id=public_id)
    rows = _of_unit(request, found)
    counts = rows.aggregate(**_counts(found, today))
    if not counts["all"] and found.pk not in standing(request.user).organizations:
        raise Http404
    shown = rows.filter(UNDER_WAY).select_related("agency", "holder")
    own = shown.filter(holder=found).order_by("next_due_on", "pk")
    others = shown.exclude(holder=found).order_by("-filed_on", "-pk")
    context = {
        "unit": found,
        "counts": _tallies(found, counts),
        "duties": _duties(request, found),
        "own": _page(request, "own", own, _disputes, counts["own"]),
        "others": _page(request, "others", others, _disputes, counts["open"] - counts["own"]),
        "ledger_url": _ledger(agency=found.public_id),
    }
    return render(request, "cases/unit.html", context)


@require_GET
@login_required
def units(request: SignedInRequest) -> HttpResponse:
    """The agencies of the disputes that the reader sees; straight to the only one."""
    today = timezone.localdate()
    rows = visible_to(request.user, Dispute).order_by().values("agency")
    counted = list(rows.annotate(**_agency_counts(today)))
    held = Organization.objects.in_bulk([row["agency"] for row in counted])
    lines = [UnitLine(held[row["agency"]], row) for row in counted]
    if len(lines) == 1:
        return redirect("cases:unit", lines[0].unit.public_id)
    lines.sort(key=lambda line: (-line.counts["late"], -line.counts["open"], line.unit.order))
    return render(request, "cases/units.html", {"lines": lines})


def _of_unit(request: SignedInRequest, organization: Organization) -> QuerySet[Dispute]:
    """Those against the unit, handled by it, or in which it has to act."""
    handled = Procedure.objects.filter(organ=organization).values("dispute")
    parts = Participant.objects.filter(organization=organization)
    party = parts.values("procedure__dispute")
    rows = visible_to(request.user, Dispute)
    return rows.filter(
        Q(agency=organization) | Q(holder=organization) | Q(pk__in=handled) | Q(pk__in=party)
    )


def _counts(organization: Organization, on: date) -> dict[str, Count]:
    mine = Q(holder=organization)
    return {
        "all": Count("pk"),
        "late": Count("pk", filter=mine & Q(next_due_on__lt=on)),
        "soon": Count("pk", filter=mine & Q(next_due_on__range=(on, on + SOON))),
        "act": Count("pk", filter=mine),
        "open": Count("pk", filter=UNDER_WAY),
        "own": Count("pk", filter=mine & UNDER_WAY),
        "against": Count("pk", filter=Q(agency=organization) & UNDER_WAY),
        "closed": Count("pk", filter=~UNDER_WAY),
    }


def _agency_counts(on: date) -> dict[str, Count]:
    return {
        "all": Count("pk"),
        "open": Count("pk", filter=UNDER_WAY),
        "late": Count("pk", filter=Q(next_due_on__lt=on)),
        "closed": Count("pk", filter=~UNDER_WAY),
    }


def _tallies(organization: Organization, counts: dict[str, int]) -> list[Tally]:
    late = "is-red" if counts["late"] else ""
    soon = "is-amber" if counts["soon"] else ""
    against = _ledger(agency=organization.public_id)
    return [
        Tally(_("Overdue"), counts["late"], "exclamation-octagon-fill", late, "#duties"),
        Tally(_("Due in 7 days"), counts["soon"], "clock-history", soon, "#duties"),
        Tally(_("Has to act"), counts["act"], "hourglass-split", url="#own"),
        Tally(_("Under way"), counts["open"], "arrow-right-circle", url="#others"),
        Tally(_("Against the unit"), counts["against"], "building", url=against),
        Tally(_("Closed"), counts["closed"], "check-circle-fill", url=against),
    ]


def _duties(request: SignedInRequest, organization: Organization) -> Page:
    """The limits that run for the unit, in the disputes that the reader sees."""
    seen = visible_to(request.user, Dispute)
    rows = Deadline.objects.duties().filter(within(seen), owed_by=organization)
    limits = rows.select_related("provision", "owed_by").order_by("due_on", "pk")
    return _page(request, "duties", limits, _limits, rows.count())


def _page(
    request: SignedInRequest,
    key: str,
    rows: QuerySet,
    lines: Callable[[list[Any]], list],
    count: int,
) -> Page:
    """The page of a list that the address asks for under `key`; its rows as lines."""
    pages = Paginator(rows, AT_ONCE)
    pages.count = count
    found = pages.get_page(request.GET.get(key))
    found.object_list = lines(list(found.object_list))
    return found


def _limits(limits: list[Deadline]) -> list[DutyLine]:
    found = procedures_of(limits)
    return [DutyLine(one, found[subject_of(one)].dispute) for one in limits]


def _disputes(rows: list[Dispute]) -> list[DisputeLine]:
    return [DisputeLine(one, pill_of_dispute(one)) for one in rows]


def _ledger(**query: str) -> str:
    return reverse("cases:list", query=query)
