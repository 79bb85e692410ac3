"""Load the demo once, then serve it: web, worker and beat under one supervisor.

`demo.py prepare` only loads it, `demo.py serve` only serves what was loaded. The
password of its accounts is $DEMO_PASSWORD at the first time, or a random one.
"""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("PORTAL_VAR_DIR", ROOT / "var"))
BIN = ROOT / ".venv" / "bin"
PORT = os.environ.get("PORT", "8000")
ADDRESS = f"http://127.0.0.1:{PORT}/"
PATIENCE = 120


def password() -> str:
    """What the accounts were loaded with; chosen the first time and kept."""
    kept = VAR / "demo_password"
    if not kept.exists():
        kept.touch(mode=0o600)
        chosen = os.environ.get("DEMO_PASSWORD") or f"Fy-{secrets.token_urlsafe(9)}-7"
        kept.write_text(chosen, encoding="utf-8")
    return kept.read_text(encoding="utf-8").strip()


def manage(*arguments: str, environment: dict[str, str]) -> str:
    command = [str(BIN / "python"), "manage.py", *arguments]
    done = subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(done.returncode)
    return done.stdout


def prepare(environment: dict[str, str]) -> str:
    """Bring the tables and the demo's rows in place; the list of accounts."""
    print("Preparing the database", flush=True)
    manage("migrate", "--noinput", "--verbosity=0", environment=environment)
    print("Loading the demo (the first time takes a while)", flush=True)
    return manage("seed_demo", environment=environment)


def port_is_taken() -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(PORT))) == 0


def answers() -> bool:
    try:
        with urllib.request.urlopen(f"{ADDRESS}healthz", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False


def serve(environment: dict[str, str], accounts: str) -> int:
    supervisor = subprocess.Popen(
        [BIN / "honcho", "start"], env=environment, cwd=ROOT, start_new_session=True
    )
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: supervisor.terminate())
    deadline = time.monotonic() + PATIENCE
    while supervisor.poll() is None and not answers():
        if time.monotonic() > deadline:
            print(f"{ADDRESS}healthz does not answer 200 yet; see the lines above.", flush=True)
            break
        time.sleep(0.5)
    else:
        if supervisor.poll() is None:
            print(f"\n{accounts}\nThe portal: {ADDRESS}", flush=True)
            print(f"Password:   {environment['DEMO_PASSWORD']}   (Ctrl-C stops it)\n", flush=True)
    return supervisor.wait()


def main(part: str = "") -> int:
    if part != "prepare" and port_is_taken():
        sys.exit(f"Port {PORT} is taken by another program. `make demo PORT=…` takes another.")
    VAR.mkdir(parents=True, exist_ok=True)
    environment = {
        "SITE_URL": ADDRESS.rstrip("/"),
        **os.environ,
        "PORTAL_MODE": "embedded",
        "PORTAL_DEMO": "1",
        "DEMO_PASSWORD": password(),
        "PORT": PORT,
        "PYTHONUNBUFFERED": "1",
    }
    accounts = "" if part == "serve" else prepare(environment)
    return 0 if part == "prepare" else serve(environment, accounts)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
