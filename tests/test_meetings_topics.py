"""Topics: given in with opinion and material (YN-19), decided, brought back."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for, visible_to
from foundations.audit.trail import history_of
from meetings.actions import topics
from meetings.actions.standing import add_standing_items
from meetings.actions.topics import material_of
from meetings.models import Invitation, Meeting, Resolution, Topic
from meetings.policy.topics import known_topics
from meetings.states import MeetingKind, MeetingState, ResolutionState, TopicOutcome, TopicState
from tests.gatherings import (
    AT,
    DAY,
    add_material,
    held_meeting,
    later,
    make_meeting,
    notified_meeting,
    on_agenda,
    submit,
)

AFTER_DUE = later(days=10)


@pytest.fixture
def meeting(city):
    return make_meeting(city)


@pytest.mark.parametrize(
    ("by", "unit"),
    [
        pytest.param("gov_officer", "justice", id="a liaison officer for the side"),
        pytest.param("gov_officer", "agency", id="an officer for an agency of the side"),
        pytest.param("recorder", "justice", id="a recorder of the secretariat"),
        pytest.param("court_officer", "court", id="the other side's officer for its own"),
    ],
)
def test_a_secretariat_submits_for_its_own_side(city, meeting, by, unit):
    topic = submit(city, meeting, by=by, unit=unit)

    assert (topic.state, topic.organization.key, topic.order) == ("submitted", unit, 1)
    assert [entry.action for entry in history_of(topic)] == ["meetings.topic.submitted"]


@pytest.mark.parametrize(
    ("by", "unit"),
    [
        pytest.param("gov_officer", "court", id="an officer for the other side"),
        pytest.param("gov_convenor", "gov", id="a leader"),
        pytest.param("agency_contact", "agency", id="a unit not invited, not of the mechanism"),
        pytest.param("agency_contact", "justice", id="a unit for another unit"),
        pytest.param("system_admin", "justice", id="an administrator"),
    ],
)
def test_nobody_else_submits(city, meeting, by, unit):
    with pytest.raises(PermissionDenied):
        submit(city, meeting, by=by, unit=unit)

    assert not Topic.objects.exists()


def test_an_invited_member_unit_submits_for_itself(city, meeting):
    invite_agency(city, meeting)

    topic = submit(city, meeting, by="agency_contact", unit="agency")

    assert visible_to(city.users["agency_contact"], Topic).get() == topic


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        pytest.param({"opinion": " "}, "opinion_missing", "opinion", id="no concrete opinion"),
        pytest.param({"kind": "party"}, "unknown_kind", "kind", id="a type the text lacks"),
        pytest.param({"presenter_name": ""}, "presenter_missing", "presenter_name", id="nobody"),
    ],
)
def test_what_a_topic_must_have(city, meeting, given, code, field):
    with pytest.raises(RuleBroken) as refused:
        submit(city, meeting, **given)

    assert (refused.value.code, refused.value.field) == (code, field)


def test_a_type_may_do_without_an_opinion(city, meeting):
    assert submit(city, meeting, kind="other", opinion="").opinion == ""


@pytest.mark.parametrize("state", sorted(set(MeetingState) - {"collecting", "notified"}))
def test_topics_are_taken_while_they_are_collected(city, state):
    held = date(2026, 11, 1) if state in ("held", "drafted", "confirmed", "closed") else None
    meeting = make_meeting(city, state=state, held_on=held)

    with pytest.raises(RuleBroken, match="协商一致") as refused:
        submit(city, meeting)

    assert refused.value.code == "not_collecting"


def test_topics_close_when_the_meeting_begins(city):
    meeting = make_meeting(city, state=MeetingState.NOTIFIED, started_at=AT)

    with pytest.raises(RuleBroken) as refused:
        submit(city, meeting)

    assert refused.value.code == "not_collecting"


class TestAfterTheDueDay:
    def test_the_due_day_itself_is_in_time(self, city, meeting):
        assert submit(city, meeting, at=later(days=8)).late_reason == ""

    def test_a_member_unit_is_refused_with_the_day(self, city, meeting):
        invite_agency(city, meeting)

        with pytest.raises(RuleBroken, match="2026年12月1日") as refused:
            submit(city, meeting, by="agency_contact", unit="agency", at=AFTER_DUE)

        assert refused.value.code == "topics_closed"

    def test_an_officer_gives_the_reason(self, city, meeting):
        with pytest.raises(RuleBroken) as refused:
            submit(city, meeting, at=AFTER_DUE)
        topic = submit(city, meeting, at=AFTER_DUE, late_reason="上级新部署")

        assert (refused.value.code, refused.value.field) == ("topics_closed", "late_reason")
        assert topic.late_reason == "上级新部署"
        assert history_of(topic)[0].data["late_reason"] == "上级新部署"


def test_a_topic_without_material_does_not_go_on_the_agenda(city, meeting):
    topic = submit(city, meeting)

    with pytest.raises(RuleBroken, match="还没有资料") as refused:
        topics.accept(topic.pk, actor=city.users["court_officer"], at=AT)
    add_material(city, topic)
    accepted = topics.accept(topic.pk, actor=city.users["court_officer"], at=AT)

    assert refused.value.code == "material_missing"
    assert accepted.state == TopicState.ACCEPTED


@pytest.mark.parametrize(
    ("by", "allowed"),
    [
        ("gov_officer", True),
        ("court_officer", True),
        ("recorder", True),
        ("agency_contact", False),
        ("gov_convenor", False),
        ("system_admin", False),
    ],
)
def test_both_secretariats_decide(city, meeting, by, allowed):
    topic = submit(city, meeting)
    add_material(city, topic)

    assert policy_for(Topic).can(city.users[by], "decide", topic) is allowed


@pytest.mark.parametrize("decision", ["defer", "withdraw"])
def test_a_decision_has_its_reason(city, meeting, decision):
    topic = submit(city, meeting)
    decide = getattr(topics, decision)

    with pytest.raises(RuleBroken) as refused:
        decide(topic.pk, actor=city.users["gov_officer"], at=AT, reason=" ")
    decided = decide(topic.pk, actor=city.users["gov_officer"], at=AT, reason="材料不足")

    assert (refused.value.code, refused.value.field) == ("no_reason", "reason")
    assert decided.reason == "材料不足"


def test_the_other_side_cannot_withdraw_what_it_did_not_give_in(city, meeting):
    topic = submit(city, meeting)

    with pytest.raises(PermissionDenied):
        topics.withdraw(topic.pk, actor=city.users["court_officer"], at=AT, reason="不议")


def test_a_topic_is_merged_into_another_of_the_same_meeting(city, meeting):
    one, other = submit(city, meeting), submit(city, meeting, title="催告程序")
    elsewhere = submit(city, make_meeting(city, title="另一次"))
    officer = city.users["gov_officer"]

    for wrong in (one, elsewhere):
        with pytest.raises(RuleBroken) as refused:
            topics.merge(one.pk, into=wrong, actor=officer, at=AT, reason="同一问题")
        assert (refused.value.code, refused.value.field) == ("bad_merge", "into")
    merged = topics.merge(one.pk, into=other, actor=officer, at=AT, reason="同一问题")

    assert (merged.state, merged.merged_into) == (TopicState.MERGED, other)


MOVES = {
    ("submitted", "accepted"),
    ("submitted", "merged"),
    ("submitted", "deferred"),
    ("submitted", "withdrawn"),
    ("accepted", "submitted"),
    ("accepted", "merged"),
    ("accepted", "deferred"),
    ("accepted", "withdrawn"),
    ("deferred", "submitted"),
}


@pytest.mark.parametrize("before", TopicState.values)
@pytest.mark.parametrize("to", TopicState.values)
def test_which_moves_are_allowed(city, meeting, before, to):
    topic, other = submit(city, meeting), submit(city, meeting, title="另一议题")
    add_material(city, topic)
    Topic.objects.filter(pk=topic.pk).update(state=before)
    act = {"actor": city.users["gov_officer"], "at": AT}
    move = {
        "submitted": lambda: topics.take_up_again(topic.pk, **act),
        "accepted": lambda: topics.accept(topic.pk, **act),
        "merged": lambda: topics.merge(topic.pk, into=other, reason="同类", **act),
        "deferred": lambda: topics.defer(topic.pk, reason="待研究", **act),
        "withdrawn": lambda: topics.withdraw(topic.pk, reason="不再提", **act),
    }[to]

    if (before, to) in MOVES:
        assert move().state == to
    else:
        with pytest.raises(RuleBroken) as refused:
            move()
        assert refused.value.code == "bad_transition"


def test_a_stale_form_is_refused_and_nothing_is_written(city, meeting):
    topic = submit(city, meeting)
    officer = city.users["gov_officer"]
    seen = topic.version
    topics.revise(topic.pk, actor=officer, at=AT, version=seen, title="先改的题目")

    with pytest.raises(RuleBroken) as refused:
        topics.revise(topic.pk, actor=officer, at=AT, version=seen, title="后改的题目")

    topic.refresh_from_db()
    assert (refused.value.code, topic.title) == ("stale", "先改的题目")


class TestWhatComesBack:
    def test_open_resolutions_come_back_as_one_item_a_meeting(self, city, meeting):
        earlier = held_meeting(city)
        for state in ("open", "open", "done"):
            Resolution.objects.create(meeting=earlier, text=f"事项 {state}", state=state)

        added = add_standing_items(meeting, actor=None, at=AT)
        again = add_standing_items(meeting, actor=None, at=AT)

        (item,) = added
        assert item.title == f"回头看：{earlier.title}未办结事项 2 项"
        assert (item.state, item.follows.meeting) == (TopicState.ACCEPTED, earlier)
        assert again == []

    def test_deferred_and_carried_topics_come_back(self, city, meeting):
        earlier = make_meeting(city, title="上次", planned_on=date(2026, 11, 24))
        deferred, carried, done = (
            on_agenda(city, earlier, title=title) for title in ("缓议", "未议完", "已议")
        )
        topics.defer(deferred.pk, actor=city.users["gov_officer"], at=AT, reason="待研究")
        Topic.objects.filter(pk=carried.pk).update(outcome=TopicOutcome.CARRIED)
        Topic.objects.filter(pk=done.pk).update(outcome=TopicOutcome.OPINION)
        Meeting.objects.filter(pk=earlier.pk).update(state=MeetingState.HELD, held_on=DAY)

        add_standing_items(meeting, actor=None, at=AT)
        add_standing_items(meeting, actor=None, at=AT)

        back = {topic.title: topic for topic in meeting.topics.all()}
        assert sorted(meeting.topics.values_list("title", "state")) == [
            ("未议完", TopicState.ACCEPTED),
            ("缓议", TopicState.SUBMITTED),
        ]
        assert back["未议完"].carried_from == carried
        assert len(material_of(back["未议完"])) == 1

    def test_a_deferred_topic_goes_straight_to_a_meeting_that_collects(self, city, meeting):
        following = make_meeting(city, title="下次", planned_on=date(2027, 2, 16))
        topic = submit(city, meeting)

        topics.defer(topic.pk, actor=city.users["gov_officer"], at=AT, reason="待研究")

        assert following.topics.get().carried_from == topic
        with pytest.raises(RuleBroken) as refused:
            topics.take_up_again(topic.pk, actor=city.users["gov_officer"], at=AT)
        assert refused.value.code == "already_carried"

    def test_topics_of_a_cancelled_meeting_are_not_lost(self, city, meeting):
        called_off = make_meeting(city, title="取消的", planned_on=date(2026, 11, 24))
        submit(city, called_off, title="仍要议")
        Meeting.objects.filter(pk=called_off.pk).update(state=MeetingState.CANCELLED)

        add_standing_items(meeting, actor=None, at=AT)

        assert [topic.title for topic in meeting.topics.all()] == ["仍要议"]

    def test_an_ad_hoc_meeting_keeps_to_its_own_matter(self, city):
        earlier = held_meeting(city)
        Resolution.objects.create(meeting=earlier, text="事项", state=ResolutionState.OPEN)
        ad_hoc = make_meeting(city, kind=MeetingKind.AD_HOC)

        assert add_standing_items(ad_hoc, actor=None, at=AT) == []


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("gov_officer", True),
        ("court_officer", True),
        ("court_convenor", True),
        ("agency_contact", False),
        ("system_admin", False),
        ("audit_admin", False),
    ],
)
def test_who_sees_a_submitted_topic(city, meeting, who, sees):
    topic = submit(city, meeting)

    assert policy_for(Topic).sees(city.users[who], topic) is sees


def test_a_guest_knows_the_agenda_and_opens_nothing(city):
    meeting = notified_meeting(city)
    guest = city.users["agency_contact"]
    Invitation.objects.create(
        meeting=meeting,
        side="government",
        category="lawyer",
        person=guest.person,
        name="某律师",
        notified_at=AT,
    )
    topic, policy = meeting.topics.get(), policy_for(Topic)

    assert known_topics(guest, Topic.objects.all()).get() == topic
    assert not policy.sees(guest, topic)


def invite_agency(city, meeting):
    return Invitation.objects.create(
        meeting=meeting,
        side="government",
        category="agency",
        organization=city.organizations["agency"],
        name="市综合行政执法局",
    )
