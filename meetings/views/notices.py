"""The notice of the own side: what will be issued, and the one button that issues it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundations.access.forms import run
from foundations.access.policy import policy_for
from foundations.access.requests import SignedInRequest
from mechanisms.queries import party
from meetings.actions import notices
from meetings.actions.receipts import account_of, receipt_due_on
from meetings.forms.invitations import NoticeForm
from meetings.models import Meeting, SideNotice
from meetings.plan import rules_of
from meetings.policy.circle import own_side
from meetings.views.finding import find_meeting
from services.documents.models import NumberSeries


@login_required
@require_http_methods(["GET", "POST"])
def notice(request: SignedInRequest, public_id: str) -> HttpResponse:
    meeting = find_meeting(request, public_id)
    side = own_side(request.user, meeting)
    if not side:
        raise PermissionDenied("issue")
    policy_for(SideNotice).require(request.user, "issue", SideNotice(meeting=meeting, side=side))
    form = NoticeForm(
        request.POST if request.method == "POST" else None, series=_series(meeting, side)
    )
    if request.method == "POST" and form.is_valid() and _issued(request, form, meeting, side):
        return redirect(meeting)
    return _preview(request, form, meeting, side)


def _issued(request: SignedInRequest, form: NoticeForm, meeting: Meeting, side: str) -> bool:
    done = run(
        form,
        notices.issue_notice,
        meeting_id=meeting.pk,
        side=side,
        actor=request.user,
        on=timezone.localdate(),
        at=timezone.now(),
        **form.given(),
    )
    if done:
        messages.success(request, _("The notice is issued; your side's people are told."))
        if form.correction:
            messages.info(request, form.correction)
    return done


def _preview(
    request: SignedInRequest, form: NoticeForm, meeting: Meeting, side: str
) -> HttpResponse:
    today = timezone.localdate()
    invitations = notices.invitees_of(meeting, side)
    earlier, issued = notices.latest_notice(meeting, side), notices.has_notified(meeting, side)
    context = {
        "meeting": meeting,
        "form": form,
        "side": side,
        "party": party(meeting.mechanism, side),
        "paper": earlier.document.context
        if issued
        else notices.context_of(meeting, side, invitations, on=today),
        "invitations": invitations,
        "without_account": [row for row in invitations if account_of(row) is None],
        "from_roster": bool(invitations) and invitations[0].pk is None,
        "earlier": earlier,
        "issued": issued,
        "series": _series(meeting, side),
        "due": receipt_due_on(meeting),
    }
    status = 422 if form.is_bound else 200
    return render(request, "meetings/notice.html", context, status=status)


def _series(meeting: Meeting, side: str) -> NumberSeries | None:
    """The number series of the side's notices, if the profile names one."""
    key = rules_of(meeting.mechanism, meeting.planned_on).notice_series.get(side, "")
    return NumberSeries.objects.filter(jurisdiction=meeting.jurisdiction, key=key).first()
