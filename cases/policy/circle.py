"""Who takes part in a dispute: the questions that its policies share."""

from collections.abc import Callable

from cases.flow.table import Step
from cases.models import Dispute, Procedure
from foundations.audit.actor import Actor
from members.models import Organization, User
from members.policy import WORKERS, works_for
from members.standing import Standing, standing
from members.states import OrganizationKind, Side


def principals(mine: Standing) -> list[str]:
    """As whom a person may see disputes: the own organizations, and by name."""
    return [*(f"o{pk}" for pk in sorted(mine.organizations)), f"u{mine.user_id}"]


def works_in_justice_bureau(user: User, dispute: Dispute) -> bool:
    """The bureau that acts for the government of the dispute's place."""
    has_work = standing(user).has(*WORKERS)
    return has_work and dispute.jurisdiction_id in _bureau_places(user)


def _bureau_places(user: User) -> frozenset[int]:
    """Of the bureaus that the user belongs to; kept on the user object."""
    units = standing(user).organizations
    kept: dict[frozenset[int], frozenset[int]] = user.__dict__.setdefault("_bureaus", {})
    if units not in kept:
        bureaus = Organization.objects.filter(pk__in=units, kind=OrganizationKind.JUSTICE_BUREAU)
        kept[units] = frozenset(bureaus.values_list("jurisdiction", flat=True))
    return kept[units]


def registers(user: User, dispute: Dispute) -> bool:
    """Whoever registered it, and the justice bureau."""
    return works_for(user, dispute.registered_by) or works_in_justice_bureau(user, dispute)


def may_record(actor: Actor, procedure: Procedure, step: Step) -> bool:
    """May `actor` record the step? None is the system itself.

    The table says who, step by step; what a court or a procuratorate decides is recorded by
    its own people alone (YN-22).
    """
    return actor is None or any(ROLES[role](actor, procedure) for role in step.by)


def enters(actor: Actor, procedure: Procedure) -> bool:
    """May `actor` say who takes part in the procedure?"""
    return actor is None or _organ(actor, procedure) or _justice(actor, procedure)


def _organ(user: User, procedure: Procedure) -> bool:
    return works_for(user, procedure.organ)


def _side(side: Side) -> Callable[[User, Procedure], bool]:
    def stands_there(user: User, procedure: Procedure) -> bool:
        mine = standing(user)
        return mine.has(*WORKERS) and side in mine.sides and _takes_part(mine, procedure.dispute)

    return stands_there


def _takes_part(mine: Standing, dispute: Dispute) -> bool:
    return dispute.access.filter(principal__in=principals(mine)).exists()


def _respondent(user: User, procedure: Procedure) -> bool:
    if procedure.pk is None:
        return works_for(user, procedure.dispute.agency)
    parts = procedure.participants.agencies().select_related("organization")
    return any(works_for(user, one.organization) for one in parts)


def _justice(user: User, procedure: Procedure) -> bool:
    """The bureau helps with what the government and the centre do, never with a court's."""
    if procedure.organ.side in (Side.COURT, Side.PROCURATORATE):
        return False
    return works_in_justice_bureau(user, procedure.dispute)


def _mediator(user: User, procedure: Procedure) -> bool:
    return procedure.dispute.access.filter(principal=f"u{user.pk}", why="mediator").exists()


ROLES = {
    "organ": _organ,
    "court": _side(Side.COURT),
    "centre": _side(Side.CENTRE),
    "respondent": _respondent,
    "justice": _justice,
    "mediator": _mediator,
}
