from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from foundations.audit.models import AuditEntry
from foundations.audit.trail import acting
from foundations.notifications.models import Notice
from foundations.notifications.queries import unread_count
from foundations.notifications.send import notify_once

LIST = reverse("notifications:list")
AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


@pytest.fixture
def told(city):
    """told(name, n) tells an account n times, each an hour later than the one before."""

    def tell(name="gov_officer", count=1, subject="justice"):
        for number in range(count):
            with acting():
                notify_once(
                    [city.users[name]],
                    city.organizations[subject],
                    reason=f"changed:{number}",
                    title=f"第{number + 1}次更新",
                    text="请核对联系方式。",
                    at=AT + timedelta(hours=number),
                )
        return list(Notice.objects.filter(recipient=city.users[name]).order_by("at"))

    return tell


def titles(response):
    return [notice.title for notice in response.context["page"]]


def test_unread_ones_come_first_then_the_newest(city, told, as_user):
    first, _second, _third = told(count=3)
    page = as_user(city.users["gov_officer"])
    assert titles(page.get(LIST)) == ["第3次更新", "第2次更新", "第1次更新"]

    page.post(reverse("notifications:read", args=[told(count=3)[2].public_id]))

    assert titles(page.get(LIST)) == ["第2次更新", "第1次更新", "第3次更新"]
    assert titles(page.get(LIST + "?show=unread")) == ["第2次更新", "第1次更新"]
    assert first.read_at is None


def test_opening_marks_it_read_and_leads_to_the_record(city, told, as_user):
    (notice,) = told()

    response = as_user(city.users["gov_officer"]).post(
        reverse("notifications:read", args=[notice.public_id]), {"go": "1"}
    )

    assert response["Location"] == city.organizations["justice"].get_absolute_url()
    assert unread_count(city.users["gov_officer"]) == 0
    assert AuditEntry.objects.filter(action="notifications.notice.read").count() == 1


def test_reading_twice_changes_nothing(city, told, as_user):
    (notice,) = told()
    page = as_user(city.users["gov_officer"])
    page.post(reverse("notifications:read", args=[notice.public_id]))
    notice.refresh_from_db()
    read_at = notice.read_at

    page.post(reverse("notifications:read", args=[notice.public_id]))

    notice.refresh_from_db()
    assert notice.read_at == read_at


def test_all_are_marked_at_once(city, told, as_user):
    told(count=3)
    told("court_officer")

    response = as_user(city.users["gov_officer"]).post(
        reverse("notifications:read-all"), follow=True
    )

    assert "已将 3 条通知标为已读。" in response.text
    assert unread_count(city.users["gov_officer"]) == 0
    assert unread_count(city.users["court_officer"]) == 1


def test_what_may_no_longer_be_seen_is_not_said(city, told, as_user):
    (notice,) = told("audit_admin")
    page = as_user(city.users["audit_admin"])

    response = page.get(LIST)

    assert "所涉事项已不再开放" in response.text
    assert "第1次更新" not in response.text
    gone = page.post(reverse("notifications:read", args=[notice.public_id]), {"go": "1"})
    assert gone["Location"] == LIST


def test_a_notice_is_its_recipients_alone(city, told, as_user):
    (notice,) = told()

    response = as_user(city.users["court_officer"]).post(
        reverse("notifications:read", args=[notice.public_id])
    )

    assert response.status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_without_notices_the_page_says_so(city, as_user):
    assert "没有通知" in as_user(city.users["recorder"]).get(LIST).text


@pytest.mark.parametrize(
    ("email", "said"), [("", "只在站内通知"), ("li@example.cn", "邮件：等待")]
)
def test_a_notice_says_whether_it_went_out_by_mail(city, told, as_user, email, said):
    user = city.users["gov_officer"]
    user.email = email
    user.save()
    told()

    page = as_user(user).get(LIST).text

    assert said in page
    assert ("邮件：" in page) == bool(email)


def test_htmx_gets_the_list_alone(city, told, as_user):
    told()

    part = as_user(city.users["gov_officer"]).get(LIST, headers={"hx-request": "true"})

    assert part.text.lstrip().startswith('<div id="notices"')


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_much_was_told(
    city, told, as_user, count, django_assert_num_queries
):
    told(count=count)
    page = as_user(city.users["gov_officer"])
    page.get(LIST)

    with django_assert_num_queries(14):
        page.get(LIST)
