"""The daily run over many open limits, on a PostgreSQL of its own: `make bench` asks it.

What the run costs stands beside bare SQL that selects the same limits and writes the same
rows. BENCH_DEADLINES says how many limits there are (a million, if it says nothing).
"""

import os

from benchmarks.surroundings import measured_alone

MANY = int(os.environ.get("BENCH_DEADLINES", "1000000"))
FEW = MANY // 10


def reminder_results(given: dict[str, str]) -> dict[str, dict]:
    few, many = _measured(given, FEW), _measured(given, MANY)
    return {
        "times, ms": {f"{name}, {MANY} limits": value for name, value in many["times"].items()},
        "ratios": {
            **many["ratios"],
            "memory of the daily run, ten times the limits": round(
                many["memory"] / few["memory"], 2
            ),
        },
        "peak memory, MB": {
            f"daily run, {FEW} limits": few["memory"],
            f"daily run, {MANY} limits": many["memory"],
        },
        "counts": many["counts"],
    }


def _measured(given: dict[str, str], limits: int) -> dict:
    return measured_alone("benchmarks.inside.reminding", str(limits), given=given)
