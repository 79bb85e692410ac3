"""The monthly mail of a query: once a month, to its owner, of what the owner may open."""

from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from dashboards.actions import mail_queries, remove_query
from dashboards.models import QueryMail
from dashboards.queries.states import Grouping, Sharing, Span
from dashboards.tasks import mail_saved_queries
from foundations.notifications.delivery import deliver_pending
from foundations.notifications.models import Notice
from liaison_portal.schedule import TIMETABLE
from tests.letters import moment
from tests.querying import NOW, advised, kept

DUE = date(2026, 12, 5)


@pytest.fixture
def letters(city):
    return advised(city)


def run(on: date) -> int:
    """What the task does that morning; how many owners were told."""
    with time_machine.travel(moment(on, 7), tick=False):
        return mail_queries(on=on, at=moment(on, 7))


def carried(on: date = DUE) -> list:
    with time_machine.travel(moment(on, 7), tick=False):
        deliver_pending(at=moment(on, 7))
    return mail.outbox


def printed(sent) -> str:
    """The words of the paper that a mail carries, without spaces."""
    ((name, content, kind),) = sent.attachments
    assert (name, kind) == ("建议回复情况.pdf", "application/pdf")
    pages = PdfReader(BytesIO(content)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def test_it_goes_out_once_on_its_day_with_its_figures(letters):
    kept(letters, mail_day=5)

    assert [run(date(2026, 12, day)) for day in (4, 5, 5, 6)] == [0, 1, 0, 0]

    (sent,) = carried()
    assert sent.to == ["court_officer@example.test"]
    assert sent.subject == "每月统计：建议回复情况（2026年1月1日至12月5日）"
    assert "截至2026-12-05" in sent.body
    told = printed(sent)
    assert "60.00%3/5" in told  # R8 of the court, and of the replied all adopted
    assert "100.00%3/3" in told
    assert "已书面回复的司法建议数" in told
    assert "按接收人（周明远）可见的记录统计，截至2026年12月5日。" in told


def test_its_figures_are_its_owners_own_by_unit(letters):
    kept(letters, by="agency_contact", mail_day=5, grouping=Grouping.UNIT)
    run(DUE)

    told = printed(carried()[0])

    assert "50.00%1/2" in told
    assert "市综合执法局50.00%1/2" in told
    assert "60.00%" not in told


def test_others_with_whom_it_is_shared_get_no_mail(letters):
    kept(letters, mail_day=5, shared_with=Sharing.ALL)
    run(DUE)

    assert [one.to for one in carried()] == [["court_officer@example.test"]]


LATE = [
    pytest.param(5, date(2026, 12, 9), "2026年11月", id="four days late"),
    pytest.param(25, date(2027, 2, 20), "2026年12月", id="that of the month before"),
    pytest.param(20, date(2027, 3, 20), "2027年2月", id="three months were missed"),
]


@pytest.mark.parametrize(("day", "on", "period"), LATE)
def test_what_was_missed_is_told_once_and_of_its_own_period(letters, day, on, period):
    kept(letters, mail_day=day, span=Span.LAST_MONTH)

    assert (run(on), run(on)) == (1, 0)

    assert QueryMail.objects.count() == 1
    assert Notice.objects.get(reason="query").title.endswith(f"（{period}）")
    assert f"统计期间：{period}" in printed(carried(on)[0])


def test_on_the_day_of_keeping_nothing_is_due(letters):
    kept(letters, mail_day=NOW.day)

    days = (NOW.date(), date(2026, 11, 21), date(2026, 12, NOW.day))

    assert [run(day) for day in days] == [0, 0, 1]


def test_each_month_has_its_own(letters):
    kept(letters, mail_day=28)

    assert [run(date(2027, month, 28)) for month in (1, 2, 3)] == [1, 1, 1]


def test_a_month_is_noted_once(letters):
    query = kept(letters, mail_day=5)
    run(DUE)

    with pytest.raises(IntegrityError), transaction.atomic():
        QueryMail.objects.create(
            query=query, owner=query.owner, month=date(2026, 12, 1), due_on=DUE, on=DUE
        )


def test_an_account_that_ended_gets_nothing(letters):
    owner = kept(letters, mail_day=5).owner
    owner.is_active = False
    owner.save()

    assert run(DUE) == 0
    assert not Notice.objects.filter(reason="query").exists()


def test_an_account_that_ends_before_the_mail_goes_gets_no_figures(letters):
    owner = kept(letters, mail_day=5).owner
    run(DUE)
    owner.expires_on = date(2026, 12, 4)
    owner.save()

    assert [one.attachments for one in carried()] == [[]]


def test_a_removed_query_sends_no_figures(letters):
    query = kept(letters, mail_day=5)
    run(DUE)
    remove_query(query.pk, actor=query.owner, at=NOW)

    (sent,) = carried()

    assert "建议回复情况" not in sent.subject + sent.body
    assert sent.attachments == []
    assert QueryMail.objects.get().query is None


def test_what_cannot_be_counted_any_more_says_why(letters):
    unit = letters.organizations["natural"]
    kept(letters, mail_day=5, unit=unit)
    type(unit).objects.filter(pk=unit.pk).update(valid_to=date(2025, 12, 31))

    assert run(DUE) == 1

    (sent,) = carried()
    assert sent.subject == "每月统计：建议回复情况"
    assert "该单位在此期间不存在" in sent.body
    assert sent.attachments == []


def test_the_timetable_mails_each_morning(letters):
    kept(letters, mail_day=5)

    with time_machine.travel(moment(DUE, 7), tick=False):
        mail_saved_queries()

    assert QueryMail.objects.get().on == DUE
    assert "dashboards.tasks.mail_saved_queries" in {one["task"] for one in TIMETABLE.values()}
