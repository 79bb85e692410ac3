"""人员资格: who handles reconsideration cases in which unit, and where handlers are short."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from django_filters import ChoiceFilter, FilterSet

from foundations.access.acts import Act, page
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from mechanisms.models import Mechanism
from members.models import User
from members.standing import standing
from returns.actions import staff as actions
from returns.forms.staff import CertifyForm, EndForm, HandlerForm
from returns.models import CaseHandler
from returns.policy.staff import sees_to_units
from returns.staffing import Staffing, staffing_of
from returns.states import Qualification
from returns.views.choices import own_units

STILL = (("1", _("Handles cases now")), ("0", _("Left")))


class HandlerFilter(FilterSet):
    qualification = ChoiceFilter(label=_("Qualification"), choices=Qualification.choices)
    now = ChoiceFilter(label=_("Now"), choices=STILL, method="standing_now")

    class Meta:
        model = CaseHandler
        fields: list[str] = []

    def standing_now(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        here = CaseHandler.objects.on(timezone.localdate())
        now = here.values("pk")
        return rows.filter(pk__in=now) if value == "1" else rows.exclude(pk__in=now)


class HandlerLedger(Ledger):
    name = "handlers"
    title = _("Staff and qualification")
    subtitle = _("Who handles reconsideration cases in which unit")
    model = CaseHandler
    people = True
    filterset_class = HandlerFilter
    search_fields = ("name", "organization__short_name", "certificate")
    search_hint = _("Name, unit, certificate number")
    columns = (
        Column("name", _("Name"), sort="name"),
        Column("unit", _("Unit"), value="organization.name", sort="organization__order"),
        Column("post", _("Post"), css="hide-s"),
        Column("qualification", _("Qualification"), value="get_qualification_display"),
        Column("certificate", _("Certificate number"), shown=False),
        Column("valid_from", _("Handles cases since"), sort="valid_from", width="140"),
        Column("valid_to", _("Last day"), width="120", css="hide-s"),
    )
    order = "unit"
    row_template = "returns/_handler_row.html"
    empty = _("No handlers here")
    empty_hint = _("Each unit enters who handles its reconsideration cases.")
    standing_views = ((_("Handles cases now"), "now=1"), (_("All"), ""))
    opens_on = "now=1"
    template = "returns/staff.html"


@require_GET
@login_required
def staff(request: SignedInRequest) -> HttpResponse:
    rows = visible_to(request.user, CaseHandler).for_listing()
    context = {
        "staffing": _staffing(request.user),
        "may_enter": own_units(request.user, timezone.localdate()).exists(),
    }
    return ledger_response(request, HandlerLedger, rows=rows, context=context)


def _staffing(user: User) -> list[Staffing]:
    """Of the own units; of all in the place for the secretariat that looks after them."""
    mine = standing(user)
    if not mine.is_staff:
        return []
    places = Mechanism.objects.filter(jurisdiction__in=mine.jurisdictions)
    found = staffing_of(places.select_related("jurisdiction"), timezone.localdate())
    if sees_to_units(mine):
        return found
    return [one for one in found if one.organization.pk in mine.organizations]


@require_GET
@login_required
def handler(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = visible_to(request.user, CaseHandler).for_listing()
    found: CaseHandler = get_object_or_404(rows, public_id=public_id)
    policy = policy_for(CaseHandler)
    may = {verb: policy.can(request.user, verb, found) for verb in ("certify", "end")}
    return render(request, "returns/handler.html", {"one": found, "may": may})


@page_of_form
@login_required
def handler_new(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    units = own_units(request.user, today)
    if not units.exists():
        raise PermissionDenied("enter")
    choices = {"choices": {"organization": units}}
    form = filled(request, HandlerForm, choices, valid_from=today)
    if sent(request, form, actions.enter_handler):
        messages.success(request, gettext("The handler is entered."))
        return redirect("returns:staff")
    return form_page(
        request,
        "forms/act.html",
        form,
        title=gettext("Enter a handler"),
        verb=gettext("Enter"),
        back="returns:staff",
        note=gettext(
            "New handlers of reconsideration cases must have passed the uniform legal "
            "professional qualification."
        ),
    )


certify = page(
    Act(
        model=CaseHandler,
        key="handler_id",
        form=CertifyForm,
        action=actions.certify,
        title=_("Enter a qualification"),
        label=_("Enter"),
        done=_("The qualification is entered."),
        verb="certify",
        days=("qualified_on",),
        related=("jurisdiction", "organization"),
    )
)
end = page(
    Act(
        model=CaseHandler,
        key="handler_id",
        form=EndForm,
        action=actions.end_handler,
        title=_("The handler left the work"),
        label=_("Enter the last day"),
        done=_("The handler left; the record stays."),
        verb="end",
        days=("valid_to",),
        related=("jurisdiction", "organization"),
    )
)
