"""The leaders' page for three readers against bare SQL that computes the same figures.

python -m benchmarks.inside.figures SMALL LARGE     loads, serves, measures, grows, prints JSON
"""

import json
import resource
import sys
from collections.abc import Callable
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import (
    CaptureQueriesContext,
    setup_test_environment,
    teardown_test_environment,
)
from django.urls import reverse
from django.utils import timezone

from benchmarks.inside.bare_figures import counted
from benchmarks.inside.growing import grow
from benchmarks.inside.letters import fill_letters
from benchmarks.inside.serving import Site, served
from benchmarks.timing import in_turns, ratio
from cases.models import Dispute
from cases.tallies import differences
from mechanisms.models import Mechanism
from members.models import User
from services.indicators.periods import the_year_before

ROUNDS = 5
READERS = {
    "government officer": "liwenjing",
    "court officer": "zhoumingyuan",
    "agency": "heyan",
}
"""The first sees every dispute and every letter of the justice bureau; who else sees what is
their policies' matter."""
LETTERS = 4
"""For so many disputes there is one letter."""
SAMPLE = 500
Results = dict[str, dict[str, float]]


def measure(sizes: list[int]) -> dict[int, Results]:
    small, large = sizes
    _load(small)
    found = {small: _measured()}
    grow(large // small)
    return found | {large: _measured()}


def _load(size: int) -> None:
    call_command("migrate", verbosity=0)
    call_command("seed_disputes", str(size), stdout=sys.stderr)
    fill_letters(_mechanism(), size // LETTERS, today=timezone.localdate())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _mechanism() -> Mechanism:
    return Mechanism.objects.select_related("jurisdiction").get(key="shifan")


def _measured() -> Results:
    _require_right_tallies()
    address = reverse("dashboards:leaders", args=["shifan"])
    results: Results = {"times, ms": {}, "ratios": {}, "queries": {}}
    clients = {who: _client(name) for who, name in READERS.items()}
    given = _require_equal(clients["government officer"], address)
    with served() as site:
        times = in_turns(_things(site, clients, address, given), ROUNDS)
        results["memory of a web worker, MB"] = {"after leaders' pages": site.megabytes}
    bare = times["bare SQL of the figures"]
    results["times, ms"] = {name: round(value, 1) for name, value in times.items()}
    for who, client in clients.items():
        name = f"leaders' page, {who}"
        results["ratios"][f"{name} / bare SQL"] = ratio(times[name], bare)
        results["queries"][name] = _statements(client, address)
    started = timezone.now()
    call_command("indicators", *_period(given), format="json", stdout=StringIO())
    results["times, ms"]["manage.py indicators"] = round(
        (timezone.now() - started).total_seconds() * 1000
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    results["peak memory, MB"] = {"figures, client and indicators": peak}
    return results


def _things(
    site: Site, clients: dict[str, Client], address: str, given: dict[str, Any]
) -> dict[str, Callable[[], object]]:
    def page(client: Client) -> Callable[[], object]:
        session = client.cookies["sessionid"].value
        return lambda: site.get(address, session)

    pages = {f"leaders' page, {who}": page(client) for who, client in clients.items()}
    return {"bare SQL of the figures": lambda: counted(given), **pages}


def _period(given: dict[str, Any]) -> list[str]:
    days = ["--from", given["first"].isoformat(), "--to", given["last"].isoformat()]
    return ["--mechanism", "shifan", *days]


def _client(name: str) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    user = User.objects.get(username=name)
    client.force_login(user, backend="members.backends.AccountBackend")
    return client


def _statements(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def _require_right_tallies() -> None:
    """Of disputes from all over the ledger, made and copied."""
    last = Dispute.objects.latest("pk").pk
    sample = list(range(1, last + 1, max(last // SAMPLE, 1)))
    if found := differences(sample):
        raise RuntimeError(f"Counting rows are wrong: {found[:3]}")


def _require_equal(client: Client, address: str) -> dict[str, Any]:
    """That the page shows what the bare SQL counts; the days for which both are asked."""
    setup_test_environment()  # the page tells what it was made of
    context: Any = client.get(address).context
    teardown_test_environment()
    asked, ratios = context["asked"], context["ratios"]
    before = the_year_before(asked.first_on, asked.last_on)
    given = {
        "place": asked.mechanism.jurisdiction_id,
        "first": asked.first_on,
        "last": asked.last_on,
        "on": asked.on,
        "from": before[0],
        "to": before[1],
    }
    bare = counted(given)
    lines = [card.line for card in (*ratios.five, *ratios.alone)]
    lines += [line for several in ratios.several for _word, line in several.lines]
    shown = {f"{one.indicator.key}/{one.variant.key}": _both(one) for one in lines}
    wanted = _told(bare)
    wrong = {key: (shown.get(key), wanted[key]) for key in wanted if shown.get(key) != wanted[key]}
    board, units = context["board"], {one.unit.pk: one for one in context["units"]}
    wrong |= _others(bare, board, units)
    if wrong:
        raise RuntimeError(f"The page and the bare SQL differ: {wrong}")
    return given


def _both(line: Any) -> tuple[int, int, int, int]:
    return (line.value.n, line.value.d, line.before.n, line.before.d)


def _told(bare: dict[str, list[tuple]]) -> dict[str, tuple[int, int, int, int]]:
    """n and d of each indicator, now and a year before."""
    closed, taken = (
        {now: _sums(bare[name], now) for now in (True, False)} for name in ("closed", "taken")
    )
    heard, spoke, answered, sent = (
        {row[0]: row[1:] for row in bare[name]} for name in ("heard", "spoke", "answered", "sent")
    )

    def pair(rows: dict[bool, Any], n: int, d: int) -> tuple[int, int, int, int]:
        now, before = rows[True], rows[False]
        return (now[n], now[d], before[n], before[d])

    return {
        "R1/standard": pair(taken, 1, 0),
        "R2/concluded": pair(closed, 1, 0),
        "R3/concluded": pair(closed, 2, 0),
        "R4/suable": pair(closed, 4, 3),
        "R5/closed": pair(closed, 6, 5),
        "R12/closed": pair(closed, 7, 5),
        "R19/reconsideration": pair(closed, 8, 9),
        "R19/enterprise": pair(closed, 10, 11),
        "R6/standard": pair(heard, 1, 0),
        "R7/any": pair(spoke, 1, 0),
        "R8/due": pair(answered, 1, 0),
        "R10/adopted": pair(answered, 3, 2),
        "C4/letters": pair(sent, 0, 0),
    }


def _sums(rows: list[tuple], now: bool) -> list[int]:
    own = [row[2:] for row in rows if row[0] is now]
    return [sum(column or 0 for column in columns) for columns in zip(*own, strict=True)]


def _others(bare: dict[str, list[tuple]], board: Any, units: dict[int, Any]) -> dict[str, Any]:
    """What of the counts that are no ratios is not the same."""
    pairs = {
        "overdue": (board.overdue, sum(n for _unit, n in bare["overdue"])),
        "pressing": ([one.pk for one in board.hurts], [row[0] for row in bare["pressing"]]),
        "under way": (board.under_way, sum(n for _kind, n in bare["under way"])),
        "trend": (
            [one["values"] for one in board.trend["series"]],
            [
                [row[4] for row in bare["taken"] if row[0]],
                [row[5] for row in bare["taken"] if row[0]],
                [row[5] for row in bare["taken"] if not row[0]],
            ],
        ),
        "overdue of units": (
            {pk: one.overdue for pk, one in units.items() if one.overdue},
            {pk: n for pk, n in bare["overdue"] if pk in units},
        ),
        "appeared": (
            {pk: (one.appeared.d, one.appeared.n) for pk, one in units.items() if one.appeared.d},
            {pk: (d, n) for pk, d, n in bare["appeared by unit"] if pk in units},
        ),
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def main() -> None:
    json.dump(measure([int(size) for size in sys.argv[1:3]]), sys.stdout)


if __name__ == "__main__":
    main()
