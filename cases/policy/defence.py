"""gov_internal: how an agency defends itself is read by its own side, never by a court (G5)."""

from django.db.models import Q, QuerySet

from cases.models import Defence, DefencePaper, PowerOfAttorney, SealRequest, SelfCorrection
from cases.policy.circle import works_in_justice_bureau
from cases.policy.mediation import bureau_places
from cases.policy.plans import own_side
from foundations.access.policy import Policy, register
from members.models import User
from members.policy import works_for
from members.standing import standing
from members.states import Side


def organizes(user: User, defence: Defence) -> bool:
    return works_in_justice_bureau(user, defence.dispute)


def handles(user: User, defence: Defence) -> bool:
    return works_for(user, defence.handled_by) or organizes(user, defence)


def for_agency(user: User, row: PowerOfAttorney | SelfCorrection) -> bool:
    return works_for(user, row.organization)


def seen_defences(user: User) -> Q:
    """The justice bureau of the place, the government that is sued, the handling unit."""
    mine = standing(user)
    if not mine.is_staff or Side.GOVERNMENT not in mine.sides:
        return Q(pk__in=())
    return own_side(mine) | Q(handled_by__in=mine.organizations)


@register(Defence)
class DefencePolicy(Policy):
    rules = {"organize": organizes, "handle": handles}

    def visible(self, user: User, rows: QuerySet[Defence]) -> QuerySet[Defence]:
        return rows.filter(seen_defences(user))


class OfDefencePolicy(Policy):
    def visible(self, user: User, rows: QuerySet) -> QuerySet:
        return rows.filter(defence__in=Defence.objects.filter(seen_defences(user)))


@register(DefencePaper)
class DefencePaperPolicy(OfDefencePolicy):
    rules = {"receive": lambda user, paper: works_for(user, paper.sent_to)}


@register(SealRequest)
class SealRequestPolicy(OfDefencePolicy):
    """Whose seal it is decides: the government that is sued, by its own people or the bureau
    that acts for it."""

    rules = {"answer": lambda user, seal: organizes(user, seal.defence)}


@register(PowerOfAttorney)
class PowerPolicy(Policy):
    rules = {"give": for_agency}

    def visible(self, user: User, rows: QuerySet[PowerOfAttorney]) -> QuerySet[PowerOfAttorney]:
        mine = standing(user)
        if not mine.is_staff or Side.GOVERNMENT not in mine.sides:
            return rows.none()
        return rows.filter(own_side(mine))


@register(SelfCorrection)
class SelfCorrectionPolicy(Policy):
    """The agency itself and the justice bureau, nobody else of the government either."""

    rules = {
        "record": for_agency,
        "decide": lambda user, row: works_in_justice_bureau(user, row.dispute),
    }

    def visible(self, user: User, rows: QuerySet[SelfCorrection]) -> QuerySet[SelfCorrection]:
        mine = standing(user)
        if not mine.is_staff or Side.GOVERNMENT not in mine.sides:
            return rows.none()
        bureau = Q(dispute__jurisdiction__in=bureau_places(mine))
        return rows.filter(bureau | Q(organization__in=mine.organizations))
