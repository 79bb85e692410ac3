"""Who keeps the intake of a dispute, its checklist, its agencies, and who opens names."""

from django.db.models import Q, QuerySet

from cases.models import Checklist, Concerned, Dispute, Guidance, Intake, Reveal
from cases.policy.circle import registers
from cases.policy.disputes import seen_disputes
from foundations.access.policy import Policy, register
from members.models import User
from members.policy import works_for
from members.standing import standing
from members.states import Role, Side


def courts_of(user: User, dispute: Dispute) -> bool:
    """Does the user do a court's work in this dispute: it registered it, or handles one of
    its procedures?"""
    organs = [dispute.registered_by]
    organs += [one.organ for one in dispute.procedures.select_related("organ")]
    return any(one.side == Side.COURT and works_for(user, one) for one in organs)


def checks(user: User, dispute: Dispute) -> bool:
    return registers(user, dispute) or courts_of(user, dispute)


def leads(user: User, concerned: Concerned) -> bool:
    """A leader of the agency; 主要负责人或分管负责人指定."""
    mine = standing(user)
    return mine.has(Role.LEADER) and concerned.organization_id in mine.organizations


def seats(user: User, concerned: Concerned) -> bool:
    """The agency's heads name its people, its workers record whom the head has named."""
    return leads(user, concerned) or works_for(user, concerned.organization)


class OfDisputePolicy(Policy):
    """Whoever sees the dispute sees it; whoever registered the dispute keeps it."""

    rules = {"edit": lambda user, row: registers(user, row.dispute)}

    def visible(self, user: User, rows: QuerySet) -> QuerySet:
        return rows.filter(dispute__in=Dispute.objects.filter(seen_disputes(user)))


@register(Intake, Guidance)
class IntakePolicy(OfDisputePolicy):
    pass


@register(Checklist)
class ChecklistPolicy(OfDisputePolicy):
    rules = {"edit": lambda user, row: checks(user, row.dispute)}


@register(Concerned)
class ConcernedPolicy(OfDisputePolicy):
    rules = {"edit": lambda user, row: registers(user, row.dispute), "seat": seats}


@register(Reveal)
class RevealPolicy(Policy):
    """Who opened a name is known to who did, and to who keeps the dispute."""

    rules: dict = {}

    def visible(self, user: User, rows: QuerySet[Reveal]) -> QuerySet[Reveal]:
        mine = standing(user)
        if not mine.is_staff:
            return rows.none()
        kept = Q(party__dispute__registered_by__in=mine.organizations) | Q(user=user)
        seen = Dispute.objects.filter(seen_disputes(user))
        return rows.filter(kept, party__dispute__in=seen)
