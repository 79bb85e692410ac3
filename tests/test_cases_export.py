"""A view of the ledger as a file: its own columns, or those of another platform."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from cases.models import Dispute
from foundations.audit.models import AuditEntry
from tests.disputes import worker
from tests.importing import checked, confirmed, numbered, rows, text

NATIONAL = "shipped-national_reconsideration"


@pytest.fixture
def office(city, as_user):
    numbered(city)
    client = as_user(worker(city, city.organizations["justice"]))
    lines = rows(3)
    lines[1] |= {"当事人类型": "法人", "申请人": "=试验建材有限公司"}
    confirmed(client, checked(client, city, text(lines), "复议.csv"))
    return client


def lines_of(answer) -> list[list]:
    page = load_workbook(io.BytesIO(answer.content)).active
    return [[cell.value for cell in row] for row in page.iter_rows()]


def test_the_national_columns_hold_no_person_by_name(city, office):
    answer = office.get(reverse("cases:export", args=[NATIONAL]))
    heads, *lines = lines_of(answer)

    assert heads[:4] == ["案号", "收到申请日期", "申请人", "申请人类型"]
    assert len(lines) == 3
    first = dict(zip(heads, lines[0], strict=True))
    assert first["案号"] == "试府复〔2026〕1号"
    assert first["申请人"] == f"{rows(1)[0]['申请人'][0]}某"
    assert (first["审理结果"], first["审理程序"]) == ("维持", "普通程序")
    assert not any(first[name] for name in ("证件号码", "联系电话", "住址"))
    assert str(first["受理日期"])[:10] == "2026-03-05"
    assert AuditEntry.objects.filter(action="cases.dispute.exported").count() == 1


def test_a_formula_leaves_as_text(office):
    heads, *lines = lines_of(office.get(reverse("cases:export", args=[NATIONAL])))
    names = [line[heads.index("申请人")] for line in lines]

    assert "'=试验建材有限公司" in names


def test_the_export_is_of_the_view(city, office):
    page = office.get(reverse("cases:export", args=[NATIONAL]), {"standing": "open"})
    assert len(lines_of(page)) == 1
    assert office.get(reverse("cases:export", args=["shipped-none"])).status_code == 404


def test_whoever_sees_no_dispute_exports_none(city, office, as_user):
    stranger = as_user(worker(city, city.organizations["court"]))

    assert len(lines_of(stranger.get(reverse("cases:export", args=[NATIONAL])))) == 1
    assert Dispute.objects.count() == 3


def test_what_was_exported_comes_in_again_as_known(city, office):
    """The template's own columns are the same in and out."""
    answer = office.get(reverse("cases:export", args=["own-reconsideration"]))
    row = checked(office, city, answer.content, "back.xlsx")

    assert "已登记3件" in office.get(row.get_absolute_url()).content.decode()


def test_the_ledger_itself_is_exported_with_masked_names(office):
    answer = office.get(reverse("cases:list"), {"export": "xlsx"})
    told = str(lines_of(answer))

    assert rows(1)[0]["申请人"] not in told
    assert "'=试验建材有限公司" in told
