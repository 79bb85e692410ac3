from datetime import date

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from foundations.access.forms import run
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from members.actions.handovers import hand_over, liaison_seats, working_roles
from members.forms.handovers import HandoverForm
from members.holdings import open_work
from members.models import Handover, Person, Post


@login_required
@require_http_methods(["GET", "POST"])
def handover_new(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What moves is on the page before anything does."""
    giver = get_object_or_404(visible_to(request.user, Person), public_id=public_id)
    policy_for(Person).require(request.user, "hand_over", giver)
    now = timezone.now()
    today = timezone.localdate(now)
    form = HandoverForm(
        request.POST or None, takers=_takers(request, giver, today), initial={"on": today}
    )
    if form.is_valid() and run(
        form,
        hand_over,
        giver_id=giver.pk,
        actor=request.user,
        taker_id=form.cleaned_data["taker"].pk,
        on=form.cleaned_data["on"],
        reason=form.cleaned_data["reason"],
        at=now,
    ):
        return redirect(giver)
    page = {
        "form": form,
        "giver": giver,
        "groups": open_work(giver),
        "roles": working_roles(giver, today),
        "seats": liaison_seats(giver, today),
    }
    return render(request, "members/handover_new.html", page, status=422 if form.is_bound else 200)


@login_required
@require_GET
def handover_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = visible_to(request.user, Handover).select_related("giver", "taker")
    handover = get_object_or_404(rows, public_id=public_id)
    return render(request, "members/handover.html", {"handover": handover})


def _takers(request: SignedInRequest, giver: Person, today: date) -> QuerySet[Person]:
    posts = Post.objects.on(today).select_related("organization").order_by("pk")
    people = visible_to(request.user, Person).filter(
        jurisdiction=giver.jurisdiction_id, user__is_active=True
    )
    people = people.exclude(pk=giver.pk).order_by("initials", "pk")
    return people.prefetch_related(Prefetch("posts", queryset=posts))
