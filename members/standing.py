"""For whom a person acts on a day: the one question that policies ask of the rosters."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from members.models import RoleBinding, Succession, User
from members.states import STAFF, Role


@dataclass(frozen=True)
class Standing:
    """Roles and organizations of one account on one day.

    `organizations` holds the ids of the organizations it acts for: those of its roles,
    the ones these belong to, act for, or have succeeded. `named` are those of its roles
    and the ones these belong to alone: what is sent to a unit by name is for them.
    """

    user_id: int
    roles: frozenset[tuple[str, int | None]]
    organizations: frozenset[int]
    sides: frozenset[str]
    jurisdictions: frozenset[int]
    named: frozenset[int] = frozenset()
    person_id: int | None = None

    def has(self, *roles: str) -> bool:
        return any(role in roles for role, _organization in self.roles)

    @property
    def is_staff(self) -> bool:
        """Works for an organization of a mechanism: no guest and no administrator."""
        return self.has(*STAFF)

    @property
    def is_secretariat(self) -> bool:
        """Does the daily work of a mechanism: liaison officers and recorders (YN-5)."""
        return self.has(Role.LIAISON_OFFICER, Role.RECORDER)


def standing(user: User, on: date | None = None) -> Standing:
    """The standing of `user` on a day (default: today); kept on the user object."""
    day = on or timezone.localdate()
    kept: dict[date, Standing] = user.__dict__.setdefault("_standings", {})
    if day not in kept:
        kept[day] = _standing(user, day)
    return kept[day]


def predecessors(organizations: set[int], day: date) -> set[int]:
    """Whom these have succeeded by `day`, and whom those had succeeded before them."""
    found: set[int] = set()
    latest = organizations
    while latest:
        succeeded = Succession.objects.filter(successor__in=latest, on__lte=day)
        latest = set(succeeded.values_list("predecessor_id", flat=True)) - found
        found |= latest
    return found - organizations


def bindings_of(user: User, day: date) -> list[RoleBinding]:
    """The roles of an account on a day with their organizations; kept on the user object."""
    kept: dict[date, list[RoleBinding]] = user.__dict__.setdefault("_bindings", {})
    if day not in kept:
        rows = RoleBinding.objects.on(day).filter(user=user).order_by("pk")
        near = ("organization__parent", "organization__acts_for")
        kept[day] = list(rows.select_related(*near))
    return kept[day]


def _standing(user: User, day: date) -> Standing:
    bindings = bindings_of(user, day)
    # A guest is let in by name: the role lends no unit and no place to the other roles.
    acting = [b for b in bindings if b.role != Role.GUEST] or bindings
    near = [b.organization for b in acting if b.organization]
    linked = {o.pk for o in near} | {o.parent_id for o in near} | {o.acts_for_id for o in near}
    linked |= {o.parent.acts_for_id for o in near if o.parent}
    held = {pk for pk in linked if pk is not None}
    return Standing(
        user_id=user.pk,
        roles=frozenset((b.role, b.organization_id) for b in bindings),
        organizations=frozenset(held | predecessors(held, day)),
        sides=frozenset(o.side for o in near),
        jurisdictions=frozenset(b.jurisdiction_id for b in acting),
        named=frozenset(pk for o in near for pk in (o.pk, o.parent_id) if pk is not None),
        person_id=user.person_id,
    )
