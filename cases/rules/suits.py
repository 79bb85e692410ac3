"""Defence, self-correction, and the procedures of courts and procuratorate."""

from django.utils.translation import gettext_lazy as _

from cases.models import Authority, Defence, PowerOfAttorney, SealRequest, SelfCorrection
from cases.rules.rows import of_disputes, procedures
from cases.states import Kind
from mechanisms.occasions import Judged, Source
from mechanisms.states import RuleKind as K

defended = Source(of_disputes(Defence), _("Defence"), on="named_on")
sealed = Source(
    of_disputes(SealRequest, "defence__dispute"),
    _("Seal request"),
    on="asked_on",
    due="needed_on",
    done="answered_on",
)
empowered = Source(of_disputes(PowerOfAttorney), _("Power of attorney"), on="issued_on")
allowed = Source(of_disputes(Authority), _("Authority to settle"), on="studied_on")
corrected = Source(of_disputes(SelfCorrection), _("Self-correction"), on="on")
supervised = Source(procedures(Kind.SUPERVISION), _("Procuratorial supervision"), on="opened_on")
enforced = Source(
    procedures(Kind.NON_LITIGATION),
    _("Non-litigation enforcement review"),
    on="opened_on",
    done="closed_on",
)
CORRECTED = _("self-correction by agencies")

RULES = {
    (K.CASE_FLOW, "defence"): Judged(_("defence of the government"), defended, sealed),
    (K.CASE_FLOW, "self_correction"): Judged(CORRECTED, corrected, use=True),
    (K.TASK, "self_correction"): Judged(CORRECTED, corrected, use=True),
    (K.CASE_FLOW, "non_litigation"): Judged(_("non-litigation enforcement"), enforced),
    (K.CASE_FLOW, "procuratorial_supervision"): Judged(
        _("procuratorial supervision of suits"), supervised, use=True
    ),
    (K.TASK, "power_of_attorney"): Judged(_("powers of attorney"), empowered, allowed, use=True),
}
