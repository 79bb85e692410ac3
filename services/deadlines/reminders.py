"""Reminders: they ask what is true on the day, so that a missed night loses nothing.

Two steps, each safe to repeat and to run twice at once. First a row for every limit that
has reached a stage, written by the database itself under its unique constraint; then the
people of each row are told, batch by batch.
"""

from datetime import date, datetime

from django.db import connection
from django.db.models import (
    CharField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Prefetch,
    QuerySet,
    Value,
)
from django.utils import timezone

from foundations.audit.trail import action, record
from foundations.notifications.preferences import muted_stages
from foundations.notifications.send import Letter, notify_many
from mechanisms.models import Provision
from members.models import Jurisdiction, Organization, User
from services.deadlines.ladder import Ladder
from services.deadlines.models import Deadline, DeadlineState, Reminder
from services.deadlines.stages import Stage, is_at, rung_of, stages
from services.deadlines.wording import EARLY_STAGES, Words

BATCH = 1000
READ = (
    "stage",
    "due_on",
    "deadline__title",
    "deadline__state",
    "deadline__window",
    "deadline__due_on",
    "deadline__basis",
    "deadline__jurisdiction",
    "deadline__owed_by",
    "deadline__handler",
    "deadline__provision",
)
SHARED = (  # many limits have these in common
    Prefetch("deadline__owed_by", Organization.objects.only("name", "side", "parent")),
    Prefetch("deadline__handler", User.objects.only("is_active", "expires_on", "email")),
    Prefetch("deadline__provision", Provision.objects.only("citation")),
)


def remind_due(*, on: date, at: datetime) -> int:
    """Remind of every open limit that is near or over on `on`; returns how many were told.

    Places where it is no working day, or outside office hours at `at`, are left for later.
    """
    places = [place for place in Jurisdiction.objects.order_by("pk") if at_work(place, on, at)]
    for place in places:
        reach(place.pk, on=on, at=at)
    return tell_pending(places, on=on, at=at) if places else 0


def at_work(place: Jurisdiction, on: date, at: datetime) -> bool:
    """Is it a working day there, and `at` within office hours?"""
    now = timezone.localtime(at).time()
    return place.calendar.is_workday(on) and place.opens_at <= now < place.closes_at


@action
def reach(place_id: int, *, on: date, at: datetime) -> int:
    """A row for every open limit of a place and the stage that it has reached on `on`.

    The database selects and writes in one statement; a row that is there stays. A limit
    that somebody changes at this moment is left for the next run: to wait for it here, and
    for the trail there, could be for ever.
    """
    place = Jurisdiction.objects.get(pk=place_id)
    reached = sum(_note(place, stage, at) for stage in stages(on, place.calendar))
    if reached:
        record(None, "deadlines.reminders.reached", place, on=str(on), count=reached)
    return reached


def _note(place: Jurisdiction, stage: Stage, at: datetime) -> int:
    near = Deadline.objects.duties().filter(jurisdiction=place, due_on__lte=stage.last)
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
    return _insert(rows.order_by().select_for_update(skip_locked=True, no_key=True))


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


def tell_pending(places: list[Jurisdiction], *, on: date, at: datetime) -> int:
    """Tell the people of all rows of these places that nobody was told of; how many rows."""
    told, ladder, words = 0, Ladder(on), Words()
    while batch := tell_batch(places, ladder, words, at=at):
        told += batch
    return told


@action
def tell_batch(places: list[Jurisdiction], ladder: Ladder, words: Words, *, at: datetime) -> int:
    """The next rows; a second worker takes those after them. 0 when there is none.

    Early stages are read in the portal and in the digest; what is due today or climbs the
    ladder takes every way that its recipient has chosen.
    """
    rows = list(
        Reminder.objects.filter(told_at=None, deadline__jurisdiction__in=places)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("deadline")
        .prefetch_related(*SHARED)
        .only(*READ)
        .order_by("pk")[:BATCH]
    )
    muted = muted_stages()
    letters = [
        Letter(
            recipient=user,
            subject=row.deadline,
            reason=f"due:{row.stage}:{row.due_on}",
            title=words.title(row.deadline, row.stage),
            neutral_title=words.neutral_title(row.deadline, row.stage),
            text=words.text(row.deadline),
            goes_out=row.stage not in EARLY_STAGES,
        )
        for row in rows
        if holds(row, ladder.on)
        for user in ladder.recipients(row.deadline, rung_of(row.stage))
        if (user.pk, row.stage) not in muted
    ]
    notify_many(letters, at=at)
    Reminder.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=at)
    return len(rows)


def holds(row: Reminder, on: date) -> bool:
    """Is the limit still open, its day the one of the row, and the stage not over?

    A row that a stopped worker left behind is not told when it has become untrue.
    """
    deadline = row.deadline
    still = deadline.state == DeadlineState.OPEN and deadline.due_on == row.due_on
    still = still and not deadline.window
    return still and is_at(row.stage, row.due_on, on)
