"""The portal behind gunicorn as it is served in earnest, asked over loopback."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers import end, free_port, wait_for

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60
OPTIONS = ("--config", "deploy/gunicorn.conf.py", "--log-level", "error")


class Site:
    """One web worker, and a connection that stays open between requests."""

    def __init__(self, port: int, process: subprocess.Popen) -> None:
        self.port, self.process = port, process
        self.connection = self._opened()

    def _opened(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def get(self, address: str, session: str = "") -> None:
        """Read the page to its end; raises RuntimeError unless it is shown."""
        try:
            status = self._ask(address, session)
        except (http.client.RemoteDisconnected, ConnectionError):
            self.connection.close()
            self.connection = self._opened()
            status = self._ask(address, session)
        if status != 200:
            raise RuntimeError(f"{address} answers {status}.")

    def _ask(self, address: str, session: str) -> int:
        self.connection.request("GET", address, headers={"Cookie": f"sessionid={session}"})
        answer = self.connection.getresponse()
        answer.read()
        return answer.status

    @property
    def megabytes(self) -> int:
        """What the worker holds; the supervisor of the workers is not counted."""
        known = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        workers = [Path(f"/proc/{pid}/statm") for pid in known.read_text().split()]
        pages = sum(int(worker.read_text().split()[1]) for worker in workers)
        return round(pages * os.sysconf("SC_PAGE_SIZE") / 2**20)


@contextmanager
def served() -> Iterator[Site]:
    port = free_port()
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "gunicorn", *OPTIONS, "liaison_portal.wsgi"],
        cwd=ROOT,
        env={**os.environ, "PORT": str(port), "WEB_WORKERS": "1"},
    )
    try:
        wait_for(port, process)
        site = Site(port, process)
        _wait_until_it_answers(site)
        yield site
    finally:
        end(process)


def _wait_until_it_answers(site: Site) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return site.get("/healthz")
        except (RuntimeError, OSError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
