"""The court codes: what is seeded, who reads and who corrects them, and how."""

import io
from datetime import datetime

import openpyxl
import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.actions.courts import publish_courts
from cases.models import CourtCode, CourtLevel
from cases.numbers.courts import known_courts, seed_courts
from cases.numbers.lines import CourtLine, Lines, line_of
from cases.numbers.signs import PROVINCES
from foundations.access.errors import RuleBroken
from foundations.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
TODAY = datetime(2026, 11, 22, 9, tzinfo=timezone.get_default_timezone())
LIST, EDIT = "/disputes/courts/", "/disputes/courts/edit/"
SOURCE = "湖北省高级人民法院代字表"
NEW = "鄂0504 湖北省宜昌市点军区人民法院 基层 鄂05 420504"
LEDGER_QUERIES = 13


@pytest.fixture(autouse=True)
def _today(city):
    seed_courts(CourtCode)
    with time_machine.travel(TODAY, tick=False):
        yield


def sent(courts=NEW, **changes):
    return {"source": SOURCE, "courts": courts} | changes


def previewed(client, **changes):
    """The form as it comes back from the preview."""
    page = client.post(EDIT, {**sent(**changes), "preview": ""})
    assert page.status_code == 200, page.context["form"].errors
    return page, {**sent(**changes), "previewed": page.context["form"]["previewed"].value()}


def test_what_is_seeded_is_marked_unless_beyond_doubt():
    sure = set(CourtCode.objects.filter(unverified=False).values_list("code", flat=True))

    assert sure == {"最高法", *PROVINCES, "鄂05", "鄂0503"} - {"兵"}
    assert CourtCode.objects.count() == len(known_courts())
    assert all("待核对" in one.source for one in CourtCode.objects.filter(unverified=True))


def test_seeding_again_leaves_what_was_corrected():
    CourtCode.objects.filter(code="新4002").update(unverified=False, source=SOURCE)

    seed_courts(CourtCode)

    assert CourtCode.objects.get(code="新4002").source == SOURCE
    assert CourtCode.objects.count() == len(known_courts())


def test_only_the_supreme_court_stands_above_all():
    top = CourtCode.objects.filter(higher=None)

    assert [court.code for court in top] == ["最高法"]
    with pytest.raises(IntegrityError), transaction.atomic():
        CourtCode.objects.filter(code="鄂").update(level=CourtLevel.SUPREME)


def test_everybody_reads_the_list_and_finds_a_court(city, as_user):
    for name in ("gov_officer", "agency_contact", "security_admin"):
        page = as_user(city.users[name]).get(LIST, {"q": "0503"})

        shown = page.content.decode()
        assert page.status_code == 200
        assert "湖北省宜昌市伍家岗区人民法院" in shown
        assert "伊宁市人民法院" not in shown
        assert "补充或更正法院" not in shown


def test_what_is_unverified_says_so(city, as_user):
    client = as_user(city.users["system_admin"])

    doubtful = client.get(LIST, {"q": "新4002"}).content.decode()
    sure = client.get(LIST, {"q": "鄂0503"}).content.decode()
    only = client.get(LIST, {"unverified": "1"})

    assert "bi-question-circle" in doubtful
    assert "bi-question-circle" not in sure
    assert {row.unverified for row in only.context["ledger"].page} == {True}
    assert "/disputes/courts/edit/?code=" in doubtful


def test_the_list_is_taken_along_as_a_table(city, as_user):
    answer = as_user(city.users["gov_officer"]).get(LIST, {"q": "鄂0503", "export": "xlsx"})

    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.values)
    flat = [str(cell) for row in rows for cell in row if cell]
    assert {"鄂0503", "湖北省宜昌市中级人民法院", "420503"} <= set(flat)


@pytest.mark.parametrize("search", ["鄂0503", "宁010"])
def test_the_list_costs_the_same_for_any_length(city, as_user, search, django_assert_num_queries):
    client = as_user(city.users["gov_officer"])
    client.get(LIST)

    with django_assert_num_queries(LEDGER_QUERIES):
        page = client.get(LIST, {"q": search})

    assert page.context["ledger"].count == (1 if search == "鄂0503" else 3)


def test_courts_are_published_after_what_changes_was_shown(city, as_user):
    client = as_user(city.users["system_admin"])
    fixed = "新4002 新疆维吾尔自治区伊宁市人民法院 基层 新40 654002"

    page, given = previewed(
        client, courts=f"{NEW}\n{fixed}\n鄂 湖北省高级人民法院 高级 最高法 420000"
    )
    shown = page.content.decode()
    assert "表中没有" in shown
    assert f"{fixed} 待核对" in shown
    assert [one.after.code for one in page.context["form"].differences] == ["鄂0504", "新4002"]
    assert not CourtCode.objects.filter(code="鄂0504").exists()

    done = client.post(EDIT, {**given, "publish": ""}, follow=True)

    assert "已保存 2 个法院。" in done.content.decode()
    added, corrected = CourtCode.objects.get(code="鄂0504"), CourtCode.objects.get(code="新4002")
    assert (added.higher.code, added.division_code, added.source) == ("鄂05", "420504", SOURCE)
    assert (corrected.unverified, corrected.source) == (False, SOURCE)
    assert CourtCode.objects.get(code="鄂").source != SOURCE
    kept = AuditEntry.objects.filter(action="cases.court.published")
    assert [entry.data["after"] for entry in kept.order_by("pk")] == [NEW, fixed]


def test_a_court_may_stand_above_one_of_an_earlier_line(city, as_user):
    client = as_user(city.users["system_admin"])
    lines = "湘0102 长沙市芙蓉区人民法院 基层 湘01\n湘01 长沙市中级人民法院 中级 湘"

    _page, given = previewed(client, courts=lines)
    client.post(EDIT, {**given, "publish": ""})

    assert CourtCode.objects.get(code="湘0102").higher.code == "湘01"


def test_what_was_not_looked_at_is_not_published(city, as_user):
    client = as_user(city.users["system_admin"])
    _page, given = previewed(client)

    straight = client.post(EDIT, {**sent(), "publish": ""})
    other = client.post(EDIT, {**given, "courts": NEW.replace("点军", "猇亭"), "publish": ""})

    assert (straight.status_code, other.status_code) == (200, 200)
    assert not CourtCode.objects.filter(code="鄂0504").exists()


def test_another_change_meanwhile_is_shown_before_anything_is_written(city, as_user):
    client = as_user(city.users["system_admin"])
    _page, given = previewed(client)
    between = CourtLine("鄂0504", "点军法院", "basic", "鄂05")
    publish_courts([between], actor=None, source="另一份")

    page = client.post(EDIT, {**given, "publish": ""})

    assert "点军法院" in page.content.decode()
    assert CourtCode.objects.get(code="鄂0504").name == "点军法院"
    with pytest.raises(RuleBroken, match="已被他人改动"):
        publish_courts([between], actor=None, source=SOURCE, seen=given["previewed"])
    assert CourtCode.objects.get(code="鄂0504").source == "另一份"


def test_the_form_begins_with_the_court_that_was_chosen(city, as_user):
    client = as_user(city.users["system_admin"])

    page = client.get(EDIT, {"code": "新4002"})
    form = page.context["form"]

    assert form["courts"].value() == (
        "新4002 新疆维吾尔自治区伊宁市人民法院 基层 新40 654002 待核对"
    )
    assert "待核对" in form["source"].value()
    unchanged, _given = previewed(client, courts=form["courts"].value())
    assert "没有变动。" in unchanged.content.decode()
    assert 'name="publish"' not in unchanged.content.decode()


WRONG = [
    ("courts", "鄂0504", "第 1 行“鄂0504”：请依次写代字"),
    ("courts", "鄂0504 点军法院 区级 鄂05", "请依次写代字"),
    ("courts", f"{NEW}\n鄂050 某法院 基层 鄂05", "第 2 行“鄂050 某法院 基层 鄂05”：法院代字由"),
    ("courts", f"{NEW}\n{NEW}", "鄂0504 重复。"),
    ("courts", "鄂0504 点军法院 基层 鄂09", "上一级法院 鄂09 不在代字表中。"),
    ("courts", "鄂0504 点军法院 基层 鄂0504", "上一级法院不能是自己。"),
    ("courts", "鄂0504 点军法院 基层", "请写明上一级法院代字"),
    ("courts", "鄂0504 点军法院 基层 鄂05 420504 宜昌", "多出了“宜昌”"),
    ("courts", f"鄂0504 {'法' * 81} 基层 鄂05", "名称过长。"),
    ("courts", "", "该字段是必填项。"),
    ("source", "", "该字段是必填项。"),
]


@pytest.mark.parametrize(("field", "text", "message"), WRONG)
def test_what_is_wrong_is_said_by_line_and_nothing_is_written(city, as_user, field, text, message):
    client = as_user(city.users["system_admin"])

    page = client.post(EDIT, {**sent(**{field: text}), "preview": ""})

    assert page.status_code == 422
    assert message in " ".join(page.context["form"].errors[field])
    assert text in page.content.decode()
    assert CourtCode.objects.count() == len(known_courts())


def test_only_who_keeps_the_holidays_keeps_the_courts(city, as_user):
    line = CourtLine("鄂0504", "点军法院", "basic", "鄂05")
    for name in ("gov_officer", "court_officer", "security_admin", "audit_admin"):
        client = as_user(city.users[name])
        assert client.get(EDIT).status_code == 403
        assert client.post(EDIT, {**sent(), "publish": ""}).status_code == 403
        with pytest.raises(PermissionDenied):
            publish_courts([line], actor=city.users[name], source=SOURCE)

    assert publish_courts([line], actor=city.users["system_admin"], source=SOURCE)


def test_a_higher_court_that_nobody_knows_writes_nothing():
    rows = [
        CourtLine("鄂0504", "点军法院", "basic", "鄂05"),
        CourtLine("鄂0901", "某法院", "basic", "鄂09"),
    ]

    with pytest.raises(RuleBroken, match="鄂09"):
        publish_courts(rows, actor=None, source=SOURCE)

    assert not CourtCode.objects.filter(code__in=["鄂0504", "鄂0901"]).exists()


def test_every_known_court_goes_through_the_form_unchanged():
    rows = [line_of(court) for court in CourtCode.objects.select_related("higher")]

    read = Lines("\n".join(row.line for row in rows), {})

    assert read.problems == []
    assert read.rows == rows


def test_a_closed_court_still_names_its_old_cases():
    rows = [CourtLine("鄂0503", "已撤销的法院", "basic", "鄂05", active=False)]

    publish_courts(rows, actor=None, source=SOURCE)

    assert CourtCode.objects.names()["鄂0503"] == "已撤销的法院"
    assert not CourtCode.objects.get(code="鄂0503").active


def test_the_system_administrator_finds_the_table_in_the_rail(city, as_user):
    rail = 'href="/disputes/courts/"'

    assert rail in as_user(city.users["system_admin"]).get("/calendars/").content.decode()
    assert rail not in as_user(city.users["gov_officer"]).get("/calendars/").content.decode()
