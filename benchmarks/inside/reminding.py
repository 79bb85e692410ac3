"""The daily run of reminders against bare SQL that selects and writes the same.

python -m benchmarks.inside.reminding LIMITS     loads, measures, prints JSON
python -m benchmarks.inside.reminding work       is one of two workers at once
"""

import json
import resource
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

from django.core.management import call_command
from django.db import connection

from benchmarks.timing import in_turns, ratio
from foundations.notifications.models import Notice
from members.models import Jurisdiction, Organization, User
from services.deadlines.models import Reminder
from services.deadlines.reminders import remind_due

ON = date(2026, 11, 24)  # a Tuesday
AT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # 9:00 there
UNITS, HANDLERS = 200, 1000
OVERDUE, AHEAD = 200, 560  # the days over which the last days are spread
ROUNDS = 3
LIMITS_SQL = """
INSERT INTO deadlines_deadline (public_id, version, created_at, subject_type_id, subject_id, rule,
    title, jurisdiction_id, owed_by_id, handler_id, basis, trigger_on, nominal_on, due_on, steps,
    provisional, length_n, length_unit, before, own_length, counted_with, state)
SELECT 'd' || n, 1, now(), (SELECT min(id) FROM django_content_type), n, 'SJ-REPLY',
    '答复司法建议第' || n || '号', %(place)s, %(unit)s + n %% %(units)s,
    %(handler)s + n %% %(handlers)s, '司法建议工作的规定第八条', due - 60, due, due, '[]',
    false, 60, 'days', false, false, '', 'open'
FROM (SELECT n, %(on)s::date - %(overdue)s + (n %% %(spread)s)::int AS due
      FROM generate_series(1, %(limits)s) AS n) AS made
"""
STAGES_SQL = """
SELECT id, due_on, stage FROM deadlines_deadline JOIN (VALUES
    ('today', 0, 0), ('before-1', 1, 1), ('before-3', 2, 3), ('before-7', 4, 9),
    ('before-15', 10, 21), ('late-0', -100000, -1), ('late-1', -100000, -7),
    ('late-2', -100000, -14), ('late-3', -100000, -21)
) AS stages (stage, first, last) ON due_on BETWEEN %(on)s::date + first AND %(on)s::date + last
WHERE state = 'open' AND jurisdiction_id = %(place)s AND NOT EXISTS (
    SELECT FROM deadlines_reminder AS known WHERE known.deadline_id = deadlines_deadline.id
        AND known.due_on = deadlines_deadline.due_on AND known.stage = stages.stage)
"""
REMINDERS_SQL = f"""
INSERT INTO deadlines_reminder (deadline_id, due_on, stage, at, told_at)
SELECT id, due_on, stage, %(at)s, %(at)s FROM ({STAGES_SQL}) AS reached ON CONFLICT DO NOTHING
"""  # noqa: S608 - made of constants
RUN_SQL = f"""
WITH new AS ({REMINDERS_SQL} RETURNING deadline_id, due_on, stage),
told AS (INSERT INTO notifications_notice
    (public_id, recipient_id, subject_type_id, subject_id, reason, title, neutral_title, text, at)
SELECT left(md5(random()::text || deadline_id), 12), handler_id, subject_type_id, deadline_id,
    'due:' || stage || ':' || new.due_on, title, name, title || basis, %(at)s
FROM new JOIN deadlines_deadline ON deadlines_deadline.id = deadline_id
    JOIN members_organization ON members_organization.id = owed_by_id
ON CONFLICT DO NOTHING RETURNING id, reason)
INSERT INTO notifications_delivery
    (notice_id, channel, state, message_id, attempts, due_at, error)
SELECT id, 'mail', 'waiting', '<' || md5(random()::text || id) || '@portal>', 0, %(at)s, ''
FROM told WHERE reason NOT LIKE 'due:before%%'
"""  # noqa: S608 - made of constants


class Field:
    """The rows of one size, and what is done with them in turns."""

    def __init__(self, limits: int):
        for room in ("audit", "calendars", "deadlines", "notifications"):
            call_command("migrate", room, verbosity=0)
        self.place = Jurisdiction.objects.create(key="bench", name="试验市")
        self.given: dict[str, int | date | datetime] = {"place": self.place.pk, "on": ON, "at": AT}
        self._load(limits)

    def _load(self, limits: int) -> None:
        units = Organization.objects.bulk_create(
            Organization(
                jurisdiction=self.place,
                key=f"unit-{n}",
                name=f"试验市第{n}局",
                short_name=f"{n}局",
                kind="agency",
                side="government",
            )
            for n in range(UNITS)
        )
        users = User.objects.bulk_create(
            User(username=f"user-{n}", email=f"user-{n}@example.test") for n in range(HANDLERS)
        )
        first = {"unit": units[0].pk, "handler": users[0].pk}
        spread = {"units": UNITS, "handlers": HANDLERS, "spread": OVERDUE + AHEAD}
        self.run("SET session_replication_role = replica")  # foreign keys are not looked up
        self.run(LIMITS_SQL, limits=limits, overdue=OVERDUE, **first, **spread)
        yesterday = {"on": ON - timedelta(days=1), "at": AT - timedelta(days=1)}
        self.run(REMINDERS_SQL, **yesterday)
        self.run("RESET session_replication_role")
        self.run("VACUUM ANALYZE")

    def run(self, sql: str, **given: int | date | datetime) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, self.given | given)

    def forget(self) -> None:
        """The day as it was before the run."""
        self.run("TRUNCATE notifications_notice CASCADE")
        self.run("DELETE FROM deadlines_reminder WHERE at >= %(at)s")
        self.run("VACUUM ANALYZE deadlines_reminder")

    @property
    def told(self) -> int:
        return Notice.objects.count()


def measure(limits: int) -> dict:
    field = Field(limits)
    remind_due(on=ON, at=AT)
    told = field.told
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    times = in_turns(
        {
            "daily run of reminders": lambda: remind_due(on=ON, at=AT),
            "bare SQL that writes the same": lambda: field.run(RUN_SQL),
        },
        ROUNDS,
        before=field.forget,
    )
    field.forget()
    twice, twins = _by_two()
    run, bare = times.values()
    return {
        "times": {name: round(value) for name, value in times.items()},
        "ratios": {"daily run of reminders / bare SQL that writes the same": ratio(run, bare)},
        "memory": memory,
        "counts": {
            f"notices of the daily run, {limits} limits": told,
            f"notices of two workers at once, {limits} limits": twice,
            f"of these told twice, {limits} limits": twins,
        },
    }


def _by_two() -> tuple[int, int]:
    """How many notices two workers at once wrote, and how many of these are twins."""
    command = [sys.executable, "-m", "benchmarks.inside.reminding", "work"]
    workers = [subprocess.Popen(command) for _n in range(2)]  # noqa: S603 - our own
    if any(worker.wait() for worker in workers):
        raise RuntimeError("A worker failed.")
    rows = Notice.objects.values_list("recipient", "subject_id", "reason")
    twins = rows.count() - rows.distinct().count()
    if Reminder.objects.filter(told_at=None).exists():
        raise RuntimeError("Two workers left something untold.")
    return rows.count(), twins


def main() -> None:
    asked = sys.argv[1]
    if asked == "work":
        remind_due(on=ON, at=AT)
    else:
        json.dump(measure(int(asked)), sys.stdout)


if __name__ == "__main__":
    main()
