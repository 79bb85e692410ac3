"""Who sees and who changes the people, organizations, rosters and accounts."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from foundations.access.policy import Policy, register, visible_to
from foundations.audit.models import AuditEntry
from foundations.audit.trail import PORTAL_CHAIN
from foundations.calendars.models import HolidayYear
from members.models import (
    Body,
    Handover,
    Jurisdiction,
    Organization,
    OrganizationGroup,
    PasswordRecord,
    Person,
    Post,
    RoleBinding,
    RosterChange,
    Seat,
    Succession,
    User,
)
from members.standing import Standing, standing
from members.states import ADMINISTRATORS, Role, Side

DUTY_SIDES = frozenset({Side.GOVERNMENT, Side.COURT, Side.PROCURATORATE})
WORKERS = (Role.LIAISON_OFFICER, Role.RECORDER, Role.MEMBER_UNIT)
DIRECTORY_ADMINISTRATORS = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR)


def works_in(user: User, jurisdiction_id: int) -> bool:
    """Is the user of the staff of the jurisdiction, to whom its business is open?"""
    mine = standing(user)
    return mine.is_staff and jurisdiction_id in mine.jurisdictions


def works_for(user: User, organization: Organization | None) -> bool:
    """Does the daily work of an organization; leaders read, guests and administrators don't."""
    mine = standing(user)
    return (
        organization is not None and mine.has(*WORKERS) and organization.pk in mine.organizations
    )


def reads_directory(mine: Standing) -> bool:
    """Organizations and names are open to staff, and to those who make accounts."""
    return mine.is_staff or mine.has(*DIRECTORY_ADMINISTRATORS)


def is_officer_for(user: User, jurisdiction_id: int, side: str) -> bool:
    """A liaison officer keeps the lists of the own side, and those of no side's duty."""
    mine = standing(user)
    return (
        mine.has(Role.LIAISON_OFFICER)
        and jurisdiction_id in mine.jurisdictions
        and (side in mine.sides or side not in DUTY_SIDES)
    )


def keeps_lists(user: User, jurisdiction: Jurisdiction) -> bool:
    mine = standing(user)
    return mine.has(Role.LIAISON_OFFICER) and jurisdiction.pk in mine.jurisdictions


def keeps_organization(user: User, organization: Organization) -> bool:
    return is_officer_for(user, organization.jurisdiction_id, organization.side)


def keeps_person(user: User, person: Person) -> bool:
    return keeps_lists(user, person.jurisdiction)


def keeps_post(user: User, post: Post) -> bool:
    return keeps_organization(user, post.organization)


def keeps_seat(user: User, seat: Seat) -> bool:
    return is_officer_for(user, seat.body.jurisdiction_id, seat.side)


def announces_change(user: User, change: RosterChange) -> bool:
    sides = {seat.side for seat in (*change.ended.all(), *change.begun.all())}
    return any(is_officer_for(user, change.body.jurisdiction_id, side) for side in sides)


def is_same_person(user: User, person: Person) -> bool:
    return user.person_id == person.pk


def reveals_phone(user: User, person: Person) -> bool:
    mine = standing(user)
    near = mine.is_secretariat and person.jurisdiction_id in mine.jurisdictions
    return near or is_same_person(user, person)


def hands_over(user: User, giver: Person) -> bool:
    """The leaving person, or a liaison officer of a side on which that person stands."""
    sides = set(giver.posts.values_list("organization__side", flat=True))
    return is_same_person(user, giver) or any(
        is_officer_for(user, giver.jurisdiction_id, side) for side in sides
    )


def in_charge_of_account(user: User, account: User, role: str) -> bool:
    mine = standing(user)
    return mine.has(role) and bool(mine.jurisdictions & jurisdictions_of(account))


def jurisdictions_of(account: User) -> set[int]:
    bound = set(account.bindings.values_list("jurisdiction_id", flat=True))
    return bound | ({account.person.jurisdiction_id} if account.person else set())


def is_system_administrator(user: User, account: User) -> bool:
    return in_charge_of_account(user, account, Role.SYSTEM_ADMINISTRATOR)


def is_security_administrator(user: User, account: User) -> bool:
    return in_charge_of_account(user, account, Role.SECURITY_ADMINISTRATOR)


def makes_accounts(user: User, person: Person) -> bool:
    mine = standing(user)
    return mine.has(Role.SYSTEM_ADMINISTRATOR) and person.jurisdiction_id in mine.jurisdictions


class InJurisdiction(Policy):
    """What staff and directory administrators of a jurisdiction may all read."""

    jurisdiction = "jurisdiction"

    def visible(self, user: User, rows: QuerySet) -> QuerySet:
        mine = standing(user)
        if not reads_directory(mine):
            return rows.none()
        return rows.filter(**{f"{self.jurisdiction}__in": mine.jurisdictions})


@register(Jurisdiction)
class JurisdictionPolicy(Policy):
    rules = {"keep_lists": keeps_lists}

    def visible(self, user: User, rows: QuerySet[Jurisdiction]) -> QuerySet[Jurisdiction]:
        return rows.filter(pk__in=standing(user).jurisdictions)


@register(Organization)
class OrganizationPolicy(InJurisdiction):
    """A guest knows the own organization alone."""

    rules = {
        "create": keeps_organization,
        "edit": keeps_organization,
        "succeed": keeps_organization,
        "appoint": keeps_organization,
    }

    def visible(self, user: User, rows: QuerySet[Organization]) -> QuerySet[Organization]:
        mine = standing(user)
        if mine.has(Role.GUEST) and not reads_directory(mine):
            return rows.filter(pk__in=mine.organizations)
        return super().visible(user, rows)


@register(OrganizationGroup)
class OrganizationGroupPolicy(InJurisdiction):
    rules = {"edit": lambda user, group: keeps_lists(user, group.jurisdiction)}


@register(Succession)
class SuccessionPolicy(InJurisdiction):
    jurisdiction = "successor__jurisdiction"


@register(Person)
class PersonPolicy(InJurisdiction):
    """A guest and an audit administrator know themselves alone."""

    rules = {
        "create": keeps_person,
        "edit": keeps_person,
        "reveal": reveals_phone,
        "hand_over": hands_over,
        "open_account": makes_accounts,
    }

    def visible(self, user: User, rows: QuerySet[Person]) -> QuerySet[Person]:
        if reads_directory(standing(user)):
            return super().visible(user, rows)
        return rows.filter(pk=user.person_id)


@register(Post)
class PostPolicy(InJurisdiction):
    jurisdiction = "organization__jurisdiction"
    rules = {"begin": keeps_post, "end": keeps_post}


class StaffOnly(Policy):
    """Business content: administrators do not see it (G3)."""

    jurisdiction = "jurisdiction"

    def visible(self, user: User, rows: QuerySet) -> QuerySet:
        mine = standing(user)
        if not mine.is_staff:
            return rows.none()
        return rows.filter(**{f"{self.jurisdiction}__in": mine.jurisdictions})


@register(Body)
class BodyPolicy(StaffOnly):
    rules = {
        "create": lambda user, body: keeps_lists(user, body.jurisdiction),
        "change": lambda user, body: keeps_lists(user, body.jurisdiction),
    }


def rosters_open_to(user: User) -> QuerySet[Body]:
    """The bodies of which the user may read who sits where.

    The annex of an issued institution is published, so whoever works in the portal reads
    the roster of every city; all else about a body stays with its jurisdiction.
    """
    own = visible_to(user, Body)
    return own | Body.objects.filter(published=True) if standing(user).is_staff else own


@register(Seat)
class SeatPolicy(StaffOnly):
    jurisdiction = "body__jurisdiction"
    rules = {"begin": keeps_seat, "end": keeps_seat}


@register(RosterChange)
class RosterChangePolicy(StaffOnly):
    """The notice of a change is issued by a side whose seats it changed."""

    jurisdiction = "body__jurisdiction"
    rules = {"announce": announces_change}


@register(Handover)
class HandoverPolicy(Policy):
    """The two persons, and the liaison officers of the jurisdiction."""

    def visible(self, user: User, rows: QuerySet[Handover]) -> QuerySet[Handover]:
        mine = standing(user)
        own = Q(giver=user.person_id) | Q(taker=user.person_id) if user.person_id else Q(pk=None)
        if mine.has(Role.LIAISON_OFFICER):
            own |= Q(giver__jurisdiction__in=mine.jurisdictions)
        return rows.filter(own)


@register(User)
class AccountPolicy(Policy):
    """Accounts are made and closed by the system administrator, empowered and reset by
    the security administrator; nobody else sees any but the own."""

    rules = {
        "expire": is_system_administrator,
        "disable": is_system_administrator,
        "enable": is_system_administrator,
        "bind": is_security_administrator,
        "reset": is_security_administrator,
    }

    def visible(self, user: User, rows: QuerySet[User]) -> QuerySet[User]:
        mine = standing(user)
        if not mine.has(*DIRECTORY_ADMINISTRATORS):
            return rows.filter(pk=user.pk)
        bound = RoleBinding.objects.filter(
            user=OuterRef("pk"), jurisdiction__in=mine.jurisdictions
        )
        return rows.filter(Q(person__jurisdiction__in=mine.jurisdictions) | Exists(bound))


@register(RoleBinding)
class RoleBindingPolicy(Policy):
    rules = {
        "end": lambda user, binding: (
            standing(user).has(Role.SECURITY_ADMINISTRATOR)
            and binding.jurisdiction_id in standing(user).jurisdictions
        )
    }

    def visible(self, user: User, rows: QuerySet[RoleBinding]) -> QuerySet[RoleBinding]:
        mine = standing(user)
        if mine.has(*DIRECTORY_ADMINISTRATORS):
            return rows.filter(jurisdiction__in=mine.jurisdictions)
        if mine.is_staff:
            return rows.filter(jurisdiction__in=mine.jurisdictions).exclude(
                role__in=ADMINISTRATORS
            )
        return rows.filter(user=user)


@register(PasswordRecord)
class PasswordRecordPolicy(Policy):
    """Read by the password check alone."""

    def visible(self, user: User, rows: QuerySet[PasswordRecord]) -> QuerySet[PasswordRecord]:
        return rows.none()


@register(AuditEntry)
class TrailPolicy(Policy):
    """The trail is read by the audit administrators alone, and by nobody changed (G3)."""

    rules = {"read": lambda user, entry: standing(user).has(Role.AUDIT_ADMINISTRATOR)}

    def visible(self, user: User, rows: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        mine = standing(user)
        if not mine.has(Role.AUDIT_ADMINISTRATOR):
            return rows.none()
        keys = Jurisdiction.objects.filter(pk__in=mine.jurisdictions).values("key")
        return rows.filter(Q(chain__in=keys) | Q(chain=PORTAL_CHAIN))


@register(HolidayYear)
class HolidayPolicy(Policy):
    """The holidays are for everybody to read; system administrators publish them."""

    rules = {"publish": lambda user, year: standing(user).has(Role.SYSTEM_ADMINISTRATOR)}

    def visible(self, user: User, rows: QuerySet[HolidayYear]) -> QuerySet[HolidayYear]:
        return rows
