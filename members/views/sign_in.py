from datetime import date

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from foundations.access.requests import PortalRequest, SignedInRequest
from members.actions.sessions import refuse_sign_in, sign_in, sign_out
from members.forms.accounts import SignInForm
from members.front_door import front_door
from members.models import User
from members.standing import standing
from members.states import Role


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_page(request: PortalRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(_next_page(request, request.user))
    form = SignInForm(request.POST or None, request=request)
    if form.is_valid():
        return _enter(request, form.user)
    if form.is_bound and not form.has_error("username"):
        locked = getattr(request, "axes_locked_out", False)
        refuse_sign_in(form.cleaned_data.get("username", ""), locked=bool(locked))
    page = {"form": form, "next": request.GET.get("next", ""), "door": front_door(_today())}
    page["support"] = settings.SUPPORT_CONTACT
    return render(request, "members/sign_in.html", page, status=422 if form.is_bound else 200)


@login_required
@require_POST
def sign_out_page(request: SignedInRequest) -> HttpResponse:
    sign_out(request.user.pk)
    logout(request)
    return redirect("members:sign-in")


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict | None = None
) -> HttpResponse:
    """What an account sees that failed five times; called by django-axes."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    page = {
        "minutes": minutes,
        "failures": settings.AXES_FAILURE_LIMIT,
        "door": front_door(_today()),
        "support": settings.SUPPORT_CONTACT,
    }
    return render(request, "members/locked_out.html", page, status=429)


def _enter(request: PortalRequest, user: User) -> HttpResponse:
    login(request, user)
    sign_in(user.pk, session_key=request.session.session_key, at=timezone.now())
    return redirect(_next_page(request, user))


def _next_page(request: PortalRequest, user: User) -> str:
    """Where the person wanted to go, if it is a page of ours; else the own first page."""
    wanted = request.POST.get("next", "") or request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    mine = standing(user)
    if mine.has(Role.AUDIT_ADMINISTRATOR):
        return resolve_url("audit:list")
    if mine.has(Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR):
        return resolve_url("members:accounts")
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def _today() -> date:
    return timezone.localdate()
