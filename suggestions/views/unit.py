"""What a unit owes, on one page; and all units that the reader has to do with."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from members.models import Organization, Succession
from members.standing import standing
from suggestions.lines import Line, line_of, with_clocks
from suggestions.models import Addressee, Measure, Supervision
from suggestions.stages import Stage, at_stage, of_unit
from suggestions.states import (
    AddresseeState,
    LetterState,
    MeasureState,
    SupervisionState,
)

COUNTED = (
    Stage.UNSERVED,
    Stage.UNANSWERED,
    Stage.LATE,
    Stage.SOON,
    Stage.REVIEW,
    Stage.RECTIFYING,
    Stage.RECTIFY_LATE,
    Stage.VERIFY,
    Stage.CLOSED,
)
STRIP = (Stage.LATE, Stage.SOON, Stage.UNANSWERED, Stage.RECTIFYING, Stage.VERIFY, Stage.CLOSED)
TONES = {Stage.LATE: "is-red", Stage.RECTIFY_LATE: "is-red", Stage.SOON: "is-amber"}
ICONS = {
    Stage.LATE: "exclamation-octagon-fill",
    Stage.SOON: "clock-history",
    Stage.UNANSWERED: "hourglass-split",
    Stage.RECTIFYING: "arrow-right-circle",
    Stage.VERIFY: "clipboard-check",
    Stage.CLOSED: "check-circle-fill",
}
A = AddresseeState
PARTS = (
    (Stage.UNANSWERED, {A.SERVED}),
    (Stage.UNSERVED, {A.SENT}),
    (Stage.RECTIFYING, {A.RECTIFYING}),
    (Stage.REVIEW, {A.OBJECTED, A.REFUSED}),
    (Stage.VERIFY, {A.TO_VERIFY}),
    (Stage.CLOSED, {A.CLOSED}),
)
"""How the page lists them: what the unit has to do first."""


@dataclass(frozen=True)
class Tally:
    """A number, and the address of the list behind it."""

    stage: Stage
    number: int
    url: str

    @property
    def icon(self) -> str:
        return ICONS.get(self.stage, "circle")

    @property
    def tone(self) -> str:
        return TONES.get(self.stage, "") if self.number else ""


@dataclass(frozen=True)
class Part:
    stage: Stage
    lines: list[Line]


@dataclass(frozen=True)
class UnitRow:
    unit: Organization
    letters: int
    counts: list[Tally]


@require_GET
@login_required
def unit(request: SignedInRequest, public_id: str) -> HttpResponse:
    today = timezone.localdate()
    found = get_object_or_404(Organization, public_id=public_id)
    rows = issued_to(request, found, today)
    own = found.pk in standing(request.user).organizations
    if not own and not rows.exists():
        raise Http404
    counted = rows.aggregate(**_counts(today))
    context = {
        "unit": found,
        "counts": [_count(found, stage, counted[stage]) for stage in STRIP],
        "parts": _parts(rows, today),
        "measures": _measures(rows),
        "supervisions": _supervisions(request, rows),
        "ledger_url": _ledger_of(found, Stage.CURRENT),
    }
    return render(request, "suggestions/unit.html", context)


@require_GET
@login_required
def units(request: SignedInRequest) -> HttpResponse:
    """Straight to the only one there is; a unit that ceased is counted with its successor."""
    today = timezone.localdate()
    rows = _issued(visible_to(request.user, Addressee))
    found = _unit_rows(rows, today)
    if len(found) == 1:
        return redirect("suggestions:unit", found[0].unit.public_id)
    context = {"rows": found, "stages": COUNTED}
    return render(request, "suggestions/units.html", context)


def issued_to(
    request: SignedInRequest, organization: Organization, on: date
) -> QuerySet[Addressee]:
    """The letters to a unit, and to those that it has succeeded, that the reader sees."""
    seen = visible_to(request.user, Addressee).filter(of_unit(organization, on))
    return _issued(seen)


def _issued(rows: QuerySet[Addressee]) -> QuerySet[Addressee]:
    return rows.filter(suggestion__state=LetterState.ISSUED)


def _counts(on: date) -> dict[str, Count]:
    return {str(stage): Count("pk", filter=at_stage(stage, on)) for stage in COUNTED}


def _count(organization: Organization, stage: Stage, number: int) -> Tally:
    return Tally(stage, number, _ledger_of(organization, stage))


def _ledger_of(organization: Organization, stage: Stage) -> str:
    return f"{reverse('suggestions:list')}?unit={organization.public_id}&stage={stage}"


def _parts(rows: QuerySet[Addressee], on: date) -> list[Part]:
    """What is under way or was closed lately, what ends first on top."""
    shown = with_clocks(rows.filter(at_stage(Stage.CURRENT, on))).select_related(
        "organization", "suggestion__issuer"
    )
    lines = [line_of(one, on) for one in shown.order_by("suggestion__issued_on", "pk")]
    found = []
    for stage, states in PARTS:
        held = [line for line in lines if line.addressee.state in states]
        if held:
            found.append(Part(stage, sorted(held, key=_day_of)))
    return found


def _day_of(line: Line) -> date:
    one = line.addressee
    days = {A.SERVED: one.reply_due_on, A.RECTIFYING: one.rectify_due_on}
    return days.get(A(one.state)) or date.max


def _measures(rows: QuerySet[Addressee]) -> list[Measure]:
    under_way = Measure.objects.filter(
        addressee__in=rows.filter(state=A.RECTIFYING), state=MeasureState.OPEN
    )
    near = under_way.select_related("addressee__suggestion", "problem")
    return list(near.order_by("due_on", "pk"))


def _supervisions(request: SignedInRequest, rows: QuerySet[Addressee]) -> list[Supervision]:
    seen = visible_to(request.user, Supervision).filter(addressee__in=rows)
    running = seen.exclude(state=SupervisionState.CLOSED)
    near = running.select_related("by_organization", "addressee__suggestion")
    return list(near.order_by("due_on", "pk"))


def _unit_rows(rows: QuerySet[Addressee], on: date) -> list[UnitRow]:
    counted = (
        rows.order_by()
        .values("organization")
        .annotate(letters=Count("suggestion", distinct=True), **_counts(on))
    )
    sums: dict[int, Counter[str]] = defaultdict(Counter)
    by_unit = {
        row["organization"]: {key: n for key, n in row.items() if key != "organization"}
        for row in counted
    }
    heirs = _heirs(by_unit, on)
    for pk, numbers in by_unit.items():
        for heir in heirs.get(pk) or {pk}:
            sums[heir].update(numbers)
    held = Organization.objects.filter(pk__in=sums)
    made = [_unit_row(one, sums[one.pk]) for one in held]
    return sorted(
        made, key=lambda row: (-row.counts[COUNTED.index(Stage.LATE)].number, row.unit.order)
    )


def _unit_row(organization: Organization, sums: Counter[str]) -> UnitRow:
    counts = [_count(organization, stage, sums[stage]) for stage in COUNTED]
    return UnitRow(organization, sums["letters"], counts)


def _heirs(units: Iterable[int], on: date) -> dict[int, set[int]]:
    """Who stands at the end of the successions of each, for those that were succeeded."""
    after: dict[int, set[int]] = defaultdict(set)
    pairs = Succession.objects.filter(on__lte=on).values_list("predecessor", "successor")
    for before, successor in pairs:
        after[before].add(successor)

    def last(pk: int, passed: frozenset[int]) -> set[int]:
        following = after.get(pk, set()) - passed
        if not following:
            return {pk}
        return {end for one in following for end in last(one, passed | {pk})}

    return {pk: last(pk, frozenset()) for pk in units if pk in after}
