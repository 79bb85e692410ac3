"""Joint activities in a wanted state, made by the actions of their hosts."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from meetings.actions import activities, activity_guests
from meetings.actions.activities import ActivityWords
from meetings.models import Activity

TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.get_default_timezone())
DAY = date(2026, 12, 10)


def words(city, kind="training", host="court", **given) -> ActivityWords:
    values = {
        "title": "行政应诉业务培训",
        "on": DAY,
        "starts_at": time(9, 30),
        "place": "市人民法院五楼报告厅",
        "about": "行政诉讼证据规则。",
        "sign_up_by": date(2026, 12, 4),
    }
    return ActivityWords(kind=kind, host=city.organizations[host], **{**values, **given})


def plan(city, kind="training", host="court", by="court_officer", at=AT, **given) -> Activity:
    return activities.plan_activity(
        city.mechanism.pk,
        actor=city.users[by],
        at=at,
        words=words(city, kind, host, **given),
    )


def invite(city, activity, *units, by="court_officer", groups=(), seats=None, at=AT) -> Activity:
    return activity_guests.invite(
        activity.pk,
        actor=city.users[by],
        at=at,
        units=[city.organizations[unit] for unit in units],
        groups=groups,
        seats=seats,
    )


def announced(city, *units, by="court_officer", groups=(), seats=None, **given) -> Activity:
    activity = plan(city, by=by, **given)
    if units or groups:
        invite(city, activity, *units, by=by, groups=groups, seats=seats)
    return activities.announce(activity.pk, actor=city.users[by], at=AT)


def later(day=DAY, hour=17) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=timezone.get_default_timezone())


def took_place(city, *units, by="court_officer", held_on=DAY, **given) -> Activity:
    """Announced and held on `held_on`, nobody having come."""
    activity = announced(city, *units, by=by, **given)
    return activity_guests.hold(
        activity.pk, actor=city.users[by], at=later(held_on), held_on=held_on
    )


def logged(city, on, kind="training", host="court", by="court_officer", **given) -> Activity:
    """Entered on the day after it took place, without an announcement."""
    at = later(on + timedelta(days=1))
    activity = plan(city, kind, host, by, at, **{"on": on, "sign_up_by": None, **given})
    return activity_guests.hold(activity.pk, actor=city.users[by], at=at, held_on=on)
