"""Importing disputes on a PostgreSQL of its own, as a multiple of a bare bulk insert of the
same rows.

python -m benchmarks.cases_import     prints JSON; BENCH_ROWS is the length of the file
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.servers import postgres

ROOT = Path(__file__).resolve().parent.parent
ROWS = os.environ.get("BENCH_ROWS", "5000")


def importing_results(given: dict[str, str]) -> dict[str, dict]:
    with postgres() as address:
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "benchmarks.inside.importing", ROWS],
            cwd=ROOT,
            env={**given, "DATABASE_URL": address},
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    return json.loads(done.stdout)


def main() -> None:
    json.dump(importing_results(dict(os.environ)), sys.stdout, indent=2, ensure_ascii=False)


if __name__ == "__main__":
    main()
