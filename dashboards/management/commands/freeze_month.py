from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from dashboards.actions import freeze_months


class Command(BaseCommand):
    help = (
        "Keep how the clauses of each institution stood at the end of the month before a "
        "day. A month that is kept already is left as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--on", type=date.fromisoformat, help="the day, as 2026-12-01; today if left out"
        )

    def handle(self, *, on: date | None, **options: Any) -> None:
        for month in freeze_months(on=on or timezone.localdate(), at=timezone.now()):
            data = {"name": month.mechanism.short_title, "day": month.on.isoformat()}
            self.stdout.write(_("%(name)s: the states of %(day)s are kept.") % data)
