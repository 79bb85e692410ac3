"""Bodies and the seats in them; every change of a roster is one RosterChange."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members.models import Body, Jurisdiction, Organization, Person, Post, RosterChange, Seat
from members.names import clean_name
from members.states import SeatRole, Side


@dataclass(frozen=True)
class NewSeat:
    """A seat that is to begin: held by a person in a post, or ex officio by whoever
    holds the post of that title in that organization."""

    role: str
    side: str
    person: Person | None = None
    post: Post | None = None
    ex_officio_organization: Organization | None = None
    ex_officio_title: str = ""
    valid_to: date | None = None
    order: int | None = None


@action
def create_body(
    jurisdiction_id: int, *, actor: Actor, key: str, name: str, published: bool = False
) -> Body:
    jurisdiction = Jurisdiction.objects.get(pk=jurisdiction_id)
    body = Body(jurisdiction=jurisdiction, key=key, name=clean_name(name), published=published)
    policy_for(Body).require(actor, "create", body)
    body.store()
    record(actor, "members.body.created", body, name=body.name)
    return body


@action
def begin_seat(body_id: int, *, actor: Actor, on: date, reason: str, seat: NewSeat) -> Seat:
    """One seat begins on `on`; raises what `change_roster` raises."""
    change = change_roster(body_id, actor=actor, on=on, reason=reason, begun=[seat])
    return change.begun.get()


@action
def end_seat(seat_id: int, *, actor: Actor, on: date, reason: str) -> Seat:
    """One seat ends; `on` is the first day without it."""
    seat = Seat.objects.get(pk=seat_id)
    change = change_roster(seat.body_id, actor=actor, on=on, reason=reason, ended=[seat_id])
    return change.ended.get()


@action
def change_roster(
    body_id: int,
    *,
    actor: Actor,
    on: date,
    reason: str,
    ended: Sequence[int] = (),
    begun: Sequence[NewSeat] = (),
) -> RosterChange:
    """From `on` the ended seats are empty and the begun ones held: all of it or nothing.

    Raises RuleBroken `overlapping_term` or `second_liaison_officer` with the field
    "begun-<row>-post", or `term_backwards` for a seat that began no earlier than `on`.
    """
    body = _locked(body_id)
    policy_for(Body).require(actor, "change", body)
    if not (ended or begun):
        raise RuleBroken("nothing_changed", _("Choose a seat that ends or one that begins."))
    change = RosterChange(body=body, on=on, reason=reason)
    change.store()
    change.ended.set([_end(body, seat_id, actor, on) for seat_id in ended])
    change.begun.set([_begin(body, row, new, actor, on) for row, new in enumerate(begun)])
    record(
        actor,
        "members.roster.changed",
        body,
        on=on,
        reason=reason,
        ended=[str(seat) for seat in change.ended.all()],
        begun=[str(seat) for seat in change.begun.all()],
    )
    return change


def _locked(body_id: int) -> Body:
    """The lock on the body is what makes the checks on its seats hold under concurrency."""
    rows = Body.objects.select_for_update(of=("self",)).select_related("jurisdiction")
    return rows.get(pk=body_id)


def _end(body: Body, seat_id: int, actor: Actor, on: date) -> Seat:
    seat = Seat.objects.select_related("body", "person", "post").get(pk=seat_id, body=body)
    policy_for(Seat).require(actor, "end", seat)
    last = on - timedelta(days=1)
    if seat.valid_from and last < seat.valid_from:
        raise RuleBroken(
            "term_backwards",
            _("The seat of %(name)s would end before it began.") % {"name": _holder(seat)},
            field="on",
        )
    if seat.valid_to and seat.valid_to < on:
        raise RuleBroken(
            "ended_already",
            _("The seat of %(name)s has ended already.") % {"name": _holder(seat)},
            field="ended",
        )
    seat.valid_to = last
    seat.store()
    return seat


def _begin(body: Body, row: int, new: NewSeat, actor: Actor, on: date) -> Seat:
    seat = Seat(
        body=body,
        role=new.role,
        side=new.side,
        person=new.person,
        post=new.post,
        ex_officio=new.person is None,
        ex_officio_organization=new.ex_officio_organization,
        ex_officio_title=new.ex_officio_title,
        valid_from=on,
        valid_to=new.valid_to,
        order=_last_place(body, new.role) if new.order is None else new.order,
    )
    policy_for(Seat).require(actor, "begin", seat)
    _refuse_term(seat, row)
    _refuse_overlap(seat, row)
    _refuse_second_officer(seat, row)
    seat.store()
    return seat


def _last_place(body: Body, role: str) -> int:
    places = body.seats.filter(role=role).values_list("order", flat=True)
    return max(places, default=0) + 1


def _refuse_term(seat: Seat, row: int) -> None:
    if seat.valid_to and seat.valid_to < seat.valid_from:
        raise RuleBroken(
            "term_backwards", _("The term ends before it begins."), field=f"begun-{row}-valid_to"
        )


def _refuse_overlap(seat: Seat, row: int) -> None:
    same = seat.body.seats.filter(role=seat.role).overlapping(seat.valid_from, seat.valid_to)
    if seat.ex_officio:
        same = same.filter(
            ex_officio_organization=seat.ex_officio_organization,
            ex_officio_title=seat.ex_officio_title,
        )
    else:
        same = same.filter(person=seat.person)
    if same.exists():
        raise RuleBroken(
            "overlapping_term",
            _("%(name)s already is %(role)s in that time; the terms overlap.")
            % {"name": _holder(seat), "role": seat.get_role_display()},
            field=f"begun-{row}-post",
        )


def _refuse_second_officer(seat: Seat, row: int) -> None:
    if seat.role != SeatRole.LIAISON_OFFICER:
        return
    others = seat.body.seats.filter(role=seat.role, side=seat.side)
    other = others.overlapping(seat.valid_from, seat.valid_to).select_related("person").first()
    if other:
        raise RuleBroken(
            "second_liaison_officer",
            _("The %(side)s side has a liaison officer, %(name)s. Hand the work over first.")
            % {"side": Side(seat.side).label, "name": _holder(other)},
            field=f"begun-{row}-post",
        )


def _holder(seat: Seat) -> str:
    return seat.person.name if seat.person else seat.ex_officio_title
