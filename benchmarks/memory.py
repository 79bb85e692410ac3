"""The most memory that web and worker held while the demo was used."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

REQUESTS = 200
PATIENCE = 120


def peaks(environment: dict[str, str]) -> dict[str, int]:
    """Peak resident megabytes by part, every process of it counted."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    served = subprocess.Popen(
        [sys.executable, "setup/demo.py", "serve"],
        env=environment | {"PORT": str(port)},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_until_it_serves(port)
        for _ in range(REQUESTS):
            _status(port, "/sign-in/")
        time.sleep(65)  # one round of everything that beat starts each minute
        return {part: _peak(served.pid, part) for part in ("web", "worker", "beat")}
    finally:
        served.send_signal(signal.SIGTERM)
        served.wait()


def _status(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def _wait_until_it_serves(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if _status(port, "/healthz") == 200:
                return
        except OSError:
            time.sleep(0.5)
    raise RuntimeError("The demo does not answer.")


def _peak(root: int, part: str) -> int:
    kilobytes = 0
    for pid in _descendants(root):
        command = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
        if _part_of(command) == part:
            lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
            high = next(line for line in lines if line.startswith("VmHWM"))
            kilobytes += int(high.split()[1])
    return round(kilobytes / 1024)


def _part_of(command: list[str]) -> str:
    if any(word.endswith("gunicorn") for word in command):
        return "web"
    if any(word.endswith("celery") for word in command):
        return "beat" if "beat" in command else "worker"
    return ""


def _descendants(root: int) -> list[int]:
    parents = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                stat = Path(f"/proc/{entry}/stat").read_text(encoding="utf-8")
            except FileNotFoundError:
                continue
            parents[int(entry)] = int(stat.rsplit(")", 1)[1].split()[1])
    found = [root]
    for pid in found:
        found.extend(child for child, parent in parents.items() if parent == pid)
    return found
