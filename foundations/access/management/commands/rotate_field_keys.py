from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundations.access.rotation import encrypted_fields, rotate, rotate_files


class Command(BaseCommand):
    help = (
        "Rewrite all encrypted columns and files under the newest key. Put the new key first in "
        "FIELD_KEYS and keep the old one behind it until this has run; then take the old one "
        "out. May be interrupted and repeated. Exit code 1: a value opens under none of the keys."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="only count what is under an older key"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        dry_run = options["dry_run"]
        for field in encrypted_fields():
            count = self._counted(str(field), partial(rotate, field, dry_run=dry_run))
            self._say(f"{field}：{count} 条使用旧密钥", dry_run)
        count = self._counted("文件", partial(rotate_files, dry_run=dry_run))
        self._say(f"文件：{count} 个使用旧密钥或未加密", dry_run)

    def _counted(self, what: str, rotated: Callable[[], int]) -> int:
        try:
            return rotated()
        except ValueError as error:
            raise CommandError(f"{what}：有数据无法用现有密钥打开，该处未改动。") from error

    def _say(self, found: str, dry_run: bool) -> None:
        self.stdout.write(found if dry_run else f"{found}，已更新")
