"""Disputes, their procedures, and who takes part in them."""

from cases.models.courts import CourtCode, CourtLevel
from cases.models.disputes import Access, Dispute
from cases.models.mediation import MediationConsent
from cases.models.parties import Agent, Participant, Party
from cases.models.procedures import Event, Link, Procedure
from cases.models.registers import Profession, Professional

__all__ = [
    "Access",
    "Agent",
    "CourtCode",
    "CourtLevel",
    "Dispute",
    "Event",
    "Link",
    "MediationConsent",
    "Participant",
    "Party",
    "Procedure",
    "Profession",
    "Professional",
]
