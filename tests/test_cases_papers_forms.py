"""The forms and letters of mediation, service, visits, risk and losses (K-17): what they say,
what they lack, and that nobody reads them who may not read the record."""

from datetime import date

import pytest
from django.urls import reverse

from cases.actions.losses import write_analysis
from cases.actions.papers import issue_paper
from cases.models import RiskRating
from cases.papers import PAPERS
from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from members.states import Side
from services.documents.models import OfficialDocument
from tests.disputes import (
    PERSON,
    PartyWords,
    account,
    dispute,
    filed,
    moment,
    stepped,
    suit,
    unit,
)
from tests.printed import text_of
from tests.test_cases_mediation import agreed, consents, entrusted, mediating, mediation, signed
from tests.test_cases_outcomes import WORDS, judged
from tests.test_cases_performance import decided
from tests.test_cases_risk import asked, rated
from tests.test_cases_visits import arranged, visited

ON = date(2026, 6, 2)
KNOWN = PartyWords(
    "natural",
    "张三",
    id_number="11010119900307109X",
    phone="13800005678",
    address="试验市东城街道解放路7号",
)


def context(kind: str, row, on: date = ON) -> dict:
    return PAPERS[kind].context(row, on)


def said(kind: str, row, on: date = ON) -> str:
    return text_of(kind, context(kind, row, on))


def issued(city, kind: str, row, who: str) -> OfficialDocument:
    user = city.users[who]
    return issue_paper(kind, row.pk, actor=user, at=moment(ON, 18), on=ON)


def readers(city, document: OfficialDocument, *who: str) -> set[str]:
    """Who of these sees it, once it is out."""
    OfficialDocument.objects.filter(pk=document.pk).update(state="issued")
    return {
        key
        for key in who
        if visible_to(city.users[key], OfficialDocument).filter(pk=document.pk).exists()
    }


def test_every_party_gets_a_sheet_with_what_it_has_said(city):
    procedure = mediation(city)
    asked_of = [one["called"] for one in context("mediation_consent", procedure)["parties"]]
    assert asked_of == ["张三", "试验建材有限公司"]
    assert "□同意调解" in said("mediation_consent", procedure)

    procedure = consents(procedure)
    first, second = context("mediation_consent", procedure)["parties"]
    assert (first["agreed"], first["asked"]) == (True, "2026年3月3日当面征询")
    assert "√同意调解" in said("mediation_consent", procedure)
    assert ("name" in first, "name" in second) == (True, False)


def test_the_centre_refers_to_its_own_mediator(city):
    procedure = entrusted(city)

    found = context("mediation_referral", procedure)

    name = procedure.assignments.get().professional.name
    assert (found["title"], found["addressees"]) == ("委派调解函", [f"{name}调解员"])
    assert found["limit"].startswith("自调解员确认接受之日起30日")
    assert found["answer_by"] == "2026年3月6日"
    assert found["consented"] == "2026年3月3日"
    text = said("mediation_referral", procedure)
    assert "决定委派你进行调解" in text
    assert "13800005678" in text
    assert PAPERS["mediation_referral"].lacks(procedure) == []


def test_a_court_refers_in_trial_to_the_centre_and_alone_writes_the_letter(city):
    made = dispute(city)
    within = filed(suit(city, made), date(2026, 3, 3))
    inside = mediation(city, made, on=date(2026, 3, 3), within=within.public_id)
    procedure = entrusted(city, inside, on=date(2026, 3, 4), referral="in_trial")
    paper = PAPERS["mediation_referral"]

    found = context("mediation_referral", procedure)

    assert (found["title"], found["red_head"]) == ("委托调解函", "试验市人民法院")
    assert found["addressees"] == ["试验市行政争议协调化解中心"]
    assert found["mediator"].startswith("你单位调解员")
    assert found["limit"].startswith("自调解员确认接受之日起15日")
    may = {key: paper.may(city.users[key], procedure) for key in ("court_officer", "gov_officer")}
    assert may == {"court_officer": True, "gov_officer": False}


def test_once_accepted_the_letter_says_until_when(city):
    procedure = mediating(city)

    assert context("mediation_referral", procedure)["limit"].startswith("至2026年4月3日届满")


def confirming(city, **changes):
    procedure = mediation(city, dispute(city, **changes))
    procedure = stepped(entrusted(city, procedure), "acknowledge", date(2026, 3, 4))
    procedure = stepped(procedure, "begin", date(2026, 3, 4))
    agreement = agreed(city, procedure, confirmation=True)
    signed(agreement, court=city.organizations["court"])
    return procedure.dispute.procedures.get(kind="confirmation")


def test_the_application_for_confirmation_says_who_agreed_to_what(city):
    procedure = confirming(city, parties=[KNOWN])

    text = said("confirmation_application", procedure)

    order = [
        "申请人：张三",
        "公民身份号码11010119900307109X",
        "联系电话13800005678",
        "申请人：试验市综合行政执法局",
        "请求确认申请人之间于2026年3月20日达成的调解协议有效",
        "1.张三：自行拆除临时构筑物，2026年5月29日前履行。",
        "2.试验市综合行政执法局：补偿搬迁费用，金额20,000.00元，2026年4月30日前履行。",
        "此致试验市人民法院",
    ]
    places = [text.find(part) for part in order]
    assert -1 not in places, [part for part in order if part not in text]
    assert places == sorted(places)
    assert PAPERS["confirmation_application"].lacks(procedure) == []


def test_what_the_application_lacks_is_said_without_names(city):
    procedure = confirming(city, parties=[PERSON])

    lacks = PAPERS["confirmation_application"].lacks(procedure)

    assert lacks == ["缺少张某的公民身份号码或者统一社会信用代码。", "缺少张某的住址或者住所。"]
    with pytest.raises(RuleBroken) as broken:
        issued(city, "confirmation_application", procedure, "court_officer")
    assert broken.value.code == "incomplete"


def closed(city, mode: str = "revoked"):
    procedure = judged(city, mode)
    procedure.refresh_from_db()
    return procedure


def test_everybody_is_served_on_a_sheet_of_its_own(city):
    procedure = closed(city)

    found = context("service_receipt", procedure)

    assert found["papers"] == [f"{procedure.number}行政判决书　1份"]
    called = [(one["role"], one["called"]) for one in found["receivers"]]
    assert ("原告", "张三") in called
    assert ("被告", "试验市综合行政执法局") in called
    pending = filed(suit(city), date(2026, 3, 4), n=2)
    assert context("service_receipt", pending)["papers"] == []


@pytest.mark.parametrize(
    ("mode", "paper"),
    [("revoked", "行政判决书"), ("unlawful", "行政判决书"), ("suit_dismissed", "行政裁定书")],
)
def test_the_paper_that_is_served_has_the_name_of_the_outcome(city, mode, paper):
    assert context("service_receipt", closed(city, mode))["papers"][0].endswith(f"{paper}　1份")


def test_papers_in_full_are_kept_encrypted_and_read_in_the_case_alone(city):
    procedure = closed(city)
    other = unit(city, "parks", "试验市园林局", "市园林局")
    account(city, "parks_clerk", "parks")
    made = procedure.dispute
    made.access.create(principal=f"o{other.pk}", filed_on=made.filed_on, why="coordination")

    document = issued(city, "service_receipt", procedure, "court_officer")

    assert set(document.context) == {"number"}
    assert "张三" not in document.title
    seen = readers(city, document, "court_officer", "agency_contact", "parks_clerk")
    assert seen == {"court_officer", "agency_contact"}


def test_the_visit_form_is_empty_and_names_nobody_in_full(city):
    procedure = arranged(city)

    text = said("visit_form", procedure)

    assert "张三" not in text
    assert text.count("□") == 4
    found = context("visit_form", procedure)
    assert [row["standing"] for row in found["duties"]] == ["尚未履行"]
    assert found["reason"].startswith("行政复议（试府复〔2026〕1号）")


def test_what_was_said_at_a_visit_is_for_the_organ_and_the_bureau(city):
    procedure = arranged(city)
    again = {"next_on": date(2026, 6, 16), "measure": "督促限期履行"}
    visited(city, procedure, "unperformed", **again)
    second = visited(city, procedure, "performed", on=date(2026, 6, 10))

    (told,) = context("visit_record", second)["visits"]
    assert (told["nth"], told["person"], told["result"]) == (2, "张三", "已履行")
    assert "第2次回访" in said("visit_record", second)
    document = issued(city, "visit_record", second, "gov_officer")
    assert document.sealed
    seen = readers(city, document, "gov_officer", "agency_contact", "court_officer")
    assert seen == {"gov_officer"}


def test_a_risk_form_is_read_as_the_rating_is(city):
    made = suit(city).dispute
    other = unit(city, "parks", "试验市园林局", "市园林局")
    account(city, "parks_clerk", "parks")
    made.access.create(principal=f"o{other.pk}", filed_on=made.filed_on, why="party")
    rated(city, made, "low")
    second = rated(city, made, "extreme", reason="扬言集体上访")

    found = context("risk_form", second)
    assert (found["level"], found["proposed"], found["persons"]) == ("极高", "低", "2名")
    assert [row["level"] for row in found["history"]] == ["低"]
    assert "张三" not in said("risk_form", second)
    ready = PAPERS["risk_form"].ready(RiskRating.objects.all())
    assert [row.pk for row in ready] == [second.pk]
    document = issued(city, "risk_form", second, "gov_officer")
    seen = readers(city, document, "gov_officer", "agency_contact", "parks_clerk")
    assert seen == {"gov_officer", "agency_contact"}


def test_the_risk_form_of_a_decision_names_every_opinion(city):
    made = asked(city)

    found = context("decision_risk_form", made)

    assert [row["text"] for row in found["opinions"]] == ["尚未反馈", "尚未反馈"]
    assert PAPERS["decision_risk_form"].lacks(made) == ["评估尚未作出结论。"]
    assert "老城区临时构筑物集中整治" in said("decision_risk_form", made)


def test_the_page_of_an_assessment_leads_to_its_form(city, as_user):
    made = asked(city)
    client = as_user(city.users["agency_contact"])
    address = reverse("cases:paper", args=["decision_risk_form", made.public_id])

    assert address in client.get(made.get_absolute_url()).content.decode()
    assert "评估尚未作出结论" in client.get(address).content.decode()


def lost(city):
    loss = judged(city).losses.get()
    day = date(2026, 4, 27)
    return write_analysis(
        loss.pk, actor=city.users["agency_contact"], at=moment(day, 10), words=WORDS
    )


def test_a_loss_form_says_what_the_agency_wrote_and_is_the_governments_own(city):
    loss = lost(city)

    found = context("loss_form", loss)
    assert [one["name"] for one in found["causes"] if one["on"]] == ["违反法定程序"]
    assert (found["analysis"], found["procedure"]) == (["未告知听证权利"], "一审")
    assert "张三" not in said("loss_form", loss)
    document = issued(city, "loss_form", loss, "agency_contact")
    assert document.visibility == f"{Side.GOVERNMENT[:3]}_internal"
    seen = readers(city, document, "gov_officer", "agency_contact", "court_officer")
    assert seen == {"gov_officer", "agency_contact"}


def test_before_the_analysis_is_written_there_is_no_form(city, as_user):
    loss = judged(city).losses.get()
    address = reverse("cases:paper", args=["loss_form", loss.public_id])

    assert as_user(city.users["agency_contact"]).get(address).status_code == 404


RESTRICTED = ("visit_record", "risk_form", "loss_form")


@pytest.mark.parametrize("kind", RESTRICTED)
@pytest.mark.parametrize("page", ["paper", "paper-preview", "paper-word"])
def test_who_may_not_read_the_record_gets_none_of_its_papers(city, as_user, kind, page):
    row, stranger = {
        "visit_record": lambda: (visited(city, arranged(city)), "agency_contact"),
        "risk_form": lambda: (rated(city, decided(city).dispute, "low"), "court_officer"),
        "loss_form": lambda: (lost(city), "court_officer"),
    }[kind]()
    address = reverse(f"cases:{page}", args=[kind, row.public_id])

    assert as_user(city.users["gov_officer"]).get(address).status_code == 200
    assert as_user(city.users[stranger]).get(address).status_code == 404


def test_the_papers_of_a_dispute_offer_those_that_fit(city, as_user):
    procedure = entrusted(city)
    client = as_user(city.users["centre_clerk"])

    page = client.get(f"{procedure.dispute.get_absolute_url()}?tab=papers").content.decode()

    for kind in ("mediation_consent", "mediation_referral"):
        assert reverse("cases:paper", args=[kind, procedure.public_id]) in page
    assert "service_receipt" not in page
