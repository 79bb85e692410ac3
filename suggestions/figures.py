"""How the letters that one organization issued in a period stand: counted, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from mechanisms.models import Mechanism
from members.models import Organization
from suggestions.models import Addressee
from suggestions.periods import Period
from suggestions.states import AddresseeState, Attitude, Effect, LetterState

A = AddresseeState


@dataclass(frozen=True)
class Counts:
    """Of addressees; a letter to three units is counted three times.

    `in_time` and `late` make up `replied`; `waiting` are served, without a reply, in
    time, `silent` after the last day; `adopted`, `partly`, `refused` and `objected` say
    what the last reply says; `verified` are those whose rectification the issuer found in
    place, `effective` those of them that it rated effective.
    """

    letters: int = 0
    units: int = 0
    unserved: int = 0
    in_time: int = 0
    late: int = 0
    waiting: int = 0
    silent: int = 0
    adopted: int = 0
    partly: int = 0
    refused: int = 0
    objected: int = 0
    rectifying: int = 0
    to_verify: int = 0
    verified: int = 0
    effective: int = 0

    @property
    def replied(self) -> int:
        return self.in_time + self.late

    @property
    def due(self) -> int:
        """Of how many a reply could be expected by now: the denominator of its rate."""
        return self.replied + self.silent

    @property
    def taken_up(self) -> int:
        return self.adopted + self.partly

    def __add__(self, other: "Counts") -> "Counts":
        sums = {
            one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)
        }
        return Counts(**sums)


@dataclass(frozen=True)
class Implementation:
    """The addressees of a period in the order of their letters, and what they amount to."""

    period: Period
    on: date
    rows: tuple[Addressee, ...]
    letters: int

    @property
    def total(self) -> Counts:
        return counts_of(self.rows, self.on)

    @property
    def by_unit(self) -> list[tuple[Organization, Counts]]:
        units: dict[Organization, list[Addressee]] = {}
        for row in self.rows:
            units.setdefault(row.organization, []).append(row)
        ordered = sorted(units, key=lambda unit: (unit.order, unit.pk))
        return [(unit, counts_of(units[unit], self.on)) for unit in ordered]


def implementation(
    mechanism: Mechanism, issuer: Organization, period: Period, on: date
) -> Implementation:
    """The letters of a period as they stand on `on`; what was withdrawn is left out."""
    rows = (
        Addressee.objects.filter(
            suggestion__mechanism=mechanism,
            suggestion__issuer=issuer,
            suggestion__state=LetterState.ISSUED,
            suggestion__issued_on__range=(period.first_on, period.last_on),
        )
        .exclude(state=A.WITHDRAWN)
        .select_related("suggestion", "organization")
        .order_by("suggestion__issued_on", "suggestion_id", "order", "pk")
    )
    found = tuple(rows)
    return Implementation(period, on, found, len({row.suggestion_id for row in found}))


def counts_of(rows: Iterable[Addressee], on: date) -> Counts:
    held = list(rows)
    letters = len({row.suggestion_id for row in held})
    units = len({row.organization_id for row in held})
    return sum((_one(row, on) for row in held), Counts(letters=letters, units=units))


def _one(row: Addressee, on: date) -> Counts:
    waiting = row.state == A.SERVED  # also where a reply was sent back and a new one is due
    replied = row.replied_on is not None and not waiting
    said = row.attitude if replied else ""
    silent = waiting and row.reply_due_on is not None and row.reply_due_on < on
    verified = row.state == A.CLOSED and row.verified_on is not None
    return Counts(
        unserved=row.state == A.SENT,
        in_time=replied and not row.reply_late,
        late=replied and row.reply_late,
        waiting=waiting and not silent,
        silent=silent,
        adopted=said == Attitude.ACCEPTED,
        partly=said == Attitude.PARTLY,
        refused=said == Attitude.NOT_ACCEPTED,
        objected=said == Attitude.OBJECTION,
        rectifying=row.state == A.RECTIFYING,
        to_verify=row.state == A.TO_VERIFY,
        verified=verified,
        effective=verified and row.effect == Effect.EFFECTIVE,
    )
