"""Guidance letters and supervision visits."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter

from foundations.access.acts import Act, page
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from mechanisms.models import Mechanism
from members.models import Organization
from problems.actions import guidance as actions
from problems.forms import guidance as forms
from problems.forms.consultations import NumberForm
from problems.forms.problems import EndForm
from problems.models import Guidance, Visit
from problems.states import GuidanceState, VisitState
from problems.views.choosing import administration
from problems.views.pages import (
    NEAR,
    MatterFilter,
    MatterLedger,
    New,
    files_page,
    matter_columns,
    matter_list,
    matter_page,
    new_page,
    verbs_of,
)


def _choices(_request: SignedInRequest, mechanism: Mechanism) -> dict:
    return {"addressee": administration(mechanism.jurisdiction_id, timezone.localdate())}


new_guidance = new_page(
    New(
        model=Guidance,
        form=forms.GuidanceForm,
        action=actions.write_guidance,
        title=_("Write a guidance letter"),
        label=_("Keep the draft"),
        done=_("The draft is kept; send it when it is ready."),
        home="problems:guidance",
        choices=_choices,
        note=_("Every side and the addressee read it once it is sent."),
    )
)
OF_GUIDANCE: dict[str, Any] = {
    "model": Guidance,
    "key": "guidance_id",
    "related": (*NEAR, "addressee"),
}
edit_guidance = page(
    Act(
        **OF_GUIDANCE,
        form=forms.GuidanceTextForm,
        action=actions.revise_guidance,
        title=_("Change the draft"),
        label=_("Save"),
        done=_("The draft is kept."),
        verb="edit",
        keeps=("reply_by", "title", "text"),
    )
)
send_guidance = page(
    Act(
        **OF_GUIDANCE,
        form=NumberForm,
        action=actions.send_guidance,
        title=_("Send the guidance letter"),
        label=_("Send"),
        done=_("The letter is sent; the addressee has been told."),
        verb="edit",
    )
)
reply = page(
    Act(
        **OF_GUIDANCE,
        form=forms.GuidanceReplyForm,
        action=actions.reply_to_guidance,
        title=_("Reply to the guidance letter"),
        label=_("Reply"),
        done=_("The reply is sent to its writer."),
        verb="reply",
    )
)
close = page(
    Act(
        **OF_GUIDANCE,
        form=forms.OutcomeForm,
        action=actions.close_guidance,
        title=_("Close the guidance letter"),
        label=_("Close"),
        done=_("The letter is closed."),
        verb="keep",
    )
)
guidance_files = files_page(Guidance)
new_visit = new_page(
    New(
        model=Visit,
        form=forms.VisitForm,
        action=actions.record_visit,
        title=_("Record a supervision visit"),
        label=_("Record"),
        done=_("The visit is recorded; the unit has been told what is asked of it."),
        home="problems:visits",
        choices=_choices,
        note=_("Every side and the unit visited read it."),
    )
)
OF_VISIT: dict[str, Any] = {
    "model": Visit,
    "key": "visit_id",
    "related": (*NEAR, "addressee"),
}
report = page(
    Act(
        **OF_VISIT,
        form=forms.VisitReportForm,
        action=actions.report_on_visit,
        title=_("Report what was done after the visit"),
        label=_("Report"),
        done=_("The report is sent to who visited."),
        verb="reply",
    )
)
settle = page(
    Act(
        **OF_VISIT,
        form=EndForm,
        action=actions.settle_visit,
        title=_("Settle the visit"),
        label=_("Settle the visit"),
        done=_("The visit is settled."),
        verb="keep",
        days=("on",),
    )
)
visit_files = files_page(Visit)


def _addressees(request: Any) -> Any:
    """The units to which a letter or a visit that the reader sees went."""
    guided = visible_to(request.user, Guidance).values("addressee")
    visited = visible_to(request.user, Visit).values("addressee")
    rows = Organization.objects.filter(pk__in=guided)
    return rows | Organization.objects.filter(pk__in=visited)


class GuidanceFilter(MatterFilter):
    state = ChoiceFilter(label=_("State"), choices=GuidanceState.choices)
    addressee = ModelChoiceFilter(
        label=_("Unit that is guided"), queryset=_addressees, to_field_name="public_id"
    )

    class Meta:
        model = Guidance
        fields: list[str] = []


class GuidanceLedger(MatterLedger):
    name = "guidance"
    title = _("Guidance letters")
    subtitle = _("How agencies are to act, and what they replied")
    model = Guidance
    filterset_class = GuidanceFilter
    search_fields = ("title", "text", "number")
    search_hint = _("Title, text, number")
    columns = matter_columns(_("Guidance letter"), _("Written on"))
    empty = _("No guidance letter here")
    empty_hint = _("A side guides an agency by a letter, with or without a day to reply.")
    standing_views = ((_("All"), ""), (GuidanceState.SENT.label, "state=sent"))
    new = ("guidance-new", _("Write a guidance letter"))


class VisitFilter(MatterFilter):
    state = ChoiceFilter(label=_("State"), choices=VisitState.choices)
    addressee = ModelChoiceFilter(
        label=_("Unit visited"), queryset=_addressees, to_field_name="public_id"
    )

    class Meta:
        model = Visit
        fields: list[str] = []


class VisitLedger(MatterLedger):
    name = "visits"
    title = _("Supervision visits")
    subtitle = _("What was found at units, and what they did about it")
    model = Visit
    filterset_class = VisitFilter
    search_fields = ("title", "found", "asked")
    search_hint = _("Matter, what was found or asked")
    columns = matter_columns(_("Matter of the visit"), _("Day of the visit"))
    empty = _("No visit here")
    empty_hint = _("Who visits a unit records what was found, and what is asked of it.")
    standing_views = ((_("All"), ""), (VisitState.OPEN.label, "state=open"))
    new = ("visit-new", _("Record a supervision visit"))


guidance_list = matter_list(GuidanceLedger, "addressee")
visit_list = matter_list(VisitLedger, "addressee")


def _guidance(request: SignedInRequest, found: Guidance) -> dict:
    user, policy = request.user, policy_for(Guidance)
    edits, keeps = policy.can(user, "edit", found), policy.can(user, "keep", found)
    sent = found.state == GuidanceState.SENT
    running = found.state in (GuidanceState.SENT, GuidanceState.REPLIED)
    return {
        "home": GuidanceLedger.title,
        "home_url": reverse("problems:guidance"),
        "verbs": verbs_of(
            found,
            (edits, _("Change the draft"), "guidance-edit"),
            (edits, _("Send"), "guidance-send"),
            (keeps and running, _("Close"), "guidance-close"),
            (sent and policy.can(user, "reply", found), _("Reply"), "guidance-reply"),
        ),
    }


def _visit(request: SignedInRequest, found: Visit) -> dict:
    user, policy = request.user, policy_for(Visit)
    is_open, over = found.state == VisitState.OPEN, found.state == VisitState.SETTLED
    return {
        "home": VisitLedger.title,
        "home_url": reverse("problems:visits"),
        "verbs": verbs_of(
            found,
            (policy.can(user, "keep", found) and not over, _("Settle the visit"), "visit-settle"),
            (is_open and policy.can(user, "reply", found), _("Report"), "visit-report"),
        ),
    }


guidance = matter_page(Guidance, "guidance", _guidance, "addressee")
visit = matter_page(Visit, "visit", _visit, "addressee")
