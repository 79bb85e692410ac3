import json
from argparse import ArgumentParser
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from mechanisms.gaps import gaps_in
from mechanisms.loading.reading import ProfileRefused, Trouble, read_profile, written
from mechanisms.loading.validating import valid

GAPS_LEFT = 2


class Command(BaseCommand):
    help = (
        "Check the profile of an institution without loading it: what is wrong in it (exit "
        "code 1), and what is still missing (exit code 2). --blank prints one to fill in."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, nargs="?", help="the YAML file")
        parser.add_argument("--blank", action="store_true", help="print a blank profile")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, path: Path | None, blank: bool, **options: Any) -> None:
        if blank:
            self.stdout.write(blank_profile(), ending="")
            return
        if path is None:
            raise CommandError(_("Name the file to check, or give --blank."))
        as_json = options["format"] == "json"
        try:
            gaps = _gaps(path)
        except ProfileRefused as refused:
            self._print(ok=False, errors=refused.troubles, missing=[], as_json=as_json)
            raise CommandError(_("%(path)s has faults.") % {"path": path}) from refused
        self._print(ok=True, errors=[], missing=gaps, as_json=as_json)
        if gaps:
            message = _("%(path)s can be loaded; the above is still missing.") % {"path": path}
            raise CommandError(message, returncode=GAPS_LEFT)
        if not as_json:
            self.stdout.write(_("Nothing is wrong and nothing is missing."))

    def _print(
        self, *, ok: bool, errors: list[Trouble], missing: list[Trouble], as_json: bool
    ) -> None:
        if as_json:
            answer = {"ok": ok, "errors": _plain(errors), "missing": _plain(missing)}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
            return
        for one in [*errors, *missing]:
            where = _("line %(n)d") % {"n": one.line}
            self.stdout.write(f"  {where}　{one.path}　{one.message}")


def blank_profile() -> str:
    return (files("mechanisms.loading") / "blank.yaml").read_text(encoding="utf-8")


def _gaps(path: Path) -> list[Trouble]:
    reading = read_profile(path)
    found = [gap.fault for gap in gaps_in(valid(reading))]
    troubles = [
        Trouble(reading.line_of(fault.path), written(fault.path), fault.message) for fault in found
    ]
    return sorted(troubles, key=lambda trouble: (trouble.line, trouble.path))


def _plain(troubles: list[Trouble]) -> list[dict]:
    return [vars(one) for one in troubles]
