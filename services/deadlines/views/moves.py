from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.calendars.working_days import WorkCalendar
from members.models import User
from services.deadlines.actions import confirm_moves, dismiss_move
from services.deadlines.actions.recounting import SHARED, Said
from services.deadlines.counting import count
from services.deadlines.explanation import Explanation, basis_of, told_of
from services.deadlines.forms import SettleForm
from services.deadlines.models import Move, MoveState

MOST = 100


@dataclass(frozen=True)
class Line:
    """A move as the page shows it; `why` explains the day to which it would go."""

    move: Move
    why: Explanation
    may_settle: bool
    ticked: bool


def waiting_moves(user: User) -> QuerySet[Move]:
    return visible_to(user, Move).filter(state=MoveState.PROPOSED)


@require_http_methods(["GET", "POST"])
@login_required
def moves(request: SignedInRequest) -> HttpResponse:
    """The last days that a new calendar would move: moved or kept, by a person."""
    form = SettleForm(request.POST if request.method == "POST" else None)
    ticked = set(request.POST.getlist("move"))
    if form.is_bound and form.is_valid() and _settle(request, form, ticked):
        return redirect("deadlines:moves")
    rows = waiting_moves(request.user)
    context = {
        "form": form,
        "lines": _lines(request.user, rows, ticked),
        "count": rows.count(),
        "most": MOST,
    }
    status = 422 if form.is_bound else 200
    return render(request, "deadlines/moves.html", context, status=status)


def _settle(request: SignedInRequest, form: SettleForm, ticked: set[str]) -> bool:
    """False if the form was refused."""
    reason = form.cleaned_data["reason"].strip()
    if not ticked:
        form.add_error(None, _("Tick the limits that you mean."))
    elif "keep" in request.POST and not reason:
        form.add_error("reason", _("Say why the day stays."))
    if form.errors:
        return False
    chosen = list(
        waiting_moves(request.user).filter(public_id__in=ticked).values_list("pk", flat=True)
    )
    if "keep" in request.POST:
        for pk in chosen:
            dismiss_move(pk, actor=request.user, reason=reason)
        words = ngettext("%(n)d last day stays.", "%(n)d last days stay.", len(chosen))
        messages.success(request, words % {"n": len(chosen)})
    else:
        _confirm(request, chosen)
    return True


def _confirm(request: SignedInRequest, chosen: list[int]) -> None:
    moved = len(confirm_moves(chosen, actor=request.user))
    words = ngettext("%(n)d last day is moved.", "%(n)d last days are moved.", moved)
    messages.success(request, words % {"n": moved})
    if left := len(chosen) - moved:
        words = ngettext(
            "%(n)d would move to another day by now; it will be proposed anew.",
            "%(n)d would move to another day by now; they will be proposed anew.",
            left,
        )
        messages.warning(request, words % {"n": left})


def _lines(user: User, rows: QuerySet[Move], ticked: set[str]) -> list[Line]:
    policy, said = policy_for(Move), Said()
    calendars: dict[int, WorkCalendar] = {}
    shared = [f"deadline__{name}" for name in SHARED]
    found = rows.select_related("deadline__jurisdiction", "deadline__owed_by")
    lines = []
    for move in found.prefetch_related(*shared).order_by("deadline__due_on", "pk")[:MOST]:
        deadline = move.deadline
        place = deadline.jurisdiction
        calendar = calendars.get(place.pk) or calendars.setdefault(place.pk, place.calendar)
        told = told_of(count(deadline, calendar, length=said.length(deadline)))
        why = Explanation(
            told.sentence, tuple(told.steps), basis_of(deadline), notes=tuple(told.notes)
        )
        may = policy.can(user, "settle", move)
        lines.append(Line(move, why, may, move.public_id in ticked))
    return lines
