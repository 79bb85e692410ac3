"""Joint activities on somebody's desk: sign up, give it a day, say who came, hand in."""

from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from foundations.access.policy import visible_to
from foundations.ledgers.work import WorkItem
from meetings.models import Activity, ActivityInvitation
from meetings.states import ActivityState, AnswerState
from meetings.work.reading import Reading
from members.desk import Sort, Sorts
from members.policy import WORKERS

S = ActivityState


def sorts(reading: Reading) -> Sorts:
    if reading.mine.has(*WORKERS):
        yield Sort(_invited(reading), _asked)
        yield Sort(_own(reading), _hosted)


def _invited(reading: Reading) -> QuerySet[ActivityInvitation]:
    """Invitations of the own units that wait for an answer."""
    units = reading.mine.organizations
    rows: QuerySet[ActivityInvitation] = visible_to(reading.user, ActivityInvitation).filter(
        organization__in=units,
        told_at__isnull=False,
        answer=AnswerState.NONE,
        activity__state=S.ANNOUNCED,
        activity__on__gte=reading.on,
    )
    return rows.exclude(activity__host__in=units)


def _asked(_reading: Reading, rows: QuerySet[ActivityInvitation]) -> list[WorkItem]:
    near = rows.select_related("activity__host")
    return [
        _item(
            _("Sign up for “%(activity)s”") % {"activity": one.activity.title},
            reverse("meetings:activity-answer", args=[one.public_id]),
            _("Answer"),
            one.activity,
            one.activity.sign_up_by or one.activity.on,
        )
        for one in near.order_by("activity__on", "pk")
    ]


def _hosted(reading: Reading, rows: QuerySet[Activity]) -> list[WorkItem]:
    """What a host owes next: a day in the planned month, who came, the report, the outcome."""
    found = []
    for activity in rows.select_related("host", "report").order_by("month", "pk"):
        step = _next(activity, reading.on)
        if step is not None:
            title, name, verb, day = step
            url = reverse(f"meetings:{name}", args=[activity.public_id])
            found.append(_item(title % {"activity": activity.title}, url, verb, activity, day))
    return found


def _own(reading: Reading) -> QuerySet[Activity]:
    rows = Activity.objects.filter(host__in=reading.mine.organizations)
    due = Q(state=S.PLANNED, month__lte=reading.on) | Q(state=S.ANNOUNCED, on__lte=reading.on)
    return rows.filter(due | Q(state=S.HELD))


def _next(activity: Activity, on: date) -> tuple[str, str, str, date | None] | None:
    if activity.state == S.PLANNED and activity.on is None:
        return _("Give “%(activity)s” its day"), "activity-edit", _("Set the day"), None
    if activity.state == S.PLANNED:
        return _("“%(activity)s” is to be announced"), "activity", _("Announce"), activity.on
    if activity.state == S.ANNOUNCED:
        return _("Say who came to “%(activity)s”"), "activity-hold", _("Record"), activity.on
    if activity.report_due_on and not hasattr(activity, "report"):
        title = _("Hand in the report on “%(activity)s”")
        return title, "activity-report", _("Hand in"), activity.report_due_on
    title = _("Say what came of “%(activity)s”")
    return title, "activity-conclude", _("Bring to its end"), None


def _item(title: str, url: str, verb: str, activity: Activity, day: date | None) -> WorkItem:
    return WorkItem(
        group="todo",
        title=title,
        url=url,
        verb=verb,
        day=day,
        meta=(str(activity.get_kind_display()),),
        party=activity.host.short_name,
        party_note=_("host"),
    )
