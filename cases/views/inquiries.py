"""Advice that an agency asks for, and orders of the justice bureau: pages and section."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.actions.inquiries import answer_inquiry, send_inquiry
from cases.forms import inquiries as forms
from cases.models import Dispute, Inquiry
from cases.policy.acting import acting_units
from cases.policy.inquiries import government_in
from cases.views.acts import Act, page
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from members.forms.fields import standing_organizations
from members.models import User
from members.policy import works_for
from members.states import Side


def may_ask(user: User, dispute: Dispute, _today: date) -> bool:
    return acting_units(user, dispute).filter(side=Side.GOVERNMENT).exists()


def _asking(user: User, dispute: Dispute, today: date) -> dict:
    """From the own unit, to those of the government that see the dispute."""
    near = standing_organizations(dispute.jurisdiction_id, today)
    return {
        "asked_by": acting_units(user, dispute).filter(side=Side.GOVERNMENT),
        "asked_of": near.filter(pk__in=government_in(dispute)).order_by("order", "pk"),
    }


new_inquiry = page(
    Act(
        tab="settling",
        model=Dispute,
        key="dispute_id",
        form=forms.InquiryForm,
        action=send_inquiry,
        title=_("Ask for advice, or supervise"),
        label=_("Send"),
        done=_("It is sent; the unit was told."),
        may=may_ask,
        choices=_asking,
        days=("asked_on",),
        note=_("Read by the two units and the justice bureau alone."),
    )
)
inquiry_answer = page(
    Act(
        tab="settling",
        model=Inquiry,
        key="inquiry_id",
        form=forms.AnswerInquiryForm,
        action=answer_inquiry,
        title=_("Answer an inquiry"),
        label=_("Send the answer"),
        done=_("The answer is sent; the unit that asked was told."),
        verb="answer",
        days=("on",),
        related=("dispute__jurisdiction", "asked_by", "asked_of"),
    )
)


def inquiries_section(request: SignedInRequest, dispute: Dispute) -> dict[str, Any]:
    rows = visible_to(request.user, Inquiry).filter(dispute=dispute)
    found = rows.select_related("asked_by", "asked_of", "answered_by")
    return {
        "inquiries": [(one, one.waits and works_for(request.user, one.asked_of)) for one in found],
        "may_ask": may_ask(request.user, dispute, timezone.localdate()),
    }
