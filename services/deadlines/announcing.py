"""Telling that next year's holidays are not entered, while there is time to enter them."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from foundations.audit.trail import action
from foundations.calendars.models import HolidayYear
from foundations.calendars.queries import NOVEMBER, missing_year
from foundations.notifications.send import notify_once
from members.models import RoleBinding, User
from members.states import Role

TOLD = (Role.SYSTEM_ADMINISTRATOR, Role.LIAISON_OFFICER)


@action
def announce_missing_year(*, on: date, at: datetime) -> int | None:
    """From November on tell system administrators and liaison officers, each once a year.

    The notice leads to the calendar; returns the year that is missing.
    """
    year = missing_year(on) if on.month >= NOVEMBER else None
    known = HolidayYear.objects.filter(region="").order_by("-year").first()
    if year is None or known is None:
        return year
    bound = RoleBinding.objects.on(on).filter(role__in=TOLD)
    people = User.objects.filter(pk__in=bound.values("user"), is_active=True).order_by("pk")
    notify_once(
        people,
        known,
        reason=f"holidays-missing:{year}",
        title=_("The holidays of %(year)d are not entered yet") % {"year": year},
        text=_(
            "The State Council announces the holidays of the next year in November. Until a "
            "system administrator enters them, days of %(year)d are counted by weekends, and "
            "limits that end in it may move."
        )
        % {"year": year},
        at=at,
    )
    return year
