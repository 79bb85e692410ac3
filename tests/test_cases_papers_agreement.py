"""The agreement on paper (K-11): printed for signing, issued once it is signed."""

from datetime import date

import pytest

from cases.actions.agreements import ItemWords
from cases.papers import PAPERS
from services.documents.models import OfficialDocument
from tests.case_issuing import address, issued, onlooker, papers_of
from tests.disputes import filed, party_part, suit
from tests.printed import text_of
from tests.test_cases_mediation import agreed, mediating, signed

KIND = "settlement_agreement"
DAY = date(2026, 3, 20)


def said(agreement) -> str:
    return text_of(KIND, PAPERS[KIND].context(agreement, DAY))


def written(city, **changes):
    return agreed(city, mediating(city), actor=city.users["mediator"], **changes)


def test_it_says_who_agreed_to_what_by_when(city):
    agreement = written(
        city,
        number="试调〔2026〕3号",
        closing="申请人不再申请行政复议。",
        liability="不履行的，可以申请强制执行。",
        confirmation=True,
    )

    text = said(agreement)

    agency = city.organizations["agency"].name
    order = [
        "试验市行政争议协调化解中心调解协议书",
        "试调〔2026〕3号",
        "申请人：张三",
        "申请人：试验建材有限公司",
        f"被申请人：{agency}。",
        f"申请人张三、试验建材有限公司与被申请人{agency}行政处罚一案，经调解员",
        "达成如下协议",
        "双方对拆除期限有争议。",
        "自行拆除临时构筑物",
        "2026-05-29",
        "补偿搬迁费用",
        "20,000.00",
        "2026-04-30",
        "申请人不再申请行政复议。",
        "自本协议生效之日起三十日内",
        "不履行的，可以申请强制执行。",
        "不损害国家利益、社会公共利益和他人合法权益",
        "本协议自各方签名或者盖章之日起生效",
        "签名或者盖章",
    ]
    places = [text.find(part) for part in order]
    assert -1 not in places, [part for part in order if part not in text]
    assert places == sorted(places)


def test_what_was_not_agreed_is_not_printed(city):
    text = said(written(city))

    absent = ("司法确认", "违约责任", "撤回申请和结案", "第六十条", "〔2026〕")
    assert [word for word in absent if word in text] == []


@pytest.mark.parametrize(("kind", "cites"), [("mediated", True), ("settled", False)])
def test_only_what_was_mediated_out_of_a_suit_cites_its_statute(city, kind, cites):
    agreement = written(city, kind=kind)
    procedure = agreement.procedure
    court_case = filed(suit(city, procedure.dispute), date(2026, 3, 10))
    procedure.origins.create(earlier=court_case, reason="委托调解")

    assert ("依照《中华人民共和国行政诉讼法》第六十条的规定" in said(agreement)) == cites


def test_it_is_printed_for_signing_and_issued_when_signed(city, as_user):
    agreement = written(city)
    client = as_user(city.users["mediator"])
    assert client.get(address("paper-word", KIND, agreement)).status_code == 200
    assert issued(client, KIND, agreement, DAY).status_code == 422

    signed(agreement, actor=city.users["mediator"])
    assert issued(client, KIND, agreement, DAY).status_code == 302

    document = OfficialDocument.objects.get(kind=KIND)
    assert document.content["signed"] == "2026年3月20日"
    assert "张三" not in document.title


def test_the_units_in_the_case_read_it_and_nobody_else(city, as_user):
    agreement = written(city)
    onlooker(city, agreement.procedure.dispute)
    signed(agreement)
    issued(as_user(city.users["mediator"]), KIND, agreement, DAY)

    readers = ("mediator", "agency_contact", "gov_officer", "onlooker", "court_officer")
    read = [who for who in readers if papers_of(city.users[who], agreement)]

    assert read == ["mediator", "agency_contact", "gov_officer"]


@pytest.mark.parametrize("who", ["agency_contact", "gov_officer"])
def test_only_who_mediates_issues_it(city, as_user, who):
    agreement = written(city)
    signed(agreement)

    assert issued(as_user(city.users[who]), KIND, agreement, DAY).status_code == 403


def test_twenty_promises_stand_in_one_table(city):
    procedure = mediating(city)
    party = party_part(procedure).party
    items = [ItemWords(party, f"第{n}期拆除", date(2026, 5, n)) for n in range(1, 21)]

    text = said(agreed(city, procedure, items=items))

    assert [n for n in range(1, 21) if f"第{n}期拆除" not in text] == []
