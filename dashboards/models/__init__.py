from dashboards.models.compliance import (
    Attestation,
    AttestationQuerySet,
    ComplianceTable,
    MonthEnd,
    MonthEndState,
)
from dashboards.models.displays import Display, DisplayState
from dashboards.models.queries import QueryMail, SavedQuery

__all__ = [
    "Attestation",
    "AttestationQuerySet",
    "ComplianceTable",
    "Display",
    "DisplayState",
    "MonthEnd",
    "MonthEndState",
    "QueryMail",
    "SavedQuery",
]
