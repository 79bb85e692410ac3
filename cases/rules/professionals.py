"""The registers of those who mediate: somebody stands in them on every day."""

from django.utils.translation import gettext as _

from cases.models import Profession, Professional
from mechanisms.findings import EVIDENCE_SHOWN, Clause, Evidence, Finding, Words, weigh_standing


def mediators_there(clause: Clause) -> Finding:
    """At least one mediator is on the register on the day (WJ-38)."""
    rows = Professional.objects.on(clause.on).filter(
        jurisdiction=clause.mechanism.jurisdiction_id, profession=Profession.MEDIATOR
    )
    found = [
        Evidence(one, _("Register of mediators"), one.valid_from or clause.since)
        for one in rows.order_by("-valid_from", "pk")[:EVIDENCE_SHOWN]
    ]
    words = Words(
        kept=_("Mediators stand on the register."),
        missing=_("No mediator stands on the register."),
    )
    return weigh_standing(clause, found, bool(found), words)
