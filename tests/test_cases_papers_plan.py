"""The resolution plan on paper (K-10): what it prints, and what it never prints."""

from datetime import date
from decimal import Decimal

import pytest

from cases.actions.plans import AuthorityWords, decide_authority
from cases.papers import PAPERS
from services.documents.models import OfficialDocument
from tests.case_issuing import address, issued, papers_of
from tests.disputes import dispute, filed, suit
from tests.printed import text_of
from tests.test_cases_plans import AT, DAY, approved, planned, submitted

KIND = "resolution_plan"


def said(plan) -> str:
    return text_of(KIND, PAPERS[KIND].context(plan, DAY))


def test_it_says_the_parts_that_the_clause_names(city):
    text = said(approved(city))

    order = [
        "行政争议实质性化解方案",
        "张三、试验建材有限公司",
        "责令限期拆除临时构筑物",
        "争议登记号：试争〔2026〕1号。",
        "二、争议产生的原因",
        "拆除期限过短。",
        "三、前期处理过程和结果",
        "街道调解一次，未达成一致。",
        "四、下一步化解措施",
        "延长期限并分期拆除。",
        "责任领导：王局长；承办人：法规科阿依努尔。",
        "由局长办公会批准",
        "证据和依据",
        "1.责令限期拆除决定书。",
        "2.《城乡规划法》第六十六条。",
        "试验市综合行政执法局2026年3月10日",
    ]
    places = [text.find(part) for part in order]
    assert -1 not in places, [part for part in order if part not in text]
    assert places == sorted(places)


def test_it_is_addressed_to_the_court_that_has_the_case(city):
    procedure = filed(suit(city), date(2026, 3, 4))

    text = said(approved(city, procedure.dispute))

    assert "试验市人民法院：" in text
    assert "案号：（2026）鄂0199行初1号。" in text


def test_what_may_be_given_way_on_is_never_printed(city):
    plan = approved(city)
    decide_authority(
        plan.dispute_id,
        actor=city.users["agency_contact"],
        at=AT,
        organization=plan.organization,
        words=AuthorityWords(
            holder="法规科科长",
            studied_on=DAY,
            decided_by="党组会",
            may_settle=True,
            cap=Decimal(87654),
            limits="底线是分三期拆除",
        ),
    )

    text = said(plan)

    assert [word for word in ("87654", "87,654", "底线", "党组会") if word in text] == []
    assert "以授权委托书载明的为准" in text


def test_a_draft_is_looked_at_and_not_issued(city, as_user):
    plan = planned(city)
    client = as_user(city.users["agency_contact"])

    page = client.get(address("paper", KIND, plan))
    assert "方案尚未经行政机关批准。" in page.text
    assert client.get(address("paper-preview", KIND, plan)).status_code == 200
    answer = issued(client, KIND, plan, DAY)

    assert answer.status_code == 422
    assert not OfficialDocument.objects.filter(kind=KIND).exists()


@pytest.mark.parametrize("state", ["approved", "submitted"])
def test_the_other_side_reads_it_once_it_is_submitted(city, as_user, state):
    procedure = filed(suit(city, dispute(city)), date(2026, 3, 4))
    plan = {"approved": approved, "submitted": submitted}[state](city, procedure.dispute)
    issued(as_user(city.users["agency_contact"]), KIND, plan, DAY)

    read = {
        who: len(papers_of(city.users[who], plan))
        for who in ("agency_contact", "gov_officer", "court_officer")
    }

    there = int(state == "submitted")
    assert read == {"agency_contact": 1, "gov_officer": 1, "court_officer": there}
