"""The only writers of attestations, of frozen months and of saved queries."""

from dashboards.actions.attestations import AttestationWords, attest, withdraw_attestation
from dashboards.actions.figures import note_table
from dashboards.actions.month_ends import freeze_month, freeze_months
from dashboards.actions.queries import (
    QueryWords,
    change_query,
    keep_query,
    mail_queries,
    remove_query,
)
from dashboards.actions.tables import print_table

__all__ = [
    "AttestationWords",
    "QueryWords",
    "attest",
    "change_query",
    "freeze_month",
    "freeze_months",
    "keep_query",
    "mail_queries",
    "note_table",
    "print_table",
    "remove_query",
    "withdraw_attestation",
]
