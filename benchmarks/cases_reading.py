"""Reading disputes on a PostgreSQL of its own: how a page grows with the ledger, and with what
its reader may see.

python -m benchmarks.cases_reading     prints the table; BENCH_DISPUTES are the two sizes
"""

import os
import sys
import tempfile
from pathlib import Path

from benchmarks.printing import over, show
from benchmarks.surroundings import environment, measured_alone

SIZES = [int(size) for size in os.environ.get("BENCH_DISPUTES", "20000 200000").split()]
OF_BARE, OF_UNSCOPED, GROWTH, QUERIES = 30, 3, 1.2, 10
"""What a first page may cost at the most: of a bare view, of the page that shows everything
to everybody, of itself at the smaller size, and in statements, the session's included."""


def reading_results(given: dict[str, str]) -> dict[str, dict]:
    """By size, and how much the larger costs more than the smaller (growth)."""
    found = {size: _measured(given, size) for size in SIZES}
    results: dict[str, dict] = {}
    for size, groups in found.items():
        for group, rows in groups.items():
            named = {f"{name}, {size} disputes": value for name, value in rows.items()}
            results[group] = results.get(group, {}) | named
    small, large = found[SIZES[0]]["ratios"], found[SIZES[-1]]["ratios"]
    results["ratios"] |= {
        f"growth: {name}": round(large[name] / small[name], 2)
        for name in small
        if name.endswith("/ bare view")
    }
    return results


def _measured(given: dict[str, str], size: int) -> dict:
    return measured_alone("benchmarks.inside.disputes", str(size), given=given)


def reading_too_much(results: dict[str, dict]) -> list[str]:
    limits = {name: limit for name in results["ratios"] if (limit := _limit(name))}
    return over(limits, results) + [
        f"{name}: {asked} statements are over {QUERIES}"
        for name, asked in results["queries"].items()
        if name.startswith("first page") and asked > QUERIES
    ]


def _limit(name: str) -> float | None:
    if not name.removeprefix("growth: ").startswith("first page"):
        return None
    if name.startswith("growth: "):
        return GROWTH
    if "/ bare view" in name:
        return OF_BARE
    return OF_UNSCOPED if "/ unscoped" in name else None


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as place:
        results = reading_results(environment(Path(place)))
    show(results)
    print("\n".join(reading_too_much(results)))
    return 1 if reading_too_much(results) else 0


if __name__ == "__main__":
    sys.exit(main())
