"""Reports of a month, a quarter or a year: a bulletin that the portal begins."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from bulletins.actions.bulletin_words import BulletinWords
from bulletins.actions.bulletins import draft
from bulletins.actions.report_text import write_text
from bulletins.models import Bulletin, Instalment, InstalmentState
from bulletins.states import BulletinState, Kind
from bulletins.tables import BY_UNIT, INDICATORS, TABLES
from bulletins.tables.indicators import publishes
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.calendars.terms import Per, Term
from mechanisms.models import Mechanism
from mechanisms.queries import parties
from members.models import Organization
from suggestions.actions.steps import day_of

REPORTED = (Per.MONTH, Per.QUARTER, Per.YEAR)
GONE = (BulletinState.DISCARDED, BulletinState.WITHDRAWN)
UNITS = ("R6", "R5")
"""Told unit by unit where that is wanted: who appears, and who loses."""


@action
def draft_report(
    mechanism_id: int,
    *,
    actor: Actor,
    at: datetime,
    issuer_id: int,
    term: Term,
    indicators: Sequence[str],
    by_unit: bool = True,
) -> Bulletin:
    """Begin the report of an issuer on a term with figures and text; the one that stands
    already is given as it is, or the issue that corrects it.

    Raises RuleBroken: "not_ended" (field term), "not_publishing", "no_indicators".
    """
    rows = Mechanism.objects.select_for_update(of=("self",), no_key=True)
    mechanism = rows.select_related("jurisdiction").get(pk=mechanism_id)
    issuer = Organization.objects.get(pk=issuer_id, jurisdiction=mechanism.jurisdiction_id)
    empty = Bulletin(
        jurisdiction=mechanism.jurisdiction,
        mechanism=mechanism,
        issuer=issuer,
        drafted_by=actor,
    )
    policy_for(Bulletin).require(actor, "draft", empty)
    if not publishes(mechanism, issuer):
        message = _("Figures of the whole institution are published by its parties.")
        raise RuleBroken("not_publishing", message, "issuer")
    if term.last_on >= day_of(at):
        message = _("%(term)s is not over yet.") % {"term": term.label}
        raise RuleBroken("not_ended", message, "term")
    found = standing_report(mechanism, issuer, term)
    if found is not None:
        return found
    words = _words(mechanism, issuer, term, indicators, by_unit)
    made = draft(mechanism.pk, actor=actor, at=at, issuer_id=issuer.pk, words=words)
    made.report = name_of(term)
    write_text(made)
    record(actor, "bulletins.bulletin.reported", made, term=term.label)
    return made


def name_of(term: Term) -> str:
    """2026-quarter-3, as instalments are named."""
    return f"{term.year}-{term.per}-{term.n}"


def standing_report(mechanism: Mechanism, issuer: Organization, term: Term) -> Bulletin | None:
    rows = Bulletin.objects.filter(mechanism=mechanism, issuer=issuer, report=name_of(term))
    found: Bulletin | None = rows.exclude(state__in=GONE).order_by("pk").first()
    return found


def _words(
    mechanism: Mechanism,
    issuer: Organization,
    term: Term,
    indicators: Sequence[str],
    by_unit: bool,
) -> BulletinWords:
    """It tells what the issuer owes of the term in figures, and brings the tables of that."""
    owed = _owed(mechanism, issuer, term)
    units = [f"{BY_UNIT}{key}" for key in UNITS] if by_unit else []
    tables = [INDICATORS, *units, *(one.obligation.figures for one in owed)]
    return BulletinWords(
        title=f"{mechanism.jurisdiction.name}府院联动工作{term.label}情况通报",
        kind=Kind.NOTICE,
        matter=f"府院联动工作{term.label}情况",
        covers=tuple((one.obligation_id, one.pk) for one in owed),
        recipients=tuple(_recipients(mechanism, issuer, owed)),
        tables=tuple(dict.fromkeys(tables)),
        indicators=tuple(indicators),
        first_on=term.first_on,
        last_on=term.last_on,
    )


def _owed(mechanism: Mechanism, issuer: Organization, term: Term) -> list[Instalment]:
    """Its open instalments of these very days that carry a table which the portal counts."""
    rows = Instalment.objects.filter(
        obligation__mechanism=mechanism,
        obligation__debtor=issuer,
        obligation__figures__in=[key for key, table in TABLES.items() if table.count],
        first_on=term.first_on,
        last_on=term.last_on,
        state=InstalmentState.DUE,
    )
    return list(rows.select_related("obligation").order_by("obligation__order", "pk"))


def _recipients(
    mechanism: Mechanism, issuer: Organization, owed: Sequence[Instalment]
) -> list[int]:
    """The parties of the institution, and whom it is owed to."""
    known = [unit for one in parties(mechanism) for unit in (one.lead_id, one.acting_id)]
    for one in owed:
        known += one.obligation.creditors.values_list("pk", flat=True)
    return [pk for pk in dict.fromkeys(known) if pk and pk != issuer.pk]
