from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from dashboards.missing import missing
from dashboards.policy import kept_up_by
from dashboards.views import fronts
from foundations.access.requests import SignedInRequest
from members.standing import standing
from members.states import Role


@require_GET
@login_required
def gaps(request: SignedInRequest, key: str) -> HttpResponse:
    """What the institution still lacks, for those who see to it."""
    institutions = kept_up_by(request.user).select_related("jurisdiction", "body")
    found = get_object_or_404(institutions, key=key)
    rows = missing(found, timezone.localdate())
    context = {
        "mechanism": found,
        "rows": rows,
        "is_administrator": standing(request.user).has(Role.SYSTEM_ADMINISTRATOR),
    }
    return render(request, "dashboards/gaps.html", context)


front = fronts.front(kept_up_by, "dashboards:gaps", _("What still lacks"))
