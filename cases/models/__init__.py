"""Disputes, their procedures, and who takes part in them."""

from cases.models.agreements import (
    Agreement,
    AgreementItem,
    AgreementKind,
    AgreementState,
    Allowance,
    AllowanceState,
)
from cases.models.checklist import Advised, Checklist, ChecklistLook, Look, Looked
from cases.models.courts import CourtCode, CourtLevel
from cases.models.disputes import Access, Dispute
from cases.models.hearings import Appearance, Hearing, Preparation
from cases.models.intake import AgencySeat, Choice, Concerned, Guidance, Intake, Reveal, Slot
from cases.models.mediation import MediationConsent, MediationSession, SessionState, WayOut
from cases.models.parties import Agent, Participant, Party
from cases.models.plans import Authority, Plan, PlanState
from cases.models.procedures import Event, Link, Procedure
from cases.models.registers import (
    AidResult,
    Assignment,
    AssignmentState,
    LegalAid,
    Profession,
    Professional,
)

__all__ = [
    "Access",
    "Advised",
    "AgencySeat",
    "Agent",
    "Agreement",
    "AgreementItem",
    "AgreementKind",
    "AgreementState",
    "AidResult",
    "Allowance",
    "AllowanceState",
    "Appearance",
    "Assignment",
    "AssignmentState",
    "Authority",
    "Checklist",
    "ChecklistLook",
    "Choice",
    "Concerned",
    "CourtCode",
    "CourtLevel",
    "Dispute",
    "Event",
    "Guidance",
    "Hearing",
    "Intake",
    "LegalAid",
    "Link",
    "Look",
    "Looked",
    "MediationConsent",
    "MediationSession",
    "Participant",
    "Party",
    "Plan",
    "PlanState",
    "Preparation",
    "Procedure",
    "Profession",
    "Professional",
    "Reveal",
    "SessionState",
    "Slot",
    "WayOut",
]
