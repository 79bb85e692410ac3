"""Two counts of one fact side by side, explained and agreed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from bulletins.actions import counts as actions
from bulletins.counts import counts_of
from bulletins.forms.obligations import CountNoteForm
from bulletins.models import Instalment
from foundations.access.form_pages import filled, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest


def _found(request: SignedInRequest, public_id: str) -> Instalment:
    rows = visible_to(request.user, Instalment).for_listing()
    row: Instalment = get_object_or_404(rows, public_id=public_id)
    return row


@page_of_form
@login_required
def counts(request: SignedInRequest, public_id: str) -> HttpResponse:
    row = _found(request, public_id)
    found = counts_of(row, request.user)
    if found is None:
        raise Http404(public_id)
    may = policy_for(Instalment).can(request.user, "compare", row)
    form = filled(request, CountNoteForm)
    if request.method == "POST":
        policy_for(Instalment).require(request.user, "compare", row)
        if sent(request, form, actions.explain_counts, instalment_id=row.pk):
            messages.success(request, _("The explanation is entered."))
            return redirect("bulletins:counts", row.public_id)
    context = {
        "row": row,
        "counts": found,
        "form": form,
        "may_explain": may and found.is_complete and bool(found.differing),
        "may_agree": may and found.is_complete and not found.is_agreed,
    }
    status = 422 if form.is_bound else 200
    return render(request, "bulletins/counts.html", context, status=status)


@require_POST
@login_required
def agree(request: SignedInRequest, public_id: str) -> HttpResponse:
    row = _found(request, public_id)
    policy_for(Instalment).require(request.user, "compare", row)
    actions.agree_counts(row.pk, actor=request.user, at=timezone.now())
    messages.success(request, _("Your side has agreed."))
    return redirect("bulletins:counts", row.public_id)
