"""`make bench`: ratios measured in one run on one machine, printed and kept as JSON.

Absolute times of a machine that does other things are worth little; what stands beside
each other here was measured in turns, so that a busy moment meets both.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.cases_reading import reading_results, reading_too_much
from benchmarks.deadlines import reminder_results
from benchmarks.memory import peaks
from benchmarks.printing import show
from benchmarks.surroundings import ROOT, environment

RESULTS = ROOT / "benchmarks" / "results.json"
LIMITS = {
    "notice PDF / bare WeasyPrint": 1.3,
    "daily run of reminders / bare SQL that writes the same": 3,
    "memory of the daily run, ten times the limits": 1.1,
}


def measured(given: dict[str, str]) -> dict:
    """What is measured inside the portal's own process."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.inside"],
        cwd=ROOT,
        env=given,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout)


def too_much(results: dict) -> list[str]:
    return [
        f"{name}: {results['ratios'][name]} is over {limit}"
        for name, limit in LIMITS.items()
        if results["ratios"][name] > limit
    ] + reading_too_much(results)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as place:
        given = environment(Path(place))
        subprocess.run(
            [sys.executable, "setup/demo.py", "prepare"], cwd=ROOT, env=given, check=True
        )
        results = measured(given) | {"peak memory, MB": peaks(given)}
        for found in (reminder_results(given), reading_results(given)):
            for group, rows in found.items():
                results[group] = results.get(group, {}) | rows
    RESULTS.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    show(results)
    print("\n".join(too_much(results)))
    return 1 if too_much(results) else 0


if __name__ == "__main__":
    sys.exit(main())
