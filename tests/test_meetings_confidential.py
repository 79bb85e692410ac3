"""Confidential topics (YN-21, G11): named readers, undertakings, and who sees nothing."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for, visible_to
from foundations.audit.trail import history_of
from foundations.notifications.models import Notice
from meetings.actions import topics
from meetings.actions.standing import add_standing_items
from meetings.models import Resolution, Topic
from meetings.policy.topics import known_topics
from meetings.states import TopicOutcome
from services.documents.models import Attachment
from tests.desks import items
from tests.gatherings import (
    AT,
    DAY,
    ON,
    add_material,
    held_meeting,
    later,
    make_meeting,
    name,
    on_agenda,
    sign,
    submit,
)
from tests.meeting_day import begun, complete, held

TITLE = "某案化解底线"


@pytest.fixture
def meeting(city):
    return make_meeting(city)


@pytest.fixture
def topic(city, meeting):
    return on_agenda(city, meeting, title=TITLE, confidential=True)


def opens(city, topic, key) -> bool:
    return policy_for(Topic).sees(city.users[key], topic)


def knows(city, topic, key) -> bool:
    return topic in known_topics(city.users[key], Topic.objects.all())


@pytest.mark.parametrize(
    ("key", "known", "opened"),
    [
        pytest.param("gov_officer", True, True, id="who gave it in"),
        pytest.param("court_officer", False, False, id="the other side's officer"),
        pytest.param("recorder", False, False, id="the recorder"),
        pytest.param("gov_convenor", False, False, id="a leader of the side"),
        pytest.param("agency_contact", False, False, id="a member unit"),
        pytest.param("security_admin", False, False, id="an administrator"),
    ],
)
def test_before_anybody_is_named(city, topic, key, known, opened):
    assert (knows(city, topic, key), opens(city, topic, key)) == (known, opened)


def test_the_own_sides_officer_knows_of_it_and_names_readers(city, meeting):
    topic = submit(city, meeting, by="recorder", confidential=True, title=TITLE)

    assert (knows(city, topic, "gov_officer"), opens(city, topic, "gov_officer")) == (True, False)
    name(city, topic, "gov_officer")
    sign(city, topic, "gov_officer")
    assert opens(city, topic, "gov_officer")


def test_a_named_reader_opens_it_after_signing_only(city, topic):
    name(city, topic, "court_officer")
    assert (knows(city, topic, "court_officer"), opens(city, topic, "court_officer")) == (
        True,
        False,
    )

    reader = sign(city, topic, "court_officer")

    assert opens(city, topic, "court_officer")
    assert reader.signed_at == AT
    assert "周明远" in reader.undertaking
    assert "内部保密议题" in reader.undertaking
    assert TITLE not in reader.undertaking


def test_a_guest_with_an_account_may_be_named(city, topic):
    name(city, topic, "agency_contact")
    sign(city, topic, "agency_contact")

    assert opens(city, topic, "agency_contact")


def test_nobody_signs_who_is_not_named(city, topic):
    with pytest.raises(PermissionDenied):
        sign(city, topic, "court_officer")


def test_signing_twice_keeps_the_first_moment(city, topic):
    name(city, topic, "court_officer")
    sign(city, topic, "court_officer")

    assert sign(city, topic, "court_officer", at=later(days=1)).signed_at == AT


def test_a_reader_struck_off_opens_nothing_and_signs_anew_if_named_again(city, topic):
    name(city, topic, "court_officer")
    sign(city, topic, "court_officer")

    name(city, topic)
    assert (knows(city, topic, "court_officer"), opens(city, topic, "court_officer")) == (
        False,
        False,
    )

    name(city, topic, "court_officer")
    assert not opens(city, topic, "court_officer")


@pytest.mark.parametrize(
    "by", ["court_officer", "gov_convenor", "recorder", "agency_contact", "system_admin"]
)
def test_only_who_gave_it_in_and_the_sides_officer_name_readers(city, topic, by):
    with pytest.raises(PermissionDenied):
        name(city, topic, by, by=by)


def test_an_open_topic_has_no_readers(city, meeting):
    topic = submit(city, meeting)

    with pytest.raises(RuleBroken) as refused:
        name(city, topic, "court_officer")

    assert refused.value.code == "not_confidential"


def test_naming_tells_the_reader_without_the_title(city, topic):
    name(city, topic, "court_officer")
    name(city, topic, "court_officer")

    told = Notice.objects.get(reason__startswith="named:")
    assert told.recipient == city.users["court_officer"]
    assert TITLE not in told.title + told.text
    (asked,) = [one for one in items(city.users["court_officer"], ON) if one.group == "sign"]
    assert asked.url == reverse("meetings:undertaking", args=[topic.public_id])


def test_the_other_secretariat_cannot_decide_what_it_may_not_open(city, topic):
    with pytest.raises(PermissionDenied):
        topics.defer(topic.pk, actor=city.users["court_officer"], at=AT, reason="缓")


def test_a_confidential_topic_does_not_vanish_in_an_open_one(city, meeting, topic):
    other = submit(city, meeting)

    with pytest.raises(RuleBroken) as refused:
        topics.merge(topic.pk, into=other, actor=city.users["gov_officer"], at=AT, reason="同")

    assert (refused.value.code, refused.value.field) == ("merge_opens", "into")


def test_its_material_is_confidential_and_follows_the_readers(city, topic):
    file = Attachment.objects.get()
    name(city, topic, "court_officer")

    assert file.confidential
    assert not visible_to(city.users["court_officer"], Attachment).exists()
    sign(city, topic, "court_officer")
    assert visible_to(city.users["court_officer"], Attachment).get() == file
    assert policy_for(Attachment).can(city.users["court_officer"], "open", file)


def test_confidential_material_of_an_open_topic_is_for_its_readers(city, meeting):
    topic = submit(city, meeting)
    file = add_material(city, topic, confidential=True)

    assert visible_to(city.users["court_officer"], Attachment).get() == file
    assert not policy_for(Attachment).can(city.users["court_officer"], "open", file)
    assert policy_for(Attachment).can(city.users["gov_officer"], "open", file)


def test_carried_over_it_stays_confidential_and_is_signed_anew(city, meeting, topic):
    name(city, topic, "court_officer")
    sign(city, topic, "court_officer")
    Topic.objects.filter(pk=topic.pk).update(outcome=TopicOutcome.CARRIED)
    following = make_meeting(city, title="下次", planned_on=DAY.replace(year=2027))

    (carried,) = add_standing_items(following, actor=None, at=AT)

    assert carried.confidential
    assert knows(city, carried, "court_officer")
    assert not opens(city, carried, "court_officer")


class TestPages:
    def test_others_see_a_line_without_its_title(self, city, meeting, topic, as_user):
        page = as_user(city.users["court_officer"]).get(
            reverse("meetings:agenda", args=[meeting.public_id])
        )

        assert "内部保密议题" in page.content.decode()
        assert TITLE not in page.content.decode()
        assert topic.public_id not in page.content.decode()

    def test_its_address_is_not_found_by_others(self, city, topic, as_user):
        client = as_user(city.users["court_officer"])

        for name_ in ("topic", "undertaking", "readers", "topic-edit"):
            url = reverse(f"meetings:{name_}", args=[topic.public_id])
            assert client.get(url).status_code == 404, name_

    def test_a_reader_signs_and_every_opening_is_recorded(self, city, topic, as_user):
        name(city, topic, "court_officer")
        client = as_user(city.users["court_officer"])
        page = client.get(topic.get_absolute_url(), follow=True)
        assert "签署后阅读" in page.content.decode()
        url = reverse("meetings:undertaking", args=[topic.public_id])

        unticked = client.post(url, {})
        signed = client.post(url, {"agreed": "on"}, follow=True)
        client.get(topic.get_absolute_url())

        assert unticked.status_code == 422
        assert TITLE in signed.content.decode()
        read = history_of(topic).filter(action="meetings.topic.read")
        assert [entry.actor for entry in read] == [city.users["court_officer"]] * 2

    def test_readers_are_named_on_their_page(self, city, meeting, topic, as_user):
        client = as_user(city.users["gov_officer"])
        url = reverse("meetings:readers", args=[topic.public_id])
        assert "周明远" in client.get(url).content.decode()

        client.post(url, {"users": [city.users["court_officer"].pk]})

        assert topic.readers.named().get().user == city.users["court_officer"]

    def test_a_stranger_to_the_meeting_cannot_be_named(self, city, topic, as_user):
        client = as_user(city.users["gov_officer"])
        url = reverse("meetings:readers", args=[topic.public_id])

        answer = client.post(url, {"users": [city.users["system_admin"].pk]})

        assert answer.status_code == 422
        assert not topic.readers.exists()


def test_an_earlier_meetings_topic_is_as_closed_as_before(city):
    meeting = held_meeting(city, state="collecting", held_on=None)
    topic = submit(city, meeting, confidential=True, title=TITLE)
    type(meeting).objects.filter(pk=meeting.pk).update(state="held", held_on=ON)

    assert not knows(city, topic, "court_officer")


def test_a_resolution_on_a_confidential_topic_is_shown_to_no_recorder_unnamed(city, as_user):
    sitting = complete(begun(city))
    Topic.objects.filter(pk=sitting.topics["case"].pk).update(
        confidential=True, submitted_by=city.users["gov_officer"]
    )
    Resolution.objects.update(visibility="invited", text="按底线方案调解")
    page = reverse("meetings:record-end", args=[sitting.meeting.public_id])

    assert "按底线方案调解" not in as_user(city.users["recorder"]).get(page).content.decode()
    name(city, sitting.topics["case"], "recorder")
    sign(city, sitting.topics["case"], "recorder")

    assert "按底线方案调解" in as_user(city.users["recorder"]).get(page).content.decode()


def test_a_standing_item_looks_back_without_the_words_of_confidential_topics(city, as_user):
    sitting = held(city)
    Topic.objects.filter(pk=sitting.topics["case"].pk).update(confidential=True)
    Resolution.objects.update(visibility="invited", text="按底线方案调解")
    following = make_meeting(city, title="下次", planned_on=DAY.replace(year=2027))
    add_standing_items(following, actor=None, at=AT)
    standing_item = following.topics.get(follows__isnull=False)

    pages = {
        key: as_user(city.users[key]).get(standing_item.get_absolute_url()).content.decode()
        for key in ("court_officer", "gov_deputy")
    }

    assert "回头看" in pages["court_officer"]
    assert "按底线方案调解" not in pages["court_officer"]
    assert "按底线方案调解" in pages["gov_deputy"]
