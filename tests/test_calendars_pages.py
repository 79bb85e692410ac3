from datetime import date, datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from foundations.audit.models import AuditEntry
from foundations.calendars.actions import publish_year
from foundations.calendars.changes import Notice
from foundations.calendars.lines import Lines, as_lines, differences
from foundations.calendars.models import HolidayDay, HolidayYear
from foundations.calendars.queries import missing_year
from foundations.calendars.tables import national_years
from foundations.calendars.working_days import get_calendar
from foundations.notifications import models as notifications
from members.models import Jurisdiction, RoleBinding
from services.deadlines.actions import open_by_rule
from services.deadlines.announcing import announce_missing_years

TODAY = datetime(2026, 11, 22, 9, tzinfo=timezone.get_default_timezone())
EDIT = "/calendars/edit/?year=2027&region="
SOURCE = "国办发明电〔2026〕8号"
OFF = "2027-01-01..2027-01-03 元旦\n2027-02-05..2027-02-11 春节"
WORK = "2027-02-20 春节"
Kind = HolidayDay.Kind


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


def sent(**changes):
    return {"source": SOURCE, "rest": OFF, "work": WORK, "version": 0} | changes


def previewed(client, **changes):
    """The form as it comes back from the preview."""
    page = client.post(EDIT, {**sent(**changes), "preview": ""})
    assert page.status_code == 200, page.context["form"].errors
    return page, {**sent(**changes), "previewed": page.context["form"]["previewed"].value()}


def limit(city, trigger=date(2026, 12, 7)):
    """A reply of two months: it ends on 2027-02-07, a Sunday, so on the Monday after it."""
    return open_by_rule(
        city.body,
        "SJ-REPLY",
        actor=None,
        title="回复司法建议",
        jurisdiction=city.jurisdiction,
        owed_by=city.organizations["agency"],
        trigger_on=trigger,
    )


def test_a_year_is_published_after_what_it_changes_was_shown(city, as_user):
    limit(city)
    client = as_user(city.users["system_admin"])

    page, given = previewed(client)
    shown = page.content.decode()
    assert "1 个未了结期限的截止日会改变，先由联络员确认。" in shown
    assert "放假 10 天，补班 1 天" in shown
    assert not HolidayYear.objects.filter(year=2027).exists()

    done = client.post(EDIT, {**given, "publish": ""}, follow=True)

    assert "2027 年放假安排已发布" in done.content.decode()
    calendar = get_calendar()
    assert not calendar.is_workday(date(2027, 2, 8))
    assert calendar.is_workday(date(2027, 2, 20))
    assert AuditEntry.objects.filter(action="calendars.year.published").count() == 1


def test_what_was_not_looked_at_is_not_published(city, as_user):
    client = as_user(city.users["system_admin"])
    _page, given = previewed(client)

    straight = client.post(EDIT, {**sent(), "publish": ""})
    other = client.post(EDIT, {**given, "rest": OFF + "\n2027-04-05 清明节", "publish": ""})

    assert (straight.status_code, other.status_code) == (200, 200)
    assert other.context["preview"]["off"] == 11
    assert not HolidayYear.objects.filter(year=2027).exists()


def test_publishing_has_the_open_limits_counted_anew(
    city, as_user, django_capture_on_commit_callbacks
):
    limit(city)
    client = as_user(city.users["system_admin"])
    _page, given = previewed(client)

    with django_capture_on_commit_callbacks() as callbacks:
        client.post(EDIT, {**given, "publish": ""})
    with django_capture_on_commit_callbacks() as unchanged:
        client.post(EDIT, {**given, "version": 1, "publish": ""})

    assert (len(callbacks), len(unchanged)) == (1, 0)


def test_a_year_that_another_published_meanwhile_is_not_overwritten(city, as_user):
    client = as_user(city.users["system_admin"])
    _page, given = previewed(client)
    publish_year(2027, actor=None, source="另一份", days=[(date(2027, 1, 1), "rest", "元旦")])

    answer = client.post(EDIT, {**given, "publish": ""})

    assert answer.status_code == 422
    assert "该年的安排已由他人发布" in answer.content.decode()
    assert HolidayYear.objects.get(year=2027).source == "另一份"
    _page, given = previewed(client, version=answer.context["form"]["version"].value())
    client.post(EDIT, {**given, "publish": ""})
    assert HolidayYear.objects.get(year=2027).source == SOURCE


WRONG = [
    ("rest", "二月五日 春节", "第 1 行“二月五日 春节”：请写成"),
    ("rest", OFF + "\n2027-02-30 春节", "第 3 行“2027-02-30 春节”：没有这个日期。"),
    ("rest", "2027-02-11..2027-02-05 春节", "末日早于首日。"),
    ("rest", "2026-12-31..2027-01-02 元旦", "有日期不在 2027 年"),
    ("rest", "2027-01-01..2027-12-31 长假", "超过 31 天。"),
    ("rest", OFF + "\n2027-02-11 元宵", "2027-02-11 重复"),
    ("rest", "", "该字段是必填项。"),
    ("work", "2027-02-19 春节", "2027-02-19 不是周末；补班只能在周末。"),
    ("work", "2027-01-02 元旦", "2027-01-02 已列为放假日。"),
    ("source", "", "该字段是必填项。"),
]


@pytest.mark.parametrize(("field", "text", "message"), WRONG)
def test_what_is_wrong_is_said_by_line_and_nothing_typed_is_lost(
    city, as_user, field, text, message
):
    client = as_user(city.users["system_admin"])

    page = client.post(EDIT, {**sent(**{field: text}), "preview": ""})

    assert page.status_code == 422
    assert message in " ".join(page.context["form"].errors[field])
    if text:
        assert text.splitlines()[-1] in page.content.decode()


def test_only_system_administrators_enter_holidays(city, as_user):
    for name in ("gov_officer", "security_admin", "agency_contact"):
        client = as_user(city.users[name])
        assert client.get(EDIT).status_code == 403
        assert client.post(EDIT, {**sent(), "publish": ""}).status_code == 403
        assert client.get("/calendars/").status_code == 200


def test_nobody_else_publishes_by_another_way(city):
    days = [(date(2027, 1, 1), "statutory", "元旦")]
    for name in ("gov_officer", "security_admin"):
        with pytest.raises(PermissionDenied):
            publish_year(2027, actor=city.users[name], source=SOURCE, days=days)

    assert publish_year(2027, actor=city.users["system_admin"], source=SOURCE, days=days)


def test_a_notice_takes_the_place_of_its_own_year_alone(city):
    now = get_calendar("65")
    first = Notice(2026, "", ((date(2026, 6, 1), "statutory", "甲"),)).laid_into(now)
    region = Notice(2025, "65", ((date(2025, 6, 3), "statutory", "乙"),))
    second = region.laid_into(now)

    assert (first.holiday(date(2026, 6, 1)), first.holiday(date(2026, 10, 1))) == ("甲", "")
    assert first.holiday(date(2025, 10, 1)) == "国庆节"
    assert first.holiday(date(2025, 6, 6)) == "古尔邦节"
    assert second.holiday(date(2025, 6, 6)) == ""
    assert second.holiday(date(2025, 10, 1)) == "国庆节"
    assert region.concerns(now)
    assert not region.concerns(get_calendar("65", regional_days=False))
    assert not region.concerns(get_calendar())


def test_every_known_year_goes_through_the_form_unchanged():
    for year, days in national_years().items():
        off = Lines(as_lines(days, work=False), year, work=False)
        work = Lines(as_lines(days, work=True), year, work=True)

        assert (off.problems, work.problems) == ([], [])
        assert sorted(off.rows + work.rows) == days


def test_the_changes_are_told_in_runs_of_days():
    off = [(date(2027, 2, day), "statutory", "春节") for day in range(5, 12)]
    work = [(date(2027, 2, 20), "work", "春节")]

    found = differences(off[:2], off[1:] + work)

    assert [(one.first.day, one.last.day, one.before, one.after) for one in found] == [
        (5, 5, f"{Kind.STATUTORY.label}：春节", ""),
        (7, 11, "", f"{Kind.STATUTORY.label}：春节"),
        (20, 20, "", f"{Kind.WORK.label}：春节"),
    ]


def test_the_page_shows_a_year_and_what_is_missing(city, as_user):
    client = as_user(city.users["gov_officer"])

    this = client.get("/calendars/").content.decode()
    assert "国务院办公厅2026年节假日安排" in this
    assert "2027 年放假安排尚未录入" in this
    assert "2月15日 周日 — 2月23日 周一" in this
    assert "02-20 周五、02-23 周一" in this
    region = client.get("/calendars/?year=2025&region=65").content.decode()
    assert "古尔邦节" in region
    none = client.get("/calendars/?year=2027").content.decode()
    assert "没有录入，该年日期暂按周末推算" in none
    bare = client.get("/calendars/?year=2026&region=65").content.decode()
    assert "新疆 2026 年地方假日没有录入" in bare
    assert client.get("/calendars/?year=1&region=99").status_code == 404


def test_the_page_takes_the_same_queries_with_one_day_and_many(
    city, as_user, django_assert_num_queries
):
    client = as_user(city.users["gov_officer"])
    for year, days in ((2027, 1), (2028, 9)):
        rows = [(date(year, 5, day), "statutory", "劳动节") for day in range(1, days + 1)]
        publish_year(year, actor=None, source=SOURCE, days=rows)
    client.get("/calendars/?year=2027")

    for year in (2027, 2028):
        with django_assert_num_queries(13):
            client.get(f"/calendars/?year={year}")


MISSING = [
    (date(2026, 10, 31), None),
    (date(2026, 11, 1), 2027),
    (date(2026, 12, 31), 2027),
    (date(2027, 1, 4), 2027),
]


@pytest.mark.parametrize(("on", "year"), MISSING)
def test_a_year_is_missed_from_november_on(city, on, year):
    assert missing_year(on) == year


def test_the_missing_year_is_announced_once_to_whoever_can_help(city):
    for on in (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 2), date(2026, 12, 30)):
        announce_missing_years(on=on, at=TODAY)

    told = notifications.Notice.objects.filter(reason="holidays-missing:2027")
    assert sorted(told.values_list("recipient__username", flat=True)) == [
        "court_officer",
        "gov_officer",
        "system_admin",
    ]
    assert told.first().title == "2027 年放假安排尚未录入"
    assert told.first().subject.get_absolute_url() == "/calendars/"


def test_a_year_that_is_known_is_not_announced(city):
    days = [(date(2027, 1, 1), "statutory", "元旦")]
    publish_year(2027, actor=None, source=SOURCE, days=days)

    announce_missing_years(on=date(2026, 11, 3), at=TODAY)
    assert not notifications.Notice.objects.exists()
    assert HolidayDay.objects.filter(year__year=2027).count() == 1


def told_of_region(region):
    reason = f"holidays-missing:2027:{region}"
    rows = notifications.Notice.objects.filter(reason=reason).order_by("recipient__username")
    return [row.recipient.username for row in rows]


# division code, whether its regional days count, whether the notice of 2027 is known, told
REGIONAL_NOTICES = [
    ("654002", True, False, ["court_officer", "gov_officer", "system_admin"]),
    ("654002", True, True, []),
    ("654002", False, False, []),
    ("420503", True, False, []),
]


@pytest.mark.parametrize(("code", "counts", "known", "told"), REGIONAL_NOTICES)
def test_a_missing_notice_of_a_region_is_announced_where_its_days_count(
    city, code, counts, known, told
):
    Jurisdiction.objects.update(division_code=code, regional_days=counts)
    if known:
        days = [(date(2027, 3, 10), "statutory", "肉孜节")]
        publish_year(2027, actor=None, source="自治区通知", days=days, region="65")

    for on in (date(2026, 10, 31), date(2026, 11, 1), date(2026, 12, 30)):
        announce_missing_years(on=on, at=TODAY)

    assert told_of_region("65") == told
    titles = notifications.Notice.objects.filter(reason__contains=":65").values_list("title")
    assert {title for (title,) in titles} <= {"2027 年新疆地方假日尚未录入"}


def test_the_officers_of_another_region_are_not_told(city):
    elsewhere = Jurisdiction.objects.create(key="far", name="远市", division_code="640100")
    bound = RoleBinding.objects.filter(user=city.users["gov_officer"])
    bound.update(jurisdiction=elsewhere)
    Jurisdiction.objects.filter(pk=city.jurisdiction.pk).update(division_code="654002")

    announce_missing_years(on=date(2026, 11, 3), at=TODAY)

    assert told_of_region("65") == ["court_officer", "system_admin"]
    assert told_of_region("64") == ["gov_officer", "system_admin"]


def test_the_page_of_a_year_is_chosen_from_the_list(city, as_user):
    client = as_user(city.users["system_admin"])

    chosen = client.get("/calendars/edit/")
    assert (chosen.status_code, chosen.headers["Location"]) == (302, "/calendars/")
    assert client.get("/calendars/edit/?year=1800").status_code == 404
    assert client.get("/calendars/edit/?year=2027&region=99").status_code == 404
    assert as_user(city.users["recorder"]).get("/calendars/edit/").status_code == 403


def test_the_workbench_of_an_officer_says_that_the_year_is_missing(city, as_user):
    assert (
        "2027 年放假安排尚未录入" in as_user(city.users["gov_officer"]).get("/").content.decode()
    )
    assert "尚未录入" not in as_user(city.users["recorder"]).get("/").content.decode()
