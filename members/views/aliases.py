"""Other names of a unit: entered where an import meets one that it does not know, ended on
the unit's page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from members.actions.aliases import add_alias, end_alias
from members.forms.aliases import AliasForm, EndAliasForm
from members.models import Organization
from members.policy import DUTY_SIDES
from members.standing import standing
from members.states import Role


@page_of_form
@login_required
def alias_new(request: SignedInRequest) -> HttpResponse:
    """`?name=` is the word that nobody knew, `?unit=` the page one comes from."""
    mine = standing(request.user)
    if not mine.has(Role.LIAISON_OFFICER):
        raise PermissionDenied
    kept = visible_to(request.user, Organization).filter(jurisdiction__in=mine.jurisdictions)
    offered = kept.exclude(side__in=DUTY_SIDES - mine.sides).order_by("order", "pk")
    unit = request.GET.get("unit", "")
    begun = {"name": request.GET.get("name", ""), "organization": unit}
    form = filled(request, AliasForm, {"offered": offered}, **begun)
    if sent(request, form, add_alias):
        messages.success(request, _("The other name is entered; imports know it from now on."))
        return redirect(form.cleaned_data["organization"])
    page = offered.filter(public_id=unit).first()
    return form_page(
        request,
        "forms/act.html",
        form,
        title=_("Enter another name of a unit"),
        verb=_("Enter the name"),
        back=page or "members:organizations",
        about=_("A unit that is not here yet is entered under “Organizations”."),
    )


@page_of_form
@login_required
def alias_end(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = visible_to(request.user, Organization).select_related("jurisdiction")
    organization: Organization = get_object_or_404(rows, public_id=public_id)
    policy_for(Organization).require(request.user, "edit", organization)
    names = {"names": organization.aliases}
    form = filled(request, EndAliasForm, names, name=request.GET.get("name", ""))
    if sent(request, form, end_alias, organization_id=organization.pk):
        messages.success(request, _("The other name is ended."))
        return redirect(organization)
    return form_page(
        request,
        "forms/act.html",
        form,
        title=_("End another name"),
        verb=_("End the name"),
        back=organization,
        about=organization.name,
        note=_("What imports made with it before stays."),
    )
