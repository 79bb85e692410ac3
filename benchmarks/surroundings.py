"""In what the measured processes run."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.servers import postgres

ROOT = Path(__file__).resolve().parent.parent


def environment(place: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PORTAL_DEMO": "1",
        "PORTAL_VAR_DIR": str(place),
        "STATIC_ROOT": str(ROOT / "var" / "static"),
        "FONT_DIR": str(ROOT / "var" / "fonts"),
        "LOG_LEVEL": "ERROR",
    }


def measured(program: str, *words: str, given: dict[str, str]) -> dict:
    """What a module of `benchmarks.inside` prints, run in the portal's own process."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", program, *words],
        cwd=ROOT,
        env=given,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout)


def measured_alone(program: str, *words: str, given: dict[str, str]) -> dict:
    """The same on a PostgreSQL of its own."""
    with postgres() as address:
        return measured(program, *words, given={**given, "DATABASE_URL": address})
