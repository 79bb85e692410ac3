"""Who is asked to a joint activity, who signs up for it, and who came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions.days import require_past
from cases.actions.telling_units import tell_units
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from meetings.actions.activities import (
    ask,
    keep_report_limit,
    locked_activity,
    move,
    require_coming,
)
from meetings.actions.steps import day_of
from meetings.models import Activity, ActivityInvitation, Attendee
from meetings.policy.activities import hosts
from meetings.states import ActivityState, AnswerState, GuestGroup
from members.models import Organization

S = ActivityState
POST_BEGINS = " "


@dataclass(frozen=True)
class Came:
    """Who came on one invitation: of those signed up, by name besides (the name, a space,
    the post), and how many more whose names nobody knows."""

    people: frozenset[int] = frozenset()
    more: int = 0
    named: tuple[str, ...] = ()


@action
def invite(
    activity_id: int,
    *,
    actor: Actor,
    at: datetime,
    units: Sequence[Organization] = (),
    groups: Sequence[str] = (),
    seats: int | None = None,
) -> Activity:
    """Ask units and groups of guests, each with so many seats; told at once if announced.

    Who was asked before keeps that invitation. Raises RuleBroken "nobody" (field units),
    "activity_over".
    """
    activity = locked_activity(activity_id)
    policy_for(Activity).require(actor, "edit", activity)
    require_coming(activity)
    rows = activity.invitations.all()
    known = {(one.group, one.organization_id) for one in rows}
    wanted: list[tuple[str, Organization | None]] = [(GuestGroup.UNIT, one) for one in units]
    wanted += [(group, None) for group in groups]
    new = [(group, one) for group, one in wanted if (group, one.pk if one else None) not in known]
    if not new:
        raise RuleBroken("nobody", _("Choose somebody who is not asked yet."), "units")
    for group, organization in new:
        given = {"group": group, "organization": organization, "seats": seats}
        ActivityInvitation(activity=activity, **given).store()
    record(actor, "meetings.activity.asked", activity, people=len(new))
    if activity.state == S.ANNOUNCED:
        ask(activity, actor=actor, at=at)
    return activity


@action
def drop_invitation(invitation_id: int, *, actor: Actor, at: datetime) -> Activity:
    """Take somebody off the list who was not told yet; RuleBroken "told" afterwards."""
    invitation = _locked(invitation_id)
    activity = invitation.activity
    policy_for(Activity).require(actor, "edit", activity)
    if invitation.told_at is not None:
        raise RuleBroken("told", _("They were told already; note their answer instead."))
    who = invitation.who
    invitation.delete()
    record(actor, "meetings.activity.dropped", activity, who=who)
    return activity


@action
def answer_invitation(
    invitation_id: int,
    *,
    actor: Actor,
    at: datetime,
    coming: bool,
    people: Sequence[str] = (),
    remark: str = "",
    version: int | None = None,
) -> ActivityInvitation:
    """Sign up by name (one line each: the name, a space, the post), or say why nobody comes.

    May be given anew until the last day for it; the hosts enter late ones. Raises
    RuleBroken "sign_up_over", "no_names" or "too_many" (field people), "reason_missing"
    (field remark).
    """
    invitation = _locked(invitation_id)
    policy_for(ActivityInvitation).require(actor, "answer", invitation)
    invitation.require_version(version)
    _require_open(invitation, actor, day_of(at))
    _check(invitation, coming, people, remark)
    invitation.answer = AnswerState.COMING if coming else AnswerState.DECLINED
    invitation.answered_at, invitation.answered_by = at, actor
    invitation.remark = remark.strip()
    invitation.store()
    invitation.attendees.all().delete()
    for line in people if coming else ():
        Attendee.objects.create(invitation=invitation, **_person(line))
    answer = {"who": invitation.who, "answer": invitation.answer, "people": len(people)}
    record(actor, "meetings.activity.answered", invitation.activity, **answer)
    if not coming:
        _tell_of_refusal(invitation, actor, at)
    return invitation


@action
def hold(
    activity_id: int,
    *,
    actor: Actor,
    at: datetime,
    held_on: date,
    came: Mapping[int, Came] | None = None,
    uninvited: Sequence[Organization] = (),
    version: int | None = None,
) -> Activity:
    """It took place on a day, and who came, by invitation; given again, it puts right who
    came. `uninvited` units came without being asked: they are put on the list, for their
    people to be named. Raises RuleBroken "future" (field held_on), "bad_transition"."""
    activity = locked_activity(activity_id)
    policy_for(Activity).require(actor, "hold", activity)
    activity.require_version(version)
    require_past(held_on, at, "held_on")
    _take_place(activity, held_on, actor)
    _list_uninvited(activity, uninvited)
    for invitation in activity.invitations.select_for_update(of=("self",)):
        _note_who_came(invitation, (came or {}).get(invitation.pk, Came()))
    return activity


def _take_place(activity: Activity, held_on: date, actor: Actor) -> None:
    activity.held_on = held_on
    if activity.state == S.HELD:
        activity.store()
        record(actor, "meetings.activity.attended", activity, day=held_on.isoformat())
        return
    activity.on = activity.on or held_on
    activity.month = activity.on.replace(day=1)
    move(activity, S.HELD, actor, day=held_on.isoformat())
    keep_report_limit(activity, actor)


def _list_uninvited(activity: Activity, units: Sequence[Organization]) -> None:
    known = set(activity.invitations.values_list("organization", flat=True))
    for unit in units:
        if unit.pk not in known:
            ActivityInvitation(activity=activity, organization=unit).store()


def _note_who_came(invitation: ActivityInvitation, came: Came) -> None:
    people = list(invitation.attendees.filter(signed_up=True))
    for one in people:
        one.came = one.pk in came.people
        one.save()
    invitation.attendees.filter(signed_up=False).delete()
    for line in came.named:
        Attendee.objects.create(invitation=invitation, came=True, signed_up=False, **_person(line))
    invitation.came = sum(bool(one.came) for one in people) + len(came.named) + came.more
    invitation.store()


def _person(line: str) -> dict[str, str]:
    """A line as it is typed: the name, a space, the post."""
    name, _space, post = line.strip().partition(POST_BEGINS)
    return {"name": name, "post": post.strip()}


def _locked(invitation_id: int) -> ActivityInvitation:
    """The invitation with its activity, which is locked first."""
    rows = ActivityInvitation.objects
    activity = locked_activity(rows.values_list("activity_id", flat=True).get(pk=invitation_id))
    locked = rows.select_for_update(of=("self",)).select_related("organization")
    invitation = locked.get(pk=invitation_id)
    invitation.activity = activity
    return invitation


def _require_open(invitation: ActivityInvitation, actor: Actor, today: date) -> None:
    activity = invitation.activity
    if activity.state != S.ANNOUNCED or invitation.told_at is None:
        raise RuleBroken("sign_up_over", _("Answers are taken from the announcement to the day."))
    over = activity.sign_up_by is not None and today > activity.sign_up_by
    if over and actor is not None and not hosts(actor, activity):
        message = _("The last day to sign up is past; ask the host to enter it.")
        raise RuleBroken("sign_up_over", message)


def _check(
    invitation: ActivityInvitation, coming: bool, people: Sequence[str], remark: str
) -> None:
    of_unit = invitation.organization is not None
    if coming and of_unit and not people:
        raise RuleBroken("no_names", _("Name who comes."), "people")
    if coming and invitation.seats is not None and len(people) > invitation.seats:
        message = _("There are %(seats)d seats; you named %(people)d.")
        numbers = {"seats": invitation.seats, "people": len(people)}
        raise RuleBroken("too_many", message % numbers, "people")
    if not coming and of_unit and not remark.strip():
        raise RuleBroken("reason_missing", _("Say why nobody comes."), "remark")


def _tell_of_refusal(invitation: ActivityInvitation, actor: Actor, at: datetime) -> None:
    title = gettext_lazy("A unit that was invited does not come")
    tell_units(
        [invitation.activity.host],
        invitation.activity,
        reason=f"declined:{invitation.pk}:{invitation.version}",
        title=title,
        text=f"{invitation.activity.title} {invitation.who}",
        actor=actor,
        at=at,
    )
