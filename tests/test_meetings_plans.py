"""An addressee's adopted plan becomes a topic of the next meeting, once."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from foundations.access.errors import RuleBroken
from foundations.audit.trail import history_of
from meetings.actions import topics
from meetings.actions.plans import submit_plan
from meetings.models import Topic
from meetings.panels import plan_panel
from meetings.states import TopicState
from suggestions.actions.measures import MeasureWords, plan_measures
from suggestions.actions.replies import PositionWords, ReplyWords, reply
from suggestions.actions.service import serve
from suggestions.models import Addressee
from suggestions.states import Attitude
from tests.gatherings import AT, make_meeting
from tests.letters import SERVED, addressee, agencies, letter, moment

YEAR_END = date(2026, 12, 31)
REPLIED = moment(date(2026, 11, 10))


def adopting(city, one: Addressee, by="agency_contact") -> Addressee:
    """An addressee that adopted everything, with one measure for each problem."""
    officer = city.users["court_officer"]
    serve(one.pk, actor=officer, at=moment(SERVED, 17), on=SERVED, mode="electronic")
    problems = list(one.suggestion.problems.all())
    measures = tuple(
        MeasureWords(
            row.order, f"修订执法文书{row.order}", "孙启明", date(2026, 12, 31), row.order
        )
        for row in problems
    )
    words = ReplyWords(
        positions=tuple(PositionWords(row.order, Attitude.ACCEPTED) for row in problems),
        text="采纳",
    )
    actor = city.users[by]
    reply(one.pk, actor=actor, at=REPLIED, words=words)
    plan_measures(one.pk, actor=actor, at=REPLIED, measures=measures)
    one.refresh_from_db()
    return one


@pytest.fixture
def planned(city):
    return adopting(city, addressee(city))


@pytest.fixture
def meeting(city):
    return make_meeting(city)


def submit(city, one, meeting, by="court_officer") -> Topic:
    return submit_plan(one.pk, actor=city.users[by], at=AT, meeting_id=meeting.pk)


@pytest.mark.parametrize(
    ("by", "unit"),
    [
        pytest.param("court_officer", "court", id="the issuer's officer"),
        pytest.param("gov_officer", "agency", id="the officer of the unit's side, for it"),
    ],
)
def test_the_measures_are_proposed_as_resolutions(city, planned, meeting, by, unit):
    topic = submit(city, planned, meeting, by)

    assert (topic.meeting, topic.state, topic.organization.key) == (meeting, "submitted", unit)
    assert topic.kind == "advice"
    assert "1. 修订执法文书1（市综合执法局，责任人 孙启明，2026-12-31 前完成）" in topic.opinion
    assert "2. 修订执法文书2" in topic.opinion
    assert "meetings.topic.from_plan" in [entry.action for entry in history_of(topic)]


def test_it_is_a_topic_once(city, planned, meeting):
    first = submit(city, planned, meeting)

    assert submit(city, planned, meeting) == first
    with pytest.raises(RuleBroken, match="已列为议题") as refused:
        submit(city, planned, meeting, "gov_officer")
    assert refused.value.code == "plan_submitted"
    assert Topic.objects.count() == 1


def test_a_topic_that_was_withdrawn_may_be_made_anew(city, planned, meeting):
    first = submit(city, planned, meeting)
    topics.withdraw(first.pk, actor=city.users["court_officer"], at=AT, reason="另行研究")

    assert submit(city, planned, meeting).state == TopicState.SUBMITTED


@pytest.mark.parametrize(
    "by",
    [
        pytest.param("court_convenor", id="a leader"),
        pytest.param("agency_contact", id="a unit not called to the meeting"),
        pytest.param("system_admin", id="an administrator"),
    ],
)
def test_nobody_else(city, planned, meeting, by):
    with pytest.raises(PermissionDenied):
        submit(city, planned, meeting, by)

    assert not Topic.objects.exists()


def test_who_does_not_see_the_letter_makes_no_topic_of_it(city, meeting):
    planned = adopting(city, addressee(city, copies=()))

    with pytest.raises(PermissionDenied):
        submit(city, planned, meeting, "gov_officer")


def test_there_must_be_a_plan(city, meeting):
    with pytest.raises(RuleBroken) as refused:
        submit(city, addressee(city), meeting)

    assert refused.value.code == "no_plan"


class TestOnThePageOfTheLetter:
    @pytest.fixture(autouse=True)
    def _on_a_day_of_collecting(self, time_machine):
        time_machine.move_to(AT)

    def test_the_button_makes_the_topic(self, city, as_user, planned, meeting):
        court = as_user(city.users["court_officer"])
        url = reverse("meetings:topic-from-plan", args=[planned.public_id])
        page = court.get(planned.suggestion.get_absolute_url()).content.decode()
        assert url in page
        assert meeting.title in page

        answer = court.post(url, follow=True)

        topic = Topic.objects.get()
        assert answer.redirect_chain[-1][0] == topic.get_absolute_url()
        assert planned.suggestion.get_absolute_url() in answer.content.decode()
        after = court.get(planned.suggestion.get_absolute_url()).content.decode()
        assert url not in after
        assert topic.get_absolute_url() in after

    @pytest.mark.parametrize(
        ("by", "changes"),
        [
            pytest.param("court_convenor", {}, id="a leader"),
            pytest.param("agency_contact", {}, id="the unit, not called to the meeting"),
            pytest.param("court_officer", {"state": "planned"}, id="no meeting collects"),
            pytest.param("court_officer", {"topics_due_on": date(2026, 11, 20)}, id="too late"),
        ],
    )
    def test_no_button(self, city, as_user, planned, by, changes):
        make_meeting(city, **changes)
        url = reverse("meetings:topic-from-plan", args=[planned.public_id])

        page = as_user(city.users[by]).get(planned.suggestion.get_absolute_url())

        assert url not in page.content.decode()

    def test_without_a_meeting_the_address_says_so(self, city, as_user, planned):
        url = reverse("meetings:topic-from-plan", args=[planned.public_id])

        page = as_user(city.users["court_officer"]).post(url)

        assert page.status_code == 409

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_panel_costs_the_same_for_any_number(
        self, city, rf, meeting, django_assert_num_queries, number
    ):
        units = agencies(city, number)
        made = letter(city, addressees=units)
        keys = ["agency_contact", *(f"{one.key}_contact" for one in units[1:])]
        for one, by in zip(made.addressees.all(), keys, strict=True):
            adopting(city, one, by)
        request = rf.get("/")
        request.user = city.users["court_officer"]
        plan_panel(request, made)

        with django_assert_num_queries(7):
            _template, context = plan_panel(request, made)

        assert len(context["plan_lines"]) == number
