"""A form that makes a row makes one, however often it is sent, and by two clicks at once."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundations.audit.models import AuditEntry
from meetings.models import Meeting, Topic
from meetings.states import MeetingKind
from tests.gatherings import make_meeting, topic_form

AD_HOC = {"title": "专题会议", "reason": "证据标准", "starts_at": "09:30", "place": "三楼会议室"}


@pytest.fixture
def meeting(city):
    return make_meeting(city, topics_due_on=timezone.localdate())


def topic_page(meeting) -> str:
    return reverse("meetings:topic-new", args=[meeting.public_id])


def token_on(client, url: str) -> str:
    return client.get(url).context["form"]["form_token"].value()


def test_each_form_has_a_token_of_its_own(city, meeting, as_user):
    client = as_user(city.users["gov_officer"])
    tokens = {token_on(client, topic_page(meeting)) for _time in range(3)}

    assert len(tokens) == 3
    assert all(len(token) >= 20 for token in tokens)


def test_a_topic_sent_twice_is_submitted_once(city, meeting, as_user):
    client, url = as_user(city.users["gov_officer"]), topic_page(meeting)
    form = topic_form(city, form_token=token_on(client, url))

    answers = [client.post(url, form) for _press in range(2)]

    topic = Topic.objects.get()
    assert [answer.url for answer in answers] == [topic.get_absolute_url()] * 2
    assert AuditEntry.objects.filter(action="meetings.topic.submitted").count() == 1


def test_two_forms_with_the_same_words_are_two_topics(city, meeting, as_user):
    client, url = as_user(city.users["gov_officer"]), topic_page(meeting)

    for _form in range(2):
        client.post(url, topic_form(city, form_token=token_on(client, url)))

    assert Topic.objects.count() == 2


def test_a_used_form_with_other_words_loses_nothing(city, meeting, as_user):
    client, url = as_user(city.users["gov_officer"]), topic_page(meeting)
    form = topic_form(city, form_token=token_on(client, url))
    client.post(url, form)

    refused = client.post(url, {**form, "title": "第二个议题"})
    again = client.post(url, refused.context["form"].data)

    assert refused.status_code == 422
    assert "已用另外的内容提交过" in refused.content.decode()
    assert again.status_code == 302
    assert sorted(Topic.objects.values_list("title", flat=True)) == ["第二个议题", form["title"]]


def test_a_form_refused_for_its_words_makes_its_row_once_put_right(city, meeting, as_user):
    client, url = as_user(city.users["gov_officer"]), topic_page(meeting)
    form = topic_form(city, form_token=token_on(client, url))

    refused = client.post(url, {**form, "opinion": ""})
    client.post(url, {**form, "form_token": refused.context["form"]["form_token"].value()})

    assert refused.status_code == 422
    assert Topic.objects.get().form_token == form["form_token"]


def test_an_ad_hoc_meeting_sent_twice_is_proposed_once(city, as_user):
    client, url = as_user(city.users["gov_officer"]), reverse("meetings:propose-ad-hoc")
    form = {**AD_HOC, "day": "2027-03-02", "form_token": token_on(client, url)}

    answers = [client.post(url, form) for _press in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Meeting.objects.get().kind == MeetingKind.AD_HOC
    assert AuditEntry.objects.filter(action="meetings.meeting.proposed").count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_submit_one_topic(city, meeting):
    url = topic_page(meeting)
    form = topic_form(city, form_token="two-clicks-at-once")

    places = at_once(lambda client: client.post(url, form).url, city.users["gov_officer"])

    assert places == [Topic.objects.get().get_absolute_url()] * 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_propose_one_meeting(city):
    url = reverse("meetings:propose-ad-hoc")
    form = {**AD_HOC, "day": "2027-03-02", "form_token": "two-clicks-at-once"}

    answers = at_once(lambda client: client.post(url, form).status_code, city.users["gov_officer"])

    assert answers == [302, 302]
    assert Meeting.objects.count() == 1


def at_once(send, user, clicks: int = 2) -> list:
    """What `send` of a signed-in client gave in threads that begin together."""
    barrier, given = threading.Barrier(clicks), []
    clients = [Client() for _click in range(clicks)]
    for client in clients:
        client.force_login(user, backend="members.backends.AccountBackend")

    def click(client) -> None:
        try:
            barrier.wait()
            given.append(send(client))
        finally:
            connection.close()

    workers = [threading.Thread(target=click, args=[client]) for client in clients]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return given
