from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from foundations.access.requests import SignedInRequest
from members.actions.passwords import change_password
from members.actions.sessions import keep_session
from members.forms.accounts import PasswordForm
from members.models import Post, RoleBinding
from members.sessions import must_change_password


@login_required
@require_GET
def account_page(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    bindings = RoleBinding.objects.on(today).filter(user=request.user)
    posts = Post.objects.on(today).filter(person=request.user.person_id)
    page = {
        "bindings": bindings.select_related("organization", "jurisdiction"),
        "posts": posts.select_related("organization"),
    }
    return render(request, "members/account.html", page)


@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "POST"])
def password_page(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    forced = must_change_password(request.user, now)
    form = PasswordForm(request.POST or None, user=request.user)
    if form.is_valid():
        _renew(request, form.cleaned_data["new"], now)
        messages.success(request, _("The password was changed."))
        return redirect(resolve_url(settings.LOGIN_REDIRECT_URL if forced else "members:account"))
    status = 422 if form.is_bound else 200
    return render(
        request, "members/password.html", {"form": form, "forced": forced}, status=status
    )


def _renew(request: SignedInRequest, new: str, now: datetime) -> None:
    """The session goes on under a new key; every other session of the account is void."""
    user = change_password(request.user.pk, actor=request.user, at=now, new=new)
    update_session_auth_hash(request, user)
    keep_session(user.pk, session_key=request.session.session_key)
