"""The counting rows against what they should be: the command, and what it costs."""

import io
import json
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import AgencyTally, Procedure, Tally
from cases.states import Kind
from cases.tallies import refresh
from cases.tallies.checking import check
from cases.tasks import mend_tallies
from tests.disputes import accepted, reconsideration, stepped
from tests.test_cases_performance import decided

MOST = 8
"""Statements that a dispute's counting rows may ask, to be read and written."""


def asked(*options: str) -> tuple[int, str]:
    """The exit code of the command and what it said."""
    said = io.StringIO()
    try:
        call_command("check_tallies", *options, stdout=said)
    except SystemExit as ended:
        return int(ended.code or 0), said.getvalue()
    return 0, said.getvalue()


@pytest.fixture
def wrong(city) -> Procedure:
    """A column that is not so, a row that is missing, one that should not be there."""
    made = decided(city)
    Tally.objects.filter(procedure=made).update(closed_on=date(2026, 4, 21))
    intake = made.dispute.procedures.get(kind=Kind.INTAKE).tally
    intake.agencies.all().delete()
    AgencyTally.objects.create(tally=intake, organization=city.organizations["court"])
    return made


def test_nothing_differs_after_actions(city):
    decided(city)

    code, said = asked()

    assert (code, said.strip()) == (0, "统计行全部一致。")


def test_what_differs_is_listed_and_left(wrong):
    code, said = asked("--format", "json")

    found = {(one["procedure"], one["agency"]): one for one in json.loads(said)}
    assert code == 1
    assert len(found) == 3
    mine = found[wrong.public_id, None]
    assert mine["dispute"] == wrong.dispute.number
    assert mine["columns"] == {"closed_on": ["2026-04-21", "2026-04-20"]}
    flags = sorted((one["missing"], one["surplus"]) for one in found.values())
    assert flags == [(False, False), (False, True), (True, False)]
    assert asked()[0] == 1


def test_what_differs_is_mended(wrong):
    assert asked("--mend")[0] == 0
    assert list(check()) == []
    assert Tally.objects.get(procedure=wrong).closed_on == date(2026, 4, 20)
    assert asked()[0] == 0


def test_the_night_mends(wrong):
    mend_tallies()

    assert list(check()) == []


def test_where_nothing_changed_nothing_is_written(city):
    made = decided(city)

    with CaptureQueriesContext(connection) as asks:
        refresh(made.dispute)

    said = [one["sql"].lstrip("(").split()[0] for one in asks]
    assert set(said) == {"SELECT"}
    assert len(said) <= MOST


def test_a_long_course_asks_no_more_than_a_short_one(city):
    made = accepted(reconsideration(city), date(2026, 3, 5))
    short = statements(made)
    for n in range(4):
        stepped(made, "suspend", date(2026, 3, 6 + 2 * n), ground="death", reason="中止")
        stepped(made, "resume", date(2026, 3, 7 + 2 * n), reason="恢复")

    assert statements(made) == short <= MOST


def statements(made: Procedure) -> int:
    """How many it takes to write the rows of a dispute of which a column was changed."""
    Tally.objects.filter(procedure=made).update(act_kind="其他")
    with CaptureQueriesContext(connection) as asks:
        refresh(made.dispute)
    return len(asks)
