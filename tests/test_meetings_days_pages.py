"""Agreeing on a day, moving it, calling off: by page, allowed and refused."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings.actions.days import postpone
from meetings.models import Meeting
from meetings.states import MeetingState
from services.consents.models import Consent
from services.consents.queries import current
from tests.sitting import fresh, planned_series

AHEAD = timezone.localdate() + timedelta(days=40)


@pytest.fixture
def upcoming(city) -> Meeting:
    """A meeting planned for 40 days from today, whatever today is."""
    origin = timezone.localdate() - timedelta(days=2)
    series = planned_series(city, origin=origin, until=AHEAD + timedelta(days=100))
    return series.meetings.get(ordinal=2)


def typed(meeting: Meeting, **other) -> dict:
    given = {"day": AHEAD.isoformat(), "starts_at": "09:30", "place": "三楼会议室"}
    return {**given, "version": meeting.version, **other}


def test_an_officer_proposes_a_day_and_the_other_answers_by_page(city, as_user, upcoming):
    page = as_user(city.users["gov_officer"]).post(
        reverse("meetings:day", args=[upcoming.public_id]), typed(upcoming)
    )
    assert page.status_code == 302
    consent = current(upcoming, "day")
    url = reverse("meetings:answer", args=[consent.public_id])

    client = as_user(city.users["court_officer"])
    assert "三楼会议室" in client.get(url).content.decode()
    answered = client.post(url, {"verdict": "agree", "remark": ""}, follow=True)

    assert "已记录本方答复" in answered.content.decode()
    assert fresh(upcoming).state == MeetingState.COLLECTING
    assert client.post(url, {"verdict": "agree", "remark": ""}).status_code == 422


def test_a_past_day_is_refused_beside_its_field_with_what_was_typed(city, as_user, upcoming):
    past = (timezone.localdate() - timedelta(days=1)).isoformat()

    page = as_user(city.users["gov_officer"]).post(
        reverse("meetings:day", args=[upcoming.public_id]), typed(upcoming, day=past)
    )

    html = page.content.decode()
    assert page.status_code == 422
    assert "这一天已经过去" in html
    assert "三楼会议室" in html
    assert current(upcoming, "day") is None


def test_a_day_off_is_taken_with_a_warning(city, as_user, upcoming):
    sunday = AHEAD + timedelta(days=6 - AHEAD.weekday())

    page = as_user(city.users["gov_officer"]).post(
        reverse("meetings:day", args=[upcoming.public_id]),
        typed(upcoming, day=sunday.isoformat()),
        follow=True,
    )

    assert f"{sunday.year}年{sunday.month}月{sunday.day}日是休息日" in page.content.decode()
    assert current(upcoming, "day").payload["day"] == sunday.isoformat()


def test_the_same_form_sent_twice_makes_one_proposal(city, as_user, upcoming):
    client = as_user(city.users["gov_officer"])
    url = reverse("meetings:day", args=[upcoming.public_id])

    first, second = (client.post(url, typed(upcoming)) for _click in range(2))

    assert (first.status_code, second.status_code) == (302, 422)
    assert Consent.objects.count() == 1


def test_a_form_seen_before_somebody_else_saved_is_stale(city, as_user, upcoming):
    seen = upcoming.version
    postpone(
        upcoming.pk,
        actor=city.users["court_officer"],
        at=timezone.now(),
        day=AHEAD + timedelta(days=3),
        reason="开庭",
    )

    page = as_user(city.users["gov_officer"]).post(
        reverse("meetings:postpone", args=[upcoming.public_id]),
        {"day": AHEAD.isoformat(), "reason": "x", "version": seen},
    )

    assert page.status_code == 422
    assert fresh(upcoming).planned_on == AHEAD + timedelta(days=3)
    form = page.context["form"]
    assert "他人已先行保存" in form.non_field_errors()[0]
    assert (form["reason"].value(), form["version"].value()) == ("x", str(fresh(upcoming).version))


def test_cancelling_twice_is_refused_the_second_time(city, as_user, upcoming):
    client = as_user(city.users["gov_officer"])
    url = reverse("meetings:cancel", args=[upcoming.public_id])

    first = client.post(url, {"reason": "换届", "version": upcoming.version})
    second = client.post(url, {"reason": "换届", "version": fresh(upcoming).version})

    assert first.status_code == 302
    assert second.status_code == 422
    assert "不能转为" in second.content.decode()


PAGES = ["day", "arrange", "postpone", "cancel", "swap"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("gov_officer", 200),
        ("court_officer", 200),
        ("gov_convenor", 403),
        ("agency_contact", 404),
        ("system_admin", 404),
    ],
)
def test_who_opens_the_pages_that_change_a_meeting(city, as_user, upcoming, name, who, status):
    url = reverse(f"meetings:{name}", args=[upcoming.public_id])

    assert as_user(city.users[who]).get(url).status_code == status


def test_hosts_are_exchanged_by_page(city, as_user, upcoming):
    other = upcoming.series.meetings.get(ordinal=3)

    page = as_user(city.users["court_officer"]).post(
        reverse("meetings:swap", args=[upcoming.public_id]),
        {"other": other.public_id, "reason": "搬迁", "version": upcoming.version},
    )

    assert page.status_code == 302
    assert (fresh(upcoming).host, fresh(other).host) == ("government", "court")
