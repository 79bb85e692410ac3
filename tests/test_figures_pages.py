"""Every number on a page of figures leads to exactly so many rows, whoever reads it."""

import re
from datetime import date
from io import BytesIO

import pytest
import time_machine
from openpyxl import load_workbook

from members.models import Organization
from members.states import OrganizationKind, Side
from services.indicators.definitions import indicators
from tests.disputes import worker
from tests.numbers import READERS, address, listed
from tests.world import LATER

LINK = re.compile(r'<a href="([^"]*/rows\?[^"]*)">(?:[^<]*?)(\d+)</a>')


def links(html: str) -> list[tuple[str, int]]:
    return [(url.replace("&amp;", "&"), int(count)) for url, count in LINK.findall(html)]


@pytest.fixture
def reading(world, as_user):
    with time_machine.travel(LATER, tick=False):
        yield lambda key: as_user(world.city.users[key])


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("page", ["figures", "leaders"])
def test_every_number_of_the_page_leads_to_its_rows(world, reading, page, reader):
    client = reading(reader)
    shown = client.get(address(world, page), {"since": "2025-12-01", "until": "2026-11-26"})

    found = links(shown.content.decode())

    assert found, "there are numbers with a way to their rows"
    assert dict(found) == {url: listed(client, url) for url, _n in found}


@pytest.mark.parametrize("reader", READERS)
def test_every_way_of_counting_leads_to_its_rows(world, reading, reader):
    client = reading(reader)
    told = {}
    for key in indicators():
        shown = client.get(address(world, "figure", key), {"since": "2026-01-01"})
        assert shown.status_code == 200, key
        told |= dict(links(shown.content.decode()))

    assert sum(told.values()) > 0
    assert told == {url: listed(client, url) for url in told}


def test_whoever_takes_part_in_nothing_counts_nothing(world, reading):
    stranger = Organization.objects.create(
        jurisdiction=world.city.jurisdiction,
        key="parks",
        name="试验市园林局",
        short_name="市园林局",
        kind=OrganizationKind.AGENCY,
        side=Side.GOVERNMENT,
    )
    world.city.organizations["parks"] = stranger
    worker(world.city, stranger)
    asked = {"since": "2025-12-01", "until": "2026-11-26"}

    def total(reader: str) -> int:
        shown = reading(reader).get(address(world, "figures"), asked).content.decode()
        return sum(count for url, count in links(shown) if "/R" in url or "/C" in url)

    inside, outside = total("gov_officer"), total("parks_clerk")
    assert inside > 0
    assert outside == 0


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        pytest.param(
            {"since": "2026-05-01", "until": "2026-04-30"},
            "早于起始日期",
            id="backwards",
        ),
        pytest.param({"since": "2027-01-01", "until": "2027-03-31"}, "尚未开始", id="to come"),
        pytest.param({"since": "上个月"}, "输入", id="no day"),
        pytest.param({"unit": "nobody"}, "选择", id="no such unit"),
        pytest.param({"area": "moon"}, "选择", id="no such area"),
    ],
)
def test_what_cannot_be_counted_is_said_beside_the_field(world, reading, asked, said):
    shown = reading("gov_officer").get(address(world, "figures"), asked).content.decode()

    error = shown.split('class="fy-err"')[1].split("</div>")[0]
    assert said in error


def test_a_unit_that_did_not_exist_then_is_refused(world, reading):
    unit = world.city.organizations["agency"]
    type(unit).objects.filter(pk=unit.pk).update(valid_from=date(2026, 6, 1))
    asked = {"unit": unit.public_id, "since": "2026-01-01", "until": "2026-03-31"}

    shown = reading("gov_officer").get(address(world, "figures"), asked).content.decode()

    type(unit).objects.filter(pk=unit.pk).update(valid_from=None)
    assert "该单位在此期间不存在" in shown


def test_the_workbook_says_how_each_is_counted(world, reading):
    answer = reading("gov_officer").get(address(world, "figures-table"), {"since": "2026-01-01"})

    book = load_workbook(BytesIO(answer.content))
    figures, how = book.worksheets
    keys = [row[0].value for row in figures.iter_rows(min_row=2)]
    assert keys == list(indicators())
    told = {row[0].value: row[3].value for row in how.iter_rows(min_row=3)}
    assert set(told) == set(indicators())
    assert all(told.values())


def test_nothing_of_the_figures_is_asked_twice(world, reading, django_assert_max_num_queries):
    client = reading("gov_officer")
    client.get(address(world, "figures"))

    with django_assert_max_num_queries(40):
        client.get(address(world, "figures"), {"since": "2026-01-01"})


def test_strangers_find_no_figures(world, reading):
    assert reading("system_admin").get(address(world, "figures")).status_code == 404
