"""The register of appearances, and how often heads came and spoke."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from django_filters import ChoiceFilter, DateFromToRangeFilter, FilterSet, ModelChoiceFilter

from cases.figures.appearance import Appearances, Basis, Joint, by_agency, counted, placed
from cases.hearings.attendance import Attendance
from cases.hearings.reading import attendances
from cases.hearings.states import AppearanceState, Breach, Ground, HearingState, Level
from cases.models import Appearance, Hearing
from cases.states import Kind
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from members.models import Organization

YES_NO = [("1", gettext_lazy("Yes")), ("0", gettext_lazy("No"))]
KINDS = [
    (kind.value, kind.label)
    for kind in (Kind.FIRST_INSTANCE, Kind.SECOND_INSTANCE, Kind.RETRIAL, Kind.RECONSIDERATION)
]
SMALL = 10
"""Below this many instances a unit is not compared with others (I9)."""


class AppearanceFilter(FilterSet):
    state = ChoiceFilter(label=gettext_lazy("Appearance"), choices=AppearanceState.choices)
    unit = ModelChoiceFilter(
        label=gettext_lazy("Agency"),
        queryset=Organization.objects.none(),
        to_field_name="public_id",
        field_name="organization",
    )
    kind = ChoiceFilter(
        label=gettext_lazy("Procedure"), choices=KINDS, field_name="hearing__procedure__kind"
    )
    level = ChoiceFilter(label=gettext_lazy("Level"), choices=Level.choices)
    spoke = ChoiceFilter(label=gettext_lazy("Spoke"), choices=YES_NO, method="of_speech")
    breach = ChoiceFilter(label=gettext_lazy("Situation of article 12"), choices=Breach.choices)
    on = DateFromToRangeFilter(label=gettext_lazy("Day of the hearing"), field_name="hearing__on")

    class Meta:
        model = Appearance
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = visible_to(self.request.user, Appearance).order_by()
        named = seen.values("organization").distinct()
        self.filters["unit"].queryset = Organization.objects.filter(pk__in=named)

    def of_speech(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        heads = rows.filter(state=AppearanceState.APPEARED)
        return heads.exclude(speech=[]) if value == "1" else heads.filter(speech=[])


def _head(row: Appearance) -> str:
    return " ".join(filter(None, (row.head_name, row.head_post))) if row.came else ""


def _yes(value: object) -> str:
    return _("Yes") if value else _("No")


class AppearanceLedger(Ledger):
    name = "appearances"
    title = gettext_lazy("Register of appearances")
    subtitle = gettext_lazy("One line for each agency at each hearing")
    model = Appearance
    filterset_class = AppearanceFilter
    search_fields = (
        "hearing__procedure__dispute__title",
        "hearing__procedure__number",
        "organization__name",
        "head_name",
    )
    search_hint = gettext_lazy("Case, number, agency, head")
    columns = (
        Column("case", gettext_lazy("Case"), value="hearing.procedure.dispute.title"),
        Column(
            "number", gettext_lazy("Case number"), value="hearing.procedure.number", shown=False
        ),
        Column(
            "kind",
            gettext_lazy("Procedure"),
            value="hearing.procedure.get_kind_display",
            shown=False,
        ),
        Column("on", gettext_lazy("Hearing"), value="hearing.on", sort="hearing__on", width="132"),
        Column(
            "agency",
            gettext_lazy("Agency"),
            value="organization.short_name",
            sort="organization__order",
            width="150",
        ),
        Column(
            "state",
            gettext_lazy("Appearance"),
            value="get_state_display",
            sort="state",
            width="176",
        ),
        Column("head", gettext_lazy("Head who came"), value=_head, css="hide-s"),
        Column("level", gettext_lazy("Level"), value="get_level_display", shown=False),
        Column("speech", gettext_lazy("Spoke on"), value="spoken", css="hide-s"),
        Column("nth", gettext_lazy("Which hearing"), value="hearing.nth", shown=False),
        Column("called", gettext_lazy("Call served on"), value="called_on", shown=False),
        Column("staff", gettext_lazy("Staff who came"), shown=False),
        Column("lawyers", gettext_lazy("Lawyers who came"), shown=False),
        Column(
            "left",
            gettext_lazy("Left without leave"),
            value=lambda row: _yes(row.left),
            shown=False,
        ),
        Column(
            "ground",
            gettext_lazy("Reason for absence"),
            value=lambda row: str(Ground(row.ground).label) if row.ground else "",
            shown=False,
        ),
        Column(
            "finding",
            gettext_lazy("Found"),
            shown=False,
            value=lambda row: row.get_finding_display() if row.ground else "",
        ),
        Column(
            "breach",
            gettext_lazy("Situation of article 12"),
            value="get_breach_display",
            shown=False,
        ),
    )
    order = "-on"
    row_template = "cases/_appearance_row.html"
    empty = gettext_lazy("No appearances here")
    empty_hint = gettext_lazy("Each agency has a line as soon as a hearing is set.")
    standing_views = (
        (gettext_lazy("All"), ""),
        (gettext_lazy("Still to come"), "state=awaited"),
        (gettext_lazy("To be recorded"), "state=unrecorded"),
        (gettext_lazy("Did not appear"), "state=absent"),
    )
    head_template = "cases/_appearances_head.html"


@require_GET
@login_required
def register(request: SignedInRequest) -> HttpResponse:
    rows = visible_to(request.user, Appearance).exclude(state=AppearanceState.OFF).for_listing()
    return ledger_response(request, AppearanceLedger, rows=rows)


VARIANTS = (
    (gettext_lazy("As the law counts it"), Basis()),
    (gettext_lazy("Only where the head was called"), Basis(called_only=True)),
    (gettext_lazy("Without absences for a good reason"), Basis(excused_out=True)),
    (gettext_lazy("Though not come when called again"), Basis(again=False)),
    (gettext_lazy("Only with a proof of identity that was accepted"), Basis(proved=True)),
)


@dataclass(frozen=True)
class UnitLine:
    unit: Organization
    figures: Appearances
    own: Appearances

    @property
    def small(self) -> bool:
        return self.figures.appeared.d < SMALL


@require_GET
@login_required
def figures(request: SignedInRequest) -> HttpResponse:
    """A year, of suits or of reconsiderations, over what the reader may see."""
    today = timezone.localdate()
    years = _years(request, today)
    typed = request.GET.get("year", "")
    year = int(typed) if typed in {str(one) for one in years} else today.year
    of_suits = request.GET.get("of") != "reconsideration"
    rows = _rows(request, year, of_suits)
    context = {
        "year": year,
        "years": years,
        "of_suits": of_suits,
        "figures": counted(rows),
        "variants": [(name, counted(rows, basis)) for name, basis in VARIANTS],
        "units": _units(rows),
        "shown_variants": of_suits,
    }
    return render(request, "cases/appearance_figures.html", context)


def _years(request: SignedInRequest, today: date) -> list[int]:
    held = visible_to(request.user, Hearing).filter(state=HearingState.HELD)
    found = {day.year for day in held.order_by().dates("on", "year")} | {today.year}
    return sorted(found, reverse=True)


def _rows(request: SignedInRequest, year: int, of_suits: bool) -> list[Attendance]:
    """Every hearing of the instances that were heard in the year."""
    seen = visible_to(request.user, Appearance)
    heard = seen.filter(hearing__on__year=year, hearing__state=HearingState.HELD)
    rows = seen.filter(hearing__procedure__in=heard.values("hearing__procedure"))
    kind = {"hearing__procedure__kind": Kind.RECONSIDERATION}
    rows = rows.exclude(**kind) if of_suits else rows.filter(**kind)
    return placed(attendances(rows), date(year, 1, 1), date(year, 12, 31))


def _units(rows: list[Attendance]) -> list[UnitLine]:
    """By rate, then by how many; small ones last and not ranked."""
    found, own = by_agency(rows), by_agency(rows, Basis(joint=Joint.OWN))
    units = Organization.objects.in_bulk([pk for pk in found if isinstance(pk, int)])
    lines = [UnitLine(units[pk], found[pk], own[pk]) for pk in units]
    return sorted(lines, key=_rank)


def _rank(line: UnitLine) -> tuple:
    share = line.figures.appeared
    return (line.small, -(share.percent or 0), -share.d, line.unit.order)
