"""As what everybody enters a procedure that is opened."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from cases.models import Participant, Party, Procedure
from cases.states import Kind, PartyRole
from foundations.access.errors import RuleBroken
from members.models import Organization
from members.states import Side

Entrant = Party | Organization
ROLES_OF: dict[str, tuple[str, str]] = {
    Kind.FIRST_INSTANCE: (PartyRole.PLAINTIFF, PartyRole.DEFENDANT),
    Kind.SECOND_INSTANCE: (PartyRole.APPELLANT, PartyRole.APPELLEE),
    Kind.RETRIAL_REVIEW: (PartyRole.PLAINTIFF, PartyRole.DEFENDANT),
    Kind.RETRIAL: (PartyRole.PLAINTIFF, PartyRole.DEFENDANT),
    Kind.NON_LITIGATION: (PartyRole.ENFORCED, PartyRole.ENFORCING),
    Kind.ENFORCEMENT: (PartyRole.ENFORCING, PartyRole.ENFORCED),
}
"""What the parties and the agencies are called in a procedure; applicant and respondent
in every other."""
SAME_PEOPLE = (Kind.SECOND_INSTANCE, Kind.RETRIAL_REVIEW, Kind.RETRIAL)
"""Procedures in which whoever took part in the earlier one takes part again."""


def enter(
    procedure: Procedure,
    earlier: Procedure | None,
    claimants: Sequence[Entrant] | None,
    agencies: Sequence[Organization] | None,
) -> None:
    """Enter who was named; of whom nobody was named, the parties and agency of the dispute,
    or everybody of the earlier instance.

    Raises RuleBroken "no_party" (field claimants), "ceased" (field agencies).
    """
    for part in parts_of(procedure, earlier, claimants, agencies):
        part.store()


def parts_of(
    procedure: Procedure,
    earlier: Procedure | None,
    claimants: Sequence[Entrant] | None,
    agencies: Sequence[Organization] | None,
) -> list[Participant]:
    """The rows that `enter` stores; raises as it does."""
    unnamed = claimants is None and agencies is None
    if unnamed and earlier is not None and procedure.kind in SAME_PEOPLE:
        return list(_again(procedure, earlier))
    dispute = procedure.dispute
    parties = list(dispute.parties.all()) if claimants is None else claimants
    units = [dispute.agency] if agencies is None else agencies
    theirs, ours = roles_of(procedure, earlier)
    _check(procedure, parties, units)
    entered = []
    for order, party in enumerate(parties):
        role = PartyRole.PROSECUTOR if _prosecutes(party) else theirs
        entered.append(_part(procedure, party, role, order))
    return entered + [_part(procedure, unit, ours, order) for order, unit in enumerate(units)]


def add(procedure: Procedure, entrant: Entrant, role: str, order: int) -> Participant:
    part = _part(procedure, entrant, role, order)
    part.store()
    return part


def _part(procedure: Procedure, entrant: Entrant, role: str, order: int) -> Participant:
    return Participant(
        procedure=procedure,
        party=entrant if isinstance(entrant, Party) else None,
        organization=entrant if isinstance(entrant, Organization) else None,
        role=role,
        order=order,
    )


def roles_of(procedure: Procedure, earlier: Procedure | None) -> tuple[str, str]:
    """What the parties and the agencies are called; after 行审 the agency has it enforced."""
    kind = procedure.kind
    if kind == Kind.ENFORCEMENT and earlier is not None and earlier.kind == Kind.NON_LITIGATION:
        return ROLES_OF[Kind.NON_LITIGATION]
    return ROLES_OF.get(kind, (PartyRole.APPLICANT, PartyRole.RESPONDENT))


def _prosecutes(entrant: Entrant) -> bool:
    return isinstance(entrant, Organization) and entrant.side == Side.PROCURATORATE


def _check(
    procedure: Procedure, parties: Sequence[Entrant], units: Iterable[Organization]
) -> None:
    strange = [one for one in parties if isinstance(one, Organization) and not _prosecutes(one)]
    if not parties or strange:
        message = _("Name the parties; of organizations only a procuratorate can sue.")
        raise RuleBroken("no_party", message, "claimants")
    for unit in units:
        if not unit.holds_on(procedure.opened_on):
            message = _("“%(unit)s” did not exist on that day; choose its successor.")
            raise RuleBroken("ceased", message % {"unit": unit.short_name}, "agencies")


def _again(procedure: Procedure, earlier: Procedure) -> Iterator[Participant]:
    """Who appealed is the appellant, the others the appellees; third parties stay what they
    are."""
    appealed = appellants(earlier) if procedure.kind == Kind.SECOND_INSTANCE else None
    for part in earlier.participants.select_related("party", "organization"):
        role = part.role
        if appealed is not None and part.public_id in appealed:
            role = PartyRole.APPELLANT
        elif appealed is not None and role != PartyRole.THIRD_PARTY:
            role = PartyRole.APPELLEE
        entrant = part.party or part.organization
        if entrant is not None:
            yield _part(procedure, entrant, role, part.order)


def appellants(first: Procedure) -> set[str]:
    """The public ids of the participants whose appeal was recorded."""
    facts = first.events.filter(step="appeal").values_list("facts", flat=True)
    return {fact["party"] for fact in facts if "party" in fact}
