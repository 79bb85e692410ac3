"""Importing disputes on a PostgreSQL of its own, as a multiple of a bare bulk insert of the
same rows.

python -m benchmarks.cases_import     prints the table; BENCH_ROWS is the length of the file
"""

import os
import sys
import tempfile
from pathlib import Path

from benchmarks.printing import over, show
from benchmarks.surroundings import environment, measured_alone

ROWS = os.environ.get("BENCH_ROWS", "5000")
LIMITS = {"import, written / bare bulk insert": 4, "import, all of it / bare bulk insert": 8}
"""How many times the bare bulk insert may be taken to write a checked file, and for all of it:
to read, to check and to write."""


def importing_results(given: dict[str, str]) -> dict[str, dict]:
    return measured_alone("benchmarks.inside.importing", ROWS, given=given)


def importing_too_much(results: dict[str, dict]) -> list[str]:
    return over(LIMITS, results)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as place:
        results = importing_results(environment(Path(place)))
    show(results)
    print("\n".join(importing_too_much(results)))
    return 1 if importing_too_much(results) else 0


if __name__ == "__main__":
    sys.exit(main())
