"""The procedures that may come next in a dispute, why, and before which organ."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from cases.flow.table import Onward, Table, table_of, tables
from cases.models import Dispute, Procedure
from cases.policy.circle import may_record
from cases.states import Kind
from members.models import Organization, User
from members.standing import standing
from members.states import OrganizationKind

ROUTES = {
    "to_reconsideration": Kind.RECONSIDERATION,
    "to_suit": Kind.FIRST_INSTANCE,
    "to_mediation": Kind.MEDIATION,
}
"""Where the intake sends a dispute, by the mode that closed it."""
FROM_NOWHERE = (
    Kind.MEDIATION,
    Kind.RECONSIDERATION,
    Kind.FIRST_INSTANCE,
    Kind.NON_LITIGATION,
    Kind.ENFORCEMENT,
    Kind.SUPERVISION,
    Kind.VISIT,
)
"""What may be opened without an earlier procedure: a dispute may enter at any point (M1)."""


@dataclass(frozen=True)
class Way:
    """One procedure that may be opened; `reason` is why it follows from `earlier`."""

    kind: str
    earlier: Procedure | None = None
    reason: str = ""

    @property
    def table(self) -> Table:
        return table_of(self.kind)


def ways(procedures: Iterable[Procedure]) -> list[Way]:
    """What may follow from the procedures of a dispute, the latest first; then the rest."""
    known = list(procedures)
    found = [way for one in reversed(known) for way in after(one, known)]
    return [*found, *(Way(kind) for kind in FROM_NOWHERE)]


def after(procedure: Procedure, among: Sequence[Procedure]) -> Iterator[Way]:
    """What may follow from one procedure of a dispute that has these; from the registration
    only while nothing has followed."""
    if procedure.is_open:
        return
    alone = len(among) == 1 and procedure.kind == Kind.INTAKE
    if alone and procedure.outcome and procedure.mode in ROUTES:
        yield Way(ROUTES[procedure.mode], procedure, procedure.outcome.name)
    seen = set()
    for onward in procedure.table.onward:
        if onward.kind not in seen and _fits(onward, procedure):
            seen.add(onward.kind)
            yield Way(onward.kind, procedure, onward.reason)


def untaken(procedures: Iterable[Procedure]) -> Iterator[Way]:
    """What may follow and has not: after a failed mediation one way is gone, not several."""
    known = list(procedures)
    followed: dict[int, set[str]] = {}
    for one in known:
        for link in one.origins.all():
            followed.setdefault(link.earlier_id, set()).add(one.kind)
    for one in known:
        taken = followed.get(one.pk, set())
        if not (taken and one.outcome and one.outcome.onward):
            yield from (way for way in after(one, known) if way.kind not in taken)


def way_of(procedures: Iterable[Procedure], kind: str, earlier: str) -> Way | None:
    """The way to `kind` after the procedure of that public id; None where there is none."""
    for way in ways(procedures):
        if way.kind == kind and (way.earlier.public_id if way.earlier else "") == earlier:
            return way
    return None


def _fits(onward: Onward, procedure: Procedure) -> bool:
    outcome = procedure.outcome
    if onward.to and not (outcome and outcome.onward):
        return False
    return onward.mode in ("", procedure.mode) and onward.state in ("", procedure.state)


def organs_for(user: User, dispute: Dispute, kind: str, on: date) -> list[Organization]:
    """The organs in whose name the user may open a procedure of the kind."""
    table = tables()[kind]
    mine = standing(user)
    near = Q(pk__in=mine.organizations) | Q(
        kind__in=(OrganizationKind.CENTRE, OrganizationKind.WORKROOM),
        jurisdiction=dispute.jurisdiction_id,
    )
    rows = Organization.objects.on(on).filter(near, side__in=table.organs)
    found = rows.exclude(kind=OrganizationKind.DIVISION).order_by("order", "pk")
    return [one for one in found if _may_open(user, dispute, kind, one)]


def _may_open(user: User, dispute: Dispute, kind: str, organ: Organization) -> bool:
    planned = Procedure(dispute=dispute, kind=kind, organ=organ)
    return may_record(user, planned, table_of(kind).opening)
