from argparse import ArgumentParser
from datetime import datetime, time
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from services.deadlines import digests, reminders
from services.deadlines.management.commands.due_date import day


class Command(BaseCommand):
    help = (
        "Remind of every limit that is near or over, and send the digests, as the hourly run "
        "does. Harmless to repeat. With a later day it shows in a trial portal what that day "
        "would bring; in a working one it reminds people too early."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--on", metavar="DATE", help="as if at ten o'clock of this day; default: now"
        )

    def handle(self, *, on: str | None, **options: Any) -> None:
        asked = datetime.combine(day(on), time(10)) if on else None
        at = timezone.make_aware(asked) if asked else timezone.now()
        today = timezone.localdate(at)
        reminded = reminders.remind_due(on=today, at=at)
        digested = digests.send_digests(on=today, at=at)
        self.stdout.write(f"{today}: {reminded} reminders, {digested} digests")
