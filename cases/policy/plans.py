from django.db.models import Q, QuerySet

from cases.models import Access, Authority, Dispute, Plan
from cases.policy.circle import works_in_justice_bureau
from cases.policy.disputes import NamingPolicy, seen_disputes
from cases.policy.mediation import bureau_places
from foundations.access.policy import Policy, register
from members.models import User
from members.policy import works_for
from members.standing import Standing, standing
from members.states import Side


def own_side(mine: Standing) -> Q:
    """The agency's own people, and the justice bureau of the place (G6)."""
    bureau = Q(dispute__jurisdiction__in=bureau_places(mine))
    return bureau | Q(organization__in=mine.organizations)


def writes_plan(user: User, plan: Plan) -> bool:
    return works_for(user, plan.organization) or works_in_justice_bureau(user, plan.dispute)


@register(Plan)
class PlanPolicy(NamingPolicy):
    """Its own side; once it was submitted also the court and the mediators of the dispute."""

    path = "dispute"

    rules = {"write": writes_plan}

    def visible(self, user: User, rows: QuerySet[Plan]) -> QuerySet[Plan]:
        mine = standing(user)
        if not mine.is_staff:
            return rows.none()
        mediating = Access.objects.filter(principal=f"u{user.pk}", why="mediator")
        received = Q(dispute__in=mediating.values("dispute"))
        if mine.sides & {Side.COURT, Side.CENTRE}:
            received |= Q(dispute__in=Dispute.objects.filter(seen_disputes(user)))
        return rows.filter(own_side(mine) | (received & Q(submitted_on__isnull=False)))


@register(Authority)
class AuthorityPolicy(Policy):
    """gov_internal: no court, no centre, no mediator ever reads what may be given way on."""

    rules = {"decide": lambda user, authority: works_for(user, authority.organization)}

    def visible(self, user: User, rows: QuerySet[Authority]) -> QuerySet[Authority]:
        mine = standing(user)
        if not mine.is_staff or Side.GOVERNMENT not in mine.sides:
            return rows.none()
        return rows.filter(own_side(mine))
