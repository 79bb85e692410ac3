"""Hearings as entries of a person's own calendar."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.hearings.states import HearingState
from cases.models import Appearance, Hearing
from foundations.access.policy import visible_to
from foundations.notifications.feeds import Entry, Window
from members.models import User
from members.standing import standing

MOST = 200
LENGTH = timedelta(hours=2)
ALARMS = (timedelta(days=-1), timedelta(hours=-1))
SHOWN = (HearingState.SET, HearingState.HELD, HearingState.CANCELLED, HearingState.ADJOURNED)


def hearings_of(user: User, window: Window) -> Iterator[Entry]:
    """At the user's court or organ, or with the user's agency; one that fell away stays, as
    cancelled. No party is named: the file lies outside the portal."""
    mine = standing(user, window.on).organizations
    own = Appearance.objects.filter(organization__in=mine).values("hearing")
    rows = visible_to(user, Hearing).filter(
        Q(procedure__organ__in=mine) | Q(pk__in=own),
        state__in=SHOWN,
        on__range=(window.since, window.until),
    )
    zone = timezone.get_default_timezone()
    for hearing in rows.select_related("procedure").order_by("on", "starts_at", "pk")[:MOST]:
        procedure = hearing.procedure
        case = procedure.number or procedure.get_kind_display()
        yield Entry(
            uid=f"hearing-{hearing.public_id}@portal",
            sequence=hearing.sequence,
            summary=_("Hearing: %(case)s") % {"case": case},
            start=datetime.combine(hearing.on, hearing.starts_at, tzinfo=zone),
            length=LENGTH,
            path=hearing.get_absolute_url(),
            place=hearing.place,
            cancelled=hearing.state in (HearingState.CANCELLED, HearingState.ADJOURNED),
            alarms=ALARMS,
        )
