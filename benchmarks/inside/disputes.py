"""Pages of disputes for readers who may see a thousandth, a tenth and all of them.

python -m benchmarks.inside.disputes DISPUTES     loads, measures, prints JSON
"""

import json
import sys
from datetime import date, timedelta

from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from benchmarks.timing import in_turns, ratio
from cases.models import Dispute
from members.models import Jurisdiction, Organization, RoleBinding, User
from members.states import OrganizationKind, Role, Side

ROUNDS = 25
DAYS = 1100
SHARES = {"0.1 %": 1000, "10 %": 10, "100 %": 1}
"""Of the readers' units: it takes part in every so manyeth dispute."""
DISPUTES_SQL = """
INSERT INTO cases_dispute (public_id, version, created_at, jurisdiction_id, number, title,
    filed_on, source, area, act_kind, act, act_number, claims, facts, flags, enterprise,
    reconsideration_first, agency_id, registered_by_id, standing, kind, state, holder_id,
    next_due_on)
SELECT 'd' || n, 1, now(), %(place)s, '试争〔2026〕' || n || '号',
    '张某与试验市城管局行政处罚争议', %(first)s::date + (n * %(days)s / %(size)s)::int,
    'window', 'urban_management', '行政处罚', '责令限期拆除', '', '', '', '[]', n %% 5 = 0, '',
    %(unit)s, %(unit)s,
    CASE WHEN n %% 7 = 0 THEN 'open' ELSE 'closed' END, 'reconsideration',
    CASE WHEN n %% 7 = 0 THEN 'accepted' ELSE 'archived' END, %(unit)s,
    CASE WHEN n %% 7 = 0 THEN %(first)s::date + %(days)s + (n %% 90)::int END
FROM generate_series(1, %(size)s) AS n
"""
PROCEDURES_SQL = """
INSERT INTO cases_procedure (public_id, version, created_at, dispute_id, kind, organ_id, state,
    before, number, number_key, track, panel, opened_on, accepted_on, closed_on, mode, facts)
SELECT 'p' || id, 1, now(), id, 'reconsideration', %(unit)s, state, '', '', '', 'ordinary', '',
    filed_on, filed_on, CASE WHEN standing = 'closed' THEN filed_on + 50 END,
    CASE WHEN standing = 'closed' THEN 'upheld' ELSE '' END, '{}'
FROM cases_dispute
"""
ACCESS_SQL = """
INSERT INTO cases_access (dispute_id, principal, filed_on, why, since)
SELECT id, 'o' || %(unit)s, filed_on, 'party', now() FROM cases_dispute WHERE id %% %(each)s = 0
"""


class Field:
    """The rows of one size, and one reader for each share of them."""

    def __init__(self, size: int) -> None:
        call_command("migrate", verbosity=0)
        self.place = Jurisdiction.objects.create(key="bench", name="试验市")
        self.units = {share: self._unit(n) for n, share in enumerate(SHARES)}
        unit = self.units["100 %"].pk
        self.given = {
            "place": self.place.pk,
            "first": date.today() - timedelta(days=DAYS),  # noqa: DTZ011 - an entry point
            "days": DAYS,
            "size": size,
            "unit": unit,
        }
        self._run(DISPUTES_SQL)
        self._run(PROCEDURES_SQL)
        for share, each in SHARES.items():
            self._run(ACCESS_SQL, unit=self.units[share].pk, each=each)
        self._run("VACUUM ANALYZE")

    def _unit(self, n: int) -> Organization:
        made = Organization.objects.create(
            jurisdiction=self.place,
            key=f"unit-{n}",
            name=f"试验市第{n}局",
            short_name=f"{n}局",
            kind=OrganizationKind.AGENCY,
            side=Side.GOVERNMENT,
        )
        user = User.objects.create(
            username=f"reader-{n}", must_change_password=False, password_changed_at=timezone.now()
        )
        RoleBinding.objects.create(
            user=user, role=Role.MEMBER_UNIT, organization=made, jurisdiction=self.place
        )
        return made

    def _run(self, sql: str, **given: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, self.given | given if "%" in sql else None)

    def reader(self, share: str) -> User:
        return User.objects.get(bindings__organization=self.units[share])


def measure(size: int) -> dict[str, dict]:
    field = Field(size)
    results: dict[str, dict] = {"times, ms": {}, "ratios": {}, "queries": {}}
    with override_settings(ROOT_URLCONF="benchmarks.inside.urls"):
        for share in SHARES:
            client = Client(headers={"host": "127.0.0.1"})
            client.force_login(field.reader(share), backend="members.backends.AccountBackend")
            for name, address in addresses(SHARES[share]).items():
                _measure(results, client, f"{name}, {share}", address)
    return results


def addresses(each: int) -> dict[str, str]:
    """The pages of a reader who sees every so manyeth dispute; the deep one is past half."""
    ledger = reverse("cases:list")
    seen = Dispute.objects.extra(where=["id %% %s = 0"], params=[each])
    middle = seen.order_by("filed_on", "pk")[seen.count() // 4]
    return {
        "first page": ledger,
        "deep page": f"{ledger}?after={middle.public_id}",
        "filtered": f"{ledger}?standing=open",
        "detail": middle.get_absolute_url(),
    }


def _measure(results: dict, client: Client, name: str, address: str) -> None:
    _get(client, address)
    with CaptureQueriesContext(connection) as captured:
        _get(client, address)
    asked = [query["sql"] for query in captured]
    selects = [sql for sql in asked if sql.startswith("SELECT")]
    times = in_turns(
        {
            "page": lambda: _get(client, address),
            "bare": lambda: _get(client, "/bare/"),
            "sql": lambda: _execute(selects),
        },
        ROUNDS,
    )
    results["times, ms"][name] = round(times["page"], 2)
    results["queries"][name] = len(selects)
    results["ratios"][f"{name} / bare view"] = ratio(times["page"], times["bare"])
    results["ratios"][f"{name} / its SQL"] = ratio(times["page"], times["sql"])


def _get(client: Client, address: str) -> None:
    if client.get(address).status_code != 200:
        raise RuntimeError(f"{address} is not shown.")


def _execute(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)
            cursor.fetchall()


def main() -> None:
    json.dump(measure(int(sys.argv[1])), sys.stdout)


if __name__ == "__main__":
    main()
