from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from liaison_portal.health import worker_is_alive


class Command(BaseCommand):
    help = (
        "Exit 0 if a worker's heartbeat is younger than two minutes, 1 if not. It takes beat, "
        "the broker and a worker to keep it young."
    )
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        if not worker_is_alive(at=timezone.now()):
            raise CommandError("No worker's heartbeat within two minutes.")
        self.stdout.write("A worker is alive.")
