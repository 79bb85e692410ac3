import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from services.documents.kinds import KINDS
from services.documents.rendering import papers, pdf, word


class Command(BaseCommand):
    help = "Render a paper from a JSON file, for checks; nothing is stored in the portal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=sorted(KINDS))
        parser.add_argument("--context", required=True, type=Path, help="JSON file")
        parser.add_argument("--out", required=True, type=Path, help=".pdf, .docx or .html")

    def handle(self, *args: Any, kind: str, context: Path, out: Path, **options: Any) -> None:
        try:
            given = json.loads(context.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CommandError(f"{context}: {error}") from error
        html = papers.html_of(kind, given)
        writers = {
            ".html": lambda: html.encode(),
            ".pdf": lambda: pdf.render(html).content,
            ".docx": lambda: word.render(html),
        }
        if out.suffix not in writers:
            raise CommandError("--out must end in .pdf, .docx or .html")
        out.write_bytes(writers[out.suffix]())
        self.stdout.write(f"{out}: {out.stat().st_size} bytes")
