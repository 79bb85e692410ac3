"""报送事项: which there are, how each stands in a year, one unit's figures for one term."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter, NumberFilter

from foundations.access.acts import Act, page
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.export import sheet_response
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from members.models import Organization
from returns.actions import duties as actions
from returns.fields import fields_of
from returns.forms.duties import ReturnForm, SendBackForm, YearForm
from returns.matrix import matrix_of
from returns.models import Return, ReturnDuty
from returns.models.duties import PERS, RETURN_RULE
from returns.states import OWED, ReturnState
from returns.strip import strip_of
from services.deadlines.models import Deadline
from services.documents.attachments import attachments_of

OVERDUE = (("1", _("Overdue")),)
OF_RETURN = ("duty__to", "duty__mechanism", "organization", "jurisdiction")


class DutyFilter(FilterSet):
    per = ChoiceFilter(label=_("How often"), choices=PERS)

    class Meta:
        model = ReturnDuty
        fields: list[str] = []


class DutyLedger(Ledger):
    name = "return-duties"
    title = _("Return duties")
    subtitle = _("What units hand in each term, and how it stands this year")
    model = ReturnDuty
    filterset_class = DutyFilter
    search_fields = ("name", "number")
    search_hint = _("Matter, clause")
    columns = (
        Column("name", _("Matter"), sort="name"),
        Column("figures", _("Reported figures"), value="field_labels", css="hide-s"),
        Column("per", _("How often"), value="often", width="180"),
        Column("to", _("Handed in to"), value="to.short_name", width="150", css="hide-s"),
        Column("done", _("This year"), value="progress", width="130"),
        Column("number", _("Clause"), width="110", css="hide-s"),
    )
    order = "name"
    row_template = "returns/_duty_row.html"
    empty = _("No return duties here")
    empty_hint = _("They stand in the institution's text and are opened by the portal each year.")


@require_GET
@login_required
def duties(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    seen = visible_to(request.user, Return).filter(year=today.year).values("pk")
    asked = Q(returns__in=seen)
    rows = visible_to(request.user, ReturnDuty).select_related("to", "mechanism")
    rows = rows.annotate(
        asked=Count("returns", filter=asked, distinct=True),
        owed=Count("returns", filter=asked & Q(returns__state__in=OWED), distinct=True),
        over=Count(
            "returns",
            filter=asked & Q(returns__state__in=OWED, returns__due_on__lt=today),
            distinct=True,
        ),
    )
    return ledger_response(request, DutyLedger, rows=rows)


def _units(request: SignedInRequest | None) -> object:
    if request is None:
        return Organization.objects.none()
    seen = visible_to(request.user, Return).values("organization")
    return Organization.objects.filter(pk__in=seen)


def _duties(request: SignedInRequest | None) -> object:
    if request is None:
        return ReturnDuty.objects.none()
    return visible_to(request.user, ReturnDuty)


class ReturnFilter(FilterSet):
    state = ChoiceFilter(label=_("State"), choices=ReturnState.choices)
    late = ChoiceFilter(label=_("Overdue"), choices=OVERDUE, method="only_late")
    year = NumberFilter(label=_("Year"))
    duty = ModelChoiceFilter(label=_("Matter"), queryset=_duties, to_field_name="public_id")
    unit = ModelChoiceFilter(
        label=_("Unit"),
        field_name="organization",
        queryset=_units,
        to_field_name="public_id",
    )

    class Meta:
        model = Return
        fields: list[str] = []

    def only_late(self, rows: QuerySet, _name: str, _value: str) -> QuerySet:
        return rows.filter(state__in=OWED, due_on__lt=timezone.localdate())


class ReturnLedger(Ledger):
    name = "returns"
    title = _("Returns")
    subtitle = _("A line a unit and term")
    model = Return
    filterset_class = ReturnFilter
    search_fields = ("duty__name", "organization__short_name", "organization__name")
    search_hint = _("Matter, unit")
    columns = (
        Column("matter", _("Matter"), value="duty.name", sort="duty__name"),
        Column("term", _("Term reported on"), value="label", width="140"),
        Column("unit", _("Unit"), value="organization.name", sort="organization__order"),
        Column("state", _("State"), value="state_words", width="124"),
        Column("due_on", _("Due on"), sort="due_on", width="210"),
        Column("sent_on", _("Handed in on"), sort="sent_on", width="140", css="hide-s"),
        Column("remark", _("Note on the figures"), shown=False),
    )
    order = "-due_on"
    row_template = "returns/_return_row.html"
    empty = _("No returns here")
    empty_hint = _("They are opened for each term of the year, a unit each.")
    standing_views = (
        (_("All"), ""),
        (_("To be handed in"), "state=due"),
        (_("Overdue"), "late=1"),
        (_("To be accepted"), "state=sent"),
        (_("Sent back"), "state=returned"),
    )
    urgent_view = "late=1"


@require_GET
@login_required
def filed(request: SignedInRequest) -> HttpResponse:
    rows = visible_to(request.user, Return).for_listing()
    return ledger_response(request, ReturnLedger, rows=rows)


@require_GET
@login_required
def duty(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Units × terms of a year, and what the figures of each unit come to."""
    rows = visible_to(request.user, ReturnDuty).select_related("to", "mechanism", "jurisdiction")
    found: ReturnDuty = get_object_or_404(rows, public_id=public_id)
    today = timezone.localdate()
    year = YearForm(request.GET).chosen(today)
    returns = visible_to(request.user, Return).filter(duty=found, year=year)
    matrix = matrix_of(found, returns.select_related("organization"), year, today)
    if request.GET.get("export") == "xlsx":
        actions.note_export(found.pk, actor=request.user, year=year, rows=len(matrix.lines))
        return sheet_response(matrix.table(), f"{found.name}{year}", on=today)
    years = visible_to(request.user, Return).filter(duty=found)
    shown = request.GET.get("show", "")
    context = {
        "duty": found,
        "matrix": matrix.showing(shown),
        "strip": strip_of(matrix, shown),
        "filtered": bool(shown and matrix.lines),
        "years": sorted({*years.values_list("year", flat=True), today.year}, reverse=True),
    }
    return render(request, "returns/duty.html", context)


@require_GET
@login_required
def detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id)
    policy = policy_for(Return)
    context = {
        "row": found,
        "values": [
            (field, field.shown(found.value(field.key))) for field in fields_of(found.fields)
        ],
        "files": attachments_of(found),
        "limit": Deadline.objects.about(found).filter(rule=RETURN_RULE).order_by("-pk").first(),
        "may": {verb: policy.can(request.user, verb, found) for verb in policy.rules},
        "begun": found.term.first_on <= timezone.localdate(),
    }
    return render(request, "returns/detail.html", context)


@page_of_form
@login_required
def send(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id)
    policy_for(Return).require(request.user, "send", found)
    form = filled(request, ReturnForm, {"row": found})
    if sent(request, form, actions.send_return, return_id=found.pk):
        messages.success(request, gettext("The return is handed in."))
        return redirect(found)
    return form_page(
        request,
        "forms/act.html",
        form,
        title=found.duty.name,
        verb=gettext("Hand in the figures"),
        back=found.get_absolute_url(),
        about=f"{found.organization.short_name} · {found.label}",
        note=gettext("A figure that is not there is 0, or the whole return is a nil return."),
    )


@require_POST
@login_required
def accept(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id)
    actions.accept_return(found.pk, actor=request.user, at=timezone.now())
    messages.success(request, gettext("The figures are accepted."))
    return redirect(found)


send_back = page(
    Act(
        model=Return,
        key="return_id",
        form=SendBackForm,
        action=actions.send_back,
        title=_("Send the return back"),
        label=_("Send back"),
        done=_("The return is sent back; the unit is told."),
        verb="send_back",
        choices=None,
        related=OF_RETURN,
    )
)


def _found(request: SignedInRequest, public_id: str) -> Return:
    rows = visible_to(request.user, Return).select_related(*OF_RETURN)
    found: Return = get_object_or_404(rows, public_id=public_id)
    return found
