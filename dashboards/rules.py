"""How principles are judged, which no record can prove: by attestations."""

from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dashboards.models import Attestation
from mechanisms import rules
from mechanisms.findings import EVIDENCE_SHOWN, Clause, Evidence, Finding
from mechanisms.rules import ANY
from mechanisms.states import ComplianceState, RuleKind

EXPIRES_SOON = timedelta(days=30)


def register() -> None:
    rules.register(RuleKind.STATEMENT, ANY, attested)


def attested(clause: Clause) -> Finding:
    """A principle: kept by an attestation that holds on the day.

    Due soon within 30 days of its end. Without one it is not yet due until the end of the
    year in which the text took effect, and broken from then on.
    """
    every = _("Attested every year")
    given = Attestation.objects.of(clause.mechanism, clause.provision.number)
    held = list(given.valid_on(clause.on).select_related("organization")[:EVIDENCE_SHOWN])
    if not held:
        return _unattested(clause, every)
    until = max(one.expires_on for one in held)
    said = _("Attested by %(unit)s, holds until %(day)s.") % {
        "unit": held[0].organization.short_name,
        "day": _day(until),
    }
    soon = until - clause.on <= EXPIRES_SOON
    state = ComplianceState.DUE_SOON if soon else ComplianceState.ATTESTED
    evidence = tuple(Evidence(one, _("Attestation"), one.on) for one in held)
    return Finding(state, said, evidence, until, every)


def _unattested(clause: Clause, every: str) -> Finding:
    due_on = date(clause.provision.version.effective_from.year, 12, 31)
    if clause.on <= due_on:
        said = _("No attestation yet; one is due by %(day)s.") % {"day": _day(due_on)}
        return Finding(ComplianceState.NOT_YET_DUE, said, next_on=due_on, period=every)
    said = _("No attestation holds.")
    return Finding(ComplianceState.BROKEN, said, next_on=due_on, period=every)


def _day(day: date) -> str:
    return date_format(day, _("F j, Y"))
