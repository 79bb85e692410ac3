"""Notices and letters on the appearance of an agency's head (K-9)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from cases.actions import appearances
from cases.models import Appearance
from cases.papers import PAPERS
from foundations.audit.models import AuditEntry
from foundations.notifications.models import Notice
from services.documents.models import OfficialDocument
from tests.case_issuing import address, issued, onlooker, papers_of
from tests.disputes import moment
from tests.printed import text_of
from tests.test_cases_hearings import SET, court_case, of, sat

NOTICE, LETTER = "appearance_notice", "appearance_letter"
NAME = "张三"


def called(city, call="notice", reasons=("group", "rights")) -> Appearance:
    row = of(sat(city, court_case(city)))
    return appearances.call_head(
        row.pk,
        actor=city.users["court_officer"],
        at=moment(SET),
        call=call,
        reasons=list(reasons),
    )


def said(row, kind=NOTICE) -> str:
    return text_of(kind, PAPERS[kind].context(row, SET))


def test_the_notice_says_what_the_law_wants_in_its_order(city):
    row = called(city)

    text = said(row)

    order = [
        "试验市人民法院行政机关负责人出庭应诉通知书",
        "（2026）鄂0199行初1号",
        f"{row.organization.name}：",
        f"{NAME}、试验建材有限公司诉{row.organization.name}行政处罚一案",
        "定于2026年4月8日上午9:30在第三法庭公开开庭审理，你单位系本案被告",
        "《中华人民共和国行政诉讼法》第三条第三款",
        "（法释〔2020〕3号）",
        "现通知你单位负责人按时出庭应诉",
        "1.本案可能引发群体性事件。",
        "2.被诉行政行为涉及公民、法人或者其他组织重大人身、财产权益。",
        "下级行政机关的负责人，不能作为被诉行政机关负责人出庭",
        "并加盖行政机关印章",
        "不可抗力、意外事件、需要履行他人不能代替的公务或者其他正当事由",
        "就实质性解决行政争议发表意见",
        "提出司法建议：",
        "5.要求行政机关负责人就有关问题进行解释或者说明",
        "附件：行政机关负责人出庭应诉回执",
        "试验市人民法院2026年3月25日",
        "致：试验市人民法院",
        "填报单位（盖章）：" + row.organization.name,
    ]
    places = [text.find(part) for part in order]
    assert -1 not in places, [part for part in order if part not in text]
    assert places == sorted(places)
    assert "共同被告" not in text


def test_a_court_may_suggest_instead(city):
    text = said(called(city, call="suggestion"))

    assert "行政机关负责人出庭应诉建议书" in text
    assert "建议你单位负责人出庭应诉" in text
    assert "现通知" not in text


def test_the_justice_bureau_reminds_the_agency(city):
    row = of(sat(city, court_case(city)))

    text = said(row, LETTER)

    assert text.startswith(city.organizations["justice"].name)
    assert "行政机关负责人出庭应诉告知函" in text
    assert "试验市人民法院受理的" in text
    assert "就实质性解决行政争议发表意见" in text


@pytest.mark.parametrize(
    ("kind", "who", "status"),
    [
        (NOTICE, "court_officer", 200),
        (NOTICE, "gov_officer", 403),
        (NOTICE, "agency_contact", 403),
        (LETTER, "gov_officer", 200),
        (LETTER, "court_officer", 403),
        (LETTER, "agency_contact", 403),
    ],
)
def test_each_is_issued_by_its_own_people(city, as_user, kind, who, status):
    row = called(city)
    client = as_user(city.users[who])

    pages = ("paper", "paper-preview", "paper-word")
    answers = [client.get(address(name, kind, row)).status_code for name in pages]

    assert answers == [status] * 3
    assert issued(client, kind, row, SET).status_code == (302 if status == 200 else 403)


def test_no_notice_before_the_court_has_called(city, as_user):
    row = of(sat(city, court_case(city)))
    client = as_user(city.users["court_officer"])

    assert client.get(address("paper", NOTICE, row)).status_code == 404
    tab = client.get(f"{row.hearing.procedure.dispute.get_absolute_url()}?tab=papers")
    assert address("paper", NOTICE, row) not in tab.text


def test_it_is_offered_issued_and_listed_with_the_papers(city, as_user):
    row = called(city)
    client = as_user(city.users["court_officer"])
    tab = f"{row.hearing.procedure.dispute.get_absolute_url()}?tab=papers"
    assert address("paper", NOTICE, row) in client.get(tab).text

    answer = issued(client, NOTICE, row, SET)

    document = OfficialDocument.objects.get(kind=NOTICE)
    assert answer.url == document.get_absolute_url()
    assert (document.number, document.issued_on) == ("（2026）鄂0199行初1号", SET)
    assert document.content["time"] == "2026年4月8日上午9:30"
    page = client.get(tab).text
    assert document.title in page
    assert "重新印发" in page
    told = Notice.objects.filter(recipient=city.users["agency_contact"]).latest("pk")
    assert document.title in f"{told.title}{told.text}"


def test_what_names_people_is_encrypted_and_never_in_titles_mails_or_the_trail(city, as_user):
    row = called(city)
    client = as_user(city.users["court_officer"])
    issued(client, NOTICE, row, SET)
    document = OfficialDocument.objects.get(kind=NOTICE)

    with connection.cursor() as cursor:
        cursor.execute("select sealed from documents_officialdocument")
        kept = f"{document.title}{document.context}{cursor.fetchall()}"
    trail = [str(one) for one in AuditEntry.objects.values_list("data", flat=True)]
    notices = [f"{one.title}{one.text}" for one in Notice.objects.all()]

    assert NAME in document.content["case"]
    assert NAME not in kept
    assert [one for one in [*trail, *notices] if NAME in one] == []


def test_only_who_is_in_the_case_reads_it_in_full(city, as_user):
    row = called(city)
    looking = onlooker(city, row.hearing.procedure.dispute)
    issued(as_user(city.users["court_officer"]), NOTICE, row, SET)

    read = {
        who: len(papers_of(city.users[who], row))
        for who in ("court_officer", "agency_contact", "gov_officer", "onlooker")
    }

    assert read == {"court_officer": 1, "agency_contact": 1, "gov_officer": 1, "onlooker": 0}
    document = OfficialDocument.objects.get(kind=NOTICE)
    assert as_user(looking).get(document.get_absolute_url()).status_code == 404
    assert as_user(looking).get(row.hearing.get_absolute_url()).status_code == 200


def test_looking_at_it_is_recorded(city, as_user):
    row = called(city)

    as_user(city.users["court_officer"]).get(address("paper-preview", NOTICE, row))

    entry = AuditEntry.objects.filter(action="cases.paper.read").get()
    assert entry.data == {"paper": NOTICE, "format": "pdf"}


def test_a_new_one_takes_its_place_and_it_can_be_voided(city, as_user):
    row = called(city)
    client = as_user(city.users["court_officer"])
    issued(client, NOTICE, row, SET)
    issued(client, NOTICE, row, SET)
    old, new = OfficialDocument.objects.filter(kind=NOTICE).order_by("pk")
    assert (old.state, new.state, new.replaces) == ("replaced", "issuing", old)

    void = reverse("cases:paper-void", args=[new.public_id])
    given = {"version": new.version, "reason": "法庭变更"}
    assert as_user(city.users["agency_contact"]).post(void, given).status_code == 403
    client = as_user(city.users["court_officer"])
    assert client.post(void, {**given, "reason": ""}).status_code == 422
    assert client.post(void, given).status_code == 302
    new.refresh_from_db()
    assert (new.state, new.voided_reason) == ("voided", "法庭变更")


def test_a_day_to_come_is_refused_beside_its_field(city, as_user):
    row = called(city)

    tomorrow = timezone.localdate() + timedelta(days=1)

    answer = issued(as_user(city.users["court_officer"]), NOTICE, row, tomorrow)

    assert answer.status_code == 422
    assert "on" in answer.context["form"].errors
    assert not OfficialDocument.objects.filter(kind=NOTICE).exists()
