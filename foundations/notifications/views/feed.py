"""The calendar at its secret address: asked for by programs, which do not sign in."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from foundations.notifications.actions import WINDOW, note_reading
from foundations.notifications.feeds import calendar_of, entries_of, feed_of, tag_of


@sensitive_variables("secret")
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """404 for an address that is unknown, void, or of an account that may not be in."""
    now = timezone.now()
    today = timezone.localdate(now)
    found = feed_of(secret, today)
    if found is None:
        raise Http404
    if not note_reading(found.pk, at=now):
        return HttpResponse(status=429, headers={"Retry-After": str(int(WINDOW.total_seconds()))})
    with translation.override(settings.LANGUAGE_CODE):
        entries = entries_of(found.user, today)
    tag = tag_of(entries)
    answer = get_conditional_response(request, etag=tag) or HttpResponse(
        calendar_of(entries, at=now), content_type="text/calendar; charset=utf-8"
    )
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Robots-Tag"] = "noindex"
    return answer
