"""Who sits where on a day: the answers that the rooms above ask for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from members.models import Body, Jurisdiction, Organization, Person, Post, Seat, Succession, User
from members.states import Role, SeatRole

ROLE_ORDER = {role: place for place, role in enumerate(SeatRole.values)}


@dataclass(frozen=True)
class RosterLine:
    """A seat on a day, with whoever holds it; an ex-officio seat follows its post."""

    seat: Seat
    person: Person
    post: Post | None

    @property
    def role(self) -> str:
        return self.seat.role

    @property
    def role_name(self) -> str:
        return self.seat.get_role_display()

    @property
    def side(self) -> str:
        return self.seat.side

    @property
    def pk(self) -> int:
        return self.seat.pk


def roster(body: Body, on: date) -> list[RosterLine]:
    """The roster in the order in which it is printed: by role, then by the seats' order.

    An ex-officio seat whose post nobody holds that day is in `vacancies`, not here.
    """
    seats = _seats(body, on)
    holders = _ex_officio_posts(seats, on)
    lines = [_line(seat, holders) for seat in seats]
    return [line for line in lines if line is not None]


def vacancies(body: Body, on: date) -> list[Seat]:
    """The ex-officio seats whose post nobody holds on `on`."""
    seats = _seats(body, on)
    holders = _ex_officio_posts(seats, on)
    return [seat for seat in seats if _line(seat, holders) is None]


def holders(body: Body, role: str, on: date, side: str = "") -> list[RosterLine]:
    """Who held `role` on `on`, on one side or on all of them."""
    return [line for line in roster(body, on) if line.role == role and side in ("", line.side)]


def officers(jurisdiction: Jurisdiction, side: str, on: date) -> list[User]:
    """The accounts of the liaison officers of a side."""
    bound = Q(
        bindings__role=Role.LIAISON_OFFICER,
        bindings__jurisdiction=jurisdiction,
        bindings__organization__side=side,
    )
    return _accounts(bound, on)


def users_of(organization: Organization, on: date) -> list[User]:
    """The accounts bound to an organization or its divisions, or to those that had
    succeeded it by `on`: what is addressed to a predecessor reaches the successor."""
    standing_for = {organization.pk} | successors({organization.pk}, on)
    bound = Q(bindings__organization__in=standing_for) | Q(
        bindings__organization__parent__in=standing_for
    )
    return _accounts(bound, on)


def leaders_of(organization: Organization, on: date) -> list[User]:
    """The accounts of the leaders of an organization, or of the one that it is part of."""
    units = {organization.pk, organization.parent_id or organization.pk}
    standing_for = units | successors(units, on)
    bound = Q(bindings__role=Role.LEADER, bindings__organization__in=standing_for)
    return _accounts(bound, on)


def successors(organizations: Iterable[int], on: date) -> set[int]:
    """Who stands on `on` where these stood, through any number of successions."""
    found: set[int] = set()
    latest = set(organizations)
    while latest:
        inherited = Succession.objects.filter(predecessor__in=latest, on__lte=on)
        latest = set(inherited.values_list("successor_id", flat=True)) - found
        found |= latest
    return found


def _accounts(bound: Q, on: date) -> list[User]:
    in_term = Q(bindings__valid_from__isnull=True) | Q(bindings__valid_from__lte=on)
    in_term &= Q(bindings__valid_to__isnull=True) | Q(bindings__valid_to__gte=on)
    usable = Q(expires_on__isnull=True) | Q(expires_on__gte=on)
    found = User.objects.filter(bound & in_term, usable, is_active=True)
    return list(found.select_related("person").distinct().order_by("pk"))


def _seats(body: Body, on: date) -> list[Seat]:
    seats = body.seats.on(on).select_related(
        "person", "post__organization", "ex_officio_organization"
    )
    return sorted(seats, key=lambda seat: (ROLE_ORDER[seat.role], seat.order, seat.pk))


def _ex_officio_posts(seats: list[Seat], on: date) -> dict[tuple[int | None, str], Post]:
    """The posts that ex-officio seats follow; of two holders the one who came last."""
    wanted = {seat.ex_officio_organization_id for seat in seats if seat.ex_officio}
    if not wanted:
        return {}
    posts = Post.objects.on(on).filter(organization__in=wanted)
    posts = posts.select_related("person", "organization").order_by("valid_from", "pk")
    return {(post.organization_id, post.title): post for post in posts}


def _line(seat: Seat, ex_officio: dict[tuple[int | None, str], Post]) -> RosterLine | None:
    if seat.person is not None:
        return RosterLine(seat=seat, person=seat.person, post=seat.post)
    post = ex_officio.get((seat.ex_officio_organization_id, seat.ex_officio_title))
    return RosterLine(seat=seat, person=post.person, post=post) if post else None
