from django.db.models import Q, QuerySet

from bulletins.models import CountNote, Instalment, InstalmentState, Obligation, YearPlan
from foundations.access.policy import Policy, register
from mechanisms.models import MechanismParty
from members.models import User
from members.policy import works_for
from members.standing import standing
from members.states import Role


def plans(user: User, obligation: Obligation) -> bool:
    return standing(user).has(Role.LIAISON_OFFICER) and works_for(user, obligation.debtor)


def works_for_debtor(user: User, obligation: Obligation) -> bool:
    return works_for(user, obligation.debtor)


def may_nil(user: User, row: Instalment) -> bool:
    return row.state == InstalmentState.DUE and works_for_debtor(user, row.obligation)


def may_take_back(user: User, row: Instalment) -> bool:
    return row.state == InstalmentState.NIL and works_for_debtor(user, row.obligation)


def compares(user: User, row: Instalment) -> bool:
    """Both who counted: the one that owes this matter, and the one that owes its twin."""
    owed = row.obligation
    if not owed.reconciles_with:
        return False
    twins = Obligation.objects.filter(mechanism=owed.mechanism, key=owed.reconciles_with)
    debtors = [owed.debtor, *(one.debtor for one in twins.select_related("debtor"))]
    return any(works_for(user, unit) for unit in debtors)


def owed_before(user: User) -> QuerySet[Obligation]:
    """What those owe, or are owed, for whom somebody works; and all of an institution for
    who works for one of its sides: it is one state for all parties."""
    mine = standing(user)
    if not mine.is_staff:
        return Obligation.objects.none()
    held = mine.organizations
    sides = MechanismParty.objects.filter(
        Q(lead__in=held) | Q(acting__in=held) | Q(secretariat__in=held)
    )
    owed = Obligation.creditors.through.objects.filter(organization__in=held)
    return Obligation.objects.filter(
        Q(mechanism__in=sides.values("mechanism"))
        | Q(debtor__in=held)
        | Q(pk__in=owed.values("obligation"))
    )


@register(Obligation)
class ObligationPolicy(Policy):
    """Whoever works for a side of the institution reads who owes what."""

    rules = {"plan": plans, "occasion": works_for_debtor}

    def visible(self, user: User, rows: QuerySet[Obligation]) -> QuerySet[Obligation]:
        return rows.filter(pk__in=owed_before(user).values("pk"))


@register(Instalment)
class InstalmentPolicy(Policy):
    """Read with its obligation; the bulletins that answered it have readers of their own."""

    rules = {"nil": may_nil, "take_back": may_take_back, "compare": compares}

    def visible(self, user: User, rows: QuerySet[Instalment]) -> QuerySet[Instalment]:
        return rows.filter(obligation__in=owed_before(user).values("pk"))


@register(YearPlan)
class YearPlanPolicy(Policy):
    def visible(self, user: User, rows: QuerySet[YearPlan]) -> QuerySet[YearPlan]:
        return rows.filter(obligation__in=owed_before(user).values("pk"))


@register(CountNote)
class CountNotePolicy(Policy):
    def visible(self, user: User, rows: QuerySet[CountNote]) -> QuerySet[CountNote]:
        return rows.filter(instalment__obligation__in=owed_before(user).values("pk"))
