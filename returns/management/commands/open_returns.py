import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from returns.actions.opening import open_all


class Command(BaseCommand):
    help = (
        "Open the returns, documents and reports that units owe from a day on. Safe to repeat. "
        "Groups without a unit on that day are named; exit code 0."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", help="the day, as 2026-01-05; today if left out")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            on = date.fromisoformat(options["on"]) if options["on"] else timezone.localdate(now)
        except ValueError as error:
            raise CommandError(f"“{options['on']}” is no day; write it as 2026-01-05.") from error
        found = open_all(on=on, at=now)
        if options["format"] == "json":
            told = {"on": on.isoformat(), "opened": found.made, "empty": list(found.empty)}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write(f"{on}: {found.made} opened")
        for name in found.empty:
            self.stdout.write(f"no unit on this day: {name}")
