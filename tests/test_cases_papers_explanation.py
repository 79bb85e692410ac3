"""判后答疑 on paper (K-12): the notice with the last day to appeal, and the record."""

import re
from datetime import date

import pytest

from cases.actions.explanations import record_explanation
from cases.papers import PAPERS
from services.documents.models import OfficialDocument
from tests.case_issuing import address, issued, papers_of
from tests.printed import opened, text_of
from tests.test_cases_outcomes import ANSWERS, DAY, acting, noticed

NOTICE, RECORD = "explanation_notice", "explanation_record"


def answered(city):
    return record_explanation(noticed(city).pk, **acting(city, "court_officer"), words=ANSWERS)


def said(kind, row) -> str:
    return text_of(kind, PAPERS[kind].context(row, DAY))


def test_the_notice_says_where_to_ask_and_until_when_to_appeal(city):
    text = said(NOTICE, noticed(city))

    order = [
        "试验市人民法院判后答疑告知书",
        "（2026）鄂0199行初1号",
        "张三：",
        "行政庭0000-1234。",
        "承办法官。",
        "上诉期限至2026年5月6日届满",
        "试验市人民法院2026年4月21日",
    ]
    places = [text.find(part) for part in order]
    assert -1 not in places, [part for part in order if part not in text]
    assert places == sorted(places)
    assert "您" not in text


def test_the_record_is_signed_page_by_page(city):
    row = answered(city)

    text = re.sub("本页签名：＿+", "", said(RECORD, row))

    for part in (
        "张三及其代理人李律师",
        "问：为何未采信证据三？",
        "答：该证据系事后收集。",
        "服判情况：部分服判；尚未决定是否上诉。",
        "上诉期限至2026年5月6日届满",
    ):
        assert part in text
    context = {**PAPERS[RECORD].context(row, DAY), "answers": ["该证据系事后收集。"] * 60}
    with opened(RECORD, context) as paper:
        pages = ["".join((page.extract_text() or "").split()) for page in paper.pages]
    assert len(pages) > 2
    assert [page for page in pages if "本页签名：" not in page] == []


def test_the_record_waits_until_it_is_written(city, as_user):
    row = noticed(city)
    client = as_user(city.users["court_officer"])

    assert client.get(address("paper", NOTICE, row)).status_code == 200
    assert client.get(address("paper", RECORD, row)).status_code == 404


@pytest.mark.parametrize("kind", [NOTICE, RECORD])
def test_both_are_the_courts_own(city, as_user, kind):
    row = answered(city)
    client = as_user(city.users["court_officer"])
    assert issued(client, kind, row, date(2026, 5, 20)).status_code == 302

    document = OfficialDocument.objects.get(kind=kind)
    assert document.visibility == "court_internal"
    assert "张三" not in document.title
    readers = ("court_officer", "agency_contact", "gov_officer")
    assert [who for who in readers if papers_of(city.users[who], row)] == ["court_officer"]
    assert as_user(city.users["gov_officer"]).get(address("paper", kind, row)).status_code == 404
