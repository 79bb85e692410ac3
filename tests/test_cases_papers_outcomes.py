"""抄告函: what one says, what a list says, and that the sending issues it (K-15, YC-15)."""

from datetime import date

import pytest
from django.urls import reverse

from cases.actions.notices import send_list, send_notice
from cases.actions.papers import issue_paper
from cases.models import NoticeList
from cases.papers import PAPERS
from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from services.documents.models import NumberSeries, OfficialDocument
from tests.disputes import COMPANY, PERSON, dispute, moment
from tests.printed import text_of
from tests.test_cases_performance import decided

SENT = date(2026, 4, 22)
LATER = date(2026, 5, 6)


def said(kind: str, row, on: date = SENT) -> str:
    return text_of(kind, PAPERS[kind].context(row, on))


def sending(city, notice, who: str = "gov_officer", **changes):
    given = {"on": SENT, "addressee": "试验省司法厅", "number": "试府复抄〔2026〕1号"} | changes
    return send_notice(notice.pk, actor=city.users[who], at=moment(SENT, 10), **given)


def listing(city, **changes) -> NoticeList:
    given = {
        "jurisdiction": city.jurisdiction,
        "to": "upper",
        "addressee": "试验省司法厅",
        "first_on": date(2026, 4, 1),
        "last_on": date(2026, 4, 30),
        "on": LATER,
    } | changes
    actor = city.users["gov_officer"]
    return send_list(city.organizations["gov"], actor=actor, at=moment(LATER, 10), **given)


def papers_of(row) -> list[OfficialDocument]:
    return list(OfficialDocument.objects.about(row))


def test_a_letter_says_what_was_decided_and_masks_the_parties(city):
    procedure = decided(city)
    notice = sending(city, procedure.notices.get(to="upper"))

    text = said("outcome_notice", notice)

    order = [
        "试验市人民政府",
        "试府复抄〔2026〕1号",
        f"关于{procedure.number}行政复议案件处理结果的抄告函",
        "试验省司法厅：",
        "张某等2名申请人不服试验市综合行政执法局作出的“责令限期拆除临时构筑物”行政行为",
        f"作出行政复议决定书（{procedure.number}），处理结果为：{procedure.outcome.name}",
        f"附件：行政复议决定书（{procedure.number}）",
        "2026年4月22日",
    ]
    places = [text.find(part) for part in order]
    assert -1 not in places, [part for part in order if part not in text]
    assert places == sorted(places)
    assert "张三" not in text


def test_letters_of_one_case_are_told_apart_in_lists(city):
    procedure = decided(city)
    upper = sending(city, procedure.notices.get(to="upper"))
    superior = procedure.notices.get(to="superior")

    assert PAPERS["outcome_notice"].title(upper).endswith("的抄告函（试验省司法厅）")
    waiting = PAPERS["outcome_notice"].title(superior)
    assert waiting.endswith(f"（{superior.agency.short_name}的上一级主管部门）")


@pytest.mark.parametrize(("to", "cited"), [("superior", True), ("upper", False)])
def test_the_law_is_cited_only_for_the_superior_department(city, to, cited):
    notice = sending(city, decided(city).notices.get(to=to))

    assert ("第七十九条第二款" in said("outcome_notice", notice)) is cited


@pytest.mark.parametrize(
    ("mode", "name"),
    [
        ("revoked", "行政复议决定书"),
        ("upheld", "行政复议决定书"),
        ("application_dismissed", "驳回行政复议申请决定书"),
    ],
)
def test_the_paper_that_closed_the_case_is_called_by_its_name(city, mode, name):
    procedure = decided(city, mode, due=None)

    assert f"作出{name}（" in said("outcome_notice", procedure.notices.first())


def test_the_sending_issues_the_letter_with_its_number(city):
    notice = sending(city, decided(city).notices.get(to="upper"), letter=True)

    (paper,) = papers_of(notice)
    assert (paper.kind, paper.number, paper.issued_on) == ("outcome_notice", notice.number, SENT)
    assert paper.context["addressees"] == ["试验省司法厅"]
    assert paper.sealed == ""


def test_a_series_of_the_portal_gives_the_number_to_letter_and_notice(city):
    NumberSeries.objects.create(
        jurisdiction=city.jurisdiction,
        organization=city.organizations["gov"],
        key="outcome-notices",
        name="抄告函",
        pattern="试府复抄〔{year}〕{n}号",
    )
    notice = sending(city, decided(city).notices.get(to="upper"), letter=True, number="")

    assert notice.number == papers_of(notice)[0].number == "试府复抄〔2026〕1号"


def test_without_the_letter_nothing_is_made(city):
    assert papers_of(sending(city, decided(city).notices.get(to="upper"))) == []


def test_a_letter_is_not_issued_before_it_is_sent(city):
    notice = decided(city).notices.get(to="upper")
    given = {"actor": city.users["gov_officer"], "at": moment(SENT, 10), "on": SENT}

    with pytest.raises(RuleBroken) as broken:
        issue_paper("outcome_notice", notice.pk, **given)
    assert broken.value.code == "incomplete"

    sending(city, notice)
    assert issue_paper("outcome_notice", notice.pk, **given).number == "试府复抄〔2026〕1号"


def test_a_list_names_every_outcome_once_and_nobody_in_full(city):
    first = decided(city, "upheld", due=None)
    row = listing(city, number="试府复抄〔2026〕2号", letter=True)

    text = said("outcome_list", row, LATER)

    assert "关于集中抄告2026年4月1日至30日行政复议案件处理结果的函" in text
    assert "行政复议案件共1件：维持1件" in text
    assert text.count(first.number) == 1
    assert "张某等2名" in text
    assert "张三" not in text
    (paper,) = papers_of(row)
    assert (paper.kind, paper.number) == ("outcome_list", "试府复抄〔2026〕2号")


def test_a_list_of_several_outcomes_counts_each_kind(city):
    decided(city, "upheld", due=None)
    row = listing(city)
    context = PAPERS["outcome_list"].context(row, LATER)

    assert (context["total"], context["results"]) == (1, "维持1件")
    assert [set(case) for case in context["cases"]] == [
        {"number", "claimants", "agency", "result", "on"}
    ]


@pytest.mark.parametrize(
    ("who", "sees"),
    [("gov_officer", True), ("agency_contact", False), ("court_officer", False)],
)
def test_a_list_is_read_by_those_who_keep_the_outcomes(city, who, sees):
    decided(city, "upheld", due=None)
    row = listing(city, letter=True)
    (paper,) = papers_of(row)

    assert visible_to(city.users[who], OfficialDocument).filter(pk=paper.pk).exists() is sees


FORM = {
    "to": "upper",
    "addressee": "试验省司法厅",
    "first_on": "2026-04-01",
    "last_on": "2026-04-30",
    "on": "2026-05-06",
}


def test_the_list_is_looked_at_before_it_is_sent(city, as_user):
    procedure = decided(city, "upheld", due=None)
    client = as_user(city.users["gov_officer"])
    given = FORM | {"organ": city.organizations["gov"].public_id}

    answer = client.post(reverse("cases:notice-list-preview"), given)

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert not NoticeList.objects.exists()
    assert procedure.notices.filter(state="waiting").count() == 2
    nothing = client.post(
        reverse("cases:notice-list-preview"),
        given | {"first_on": "2026-03-01", "last_on": "2026-03-31"},
    )
    assert nothing.status_code == 422
    assert nothing.context["form"].errors.keys() == {"last_on"}


@pytest.mark.parametrize("count", [1, 3])
def test_the_letters_of_lists_cost_the_same_for_any_number(
    city, as_user, django_assert_num_queries, count
):
    for _n in range(count):
        NoticeList.objects.create(
            jurisdiction=city.jurisdiction,
            organ=city.organizations["gov"],
            to="upper",
            addressee="试验省司法厅",
            first_on=date(2026, 4, 1),
            last_on=date(2026, 4, 30),
            sent_on=LATER,
        )
    client = as_user(city.users["gov_officer"])
    client.get(reverse("cases:notice-lists"))

    with django_assert_num_queries(13):
        page = client.get(reverse("cases:notice-lists"))

    assert page.content.decode().count("papers/outcome_list/") == count


def test_the_page_of_a_letter_shows_it_as_pdf_and_word(city, as_user):
    notice = sending(city, decided(city).notices.get(to="upper"))
    client = as_user(city.users["gov_officer"])
    args = ["outcome_notice", notice.public_id]

    assert client.get(reverse("cases:paper", args=args)).status_code == 200
    pdf = client.get(reverse("cases:paper-preview", args=args))
    assert pdf["Content-Type"] == "application/pdf"
    word = client.get(reverse("cases:paper-word", args=args))
    assert b"".join(word.streaming_content).startswith(b"PK")
    for who in ("agency_contact", "court_officer"):
        stranger = as_user(city.users[who]).get(reverse("cases:paper-preview", args=args))
        assert stranger.status_code in (403, 404)


def test_a_company_is_named_and_a_single_party_stands_alone(city):
    of = dispute(city, parties=[COMPANY])
    procedure = decided(city, of=of)

    assert "试验建材有限公司不服" in said("outcome_notice", procedure.notices.first())


def test_a_person_alone_is_masked(city):
    procedure = decided(city, of=dispute(city, parties=[PERSON]))

    assert "张某不服" in said("outcome_notice", procedure.notices.first())
