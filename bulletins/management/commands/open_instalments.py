from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from bulletins.actions.obligations import open_instalments


class Command(BaseCommand):
    help = "Open what each side has to tell until a year after a day. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", help="the day, as 2026-01-05; today if left out")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            on = date.fromisoformat(options["on"]) if options["on"] else timezone.localdate()
        except ValueError as error:
            raise CommandError(f"“{options['on']}” is no day; write it as 2026-01-05.") from error
        self.stdout.write(f"{on}: {open_instalments(on=on)} opened")
