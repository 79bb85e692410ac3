"""Pages on which a day is proposed and answered, a meeting moved, called off, arranged."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from meetings.actions import ad_hoc, agenda, asking, days, planning
from meetings.forms.days import (
    USUAL_TIME,
    AnswerForm,
    ArrangeForm,
    CancelForm,
    DayForm,
    PostponeForm,
    RestartForm,
    StartForm,
    SwapForm,
)
from meetings.models import Meeting, MeetingSeries
from meetings.plan import calendar_of, rules_of, running_series
from meetings.policy.circle import own_side
from meetings.states import MeetingState
from meetings.views.changes import Change
from meetings.views.finding import find_mechanism, find_meeting, usual_place
from members.models import User
from services.consents.models import Consent


@login_required
@page_of_form
def day(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Propose day, time and place; of an ad-hoc meeting again, after an amendment."""
    meeting = find_meeting(request, public_id)
    again = meeting.state == MeetingState.PROPOSED
    policy_for(Meeting).require(request.user, "propose_again" if again else "propose_day", meeting)
    initial: dict[str, Any] = {
        "day": meeting.planned_on,
        "starts_at": meeting.starts_at or USUAL_TIME,
        "place": meeting.place or usual_place(request.user, meeting, meeting.host),
    }
    form = filled(request, DayForm, version=meeting.version, **initial)
    action = ad_hoc.propose_again if again else days.propose_day
    if sent(request, form, action, meeting_id=meeting.pk):
        messages.success(request, _("The day is put to the other side."))
        _warn_of_rest_day(request, meeting, form.cleaned_data["day"])
        return redirect(meeting)
    return form_page(
        request,
        "meetings/day.html",
        form,
        title=_("Propose day, time and place"),
        verb=_("Put it to the other side"),
        back=meeting,
        meeting=meeting,
    )


def _find_consent(request: SignedInRequest, public_id: str) -> tuple[Consent, Meeting]:
    """A proposal about a meeting that the reader sees."""
    consent = get_object_or_404(Consent, public_id=public_id)
    if not isinstance(consent.subject, Meeting):
        raise Http404
    return consent, get_object_or_404(
        visible_to(request.user, Meeting).select_related("mechanism__jurisdiction"),
        pk=consent.subject_id,
    )


@login_required
@require_POST
def take_back(request: SignedInRequest, public_id: str) -> HttpResponse:
    consent, meeting = _find_consent(request, public_id)
    asking.take_back(consent.pk, actor=request.user, at=timezone.now())
    messages.success(request, _("The proposal is taken back."))
    return redirect(meeting)


@login_required
@page_of_form
def answer(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Answer a proposal about a meeting: its day, or whether it takes place, or its agenda."""
    consent, meeting = _find_consent(request, public_id)
    policy_for(Meeting).require(request.user, "answer", meeting)
    form = filled(request, AnswerForm, verdict=request.GET.get("verdict", "agree"))
    if sent(request, form, _answering(consent, meeting, request.user)):
        messages.success(request, _("Your side's answer is noted."))
        return redirect(meeting)
    return form_page(
        request,
        "meetings/answer.html",
        form,
        title=_("Answer for our side"),
        verb=_("Send the answer"),
        back=meeting,
        meeting=meeting,
        consent=consent,
    )


def _answering(consent: Consent, meeting: Meeting, user: User) -> Callable[..., Consent]:
    side = own_side(user, meeting)
    return {
        "day": partial(days.answer_day, consent.pk),
        "ad_hoc": partial(ad_hoc.answer_ad_hoc, consent.pk),
        "agenda": partial(agenda.answer_agenda, consent.pk, side=side),
    }[consent.matter]


CHANGES = {
    "arrange": Change(
        ArrangeForm,
        days.arrange,
        title=gettext_lazy("Arrange the meeting"),
        verb=gettext_lazy("Save"),
        done=gettext_lazy("The arrangement is saved."),
    ),
    "postpone": Change(
        PostponeForm,
        days.postpone,
        title=gettext_lazy("Postpone the meeting"),
        verb=gettext_lazy("Postpone"),
        done=gettext_lazy("The meeting is postponed; its host stays the same."),
    ),
    "cancel": Change(
        CancelForm,
        days.cancel,
        title=gettext_lazy("Cancel the meeting"),
        verb=gettext_lazy("Cancel the meeting"),
        done=gettext_lazy("The meeting is cancelled."),
    ),
    "swap": Change(
        SwapForm,
        days.swap,
        title=gettext_lazy("Exchange hosts"),
        verb=gettext_lazy("Exchange hosts"),
        done=gettext_lazy("The hosts are exchanged."),
    ),
}


@login_required
@page_of_form
def change(request: SignedInRequest, public_id: str, name: str) -> HttpResponse:
    """`name` is that of the address, of the verb in the policy and of the template."""
    meeting, wanted = find_meeting(request, public_id, name), CHANGES[name]
    form = filled(request, wanted.form, {"meeting": meeting})
    if sent(request, form, wanted.action, meeting_id=meeting.pk):
        messages.success(request, wanted.done)
        if "day" in form.cleaned_data:
            _warn_of_rest_day(request, meeting, form.cleaned_data["day"])
        return redirect(meeting)
    return form_page(
        request,
        f"meetings/{name}.html",
        form,
        title=wanted.title,
        verb=wanted.verb,
        back=meeting,
        meeting=meeting,
    )


@login_required
@page_of_form
def restart(request: SignedInRequest, key: str) -> HttpResponse:
    """Begin the plan of a mechanism, or begin it anew with a reason."""
    mechanism = find_mechanism(request, key)
    running = running_series(mechanism)
    series = running or MeetingSeries(mechanism=mechanism)
    policy_for(MeetingSeries).require(request.user, "restart", series)
    today = timezone.localdate()
    given = {"mechanism": mechanism, "hosts": rules_of(mechanism, today).hosts}
    form = (
        filled(request, RestartForm, given, version=running.version)
        if running
        else filled(request, StartForm, given)
    )
    action = planning.restart_series if running else planning.begin_plan
    if sent(request, form, action, mechanism_id=mechanism.pk):
        messages.success(request, _("The plan begins; its meetings are listed below."))
        return redirect("meetings:plan", mechanism.key)
    return form_page(
        request,
        "meetings/restart.html",
        form,
        title=_("Restart the plan") if running else _("Begin the plan"),
        verb=_("Restart the plan") if running else _("Begin the plan"),
        back=reverse("meetings:plan", args=[mechanism.key]),
        mechanism=mechanism,
        series=running,
    )


def _warn_of_rest_day(request: SignedInRequest, meeting: Meeting, chosen: date) -> None:
    if not calendar_of(meeting.mechanism).is_workday(chosen):
        messages.warning(
            request,
            _("%(day)s is a day off; check that it is meant.") % {"day": date_format(chosen)},
        )
