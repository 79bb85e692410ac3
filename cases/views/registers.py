"""The registers, requests for whoever is listed in them, and legal aid."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from django_filters import ChoiceFilter, FilterSet

from cases.actions import registers as actions
from cases.forms.mediation import ReasonForm
from cases.forms.registers import (
    AidResultForm,
    AnswerForm,
    AssignForm,
    HelpForm,
    LegalAidForm,
    ProfessionalForm,
)
from cases.models import Assignment, Dispute, LegalAid, Profession, Professional
from cases.views.finding import find_dispute
from cases.views.mediation import settling_of
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from members.forms.fields import standing_organizations
from members.models import Jurisdiction, Organization, RoleBinding, User
from members.standing import standing


class ProfessionalFilter(FilterSet):
    profession = ChoiceFilter(label=gettext_lazy("Listed as"), choices=Profession.choices)
    listed = ChoiceFilter(
        label=gettext_lazy("Listed today"),
        choices=[("1", gettext_lazy("Yes")), ("0", gettext_lazy("No"))],
        method="by_day",
    )

    class Meta:
        model = Professional
        fields: list[str] = []

    def by_day(
        self, rows: QuerySet[Professional], _name: str, value: str
    ) -> QuerySet[Professional]:
        today = Professional.objects.on(timezone.localdate()).values("pk")
        return rows.filter(pk__in=today) if value == "1" else rows.exclude(pk__in=today)


class ProfessionalLedger(Ledger):
    name = "professionals"
    title = gettext_lazy("Registers")
    subtitle = gettext_lazy("Mediators, lawyers, experts and advisers")
    model = Professional
    people = True
    filterset_class = ProfessionalFilter
    search_fields = ("name", "firm", "fields", "certificate")
    search_hint = gettext_lazy("Name, firm, special fields")
    columns = (
        Column("name", gettext_lazy("Name"), sort="name"),
        Column(
            "profession", gettext_lazy("Listed as"), value="get_profession_display", width="112"
        ),
        Column("organization", gettext_lazy("Unit or firm"), value="where_from", css="hide-s"),
        Column("fields", gettext_lazy("Special fields"), css="hide-s"),
        Column("certificate", gettext_lazy("Certificate number"), shown=False),
        Column("valid_from", gettext_lazy("Listed from"), sort="valid_from", width="120"),
        Column("valid_to", gettext_lazy("Listed until"), width="120"),
    )
    order = "name"
    row_template = "cases/_professional_row.html"
    empty = gettext_lazy("Nobody is listed here")
    empty_hint = gettext_lazy(
        "Whoever mediates, advises or gives an expert's opinion is entered before being assigned."
    )
    standing_views = (
        (gettext_lazy("All"), ""),
        (gettext_lazy("Mediators"), "profession=mediator&listed=1"),
        (gettext_lazy("Lawyers"), "profession=lawyer&listed=1"),
        (gettext_lazy("Experts"), "profession=expert&listed=1"),
    )
    opens_on = "profession=mediator&listed=1"
    head_template = "cases/_professionals_head.html"


@require_GET
@login_required
def professionals(request: SignedInRequest) -> HttpResponse:
    rows = visible_to(request.user, Professional).select_related("organization")
    may = {"may_edit": policy_for(Professional).can(request.user, "edit")}
    return ledger_response(request, ProfessionalLedger, rows=rows, context=may)


@page_of_form
@login_required
def professional_new(request: SignedInRequest) -> HttpResponse:
    policy_for(Professional).require(request.user, "edit")
    place = _place(request)
    first = {"valid_from": timezone.localdate(), "profession": Profession.MEDIATOR}
    form = filled(request, ProfessionalForm, _offered(place), **first)
    if sent(request, form, actions.enter_professional, jurisdiction=place):
        messages.success(request, _("The register has a new line."))
        return redirect("cases:registers")
    return _register_page(request, form, _("Enter in a register"), _("Enter"))


@page_of_form
@login_required
def professional(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = visible_to(request.user, Professional).select_related("jurisdiction", "user")
    found: Professional = get_object_or_404(rows, public_id=public_id)
    policy_for(Professional).require(request.user, "edit", found)
    names = ("profession", "name", "firm", "certificate", "phone", "valid_from", "valid_to")
    first = {name: getattr(found, name) for name in (*names, "user", "version")}
    first["organization"] = found.organization and found.organization.public_id
    form = filled(
        request, ProfessionalForm, _offered(found.jurisdiction), fields_known=found.fields, **first
    )
    if sent(request, form, actions.change_professional, professional_id=found.pk):
        messages.success(request, _("The line is changed."))
        return redirect("cases:registers")
    return _register_page(request, form, _("Change a line of a register"), _("Save"))


def _register_page(
    request: SignedInRequest, form: ProfessionalForm, title: str, verb: str
) -> HttpResponse:
    return form_page(
        request, "cases/professional.html", form, title=title, verb=verb, back="cases:registers"
    )


def _place(request: SignedInRequest) -> Jurisdiction:
    mine = standing(request.user)
    units = Organization.objects.filter(pk__in=mine.organizations)
    return Jurisdiction.objects.filter(organizations__in=units).order_by("pk")[:1].get()


def _offered(place: Jurisdiction) -> dict[str, Any]:
    today = timezone.localdate()
    bound = RoleBinding.objects.on(today).filter(jurisdiction=place)
    return {
        "units": standing_organizations(place.pk, today),
        "accounts": User.objects.filter(pk__in=bound.values("user")),
    }


@page_of_form
@login_required
def help_new(request: SignedInRequest, public_id: str) -> HttpResponse:
    dispute = find_dispute(request, public_id)
    form = filled(request, HelpForm, {"units": _mine(request)})
    if sent(request, form, actions.request_help, dispute_id=dispute.pk):
        messages.success(request, _("The request waits for the keepers of the register."))
        return redirect(settling_of(dispute))
    return _help_page(request, dispute, form, _("Ask for a lawyer or an expert"), _("Ask"))


@page_of_form
@login_required
def help_assign(request: SignedInRequest, public_id: str, help_id: str) -> HttpResponse:
    dispute, found = _find_help(request, public_id, help_id, "assign")
    listed = _listed(dispute).filter(profession=found.profession)
    form = filled(request, AssignForm, {"listed": listed}, version=found.version)
    if sent(request, form, actions.assign_help, assignment_id=found.pk):
        messages.success(request, _("Assigned; the answer is awaited."))
        return redirect(settling_of(dispute))
    return _help_page(request, dispute, form, _("Assign from the register"), _("Assign"))


@page_of_form
@login_required
def help_answer(request: SignedInRequest, public_id: str, help_id: str) -> HttpResponse:
    dispute, found = _find_help(request, public_id, help_id, "answer")
    form = filled(request, AnswerForm, version=found.version)
    if sent(request, form, actions.answer_help, assignment_id=found.pk):
        messages.success(request, _("The answer is recorded."))
        return redirect("cases:desk")
    return _help_page(request, dispute, form, _("Take it on or decline"), _("Record the answer"))


@page_of_form
@login_required
def help_cancel(request: SignedInRequest, public_id: str, help_id: str) -> HttpResponse:
    dispute, found = _find_help(request, public_id, help_id, "cancel")
    form = filled(request, ReasonForm, version=found.version)
    if sent(request, form, actions.cancel_help, assignment_id=found.pk):
        messages.success(request, _("The request is withdrawn."))
        return redirect(settling_of(dispute))
    return _help_page(request, dispute, form, _("Withdraw the request"), _("Withdraw"))


@page_of_form
@login_required
def aid_new(request: SignedInRequest, public_id: str) -> HttpResponse:
    dispute = find_dispute(request, public_id)
    given = {"parties": dispute.parties.all(), "units": _mine(request)}
    form = filled(request, LegalAidForm, given, on=timezone.localdate())
    if sent(request, form, actions.refer_to_legal_aid, dispute_id=dispute.pk):
        messages.success(request, _("The referral is recorded."))
        return redirect(settling_of(dispute))
    return _help_page(request, dispute, form, _("Refer to legal aid"), _("Refer"))


@page_of_form
@login_required
def aid(request: SignedInRequest, public_id: str, aid_id: str) -> HttpResponse:
    dispute = find_dispute(request, public_id)
    rows = visible_to(request.user, LegalAid).filter(dispute=dispute)
    found: LegalAid = get_object_or_404(rows.select_related("dispute"), public_id=aid_id)
    policy_for(LegalAid).require(request.user, "decide", found)
    listed = _listed(dispute).filter(profession=Profession.LAWYER)
    first = {"on": timezone.localdate(), "version": found.version}
    form = filled(request, AidResultForm, {"listed": listed}, **first)
    if sent(request, form, actions.decide_legal_aid, aid_id=found.pk):
        messages.success(request, _("The result is recorded."))
        return redirect(settling_of(dispute))
    title, verb = _("Result of legal aid"), _("Record the result")
    return _help_page(request, dispute, form, title, verb, ground=found.ground)


def _help_page(
    request: SignedInRequest,
    dispute: Dispute,
    form: Any,
    title: str,
    verb: str,
    *,
    ground: str = "",
) -> HttpResponse:
    return form_page(
        request,
        "cases/help_form.html",
        form,
        title=title,
        verb=verb,
        back=settling_of(dispute),
        dispute=dispute,
        ground=ground,
    )


def _mine(request: SignedInRequest) -> QuerySet[Organization]:
    return Organization.objects.filter(pk__in=standing(request.user).organizations)


def _listed(dispute: Dispute) -> QuerySet[Professional]:
    rows = Professional.objects.on(timezone.localdate())
    return rows.filter(jurisdiction=dispute.jurisdiction_id)


def _find_help(
    request: SignedInRequest, public_id: str, help_id: str, verb: str
) -> tuple[Dispute, Assignment]:
    dispute = find_dispute(request, public_id)
    rows = visible_to(request.user, Assignment).filter(dispute=dispute, procedure=None)
    found: Assignment = get_object_or_404(rows.select_related("professional"), public_id=help_id)
    found.dispute = dispute
    policy_for(Assignment).require(request.user, verb, found)
    return dispute, found
