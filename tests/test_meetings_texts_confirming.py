"""A draft is put to the sides, confirmed or sent back; what changed between drafts."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from foundations.access.errors import RuleBroken
from foundations.notifications.models import Notice
from meetings.actions.texts import (
    answer_text,
    propose_text,
    recall_text,
    revise_text,
)
from meetings.states import MeetingState, TextState
from meetings.views.differences import differences
from services.consents.models import Consent
from services.deadlines.models import Deadline
from tests.desks import items
from tests.meeting_after import WRITTEN, drafted, proposed
from tests.meeting_day import address

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _two_days_later():
    with time_machine.travel(WRITTEN, tick=False):
        yield


def test_putting_minutes_forward_asks_the_other_side(city):
    text = proposed(city)

    consent = Consent.objects.get()
    assert (text.state, consent.proposed_by, consent.sides) == (
        TextState.PROPOSED,
        "court",
        ["government", "court"],
    )
    assert consent.due_on == date(2026, 12, 3)
    assert consent.text.startswith(text.title)
    assert "责任单位：试验市综合行政执法局；协同单位：试验市司法局" in consent.text
    told = Notice.objects.filter(reason="proposed:1").values_list("recipient__username", flat=True)
    assert list(told) == ["gov_officer"]
    assert not Deadline.objects.open().filter(rule="MT-MIN").exists()


@pytest.mark.parametrize(
    ("who", "side", "refusal"),
    [
        pytest.param("gov_officer", "government", None, id="the officer of the side asked"),
        pytest.param("court_officer", "government", "wrong_side", id="the other side's officer"),
        pytest.param("court_officer", "court", "answered", id="the side that proposed"),
        pytest.param("gov_officer", "court", "wrong_side", id="for the other side"),
        pytest.param("recorder", "government", PermissionDenied, id="no officer"),
        pytest.param("gov_convenor", "government", PermissionDenied, id="a leader"),
        pytest.param("agency_contact", "government", PermissionDenied, id="an agency"),
    ],
)
def test_who_confirms_for_a_side(city, who, side, refusal):
    text = proposed(city)
    given = {"side": side, "actor": city.users[who], "at": WRITTEN, "verdict": "agree"}

    if refusal is None:
        assert answer_text(text.pk, **given).state == TextState.CONFIRMED
        return
    with pytest.raises(PermissionDenied if refusal is PermissionDenied else RuleBroken) as said:
        answer_text(text.pk, **given)
    assert getattr(said.value, "code", PermissionDenied) == refusal
    text.refresh_from_db()
    assert text.state == TextState.PROPOSED


def test_the_wrong_side_gets_a_page_that_says_so(city, as_user):
    text = proposed(city)
    typed = {"side": "government", "verdict": "agree", "version": text.version}

    page = as_user(city.users["court_officer"]).post(address("text-answer", text), typed)

    assert page.status_code == 422
    assert "只有该方联络员可以代表该方答复" in page.content.decode()


def test_both_sides_confirmed_moves_the_meeting_and_adopts_the_words(city):
    text = drafted(city)
    line = {**text.body["resolved"][0], "text": "印发告知程序指引"}
    body = {**text.body, "resolved": [line]}
    officer = city.users["court_officer"]
    revise_text(text.pk, actor=officer, at=WRITTEN, title=text.title, body=body)
    propose_text(text.pk, actor=officer, at=WRITTEN)

    text = answer_text(
        text.pk, side="government", actor=city.users["gov_officer"], at=WRITTEN, verdict="agree"
    )

    assert (text.state, text.meeting.state) == (TextState.CONFIRMED, MeetingState.CONFIRMED)
    assert text.meeting.resolutions.get().text == "印发告知程序指引"


@pytest.mark.parametrize("verdict", ["amend", "refuse"])
def test_a_side_that_does_not_agree_sends_the_text_back_as_the_next_draft(city, as_user, verdict):
    text = proposed(city)
    client = as_user(city.users["gov_officer"])
    typed = {"side": "government", "verdict": verdict, "version": text.version}

    silent = client.post(address("text-answer", text), typed)
    said = client.post(address("text-answer", text), {**typed, "remark": "第二段改为“宜”"})
    page = as_user(city.users["court_officer"]).get(address("text-revise", text))

    text.refresh_from_db()
    assert (silent.status_code, said.status_code) == (422, 302)
    assert (text.state, text.draft) == (TextState.DRAFT, 2)
    assert "第二段改为“宜”" in page.content.decode()
    desk = items(city.users["court_officer"], WRITTEN.date())
    assert [one.group for one in desk if one.title == text.title] == ["returned"]


def test_a_side_answers_the_draft_that_it_saw(city):
    text = proposed(city)
    version = text.version
    recall_text(text.pk, actor=city.users["court_officer"], at=WRITTEN)
    propose_text(text.pk, actor=city.users["court_officer"], at=WRITTEN)

    with pytest.raises(RuleBroken) as broken:
        answer_text(
            text.pk,
            side="government",
            actor=city.users["gov_officer"],
            at=WRITTEN,
            verdict="agree",
            version=version,
        )

    assert broken.value.code == "stale"


def test_a_double_submit_of_a_draft_asks_once(city, as_user):
    text = drafted(city)
    client = as_user(city.users["court_officer"])

    first = client.post(address("text-propose", text), {"version": text.version})
    second = client.post(address("text-propose", text), {"version": text.version})

    assert (first.status_code, second.status_code) == (302, 409)
    assert (Consent.objects.count(), text.drafts.count()) == (1, 1)


def test_the_history_shows_what_changed_between_drafts(city, as_user):
    text = proposed(city)
    officer = city.users["court_officer"]
    recall_text(text.pk, actor=officer, at=WRITTEN)
    body = {**text.body, "held": ["会议要求抓紧落实。"]}
    revise_text(text.pk, actor=officer, at=WRITTEN, title=text.title, body=body)
    propose_text(text.pk, actor=officer, at=WRITTEN)

    page = as_user(officer).get(address("text-drafts", text)).content.decode()

    assert "第 1 稿至第 2 稿" in page
    assert ("<ins>" in page, "<del>" in page) == (True, True)


@pytest.mark.parametrize(
    ("before", "after", "runs"),
    [
        (["甲乙"], ["甲乙"], [[("same", "甲乙")]]),
        (["应当告知"], ["应告知"], [[("same", "应"), ("out", "当"), ("same", "告知")]]),
        (["甲"], ["甲", "乙"], [[("same", "甲")], [("in", "乙")]]),
        (["甲", "乙"], ["乙"], [[("out", "甲")], [("same", "乙")]]),
    ],
)
def test_differences(before, after, runs):
    assert differences(before, after) == runs


@pytest.mark.parametrize(
    ("who", "group", "verb"),
    [
        ("gov_officer", "todo", "确认"),
        ("court_officer", "waiting", "查看"),
    ],
)
def test_what_a_proposed_text_lays_on_the_desks(city, who, group, verb):
    text = proposed(city)

    desk = [one for one in items(city.users[who], WRITTEN.date()) if one.title == text.title]

    assert [(one.group, one.verb, one.day) for one in desk] == [(group, verb, date(2026, 12, 3))]
