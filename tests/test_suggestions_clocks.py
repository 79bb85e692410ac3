"""Two clocks: replied is not carried out, carried out is not effective; all counts agree."""

from datetime import date

import pytest
import time_machine

from services.deadlines.models import DeadlineState
from suggestions.actions.rectification import verify
from suggestions.figures import implementation
from suggestions.models import Addressee, Suggestion
from suggestions.periods import Period
from suggestions.stages import Stage, at_stage
from suggestions.states import Status
from tests.answering import carried_out, limit, replied, served, to_verify
from tests.letters import addressee, moment

pytestmark = pytest.mark.django_db
NOW = moment(date(2026, 12, 9))
ON = NOW.date()


@pytest.fixture(autouse=True)
def _in_december():
    with time_machine.travel(NOW, tick=False):
        yield


def verified(city, effect: str) -> Addressee:
    row = to_verify(city)
    verify(
        row.pk,
        actor=city.users["court_officer"],
        at=NOW,
        on=ON,
        verdict="passed",
        effect=effect,
        remark="已抽查。",
    )
    return row


def adopted_only(city) -> Addressee:
    row = served(city)
    replied(city, row)
    return row


WAYS = {
    "unserved": addressee,
    "silent": served,
    "replied": adopted_only,
    "reported": carried_out,
    "submitted": to_verify,
    "useless": lambda city: verified(city, "none"),
    "effective": lambda city: verified(city, "effective"),
}
FIGURES = ("replied", "silent", "rectifying", "to_verify", "verified", "effective")
COUNTED = {
    "unserved": (0, 0, 0, 0, 0, 0),
    "silent": (0, 1, 0, 0, 0, 0),
    "replied": (1, 0, 1, 0, 0, 0),
    "reported": (1, 0, 1, 0, 0, 0),
    "submitted": (1, 0, 0, 1, 0, 0),
    "useless": (1, 0, 0, 0, 1, 0),
    "effective": (1, 0, 0, 0, 1, 1),
}


def counts(city):
    court = city.organizations["court"]
    return implementation(city.mechanism, court, Period(ON.year), ON).total


@pytest.mark.parametrize("way", WAYS)
def test_a_reply_counts_as_a_reply_alone(city, way):
    WAYS[way](city)

    total = counts(city)

    assert tuple(getattr(total, name) for name in FIGURES) == COUNTED[way]


def test_each_clock_is_met_by_its_own_deed(city):
    row = adopted_only(city)
    assert limit(row, "SJ-REPLY").state == DeadlineState.MET
    assert limit(row, "RECTIFY").state == DeadlineState.OPEN

    row = to_verify(city)
    assert limit(row, "RECTIFY").state == DeadlineState.MET
    assert limit(row, "VERIFY").state == DeadlineState.OPEN
    row.refresh_from_db()
    assert (row.verified_on, row.effect, row.closed_on) == (None, "", None)


def test_ledger_stages_status_and_report_count_the_same(city):
    for way in WAYS.values():
        way(city)
    total = counts(city)
    rows = Addressee.objects.all()

    def at(stage: str) -> int:
        return rows.filter(at_stage(stage, ON)).count()

    assert at(Stage.UNSERVED) == total.unserved == 1
    assert at(Stage.LATE) == rows.reply_overdue(on=ON).count() == total.silent == 1
    assert at(Stage.UNANSWERED) == total.waiting + total.silent
    assert at(Stage.RECTIFYING) == total.rectifying == 2
    assert at(Stage.VERIFY) == total.to_verify == 1
    assert at(Stage.CLOSED) == total.verified == 2
    said = [one.status for one in Suggestion.objects.with_status(ON)]
    assert said.count(Status.OVERDUE) == total.silent
    assert said.count(Status.RECTIFYING) == total.rectifying
    assert said.count(Status.TO_VERIFY) == total.to_verify
    assert said.count(Status.CLOSED) == total.verified
