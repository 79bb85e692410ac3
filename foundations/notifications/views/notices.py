from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import PortalRequest, SignedInRequest
from foundations.notifications import actions
from foundations.notifications.models import Notice
from foundations.notifications.queries import open_subjects, unread_count

PAGE = 50


@login_required
@require_GET
def notices(request: SignedInRequest) -> HttpResponse:
    """Unread first; title, text and link of what the reader may still see."""
    rows = (
        visible_to(request.user, Notice)
        .select_related("subject_type")
        .prefetch_related("deliveries")
        .order_by(F("read_at").asc(nulls_first=True), "-at", "-pk")
    )
    if request.GET.get("show") == "unread":
        rows = rows.filter(read_at=None)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    seen = open_subjects(request.user, list(page))
    for notice in page:
        notice.is_open = (notice.subject_type_id, notice.subject_id) in seen
    template = "notifications/_list.html" if _partial(request) else "notifications/list.html"
    return render(request, template, {"page": page, "unread": unread_count(request.user)})


@login_required
@require_POST
def read(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Mark one as read; with `go`, on to what it is about."""
    notice = get_object_or_404(visible_to(request.user, Notice), public_id=public_id)
    actions.mark_read(notice.pk, actor=request.user, at=timezone.now())
    if "go" in request.POST and policy_for(notice.subject).sees(request.user, notice.subject):
        return redirect(notice.subject.get_absolute_url())
    return redirect("notifications:list")


@login_required
@require_POST
def read_all(request: SignedInRequest) -> HttpResponse:
    count = actions.mark_all_read(actor=request.user, at=timezone.now())
    words = ngettext("%(n)d notice marked as read.", "%(n)d notices marked as read.", count)
    messages.success(request, words % {"n": count})
    return redirect("notifications:list")


def _partial(request: PortalRequest) -> bool:
    return bool(request.htmx) and not request.htmx.history_restore_request
