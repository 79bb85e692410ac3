"""Several units urged at once: whoever it no longer fits is passed over, the rest go."""

import pytest
import time_machine

from foundations.access.errors import RuleBroken
from suggestions.actions.bulk import urge_units
from suggestions.actions.replies import reply
from suggestions.models import Addressee, Supervision
from suggestions.states import UrgingLevel
from tests.letters import addressee, agencies, letter
from tests.urging import ANSWER_BY, LATE, answers, served, urge

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_week_late():
    with time_machine.travel(LATE, tick=False):
        yield


@pytest.fixture
def rows(city) -> list[Addressee]:
    """Three addressees of one letter, all late."""
    made = letter(city, addressees=agencies(city, 3))
    return [served(city, row) for row in made.addressees.order_by("order")]


def urge_all(city, rows, **given) -> int:
    words = {"level": UrgingLevel.GENERAL, "due_on": ANSWER_BY, **given}
    return urge_units(
        [row.pk for row in rows], actor=city.users["court_officer"], at=LATE, **words
    )


def test_who_has_replied_or_was_urged_since_the_preview_is_passed_over(city, rows):
    reply(rows[0].pk, actor=city.users["agency_contact"], at=LATE, words=answers(rows[0]))
    urge(city, rows[1])

    assert urge_all(city, rows) == 1

    assert Supervision.objects.filter(addressee=rows[2]).count() == 1
    assert Supervision.objects.count() == 2


def test_a_unit_urged_at_a_higher_level_is_urged_at_that_level(city, rows):
    urge(city, rows[0], level=UrgingLevel.KEY, due_on=ANSWER_BY, kind="talk")

    assert urge_all(city, rows) == 3

    levels = Supervision.objects.filter(kind="urging").order_by("addressee__order")
    assert list(levels.values_list("level", flat=True)) == ["key", "general", "general"]


def test_a_day_that_is_past_sends_none(city, rows):
    with pytest.raises(RuleBroken) as broken:
        urge_all(city, rows, due_on=LATE.date())

    assert broken.value.code == "due_past"
    assert not Supervision.objects.exists()


def test_nobody_late_is_nobody_urged(city):
    assert urge_all(city, [addressee(city)]) == 0
