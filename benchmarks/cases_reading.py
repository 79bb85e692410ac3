"""Reading disputes on a PostgreSQL of its own: how a page grows with the ledger, and with what
its reader may see.

python -m benchmarks.cases_reading     prints JSON; BENCH_DISPUTES are the two sizes
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.servers import postgres

ROOT = Path(__file__).resolve().parent.parent
SIZES = [int(size) for size in os.environ.get("BENCH_DISPUTES", "20000 200000").split()]


def reading_results(given: dict[str, str]) -> dict[str, dict]:
    """By size, and how much the larger costs more than the smaller (growth)."""
    found = {size: _measured(given, size) for size in SIZES}
    results: dict[str, dict] = {"times, ms": {}, "ratios": {}, "queries": {}}
    for size, groups in found.items():
        for group, rows in groups.items():
            results[group] |= {f"{name}, {size} disputes": value for name, value in rows.items()}
    small, large = found[SIZES[0]]["ratios"], found[SIZES[-1]]["ratios"]
    results["ratios"] |= {
        f"growth: {name}": round(large[name] / small[name], 2)
        for name in small
        if name.endswith("/ bare view")
    }
    return results


def _measured(given: dict[str, str], size: int) -> dict:
    with postgres() as address:
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "benchmarks.inside.disputes", str(size)],
            cwd=ROOT,
            env={**given, "DATABASE_URL": address},
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    return json.loads(done.stdout)


def main() -> None:
    json.dump(reading_results(dict(os.environ)), sys.stdout, indent=2, ensure_ascii=False)


if __name__ == "__main__":
    main()
