"""Throw-away PostgreSQL and Redis for one test run, on free ports, gone when it ends.

    python -m tests.servers [--broker] COMMAND …

runs COMMAND with DATABASE_URL set to a new PostgreSQL; with --broker REDIS_URL names a
free port too, on which the `broker` fixture starts and stops Redis itself.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

POSTGRES_PROGRAMS = "/usr/lib/postgresql"
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")
NEW_CLUSTER = ("-U", "portal", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8")
FORGETFUL = ("--save", "", "--appendonly", "no")
PATIENCE = 20


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int, process: subprocess.Popen) -> None:
    """Until `port` accepts a connection; raises if the process ends or takes too long."""
    deadline = time.monotonic() + PATIENCE
    while True:
        with socket.socket() as probe, suppress(OSError):
            probe.connect(("127.0.0.1", port))
            return
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"Process {process.pid} did not open port {port}.")
        time.sleep(0.02)


def end(process: subprocess.Popen, number: int = signal.SIGTERM) -> None:
    if process.poll() is None:
        process.send_signal(number)
    process.wait(timeout=PATIENCE)


def _program(name: str) -> str:
    """PostgreSQL's own programs are not on the path of Debian."""
    found = sorted(Path(POSTGRES_PROGRAMS).glob(f"*/bin/{name}"), key=_major)
    return str(found[-1]) if found else name


def _major(path: Path) -> int:
    return int(path.parts[-3])


def _owner() -> dict:
    """PostgreSQL refuses to run as root: then it runs as `postgres`, or as `nobody`."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


@contextmanager
def postgres() -> Iterator[str]:
    """The DATABASE_URL of a new, empty PostgreSQL."""
    place = tempfile.mkdtemp(prefix="portal-postgres-")
    owner = _owner()
    if owner:
        os.chown(place, owner["user"], owner["group"])
    own = {"cwd": place, "stdout": subprocess.DEVNULL, **owner}
    port, data = free_port(), f"{place}/data"
    try:
        subprocess.run(
            [_program("initdb"), "-D", data, *NEW_CLUSTER],
            check=True,
            **own,
        )
        listen = (f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={place}")
        options = [part for value in (*listen, *FAST) for part in ("-c", value)]
        with open(f"{place}/log", "w", encoding="utf-8") as log:
            server = subprocess.Popen(
                [_program("postgres"), "-D", data, *options], stderr=log, **own
            )
        try:
            wait_for(port, server)
            yield f"postgres://portal@127.0.0.1:{port}/postgres"
        finally:
            end(server, signal.SIGINT)
    finally:
        shutil.rmtree(place, ignore_errors=True)


class Broker:
    """A Redis on a given port that a test may stop and start again."""

    def __init__(self, port: int):
        self.port = port
        self.place = tempfile.mkdtemp(prefix="portal-redis-")
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            ["redis-server", "--bind", "127.0.0.1", "--port", str(self.port), *FORGETFUL],
            cwd=self.place,
            stdout=subprocess.DEVNULL,
        )
        wait_for(self.port, self.process)

    def stop(self) -> None:
        if self.process:
            end(self.process)
            self.process = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.place, ignore_errors=True)


def main(arguments: list[str]) -> int:
    environment = dict(os.environ)
    if arguments[0] == "--broker":
        arguments = arguments[1:]
        environment["REDIS_URL"] = f"redis://127.0.0.1:{free_port()}/0"
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with postgres() as address:
        environment["DATABASE_URL"] = address
        return subprocess.run(arguments, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
