from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from dashboards import history as months
from dashboards.models import MonthEnd
from dashboards.views.compliance import find_judged
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest


@require_GET
@login_required
def history(request: SignedInRequest, key: str) -> HttpResponse:
    """Months × clauses, as they were frozen."""
    mechanism = find_judged(request, key)
    changed_only = request.GET.get("show") == "changed"
    columns, rows = months.history(mechanism, changed_only=changed_only)
    context = {
        "mechanism": mechanism,
        "months": columns,
        "rows": rows,
        "changed_only": changed_only,
    }
    return render(request, "dashboards/history.html", context)


@require_GET
@login_required
def month(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One month as it was frozen, and where later records tell otherwise."""
    rows = visible_to(request.user, MonthEnd).select_related("mechanism__jurisdiction")
    found = get_object_or_404(rows, public_id=public_id)
    compared = months.differences(found)
    context = {
        "month": found,
        "mechanism": found.mechanism,
        "rows": compared,
        "later": [row for row in compared if row.differs],
    }
    return render(request, "dashboards/month.html", context)
