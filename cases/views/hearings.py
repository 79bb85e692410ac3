"""The calendar of hearings, the page of one, and what the organ does with it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from cases.actions import hearings as actions
from cases.forms import hearings as forms
from cases.hearings.law import notice_of, notice_rule
from cases.hearings.states import HearingState
from cases.models import Appearance, Dispute, Hearing
from cases.views.attending import lines_of
from cases.views.finding import find_procedure
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.audit.timeline import timeline
from foundations.calendars.periods import add_months
from foundations.calendars.working_days import get_calendar
from members.models import Jurisdiction
from members.policy import works_for
from members.standing import standing
from members.states import Side
from services.deadlines.explanation import explain_answer
from services.deadlines.models import Deadline, DeadlineState

WEEK = 7
NEAR = (
    "procedure__organ",
    "procedure__handler",
    "procedure__dispute__jurisdiction",
    "procedure__dispute__mechanism",
    "procedure__dispute__agency",
    "earlier",
)


@dataclass(frozen=True)
class Change:
    """One form on a hearing: its action, its words, from which state it is possible."""

    form: type
    action: Callable[..., Any]
    title: Promise
    verb: Promise
    done: Promise
    states: tuple[str, ...] = (HearingState.SET,)
    initial: tuple[str, ...] = ()


CHANGES: dict[str, Change] = {
    "change": Change(
        forms.ChangeForm,
        actions.change_hearing,
        title=gettext_lazy("Change time or place"),
        verb=gettext_lazy("Save"),
        done=gettext_lazy("Changed; the agencies are told."),
        initial=("starts_at", "place", "manner", "matters"),
    ),
    "told": Change(
        forms.ToldForm,
        actions.tell_parties,
        title=gettext_lazy("The parties are told"),
        verb=gettext_lazy("Record"),
        done=gettext_lazy("The notice to the parties is recorded."),
    ),
    "adjourn": Change(
        forms.AdjournForm,
        actions.adjourn,
        title=gettext_lazy("Adjourn the hearing"),
        verb=gettext_lazy("Adjourn"),
        done=gettext_lazy("Adjourned; the agencies are told."),
        initial=("place", "manner", "matters"),
    ),
    "cancel": Change(
        forms.CancelForm,
        actions.cancel_hearing,
        title=gettext_lazy("Cancel the hearing"),
        verb=gettext_lazy("Cancel the hearing"),
        done=gettext_lazy("Cancelled; the agencies are told."),
    ),
    "hold": Change(
        forms.HoldForm,
        actions.hold,
        title=gettext_lazy("The hearing was held"),
        verb=gettext_lazy("Record"),
        done=gettext_lazy("The hearing is recorded. Record now who appeared."),
    ),
}


@dataclass(frozen=True)
class Day:
    on: date
    inside: bool
    today: bool
    rest: bool
    hearings: list[Hearing]


@require_GET
@login_required
def calendar(request: SignedInRequest) -> HttpResponse:
    """A month of hearings: a sheet of days, and the same as a list."""
    today = timezone.localdate()
    first = _month(request.GET.get("month", ""), today)
    days = list(_days_of(first))
    rows = visible_to(request.user, Hearing).for_listing().filter(on__range=(days[0], days[-1]))
    if mine := request.GET.get("mine") == "true":
        rows = rows.filter(_own(request))
    seated = Prefetch("appearances", Appearance.objects.select_related("organization"))
    found: dict[date, list[Hearing]] = {}
    for row in rows.prefetch_related(seated).order_by("on", "starts_at", "pk"):
        found.setdefault(row.on, []).append(row)
    weeks = _weeks(request, days, first, found)
    context = {
        "first": first,
        "before": f"{add_months(first, -1):%Y-%m}",
        "after": f"{add_months(first, 1):%Y-%m}",
        "weeks": weeks,
        "listed": [day for week in weeks for day in week if day.inside and day.hearings],
        "count": sum(len(day.hearings) for week in weeks for day in week if day.inside),
        "mine": mine,
    }
    return render(request, "cases/hearings.html", context)


def _month(typed: str, today: date) -> date:
    try:
        return date.fromisoformat(f"{typed}-01")
    except ValueError:
        return today.replace(day=1)


def _days_of(first: date) -> Iterator[date]:
    """Whole weeks, Monday first, that hold the month."""
    day = first - timedelta(days=first.weekday())
    end = add_months(first, 1)
    while day < end or day.weekday():
        yield day
        day += timedelta(days=1)


def _own(request: SignedInRequest) -> Q:
    """At the reader's court or organ, or with the reader's agency."""
    mine = standing(request.user).organizations
    rows = Appearance.objects.filter(organization__in=mine)
    return Q(procedure__organ__in=mine) | Q(pk__in=rows.values("hearing"))


def _weeks(
    request: SignedInRequest, days: list[date], first: date, found: dict[date, list[Hearing]]
) -> list[list[Day]]:
    places = Jurisdiction.objects.filter(pk__in=standing(request.user).jurisdictions)
    place = places.order_by("pk").first()
    works = place.calendar if place else get_calendar()
    today = timezone.localdate()
    made = [
        Day(
            on=day,
            inside=day.month == first.month,
            today=day == today,
            rest=not works.is_workday(day),
            hearings=found.get(day, []),
        )
        for day in days
    ]
    return [made[start : start + WEEK] for start in range(0, len(made), WEEK)]


@require_GET
@login_required
def hearing(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = find_hearing(request, public_id)
    may_edit = policy_for(Hearing).can(request.user, "edit", found)
    lines = lines_of(request, found)
    limits = Deadline.objects.about(found).filter(state=DeadlineState.OPEN)
    procedure = found.procedure
    notice = notice_of(procedure, found.on)
    context = {
        "hearing": found,
        "dispute": procedure.dispute,
        "procedure": procedure,
        "lines": lines,
        "limit": limits.select_related("provision").first(),
        "notice": notice.reckoning if notice else None,
        "why": explain_answer(notice) if notice else None,
        "verbs": list(_verbs(found)) if may_edit else [],
        "moments": timeline(found, *(line.appearance for line in lines)),
        "pending_case": procedure.is_open and procedure.organ.side == Side.COURT,
    }
    return render(request, "cases/hearing.html", context)


def _verbs(found: Hearing) -> Iterator[tuple[str, str, bool]]:
    """Label, address, and whether it is what comes next."""
    over = found.on <= timezone.localdate()
    for key, change in CHANGES.items():
        if found.state not in change.states or (key == "hold" and not over):
            continue
        url = reverse(f"cases:hearing-{key}", args=[found.public_id])
        first = key == ("hold" if over else "told") and not (key == "told" and found.told_on)
        yield str(change.title), url, first


@page_of_form
@login_required
def set_one(request: SignedInRequest, public_id: str, procedure_id: str) -> HttpResponse:
    procedure = find_procedure(request, public_id, procedure_id)
    policy_for(Hearing).require(request.user, "edit", Hearing(procedure=procedure))
    actions.require_hearable(procedure)
    last = procedure.hearings.order_by("-on").first()
    known: dict[str, Any] = {"place": last.place, "manner": last.manner} if last else {}
    form = filled(request, forms.HearingForm, **known)
    if sent(request, form, actions.set_hearing, procedure_id=procedure.pk):
        messages.success(request, _("The hearing is set; the agencies are told."))
        made = procedure.hearings.order_by("-pk").first()
        return redirect(made or procedure.dispute)
    return form_page(
        request,
        "cases/hearing_form.html",
        form,
        title=_("Set a hearing"),
        verb=_("Set"),
        back=procedure.dispute,
        procedure=procedure,
        dispute=procedure.dispute,
        rule=notice_rule(procedure),
    )


@page_of_form
@login_required
def change(request: SignedInRequest, public_id: str, key: str) -> HttpResponse:
    found = find_hearing(request, public_id)
    policy_for(Hearing).require(request.user, "edit", found)
    asked = CHANGES[key]
    first = {name: getattr(found, name) for name in asked.initial}
    form = filled(request, asked.form, on=_first_day(found, key), version=found.version, **first)
    if sent(request, form, asked.action, hearing_id=found.pk):
        messages.success(request, str(asked.done))
        newest = found.procedure.hearings.filter(earlier=found).first()
        return redirect(newest or found)
    return form_page(
        request,
        "cases/hearing_form.html",
        form,
        title=str(asked.title),
        verb=str(asked.verb),
        back=found,
        hearing=found,
        procedure=found.procedure,
        dispute=found.procedure.dispute,
    )


def _first_day(found: Hearing, key: str) -> date | None:
    return min(timezone.localdate(), found.on) if key == "told" else None


def find_hearing(request: SignedInRequest, public_id: str) -> Hearing:
    """404 if the reader does not see it."""
    rows = visible_to(request.user, Hearing).select_related(*NEAR)
    found: Hearing = get_object_or_404(rows, public_id=public_id)
    return found


def hearings_section(request: SignedInRequest, dispute: Dispute) -> dict:
    """The context of `_hearings.html`: every hearing of the dispute, newest first; where the
    reader may set one."""
    rows = Hearing.objects.filter(procedure__dispute=dispute).for_listing()
    seated = Prefetch("appearances", Appearance.objects.select_related("organization"))
    return {
        "hearings": list(rows.prefetch_related(seated).order_by("-on", "-pk")),
        "hearable": [
            reverse("cases:hearing-set", args=[dispute.public_id, one.public_id])
            for one in dispute.procedures.filter(
                kind__in=actions.HEARD, closed_on=None, accepted_on__isnull=False
            ).select_related("organ")
            if works_for(request.user, one.organ)
        ],
    }
