"""The leaders' page on a PostgreSQL of its own: as a multiple of bare SQL that computes the same
figures, and how it grows with the data.

python -m benchmarks.figures     prints the table; BENCH_FIGURES are the two sizes
"""

import os
import sys
import tempfile
from pathlib import Path

from benchmarks.printing import over, show
from benchmarks.surroundings import environment, measured_alone

SIZES = [int(size) for size in os.environ.get("BENCH_FIGURES", "20000 200000").split()]
"""Of disputes, with a letter for every fourth; the larger a multiple of the smaller."""
OF_BARE, GROWTH = 3, 1.2
"""How many times the bare SQL the page may take at the larger size for a reader who sees
everything, and how much more than the data a cost may grow."""
SEES_ALL = "leaders' page, government officer"


def figures_results(given: dict[str, str]) -> dict[str, dict]:
    """By size, and how the larger compares with the smaller (growth)."""
    sizes = [str(size) for size in SIZES]
    found: dict = measured_alone("benchmarks.inside.figures", *sizes, given=given)
    results: dict[str, dict] = {}
    for size, groups in found.items():
        for group, rows in groups.items():
            named = {f"{name}, {size} disputes": value for name, value in rows.items()}
            results[group] = results.get(group, {}) | named
    small, large = (found[size]["times, ms"] for size in sizes)
    times = SIZES[1] / SIZES[0]
    results["ratios"] |= {
        f"growth for {times:g} times the data: {name}": round(large[name] / small[name], 2)
        for name in small
    }
    return results


def figures_too_much(results: dict[str, dict]) -> list[str]:
    times = SIZES[1] / SIZES[0]
    limits = {f"{SEES_ALL} / bare SQL, {SIZES[1]} disputes": OF_BARE}
    limits |= {
        name: times * GROWTH
        for name in results["ratios"]
        if name.startswith("growth for ") and "leaders' page" in name
    }
    return over(limits, results)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as place:
        results = figures_results(environment(Path(place)))
    show(results)
    print("\n".join(figures_too_much(results)))
    return 1 if figures_too_much(results) else 0


if __name__ == "__main__":
    sys.exit(main())
