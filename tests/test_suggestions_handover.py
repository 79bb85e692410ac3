"""Whoever leaves hands over the letters that it handles and those that it answers."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from foundations.audit.trail import history_of
from foundations.notifications.models import Notice
from members.actions import hand_over
from members.models import RoleBinding
from members.states import Role
from services.deadlines.models import Deadline
from suggestions.actions.rectification import finish
from suggestions.models import Suggestion
from suggestions.states import AddresseeState, LetterState
from tests.answering import carried_out, limit, served, to_verify
from tests.letters import account, letter, moment
from tests.urging import LATE, urge

pytestmark = pytest.mark.django_db
NOW = moment(date(2026, 12, 9))


@pytest.fixture(autouse=True)
def _in_december():
    with time_machine.travel(NOW, tick=False):
        yield


def gives(city, giver: str, taker: str):
    return hand_over(
        city.users[giver].person_id,
        actor=None,
        taker_id=city.users[taker].person_id,
        on=NOW.date(),
        reason="调离",
        at=NOW,
    )


def by(city, row, key: str):
    """The addressee is handled by one person of the unit."""
    row.handler = city.users[key]
    row.store()
    return row


def test_what_is_received_moves_with_its_limits_and_measures(city):
    taker = account(city, "colleague", "agency")
    row = by(city, served(city), "agency_contact")
    measure = urge(city, row)

    done = gives(city, "agency_contact", "colleague")

    row.refresh_from_db()
    assert row.handler == taker
    assert limit(row, "SJ-REPLY").handler == taker
    assert Deadline.objects.about(measure).get().handler == taker
    assert [(group["key"], len(group["entries"])) for group in done.items] == [("addressees", 1)]
    assert "suggestions.addressee.assigned" in {entry.action for entry in history_of(row)}


def test_what_was_issued_moves_with_the_limits_of_the_issuer_alone(city):
    taker = account(city, "judge", "court", Role.MEMBER_UNIT)
    row = to_verify(city)
    draft = letter(city, state=LetterState.DRAFT)

    gives(city, "court_officer", "judge")

    assert set(Suggestion.objects.values_list("handler", flat=True)) == {taker.pk}
    assert limit(row, "VERIFY").handler == taker
    row.refresh_from_db()
    assert row.handler == city.users["agency_contact"]
    assert draft.pk in Suggestion.objects.values_list("pk", flat=True)


def test_what_is_closed_or_withdrawn_stays_with_whoever_handled_it(city):
    account(city, "judge", "court", Role.MEMBER_UNIT)
    row = by(city, letter(city).addressees.get(), "agency_contact")
    row.state = AddresseeState.CLOSED
    row.store()
    letter(city, state=LetterState.WITHDRAWN).addressees.update(state=AddresseeState.WITHDRAWN)

    gives(city, "court_officer", "judge")

    handlers = set(Suggestion.objects.values_list("handler", flat=True))
    assert handlers == {city.users["court_officer"].pk}


def test_the_page_of_the_handover_lists_what_moves(city, as_user):
    account(city, "colleague", "agency")
    row = by(city, served(city), "agency_contact")
    person = city.users["agency_contact"].person

    page = as_user(city.users["gov_officer"]).get(
        reverse("members:handover-new", args=[person.public_id])
    )

    assert page.status_code == 200
    assert "收到的建议" in page.content.decode()
    assert str(row.suggestion) in page.content.decode()


def test_a_handler_who_left_is_not_told_but_the_unit_is(city):
    colleague = account(city, "colleague", "agency")
    leaver = city.users["agency_contact"]
    row = by(city, served(city), "agency_contact")
    RoleBinding.objects.filter(user=leaver).update(valid_to=date(2026, 12, 1))

    measure = urge(city, row, at=LATE)

    told = Notice.objects.filter(reason="urged", subject_id=measure.pk)
    assert set(told.values_list("recipient", flat=True)) == {colleague.pk}


def test_the_issuer_is_told_where_the_handler_of_its_letter_left(city):
    judge = account(city, "judge", "court", Role.MEMBER_UNIT)
    row = carried_out(city)
    RoleBinding.objects.filter(user=city.users["court_officer"]).update(valid_to=NOW.date())

    tomorrow = moment(date(2026, 12, 10))
    with time_machine.travel(tomorrow, tick=False):
        finish(row.pk, actor=city.users["agency_contact"], at=tomorrow)

    told = Notice.objects.filter(reason__startswith="finished")
    assert judge.pk in set(told.values_list("recipient", flat=True))
    assert city.users["court_officer"].pk not in set(told.values_list("recipient", flat=True))
