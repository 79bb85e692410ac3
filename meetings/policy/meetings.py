from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from foundations.access.policy import Policy, register
from meetings.models import Invitation, Meeting, MeetingSeries
from meetings.policy.circle import invited, is_officer, is_secretariat
from meetings.states import CALLED
from members.models import Seat, User
from members.standing import standing
from members.states import Role


def proposed_it(user: User, meeting: Meeting) -> bool:
    """Whoever proposed an ad-hoc meeting convenes it, and may put it forward again (YN-17)."""
    return is_officer(user, meeting, meeting.host)


def plans(user: User, series: MeetingSeries) -> bool:
    """The officer of either side, where the mechanism is at home."""
    mine = standing(user)
    return (
        mine.has(Role.LIAISON_OFFICER) and series.mechanism.jurisdiction_id in mine.jurisdictions
    )


def _seated(organizations: Iterable[int]) -> Exists:
    """Has one of the organizations a seat in the body on the meeting's day?"""
    seats = Seat.objects.on(OuterRef("planned_on")).filter(body=OuterRef("mechanism__body"))
    return Exists(
        seats.filter(
            Q(post__organization__in=organizations)
            | Q(post__organization__parent__in=organizations)
            | Q(ex_officio_organization__in=organizations)
        )
    )


@register(Meeting)
class MeetingPolicy(Policy):
    """Secretariats and leaders see their jurisdiction's meetings, member units those of
    the body in which they sit; others what they are invited to or owe something from."""

    rules = {
        "propose_day": is_officer,
        "propose_ad_hoc": is_officer,
        "propose_again": proposed_it,
        "answer": is_officer,
        "postpone": is_officer,
        "cancel": is_officer,
        "swap": is_officer,
        "notify": is_officer,
        "arrange": is_secretariat,
        "record": is_secretariat,
    }

    def visible(self, user: User, rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
        mine = standing(user)
        near = Q(
            pk__in=Invitation.objects.filter(invited(user), notified_at__isnull=False).values(
                "meeting"
            )
        )
        if mine.has(Role.MEMBER_UNIT):
            near |= Q(resolutions__lead__in=mine.organizations)
            near |= Q(topics__organization__in=mine.organizations)
            near |= Q(_seated(mine.organizations), state__in=CALLED)
        if mine.has(Role.LIAISON_OFFICER, Role.RECORDER, Role.LEADER):
            near |= Q(mechanism__jurisdiction__in=mine.jurisdictions)
        return rows.filter(pk__in=rows.model.objects.filter(near).values("pk"))


@register(MeetingSeries)
class SeriesPolicy(Policy):
    rules = {"restart": plans}

    def visible(self, user: User, rows: QuerySet[MeetingSeries]) -> QuerySet[MeetingSeries]:
        return rows.filter(mechanism__jurisdiction__in=standing(user).jurisdictions)
