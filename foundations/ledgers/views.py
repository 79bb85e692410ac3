from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundations.access.forms import run
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers import actions
from foundations.ledgers.forms import ViewForm, safe_path
from foundations.ledgers.models import SavedView


@login_required
@require_POST
def save_view(request: SignedInRequest) -> HttpResponse:
    form = ViewForm(request.POST)
    path = safe_path(request)
    if form.is_valid() and run(form, actions.save_view, actor=request.user, **form.cleaned_data):
        messages.success(request, _("The view “%(name)s” is saved.") % form.cleaned_data)
        return redirect(f"{path}?{form.cleaned_data['query']}")
    for error in (error for errors in form.errors.values() for error in errors):
        messages.error(request, str(error))
    return redirect(f"{path}?{request.POST.get('query', '')}")


@login_required
@require_POST
def delete_view(request: SignedInRequest, public_id: str) -> HttpResponse:
    view = get_object_or_404(visible_to(request.user, SavedView), public_id=public_id)
    actions.delete_view(view.pk, actor=request.user)
    messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
    return redirect(safe_path(request))
