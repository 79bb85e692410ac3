"""应交文件: which documents units must have, and what they delivered."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from django_filters import ChoiceFilter, FilterSet

from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from returns.actions import deliverables as actions
from returns.forms.deliverables import DeliverForm
from returns.models import Deliverable
from returns.models.deliverables import DELIVERABLE_RULE
from returns.states import DeliverableState
from services.deadlines.models import Deadline
from services.documents.attachments import attachments_of
from services.documents.models import OfficialDocument
from services.documents.states import DocumentState

OVERDUE = (("1", _("Overdue")),)


class DeliverableFilter(FilterSet):
    state = ChoiceFilter(label=_("State"), choices=DeliverableState.choices)
    late = ChoiceFilter(label=_("Overdue"), choices=OVERDUE, method="only_late")

    class Meta:
        model = Deliverable
        fields: list[str] = []

    def only_late(self, rows: QuerySet, _name: str, _value: str) -> QuerySet:
        return rows.filter(Q(state=DeliverableState.DUE, due_on__lt=timezone.localdate()))


class DeliverableLedger(Ledger):
    name = "deliverables"
    title = _("Deliverables")
    subtitle = _("Documents that a unit must have, and by when")
    model = Deliverable
    filterset_class = DeliverableFilter
    search_fields = ("name", "number", "organization__short_name")
    search_hint = _("Document, clause, unit")
    columns = (
        Column("name", _("Document"), sort="name"),
        Column("unit", _("Unit"), value="organization.name", sort="organization__order"),
        Column("state", _("State"), value="get_state_display", width="124"),
        Column("due_on", _("Due on"), sort="due_on", width="210"),
        Column("delivered_on", _("Delivered on"), width="140", css="hide-s"),
        Column("number", _("Clause"), width="110", css="hide-s"),
    )
    order = "due_on"
    row_template = "returns/_deliverable_row.html"
    empty = _("No deliverables here")
    empty_hint = _("They stand in the institution's text and are opened by the portal.")
    standing_views = (
        (_("All"), ""),
        (_("Not there yet"), "state=due"),
        (_("Overdue"), "late=1"),
    )
    urgent_view = "late=1"


@require_GET
@login_required
def deliverables(request: SignedInRequest) -> HttpResponse:
    rows = visible_to(request.user, Deliverable).for_listing()
    return ledger_response(request, DeliverableLedger, rows=rows)


@require_GET
@login_required
def deliverable(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id)
    papers = visible_to(request.user, OfficialDocument)
    deliveries = list(found.deliveries.select_related("document", "by"))
    seen = set(papers.filter(pk__in=[d.document_id for d in deliveries]).values_list("pk"))
    limits = Deadline.objects.about(found).filter(rule=DELIVERABLE_RULE)
    context = {
        "one": found,
        "deliveries": [
            (row, attachments_of(row), (row.document_id,) in seen) for row in deliveries
        ],
        "limit": limits.order_by("-pk").first(),
        "may_deliver": policy_for(Deliverable).can(request.user, "deliver", found),
    }
    return render(request, "returns/deliverable.html", context)


@page_of_form
@login_required
def deliver(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id)
    policy_for(Deliverable).require(request.user, "deliver", found)
    papers = visible_to(request.user, OfficialDocument).filter(
        organization=found.organization, state=DocumentState.ISSUED
    )
    first = {"title": found.name, "on": timezone.localdate()}
    form = filled(request, DeliverForm, {"choices": {"document": papers}}, **first)
    if sent(request, form, actions.deliver, deliverable_id=found.pk):
        messages.success(request, gettext("The document is delivered."))
        return redirect(found)
    return form_page(
        request,
        "forms/act.html",
        form,
        title=gettext("Deliver the document"),
        verb=gettext("Deliver"),
        back=found.get_absolute_url(),
        about=str(found),
        note=gettext("A document that was delivered before is superseded by this one.")
        if found.deliveries.exists()
        else "",
    )


def _found(request: SignedInRequest, public_id: str) -> Deliverable:
    found: Deliverable = get_object_or_404(
        visible_to(request.user, Deliverable).for_listing(), public_id=public_id
    )
    return found
