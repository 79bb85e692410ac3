"""The only writers of attestations and of frozen months."""

from dashboards.actions.attestations import AttestationWords, attest, withdraw_attestation
from dashboards.actions.month_ends import freeze_month, freeze_months
from dashboards.actions.tables import print_table

__all__ = [
    "AttestationWords",
    "attest",
    "freeze_month",
    "freeze_months",
    "print_table",
    "withdraw_attestation",
]
