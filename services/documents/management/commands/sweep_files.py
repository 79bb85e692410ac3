from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from services.documents.orphans import sweep_orphans


class Command(BaseCommand):
    help = "Delete stored files that no record names and that are older than a day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only list them")

    def handle(self, *args: Any, **options: Any) -> None:
        for name in sweep_orphans(at=timezone.now(), dry_run=options["dry_run"]):
            self.stdout.write(name)
