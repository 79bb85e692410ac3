"""Made-up disputes: written at once, they are what the actions would have written."""

import io
from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Max, Min

from cases.models import Appearance, Dispute, LossAnalysis, Performance, Procedure
from cases.states import Kind, Standing
from demo.diary import moment
from demo.disputes.bulk.writing import write
from demo.disputes.by_actions import ByActions
from demo.disputes.cast import Cast, gather
from demo.disputes.courses import courses
from demo.disputes.filling import fill_disputes
from demo.seed import found_city
from services.deadlines.actions import lapse_windows
from services.deadlines.models import Deadline
from services.documents.numbers import next_number
from tests.disputes_told import contents, differences

TODAY = date(2026, 11, 20)
BOTH_WAYS = 50


@pytest.fixture
def cast(db) -> Cast:
    """The made-up city on a day, with its courts and mediators."""
    start, now = TODAY - timedelta(days=780), moment(TODAY, "18:00")
    city = found_city(password="Liaison-2026", start=start, now=now)
    return gather(city.mechanism, today=TODAY)


def test_fifty_disputes_made_both_ways_are_the_same(cast):
    told = list(courses(cast, BOTH_WAYS))
    with transaction.atomic():
        for course in told:
            ByActions(cast).play(course)
        lapse_windows(on=TODAY)
        by_actions = contents()
        transaction.set_rollback(True)

    write(cast, told)

    assert Dispute.objects.count() == BOTH_WAYS
    assert list(differences(by_actions, contents())) == []


def test_the_same_day_has_the_same_disputes(cast):
    again = gather(cast.mechanism, today=TODAY)

    assert list(courses(cast, 20)) == list(courses(again, 20))


def test_three_years_have_procedures_of_every_kind(cast):
    """Enough of each for the indicators; hearings with and without heads, losses, visits."""
    written = fill_disputes(cast.mechanism, 400, today=TODAY)

    assert written == Dispute.objects.count() == 400
    kinds = Counter(Procedure.objects.values_list("kind", flat=True))
    assert set(kinds) == set(Kind.values)
    assert kinds[Kind.RECONSIDERATION] > kinds[Kind.FIRST_INSTANCE] > kinds[Kind.SECOND_INSTANCE]
    assert set(Dispute.objects.values_list("standing", flat=True)) == set(Standing.values)
    days = Dispute.objects.aggregate(first=Min("filed_on"), last=Max("filed_on"))
    assert (TODAY - days["first"]).days > 1090
    assert (TODAY - days["last"]).days < 10
    assert {"appeared", "absent", "excused"} <= set(
        Appearance.objects.values_list("state", flat=True)
    )
    late = Performance.objects.late().count()
    assert 0 < late < Performance.objects.in_time().count()
    states = {"open", "met", "met_late", "cancelled", "lapsed"}
    assert states <= set(Deadline.objects.values_list("state", flat=True))
    assert LossAnalysis.objects.filter(state="rectified").exists()


def test_register_numbers_go_on_after_the_written_ones(cast):
    fill_disputes(cast.mechanism, 10, today=TODAY)
    last = Dispute.objects.order_by("-filed_on", "-pk").values_list("number", flat=True)[0]
    year, n = TODAY.year, int(last.partition("〕")[2].removesuffix("号"))

    assert next_number(cast.mechanism.jurisdiction, "dispute", TODAY) == f"示争〔{year}〕{n + 1}号"


def test_an_empty_database_is_filled_for_measuring(db):
    said = io.StringIO()

    call_command("seed_disputes", "12", stdout=said)

    assert "已写入争议：12件" in said.getvalue()
    assert Dispute.objects.count() == 12
    with pytest.raises(CommandError):
        call_command("seed_disputes", "12")
