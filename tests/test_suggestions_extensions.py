"""More time for a reply: asked for, granted, refused."""

from datetime import date

import pytest
import time_machine

from foundations.access.errors import RuleBroken
from suggestions.actions.extensions import answer_extension, ask_extension
from suggestions.states import Attitude
from tests.answering import REPLIED, fresh, limit, replied, said, served, states
from tests.letters import DUE, moment

pytestmark = pytest.mark.django_db
NOW = moment(date(2026, 12, 2))
A, P, N, O = Attitude.ACCEPTED, Attitude.PARTLY, Attitude.NOT_ACCEPTED, Attitude.OBJECTION  # noqa: E741


@pytest.fixture(autouse=True)
def _in_december():
    with time_machine.travel(NOW, tick=False):
        yield


def asked(city, row, *, at=date(2026, 11, 4), until=date(2026, 12, 24), reason="历史档案核查"):
    contact = city.users["agency_contact"]
    return ask_extension(row.pk, actor=contact, at=moment(at), until_on=until, reason=reason)


def test_an_extension_moves_the_limit_and_a_reply_within_it_is_in_time(city):
    row = served(city)
    request = asked(city, row)
    assert fresh(row).reply_due_on == DUE

    court = city.users["court_officer"]
    answer_extension(request.pk, actor=court, at=moment(date(2026, 11, 5)), granted=True)

    assert fresh(row).reply_due_on == date(2026, 12, 24)
    assert limit(row, "SJ-REPLY").due_on == date(2026, 12, 24)
    replied(city, row, said(A, A), on=date(2026, 12, 24))
    assert fresh(row).reply_late is False
    assert states(row)[0] == ("SJ-REPLY", "met")


def test_an_extension_to_a_rest_day_rolls(city):
    row = served(city)
    request = asked(city, row, until=date(2026, 12, 26))

    answer_extension(request.pk, actor=city.users["court_officer"], at=NOW, granted=True)

    assert fresh(row).reply_due_on == date(2026, 12, 28) == limit(row, "SJ-REPLY").due_on


def test_a_refused_extension_has_its_reason_and_moves_nothing(city):
    row = served(city)
    request = asked(city, row)
    court = city.users["court_officer"]

    with pytest.raises(RuleBroken) as broken:
        answer_extension(request.pk, actor=court, at=NOW, granted=False)
    assert (broken.value.code, broken.value.field) == ("answer_missing", "answer")

    answer_extension(request.pk, actor=court, at=NOW, granted=False, answer="期限充足")
    assert (fresh(row).reply_due_on, limit(row, "SJ-REPLY").due_on) == (DUE, DUE)
    with pytest.raises(RuleBroken) as broken:
        answer_extension(request.pk, actor=court, at=NOW, granted=True)
    assert broken.value.code == "answered"
    assert asked(city, row, reason="补充材料").granted is None


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        pytest.param({"until": DUE}, "extension_earlier", "until_on", id="not later"),
        pytest.param({"at": date(2026, 12, 1)}, "limit_over", "", id="after the last day"),
        pytest.param({"reason": " "}, "reason_missing", "reason", id="no reason"),
    ],
)
def test_a_wrong_request_is_refused(city, given, code, field):
    row = served(city)

    with pytest.raises(RuleBroken) as broken:
        asked(city, row, **given)

    assert (broken.value.code, broken.value.field) == (code, field)
    assert not row.extensions.exists()


def test_one_request_waits_at_a_time_and_a_reply_settles_it(city):
    row = served(city)
    first = asked(city, row)
    assert asked(city, row) == first

    with pytest.raises(RuleBroken) as broken:
        asked(city, row, until=date(2026, 12, 31))
    assert broken.value.code == "request_waits"

    replied(city, row)
    first.refresh_from_db()
    assert (first.granted, first.answer) == (False, "答复前已收到回复。")
    with pytest.raises(RuleBroken) as broken:
        answer_extension(first.pk, actor=city.users["court_officer"], at=NOW, granted=True)
    assert broken.value.code == "answered"


def test_a_letter_without_a_term_has_nothing_to_extend(city):
    row = served(city, kind="opinion_letter", form="individual")

    with pytest.raises(RuleBroken) as broken:
        asked(city, row)
    assert broken.value.code == "no_limit"

    replied(city, row)
    row = fresh(row)
    assert (row.replied_on, row.reply_late) == (REPLIED, False)
