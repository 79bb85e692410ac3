"""A coordination is read by the units that take part in it, and by the justice bureau (YN-34)."""

from django.db.models import Q, QuerySet

from cases.models import Coordination, CoordinationMember, CoordinationStep, MemberAnswer
from cases.policy.acting import acts_in
from cases.policy.circle import works_in_justice_bureau
from cases.policy.mediation import bureau_places
from foundations.access.policy import Policy, register
from members.models import User
from members.policy import works_for
from members.standing import standing


def opens(user: User, coordination: Coordination) -> bool:
    """Either side, for a unit of its own that sees the dispute."""
    return acts_in(user, coordination.dispute, coordination.opened_by)


def leads(user: User, coordination: Coordination) -> bool:
    """Who opened it, and the justice bureau."""
    return works_for(user, coordination.opened_by) or works_in_justice_bureau(
        user, coordination.dispute
    )


def takes_part(user: User, coordination: Coordination) -> bool:
    members = coordination.members.exclude(answer=MemberAnswer.DECLINED)
    units = members.select_related("organization")
    return leads(user, coordination) or any(works_for(user, one.organization) for one in units)


@register(Coordination)
class CoordinationPolicy(Policy):
    rules = {"open": opens, "lead": leads, "log": takes_part}

    def visible(self, user: User, rows: QuerySet[Coordination]) -> QuerySet[Coordination]:
        mine = standing(user)
        if not mine.is_staff:
            return rows.none()
        members = CoordinationMember.objects.filter(organization__in=mine.organizations)
        members = members.exclude(answer=MemberAnswer.DECLINED)
        bureau = Q(dispute__jurisdiction__in=bureau_places(mine))
        return rows.filter(bureau | Q(pk__in=members.values("coordination")))


@register(CoordinationStep)
class CoordinationStepPolicy(Policy):
    rules = {"finish": lambda user, step: works_for(user, step.owed_by)}

    def visible(self, user: User, rows: QuerySet[CoordinationStep]) -> QuerySet[CoordinationStep]:
        seen = CoordinationPolicy().visible(user, Coordination.objects.all())
        return rows.filter(coordination__in=seen)
