import json
from argparse import ArgumentParser
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundations.access.errors import RuleBroken
from mechanisms.actions import load_profile, rehearse_profile
from mechanisms.loading.reading import ProfileRefused, Reading, Trouble, read_profile, written
from mechanisms.loading.validating import valid
from mechanisms.sections import Change, Outcome

HEADINGS = {
    Outcome.CREATE: gettext_lazy("Creates"),
    Outcome.CHANGE: gettext_lazy("Changes"),
    Outcome.LEAVE: gettext_lazy("Leaves as it is"),
}


class Command(BaseCommand):
    help = "Load the profile of an institution. Loading twice changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="the YAML file")
        parser.add_argument("--dry-run", action="store_true", help="say what it would do")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, path: Path, dry_run: bool, **options: Any) -> None:
        as_json = options["format"] == "json"
        try:
            changes = self._load(path, dry_run=dry_run)
        except ProfileRefused as refused:
            self._refuse(path, refused.troubles, as_json=as_json)
            return
        if as_json:
            self._print_json(ok=True, dry_run=dry_run, changes=[asdict(one) for one in changes])
        elif options["verbosity"]:
            self._print(changes, dry_run=dry_run)

    def _load(self, path: Path, *, dry_run: bool) -> list[Change]:
        reading = read_profile(path)
        source, now = valid(reading), timezone.now()
        try:
            if dry_run:
                return rehearse_profile(source, at=now)
            return load_profile(source, actor=None, at=now)
        except RuleBroken as broken:
            raise _located(reading, broken) from broken

    def _refuse(self, path: Path, troubles: list[Trouble], *, as_json: bool) -> None:
        summary = _("%(path)s was refused whole; nothing was loaded.") % {"path": path}
        if as_json:
            self._print_json(ok=False, errors=[asdict(one) for one in troubles])
            raise CommandError(summary)
        raise CommandError("\n".join([summary, *map(_line, troubles)]))

    def _print(self, changes: list[Change], *, dry_run: bool) -> None:
        place = list(Outcome).index
        ordered = sorted(changes, key=lambda change: place(change.outcome))
        for outcome, group in groupby(ordered, key=lambda change: change.outcome):
            found = list(group)
            self.stdout.write(f"{HEADINGS[outcome]}（{len(found)}）")
            for change in found:
                detail = f"（{change.detail}）" if change.detail else ""
                self.stdout.write(f"  {change.kind}　{change.name}{detail}")
        if dry_run:
            self.stdout.write(_("Rehearsed only; nothing was written."))

    def _print_json(self, **answer: Any) -> None:
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))


def _located(reading: Reading, broken: RuleBroken) -> ProfileRefused:
    steps = filter(None, broken.field.split("."))
    place = tuple(int(step) if step.isdigit() else step for step in steps)
    trouble = Trouble(reading.line_of(place), written(place), broken.message)
    return ProfileRefused([trouble])


def _line(trouble: Trouble) -> str:
    where = _("line %(n)d") % {"n": trouble.line}
    return (
        f"  {where}　{trouble.path}　{trouble.message}"
        if trouble.path
        else (f"  {where}　{trouble.message}")
    )
