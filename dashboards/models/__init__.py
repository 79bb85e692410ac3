from dashboards.models.compliance import (
    Attestation,
    AttestationQuerySet,
    ComplianceTable,
    MonthEnd,
    MonthEndState,
)
from dashboards.models.queries import QueryMail, SavedQuery

__all__ = [
    "Attestation",
    "AttestationQuerySet",
    "ComplianceTable",
    "MonthEnd",
    "MonthEndState",
    "QueryMail",
    "SavedQuery",
]
