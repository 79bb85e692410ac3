from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from foundations.audit.models import AuditEntry
from foundations.calendars.models import HolidayDay, HolidayYear
from foundations.calendars.working_days import get_calendar

NOTICE = ["2027", "--source", "国办发明电〔2026〕8号"]
DAYS = ["--rest", "2027-01-01..2027-01-03=元旦", "--work", "2027-01-09"]


def test_a_new_notice_changes_the_calendar_at_once(db, capsys):
    before = get_calendar()
    assert before.provisional(date(2027, 1, 1))

    call_command("publish_holidays", *NOTICE, *DAYS)

    after = get_calendar()
    assert after.version != before.version
    assert not after.provisional(date(2027, 1, 1))
    assert (after.is_workday(date(2027, 1, 1)), after.is_workday(date(2027, 1, 9))) == (
        False,
        True,
    )
    assert after.holiday(date(2027, 1, 2)) == "元旦"
    assert "2027 CN：4 天，第 1 版。" in capsys.readouterr().out
    assert AuditEntry.objects.get().action == "calendars.year.published"


def test_a_corrected_notice_replaces_the_one_before(db):
    call_command("publish_holidays", *NOTICE, *DAYS)
    call_command("publish_holidays", *NOTICE, *DAYS)
    call_command("publish_holidays", *NOTICE, "--rest", "2027-01-01=元旦")

    assert HolidayYear.objects.get(year=2027).version == 2
    assert HolidayDay.objects.filter(year__year=2027).count() == 1
    assert get_calendar().is_workday(date(2027, 1, 4))


REFUSED = [
    (["--rest", "2026-12-31=元旦"], "2026-12-31 不在 2027 年内"),
    (["--rest", "2027-01-01=元旦", "--work", "2027-01-01"], "2027-01-01 重复"),
    (["--rest", "1月1日=元旦"], "无法识别日期"),
]


@pytest.mark.parametrize(("days", "message"), REFUSED)
def test_a_wrong_notice_is_refused_whole(db, days, message):
    with pytest.raises(CommandError, match=message):
        call_command("publish_holidays", *NOTICE, *days)

    assert not HolidayYear.objects.filter(year=2027).exists()
