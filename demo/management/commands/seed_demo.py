import json
import os
import secrets
from argparse import ArgumentParser
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from demo.people import ADMINISTRATORS, PEOPLE
from demo.seed import is_seeded, seed
from members.models import Organization
from services.documents.models import OfficialDocument
from services.documents.states import DocumentState
from services.documents.tasks import render_document


class Command(BaseCommand):
    help = "Load the demo once: Yining's institution, and the made-up city 示范市."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--password",
            default=os.environ.get("DEMO_PASSWORD", ""),
            help="of all demo accounts (default: $DEMO_PASSWORD, or a random one)",
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument(
            "--skip-files", action="store_true", help="leave the papers to the worker"
        )

    def handle(self, *, password: str, skip_files: bool, **options: Any) -> None:
        if not (settings.DEMO or settings.MODE == "test"):
            raise CommandError(_("The demo is loaded with PORTAL_DEMO=1 only."))
        fresh = not is_seeded()
        given = (password or secrets.token_urlsafe(9) + "-7") if fresh else ""
        if fresh:
            with transaction.atomic():
                seed(password=given, now=timezone.now())
            if not skip_files:
                self._render()
        accounts = _accounts()
        if options["format"] == "json":
            answer = {"loaded": fresh, "password": given or None, "accounts": accounts}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            self._print(accounts, given)

    def _render(self) -> None:
        """By as many processes as there are processors: it is what takes longest."""
        rows = OfficialDocument.objects.filter(state=DocumentState.ISSUING).order_by("pk")
        waiting = list(rows.values_list("pk", flat=True))
        connections.close_all()
        with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:
            list(pool.map(_rendered, waiting))

    def _print(self, accounts: list[dict], password: str) -> None:
        if not password:
            self.stdout.write(_("The demo was loaded before; nothing was changed."))
        for one in accounts:
            line = f"{one['desk']}\u3000{one['name']}\u3000{one['unit']}".rstrip("\u3000")
            self.stdout.write(f"  {one['account']:<14}{line}")
        if password:
            self.stdout.write(_("Password of all of them: %(password)s") % {"password": password})
        else:
            self.stdout.write(_("The password is the one printed when the demo was loaded."))


def _rendered(pk: int) -> None:
    render_document(pk)


def _accounts() -> list[dict]:
    units = dict(
        Organization.objects.filter(jurisdiction__key="shifan").values_list("key", "short_name")
    )
    people = [(one.username, one.name, one.desk, units[one.unit]) for one in PEOPLE]
    people += [(account, name, desk, "") for account, name, _role, desk in ADMINISTRATORS]
    heads = ("account", "name", "desk", "unit")
    return [dict(zip(heads, row, strict=True)) for row in people]
