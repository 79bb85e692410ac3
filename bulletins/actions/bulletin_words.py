"""What a draft holds: its words, matters, recipients and figures, checked and put down."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bulletins.actions.bulletin_figures import keep_tables
from bulletins.models import (
    Bulletin,
    Circulation,
    Covered,
    Instalment,
    InstalmentState,
    Obligation,
)
from bulletins.states import Kind
from foundations.access.errors import RuleBroken
from mechanisms.models import Mechanism
from mechanisms.queries import parties
from members.models import Organization
from suggestions.actions.steps import day_of


@dataclass(frozen=True)
class BulletinWords:
    """`covers` are pairs of an obligation and its instalment (or None), `recipients` the
    bodies that it goes to: left empty, those who are owed the matters. `tables` are keys
    that `bulletins.tables.table_named` knows, `indicators` what the one of them shows."""

    title: str
    body: str = ""
    kind: str = Kind.NOTICE
    matter: str = ""
    covers: tuple[tuple[int, int | None], ...] = ()
    recipients: tuple[int, ...] = ()
    tables: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    first_on: date | None = None
    last_on: date | None = None
    happened_on: date | None = None
    restricted: bool = False


PLAIN = ("title", "body", "kind", "matter", "happened_on", "restricted")


def put_words(bulletin: Bulletin, words: BulletinWords, at: datetime) -> None:
    """Store the draft with all that belongs to it.

    Raises RuleBroken beside "covers" (wrong_matter), "recipients" (not_party, own_unit),
    "last_on" (period), "first_on" (no_period), "tables" (not_publishing), "indicators"
    (no_indicators).
    """
    covered = _covered(bulletin, words.covers)
    first_on, last_on = _period(words, covered)
    units = _recipients(bulletin, words.recipients, covered, day_of(at))
    for name in PLAIN:
        setattr(bulletin, name, getattr(words, name))
    bulletin.first_on, bulletin.last_on = first_on, last_on
    bulletin.store()
    _put_covered(bulletin, covered)
    _put_recipients(bulletin, units)
    keep_tables(bulletin, words.tables, words.indicators, at)


Pairs = list[tuple[Obligation, Instalment | None]]


def _covered(bulletin: Bulletin, given: Iterable[tuple[int, int | None]]) -> Pairs:
    """The matters told, which the issuer itself must owe in this institution."""
    pairs = list(dict.fromkeys(given))
    rows = Obligation.objects.filter(mechanism=bulletin.mechanism, debtor=bulletin.issuer_id)
    owed = rows.in_bulk([obligation for obligation, _instalment in pairs])
    parts = Instalment.objects.exclude(state=InstalmentState.VOID).in_bulk(
        [instalment for _obligation, instalment in pairs if instalment]
    )
    found = [(owed.get(one), parts.get(part) if part else None) for one, part in pairs]
    for (obligation, instalment), (_key, wanted) in zip(found, pairs, strict=True):
        strange = instalment is not None and instalment.obligation_id != getattr(
            obligation, "pk", 0
        )
        if obligation is None or strange or (wanted and instalment is None):
            message = _("Choose among the matters that “%(unit)s” owes.")
            names = {"unit": bulletin.issuer.short_name}
            raise RuleBroken("wrong_matter", message % names, "covers")
    return [(obligation, part) for obligation, part in found if obligation is not None]


def _period(words: BulletinWords, covered: Pairs) -> tuple[date | None, date | None]:
    """The days named, else those of the instalments told."""
    if words.first_on and words.last_on and words.last_on < words.first_on:
        raise RuleBroken("period", _("The last day is before the first."), "last_on")
    parts = [part for _obligation, part in covered if part is not None]
    first_on = words.first_on or min((part.first_on for part in parts), default=None)
    last_on = words.last_on or max((part.last_on for part in parts), default=None)
    return first_on, last_on


def _recipients(
    bulletin: Bulletin, wanted: tuple[int, ...], covered: Pairs, on: date
) -> list[Organization]:
    if not wanted:
        owed = [one.pk for one, _part in covered]
        found = Organization.objects.filter(is_owed__in=owed).distinct()
        return [unit for unit in found if unit.pk != bulletin.issuer_id]
    units = list(Organization.objects.filter(pk__in=wanted))
    for unit in units:
        require_party(bulletin.mechanism, unit, on)
        if unit.pk == bulletin.issuer_id:
            message = _("“%(unit)s” is the issuer itself.") % {"unit": unit.short_name}
            raise RuleBroken("own_unit", message, "recipients")
    return units


def require_party(mechanism: Mechanism, unit: Organization, on: date) -> None:
    """Raise RuleBroken("not_party") for a body that stands on no side of the institution."""
    sides = {one.side for one in parties(mechanism)}
    belongs = unit.jurisdiction_id == mechanism.jurisdiction_id and unit.side in sides
    if belongs and unit.holds_on(on):
        return
    message = _(
        "“%(unit)s” is no party and no unit of %(mechanism)s; a bulletin cannot be sent there."
    )
    names = {"unit": unit.short_name, "mechanism": mechanism.short_title}
    raise RuleBroken("not_party", message % names, "recipients")


def units_of(mechanism: Mechanism, on: date) -> QuerySet[Organization]:
    """The bodies that a bulletin of the institution may go to."""
    sides = [one.side for one in parties(mechanism)]
    rows = Organization.objects.on(on).filter(jurisdiction=mechanism.jurisdiction_id)
    return rows.filter(side__in=sides)


def _put_covered(bulletin: Bulletin, covered: Pairs) -> None:
    wanted = {(one.pk, part.pk if part else None) for one, part in covered}
    kept = set()
    for row in bulletin.covered.all():
        key = (row.obligation_id, row.instalment_id)
        if key in wanted:
            kept.add(key)
        else:
            row.delete()
    for one, part in covered:
        if (one.pk, part.pk if part else None) not in kept:
            Covered.objects.create(bulletin=bulletin, obligation=one, instalment=part)


def _put_recipients(bulletin: Bulletin, units: list[Organization]) -> None:
    wanted = {unit.pk for unit in units}
    bulletin.circulations.exclude(organization__in=wanted).delete()
    held = set(bulletin.circulations.values_list("organization", flat=True))
    Circulation.objects.bulk_create(
        Circulation(bulletin=bulletin, organization=unit) for unit in units if unit.pk not in held
    )


def lacks_of(bulletin: Bulletin) -> list[RuleBroken]:
    """What a bulletin lacks before it leaves the drafter's hands."""
    lacks = []
    if not bulletin.matter and not bulletin.covered.exists():
        message = _("Say which matter owed this tells, or name another matter.")
        lacks.append(RuleBroken("no_matter", message, "covers"))
    if not bulletin.circulations.exists():
        message = _("Choose at least one unit that it goes to.")
        lacks.append(RuleBroken("no_recipient", message, "recipients"))
    if not bulletin.body and not bulletin.tables.exists():
        message = _("Write the text, or add a table of figures.")
        lacks.append(RuleBroken("no_text", message, "body"))
    return lacks


def require_complete(bulletin: Bulletin) -> None:
    """Raise the first of `lacks_of`."""
    for lack in lacks_of(bulletin):
        raise lack
