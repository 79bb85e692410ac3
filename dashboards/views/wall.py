"""大屏: the page that a screen on a wall shows, and how the screen comes in.

Nobody signs in here: there is no user and no session. A screen is known by a cookie of its
own, which no other page reads, and by the address it calls from.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET

from dashboards import actions
from dashboards.models import Display
from dashboards.wall.page import WallPage
from dashboards.wall.secrets import digest_of, same_address
from foundations.access.form_pages import page_of_form
from foundations.access.forms import Label
from foundations.audit.origin import current_origin

COOKIE, SALT = "wall", "dashboards.wall"
KEPT = 400 * 24 * 3600
"""Seconds; browsers keep no cookie longer, and each reading begins them anew."""
UNKNOWN = (
    _("This browser is no wall screen of the portal, or the screen was revoked."),
    _(
        "Whoever looks after the screens makes it anew on the leaders' page, under “Wall "
        "screens”, and opens the link there on this browser."
    ),
)
ELSEWHERE = (
    _("This address is not the display's."),
    _(
        "The screen was made for another address of the network. Open it there, or revoke it and "
        "make it anew with the address below."
    ),
)
VOID = (
    _("This link does not hold."),
    _(
        "It was used, is older than a day, or its screen was revoked. Whoever looks after the "
        "screens makes a new one on the leaders' page, under “Wall screens”."
    ),
)


def unlisted(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Kept by no cache and found by no search."""

    @wraps(view)
    def answered(*args: object, **kwargs: object) -> HttpResponse:
        answer = view(*args, **kwargs)
        answer["X-Robots-Tag"] = "noindex"
        return answer

    return never_cache(answered)


@sensitive_variables("secret")
@unlisted
@require_GET
def wall(request: HttpRequest) -> HttpResponse:
    """Counts of the whole place, for a screen that is known and where it should be."""
    secret = request.get_signed_cookie(COOKIE, default="", salt=SALT) or ""
    known = Display.objects.select_related("mechanism__jurisdiction")
    found = known.filter(digest=digest_of(secret)).first() if secret else None
    if found is None:
        return _refused(request, UNKNOWN)
    if not _is_here(found):
        return _refused(request, ELSEWHERE, calls_again=True)
    now = timezone.now()
    actions.note_seen(found.pk, at=now)
    page = WallPage(found.mechanism, timezone.localtime(now))
    return _with_cookie(render(request, "dashboards/wall.html", {"wall": page}), secret)


@sensitive_variables("token", "secret")
@unlisted
@page_of_form
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a display: looked at it changes nothing, its button uses it up."""
    now = timezone.now()
    waiting = Display.objects.filter(link_digest=digest_of(token), link_until__gt=now)
    found = waiting.select_related("mechanism__jurisdiction").first()
    if found is None:
        return _refused(request, VOID)
    if not _is_here(found):
        return _refused(request, ELSEWHERE)
    if request.method != "POST":
        return render(request, "dashboards/wall_enter.html", {"display": found})
    secret = actions.enter_display(token, at=now, address=current_origin().address)
    return _with_cookie(redirect("dashboards:wall"), secret)


def _is_here(display: Display) -> bool:
    """Does the call come from the display's address? If not, the trail has it."""
    address = current_origin().address
    if same_address(display.address, address):
        return True
    actions.note_refusal(display.pk, at=timezone.now(), address=address)
    return False


def _refused(
    request: HttpRequest, words: tuple[Label, Label], *, calls_again: bool = False
) -> HttpResponse:
    said, hint = words
    context = {
        "said": said,
        "hint": hint,
        "address": current_origin().address,
        "calls_again": calls_again,
    }
    return render(request, "dashboards/wall_refused.html", context, status=403)


@sensitive_variables("secret")
def _with_cookie(answer: HttpResponse, secret: str) -> HttpResponse:
    answer.set_signed_cookie(
        COOKIE,
        secret,
        salt=SALT,
        max_age=KEPT,
        path=reverse("dashboards:wall"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return answer
