"""Disputes, their procedures, and who takes part in them."""

from cases.models.agreements import (
    Agreement,
    AgreementItem,
    AgreementKind,
    AgreementState,
    Allowance,
    AllowanceState,
)
from cases.models.assessments import Assessment, AssessmentState, Duty, Opinion
from cases.models.checklist import Advised, Checklist, ChecklistLook, Look, Looked
from cases.models.contacts import Contact, Manner
from cases.models.coordination import (
    Coordination,
    CoordinationEntry,
    CoordinationGround,
    CoordinationMember,
    CoordinationResult,
    CoordinationState,
    CoordinationStep,
    MemberAnswer,
    StepState,
)
from cases.models.courts import CourtCode, CourtLevel
from cases.models.defence import (
    CorrectionKind,
    Defence,
    DefencePaper,
    PaperKind,
    PowerOfAttorney,
    SealRequest,
    SealState,
    SelfCorrection,
    ToleranceState,
)
from cases.models.disputes import Access, Dispute
from cases.models.hearings import Appearance, Hearing, Preparation
from cases.models.imports import Import, ImportMapping, ImportState
from cases.models.inquiries import Inquiry, InquiryKind
from cases.models.intake import AgencySeat, Choice, Concerned, Guidance, Intake, Reveal, Slot
from cases.models.mediation import MediationConsent, MediationSession, SessionState, WayOut
from cases.models.outcomes import (
    Acceptance,
    Explanation,
    Intention,
    LossAnalysis,
    LossState,
    NoticeList,
    NoticeState,
    OutcomeNotice,
    Route,
    To,
)
from cases.models.parties import Agent, Participant, Party
from cases.models.performance import Performance, PerformanceReport, PerformanceState
from cases.models.performance import Source as DutySource
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
from cases.models.risk import EarlyWarning, RiskRating, WarningEntry, WarningKind, WarningState
from cases.models.session_calls import SessionCall
from cases.models.tallies import AgencyTally, Tally
from cases.models.transfers import Transfer, TransferKind, TransferState
from cases.models.visits import Visit

__all__ = [
    "Acceptance",
    "Access",
    "Advised",
    "AgencySeat",
    "AgencyTally",
    "Agent",
    "Agreement",
    "AgreementItem",
    "AgreementKind",
    "AgreementState",
    "AidResult",
    "Allowance",
    "AllowanceState",
    "Appearance",
    "Assessment",
    "AssessmentState",
    "Assignment",
    "AssignmentState",
    "Authority",
    "Checklist",
    "ChecklistLook",
    "Choice",
    "Concerned",
    "Contact",
    "Coordination",
    "CoordinationEntry",
    "CoordinationGround",
    "CoordinationMember",
    "CoordinationResult",
    "CoordinationState",
    "CoordinationStep",
    "CorrectionKind",
    "CourtCode",
    "CourtLevel",
    "Defence",
    "DefencePaper",
    "Dispute",
    "Duty",
    "DutySource",
    "EarlyWarning",
    "Event",
    "Explanation",
    "Guidance",
    "Hearing",
    "Import",
    "ImportMapping",
    "ImportState",
    "Inquiry",
    "InquiryKind",
    "Intake",
    "Intention",
    "LegalAid",
    "Link",
    "Look",
    "Looked",
    "LossAnalysis",
    "LossState",
    "Manner",
    "MediationConsent",
    "MediationSession",
    "MemberAnswer",
    "NoticeList",
    "NoticeState",
    "Opinion",
    "OutcomeNotice",
    "PaperKind",
    "Participant",
    "Party",
    "Performance",
    "PerformanceReport",
    "PerformanceState",
    "Plan",
    "PlanState",
    "PowerOfAttorney",
    "Preparation",
    "Procedure",
    "Profession",
    "Professional",
    "Reveal",
    "RiskRating",
    "Route",
    "SealRequest",
    "SealState",
    "SelfCorrection",
    "SessionCall",
    "SessionState",
    "Slot",
    "StepState",
    "Tally",
    "To",
    "ToleranceState",
    "Transfer",
    "TransferKind",
    "TransferState",
    "Visit",
    "WarningEntry",
    "WarningKind",
    "WarningState",
    "WayOut",
]
