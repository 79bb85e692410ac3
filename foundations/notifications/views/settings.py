"""The settings page of one person: what is told, which way, and the calendar's address."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from foundations.access.forms import run
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from foundations.notifications import messenger
from foundations.notifications.actions import (
    confirm_messenger,
    keep_preferences,
    make_feed,
    revoke_feed,
)
from foundations.notifications.forms import CodeForm, PreferencesForm
from foundations.notifications.models import Feed, Preferences
from foundations.notifications.preferences import preferences_of


@login_required
@require_http_methods(["GET", "POST"])
def preferences(request: SignedInRequest) -> HttpResponse:
    chosen = preferences_of(request.user)
    offered = messenger.is_on()
    form = PreferencesForm(request.POST or None, chosen=chosen, messenger=offered)
    if form.is_valid():
        given = dict(form.cleaned_data)
        if not offered:
            given |= {"messenger": chosen.messenger, "messenger_id": chosen.messenger_id}
        wanted = given.pop("stages")
        given["at"] = timezone.now()
        if run(form, keep_preferences, actor=request.user, wanted=wanted, **given):
            messages.success(request, _("Your settings were saved."))
            return redirect("notifications:settings")
    return _page(request, form)


@login_required
@require_POST
def messenger_code(request: SignedInRequest) -> HttpResponse:
    """The code that was posted to the reader's messenger, typed back."""
    chosen = get_object_or_404(visible_to(request.user, Preferences).exclude(messenger_code=""))
    code = CodeForm(request.POST)
    if code.is_valid():
        if confirm_messenger(actor=request.user, code=code.cleaned_data["code"]):
            messages.success(request, _("Your id in the messenger is confirmed."))
            return redirect("notifications:settings")
        words = _("This is not the code. After five tries, save the settings for a new one.")
        code.add_error("code", words)
    form = PreferencesForm(chosen=chosen, messenger=messenger.is_on())
    return _page(request, form, code)


def _page(
    request: SignedInRequest, form: PreferencesForm, code: CodeForm | None = None
) -> HttpResponse:
    chosen = preferences_of(request.user)
    waits = messenger.is_on() and chosen.messenger and chosen.messenger_code
    page = {
        "form": form,
        "code": (code or CodeForm()) if waits else None,
        "feed": Feed.objects.filter(user=request.user.pk).first(),
    }
    status = 422 if form.errors or (code and code.errors) else 200
    return render(request, "notifications/settings.html", page, status=status)


@sensitive_variables("secret", "address")
@login_required
@require_POST
def feed_make(request: SignedInRequest) -> HttpResponse:
    """The answer shows the address; nothing can show it again."""
    secret = make_feed(actor=request.user, at=timezone.now())
    address = settings.SITE_URL.rstrip("/") + reverse("notifications:feed", args=[secret])
    return render(request, "notifications/feed_made.html", {"address": address})


@login_required
@require_POST
def feed_revoke(request: SignedInRequest) -> HttpResponse:
    revoke_feed(actor=request.user)
    messages.success(request, _("The calendar's address is void from now on."))
    return redirect("notifications:settings")
