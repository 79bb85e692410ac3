"""Queries put together on a page: counted at once, told apart, and taken away as a workbook."""

import re
from datetime import date
from io import BytesIO

import pytest
import time_machine
from openpyxl import load_workbook

from dashboards.models import SavedQuery
from dashboards.queries.results import result_of
from dashboards.queries.states import Grouping, Span
from dashboards.queries.wanted import MOST_APART, Pick, Wanted, period_of
from foundations.audit.models import AuditEntry
from services.indicators.definitions import indicators
from tests.letters import account
from tests.querying import NOW, TODAY, address, advised, flat, kept, page

ROWS = re.compile(r'role="status">\D*(\d+)')


@pytest.fixture
def letters(city):
    return advised(city)


@pytest.fixture
def reading(letters, as_user):
    with time_machine.travel(NOW, tick=False):
        yield lambda key: as_user(letters.users[key])


def built(client, city, **asked) -> str:
    """The page of the builder with these conditions in its address."""
    answer = client.get(address(city, "query-new"), {"what": "R8", **asked})
    assert answer.status_code == 200
    return flat(answer)


@pytest.mark.parametrize(
    ("reader", "figure", "said"),
    [
        ("court_officer", "60.00%", "3</a> / <a"),
        ("agency_contact", "50.00%", "1</a> / <a"),
        ("natural_contact", "66.67%", "2</a> / <a"),
    ],
)
def test_the_builder_counts_at_once_what_its_reader_may_open(
    letters, reading, reader, figure, said
):
    shown = built(reading(reader), letters)

    assert figure in shown
    assert said in shown
    assert '<option value="this_year" selected>' in shown


def test_without_conditions_there_is_nothing_to_keep_yet(letters, reading):
    shown = reading("court_officer").get(address(letters, "query-new")).content.decode()

    assert 'name="what"' in shown
    assert 'method="post"' not in shown.split("<main")[1]


def by_group(city, reader, grouping, **asked):
    """Name of each group with its figure, as the workbook has them."""
    given = {"what": "R8", "grouping": grouping, **asked}
    answer = reader.get(address(city, "query-table"), given)
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    return {row[0]: row[1:4] for row in sheet.iter_rows(min_row=2, values_only=True)}


def test_by_unit_each_has_its_own(letters, reading):
    found = by_group(letters, reading("court_officer"), "unit")

    assert list(found.values()) == [("60.00%", 3, 5), ("50.00%", 1, 2), ("66.67%", 2, 3)]
    assert list(found)[1:] == ["市综合执法局", "市自然资源局"]


def test_by_month_each_month_of_the_period_is_there(letters, reading):
    days = {"span": "days", "since": "2026-03-05", "until": "2026-07-31"}

    found = by_group(letters, reading("court_officer"), "month", **days)

    assert list(found.values())[1:] == [
        ("100.00%", 1, 1),
        ("50.00%", 1, 2),
        ("100.00%", 1, 1),
        ("0.00%", 0, 1),
        ("—", 0, 0),
    ]
    assert list(found)[1:] == ["2026-03", "2026-04", "2026-05", "2026-06", "2026-07"]


def test_numbers_of_a_group_lead_to_their_rows(letters, reading):
    client = reading("court_officer")
    shown = built(client, letters, grouping="unit", what=["R8", "R9"])
    unit = letters.organizations["natural"].public_id

    links = [url for url in shown.replace("&amp;", "&").split('"') if f"unit={unit}&part=" in url]

    counted = [client.get(url).content.decode() for url in links]
    assert [ROWS.search(one)[1] for one in counted] == ["2", "3", "2", "3"]


def test_what_its_rows_cannot_be_told_apart_by_has_its_whole_alone(letters, reading):
    found = by_group(letters, reading("court_officer"), "area")

    assert list(found.values()) == [("60.00%", 3, 5)]


def test_a_unit_narrows_everything(letters, reading):
    unit = letters.organizations["natural"].public_id

    shown = built(reading("court_officer"), letters, unit=unit)

    assert "66.67%" in shown
    assert "60.00%" not in shown


BAD = [
    pytest.param({"what": []}, "至少选择一项指标", "what", id="nothing chosen"),
    pytest.param(
        {"span": "days", "since": "2026-05-01", "until": "2026-04-30"},
        "早于起始日期",
        "until",
        id="ends before it begins",
    ),
    pytest.param(
        {"span": "days", "since": "2027-01-01", "until": "2027-02-01"},
        "尚未开始",
        "since",
        id="not begun",
    ),
    pytest.param(
        {"span": "days", "since": "0001-01-01", "until": "2027-02-01"},
        "没有统计数据",
        "since",
        id="before the law",
    ),
    pytest.param({"span": "days", "since": "2026-01-01"}, "起日和止日", "until", id="half"),
    pytest.param({"span": "days", "since": "上月", "until": "今天"}, "输入", "since", id="no day"),
    pytest.param({"span": "decade"}, "选择", "span", id="no such words"),
    pytest.param({"unit": "nobody"}, "选择", "unit", id="no such unit"),
    pytest.param({"area": "moon"}, "选择", "area", id="no such area"),
    pytest.param(
        {"grouping": "month", "span": "days", "since": "2022-01-01", "until": "2026-01-01"},
        "一次最多36个月",
        "grouping",
        id="too many months",
    ),
    pytest.param(
        {"grouping": "unit", "what": [f"R{n}" for n in range(1, 14)]},
        "一次最多选12项",
        "what",
        id="too many told apart",
    ),
]


@pytest.mark.parametrize(("asked", "said", "field"), BAD)
def test_what_cannot_be_counted_is_said_beside_its_field(letters, reading, asked, said, field):
    shown = built(reading("court_officer"), letters, **{"grouping": "none", **asked})

    error = shown.split(f'id="id_{field}_error"')[1].split("</span>")[0]
    assert said in error


def test_a_unit_that_did_not_exist_then_is_refused(letters, reading):
    unit = letters.organizations["natural"]
    type(unit).objects.filter(pk=unit.pk).update(valid_to=date(2025, 12, 31))

    shown = built(reading("court_officer"), letters, unit=unit.public_id)

    assert "该单位在此期间不存在" in shown.split('id="id_unit_error"')[1].split("</span>")[0]


def test_a_far_end_is_counted_until_today(letters, reading):
    days = {"span": "days", "since": "2026-01-01", "until": "9999-12-31"}

    assert "60.00%" in built(reading("court_officer"), letters, **days)


def test_an_indicator_that_is_gone_is_told_and_the_others_are_shown(letters, reading):
    query = kept(letters)
    gone = ["R8", "R9:by_moon", "X99"]
    SavedQuery.objects.filter(pk=query.pk).update(indicators=gone)

    shown = page(reading("court_officer"), query)

    assert "X99已不再设置" in shown
    assert "不再按“by_moon”口径统计" in shown
    assert "60.00%" in shown


def test_a_unit_that_has_ended_is_told_on_the_page_of_the_query(letters, reading):
    unit = letters.organizations["natural"]
    query = kept(letters, unit=unit)
    type(unit).objects.filter(pk=unit.pk).update(valid_to=date(2025, 12, 31))

    assert "该单位在此期间不存在" in page(reading("court_officer"), query)


def test_the_workbook_has_the_figures_and_how_they_are_counted(letters, reading):
    asked = {"what": ["R8", "R9"], "way": "R9:replied"}

    answer = reading("court_officer").get(address(letters, "query-table"), asked)

    figures, how = load_workbook(BytesIO(answer.content)).worksheets
    lines = [row[:6] for row in figures.iter_rows(min_row=2, values_only=True)]
    assert [(row[0], *row[3:]) for row in lines] == [
        ("R8", "60.00%", 3, 5),
        ("R9", "100.00%", 3, 3),
    ]
    assert how.title == "口径"
    told = list(how.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in told[:2]] == ["R8", "R9"]
    assert all("÷" in row[3] for row in told[:2])
    assert [(row[4], row[5]) for row in told[:2]] == [(3, 5), (3, 3)]
    assert [row[7] for row in told[:2]] == ["2026-01-01 — 2026-11-20"] * 2
    assert told[0][8].date() == TODAY
    assert AuditEntry.objects.filter(action="dashboards.figures.exported").exists()


def test_a_workbook_of_nothing_leads_back_to_the_builder(letters, reading):
    answer = reading("court_officer").get(address(letters, "query-table"), {"span": "days"})

    assert answer.url == f"{address(letters, 'query-new')}?span=days"


def test_the_number_of_statements_does_not_grow_with_the_rows(
    letters, reading, django_assert_max_num_queries
):
    client = reading("court_officer")
    asked = {"what": ["R8", "R9", "R10"], "grouping": "unit"}
    built(client, letters, **asked)

    with django_assert_max_num_queries(30):
        built(client, letters, **asked)


@pytest.mark.parametrize("grouping", [one for one in Grouping if one != Grouping.NONE])
def test_every_indicator_can_be_told_apart(letters, grouping):
    reader = letters.users["court_officer"]
    keys = list(indicators())
    counted: list[str] = []
    for start in range(0, len(keys), MOST_APART):
        wanted = Wanted(tuple(map(Pick, keys[start : start + MOST_APART])), grouping)
        found = result_of(wanted, wanted.asked(letters.mechanism, reader, on=TODAY))
        counted += [line.indicator.key for line in found.lines if not line.value.broken]
        assert all(len(row.cells) == len(found.lines) for row in found.rows)

    assert counted == keys


def test_strangers_find_no_queries(letters, reading):
    query = kept(letters)
    account(letters, "guest", "natural", "guest")

    for reader in ("system_admin", "guest"):
        client = reading(reader)
        assert client.get(address(letters, "queries")).status_code == 404
        assert client.get(address(letters, "query-new")).status_code == 404
        assert client.get(query.get_absolute_url()).status_code == 404


SPANS = [
    (Span.THIS_MONTH, "2026-11-20", "2026-11-01", "2026-11-20"),
    (Span.LAST_MONTH, "2026-01-31", "2025-12-01", "2025-12-31"),
    (Span.LAST_MONTH, "2028-03-01", "2028-02-01", "2028-02-29"),
    (Span.THIS_QUARTER, "2026-11-20", "2026-10-01", "2026-11-20"),
    (Span.LAST_QUARTER, "2026-02-10", "2025-10-01", "2025-12-31"),
    (Span.THIS_YEAR, "2026-01-01", "2026-01-01", "2026-01-01"),
    (Span.LAST_YEAR, "2026-11-20", "2025-01-01", "2025-12-31"),
    (Span.YEAR_TO_LAST_MONTH, "2026-11-20", "2026-01-01", "2026-10-31"),
    (Span.YEAR_TO_LAST_MONTH, "2026-01-15", "2025-01-01", "2025-12-31"),
]


@pytest.mark.parametrize(("span", "on", "first", "last"), SPANS)
def test_words_for_a_period_move_with_the_day(span, on, first, last):
    days = period_of(span, date.fromisoformat(on))

    assert days == (date.fromisoformat(first), date.fromisoformat(last))
