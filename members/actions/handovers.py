"""工作交接: everything that a leaving person holds goes to another at once."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members import holdings
from members.actions.accounts import bind
from members.actions.seats import NewSeat, change_roster
from members.models import Handover, Person, RoleBinding, Seat, User
from members.states import Role, SeatRole

# A leader's role is personal: the security administrator binds it anew.
WORKING_ROLES = (Role.LIAISON_OFFICER, Role.RECORDER, Role.MEMBER_UNIT)


@action
def hand_over(
    giver_id: int, *, actor: Actor, taker_id: int, on: date, reason: str, at: datetime
) -> Handover:
    """Give the giver's open work, working roles and liaison seats to the taker.

    The giver's roles and seats end the day before `on`, the taker's begin on it. Raises
    RuleBroken `same_person`, `past_day`, `taker_without_account`, `term_backwards`, or
    what binding a role and changing a roster raise; then nothing has moved.
    """
    giver, taker = _locked(giver_id, taker_id)
    policy_for(Person).require(actor, "hand_over", giver)
    _refuse_pair(giver, taker, on, at)
    groups = holdings.open_work(giver)
    handover = Handover(giver=giver, taker=taker, on=on, reason=reason, items=groups)
    handover.store()
    holdings.reassign_all(groups, taker, actor=actor, at=at)
    for seat in liaison_seats(giver, on):
        _move_seat(seat, taker, actor, on, reason)
    roles = [_move_role(binding, taker, actor, on) for binding in working_roles(giver, on)]
    record(
        actor,
        "members.handover.made",
        handover,
        taker=taker.name,
        on=on,
        reason=reason,
        roles=roles,
        items={group["key"]: [entry["id"] for entry in group["entries"]] for group in groups},
    )
    return handover


def working_roles(giver: Person, on: date) -> list[RoleBinding]:
    """The roles that a hand-over on `on` moves."""
    held = RoleBinding.objects.filter(user__person=giver, role__in=WORKING_ROLES)
    held = held.overlapping(on, None).select_related("organization", "jurisdiction", "user")
    return list(held.order_by("pk"))


def liaison_seats(giver: Person, on: date) -> list[Seat]:
    """The seats that a hand-over on `on` moves."""
    held = Seat.objects.filter(person=giver, role=SeatRole.LIAISON_OFFICER)
    return list(held.overlapping(on, None).select_related("body", "post").order_by("body", "pk"))


def _locked(giver_id: int, taker_id: int) -> tuple[Person, Person]:
    """Both rows, locked in the order of their keys, so that two hand-overs cannot cross."""
    rows = Person.objects.select_for_update(of=("self",)).select_related("jurisdiction")
    both = rows.filter(pk__in=(giver_id, taker_id)).order_by("pk")
    people = {person.pk: person for person in both}
    return people[giver_id], people[taker_id]


def _refuse_pair(giver: Person, taker: Person, on: date, at: datetime) -> None:
    if giver.pk == taker.pk or giver.jurisdiction_id != taker.jurisdiction_id:
        raise RuleBroken(
            "same_person", _("Choose another person of the same jurisdiction."), field="taker"
        )
    if on < timezone.localdate(at):
        raise RuleBroken("past_day", _("The day of a hand-over cannot be past."), field="on")
    if not User.objects.filter(person=taker, is_active=True).exists():
        raise RuleBroken(
            "taker_without_account",
            _("%(name)s has no account yet; the system administrator makes one.")
            % {"name": taker.name},
            field="taker",
        )


def _move_seat(seat: Seat, taker: Person, actor: Actor, on: date, reason: str) -> None:
    """The taker sits in the post held in the same organization, else without one."""
    organization = seat.post.organization_id if seat.post else None
    post = taker.posts.on(on).filter(organization=organization).first()
    change_roster(
        seat.body_id,
        actor=actor,
        on=on,
        reason=reason,
        ended=[seat.pk],
        begun=[NewSeat(seat.role, seat.side, taker, post, order=seat.order)],
    )


def _move_role(binding: RoleBinding, taker: Person, actor: Actor, on: date) -> str:
    if binding.valid_from and binding.valid_from >= on:
        raise RuleBroken(
            "term_backwards",
            _("The role %(role)s of the giver begins no earlier than that day.")
            % {"role": binding.get_role_display()},
            field="on",
        )
    last = binding.valid_to
    binding.valid_to = on - timedelta(days=1)
    binding.store()
    user = User.objects.select_for_update(of=("self",)).get(person=taker)
    same = user.bindings.filter(role=binding.role, organization=binding.organization)
    if not same.overlapping(on, last).exists():
        given = RoleBinding(
            user=user,
            role=binding.role,
            jurisdiction=binding.jurisdiction,
            organization=binding.organization,
            valid_from=on,
            valid_to=last,
        )
        bind(given, actor)
    return binding.role
