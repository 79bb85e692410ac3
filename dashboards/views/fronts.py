"""The page before one of an institution: that of the reader's only one, or a choice."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.views.decorators.http import require_GET

from foundations.access.requests import SignedInRequest
from mechanisms.models import Mechanism
from members.models import User


def front(
    institutions: Callable[[User], QuerySet[Mechanism]], address: str, title: str | Promise
) -> Callable[..., HttpResponse]:
    """`institutions` are those of a reader; `address` is the name of the page of one."""

    @require_GET
    @login_required
    def view(request: SignedInRequest) -> HttpResponse:
        found = list(institutions(request.user).select_related("jurisdiction").order_by("pk"))
        if len(found) == 1:
            return redirect(address, found[0].key)
        context = {"mechanisms": found, "address": address, "title": title}
        return render(request, "dashboards/institutions.html", context)

    return view
