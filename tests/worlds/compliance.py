"""Records of attestations and month ends and their addresses, for the sweeps."""

from datetime import date

from django.db.models import Model

from dashboards.actions import freeze_month
from dashboards.models import Attestation
from mechanisms.states import RuleKind
from tests.city import City
from tests.clauses import provision
from tests.sitting import moment

CLAUSE = "T-900"
# Room and record of each address, then its names.
TABLE = """
dashboards attestation: attestation attestation-withdraw
dashboards month: month
dashboards key: compliance compliance-paper history gaps
"""
# What has more than one part: name and the records of its parts.
MORE: dict[str, tuple[str, ...]] = {"dashboards:attest": ("key", CLAUSE)}


def records(city: City) -> dict[str, Model]:
    provision(city, RuleKind.STATEMENT, "mechanism", number=CLAUSE)
    at = moment(date(2026, 11, 26), 16)
    attestation = Attestation.objects.create(
        mechanism=city.mechanism,
        provision=CLAUSE,
        organization=city.organizations["justice"],
        attested_by=city.users["gov_officer"],
        text="两方均有年度总结。",
        on=date(2026, 11, 20),
        expires_on=date(2027, 11, 20),
    )
    month = freeze_month(city.mechanism.pk, month_on=date(2026, 10, 31), actor=None, at=at)
    return {"attestation": attestation, "month": month}
