"""考核方案: the register, the page of one, its items."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from django_filters import ChoiceFilter, FilterSet

from assessments.actions import schemes as actions
from assessments.actions import sheets
from assessments.forms.schemes import BETWEEN, ItemForm, ItemTextForm, SchemeForm, SchemeTextForm
from assessments.forms.sheets import SheetForm
from assessments.models import Item, Scheme, Sheet
from assessments.papers import way_words
from assessments.policy import organs_of
from assessments.states import USABLE, SchemeState
from assessments.views.parts import Verb, button, verbs_of
from foundations.access.acts import Act, page
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.form_shapes import VersionForm
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from members.models import Organization
from members.states import OrganizationKind, Side


class SchemeFilter(FilterSet):
    state = ChoiceFilter(label=_("State"), choices=SchemeState.choices)

    class Meta:
        model = Scheme
        fields: list[str] = []


class SchemeLedger(Ledger):
    name = "assessment-schemes"
    title = _("Assessment schemes")
    subtitle = _("What units are assessed by, and how much each item weighs")
    model = Scheme
    filterset_class = SchemeFilter
    search_fields = ("name", "basis", "clause")
    search_hint = _("Scheme, basis, clause")
    columns = (
        Column("name", _("Scheme"), sort="name"),
        Column("state", _("State"), value="get_state_display", width="148"),
        Column("edition", _("Edition"), sort="edition", width="90"),
        Column("valid_from", _("Valid from"), sort="valid_from", width="132"),
        Column("valid_to", _("Valid until"), sort="valid_to", width="132", css="hide-s"),
        Column("clause", _("Clause"), width="110", css="hide-s"),
    )
    order = "-valid_from"
    row_template = "assessments/_scheme_row.html"
    head_template = "assessments/_head.html"
    empty = _("No assessment schemes here")
    empty_hint = _("The organ that acts for the government drafts and adopts them.")
    standing_views = ((_("All"), ""), (SchemeState.ADOPTED.label, "state=adopted"))


@require_GET
@login_required
def schemes(request: SignedInRequest) -> HttpResponse:
    rows = visible_to(request.user, Scheme).select_related("organization")
    new = Verb(_("Draft a scheme"), reverse("assessments:scheme-new"))
    may = bool(organs_of(request.user))
    return ledger_response(request, SchemeLedger, rows=rows, context={"new": new if may else None})


@page_of_form
@login_required
def new(request: SignedInRequest) -> HttpResponse:
    """403 for whoever drafts for no organ that acts for a government."""
    places = organs_of(request.user)
    if not places:
        raise PermissionDenied("write")
    form = filled(request, SchemeForm, valid_from=timezone.localdate().replace(month=1, day=1))
    if sent(request, form, actions.draft_scheme, mechanism_id=next(iter(places))):
        messages.success(request, gettext("The draft is kept; add its items now."))
        return redirect(Scheme.objects.get(form_token=form.given()["token"]))
    return form_page(
        request,
        "forms/act.html",
        form,
        title=gettext("Draft a scheme"),
        verb=gettext("Keep the draft"),
        back="assessments:schemes",
        about="",
        note=gettext("It can be changed until it is adopted; after that the next edition can."),
    )


@require_GET
@login_required
def scheme(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = visible_to(request.user, Scheme).select_related("mechanism", "organization", "replaces")
    found: Scheme = get_object_or_404(rows, public_id=public_id)
    policy = policy_for(Scheme)
    edits = policy.can(request.user, "edit", found)
    uses = policy.can(request.user, "use", found)
    items = list(found.items.all())
    begun = found.later.exclude(state=SchemeState.DROPPED).exists()
    weights = sum(one.weight for one in items)
    context = {
        "scheme": found,
        "items": [(one, way_words(one), one.defined) for one in items],
        "weights": weights,
        "whole": weights == actions.HUNDRED,
        "may_edit": edits,
        "sheets": visible_to(request.user, Sheet).filter(scheme=found),
        "verbs": verbs_of(
            found,
            (edits, _("Give the scheme up"), "scheme-drop"),
            (edits, _("Change the scheme"), "scheme-edit"),
            (edits, _("Add an item"), "item-new"),
            (edits and policy.can(request.user, "adopt", found), _("Adopt"), "scheme-adopt"),
            (
                uses and found.state == SchemeState.ADOPTED and not begun,
                _("Draft the next edition"),
                "scheme-next",
                True,
            ),
            (uses and found.state in USABLE, _("Begin a sheet"), "sheet-new"),
        ),
    }
    return render(request, "assessments/scheme.html", context)


OF_SCHEME: dict[str, Any] = {
    "model": Scheme,
    "key": "scheme_id",
    "related": ("mechanism__jurisdiction", "organization"),
}
edit = page(
    Act(
        **OF_SCHEME,
        form=SchemeTextForm,
        action=actions.revise_scheme,
        title=_("Change the scheme"),
        label=_("Save"),
        done=_("The scheme is changed."),
        verb="edit",
        keeps=("name", "valid_from", "valid_to", "basis", "clause"),
    )
)
adopt = page(
    Act(
        **OF_SCHEME,
        form=VersionForm,
        action=actions.adopt,
        title=_("Adopt the scheme"),
        label=_("Adopt"),
        done=_("The scheme is adopted; units can be scored by it."),
        verb="adopt",
        note=_("After this it does not change any more; another edition can follow it."),
    )
)
drop = page(
    Act(
        **OF_SCHEME,
        form=VersionForm,
        action=actions.drop_scheme,
        title=_("Give the scheme up"),
        label=_("Give the scheme up"),
        done=_("The scheme is given up."),
        verb="edit",
        note=_("It stays in the register of your organ."),
    )
)
next_edition = button(
    Scheme,
    "scheme_id",
    actions.next_edition,
    _("The next edition has the same items; change them."),
)
STEPS_NOTE = _(
    "A base below ten is not scored: its weight is spread over the other items of that unit."
)
item_new = page(
    Act(
        **OF_SCHEME,
        form=ItemForm,
        action=actions.add_item,
        title=_("Add an item"),
        label=_("Add the item"),
        done=_("The item is added."),
        verb="edit",
        note=STEPS_NOTE,
    )
)


@page_of_form
@login_required
def item_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = visible_to(request.user, Item).select_related("scheme__mechanism__jurisdiction")
    found: Item = get_object_or_404(rows, public_id=public_id)
    policy_for(Item).require(request.user, "edit", found)
    kept = ("name", "kind", "weight", "full_mark", "wanted", "way", "target", "months", "note")
    first = {name: getattr(found, name) for name in (*kept, "order", "version")}
    first["steps"] = "\n".join(" ".join(step) for step in found.steps)
    first["indicator"] = f"{found.indicator}{BETWEEN}{found.variant}" if found.indicator else ""
    form = filled(request, ItemTextForm, **first)
    if sent(request, form, actions.change_item, item_id=found.pk):
        messages.success(request, gettext("The item is changed."))
        return redirect(found.scheme)
    return form_page(
        request,
        "forms/act.html",
        form,
        title=gettext("Change the item"),
        verb=gettext("Save"),
        back=found.get_absolute_url(),
        about=found.name,
        note=STEPS_NOTE,
    )


item_remove = button(Item, "item_id", actions.remove_item, _("The item is removed."))


@page_of_form
@login_required
def sheet_new(request: SignedInRequest, public_id: str) -> HttpResponse:
    """A sheet of the scheme; its figures are counted as it is made."""
    rows = visible_to(request.user, Scheme).select_related(*OF_SCHEME["related"])
    found: Scheme = get_object_or_404(rows, public_id=public_id)
    policy_for(Scheme).require(request.user, "use", found)
    today = timezone.localdate()
    first, last = today.replace(today.year - 1, 1, 1), today.replace(today.year - 1, 12, 31)
    begin = {"title": found.name, "first_on": first, "last_on": last}
    form = filled(request, SheetForm, {"choices": {"units": _units(found)}}, **begin)
    if sent(request, form, sheets.draft_sheet, scheme_id=found.pk):
        messages.success(request, gettext("The sheet is begun and its figures are counted."))
        return redirect(Sheet.objects.get(form_token=form.given()["token"]))
    return form_page(
        request,
        "forms/act.html",
        form,
        title=gettext("Begin a sheet"),
        verb=gettext("Count the figures"),
        back=found.get_absolute_url(),
        about=found.name,
        note=gettext("Nobody but your organ sees it until the marks are told to the units."),
    )


def _units(scheme: Scheme) -> Any:
    """Also those that have ceased: they may have stood in the period."""
    rows = Organization.objects.filter(jurisdiction=scheme.jurisdiction, side=Side.GOVERNMENT)
    rows = rows.exclude(kind=OrganizationKind.DIVISION).exclude(pk=scheme.organization_id)
    return rows.order_by("order", "pk")
