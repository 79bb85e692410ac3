"""The leaders' page, a unit's page and the comparison: every number leads to its rows."""

import re
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from dashboards.figures.asked import Asked
from dashboards.figures.lines import Line
from dashboards.leaders.units import FIGURES, Cell, Rank, UnitLine, placed
from members.models import Organization
from services.indicators.values import Value
from tests.numbers import READERS, address, listed
from tests.world import LATER

LINK = re.compile(r'<a [^>]*?href="([^"]*/(?:rows\?|lists/)[^"]*)"[^>]*>[^<]*?(\d+)[^<\d]*</a>')
PLACES = re.compile(r'<td class="n fy-num">(\d*)</td>')
PERIOD = {"since": "2025-12-01", "until": "2026-11-26"}
LEADERS_STATEMENTS, COMPARE_STATEMENTS, FIGURE_STATEMENTS = 90, 45, 45


def links(html: str) -> set[tuple[str, int]]:
    return {(url.replace("&amp;", "&"), int(count)) for url, count in LINK.findall(html)}


@pytest.fixture
def reading(world, as_user):
    with time_machine.travel(LATER, tick=False):
        yield lambda key: as_user(world.city.users[key])


def pages(world) -> list[tuple[str, dict]]:
    """Every page with cards, rankings and comparisons."""
    agency = world.city.organizations["agency"].public_id
    board = address(world, "leaders")
    compared = address(world, "compare")
    return [
        *((board, {**PERIOD, "rank": rank, "all": "1"}) for rank in Rank.values),
        *((compared, {"per": per}) for per in ("month", "quarter", "year")),
        (address(world, "unit", agency), PERIOD),
        *((address(world, "figure", key), {**PERIOD, "per": "year"}) for key in ("R6", "C4")),
    ]


@pytest.mark.parametrize("reader", READERS)
def test_every_number_leads_to_exactly_its_rows(world, reading, reader):
    client, counted = reading(reader), {}

    for url, asked in pages(world):
        found = links(client.get(url, asked).content.decode())
        assert found, f"{url} has numbers with a way to their rows"
        for place, count in found:
            assert counted.setdefault(place, count) == count, place

    assert counted == {place: listed(client, place) for place in counted}
    kinds = {place.split("?")[0].rsplit("/", 1)[1] for place in counted}
    assert {"rows", "overdue", "under-way", "decided", "late", "owed"} <= kinds


def test_the_suggestions_are_told_as_sent_answered_and_carried_out(world, reading):
    shown = reading("court_officer").get(address(world, "leaders"), PERIOD).content.decode()

    strip = shown.split("司法建议</b>")[-1] if "司法建议</b>" in shown else shown
    told = {place.split("?")[0].split("/")[-3] for place, _count in links(strip)}
    assert {"C4", "R8", "R10", "R19"} <= told


def test_an_unknown_order_is_by_appearance_and_an_unknown_list_is_not_found(world, reading):
    client = reading("gov_officer")

    usual, odd = (
        client.get(address(world, "leaders"), {"rank": rank}).content.decode()
        for rank in ("appeared", "beauty")
    )

    assert PLACES.findall(usual) == PLACES.findall(odd)
    assert client.get(address(world, "told", "secrets")).status_code == 404
    nobody = {"unit": "nobody"}
    assert client.get(address(world, "told", "overdue"), nobody).status_code == 404


@pytest.mark.parametrize("name", ["leaders", "compare", "compare-table"])
def test_strangers_find_nothing(world, reading, name):
    assert reading("system_admin").get(address(world, name)).status_code == 404


def line(world, name: str, rank: Rank, *, value: Value | None = None, count: int = 0) -> UnitLine:
    asked = Asked(world.city.mechanism, LATER.date(), LATER.date(), LATER.date(), reader=None)
    choice = asked.choices[FIGURES.get(rank, "R6")]
    cells = {rank: Cell(Line(asked, choice, choice.variant, value), leads=True)} if value else {}
    unit = Organization(pk=len(name), short_name=name)
    return UnitLine(unit, "city", cells, overdue=count, under_way=count, rank=rank)


@pytest.mark.parametrize(
    ("rank", "given", "wanted"),
    [
        pytest.param(
            Rank.APPEARED,
            {"a": (9, 10), "bb": (5, 10), "ccc": (0, 9), "dddd": (10, 20), "eeeee": (0, 0)},
            [("dddd", 1), ("bb", 2), ("a", 3), ("ccc", None), ("eeeee", None)],
            id="lowest rate first, then the larger base, small bases last",
        ),
        pytest.param(
            Rank.LOST,
            {"a": (1, 10), "bb": (5, 10), "ccc": (9, 9)},
            [("bb", 1), ("a", 2), ("ccc", None)],
            id="most lost first",
        ),
        pytest.param(
            Rank.ANSWERED,
            {"a": (10, 10), "bb": (2, 10)},
            [("bb", 1), ("a", 2)],
            id="fewest answered first",
        ),
    ],
)
def test_units_stand_in_the_order_of_a_rate(world, rank, given, wanted):
    lines = [line(world, name, rank, value=Value(*pair)) for name, pair in given.items()]

    assert [(one.unit.short_name, one.place) for one in placed(lines)] == wanted


@pytest.mark.parametrize("rank", [Rank.OVERDUE, Rank.UNDER_WAY])
def test_units_stand_in_the_order_of_a_count_whatever_its_size(world, rank):
    lines = [line(world, name, rank, count=n) for name, n in {"a": 0, "bb": 3, "ccc": 7}.items()]

    found = [(one.unit.short_name, one.place) for one in placed(lines)]

    assert found == [("ccc", 1), ("bb", 2), ("a", None)]


def test_a_term_of_the_comparison_is_the_figure_of_the_same_days(world, reading):
    """The year until today, and last year until its end, against the tables of figures."""
    client = reading("gov_officer")
    compared = _sheet(client.get(address(world, "compare-table"), {"per": "year"}))
    heads = [cell.value for cell in compared[1]]
    for year, until in (("2026", f"{LATER:%Y-%m-%d}"), ("2025", "2025-12-31")):
        asked = {"since": f"{year}-01-01", "until": until}
        table = _sheet(client.get(address(world, "figures-table"), asked))
        usual = {row[0].value: (row[3].value, row[4].value) for row in table.iter_rows(min_row=2)}
        at = heads.index(f"{year}年度")
        terms = {
            row[0].value: (row[at].value, row[at + 1].value)
            for row in compared.iter_rows(min_row=2)
            if row[0].value != "R19"
        }
        assert terms == {key: usual[key] for key in terms}
        assert {"R1", "R2", "R3", "R4", "R5", "R6", "R8", "C1", "C4"} <= terms.keys()


def _sheet(answer):
    return load_workbook(BytesIO(answer.content)).worksheets[0]


def test_the_workbook_of_the_comparison_says_how_each_is_counted(world, reading):
    answer = reading("gov_officer").get(address(world, "compare-table"), {"per": "quarter"})

    compared, how = load_workbook(BytesIO(answer.content)).worksheets
    named = {(row[0].value, row[2].value) for row in compared.iter_rows(min_row=2)}
    bases = {(row[0].value, row[2].value): row[3].value for row in how.iter_rows(min_row=7)}
    assert set(bases) == named
    assert all(bases.values())


def test_a_unit_stands_beside_all_units(world, reading):
    agency = world.city.organizations["agency"].public_id

    shown = reading("gov_officer").get(address(world, "unit", agency), PERIOD).content.decode()

    cards, beside = shown.count('class="fy-ratio__l"'), shown.count('class="fy-ratio__w"')
    assert cards == beside > 0


@pytest.mark.parametrize(
    ("name", "parts", "most"),
    [
        ("leaders", (), LEADERS_STATEMENTS),
        ("compare", (), COMPARE_STATEMENTS),
        ("figure", ("R6",), FIGURE_STATEMENTS),
    ],
)
def test_pages_ask_a_bounded_number_of_statements(world, reading, name, parts, most):
    client = reading("gov_officer")
    client.get(address(world, name, *parts))

    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(address(world, name, *parts))

    assert len(asked) <= most, f"{name}: {len(asked)}"
