"""The table of the allowances of a month, to be paid out and signed for."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.models import Allowance, AllowanceState
from cases.papers.allowances import KIND, approved_in, table_context, table_title
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from foundations.calendars.periods import add_months
from members.models import Organization, User
from members.policy import WORKERS
from members.standing import standing
from members.states import OrganizationKind
from services.documents.rendering import word
from services.documents.rendering.papers import html_of
from services.documents.views.serving import served, served_paper


def paying_bureau(user: User) -> Organization | None:
    """The justice bureau for which somebody pays allowances out; None for everybody else."""
    mine = standing(user)
    if not mine.has(*WORKERS):
        return None
    units = Organization.objects.filter(
        pk__in=mine.organizations, kind=OrganizationKind.JUSTICE_BUREAU
    )
    return units.select_related("jurisdiction").order_by("order", "pk").first()


@require_GET
@login_required
def table(request: SignedInRequest) -> HttpResponse:
    """What stands on it, and what of the month waits to be decided yet."""
    bureau, month = _asked(request)
    seen = visible_to(request.user, Allowance)
    rows = list(approved_in(seen, bureau.jurisdiction, month))
    until = add_months(month, 1)
    waiting = seen.filter(assignment__dispute__jurisdiction=bureau.jurisdiction_id)
    waiting = waiting.filter(state=AllowanceState.PROPOSED, proposed_on__lt=until)
    context = {
        "page_title": table_title(month),
        "month": f"{month:%Y-%m}",
        "rows": rows,
        "figures": table_context(rows, bureau, month, timezone.localdate()),
        "undecided": waiting.count(),
    }
    return render(request, "cases/allowance_table.html", context)


@require_GET
@login_required
def paper(request: SignedInRequest, file_format: str) -> FileResponse:
    """Made for this request and kept nowhere."""
    bureau, month = _asked(request)
    seen = visible_to(request.user, Allowance)
    rows = list(approved_in(seen, bureau.jurisdiction, month))
    context = table_context(rows, bureau, month, timezone.localdate())
    if file_format == "pdf":
        return served_paper(KIND, context, table_title(month))
    return served(word.render(html_of(KIND, context)), f"{table_title(month)}.docx", inline=False)


def _asked(request: SignedInRequest) -> tuple[Organization, date]:
    """The bureau of the reader, and the month of the address; the last one without it."""
    bureau = paying_bureau(request.user)
    if bureau is None:
        raise PermissionDenied("allowance_table")
    last = add_months(timezone.localdate().replace(day=1), -1)
    try:
        return bureau, date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return bureau, last
