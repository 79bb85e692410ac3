"""Telling that next year's holidays are not entered, while there is time to enter them."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from foundations.audit.trail import action
from foundations.calendars.models import HolidayYear
from foundations.calendars.queries import NOVEMBER, lacks_next_year, missing_year
from foundations.calendars.working_days import REGIONS
from foundations.notifications.send import notify_once
from members.models import Jurisdiction, RoleBinding, User
from members.states import Role


@action
def announce_missing_years(*, on: date, at: datetime) -> None:
    """From November on tell system administrators and liaison officers, each once a year.

    The nation's notice is told to all of them, a region's to the officers of the places that
    count its days. The notices lead to the calendar.
    """
    known = HolidayYear.objects.filter(region="").order_by("-year").first()
    if on.month < NOVEMBER or known is None:
        return
    if year := missing_year(on):
        _announce_nation(year, known, on=on, at=at)
    for region in _regions():
        if lacks_next_year(on, region):
            _announce_region(region, known, on=on, at=at)


def _announce_nation(year: int, known: HolidayYear, *, on: date, at: datetime) -> None:
    notify_once(
        _people(on, Q(role__in=(Role.SYSTEM_ADMINISTRATOR, Role.LIAISON_OFFICER))),
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


def _announce_region(region: str, known: HolidayYear, *, on: date, at: datetime) -> None:
    officers = Q(role=Role.LIAISON_OFFICER, jurisdiction__in=_places(region))
    names = {"region": REGIONS[region], "year": on.year + 1}
    notify_once(
        _people(on, Q(role=Role.SYSTEM_ADMINISTRATOR) | officers),
        known,
        reason=f"holidays-missing:{on.year + 1}:{region}",
        title=_("The own holidays of %(region)s in %(year)d are not entered yet") % names,
        text=_(
            "Until a system administrator enters the notice of %(region)s, its own holidays of "
            "%(year)d count as working days, and limits that end on them may move."
        )
        % names,
        at=at,
    )


def _regions() -> Iterator[str]:
    """Those with days of their own that some place counts."""
    return (region for region in REGIONS if _places(region).exists())


def _places(region: str) -> QuerySet[Jurisdiction]:
    return Jurisdiction.objects.filter(division_code__startswith=region, regional_days=True)


def _people(on: date, bound: Q) -> QuerySet[User]:
    users = RoleBinding.objects.on(on).filter(bound).values("user")
    return User.objects.filter(pk__in=users, is_active=True).order_by("pk")
