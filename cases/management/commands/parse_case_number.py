import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models.courts import CourtCode
from cases.numbers.parsed import Parsed, Verdict
from cases.numbers.parsing import parse_number


class Command(BaseCommand):
    help = (
        "Read a case number, put it right and say what it is. Exit code 0, also where it had "
        "to be put right or is of an older style; 1 where it is no number."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", help="as it was typed, e.g. '(2026) 鄂0503行初12号'")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, text: str, format: str, **options: Any) -> None:
        found = parse_number(text, CourtCode.objects.names(), on=timezone.localdate())
        if format == "json":
            self.stdout.write(json.dumps(as_json(found), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(as_lines(found)))
        if found.verdict == Verdict.INVALID:
            raise SystemExit(1)


def as_json(found: Parsed) -> dict:
    """`normalized` and `court` are null where there is none."""
    return {
        "verdict": str(found.verdict),
        "normalized": found.normalized or None,
        "parts": found.parts,
        "court": found.court,
        "hint": found.hint,
    }


def as_lines(found: Parsed) -> list[str]:
    """Label and words; what there is nothing of is left out."""
    parts = " ".join(f"{name}={part}" for name, part in found.parts.items() if part != "")
    rows = (
        (_("Reading"), str(found.verdict.label)),
        (_("Normalized"), found.normalized),
        (_("Parts"), parts),
        (_("Court"), found.court or ""),
        (_("Hint"), found.hint),
    )
    return [
        _("%(label)s: %(words)s") % {"label": label, "words": words}
        for label, words in rows
        if words
    ]
