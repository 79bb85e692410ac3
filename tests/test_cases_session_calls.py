"""Heads of agencies are called to a mediation session, answer, and are urged."""

from datetime import date

import pytest
from django.urls import reverse

from cases.actions.mediation import SessionWords, cancel_session, plan_session
from cases.actions.session_calls import CallWords, answer_call, urge_agency
from cases.models import SessionCall
from cases.work import items
from foundations.access.errors import RuleBroken
from foundations.notifications.models import Notice
from tests.disputes import account, moment, stepped
from tests.letters import unit
from tests.test_cases_mediation import entrusted, settling

SET_ON = date(2026, 3, 4)
HEAD = CallWords(name="李行", post="局长", level="head")
STAFF = CallWords(name="王芳", post="法规科科长", level="other")


@pytest.fixture
def call(city) -> SessionCall:
    """The city's agency is called to a session two days ahead."""
    procedure = stepped(entrusted(city), "acknowledge", SET_ON)
    words = SessionWords(moment(date(2026, 3, 6), 9), "第一调解室", "in_person")
    at = moment(SET_ON, 16)
    planned = plan_session(procedure.pk, actor=city.users["mediator"], at=at, words=words)
    return planned.calls.get()


def page(name, call) -> str:
    dispute = call.session.procedure.dispute
    return reverse(f"cases:{name}", args=[dispute.public_id, call.public_id])


def told(user, call, title) -> bool:
    rows = Notice.objects.filter(recipient=user, title__contains=title)
    return rows.filter(subject_id=call.pk).exists()


def test_an_agency_is_called_and_says_who_comes(city, as_user, call):
    clerk = city.users["agency_contact"]
    assert told(clerk, call, "请负责人参加调解")
    waiting = [item for item in items(clerk, SET_ON) if item.url == page("session-call", call)]
    assert [item.day for item in waiting] == [date(2026, 3, 6)]
    client = as_user(clerk)
    assert "尚未回复由谁参加" in settling(client, call.session.procedure)

    given = {"name": "王芳", "post": "法规科科长", "level": "other", "version": call.version}
    refused = client.post(page("session-call", call), given)
    assert refused.status_code == 422
    assert "reason" in refused.context["form"].errors
    given["reason"] = "局长、副局长均在外地开会"
    assert client.post(page("session-call", call), given).status_code == 302

    shown = settling(as_user(city.users["mediator"]), call.session.procedure)
    assert "法规科科长 王芳" in shown
    assert "局长、副局长均在外地开会" in shown
    assert told(city.users["mediator"], call, "回复了由谁参加调解")
    assert not [item for item in items(clerk, SET_ON) if item.url == page("session-call", call)]


def test_whoever_mediates_urges_until_a_head_comes(city, as_user, call):
    leader = account(city, "agency_head", "agency", role="leader")
    client = as_user(city.users["mediator"])

    assert client.post(page("session-urge", call)).status_code == 302
    assert client.post(page("session-urge", call)).status_code == 409
    assert told(leader, call, "督促负责人参加调解")
    answer_call(call.pk, actor=city.users["agency_contact"], at=moment(SET_ON, 17), words=HEAD)

    with pytest.raises(RuleBroken) as broken:
        urge_agency(call.pk, actor=city.users["mediator"], at=moment(date(2026, 3, 5), 9))
    assert broken.value.code == "head_comes"
    assert "催促" not in settling(client, call.session.procedure)


@pytest.mark.parametrize("who", ["court_officer", "stranger"])
def test_nobody_answers_or_urges_for_another(city, as_user, call, who):
    unit(city, "other", "试验市林业局", "市林业局")
    account(city, "stranger", "other")
    client = as_user(city.users[who])

    answered = client.post(page("session-call", call), {"name": "某人", "post": "x"})
    urged = client.post(page("session-urge", call))

    assert {answered.status_code, urged.status_code} <= {403, 404}
    call.refresh_from_db()
    assert (call.replied, call.urged_on) == (False, None)


def test_a_session_that_is_off_calls_nobody_any_more(city, as_user, call):
    clerk = city.users["agency_contact"]
    at = moment(SET_ON, 18)
    cancel_session(call.session.pk, actor=city.users["mediator"], at=at, reason="另行安排")

    with pytest.raises(RuleBroken) as broken:
        answer_call(call.pk, actor=clerk, at=at, words=HEAD)
    assert broken.value.code == "session_over"
    assert not [item for item in items(clerk, SET_ON) if item.url == page("session-call", call)]


def test_a_session_entered_afterwards_calls_nobody(city):
    procedure = stepped(entrusted(city), "acknowledge", SET_ON)
    words = SessionWords(moment(SET_ON, 9), "第一调解室", "in_person")
    at = moment(date(2026, 3, 6), 16)

    planned = plan_session(procedure.pk, actor=city.users["mediator"], at=at, words=words)

    assert not planned.calls.exists()
