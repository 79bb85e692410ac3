"""A button on the page of a suggestion: an adopted plan becomes a topic of the next meeting."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from meetings.actions.plans import submit_plan
from meetings.policy.plans import next_meeting
from suggestions.models import Addressee


@login_required
@require_POST
def submit(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = visible_to(request.user, Addressee).select_related("suggestion__mechanism")
    addressee = get_object_or_404(rows, public_id=public_id)
    meeting = next_meeting(request.user, addressee.suggestion.mechanism, timezone.localdate())
    if meeting is None:
        raise RuleBroken("no_meeting", _("No meeting takes topics from you at present."))
    topic = submit_plan(addressee.pk, actor=request.user, at=timezone.now(), meeting_id=meeting.pk)
    messages.success(request, _("The plan is a topic now. Look over the proposed resolutions."))
    return redirect(topic)
