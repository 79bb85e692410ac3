"""案件补贴发放表: what was approved in a month, with its sum in words that nobody changes."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from cases.actions.allowances import decide_allowance
from cases.models import Allowance
from cases.papers.allowances import approved_in, capital_words, table_context
from tests.disputes import moment
from tests.printed import text_of
from tests.test_cases_registers import proposed

MARCH = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("500", "伍佰元整"),
        ("11500.00", "壹万壹仟伍佰元整"),
        ("10000", "壹万元整"),
        ("10005", "壹万零伍元整"),
        ("100500", "壹拾万零伍佰元整"),
        ("1005.05", "壹仟零伍元零伍分"),
        ("300.50", "叁佰元伍角整"),
        ("20.38", "贰拾元叁角捌分"),
        ("0.60", "陆角整"),
        ("100000001", "壹亿零壹元整"),
        ("0", "零元整"),
    ],
)
def test_a_sum_in_capital_figures(amount, words):
    assert capital_words(Decimal(amount)) == words


def approved(city, day: date = date(2026, 3, 23)) -> Allowance:
    allowance = proposed(city)
    actor = city.users["gov_officer"]
    return decide_allowance(allowance.pk, actor=actor, at=moment(day, 10), approved=True)


@pytest.mark.parametrize(
    ("day", "stands"),
    [(date(2026, 3, 31), True), (date(2026, 4, 1), False), (date(2026, 3, 23), True)],
)
def test_the_table_holds_what_was_approved_in_its_month(city, day, stands):
    approved(city, day)

    found = approved_in(Allowance.objects.all(), city.jurisdiction, MARCH)

    assert found.exists() is stands


def test_the_table_names_the_mediator_and_no_party(city):
    allowance = approved(city)
    rows = list(approved_in(Allowance.objects.all(), city.jurisdiction, MARCH))

    text = text_of(
        "allowance_table", table_context(rows, city.organizations["justice"], MARCH, MARCH)
    )

    assert "2026年3月行政争议调解案件补贴发放表" in text
    assert str(allowance.assignment.professional) in text
    assert "合计（1人1件）：人民币伍佰元整" in text
    assert "张三" not in text


def test_the_page_shows_the_month_and_what_is_undecided(city, as_user):
    approved(city)
    client = as_user(city.users["gov_officer"])
    address = reverse("cases:allowance-table")

    assert "伍佰元整" in client.get(address, {"month": "2026-03"}).content.decode()
    assert "没有审批通过的补贴" in client.get(address, {"month": "2026-02"}).content.decode()
    assert client.get(address, {"month": "三月"}).status_code == 200
    paper = client.get(reverse("cases:allowance-paper", args=["pdf"]), {"month": "2026-03"})
    assert paper["Content-Type"] == "application/pdf"
    word = client.get(reverse("cases:allowance-paper", args=["docx"]), {"month": "2026-03"})
    assert b"".join(word.streaming_content).startswith(b"PK")


def test_what_is_undecided_is_said_beside_the_table(city, as_user):
    proposed(city)
    page = as_user(city.users["gov_officer"]).get(
        reverse("cases:allowance-table"), {"month": "2026-03"}
    )

    assert "1项补贴已申报、尚未审批" in page.content.decode()


@pytest.mark.parametrize("who", ["centre_clerk", "mediator", "court_officer"])
def test_the_bureau_alone_makes_the_table(city, as_user, who):
    approved(city)
    client = as_user(city.users[who])

    assert client.get(reverse("cases:allowance-table")).status_code == 403
    paper = client.get(reverse("cases:allowance-paper", args=["pdf"]))
    assert paper.status_code == 403
    assert (
        reverse("cases:allowance-table")
        not in client.get("/disputes/allowances/").content.decode()
    )
