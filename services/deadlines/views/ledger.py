from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from django_filters import ChoiceFilter, DateFromToRangeFilter, FilterSet, ModelChoiceFilter
from django_filters.widgets import DateRangeWidget

from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from foundations.calendars.queries import missing_year
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from members.models import Organization
from members.standing import standing
from services.deadlines.catalogue import name_of
from services.deadlines.explanation import explain
from services.deadlines.models import Deadline, DeadlineState
from services.deadlines.views.moves import waiting_moves

SOON_DAYS = 7
LIVE = (DeadlineState.OPEN, DeadlineState.SUSPENDED)
WHEN = (
    ("overdue", _("Overdue")),
    ("soon", _("Due in 7 days")),
    ("open", _("Open")),
    ("closed", _("Closed")),
)
ONLY = (("true", _("Only these")),)


def seen_by(request: SignedInRequest) -> QuerySet[Deadline]:
    return visible_to(request.user, Deadline)


def units_of(request: SignedInRequest) -> QuerySet[Organization]:
    """Who owes any of the limits that the reader sees."""
    return Organization.objects.filter(
        pk__in=seen_by(request).order_by().values("owed_by")
    ).order_by("order", "pk")


def rules_of(request: SignedInRequest) -> list[tuple[str, str]]:
    """The rules of the law table among the limits that the reader sees."""
    keys = seen_by(request).order_by("rule").values_list("rule", flat=True).distinct()
    return [(key, f"{key} {name_of(key)}") for key in keys if name_of(key)]


class DeadlineFilter(FilterSet):
    when = ChoiceFilter(label=_("State"), choices=WHEN, method="at")
    due_on = DateFromToRangeFilter(label=_("Due"), widget=DateRangeWidget(attrs={"type": "date"}))
    rule = ChoiceFilter(label=_("Rule"))
    unit = ModelChoiceFilter(label=_("Unit"), field_name="owed_by", queryset=units_of)
    mine = ChoiceFilter(label=_("Own unit"), choices=ONLY, method="keep_mine")

    class Meta:
        model = Deadline
        fields = ("when", "due_on", "rule", "unit", "mine")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.filters["rule"].extra["choices"] = lambda: rules_of(self.request)

    def at(self, rows: QuerySet[Deadline], _name: str, when: str) -> QuerySet[Deadline]:
        today = timezone.localdate()
        if when == "overdue":
            return rows.filter(pk__in=Deadline.objects.overdue(on=today).values("pk"))
        if when == "soon":
            soon = Deadline.objects.due_within(SOON_DAYS, on=today)
            return rows.filter(pk__in=soon.values("pk"))
        return rows.filter(state__in=LIVE) if when == "open" else rows.exclude(state__in=LIVE)

    def keep_mine(self, rows: QuerySet[Deadline], _name: str, only: str) -> QuerySet[Deadline]:
        mine = standing(self.request.user).organizations
        return rows.filter(owed_by__in=mine) if only else rows


class DeadlineLedger(Ledger):
    name = "deadlines"
    title = _("Time limits")
    model = Deadline
    filterset_class = DeadlineFilter
    search_fields = ("title", "owed_by__name", "owed_by__short_name", "basis")
    search_hint = _("Matter, unit, basis")
    columns = (
        Column("title", _("Matter")),
        Column("state", _("State"), value="get_state_display", shown=False),
        Column("due_on", _("Last day"), sort="due_on", width="216"),
        Column(
            "owed_by",
            _("To be done by"),
            value="owed_by.name",
            sort="owed_by__name",
            width="160",
        ),
        Column(
            "rule",
            _("Rule"),
            value=lambda row: " ".join(filter(None, (row.rule, name_of(row.rule)))),
            sort="rule",
            width="240",
        ),
        Column("trigger_on", _("Set off"), sort="trigger_on", shown=False),
        Column("closed_on", _("Closed on"), sort="closed_on", width="120"),
        Column(
            "why",
            _("How this date came about"),
            value=lambda row: explain(row).sentence,
            shown=False,
        ),
        Column("basis", _("Basis"), value=lambda row: explain(row).basis, shown=False),
    )
    order = "due_on"
    row_template = "deadlines/_row.html"
    empty = _("No time limits here")
    standing_views = (
        (_("Overdue"), "when=overdue"),
        (_("Due in 7 days"), "when=soon"),
        (_("Open"), "when=open"),
        (_("Own unit"), "when=open&mine=true"),
        (_("Closed"), "when=closed"),
    )
    opens_on = "when=open"
    head_template = "deadlines/_list_head.html"
    template = "deadlines/list.html"


@require_GET
@login_required
def deadlines(request: SignedInRequest) -> HttpResponse:
    rows = seen_by(request).select_related(
        "owed_by", "jurisdiction", "provision__version", "mechanism"
    )
    context = {
        "missing": missing_year(timezone.localdate()),
        "moves": waiting_moves(request.user).count(),
    }
    return ledger_response(request, DeadlineLedger, rows=rows, context=context)


@require_GET
@login_required
def record(request: SignedInRequest, public_id: str) -> HttpResponse:
    """On to the record that a limit binds."""
    deadline = get_object_or_404(seen_by(request), public_id=public_id)
    return redirect(deadline.get_absolute_url())
