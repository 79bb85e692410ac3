"""The addressees on a letter's page: honest words, the reader's own buttons, few queries."""

import re
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from suggestions.actions.extensions import answer_extension, ask_extension
from suggestions.actions.reviews import answer_objection, review
from suggestions.actions.service import sign_for
from suggestions.states import Attitude
from tests.answering import adopted, carried_out, replied, said, served, to_verify
from tests.gatherings import text_file
from tests.letters import addressee, agencies, letter, moment
from tests.test_suggestions_rectification import checked, failed
from tests.test_suggestions_replies import on_paper

pytestmark = pytest.mark.django_db
NOW = moment(date(2026, 12, 2))
A, N, O = Attitude.ACCEPTED, Attitude.NOT_ACCEPTED, Attitude.OBJECTION  # noqa: E741


def cells(client, row) -> list[str]:
    """The four cells as they read, without their marks."""
    page = client.get(row.suggestion.get_absolute_url()).content.decode()
    table = page.partition('class="fy-adr"')[2].partition("</section>")[0]
    table = re.sub(r'<div class="fy-pop .*?</details>', "", table, flags=re.DOTALL)
    found = re.findall(r'<div class="fy-adr__c [^>]*>(.*?)</div>', table, flags=re.DOTALL)
    return [re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", one)).strip() for one in found]


def buttons(client, row) -> list[str]:
    page = client.get(row.suggestion.get_absolute_url()).content.decode()
    acts = page.partition('class="fy-adr__a"')[2].partition("</section>")[0]
    found = re.findall(r"<(?:a|button)[^>]*>(.*?)</(?:a|button)>", acts)
    return [re.sub("<[^>]+>", "", one) for one in found]


def unserved(city):
    return addressee(city)


def signed(city):
    row = addressee(city)
    return sign_for(row.pk, actor=city.users["agency_contact"], at=moment(date(2026, 10, 9)))


def overdue(city):
    return served(city)


def extended(city):
    row = served(city)
    contact, court = city.users["agency_contact"], city.users["court_officer"]
    at = moment(date(2026, 11, 4))
    asked = ask_extension(
        row.pk, actor=contact, at=at, until_on=date(2026, 12, 24), reason="历史档案核查"
    )
    answer_extension(asked.pk, actor=court, at=at, granted=True)
    return row


def late(city):
    row = served(city)
    replied(city, row, said(A, A), on=date(2026, 12, 1))
    return row


def in_time(city):
    row = served(city)
    replied(city, row)
    return row


def for_the_unit(city):
    row = served(city)
    words = said(
        N, N, received_on=date(2026, 11, 20), files=(text_file("回复.txt"),), declared=True
    )
    on_paper(city, row, words)
    return row


def objected(city):
    row = served(city)
    replied(city, row, said(O, O))
    return row


def again(city):
    row = objected(city)
    court = city.users["court_officer"]
    answer_objection(row.pk, actor=court, at=NOW, upheld=False, remark="管辖无误")
    return row


def withdrawn(city):
    row = objected(city)
    answer_objection(row.pk, actor=city.users["court_officer"], at=NOW, upheld=True)
    return row


def reasons_hold(city):
    row = served(city)
    replied(city, row, said(N, N))
    review(row.pk, actor=city.users["court_officer"], at=NOW, upheld=True)
    return row


def waiting(city):
    return to_verify(city, on=date(2026, 12, 1))


def sent_back(city):
    row = waiting(city)
    failed(city, row, at=NOW, on=NOW.date())
    return row


def closed(city):
    row = waiting(city)
    checked(city, row, at=NOW, on=NOW.date(), effect="partly")
    return row


NOT_BEGUN = "未开始 —"


@pytest.mark.parametrize(
    ("case", "read"),
    [
        (unserved, ["待送达 待签收或者登记", "未开始 自送达次日起算", NOT_BEGUN, NOT_BEGUN]),
        (
            signed,
            ["10-09 平台签收", "剩 7 天 12-09 周三 12-09 周三 届满", NOT_BEGUN, NOT_BEGUN],
        ),
        (
            overdue,
            [
                "09-28 邮寄送达，回证已附",
                "逾期 2 天 11-30 周一 未见回复，11-30 届满",
                NOT_BEGUN,
                NOT_BEGUN,
            ],
        ),
        (extended, [..., "剩 22 天 12-24 周四 延至 12-24 周四", NOT_BEGUN, NOT_BEGUN]),
        (late, [..., "12-01 逾期回复 采纳", "整改中 尚未填报措施", "待核查 市法院核查"]),
        (in_time, [..., "11-10 按期 采纳", "整改中 剩 29 天，12-31 周四", ...]),
        (for_the_unit, [..., "11-20 按期 不采纳，代录", "不采纳 理由待审查", NOT_BEGUN]),
        (objected, [..., "11-10 按期 异议", "异议 复核中", NOT_BEGUN]),
        (again, [..., "剩 62 天 2027-02-02 周二 重新回复，2027-02-02 周二 届满", NOT_BEGUN, ...]),
        (withdrawn, [..., "11-10 按期 异议", "已撤回 —", "—"]),
        (reasons_hold, [..., "11-10 按期 不采纳", "不需整改 不采纳理由成立", "—"]),
        (waiting, [..., ..., "12-01 已提请核查", "剩 20 天 12-22 周二 市法院"]),
        (sent_back, [..., ..., "退回整改 剩 44 天，2027-01-15 周五", "尚未到位 已退回"]),
        (closed, [..., ..., "12-01 已提请核查", "12-02 通过 部分有效"]),
    ],
)
def test_how_an_addressee_reads(city, as_user, case, read):
    with time_machine.travel(NOW, tick=False):
        row = case(city)

        found = cells(as_user(city.users["court_officer"]), row)

    assert found == [told if told is not ... else found[n] for n, told in enumerate(read)]


@pytest.mark.parametrize(
    ("case", "name", "first"),
    [
        (unserved, "court_officer", "登记送达"),
        (unserved, "agency_contact", "签收"),
        (overdue, "court_officer", "督办"),
        (overdue, "agency_contact", "回复"),
        (objected, "court_officer", "处理异议"),
        (for_the_unit, "court_officer", "审查理由"),
        (carried_out, "agency_contact", "提请核查"),
        (waiting, "court_officer", "核查"),
        (waiting, "agency_contact", "看回复"),
        (closed, "court_officer", "看回复"),
        (in_time, "gov_officer", "看回复"),
    ],
)
def test_the_button_is_what_the_row_waits_for(city, as_user, case, name, first):
    with time_machine.travel(NOW, tick=False):
        row = case(city)
        if case is carried_out:
            row.refresh_from_db()

        assert buttons(as_user(city.users[name]), row)[0] == first


def test_who_only_reads_changes_nothing(city, as_user):
    with time_machine.travel(NOW, tick=False):
        row = in_time(city)

        assert buttons(as_user(city.users["gov_officer"]), row) == ["看回复"]


def test_the_replies_are_told_with_their_measures_and_files(city, as_user):
    with time_machine.travel(NOW, tick=False):
        row = served(city)
        replied(city, row, said(A, N, text="第一次"))
        replied(city, row, adopted(text="第二次"), on=NOW.date())
        page = as_user(city.users["gov_officer"]).get(row.suggestion.get_absolute_url())

    shown = page.content.decode()
    assert "之前的回复 1 次" in shown
    assert shown.index("第二次") < shown.index("第一次")
    assert "修订执法文书2" in shown


def test_more_addressees_take_no_more_queries(city, as_user):
    units = agencies(city, 4)
    client = as_user(city.users["court_officer"])
    counts = []
    with time_machine.travel(NOW, tick=False):
        for some in (units[:1], units):
            made = letter(city, addressees=some)
            for row in made.addressees.all():
                person = row.organization.key + "_contact"
                sign_for(row.pk, actor=city.users[person], at=moment(date(2026, 10, 9)))
                replied(city, row, actor=city.users[person])
            client.get(made.get_absolute_url())
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(made.get_absolute_url())
            counts.append(len(queries))

    assert counts[0] == counts[1]
