"""The only writers of attestations, frozen months, saved queries and displays."""

from dashboards.actions.attestations import AttestationWords, attest, withdraw_attestation
from dashboards.actions.displays import (
    DisplayWords,
    enter_display,
    make_display,
    note_refusal,
    note_seen,
    revoke_display,
)
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
    "DisplayWords",
    "QueryWords",
    "attest",
    "change_query",
    "enter_display",
    "freeze_month",
    "freeze_months",
    "keep_query",
    "mail_queries",
    "make_display",
    "note_refusal",
    "note_seen",
    "note_table",
    "print_table",
    "remove_query",
    "revoke_display",
    "withdraw_attestation",
]
