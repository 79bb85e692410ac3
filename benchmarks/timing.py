"""Times of things measured in turns."""

import statistics
import time
from collections.abc import Callable


def in_turns(
    things: dict[str, Callable[[], object]],
    rounds: int,
    before: Callable[[], object] = lambda: None,
) -> dict[str, float]:
    """The median time of each thing in milliseconds; one round of each comes first, uncounted.

    What happens `before` each is not counted either.
    """
    times: dict[str, list[float]] = {name: [] for name in things}
    for number in range(rounds + 1):
        for name, thing in things.items():
            before()
            start = time.perf_counter()
            thing()
            if number:
                times[name].append((time.perf_counter() - start) * 1000)
    return {name: statistics.median(values) for name, values in times.items()}


def ratio(one: float, other: float) -> float:
    return round(one / other, 2)
