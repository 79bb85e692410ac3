"""Mediation, who takes part in it, and what is agreed."""

from django.utils.translation import gettext_lazy as _

from cases.models import (
    Agreement,
    Allowance,
    Assignment,
    LegalAid,
    MediationConsent,
    MediationSession,
    Plan,
    SessionCall,
)
from cases.rules.professionals import mediators_there
from cases.rules.rows import of_disputes, procedures
from cases.states import Kind
from mechanisms.occasions import Judged, Source
from mechanisms.states import RuleKind as K

mediated = Source(procedures(Kind.MEDIATION), _("Mediation"), on="opened_on")
consented = Source(
    of_disputes(MediationConsent, "participant__procedure__dispute"),
    _("Consent to mediation"),
    on="on",
    of="participant__procedure",
)
met = Source(
    of_disputes(MediationSession, "procedure__dispute", state="held"),
    _("Mediation session"),
    on="starts_at__date",
)
called = Source(
    of_disputes(SessionCall, "session__procedure__dispute"),
    _("Call to a mediation"),
    on="told_at__date",
    done="replied_at__date",
)
assigned = Source(of_disputes(Assignment), _("Assignment"), on="requested_on", done="assigned_on")
agreed = Source(of_disputes(Agreement, "procedure__dispute"), _("Agreement"), on="signed_on")
settled = Source(
    of_disputes(Agreement, "procedure__dispute", procedure__kind=Kind.ENFORCEMENT),
    _("Settlement in enforcement"),
    on="signed_on",
)
enforcing = Source(procedures(Kind.ENFORCEMENT), _("Enforcement"), on="opened_on")
planned = Source(of_disputes(Plan), _("Resolution plan"), on="submitted_on")
aided = Source(of_disputes(LegalAid), _("Legal aid"), on="referred_on", done="decided_on")
allowed = Source(
    of_disputes(Allowance, "assignment__dispute"),
    _("Allowance"),
    on="proposed_on",
    done="decided_on",
)
MEDIATION = _("mediation of disputes")

RULES = {
    (K.CASE_FLOW, "mediation"): Judged(MEDIATION, mediated, use=True),
    (K.TASK, "mediation"): Judged(MEDIATION, mediated, use=True),
    (K.CASE_FLOW, "mediation_consent"): Judged(_("consent to mediation"), consented, use=True),
    (K.CASE_FLOW, "participant"): Judged(_("many taking part in mediation"), met, use=True),
    (K.TASK, "mediation_session"): Judged(_("mediation sessions"), met, use=True),
    (K.TASK, "session_call"): Judged(_("calls to mediations"), called),
    (K.TASK, "assignment"): Judged(_("assignment of lawyers and mediators"), assigned),
    (K.TASK, "agreement"): Judged(_("settlement agreements"), agreed, use=True),
    (K.CASE_FLOW, "enforcement"): Judged(
        _("settlement in enforcement"), settled, use=True, arises=enforcing
    ),
    (K.TASK, "resolution_plan"): Judged(_("resolution plans"), planned, use=True),
    (K.TASK, "legal_aid"): Judged(_("legal aid"), aided),
    (K.TASK, "allowance"): Judged(_("allowances of mediators"), allowed),
    (K.TASK, "professional"): mediators_there,
}
