"""The only writer of the holiday tables after their first seeding."""

from collections.abc import Iterable
from itertools import pairwise

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.calendars.changes import dependents
from foundations.calendars.models import HolidayDay, HolidayYear
from foundations.calendars.tables import Row, days_digest


@action
def publish_year(
    year: int,
    *,
    actor: Actor,
    source: str,
    days: Iterable[Row],
    region: str = "",
    version: int | None = None,
) -> HolidayYear:
    """Put the days of a year's notice in the place of those known for it.

    `days` are (day, kind, name); `version` is the one that a form showed, 0 for a year that
    was not known. Raises RuleBroken: "other_year" for a day outside the year, "day_twice"
    for a day that is named twice, "stale" where another version was published meanwhile.
    """
    rows = sorted(days)
    policy_for(HolidayYear).require(actor, "publish")
    _check(year, rows)
    notice, _new = HolidayYear.objects.select_for_update().get_or_create(
        year=year, region=region, defaults={"source": source, "version": 0}
    )
    if version is not None and version != notice.version:
        message = _("This year was published by someone else meanwhile.")
        raise RuleBroken("stale", message, version=notice.version)
    digest = days_digest(rows)
    if notice.digest == digest and notice.source == source:
        return notice
    notice.source, notice.digest, notice.version = source, digest, notice.version + 1
    notice.full_clean()
    notice.save()
    notice.days.all().delete()
    HolidayDay.objects.bulk_create(
        HolidayDay(year=notice, day=day, kind=kind, name=name) for day, kind, name in rows
    )
    record(actor, "calendars.year.published", notice, source=source, days=len(rows))
    for dependent in dependents():
        dependent.told()
    return notice


def _check(year: int, rows: list[Row]) -> None:
    outside = [day for day, _kind, _name in rows if day.year != year]
    if outside:
        raise RuleBroken(
            "other_year",
            _("%(day)s is not in the year %(year)s.") % {"day": outside[0], "year": year},
        )
    named = [day for day, _kind, _name in rows]
    twice = [day for day, after in pairwise(named) if day == after]
    if twice:
        raise RuleBroken("day_twice", _("%(day)s is named twice.") % {"day": twice[0]})
