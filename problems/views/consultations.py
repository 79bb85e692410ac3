"""Consultations: the drafts of normative documents before the other sides (CX-51)."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter

from foundations.access.acts import Act, page
from foundations.access.policy import policy_for
from foundations.access.requests import SignedInRequest
from mechanisms.models import Mechanism
from members.policy import works_for
from problems.actions import consultations as actions
from problems.forms import consultations as forms
from problems.models import Asking, Consultation, Opinion
from problems.states import ConsultationState
from problems.views.choosing import units_in
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
    return {"units": units_in(mechanism.jurisdiction_id, timezone.localdate())}


new_consultation = new_page(
    New(
        model=Consultation,
        form=forms.ConsultationForm,
        action=actions.prepare,
        title=_("Ask for opinions on a draft"),
        label=_("Keep the draft"),
        done=_("It is kept; add the draft as a file, then send it."),
        home="problems:consultations",
        choices=_choices,
        note=_("Those asked read it once it is sent, and reply clause by clause."),
    )
)
OF_CONSULTATION: dict[str, Any] = {
    "model": Consultation,
    "key": "consultation_id",
    "related": NEAR,
}
edit_consultation = page(
    Act(
        **OF_CONSULTATION,
        form=forms.ConsultationTextForm,
        action=actions.revise_consultation,
        title=_("Change the draft"),
        label=_("Save"),
        done=_("The draft is kept."),
        verb="edit",
        choices=lambda _user, row, today: {
            "units": units_in(row.mechanism.jurisdiction_id, today)
        },
        keeps=("reply_by", "title", "explanation", "draft", "units"),
    )
)
ask = page(
    Act(
        **OF_CONSULTATION,
        form=forms.NumberForm,
        action=actions.ask,
        title=_("Send it to those asked"),
        label=_("Send"),
        done=_("It is sent with its letter; the day to reply is a limit of each unit."),
        verb="edit",
        note=_("The letter lists the files that are kept with it now."),
    )
)
conclude = page(
    Act(
        **OF_CONSULTATION,
        form=forms.ResultForm,
        action=actions.conclude,
        title=_("Tell the result"),
        label=_("Tell"),
        done=_("Those asked have been told."),
        verb="keep",
    )
)
OF_ASKING: dict[str, Any] = {
    "model": Asking,
    "key": "asking_id",
    "related": ("consultation__mechanism__jurisdiction", "organization"),
    "verb": "answer",
}
opinion = page(
    Act(
        **OF_ASKING,
        form=forms.OpinionForm,
        action=actions.give_opinion,
        title=_("Give an opinion on a clause"),
        label=_("Enter the opinion"),
        done=_("The opinion is entered; enter the next one, or finish the reply."),
    )
)
reply = page(
    Act(
        **OF_ASKING,
        form=forms.ReplyForm,
        action=actions.reply,
        title=_("Finish the reply"),
        label=_("Reply"),
        done=_("The reply of your unit is whole."),
        note=_("After this no opinion is added. A reply without an opinion says why."),
    )
)
decide = page(
    Act(
        model=Opinion,
        key="opinion_id",
        form=forms.VerdictForm,
        action=actions.decide,
        title=_("Is the opinion adopted?"),
        label=_("Decide on the opinion"),
        done=_("It is kept; those asked read it."),
        verb="decide",
        related=("asking__consultation__mechanism__jurisdiction", "asking__organization"),
    )
)
files = files_page(Consultation)


class ConsultationFilter(MatterFilter):
    state = ChoiceFilter(label=_("State"), choices=ConsultationState.choices)

    class Meta:
        model = Consultation
        fields: list[str] = []


class ConsultationLedger(MatterLedger):
    name = "consultations"
    title = _("Consultations on drafts")
    subtitle = _("Normative documents, before they are issued")
    model = Consultation
    filterset_class = ConsultationFilter
    search_fields = ("title", "number")
    search_hint = _("Document, number")
    columns = matter_columns(_("Draft document"), _("Written on"))
    empty = _("No consultation here")
    empty_hint = _("The maker of a normative document asks the other sides before it is issued.")
    standing_views = ((_("All"), ""), (ConsultationState.ASKED.label, "state=asked"))
    new = ("consultation-new", _("Ask for opinions on a draft"))


consultation_list = matter_list(ConsultationLedger)


def _told(request: SignedInRequest, found: Consultation) -> dict:
    user, policy = request.user, policy_for(Consultation)
    edits, keeps = policy.can(user, "edit", found), policy.can(user, "keep", found)
    asked = found.state == ConsultationState.ASKED
    rows = found.askings.select_related("organization").prefetch_related("opinions")
    askings = [
        (one, asked and one.answered_on is None and works_for(user, one.organization))
        for one in rows
    ]
    opinions = [item for one, _mine in askings for item in one.opinions.all()]
    decided = all(item.verdict for item in opinions)
    return {
        "home": ConsultationLedger.title,
        "home_url": reverse("problems:consultations"),
        "verbs": verbs_of(
            found,
            (edits, _("Change the draft"), "consultation-edit"),
            (edits, _("Send"), "consultation-ask"),
            (keeps and asked and decided, _("Tell the result"), "consultation-conclude"),
        ),
        "askings": askings,
        "may_decide": keeps and asked,
        "some_said": bool(opinions),
    }


consultation = matter_page(Consultation, "consultation", _told)
