"""Reminders: they ask what is true on the day, so that a missed night loses nothing.

Two steps, each safe to repeat and to run twice at once. First a row for every limit that
has reached a stage, written by the database itself under its unique constraint; then the
people of each row are told, batch by batch.
"""

from datetime import date, datetime

from django.db import connection
from django.db.models import CharField, DateTimeField, Exists, F, OuterRef, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from foundations.audit.trail import action, record
from foundations.notifications.send import Letter, notify_many
from members.models import Jurisdiction
from services.deadlines.explanation import basis_of, day_words
from services.deadlines.ladder import Ladder
from services.deadlines.models import Deadline, DeadlineState, Reminder
from services.deadlines.stages import Stage, rung_of, stages

BATCH = 200


def remind_due(*, on: date, at: datetime) -> int:
    """Remind of every open limit that is near or over on `on`; returns how many were told.

    Places where it is no working day, or outside office hours at `at`, are left for later.
    """
    for place in Jurisdiction.objects.order_by("pk"):
        if at_work(place, on, at):
            reach(place.pk, on=on, at=at)
    return tell_pending(on=on, at=at)


def at_work(place: Jurisdiction, on: date, at: datetime) -> bool:
    """Is it a working day there, and `at` within office hours?"""
    now = timezone.localtime(at).time()
    return place.calendar.is_workday(on) and place.opens_at <= now < place.closes_at


@action
def reach(place_id: int, *, on: date, at: datetime) -> int:
    """A row for every open limit of a place and the stage that it has reached on `on`.

    The database selects and writes in one statement; a row that is there stays.
    """
    place = Jurisdiction.objects.get(pk=place_id)
    reached = sum(_note(place, stage, at) for stage in stages(on, place.calendar))
    if reached:
        record(None, "deadlines.reminders.reached", place, on=str(on), count=reached)
    return reached


def _note(place: Jurisdiction, stage: Stage, at: datetime) -> int:
    near = Deadline.objects.open().filter(jurisdiction=place, due_on__lte=stage.last)
    if stage.first is not None:
        near = near.filter(due_on__gte=stage.first)
    known = Reminder.objects.filter(
        deadline=OuterRef("pk"), due_on=OuterRef("due_on"), stage=stage.key
    )
    rows = near.filter(~Exists(known)).values_list(
        "pk",
        F("due_on"),
        Value(stage.key, output_field=CharField()),
        Value(at, output_field=DateTimeField()),
    )
    return _insert(rows.order_by())


def _insert(rows: QuerySet) -> int:
    """INSERT … SELECT, which the ORM cannot say; both databases read it alike."""
    chosen, parameters = rows.query.sql_with_params()
    quote = connection.ops.quote_name
    columns = ", ".join(map(quote, ("deadline_id", "due_on", "stage", "at")))
    table = quote(Reminder._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) {chosen} ON CONFLICT DO NOTHING",
            parameters,
        )
        return cursor.rowcount


def tell_pending(*, on: date, at: datetime) -> int:
    """Tell the people of all rows that nobody was told of; how many limits were told."""
    told, ladder = 0, Ladder(on)
    while batch := tell_batch(ladder, at=at):
        told += batch
    return told


@action
def tell_batch(ladder: Ladder, *, at: datetime) -> int:
    """The next rows; a second worker takes those after them. 0 when there is none."""
    rows = list(
        Reminder.objects.filter(told_at=None)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related(
            "deadline__jurisdiction",
            "deadline__owed_by",
            "deadline__handler",
            "deadline__provision__version__mechanism",
        )
        .order_by("pk")[:BATCH]
    )
    letters = [letter for row in rows if holds(row) for letter in _letters(row, ladder)]
    notify_many(letters, at=at)
    Reminder.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=at)
    return len(rows)


def holds(row: Reminder) -> bool:
    """Is the limit still open, and its day the one of the row?"""
    deadline = row.deadline
    return deadline.state == DeadlineState.OPEN and deadline.due_on == row.due_on


def _letters(row: Reminder, ladder: Ladder) -> list[Letter]:
    deadline = row.deadline
    title, text = title_of(deadline, row.stage), _text(deadline)
    reason = f"due:{row.stage}:{row.due_on}"
    return [
        Letter(recipient=user, subject=deadline, reason=reason, title=title, text=text)
        for user in ladder.recipients(deadline, rung_of(row.stage))
    ]


def title_of(deadline: Deadline, stage: str) -> str:
    names = {"title": deadline.title, "day": day_words(deadline.due_on)}
    if stage.startswith("late"):
        return _("Overdue since %(day)s: %(title)s") % names
    if stage == "today":
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
