"""Who belongs to a meeting: the questions that its policies share."""

from django.db.models import Q

from mechanisms.queries import parties
from meetings.models import Meeting
from meetings.states import AttendanceState
from members.models import User
from members.standing import standing
from members.states import Role


def acts_for_side(user: User, meeting: Meeting, side: str, *roles: str) -> bool:
    """Does the user hold one of `roles` (default: secretariat) on that side here?"""
    mine = standing(user)
    wanted = roles or (Role.LIAISON_OFFICER, Role.RECORDER)
    return (
        mine.has(*wanted)
        and side in mine.sides
        and meeting.mechanism.jurisdiction_id in mine.jurisdictions
    )


def sides_of(meeting: Meeting) -> list[str]:
    """The sides of the meeting's mechanism, in its order."""
    return [party.side for party in parties(meeting.mechanism)]


def is_secretariat(user: User, meeting: Meeting) -> bool:
    """Both secretariats have equal rights on meeting drafts (YN-5)."""
    return any(acts_for_side(user, meeting, side) for side in sides_of(meeting))


def is_officer(user: User, meeting: Meeting, side: str | None = None) -> bool:
    """Is the user the liaison officer of `side`, or of any side of the mechanism?"""
    wanted = [side] if side else sides_of(meeting)
    return any(acts_for_side(user, meeting, one, Role.LIAISON_OFFICER) for one in wanted)


def own_side(user: User, meeting: Meeting) -> str:
    """The side of the mechanism for which the user acts; "" for none."""
    mine = standing(user).sides
    return next((side for side in sides_of(meeting) if side in mine), "")


def invited(user: User) -> Q:
    """Invitations of the user, as invitee or as substitute."""
    if user.person_id is None:
        return Q(pk__in=())
    return Q(person=user.person_id) | Q(substitute=user.person_id)


def took_part(user: User) -> Q:
    """Invitations by which the user sat in the meeting: as the invitee who came, or as the
    substitute who came instead. Who was on leave did not take part (YN-20)."""
    if user.person_id is None:
        return Q(pk__in=())
    came = Q(person=user.person_id, attendance=AttendanceState.PRESENT)
    return came | Q(substitute=user.person_id, attendance=AttendanceState.SUBSTITUTE)
