from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from members.actions.accounts import create_administrator
from members.models import Jurisdiction
from members.passwords import make_password
from members.states import ADMINISTRATORS, Role


class Command(BaseCommand):
    help = (
        "Create the account of one of the three administrators. Exit code 0 when it was "
        "made, 1 when it was refused; the reason is printed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--role", required=True, choices=sorted(ADMINISTRATORS))
        parser.add_argument("--username", required=True)
        parser.add_argument("--name", default="", help="name of the person (default: username)")
        parser.add_argument(
            "--jurisdiction",
            action="append",
            default=[],
            help="key of a jurisdiction; may be repeated (default: all)",
        )
        parser.add_argument(
            "--ask",
            action="store_true",
            help="ask for the first password instead of making one up and printing it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        password = _asked() if options["ask"] else make_password()
        try:
            user = create_administrator(
                username=options["username"],
                actor=None,
                at=timezone.now(),
                role=options["role"],
                name=options["name"],
                password=password,
                jurisdictions=self._jurisdictions(options["jurisdiction"]),
            )
        except RuleBroken as broken:
            raise CommandError(broken.message) from broken
        self.stdout.write(
            _("%(role)s %(username)s was made.")
            % {"role": Role(options["role"]).label, "username": user.username}
        )
        if not options["ask"]:
            self.stdout.write(_("Password for once: %(password)s") % {"password": password})
        self.stdout.write(_("It must be changed at the first sign-in."))

    @staticmethod
    def _jurisdictions(keys: list[str]) -> list[Jurisdiction]:
        found = Jurisdiction.objects.order_by("pk")
        if not keys:
            return list(found)
        unknown = set(keys) - set(found.values_list("key", flat=True))
        if unknown:
            raise CommandError(
                _("There is no jurisdiction %(keys)s.") % {"keys": ", ".join(sorted(unknown))}
            )
        return list(found.filter(key__in=keys))


def _asked() -> str:
    password = getpass(_("Password for the first sign-in: "))
    try:
        validate_password(password)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    return password
