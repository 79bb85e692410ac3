"""Results as a table, and what of them is too much."""

from collections.abc import Mapping


def show(results: dict) -> None:
    for group, rows in results.items():
        print(f"\n{group}")
        for name, value in rows.items():
            print(f"  {name:<56} {value}")


def over(limits: Mapping[str, float], results: dict[str, dict]) -> list[str]:
    """The ratios that are greater than they may be."""
    ratios = results["ratios"]
    return [
        f"{name}: {ratios[name]} is over {limit}"
        for name, limit in limits.items()
        if ratios[name] > limit
    ]
