"""How letters stand by year and quarter: figures, pages, report, duty (CX-26)."""

from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from foundations.access.errors import RuleBroken
from mechanisms.models import MechanismVersion
from services.deadlines.models import Deadline
from services.documents.models import OfficialDocument
from suggestions import papers
from suggestions.actions import reports
from suggestions.actions.reports import ReportWords
from suggestions.figures import implementation
from suggestions.models import Report
from suggestions.periods import Period
from suggestions.states import AddresseeState, LetterState
from suggestions.work import items
from tests import letters
from tests.city import SOURCE
from tests.letters import put_served
from tests.printed import text_of

A = AddresseeState


# state, changes of the addressee, which figures it adds to
STANDS = [
    (A.SENT, {}, {"unserved"}),
    (A.SERVED, {"reply_due_on": date(2026, 2, 10)}, {"waiting"}),
    (A.SERVED, {"reply_due_on": date(2026, 2, 9)}, {"silent"}),
    (A.SERVED, {"reply_due_on": None}, {"waiting"}),
    # A reply was sent back, and a new one is due.
    (
        A.SERVED,
        {
            "reply_due_on": date(2026, 3, 1),
            "replied_on": date(2026, 1, 4),
            "attitude": "not_accepted",
        },
        {"waiting"},
    ),
    (
        A.RECTIFYING,
        {"replied_on": date(2026, 1, 4), "attitude": "accepted"},
        {"in_time", "adopted", "rectifying"},
    ),
    (
        A.TO_VERIFY,
        {"replied_on": date(2026, 1, 4), "attitude": "partly", "reply_late": True},
        {"late", "partly", "to_verify"},
    ),
    (
        A.CLOSED,
        {
            "replied_on": date(2026, 1, 4),
            "attitude": "accepted",
            "verified_on": date(2026, 2, 1),
            "effect": "effective",
        },
        {"in_time", "adopted", "verified", "effective"},
    ),
    (
        A.CLOSED,
        {"replied_on": date(2026, 1, 4), "attitude": "not_accepted"},
        {"in_time", "refused"},
    ),
    (
        A.OBJECTED,
        {"replied_on": date(2026, 1, 4), "attitude": "objection"},
        {"in_time", "objected"},
    ),
]
FIGURES = (
    *("unserved", "in_time", "late", "waiting", "silent", "adopted", "partly", "refused"),
    *("objected", "rectifying", "to_verify", "verified", "effective"),
)


class TestFigures:
    @pytest.mark.parametrize(("state", "changes", "adds"), STANDS)
    def test_what_an_addressee_adds_to(self, city, state, changes, adds):
        made = letters.letter(city, issued_on=date(2025, 11, 3))
        row = made.addressees.get()
        put_served(row, **changes)
        row.state = state
        row.store()

        total = implementation(city.mechanism, made.issuer, Period(2025), date(2026, 2, 10)).total

        assert {name for name in FIGURES if getattr(total, name)} == adds

    def test_only_the_issuers_own_letters_of_the_period_that_stand(self, city):
        court = city.organizations["court"]
        wanted = letters.letter(city, issued_on=date(2025, 12, 31))
        letters.letter(city, issued_on=date(2026, 1, 1))
        letters.letter(city, issued_on=date(2024, 12, 31))
        letters.letter(city, issued_on=date(2025, 6, 1), state=LetterState.WITHDRAWN)
        letters.letter(city, issued_on=date(2025, 6, 1), issuer=city.organizations["gov"])
        gone = letters.letter(city, issued_on=date(2025, 6, 1)).addressees.get()
        gone.state = A.WITHDRAWN
        gone.store()

        found = implementation(city.mechanism, court, Period(2025), date(2026, 2, 10))

        assert [row.suggestion_id for row in found.rows] == [wanted.pk]
        assert found.letters == 1

    @pytest.mark.parametrize(
        ("period", "first", "last"),
        [
            (Period(2025), "2025-01-01", "2025-12-31"),
            (Period(2026, 1), "2026-01-01", "2026-03-31"),
            (Period(2026, 2), "2026-04-01", "2026-06-30"),
            (Period(2026, 3), "2026-07-01", "2026-09-30"),
            (Period(2026, 4), "2026-10-01", "2026-12-31"),
        ],
    )
    def test_the_days_of_a_period(self, period, first, last):
        assert (period.first_on.isoformat(), period.last_on.isoformat()) == (first, last)

    def test_a_rate_without_a_denominator_is_a_dash(self, city):
        found = implementation(
            city.mechanism, city.organizations["court"], Period(2025), date(2026, 2, 10)
        )

        assert set(papers.reports.rates(found.total).values()) == {"—"}


@pytest.fixture
def asks_yearly(city):
    """The institution asks for the yearly report (CX-26)."""
    source = {**SOURCE, "suggestions": {**SOURCE["suggestions"], "yearly_provision": "T-26"}}
    MechanismVersion.objects.filter(mechanism=city.mechanism).update(source=source)
    return city


def page(name: str = "yearly", **query) -> str:
    given = {"quarter": 0, **query}
    return f"{reverse(f'suggestions:{name}')}?" + "&".join(f"{k}={v}" for k, v in given.items())


def two_letters(city):
    """Of 2025: one to three agencies, of which one replied late; one that waits for service."""
    made = letters.letter(city, addressees=letters.agencies(city), issued_on=date(2025, 9, 1))
    late, silent, waiting = made.addressees.all()
    put_served(silent, due=date(2025, 12, 1))
    put_served(waiting, due=date(2026, 12, 1))
    put_served(late, replied_on=date(2025, 12, 9), reply_late=True, attitude="accepted")
    late.state = A.RECTIFYING
    late.store()
    letters.letter(city, issued_on=date(2025, 10, 1), title="关于政府信息公开答复的司法建议")
    return made


@pytest.fixture
def _in_february():
    with time_machine.travel("2026-02-10T10:00:00+08:00", tick=False):
        yield


@pytest.mark.usefixtures("_in_february")
class TestReportPages:
    def prepared(self, city, client, **changes):
        given = {"told": [city.organizations["justice"].pk], "number": "", "remark": "回复笼统"}
        issuer = city.organizations["court"].public_id
        return client.post(page(issuer=issuer, year=2025), {**given, **changes})

    def test_the_officer_sees_drafts_issues_and_the_bureau_reads(self, city, as_user):
        two_letters(city)
        client = as_user(city.users["court_officer"])
        shown = client.get(page(issuer=city.organizations["court"].public_id, year=2025))
        figures = shown.context["figures"]
        assert (figures["total"]["letters"], figures["total"]["addressed"]) == (2, 4)
        assert figures["rates"]["reply"] == "50.00%（1/2）"

        answer = self.prepared(city, client, number="试法函(2026)第05号")
        report = Report.objects.get()
        assert answer.url == report.get_absolute_url()
        assert report.number == "试法函〔2026〕5号"
        assert "试法函〔2026〕5号" in client.get(answer.url).content.decode()

        client.post(reverse("suggestions:report-issue", args=[report.public_id]))
        report.refresh_from_db()
        paper = OfficialDocument.objects.about(report).get()
        assert (report.issued_on, paper.state) == (date(2026, 2, 10), "issuing")
        said = text_of("suggestion_report", paper.context)
        assert "关于2025年度试验市人民法院各类建议落实情况的通报" in said
        assert "试法函〔2026〕5号" in said
        assert "回复率50.00%（1/2），按期回复率0.00%（0/2）" in said
        replies = [line["reply"] for line in paper.context["letters"]]
        assert replies == ["采纳（逾期回复）", "未见回复（逾期71日）", "尚在回复期内", "—"]
        assert "四、存在的问题和下一步工作回复笼统。" in said

        bureau = as_user(city.users["gov_officer"])
        assert bureau.get(report.get_absolute_url()).status_code == 200

    def test_nobody_else_reads_a_draft_and_the_agency_never(self, city, as_user):
        two_letters(city)
        self.prepared(city, as_user(city.users["court_officer"]))
        report = Report.objects.get()

        for who in ("gov_officer", "agency_contact", "system_admin"):
            assert as_user(city.users[who]).get(report.get_absolute_url()).status_code == 404
        reports.issue_report(report.pk, actor=None, at=letters.moment(date(2026, 2, 10)))
        assert (
            as_user(city.users["agency_contact"]).get(report.get_absolute_url()).status_code == 404
        )

    @pytest.mark.parametrize("who", ["agency_contact", "court_convenor", "system_admin"])
    def test_who_issues_no_letters_has_no_such_page(self, city, as_user, who):
        assert as_user(city.users[who]).get(page(year=2025)).status_code in {403, 404}

    def test_a_second_draft_takes_the_place_of_the_first(self, city, as_user):
        two_letters(city)
        client = as_user(city.users["court_officer"])
        self.prepared(city, client)
        first = Report.objects.get()
        self.prepared(city, client, remark="另一句", version=first.version)

        paper = OfficialDocument.objects.about(Report.objects.get()).get()
        assert paper.context["remarks"] == ["另一句"]

        stale = self.prepared(city, client, remark="旧的", version=first.version)
        assert stale.status_code == 422

    def test_an_issued_report_stays_as_it_is(self, city, as_user):
        two_letters(city)
        client = as_user(city.users["court_officer"])
        self.prepared(city, client)
        report = Report.objects.get()
        reports.issue_report(report.pk, actor=None, at=letters.moment(date(2026, 2, 10)))

        assert "不能再改" in self.prepared(city, client).content.decode()
        with pytest.raises(RuleBroken, match="不能再改"):
            reports.issue_report(report.pk, actor=None, at=letters.moment(date(2026, 2, 11)))

    def test_it_goes_to_somebody(self, city, as_user):
        answer = self.prepared(city, as_user(city.users["court_officer"]), told=[])

        assert answer.status_code == 422
        assert "请至少选择一个发往单位" in answer.content.decode()
        assert not Report.objects.exists()

    def test_a_period_that_has_not_begun_is_refused(self, city):
        with pytest.raises(RuleBroken) as broken:
            reports.prepare_report(
                city.mechanism.pk,
                actor=None,
                at=letters.moment(date(2026, 2, 10)),
                organization_id=city.organizations["court"].pk,
                period=Period(2026, 2),
                words=ReportWords(),
            )
        assert (broken.value.code, broken.value.field) == ("future_period", "year")

    def test_excel_has_the_same_figures(self, city, as_user):
        two_letters(city)
        client = as_user(city.users["court_officer"])
        issuer = city.organizations["court"].public_id

        book = load_workbook(
            BytesIO(client.get(page("yearly-table", issuer=issuer, year=2025)).content)
        )
        units, lines = book["各单位情况"], book["逐件情况"]
        rows = list(units.values)
        heads = rows[0]
        total = dict(zip(heads, rows[-1], strict=True))
        assert (total["单位"], total["建议件数"], total["收到（单位次）"]) == ("合计", 2, 4)
        assert (total["已回复"], total["其中逾期回复"], total["逾期未见回复"]) == (1, 1, 1)
        assert lines.max_row == 5

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_page_costs_the_same_for_any_length(
        self, city, as_user, django_assert_num_queries, count
    ):
        units = letters.agencies(city)
        for _one in range(count):
            letters.letter(city, addressees=units, issued_on=date(2025, 9, 1))
        client = as_user(city.users["court_officer"])
        url = page(issuer=city.organizations["court"].public_id, year=2025)
        client.get(url)

        with django_assert_num_queries(22):
            client.get(url)


def owed(city, who: str, on: date) -> list[tuple]:
    """The reports on somebody's desk: the last day, and what is to be done."""
    matters = items(city.users[who], on)
    return [
        (item.day, item.verb) for item in matters if item.title.endswith("年度建议落实情况通报")
    ]


class TestYearlyDuty:
    def test_in_the_first_quarter_the_officer_finds_it_with_its_last_day(self, asks_yearly):
        city = asks_yearly
        two_letters(city)

        assert reports.open_yearly_duties(on=date(2026, 1, 5)) == 1
        assert reports.open_yearly_duties(on=date(2026, 1, 6)) == 1

        limit = Deadline.objects.get(rule="YR-Q1")
        assert (limit.due_on, limit.owed_by) == (date(2026, 3, 31), city.organizations["court"])
        assert owed(city, "court_officer", date(2026, 1, 6)) == [(date(2026, 3, 31), "起草通报")]
        assert owed(city, "gov_officer", date(2026, 1, 6)) == []

    def test_issuing_meets_it(self, asks_yearly):
        city = asks_yearly
        two_letters(city)
        reports.open_yearly_duties(on=date(2026, 1, 5))
        at = letters.moment(date(2026, 3, 31))
        report = reports.prepare_report(
            city.mechanism.pk,
            actor=None,
            at=at,
            organization_id=city.organizations["court"].pk,
            period=Period(2025),
            words=ReportWords(told=(city.organizations["justice"].pk,)),
        )
        reports.issue_report(report.pk, actor=None, at=at)

        assert Deadline.objects.get(rule="YR-Q1").state == "met"
        assert reports.open_yearly_duties(on=date(2026, 3, 31)) == 0
        assert owed(city, "court_officer", date(2026, 3, 31)) == []

    @pytest.mark.parametrize(
        ("on", "issued_on"),
        [
            (date(2026, 4, 1), date(2025, 9, 1)),
            (date(2026, 1, 5), date(2024, 9, 1)),
        ],
    )
    def test_not_later_and_not_without_letters(self, asks_yearly, on, issued_on):
        letters.letter(asks_yearly, issued_on=issued_on)

        assert reports.open_yearly_duties(on=on) == 0
        assert not Report.objects.exists()

    def test_an_institution_that_asks_for_none_has_none(self, city):
        two_letters(city)

        assert reports.open_yearly_duties(on=date(2026, 1, 5)) == 0
