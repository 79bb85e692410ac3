from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundations.access.rotation import encrypted_fields, rotate


class Command(BaseCommand):
    help = (
        "Rewrite all encrypted columns under the newest key. Put the new key first in "
        "FIELD_KEYS and keep the old one behind it until this has run; then take the old one "
        "out. May be interrupted and repeated. Exit code 1: a value opens under none of the keys."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="only count what is under an older key"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for field in encrypted_fields():
            try:
                count = rotate(field, dry_run=options["dry_run"])
            except ValueError as error:
                raise CommandError(f"{field}：有数据无法用现有密钥打开，未改动该批。") from error
            done = "" if options["dry_run"] else "，已更新"
            self.stdout.write(f"{field}：{count} 条使用旧密钥{done}")
