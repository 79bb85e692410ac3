"""Reminders: they ask what is true on the day, so that a missed night loses nothing."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils.translation import gettext as _

from foundations.audit.trail import action, record
from foundations.calendars.working_days import WorkCalendar
from foundations.notifications.send import notify_once
from members.models import Jurisdiction
from members.rosters import users_of
from services.deadlines.explanation import basis_of, day_words
from services.deadlines.models import Deadline, DeadlineState, Reminder

WORKDAYS_BEFORE = (0, 1, 3)
WEEK = 7


def remind_due(*, on: date, at: datetime) -> int:
    """Remind of every open limit that is near or over on `on`; returns how many were told.

    Each threshold of a due date is told once: three working days, one, the day itself,
    then once a week. A limit that moves starts anew.
    """
    return sum(
        _remind(deadline_id, threshold, on=on, at=at)
        for deadline_id, threshold in list(_reached(on))
    )


def threshold_of(due_on: date, on: date, calendar: WorkCalendar) -> str:
    """The latest threshold that `on` has reached; "" while the day is far off."""
    if on > due_on:
        return f"overdue-{(on - due_on).days // WEEK}:{due_on}"
    for days in WORKDAYS_BEFORE:
        if on >= calendar.add_workdays(due_on, -days):
            return f"workdays-{days}:{due_on}"
    return ""


def _reached(on: date) -> Iterator[tuple[int, str]]:
    for place in Jurisdiction.objects.order_by("pk"):
        calendar = place.calendar
        horizon = calendar.next_workday(calendar.add_workdays(on, max(WORKDAYS_BEFORE) + 1))
        near = Deadline.objects.open().filter(jurisdiction=place, due_on__lte=horizon)
        told = set(
            Reminder.objects.filter(deadline__in=near).values_list("deadline_id", "threshold")
        )
        for pk, due_on in near.order_by("due_on", "pk").values_list("pk", "due_on"):
            threshold = threshold_of(due_on, on, calendar)
            if threshold and (pk, threshold) not in told:
                yield pk, threshold


@action
def _remind(deadline_id: int, threshold: str, *, on: date, at: datetime) -> bool:
    """Tell those who owe it; False if it was told or closed meanwhile, or nobody is there."""
    deadline = (
        Deadline.objects.select_for_update(of=("self",))
        .select_related("jurisdiction", "owed_by", "handler", "provision")
        .get(pk=deadline_id)
    )
    people = recipients(deadline, on)
    if deadline.state != DeadlineState.OPEN or not people:
        return False
    reminder, new = Reminder.objects.get_or_create(
        deadline=deadline, threshold=threshold, defaults={"at": at}
    )
    if new:
        notify_once(
            people,
            deadline,
            reason=f"due:{threshold}",
            title=_title(deadline, on),
            text=_text(deadline),
            at=at,
        )
        record(None, "deadlines.deadline.reminded", deadline, threshold=reminder.threshold)
    return new


def recipients(deadline: Deadline, on: date) -> list:
    """The handler, or everyone who acts for the organization when there is none (any more)."""
    if deadline.handler is not None and deadline.handler.is_active:
        return [deadline.handler]
    return users_of(deadline.owed_by, on)


def _title(deadline: Deadline, on: date) -> str:
    names = {"title": deadline.title, "day": day_words(deadline.due_on)}
    if on > deadline.due_on:
        return _("Overdue since %(day)s: %(title)s") % names
    if on == deadline.due_on:
        return _("Due today: %(title)s") % names
    return _("Due on %(day)s: %(title)s") % names


def _text(deadline: Deadline) -> str:
    names = {
        "organization": deadline.owed_by.name,
        "title": deadline.title,
        "day": day_words(deadline.due_on),
    }
    said = _("%(organization)s is to do this by %(day)s: %(title)s.") % names
    basis = basis_of(deadline)
    return f"{said}\n{basis}" if basis else said
