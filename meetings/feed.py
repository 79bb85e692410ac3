"""A person's meetings as entries of the own calendar; the same UID as the invitation's."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q

from foundations.access.policy import visible_to
from foundations.notifications.feeds import Entry, Window
from meetings.invitation_mail import LENGTH, MORNING, ZONE
from meetings.models import Invitation, Meeting
from meetings.policy.circle import invited
from meetings.states import CALLED, MeetingState, ReceiptState
from members.models import User
from members.standing import standing

MOST = 200
BEFORE = timedelta(hours=-1)
AWAY = (ReceiptState.LEAVE, ReceiptState.SUBSTITUTE)


def meetings_of(user: User, window: Window) -> Iterator[Entry]:
    """Where the user is expected, and what the user's secretariat prepares, with a day that
    both sides agreed to. One that was called off stays, as cancelled."""
    rows = visible_to(user, Meeting).filter(
        _expected(user, window),
        state__in=CALLED | {MeetingState.CANCELLED},
        day_agreed_at__isnull=False,
        planned_on__range=(window.since, window.until),
    )
    for meeting in rows.order_by("planned_on", "pk")[:MOST]:
        yield Entry(
            uid=f"{meeting.public_id}@portal",
            sequence=meeting.sequence,
            summary=meeting.title,
            start=datetime.combine(meeting.planned_on, meeting.starts_at or MORNING, tzinfo=ZONE),
            length=LENGTH,
            path=meeting.get_absolute_url(),
            place=meeting.place,
            cancelled=meeting.state == MeetingState.CANCELLED,
            alarms=(BEFORE,),
        )


def _expected(user: User, window: Window) -> Q:
    """Whoever is on leave or sends somebody else is not expected; the substitute is."""
    mine = standing(user, window.on)
    away = Q(receipt__in=AWAY, person=user.person_id)
    told = Invitation.objects.filter(invited(user), notified_at__isnull=False).exclude(away)
    expected = Q(pk__in=told.values("meeting"))
    if mine.is_secretariat:
        expected |= Q(mechanism__jurisdiction__in=mine.jurisdictions)
    return expected
