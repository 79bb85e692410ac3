from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for
from foundations.access.requests import SignedInRequest
from mechanisms.profile import MeetingRules, get_profile
from meetings.actions.ad_hoc import propose_ad_hoc
from meetings.forms.days import USUAL_TIME, AdHocForm
from meetings.models import Meeting
from meetings.policy.circle import own_side
from meetings.states import InviteeCategory
from meetings.views.finding import find_mechanism, usual_place


@login_required
@page_of_form
def propose(request: SignedInRequest, key: str = "") -> HttpResponse:
    """Propose an ad-hoc meeting of a mechanism (YN-16); of the first, if none is named."""
    mechanism = find_mechanism(request, key)
    meeting = Meeting(mechanism=mechanism)
    policy_for(Meeting).require(request.user, "propose_ad_hoc", meeting)
    profile = get_profile(mechanism, timezone.localdate())
    label = profile.meeting.kind_labels.get("ad_hoc", _("Ad-hoc meeting"))
    form = filled(
        request,
        AdHocForm,
        title=f"{profile.meeting_title}{label}",
        starts_at=USUAL_TIME,
        place=usual_place(request.user, meeting, own_side(request.user, meeting)),
    )
    if sent(request, form, propose_ad_hoc, mechanism_id=mechanism.pk):
        messages.success(request, _("The meeting is proposed to the other side."))
        return redirect("meetings:list")
    return form_page(
        request,
        "meetings/ad_hoc.html",
        form,
        title=_("Propose an ad-hoc meeting"),
        verb=_("Put it to the other side"),
        back="meetings:list",
        mechanism=mechanism,
        rules=profile.meeting,
        invitees=_invitees(profile.meeting),
    )


def _invitees(rules: MeetingRules) -> list[str]:
    """Whom the text lets invite to an ad-hoc meeting (YN-18)."""
    return [str(InviteeCategory(key).label) for key in rules.invitees.get("ad_hoc", ())]
