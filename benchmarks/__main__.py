"""`make bench`: ratios measured in one run on one machine, printed and kept as JSON.

Absolute times of a machine that does other things are worth little; what stands beside
each other here was measured in turns, so that a busy moment meets both.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.cases_import import importing_results, importing_too_much
from benchmarks.cases_reading import reading_results, reading_too_much
from benchmarks.deadlines import reminder_results
from benchmarks.figures import figures_results, figures_too_much
from benchmarks.memory import peaks
from benchmarks.printing import over, show
from benchmarks.surroundings import ROOT, environment, measured

RESULTS = ROOT / "benchmarks" / "results.json"
LIMITS = {
    "notice PDF / bare WeasyPrint": 1.3,
    "daily run of reminders / bare SQL that writes the same": 3,
    "memory of the daily run, ten times the limits": 1.1,
}


def too_much(results: dict) -> list[str]:
    return [
        *over(LIMITS, results),
        *importing_too_much(results),
        *reading_too_much(results),
        *figures_too_much(results),
    ]


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as place:
        given = environment(Path(place))
        subprocess.run(
            [sys.executable, "setup/demo.py", "prepare"], cwd=ROOT, env=given, check=True
        )
        results = measured("benchmarks.inside", given=given) | {"peak memory, MB": peaks(given)}
        for measure in (reminder_results, importing_results, reading_results, figures_results):
            found = measure(given)
            for group, rows in found.items():
                results[group] = results.get(group, {}) | rows
    RESULTS.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    show(results)
    print("\n".join(too_much(results)))
    return 1 if too_much(results) else 0


if __name__ == "__main__":
    sys.exit(main())
