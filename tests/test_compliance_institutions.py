"""The five published institutions: every clause judged, with proof or what is missing, in a
number of statements that does not grow with the records."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mechanisms.models import Mechanism
from mechanisms.states import ComplianceState
from members.states import Role
from tests.city import City
from tests.letters import account
from tests.profiles import PROFILES

ON = date(2026, 11, 23)
PAGE_AT_MOST = 110
"""The page of 87 clauses; each kind of record that proves something adds one statement."""


def load(key: str) -> Mechanism:
    call_command("load_profile", PROFILES / f"{key}.yaml", stdout=StringIO())
    return Mechanism.objects.select_related("jurisdiction", "body").get(key=key)


@pytest.mark.parametrize(
    ("key", "clauses"),
    [("yining", 45), ("gulou", 46), ("wujiagang", 87), ("cenxi", 61), ("yinchuan", 37)],
)
def test_every_clause_has_a_state_and_what_speaks_for_it(db, key, clauses):
    load(key)
    said = StringIO()

    call_command("compliance", mechanism=key, on=ON, format="json", stdout=said)

    found = json.loads(said.getvalue())
    assert len(found) == clauses
    for one in found:
        assert one["state"] in ComplianceState.values, one
        assert one["said"], one
        assert "平台不评判" not in one["said"], one
        assert one["evidence"] or one["state"] not in ("kept", "attested"), one


def test_a_page_of_87_clauses_asks_little(db, client):
    mechanism = load("wujiagang")
    units = {row.key: row for row in mechanism.jurisdiction.organizations.all()}
    city = City(mechanism.jurisdiction, mechanism, mechanism.body, units)
    user = account(city, "wujiagang_officer", "justice", Role.LIAISON_OFFICER)
    client.force_login(user, backend="members.backends.AccountBackend")
    address = reverse("dashboards:compliance", args=["wujiagang"])
    client.get(address)

    with CaptureQueriesContext(connection) as asked:
        shown = client.get(address)

    assert shown.status_code == 200
    assert len(asked) <= PAGE_AT_MOST
