"""The agenda: its order, the consent to it, and what opens it again."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from foundations.access.errors import RuleBroken
from foundations.notifications.models import Notice
from meetings.actions import topics
from meetings.actions.agenda import MATTER, answer_agenda, propose_agenda, shift
from meetings.papers.agenda import CLOSED_TITLE, agenda_context, agenda_text
from meetings.states import MeetingState
from services.consents.models import ConsentState
from services.consents.queries import latest
from tests.desks import items
from tests.gatherings import AT, ON, make_meeting, on_agenda, submit


@pytest.fixture
def meeting(city):
    return make_meeting(city)


def titles(meeting) -> list[str]:
    return list(meeting.topics.on_agenda().order_by("order").values_list("title", flat=True))


def propose(city, meeting, by="gov_officer", side="government"):
    return propose_agenda(meeting.pk, side=side, actor=city.users[by], at=AT)


def agree(city, consent, by="court_officer", side="court", verdict="agree", remark=""):
    given = {"side": side, "verdict": verdict, "remark": remark}
    return answer_agenda(consent.pk, actor=city.users[by], at=AT, **given)


@pytest.fixture
def agreed(city, meeting):
    """A meeting with two topics whose agenda both sides agreed to."""
    on_agenda(city, meeting, title="甲")
    on_agenda(city, meeting, title="乙")
    agree(city, propose(city, meeting))
    meeting.refresh_from_db()
    return meeting


@pytest.mark.parametrize(
    ("which", "by", "after"),
    [
        pytest.param("乙", -1, ["乙", "甲", "丙"], id="one up"),
        pytest.param("甲", 1, ["乙", "甲", "丙"], id="one down"),
        pytest.param("甲", -1, ["甲", "乙", "丙"], id="the first stays"),
        pytest.param("丙", 1, ["甲", "乙", "丙"], id="the last stays"),
    ],
)
def test_a_topic_moves_within_the_agenda(city, meeting, which, by, after):
    for title in ("甲", "乙", "丙"):
        on_agenda(city, meeting, title=title)
    topic = meeting.topics.get(title=which)

    shift(topic.pk, actor=city.users["court_officer"], at=AT, by=by)

    assert titles(meeting) == after


def test_only_topics_on_the_agenda_have_a_place(city, meeting):
    topic = submit(city, meeting)

    with pytest.raises(RuleBroken) as refused:
        shift(topic.pk, actor=city.users["gov_officer"], at=AT, by=1)

    assert refused.value.code == "not_on_agenda"


def test_the_agenda_is_agreed_when_the_other_side_agrees(city, meeting):
    on_agenda(city, meeting, title="甲")
    consent = propose(city, meeting)
    meeting.refresh_from_db()
    assert meeting.agenda_agreed_at is None

    agree(city, consent)

    meeting.refresh_from_db()
    assert meeting.agenda_agreed_at == AT
    assert consent.text == "1. 甲（林浩然，15分钟）"


def test_the_other_sides_officer_is_told_and_has_it_on_the_desk(city, meeting):
    on_agenda(city, meeting)
    consent = propose(city, meeting)

    assert (
        Notice.objects.filter(reason=f"agenda:{consent.pk}").get().recipient
        == (city.users["court_officer"])
    )
    desk = {item.url: item.group for item in items(city.users["court_officer"], ON)}
    assert desk[reverse("meetings:answer", args=[consent.public_id])] == "todo"
    waiting = [item for item in items(city.users["gov_officer"], ON) if item.group == "waiting"]
    assert consent.title in [item.title for item in waiting]


def test_an_amendment_leaves_the_agenda_open_and_tells_the_proposer(city, meeting):
    on_agenda(city, meeting)
    consent = propose(city, meeting)

    agree(city, consent, verdict="amend", remark="请调整次序")

    meeting.refresh_from_db()
    assert meeting.agenda_agreed_at is None
    told = Notice.objects.get(reason=f"agenda:{consent.pk}:amended")
    assert told.recipient == city.users["gov_officer"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda city, m, t, act: shift(t.pk, by=1, **act), id="another order"),
        pytest.param(lambda city, m, t, act: on_agenda(city, m, title="新"), id="one more"),
        pytest.param(
            lambda city, m, t, act: topics.defer(t.pk, reason="缓", **act), id="one less"
        ),
        pytest.param(
            lambda city, m, t, act: topics.revise(t.pk, title="改题", **act), id="other words"
        ),
        pytest.param(lambda city, m, t, act: topics.take_up_again(t.pk, **act), id="taken off"),
    ],
)
def test_a_change_asks_for_a_new_agreement(city, agreed, change):
    topic = agreed.topics.get(title="甲")

    change(city, agreed, topic, {"actor": city.users["gov_officer"], "at": AT})

    agreed.refresh_from_db()
    assert agreed.agenda_agreed_at is None


def test_a_topic_that_is_only_submitted_leaves_the_agreement_alone(city, agreed):
    topic = submit(city, agreed, title="丙")
    topics.withdraw(topic.pk, actor=city.users["gov_officer"], at=AT, reason="不提")

    agreed.refresh_from_db()
    assert agreed.agenda_agreed_at == AT


def test_a_change_withdraws_a_proposal_that_waits(city, meeting):
    on_agenda(city, meeting, title="甲")
    propose(city, meeting)

    on_agenda(city, meeting, title="乙")

    assert latest(meeting, MATTER).state == ConsentState.WITHDRAWN


@pytest.mark.parametrize(
    ("by", "side", "error"),
    [
        pytest.param("gov_officer", "court", RuleBroken, id="for the other side"),
        pytest.param("recorder", "government", PermissionDenied, id="a recorder"),
        pytest.param("agency_contact", "government", PermissionDenied, id="a member unit"),
        pytest.param("gov_convenor", "government", PermissionDenied, id="a leader"),
    ],
)
def test_only_the_sides_own_officer_proposes(city, meeting, by, side, error):
    on_agenda(city, meeting)

    with pytest.raises(error):
        propose(city, meeting, by=by, side=side)


def test_nobody_agrees_for_the_other_side(city, meeting):
    on_agenda(city, meeting)
    consent = propose(city, meeting)

    with pytest.raises(RuleBroken) as refused:
        agree(city, consent, by="gov_officer", side="court")

    assert refused.value.code == "wrong_side"


def test_an_empty_agenda_is_not_put_to_anybody(city, meeting):
    with pytest.raises(RuleBroken) as refused:
        propose(city, meeting)

    assert refused.value.code == "no_topic"


def test_papers_name_a_confidential_topic_by_nothing(city, meeting):
    officer = city.users["gov_officer"]
    on_agenda(city, meeting, title="甲", confidential=True)
    on_agenda(city, meeting, title="乙", pending_case=True)

    context = agenda_context(meeting, on=ON)

    assert [row["title"] for row in context["rows"]] == [CLOSED_TITLE, "乙"]
    assert "甲" not in agenda_text(meeting)
    assert len(context["notes"]) == 2
    assert "林浩然" not in context["rows"][0]["reporter"]
    assert officer.pk


class TestPage:
    def test_it_proposes_and_moves(self, city, meeting, as_user):
        on_agenda(city, meeting, title="甲")
        second = on_agenda(city, meeting, title="乙")
        client = as_user(city.users["gov_officer"])

        client.post(reverse("meetings:topic-move", args=[second.public_id]), {"to": "up"})
        client.post(reverse("meetings:agenda-propose", args=[meeting.public_id]))

        assert titles(meeting) == ["乙", "甲"]
        assert latest(meeting, MATTER).text.startswith("1. 乙")

    def test_proposing_twice_is_refused_in_words(self, city, meeting, as_user):
        on_agenda(city, meeting)
        client = as_user(city.users["gov_officer"])
        url = reverse("meetings:agenda-propose", args=[meeting.public_id])

        first, second = client.post(url), client.post(url)

        assert (first.status_code, second.status_code) == (302, 409)

    def test_a_stranger_finds_nothing(self, city, meeting, as_user):
        client = as_user(city.users["system_admin"])

        assert client.get(reverse("meetings:agenda", args=[meeting.public_id])).status_code == 404

    @pytest.mark.parametrize("topics_there", [1, 3])
    def test_queries_do_not_grow_with_topics(
        self, city, meeting, as_user, django_assert_num_queries, topics_there
    ):
        for number in range(topics_there):
            on_agenda(city, meeting, title=f"议题{number}")
        client = as_user(city.users["gov_officer"])

        with django_assert_num_queries(16):
            client.get(reverse("meetings:agenda", args=[meeting.public_id]))

    def test_a_held_meeting_keeps_its_order(self, city, agreed, as_user):
        type(agreed).objects.filter(pk=agreed.pk).update(state=MeetingState.HELD, held_on=ON)
        topic = agreed.topics.get(title="乙")
        url = reverse("meetings:topic-move", args=[topic.public_id])

        answer = as_user(city.users["gov_officer"]).post(url, {"to": "up"})

        assert answer.status_code == 409
        assert titles(agreed) == ["甲", "乙"]
