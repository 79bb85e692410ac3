"""The displays of an institution: listed, made with a link that is shown once, revoked."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from dashboards import actions
from dashboards.forms.displays import DisplayForm
from dashboards.models import Display
from dashboards.policy import judged_for, may_keep_displays
from foundations.access.errors import RuleBroken
from foundations.access.form_pages import filled, form_page, page_of_form
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from foundations.audit.origin import current_origin
from mechanisms.models import Mechanism


def find_kept(request: SignedInRequest, key: str) -> Mechanism:
    """404 for whoever keeps no displays of the institution."""
    rows = visible_to(request.user, Mechanism).select_related("jurisdiction")
    found: Mechanism = get_object_or_404(rows, key=key)
    if not may_keep_displays(request.user, found):
        raise Http404("No displays are kept here by the reader.")
    return found


@require_GET
@login_required
def displays(request: SignedInRequest, key: str) -> HttpResponse:
    mechanism = find_kept(request, key)
    now = timezone.now()
    rows = visible_to(request.user, Display).filter(mechanism=mechanism)
    found = list(rows.select_related("made_by", "revoked_by"))
    context = {
        "mechanism": mechanism,
        "rows": [(row, row.pill_at(now)) for row in found if row.revoked_at is None],
        "revoked": [row for row in found if row.revoked_at is not None],
        "reads_figures": judged_for(request.user).filter(pk=mechanism.pk).exists(),
    }
    return render(request, "dashboards/displays.html", context)


@never_cache
@sensitive_variables("link", "address")
@page_of_form
@login_required
def display_new(request: SignedInRequest, key: str) -> HttpResponse:
    """The answer to the form shows the link; nothing can show it again."""
    mechanism = find_kept(request, key)
    form = filled(request, DisplayForm)
    link = _made(request, mechanism, form) if request.method == "POST" else ""
    if link:
        address = settings.SITE_URL.rstrip("/") + reverse("dashboards:wall-enter", args=[link])
        context = {"mechanism": mechanism, "address": address, "words": form.cleaned_data}
        return render(request, "dashboards/display_made.html", context)
    return form_page(
        request,
        "dashboards/display.html",
        form,
        title=_("New wall screen"),
        verb=_("Make the screen and its link"),
        back=redirect("dashboards:displays", mechanism.key).url,
        mechanism=mechanism,
        here=current_origin().address,
    )


@sensitive_variables("link")
def _made(request: SignedInRequest, mechanism: Mechanism, form: DisplayForm) -> str:
    """The secret of the link; empty where the form has to be looked at again."""
    if not form.is_valid():
        return ""
    try:
        return actions.make_display(
            mechanism.pk, actor=request.user, at=timezone.now(), **form.given()
        )
    except RuleBroken as broken:
        form.refuse(broken)
        return ""


@require_POST
@login_required
def revoke(request: SignedInRequest, key: str, public_id: str) -> HttpResponse:
    mechanism = find_kept(request, key)
    rows = visible_to(request.user, Display).filter(mechanism=mechanism)
    found = get_object_or_404(rows, public_id=public_id)
    actions.revoke_display(found.pk, actor=request.user, at=timezone.now())
    said = _("“%(name)s” is revoked; the screen goes dark within a minute.")
    messages.success(request, said % {"name": found.name})
    return redirect("dashboards:displays", mechanism.key)
