from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from dashboards.actions import print_table
from dashboards.compliance import ChosenStates, CompliancePage
from dashboards.forms import ChoiceOfStates
from dashboards.history import since_last_month
from dashboards.models import ComplianceTable
from dashboards.policy import judged_for, may_print
from dashboards.views import fronts
from foundations.access.requests import SignedInRequest
from mechanisms.models import Mechanism
from mechanisms.page import title_lines
from mechanisms.profile import profile_of
from mechanisms.queries import parties, version_on
from members.standing import standing
from members.states import Role


def find_judged(request: SignedInRequest, key: str) -> Mechanism:
    rows = judged_for(request.user).select_related("jurisdiction", "body")
    return get_object_or_404(rows, key=key)


front = fronts.front(judged_for, "dashboards:compliance", _("Compliance of the institution"))


@require_POST
@login_required
def paper(request: SignedInRequest, key: str) -> HttpResponse:
    """Print the states of a day; the reader is led to the paper."""
    mechanism = find_judged(request, key)
    form = ChoiceOfStates(request.POST, sides=parties(mechanism))
    on = (form.cleaned_data.get("on") if form.is_valid() else None) or timezone.localdate()
    made = print_table(mechanism.pk, actor=request.user, at=timezone.now(), on=on)
    return redirect(made)


@require_GET
@login_required
def compliance(request: SignedInRequest, key: str) -> HttpResponse:
    """The text with its states on a day; htmx asks for what changes alone."""
    mechanism = find_judged(request, key)
    today = timezone.localdate()
    asked = request.GET.copy()
    asked.setdefault("on", today.isoformat())
    form = ChoiceOfStates(asked, sides=parties(mechanism))
    page, on = page_of(request, mechanism, form, today)
    profile = profile_of(page.version.source)
    context = {
        "mechanism": mechanism,
        "page": page,
        "on": on,
        "today": today,
        "form": form,
        "profile": profile,
        "title": title_lines(profile.title, profile.issuers),
        "parts": page.parts,
        "months": since_last_month(mechanism, page.found, on),
        "may_mend": standing(request.user).has(Role.LIAISON_OFFICER),
        "kept": _kept_query(request),
        "may_print": may_print(request.user, ComplianceTable(mechanism=mechanism, on=on)),
    }
    partial = request.htmx and not request.htmx.history_restore_request
    template = "dashboards/_compliance.html" if partial else "dashboards/compliance.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def page_of(
    request: SignedInRequest, mechanism: Mechanism, form: ChoiceOfStates, today: date
) -> tuple[CompliancePage, date]:
    """What the address asks for; today and everything where it asks for nothing known."""
    chosen = dict(form.cleaned_data) if form.is_valid() else {}
    on = chosen.pop("on", None) or today
    version = version_on(mechanism, on)
    if version is None:
        raise Http404("No version was loaded.")
    shown = CompliancePage(mechanism, version, ChosenStates(**chosen), user=request.user, on=on)
    return shown, on


def _kept_query(request: SignedInRequest) -> str:
    """The address's other conditions, for the counts, which choose a state."""
    kept = request.GET.copy()
    kept.pop("state", None)
    return kept.urlencode()
