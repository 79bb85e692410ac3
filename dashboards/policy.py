from django.db.models import Q, QuerySet

from dashboards.models import (
    Attestation,
    ComplianceTable,
    Display,
    MonthEnd,
    QueryMail,
    SavedQuery,
)
from dashboards.queries.states import Sharing
from foundations.access.policy import Policy, register, visible_to
from mechanisms.bearers import Bearers
from mechanisms.models import Mechanism, Provision
from members.models import User
from members.policy import works_in
from members.standing import standing
from members.states import Role, Side

RESPONSIBLE = (Role.LIAISON_OFFICER, Role.LEADER)


def judged_for(user: User) -> QuerySet[Mechanism]:
    """The institutions whose state of compliance the user may read: those at home."""
    if not standing(user).is_staff:
        return Mechanism.objects.none()
    return visible_to(user, Mechanism)


def kept_up_by(user: User) -> QuerySet[Mechanism]:
    """The institutions that the user sees to: as an officer, or as system administrator."""
    if not standing(user).has(Role.LIAISON_OFFICER, Role.SYSTEM_ADMINISTRATOR):
        return Mechanism.objects.none()
    found: QuerySet[Mechanism] = visible_to(user, Mechanism)
    return found


def may_attest(user: User, mechanism: Mechanism, provision: Provision) -> bool:
    """An officer or leader of a side that owes what the clause asks for."""
    mine = standing(user)
    at_home = works_in(user, mechanism.jurisdiction_id)
    if not (at_home and mine.has(*RESPONSIBLE)):
        return False
    return bool(mine.sides & Bearers(mechanism).sides(provision.duty_bearers))


def may_print(user: User, table: ComplianceTable) -> bool:
    """An officer or leader at home; the paper says what every party reads."""
    mine = standing(user)
    return works_in(user, table.mechanism.jurisdiction_id) and mine.has(*RESPONSIBLE)


def may_withdraw(user: User, attestation: Attestation) -> bool:
    """Whoever answers for the unit that attested."""
    mine = standing(user)
    return mine.has(*RESPONSIBLE) and attestation.organization_id in mine.organizations


@register(Attestation, MonthEnd, ComplianceTable)
class OfMechanismPolicy(Policy):
    """All who work for a party of the institution read them."""

    rules = {"withdraw": may_withdraw, "print": may_print}

    def visible(self, user: User, rows: QuerySet) -> QuerySet:
        mine = standing(user)
        if not mine.is_staff or mine.sides <= {Side.INVITED}:
            return rows.none()
        return rows.filter(mechanism__jurisdiction__in=mine.jurisdictions)


def may_share(user: User, query: SavedQuery) -> bool:
    """With the own organization whoever belongs to one; with all an officer or a leader."""
    if query.shared_with == Sharing.ALL:
        return standing(user).has(*RESPONSIBLE)
    return query.shared_with == Sharing.NOBODY or query.organization is not None


def owns(user: User, query: SavedQuery) -> bool:
    return query.owner_id == user.pk


@register(SavedQuery)
class SavedQueryPolicy(Policy):
    """Its owner's, and those whom it is shared with; of an institution that they read."""

    rules = {"keep": owns, "remove": owns, "share": may_share}

    def visible(self, user: User, rows: QuerySet[SavedQuery]) -> QuerySet[SavedQuery]:
        near = Q(shared_with=Sharing.ORGANIZATION, organization__in=standing(user).named)
        open_to = Q(owner=user.pk) | Q(shared_with=Sharing.ALL) | near
        return rows.filter(open_to, mechanism__in=judged_for(user))


@register(QueryMail)
class QueryMailPolicy(Policy):
    """The recipient's alone, while the query is there."""

    def visible(self, user: User, rows: QuerySet[QueryMail]) -> QuerySet[QueryMail]:
        return rows.filter(query__owner=user.pk, query__mechanism__in=judged_for(user))


def may_keep_displays(user: User, mechanism: Mechanism) -> bool:
    """Officers and leaders of its own parties, and the system administrator of the place: a
    screen shows all of it to whoever passes."""
    mine = standing(user)
    if mechanism.jurisdiction_id not in mine.jurisdictions:
        return False
    of_a_party = mine.has(*RESPONSIBLE) and not mine.sides <= {Side.INVITED}
    return of_a_party or mine.has(Role.SYSTEM_ADMINISTRATOR)


def may_revoke(user: User, display: Display) -> bool:
    return may_keep_displays(user, display.mechanism)


@register(Display)
class DisplayPolicy(Policy):
    """Whoever may make the displays of an institution sees and revokes all of them."""

    rules = {"revoke": may_revoke}

    def visible(self, user: User, rows: QuerySet[Display]) -> QuerySet[Display]:
        mechanisms: QuerySet[Mechanism] = visible_to(user, Mechanism)
        kept = [one.pk for one in mechanisms if may_keep_displays(user, one)]
        return rows.filter(mechanism__in=kept)
