"""The eight looks: filled on a page of their own, shown on the dispute's."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions.checklist import fill_checklist
from cases.forms.checklist import ChecklistForm, first_values
from cases.models import Advised, Checklist, Dispute, Looked
from cases.policy.intake import checks, courts_of
from cases.views.finding import find_dispute
from cases.views.intake import own_offices
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.requests import SignedInRequest

ICONS: dict[str, tuple[str, str]] = {
    Looked.MEETS: ("ok", "check-circle-fill"),
    Looked.FAILS: ("no", "x-circle-fill"),
    Looked.WANTS: ("soon", "exclamation-circle"),
    Looked.NONE: ("go", "dash-circle"),
}
ADVICE: dict[Advised, Promise] = {
    Advised.FILED: gettext_lazy(
        "The looks speak for filing; where the parties are willing, it can be mediated first."
    ),
    Advised.SUPPLEMENT: gettext_lazy("The looks speak for having it supplemented first."),
    Advised.NOT_FILED: gettext_lazy(
        "The looks speak against filing; where the parties are willing, it can be mediated."
    ),
}
"""What all eight looks together speak for, said until it is decided (WJ-62)."""


def checklist_section(request: SignedInRequest, dispute: Dispute) -> dict:
    """The context of `_checklist.html`."""
    kept = _kept(dispute)
    looks = [(look, *ICONS[look.verdict]) for look in kept.looks.all()] if kept else []
    decided = bool(kept and kept.decision)
    advice = kept.advice if kept and not decided else None
    return {
        "checklist": kept,
        "looks": looks,
        "advice": ADVICE[advice] if advice else "",
        "may_check": not decided and checks(request.user, dispute),
    }


def _kept(dispute: Dispute) -> Checklist | None:
    rows = Checklist.objects.filter(dispute=dispute).select_related("organization")
    return rows.prefetch_related("looks").first()


@login_required
@page_of_form
def checklist(request: SignedInRequest, public_id: str) -> HttpResponse:
    dispute = find_dispute(request, public_id)
    if not checks(request.user, dispute):
        raise PermissionDenied("check")
    kept = _kept(dispute)
    given = {
        "offices": own_offices(request.user, dispute),
        "of_court": courts_of(request.user, dispute),
    }
    form = filled(request, ChecklistForm, given, **first_values(kept, timezone.localdate()))
    back = f"{dispute.get_absolute_url()}?tab=settling"
    if sent(request, form, fill_checklist, dispute_id=dispute.pk):
        messages.success(request, _("The eight looks are kept."))
        return redirect(back)
    return form_page(
        request,
        "cases/checklist.html",
        form,
        title=_("Eight-look checklist"),
        verb=_("Keep the looks"),
        back=back,
        dispute=dispute,
    )
