from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from dashboards.missing import missing
from dashboards.policy import kept_up_by
from foundations.access.requests import SignedInRequest
from mechanisms.models import Mechanism
from members.models import User
from members.standing import standing
from members.states import Role


@require_GET
@login_required
def gaps(request: SignedInRequest, key: str) -> HttpResponse:
    """What the institution still lacks, for those who see to it."""
    found = get_object_or_404(_kept_up(request.user), key=key)
    rows = missing(found, timezone.localdate())
    context = {
        "mechanism": found,
        "rows": rows,
        "is_administrator": standing(request.user).has(Role.SYSTEM_ADMINISTRATOR),
    }
    return render(request, "dashboards/gaps.html", context)


@require_GET
@login_required
def front(request: SignedInRequest) -> HttpResponse:
    """The only institution of the reader, or the list of them."""
    found = list(_kept_up(request.user).order_by("pk"))
    if len(found) == 1:
        return redirect("dashboards:gaps", found[0].key)
    context = {"mechanisms": found, "gaps": True}
    return render(request, "dashboards/institutions.html", context)


def _kept_up(user: User) -> QuerySet[Mechanism]:
    return kept_up_by(user).select_related("jurisdiction", "body")
