"""Pages of disputes for readers who may see a thousandth, a tenth and all of them.

python -m benchmarks.inside.disputes DISPUTES     loads, serves, measures, prints JSON
"""

import json
import sys
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.inside.field import LONGEST, SHARES, load, reader
from benchmarks.inside.serving import Site, served
from benchmarks.timing import in_turns, ratio
from cases.models import Dispute

ROUNDS = 25
UNCOUNTED = ("BEGIN", "COMMIT", "CLOSE", "FETCH")
Results = dict[str, dict[str, float]]


def measure() -> Results:
    results: Results = {"times, ms": {}, "ratios": {}, "queries": {}}
    with served() as site:
        fresh = site.megabytes
        for share, each in SHARES.items():
            client = Client(headers={"host": "127.0.0.1"})
            client.force_login(reader(share), backend="members.backends.AccountBackend")
            for name, address in addresses(each).items():
                _measure(results, site, client, f"{name}, {share}", address)
        results["memory of a web worker, MB"] = {"fresh": fresh, "after": site.megabytes}
    return results


def addresses(each: int) -> dict[str, str]:
    """The pages of a reader who sees every so manyeth dispute; the deep one is past half."""
    ledger = reverse("cases:list")
    seen = Dispute.objects.extra(where=["(id - %s) %% %s = 0"], params=[LONGEST, each])
    early = seen.order_by("filed_on", "pk")[seen.count() // 4]
    return {
        "first page": ledger,
        "deep page": f"{ledger}?after={early.public_id}",
        "filtered": f"{ledger}?standing=open",
        "detail": Dispute.objects.get(pk=LONGEST).get_absolute_url(),
    }


def _measure(results: Results, site: Site, client: Client, name: str, address: str) -> None:
    session = client.cookies["sessionid"].value
    asked = _asked(client, address)
    selects = [sql for sql in map(_select, asked) if sql]
    things: dict[str, Callable[[], object]] = {
        "page": lambda: site.get(address, session),
        "bare": lambda: site.get("/bare/", session),
        "sql": lambda: _execute(selects),
    }
    if name.startswith("first"):
        things["unscoped"] = lambda: site.get("/unscoped/", session)
    times = in_turns(things, ROUNDS)
    results["times, ms"] |= {
        name: round(times["page"], 2),
        f"{name}, bare view": round(times["bare"], 2),
        f"{name}, its SQL": round(times["sql"], 2),
    }
    results["queries"][name] = len(asked)
    results["ratios"] |= {
        f"{name} / bare view": ratio(times["page"], times["bare"]),
        f"{name} / its SQL": ratio(times["page"], times["sql"]),
    }
    if "unscoped" in times:
        results["ratios"][f"{name} / unscoped"] = ratio(times["page"], times["unscoped"])


def _asked(client: Client, address: str) -> list[str]:
    """The statements of a page, once everything that a process reads once has been read."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    asked = [str(query["sql"]) for query in captured]
    return [sql for sql in asked if not sql.startswith(UNCOUNTED)]


def _select(sql: str) -> str:
    """What a statement reads, without the cursor in which it is wrapped; "" if it writes."""
    if sql.startswith("DECLARE"):
        return sql.split(" FOR ", 1)[1]
    return sql if sql.lstrip("(").startswith("SELECT") else ""


def _execute(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)
            cursor.fetchall()


def main() -> None:
    load(int(sys.argv[1]))
    json.dump(measure(), sys.stdout)


if __name__ == "__main__":
    main()
