"""The list of meetings and the page of one: who sees it, what it says, what it costs."""

from datetime import time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from foundations.access.errors import RuleBroken
from meetings.actions.ad_hoc import propose_ad_hoc
from meetings.actions.asking import take_back
from meetings.actions.days import cancel
from meetings.models import Meeting, Topic
from meetings.states import MeetingState
from services.consents.models import ConsentState
from services.deadlines.models import Deadline
from tests.sitting import agreed, in_state, planned_series, proposed, topic_on_agenda

TODAY = timezone.localdate()
NOW = timezone.now()
DAY = TODAY + timedelta(days=40)
LIST_QUERIES = 15
DETAIL_QUERIES = 30


@pytest.fixture
def series(city):
    """Meetings planned from 40 days ahead, the first hosted by the government."""
    return planned_series(city, origin=DAY, until=DAY + timedelta(days=400))


@pytest.fixture
def meeting(series) -> Meeting:
    return series.meetings.get(ordinal=1)


def page_of(client, meeting) -> str:
    return client.get(meeting.get_absolute_url()).content.decode()


def test_the_page_says_why_this_host_and_this_day_beside_the_duty(city, as_user, series):
    second = series.meetings.get(ordinal=2)

    html = page_of(as_user(city.users["gov_convenor"]), second)

    assert "试验市人民法院主办" in html
    assert "由市政府主办，本次轮到市法院" in html
    assert "职责期限另行计算" in html
    assert 'class="is-next"' in html


def test_an_ad_hoc_meeting_names_its_proposer_and_takes_no_turn(city, as_user):
    meeting = propose_ad_hoc(
        city.mechanism.pk,
        actor=city.users["court_officer"],
        at=NOW,
        title="专题会议",
        reason="证据标准",
        day=DAY,
        starts_at=time(9, 30),
        place="三楼",
    )

    html = page_of(as_user(city.users["gov_officer"]), meeting)

    assert "由提议单位负责召集和主持" in html
    assert "fy-turn" not in html
    assert "答复提议" in html


def test_a_topic_on_a_pending_case_shows_the_independence_notice(city, as_user, meeting):
    agreed(city, meeting, day=DAY, at=NOW)
    client = as_user(city.users["gov_officer"])
    assert "不得做出有可能影响法院公正审判的行为" not in page_of(client, meeting)

    topic = topic_on_agenda(city, meeting)
    Topic.objects.filter(pk=topic.pk).update(pending_case=True)

    assert "不得做出有可能影响法院公正审判的行为" in page_of(client, meeting)


def test_the_timeline_tells_who_did_what(city, as_user, meeting):
    agreed(city, meeting, day=DAY, at=NOW)

    html = page_of(as_user(city.users["gov_officer"]), meeting)

    assert f"会议日期商定为{DAY.year}年{DAY.month}月{DAY.day}日，开始征集议题" in html
    assert "答复“同意”" in html
    assert "周明远" in html


def test_a_cancelled_meeting_says_why(city, as_user, meeting):
    cancel(meeting.pk, actor=city.users["gov_officer"], at=NOW, reason="换届", pass_turn=True)

    html = page_of(as_user(city.users["court_officer"]), meeting)

    assert "换届" in html
    assert "轮次已让给下一方" in html


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("gov_officer", 200),
        ("recorder", 200),
        ("court_convenor", 200),
        ("agency_contact", 404),
        ("audit_admin", 404),
    ],
)
def test_who_sees_a_meeting(city, as_user, meeting, who, status):
    assert as_user(city.users[who]).get(meeting.get_absolute_url()).status_code == status


def test_a_stranger_is_sent_to_sign_in(client, meeting):
    assert client.get(meeting.get_absolute_url()).status_code == 302


def test_the_page_takes_the_same_queries_with_one_topic_or_three(
    city, as_user, meeting, django_assert_max_num_queries
):
    agreed(city, meeting, day=DAY, at=NOW)
    client = as_user(city.users["gov_officer"])
    topic_on_agenda(city, meeting)
    page_of(client, meeting)

    with django_assert_max_num_queries(DETAIL_QUERIES) as first:
        page_of(client, meeting)
    topic_on_agenda(city, meeting)
    topic_on_agenda(city, meeting)
    with django_assert_max_num_queries(len(first)):
        page_of(client, meeting)


# -- taking a proposal back ----------------------------------------------------------


def test_only_the_side_that_proposed_takes_its_proposal_back(city, as_user, meeting):
    consent = proposed(city, meeting, day=DAY, at=NOW)
    with pytest.raises(RuleBroken):
        take_back(consent.pk, actor=city.users["court_officer"], at=NOW)
    with pytest.raises(PermissionDenied):
        take_back(consent.pk, actor=city.users["recorder"], at=NOW)
    client = as_user(city.users["gov_officer"])
    url = reverse("meetings:take-back", args=[consent.public_id])
    assert url in page_of(client, meeting)

    first, second = client.post(url), client.post(url)

    consent.refresh_from_db()
    assert (first.status_code, second.status_code) == (302, 409)
    assert consent.state == ConsentState.WITHDRAWN
    assert not Deadline.objects.about(meeting).open().exists()
    assert proposed(city, meeting, day=DAY, at=NOW, who="court_officer").proposed_by == "court"


@pytest.mark.parametrize(
    ("ordinal", "place"), [(2, ""), (3, "市政府第一会议室")], ids=["never hosted", "hosted"]
)
def test_a_day_is_proposed_with_what_is_usual(city, as_user, series, ordinal, place):
    """The planned day, half past nine, and where the host had its last meeting."""
    first, planned = series.meetings.get(ordinal=1), series.meetings.get(ordinal=ordinal)
    in_state(first, MeetingState.HELD, place="市政府第一会议室", held_on=DAY)

    page = as_user(city.users["gov_officer"]).get(
        reverse("meetings:day", args=[planned.public_id])
    )

    assert (first.host == planned.host) == bool(place)
    html = page.content.decode()
    assert f'value="{planned.planned_on.isoformat()}"' in html
    assert 'value="09:30"' in html
    assert page.context["form"]["place"].value() == place


# -- the list ------------------------------------------------------------------------


def test_the_list_finds_filters_and_exports(city, as_user, series):
    client = as_user(city.users["court_officer"])
    url = reverse("meetings:list")
    cancel(
        series.meetings.get(ordinal=2).pk,
        actor=city.users["court_officer"],
        at=NOW,
        reason="x",
    )

    everything = client.get(url, {"view": "all"}).content.decode()
    cancelled = client.get(url, {"state": "cancelled"}).content.decode()
    export = client.get(url, {"export": "csv", "state": "cancelled"})

    titles = list(series.meetings.order_by("ordinal").values_list("title", flat=True))
    assert all(title in everything for title in titles)
    assert titles[1] in cancelled
    assert titles[0] not in cancelled
    assert export.status_code == 200


def test_the_list_takes_the_same_queries_with_one_meeting_and_three(
    city, as_user, django_assert_num_queries
):
    planned_series(city, origin=DAY, until=DAY)
    client = as_user(city.users["gov_officer"])
    url = reverse("meetings:list") + "?view=all"
    client.get(url)

    with django_assert_num_queries(LIST_QUERIES):
        client.get(url)
    planned_series(city, origin=DAY, until=DAY + timedelta(days=130))
    with django_assert_num_queries(LIST_QUERIES):
        client.get(url)


@pytest.mark.parametrize(("who", "rows"), [("gov_officer", 7), ("agency_contact", 0)])
def test_the_list_holds_what_the_reader_may_see(city, as_user, series, who, rows):
    client = as_user(city.users[who])

    html = client.get(reverse("meetings:list"), {"view": "all"}).content.decode()
    this_year = client.get(reverse("meetings:list")).content.decode()

    own = [meeting for meeting in series.meetings.all() if meeting.planned_on.year == TODAY.year]
    assert html.count("次会议</a>") == rows
    assert this_year.count("次会议</a>") == (len(own) if rows else 0)
