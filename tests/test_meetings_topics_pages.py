"""The pages of topics: the form, one topic, its material, what is decided on it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from foundations.audit.trail import history_of
from meetings.models import Meeting, Topic
from services.documents.models import Attachment
from tests.gatherings import add_material, make_meeting, submit, text_file, topic_form


@pytest.fixture
def meeting(city):
    return make_meeting(city)


def test_the_form_keeps_what_was_typed_and_says_what_is_missing(city, meeting, as_user):
    client = as_user(city.users["gov_officer"])
    url = reverse("meetings:topic-new", args=[meeting.public_id])
    given = topic_form(city, opinion="")

    answer = client.post(url, given)

    assert answer.status_code == 422
    assert "需要具体意见" in answer.content.decode()
    assert given["title"] in answer.content.decode()
    assert not Topic.objects.exists()


def test_a_good_form_submits(city, meeting, as_user, settings):
    Meeting.objects.update(topics_due_on=timezone.localdate())
    client = as_user(city.users["gov_officer"])
    url = reverse("meetings:topic-new", args=[meeting.public_id])

    answer = client.post(url, topic_form(city))

    topic = Topic.objects.get()
    assert answer.url == topic.get_absolute_url()
    assert "具体意见" in client.get(answer.url).content.decode()


def test_a_stranger_finds_nothing(city, meeting, as_user):
    topic = submit(city, meeting)
    client = as_user(city.users["agency_contact"])

    for url in (
        topic.get_absolute_url(),
        reverse("meetings:topic-new", args=[meeting.public_id]),
        reverse("meetings:topic-edit", args=[topic.public_id]),
        reverse("meetings:topic-decide", args=[topic.public_id, "merge"]),
    ):
        assert client.get(url).status_code == 404, url


def test_a_leader_sees_and_may_not_change(city, meeting, as_user):
    topic = submit(city, meeting)
    client = as_user(city.users["gov_convenor"])

    assert client.get(topic.get_absolute_url()).status_code == 200
    assert client.get(reverse("meetings:topic-edit", args=[topic.public_id])).status_code == 403
    assert client.post(reverse("meetings:topic-move", args=[topic.public_id])).status_code in (
        403,
        409,
    )


def test_accepting_without_material_says_so_beside_it(city, meeting, as_user):
    topic = submit(city, meeting)
    url = reverse("meetings:topic-accept", args=[topic.public_id])

    answer = as_user(city.users["gov_officer"]).post(url)

    assert answer.status_code == 422
    assert "还没有资料" in answer.content.decode()


@pytest.mark.parametrize(
    ("upload", "declared", "said"),
    [
        pytest.param(text_file("说明.pdf"), "on", "不符", id="disguised"),
        pytest.param(text_file("说明.exe"), "on", "exe", id="a type not taken"),
        pytest.param(text_file("案情（机密）.txt"), "on", "机密", id="marked secret"),
        pytest.param(text_file(), "", "请先确认", id="not declared"),
    ],
)
def test_a_bad_upload_is_refused_and_not_stored(city, meeting, as_user, upload, declared, said):
    topic = submit(city, meeting)
    upload.seek(0)
    url = reverse("meetings:topic-material", args=[topic.public_id])

    answer = as_user(city.users["gov_officer"]).post(
        url, {"file": upload, **({"declared": declared} if declared else {})}
    )

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Attachment.objects.exists()


def test_an_oversized_upload_is_refused(city, meeting, as_user, settings):
    settings.UPLOAD_MAX_MB = 0
    topic = submit(city, meeting)
    url = reverse("meetings:topic-material", args=[topic.public_id])

    answer = as_user(city.users["gov_officer"]).post(url, {"file": text_file(), "declared": "on"})

    assert answer.status_code == 422
    assert "MB" in answer.content.decode()
    assert not Attachment.objects.exists()


def test_a_double_submit_accepts_once(city, meeting, as_user):
    topic = submit(city, meeting)
    add_material(city, topic)
    url = reverse("meetings:topic-accept", args=[topic.public_id])
    client = as_user(city.users["gov_officer"])

    first, second = client.post(url), client.post(url)

    assert (first.status_code, second.status_code) == (302, 422)
    verbs = [entry.action for entry in history_of(topic)]
    assert verbs.count("meetings.topic.accepted") == 1


def test_a_pending_case_shows_the_notice_of_independence(city, meeting, as_user):
    topic = submit(city, meeting, pending_case=True)

    page = as_user(city.users["gov_officer"]).get(topic.get_absolute_url())

    assert "公正审判" in page.content.decode()
