"""Coordination of heavy disputes, advice and orders, hand-overs, contacts."""

from django.utils.translation import gettext_lazy as _

from cases.models import Contact, CoordinationStep, Inquiry, Transfer
from cases.models.inquiries import InquiryKind
from cases.rules.rows import coordinated, of_disputes
from mechanisms.occasions import Judged, Source
from mechanisms.states import RuleKind as K

opened = Source(coordinated, _("Dispute"), on="filed_on", done="opened_on")
stepped = Source(
    of_disputes(CoordinationStep, "coordination__dispute"),
    _("Step of coordination"),
    on="coordination__opened_on",
    due="due_on",
    done="done_on",
)
advised = Source(
    of_disputes(Inquiry, kind=InquiryKind.ADVICE),
    _("Inquiry"),
    on="asked_on",
    due="due_on",
    done="answered_on",
)
ordered = Source(
    of_disputes(Inquiry, kind=InquiryKind.ORDER),
    _("Supervision order"),
    on="asked_on",
    due="due_on",
    done="answered_on",
)
handed = Source(
    of_disputes(Transfer), _("Hand-over"), on="sent_on", due="due_on", done="answered_on"
)
told = Source(of_disputes(Contact), _("Contact record"), on="on")
HEAVY = _("coordination of major disputes")
HANDED = _("hand-over of cases and material")

RULES = {
    (K.CASE_FLOW, "coordination"): Judged(HEAVY, opened, stepped),
    (K.CASE_FLOW, "major_dispute"): Judged(HEAVY, opened, stepped),
    (K.TASK, "inquiry"): Judged(_("advice to agencies in disputes"), advised),
    (K.TASK, "supervision"): Judged(_("supervision of units in disputes"), ordered),
    (K.EXCHANGE, "transfer"): Judged(HANDED, handed),
    (K.CASE_FLOW, "transfer"): Judged(HANDED, handed),
    (K.CASE_FLOW, "handover"): Judged(HANDED, handed),
    (K.CASE_FLOW, "contact"): Judged(_("register of contacts on pending cases"), told, use=True),
}
