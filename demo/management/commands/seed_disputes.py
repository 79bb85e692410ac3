from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from demo.disputes.filling import fill_disputes
from demo.seed import found_alone, is_seeded
from mechanisms.models import Mechanism


class Command(BaseCommand):
    help = "Fill a database of its own with made-up disputes of 示范市, for measuring."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("size", type=int, help="how many disputes")

    def handle(self, *, size: int, **options: Any) -> None:
        if not (settings.DEMO or settings.MODE == "test"):
            raise CommandError(_("The demo is loaded with PORTAL_DEMO=1 only."))
        if is_seeded():
            raise CommandError(_("The demo is loaded here already; take an empty database."))
        found_alone(now=timezone.now())
        mechanism = Mechanism.objects.select_related("jurisdiction").get(key="shifan")
        written = fill_disputes(mechanism, size, today=timezone.localdate())
        self.stdout.write(_("Disputes written: %(n)d") % {"n": written})
