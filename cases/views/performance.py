"""履行: what is owed after a dispute; its register, its section, and each act on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from django_filters import BooleanFilter, ChoiceFilter, DateFromToRangeFilter, FilterSet

from cases.actions import performance as actions
from cases.forms import outcomes as forms
from cases.models import (
    Dispute,
    DutySource,
    Performance,
    PerformanceReport,
    PerformanceState,
    Procedure,
)
from cases.performance import fulfilment
from cases.policy.circle import enters
from cases.states import Kind
from cases.views.acts import Act, page
from cases.views.files import files_of
from cases.views.hands import Hands
from cases.views.reading import reading_of
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from members.models import Organization, User
from members.policy import works_for
from services.documents.models import Attachment

S = PerformanceState


@dataclass(frozen=True)
class Doing:
    label: str | Promise
    url: str


class PerformanceFilter(FilterSet):
    source = ChoiceFilter(label=_("Rests on"), choices=DutySource.choices)
    state = ChoiceFilter(label=_("State"), choices=PerformanceState.choices)
    overdue = BooleanFilter(label=_("Overdue"), method="only_overdue")
    due = DateFromToRangeFilter(field_name="due_on", label=_("To be performed by"))

    class Meta:
        model = Performance
        fields: list[str] = []

    def only_overdue(
        self, rows: QuerySet[Performance], _name: str, wanted: bool
    ) -> QuerySet[Performance]:
        late = Performance.objects.overdue(timezone.localdate())
        return rows.filter(pk__in=late) if wanted else rows.exclude(pk__in=late)


class PerformanceLedger(Ledger):
    name = "performance"
    title = _("Performance register")
    subtitle = _("What agreements, decisions and judgments oblige to")
    model = Performance
    filterset_class = PerformanceFilter
    search_fields = ("what", "dispute__title", "procedure__number", "organization__short_name")
    search_hint = _("What, dispute, number, agency")
    columns = (
        Column("what", _("What is to be done")),
        Column("state", _("State"), value="get_state_display", width="132"),
        Column("owed_by", _("Owed by"), width="150"),
        Column("due_on", _("By"), sort="due_on", width="216"),
        Column("performed_on", _("Performed on"), sort="performed_on", width="132"),
        Column("source", _("Rests on"), value="get_source_display", width="132", css="hide-s"),
        Column("dispute", _("Dispute"), value="dispute.title", shown=False),
        Column("number", _("Case number"), value="procedure.number", shown=False),
    )
    order = "due_on"
    row_template = "cases/_performance_row.html"
    empty = _("Nothing is owed here")
    empty_hint = _("What agreements, decisions and judgments oblige to is listed once they bind.")
    standing_views = (
        (_("To be performed"), "state=owed"),
        (_("Overdue"), "overdue=true"),
        (_("To be confirmed"), "state=performed"),
        (_("Effective judgments"), "source=judgment"),
        (_("All"), ""),
    )
    opens_on = "state=owed"
    template = "cases/performance.html"


@require_GET
@login_required
def register(request: SignedInRequest) -> HttpResponse:
    """With how much of what was due by today was performed, of judgments and of the rest."""
    today = timezone.localdate()
    rows = visible_to(request.user, Performance)
    judgments = rows.filter(source=DutySource.JUDGMENT)
    context = {
        "figures": [
            (_("Effective judgments"), fulfilment(judgments, today)),
            (_("Decisions and letters"), fulfilment(rows.filter(source__in=LETTERS), today)),
            (_("Agreements"), fulfilment(rows.filter(source=DutySource.AGREEMENT), today)),
        ]
    }
    return ledger_response(request, PerformanceLedger, rows=rows.for_listing(), context=context)


LETTERS = (DutySource.DECISION, DutySource.OPINION)


@dataclass(frozen=True)
class Line:
    item: Performance
    files: list[Attachment]
    doings: list[Doing]


@dataclass(frozen=True)
class Reported:
    """The report of an agency on one decision, or who still has to give one."""

    procedure: Procedure
    report: PerformanceReport | None
    files: list[Attachment]
    doing: Doing | None


def performance_section(request: SignedInRequest, dispute: Dispute) -> dict:
    hands = Hands(request.user, dispute)
    procedures = {one.pk: one for one in reading_of(request, dispute).procedures}
    items = list(
        dispute.performances.select_related("organization", "party").order_by("due_on", "pk")
    )
    for item in items:
        item.procedure, item.dispute = procedures[item.procedure_id], dispute
    reports = list(
        PerformanceReport.objects.filter(procedure__in=procedures).select_related("organization")
    )
    files = files_of([*items, *reports]) if items or reports else {}
    closed = [one for one in procedures.values() if not one.is_open and hands.keeps(one)]
    return {
        "owed_lines": [Line(one, files.get(one, []), _doings(hands, one)) for one in items],
        "reported": list(_reported(hands, items, reports, files)),
        "owed_more": [one for one in closed if one.kind not in (Kind.INTAKE, Kind.VISIT)],
    }


def _doings(hands: Hands, item: Performance) -> list[Doing]:
    found: list[Doing] = []
    if item.state == S.OWED and hands.performs(item):
        found.append(Doing(_("Performed"), _url("performed", item)))
    if item.state == S.PERFORMED and hands.confirms(item):
        found.append(Doing(_("Confirm"), _url("performance-confirm", item)))
    if item.state == S.OWED and hands.confirms(item):
        found.append(Doing(_("Let it fall away"), _url("performance-release", item)))
    return found


def _url(name: str, row: Any) -> str:
    return reverse(f"cases:{name}", args=[row.public_id])


def _reported(
    hands: Hands, items: list[Performance], reports: list[PerformanceReport], files: dict
) -> Iterator[Reported]:
    """Of each reconsideration of which all is performed."""
    known = {one.procedure_id: one for one in reports}
    seen = set()
    for item in items:
        procedure = item.procedure
        if procedure.pk in seen or procedure.kind != Kind.RECONSIDERATION:
            continue
        seen.add(procedure.pk)
        report = known.get(procedure.pk)
        still = any(one.state == S.OWED for one in items if one.procedure == procedure)
        may = report is None and not still and hands.works_for(item.organization)
        doing = (
            Doing(_("Report the performance"), _url("performance-report", procedure))
            if may
            else None
        )
        if report or doing:
            yield Reported(procedure, report, files.get(report, []) if report else [], doing)


def _concerned(_user: User, procedure: Procedure, _today: date) -> dict:
    parts = Organization.objects.filter(participations__procedure=procedure)
    own = Organization.objects.filter(pk=procedure.dispute.agency_id)
    units = Organization.objects.filter(pk__in=(parts | own).values("pk"))
    return {"organization": units, "party": procedure.dispute.parties.all()}


def _reporters(user: User, procedure: Procedure, _today: date) -> dict:
    parts = Organization.objects.filter(performances__procedure=procedure).distinct()
    mine = [one.pk for one in parts if works_for(user, one)]
    return {"organization": Organization.objects.filter(pk__in=mine)}


def _may_report(user: User, procedure: Procedure, today: date) -> bool:
    return bool(_reporters(user, procedure, today)["organization"])


RELATED = ("dispute__jurisdiction", "organ")
owed = page(
    Act(
        model=Procedure,
        key="procedure_id",
        form=forms.OwedForm,
        action=actions.add_performance,
        title=_("Enter what is to be performed"),
        label=_("Enter"),
        done=_("It is in the register."),
        may=lambda user, procedure, _today: enters(user, procedure),
        choices=_concerned,
        related=RELATED,
        note=_(
            "What an agreement promises and what a decision or judgment orders by a day stands "
            "here by itself. Enter only what is missing."
        ),
    )
)
performed = page(
    Act(
        model=Performance,
        key="item_id",
        form=forms.PerformForm,
        action=actions.perform,
        title=_("Performed"),
        label=_("Record the performance"),
        done=_("The performance is recorded."),
        verb="perform",
        days=("on",),
    )
)
report = page(
    Act(
        model=Procedure,
        key="procedure_id",
        form=forms.ReportForm,
        action=actions.report,
        title=_("Report on the performance"),
        label=_("Report the performance"),
        done=_("The report is with the reconsideration organ."),
        may=_may_report,
        choices=_reporters,
        days=("on",),
        related=RELATED,
        note=_("One case, one report, one visit: the organ then visits within five days."),
    )
)
confirm = page(
    Act(
        model=Performance,
        key="item_id",
        form=forms.ConfirmForm,
        action=actions.confirm,
        title=_("Confirm the performance"),
        label=_("Save"),
        done=_("The finding is recorded."),
        verb="confirm",
        days=("on",),
    )
)
release = page(
    Act(
        model=Performance,
        key="item_id",
        form=forms.ReleaseForm,
        action=actions.release,
        title=_("Let it fall away"),
        label=_("Let it fall away"),
        done=_("It need not be performed any more."),
        verb="confirm",
        days=("on",),
    )
)
