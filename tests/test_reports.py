"""Monthly, quarterly and yearly reports: begun by the portal, then bulletins like others; and
what of an indicator was published."""

from dataclasses import replace
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bulletins.actions import bulletins as actions
from bulletins.actions import white_papers
from bulletins.actions.bulletins import revise
from bulletins.actions.circulation import circulate, correct, words_of
from bulletins.actions.reports import draft_report
from bulletins.models import Bulletin, Instalment
from bulletins.states import BulletinState
from dashboards.published import issues_of, published
from foundations.access.errors import RuleBroken
from foundations.calendars.terms import Per, Term
from services.documents.models import OfficialDocument
from tests.issues import instalment, obligation
from tests.sitting import moment
from tests.tallying import day, sat

NOW = moment(date(2026, 7, 20), 10)
QUARTER = Term(2026, Per.QUARTER, 2)


def suits(city, lost: int, kept: int) -> None:
    for mode, times in (("revoked", lost), ("dismissed", kept)):
        for _n in range(times):
            sat(city, "first_instance", mode, closed=day(5, 6))


def reported(city, who: str = "court_officer", **more) -> Bulletin:
    given = {
        "issuer_id": city.organizations["court"].pk,
        "term": QUARTER,
        "indicators": ("R5", "C1"),
        **more,
    }
    return draft_report(city.mechanism.pk, actor=city.users[who], at=NOW, **given)


def out(city, made: Bulletin) -> Bulletin:
    officer = city.users["court_officer"]
    actions.send_for_review(made.pk, actor=officer, at=NOW)
    actions.sign(made.pk, actor=city.users["court_deputy"], at=NOW)
    return circulate(made.pk, actor=officer, at=NOW)


def test_a_report_has_title_text_tables_and_the_parties_as_recipients(city):
    suits(city, 2, 10)

    made = reported(city)

    assert made.title == "试验市府院联动工作2026年第二季度情况通报"
    assert "<h2>一、行政诉讼</h2><p>行政机关败诉率16.67%（2/12）。</p>" in made.body
    assert "新收一审行政案件0件" in made.body
    assert [row.key for row in made.tables.all()] == ["indicators", "units-R6", "units-R5"]
    keys = {row.organization.key for row in made.circulations.select_related("organization")}
    assert keys == {"gov", "justice"}
    assert made.days == (date(2026, 4, 1), date(2026, 6, 30))


def test_what_is_owed_of_the_term_in_figures_is_told_by_it(city):
    row = obligation(city, figures="losses")
    part = instalment(row)
    Instalment.objects.filter(pk=part.pk).update(
        first_on=QUARTER.first_on, last_on=QUARTER.last_on
    )

    made = out(city, reported(city))

    assert made.covered.get().instalment == part
    assert "losses" in made.tables.values_list("key", flat=True)
    part.refresh_from_db()
    assert part.state == "sent"


def test_a_second_try_leads_to_the_first(city):
    first = reported(city)

    assert reported(city, indicators=("R1",)) == first
    assert reported(city, term=QUARTER.before) != first
    made = out(city, first)
    new = correct(made.pk, actor=city.users["court_officer"], at=NOW, reason="笔误")
    new = out(city, new)
    assert reported(city) == new


def test_a_term_that_runs_has_no_report(city):
    with pytest.raises(RuleBroken) as refused:
        reported(city, term=Term(2026, Per.MONTH, 7))
    assert (refused.value.code, refused.value.field) == ("not_ended", "term")


def test_the_text_follows_the_figures_until_somebody_writes_it(city):
    suits(city, 2, 10)
    made = reported(city)
    suits(city, 1, 0)

    done = out(city, made)

    assert "行政机关败诉率23.08%（3/13）" in done.body


def test_written_text_is_not_signed_to_other_figures(city):
    suits(city, 2, 10)
    made = reported(city)
    officer = city.users["court_officer"]
    words = words_of(made)
    body = made.body.replace("</h2><p>行政机关", "</h2><p>本季度行政机关")
    revise(made.pk, actor=officer, at=NOW, words=_with(words, body=body))
    actions.send_for_review(made.pk, actor=officer, at=NOW)
    suits(city, 1, 0)

    with pytest.raises(RuleBroken) as refused:
        actions.sign(made.pk, actor=city.users["court_deputy"], at=NOW)

    assert refused.value.code == "figures_moved"
    assert "2/12 → 3/13" in refused.value.message


def _with(words, **changes):
    return replace(words, **changes)


@pytest.fixture
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def test_through_the_page_to_the_paper(city, as_user, today):
    suits(city, 2, 10)
    client = as_user(city.users["court_officer"])
    page = reverse("dashboards:report", args=[city.mechanism.key]) + "?per=quarter"
    sent = {
        "term": "2026-quarter-2",
        "issuer": city.organizations["court"].public_id,
        "what": ["R5", "R6"],
        "by_unit": "on",
    }

    shown = client.get(page)
    answer = client.post(page, sent)
    made = Bulletin.objects.get()
    again = client.post(page, sent)

    assert "2026年第二季度" in shown.content.decode()
    assert {"R1", "R2", "R3", "R4", "R5"} <= set(shown.context["form"]["what"].value())
    assert answer.url == again.url == made.get_absolute_url()
    assert client.get(page).context["standing"][0][1] == made
    for name, who in (("send", "court_officer"), ("sign", "court_deputy")):
        as_user(city.users[who]).post(reverse(f"bulletins:{name}", args=[made.public_id]))
    client = as_user(city.users["court_officer"])
    client.post(reverse("bulletins:circulate", args=[made.public_id]))
    made.refresh_from_db()
    assert made.state == BulletinState.CIRCULATED
    paper = OfficialDocument.objects.about(made).get()
    assert paper.context["tables"][0]["rows"][0][1:4] == ["2", "12", "16.67%"]


@pytest.mark.parametrize(
    ("who", "status"),
    [("court_officer", 200), ("gov_officer", 200), ("agency_contact", 403)],
)
def test_who_begins_reports(city, as_user, today, who, status):
    page = reverse("dashboards:report", args=[city.mechanism.key])

    assert as_user(city.users[who]).get(page).status_code == status


@pytest.mark.parametrize(
    "wrong",
    [{"what": []}, {"term": "2026-quarter-4"}, {"issuer": "nobody"}],
)
def test_what_is_wrong_is_said_and_nothing_begun(city, as_user, today, wrong):
    page = reverse("dashboards:report", args=[city.mechanism.key]) + "?per=quarter"
    issuer = city.organizations["court"].public_id
    sent = {"term": "2026-quarter-2", "issuer": issuer, "what": ["R5"], **wrong}

    answer = as_user(city.users["court_officer"]).post(page, sent)

    assert answer.status_code == 422
    assert not Bulletin.objects.exists()


def test_published_figures_lead_to_what_the_reader_may_open(city):
    suits(city, 2, 10)
    made = out(city, reported(city))
    readers = {key: published(city.mechanism, "R5", city.users[key]) for key in WHO}

    (one,) = readers["gov_officer"]
    assert (one.value.n, one.value.d, one.bulletin) == (2, 12, made)
    assert (one.period.label, one.way) == ("2026年第二季度", "占一审结案")
    assert one.counted_at == NOW
    assert one.differs is False
    assert readers["agency_contact"] == []
    assert published(city.mechanism, "R1", city.users["gov_officer"]) == []
    days = (QUARTER.first_on, QUARTER.last_on)
    assert issues_of(city.mechanism, city.users["gov_officer"], *days) == [made]
    assert issues_of(city.mechanism, city.users["agency_contact"], *days) == []


WHO = ("gov_officer", "agency_contact")


def test_a_published_figure_stays_and_says_that_the_records_moved(city):
    suits(city, 2, 10)
    made = out(city, reported(city))
    suits(city, 1, 0)
    reader = city.users["gov_officer"]

    (one,) = published(city.mechanism, "R5", reader)
    assert (one.value.n, one.value.d, one.differs) == (2, 12, True)

    new = correct(made.pk, actor=city.users["court_officer"], at=NOW, reason="漏登")
    new = out(city, new)
    later, earlier = published(city.mechanism, "R5", reader)
    assert (later.value.n, later.value.d, later.bulletin) == (3, 13, new)
    assert (earlier.value.n, earlier.is_corrected, earlier.corrected_by) == (2, True, new)
    assert "行政机关败诉率23.08%（3/13）" in new.body


def test_the_white_paper_freezes_its_figures_and_is_corrected_through_its_bulletin(city, as_user):
    suits(city, 2, 10)
    officer, at = city.users["court_officer"], moment(date(2027, 1, 12))
    court = city.organizations["court"]
    paper = white_papers.begin(
        city.mechanism.pk, actor=officer, at=at, organization=court, year=2026
    )
    file = SimpleUploadedFile("定稿.txt", "白皮书".encode())
    white_papers.put_final(paper.pk, actor=officer, at=at, file=file, declared=True)
    told = white_papers.tell(paper.pk, actor=officer, at=at)
    Bulletin.objects.filter(pk=told.pk).update(first_on=None)
    to = (city.organizations["gov"].pk,)
    revise(told.pk, actor=officer, at=at, words=_with(words_of(told), recipients=to))
    told = out(city, told)
    suits(city, 1, 0)

    (one,) = published(city.mechanism, "R5", city.users["gov_officer"])
    page = as_user(officer).get(paper.get_absolute_url()).content.decode()
    new = out(city, correct(told.pk, actor=officer, at=at, reason="漏登一件"))

    assert (one.value.n, one.value.d, one.differs) == (2, 12, True)
    assert "2/12 → 3/13" in page
    assert "统计期间2026年1月1日至12月31日" in page
    rows = new.tables.get(key="erratum").rows
    assert ["主要指标情况", "行政机关败诉率", "数值", "2/12", "3/13"] in rows
    page = as_user(officer).get(paper.get_absolute_url()).content.decode()
    assert new.get_absolute_url() in page
    paper.refresh_from_db()
    assert ["行政机关败诉率", 2, 12] in [
        row[:3] for table in paper.tables for row in table["rows"]
    ]
