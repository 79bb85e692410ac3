"""Made-up disputes: written at once, they are what the actions would have written."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from cases.models import Dispute
from demo.disputes.bulk.writing import write
from demo.disputes.by_actions import ByActions
from demo.disputes.cast import Cast, gather
from demo.disputes.courses import courses
from demo.disputes.founding import enter_register, publish_codes
from demo.diary import moment
from demo.seed import found_city
from services.deadlines.actions import lapse_windows
from tests.disputes_told import contents, differences

TODAY = date(2026, 11, 20)
BOTH_WAYS = 50


@pytest.fixture
def cast(db) -> Cast:
    """The made-up city on a day, with its courts and mediators."""
    start, now = TODAY - timedelta(days=780), moment(TODAY, "18:00")
    city = found_city(password="Liaison-2026", start=start, now=now)
    publish_codes()
    place, centre = city.mechanism.jurisdiction, city.units["centre"]
    enter_register(place, centre, city.users, at=now, since=date(2020, 1, 1))
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
