"""The pages of assessments: the whole way by forms, who finds what, what is said to bad input."""

import re
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.actions import schemes, sheets, telling
from assessments.models import Item, Objection, Scheme, Sheet
from members.states import Role
from tests import assessed
from tests.assessed import AFTER, AT, acting
from tests.letters import account, procuratorate, unit
from tests.world import client_of


@pytest.fixture
def town(city):
    with time_machine.travel(AT, tick=False):
        assessed.letters_due(city)
        yield city


@pytest.fixture
def today(city):
    with time_machine.travel(AT, tick=False):
        yield city


def address(name: str, row) -> str:
    return reverse(f"assessments:{name}", args=[row.public_id])


def posted(client, url: str, **given) -> str:
    """The form as it begins, with `given` in it; what the page says when it is not done."""
    form = client.get(url).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    data = {name: "" if value is None else value for name, value in shown.items()} | given
    answer = client.post(url, data)
    if answer.status_code == 302:
        return ""
    assert answer.status_code == 422, answer.status_code
    return answer.content.decode()


def errors(html: str) -> list[str]:
    found = re.findall(r'class="fy-err"[^>]*>(.*?)</div>', html, re.DOTALL)
    return [re.sub(r"<[^>]+>|\s", "", one) for one in found]


def test_the_whole_way_by_its_forms(town):
    officer, agency = (client_of(town.users[key]) for key in ("gov_officer", "agency_contact"))
    new = reverse("assessments:scheme-new")
    assert not posted(officer, new, name="法治政府建设考核方案", valid_from="2026-01-01")
    scheme = Scheme.objects.get()
    counted = {"name": "回复", "kind": "indicator", "weight": "80", "indicator": "R8/due"}
    add = address("item-new", scheme)
    assert not posted(officer, add, **counted, way="steps", steps="90 100\n60 50")
    assert not posted(officer, add, name="化解", kind="judged", weight="20", full_mark="20")
    item = Item.objects.get(name="回复")
    edit = address("item-edit", item)
    assert not posted(officer, edit, way="proportional", target="100")
    item.refresh_from_db()
    assert (item.steps, item.target, item.weight) == ([], 100, 80)
    assert not posted(officer, address("scheme-adopt", scheme))
    units = [town.organizations[key].public_id for key in assessed.SCORED_UNITS]
    begin = address("sheet-new", scheme)
    days = {"first_on": "2026-07-01", "last_on": "2026-09-30"}
    assert not posted(officer, begin, title="三季度考核", units=units, **days)
    sheet = Sheet.objects.get()
    for key in assessed.SCORED_UNITS:
        judge = address("judge", assessed.score(sheet, key, "化解"))
        assert not posted(officer, judge, mark="10", reason="依记录")
    assert not posted(officer, address("sheet-announce", sheet), object_by="2026-10-22")
    score = assessed.score(sheet, "agency", "化解")
    assert "10 / 20：依记录" in agency.get(address("object", score)).content.decode()
    assert not posted(agency, address("object", score), text="应为15分")
    answer = address("answer", Objection.objects.get())
    assert "应为15分" in officer.get(answer).content.decode()
    assert not posted(officer, answer, outcome="upheld", mark="15", answer="采纳")
    with time_machine.travel(AFTER, tick=False):
        officer = client_of(town.users["gov_officer"])
        assert not posted(officer, address("sheet-publish", sheet))
        shown = officer.get(address("sheet", sheet)).content.decode()

    # 80 of 100, weight 80; 15 of 20, weight 20: 64 + 15
    assert assessed.line(sheet, "agency").total == Decimal("79.00")
    assert "79.00" in shown
    assert "80.00%（8 / 10）" in shown
    assert "关于三季度考核结果的通报" in shown


def status(city, who: str, url: str) -> int:
    return client_of(city.users[who]).get(url).status_code


READERS = ("gov_officer", "agency_contact", "natural_contact", "court_officer", "stranger")


def readers(city) -> None:
    unit(city, "parks", "试验市园林局", "市园林局")
    account(city, "stranger", "parks", Role.MEMBER_UNIT)
    procuratorate(city)


@pytest.mark.parametrize(
    ("stage", "opened"),
    [
        ("draft", {"gov_officer"}),
        ("announced", {"gov_officer", "agency_contact", "natural_contact"}),
        ("published", {"gov_officer", "agency_contact", "natural_contact", "court_officer"}),
    ],
)
def test_who_finds_a_sheet(town, stage, opened):
    readers(town)
    make = {"draft": assessed.sheet, "announced": assessed.announced}
    made = make.get(stage, assessed.published)(town)

    found = {who for who in READERS if status(town, who, address("sheet", made)) == 200}
    listed = {
        who
        for who in READERS
        if client_of(town.users[who]).get(reverse("assessments:list")).context["ledger"].count
    }

    assert found == listed == opened
    assert status(town, "system_admin", address("sheet", made)) == 404


def lines(city, who: str, sheet) -> set[str]:
    shown = client_of(city.users[who]).get(address("sheet", sheet))
    return {line.organization.key for line, _cells in shown.context["lines"]}


def test_a_unit_finds_its_own_line_alone_until_the_sheet_is_published(town):
    readers(town)
    made = assessed.announced(town)
    own, other = (assessed.line(made, key) for key in ("agency", "natural"))

    assert lines(town, "agency_contact", made) == {"agency"}
    assert lines(town, "gov_officer", made) == set(assessed.SCORED_UNITS)
    assert status(town, "agency_contact", address("unit", own)) == 200
    assert status(town, "agency_contact", address("unit", other)) == 404
    shown = client_of(town.users["agency_contact"]).get(address("sheet", made)).content.decode()
    assert "市自然资源局" not in shown
    said = assessed.objected(town, made)
    telling.answer_objection(said.pk, outcome="refused", answer="邮戳逾期", **acting(town))
    with time_machine.travel(AFTER, tick=False):
        telling.publish(made.pk, **acting(town, at=AFTER))
        for who in ("agency_contact", "court_officer", "court_convenor", "procurator"):
            if who == "procurator":
                assert status(town, who, address("sheet", made)) == 404  # no side here
                continue
            assert lines(town, who, made) == set(assessed.SCORED_UNITS)
            assert status(town, who, address("unit", other)) == 200
        page = client_of(town.users["natural_contact"]).get(address("sheet", made))
        other = client_of(town.users["natural_contact"]).get(address("unit", own))
    # what a unit objected stays between it and the organ
    for shown in (page.content.decode(), other.content.decode()):
        assert "有两件系邮寄" not in shown
        assert "邮戳逾期" not in shown
        assert "的得分提出异议" not in shown


def test_what_no_stranger_opens(town):
    readers(town)
    made = assessed.announced(town)
    said = assessed.objected(town, made)
    score = assessed.score(made, "agency", "按期回复")
    pages = [
        address("scheme", made.scheme),
        address("sheet-publish", made),
        address("sheet-count", made),
        address("judge", score),
        address("object", score),
        address("answer", said),
        address("agree", score.assessed),
        address("item-edit", made.scheme.items.first()),
    ]
    client = client_of(town.users["stranger"])

    found = {ask(url).status_code for url in pages for ask in (client.get, client.post)}
    assert found - {405} == {404}
    assert client.get(reverse("assessments:scheme-new")).status_code == 403


def test_the_court_reads_and_does_nothing(town):
    made = assessed.published(town)
    client = client_of(town.users["court_officer"])

    page = client.get(address("sheet", made))
    assert page.context["verbs"] == []
    assert client.get(address("scheme", made.scheme)).status_code == 200
    for name in ("sheet-correct", "sheet-publish", "sheet-announce"):
        assert client.post(address(name, made)).status_code == 403


BAD_ITEM = [
    ({"weight": "0"}, "权重应当大于0"),
    ({"name": "按期回复"}, "已有名称为“按期回复”的项目"),
    ({"indicator": ""}, "没有"),
    ({"target": ""}, "目标值"),
    ({"way": ""}, "如何计分"),
    ({"way": "steps", "steps": "八十 六十"}, "不是一档"),
    ({"weight": "abc"}, "数字"),
]


@pytest.mark.parametrize(("given", "said"), BAD_ITEM)
def test_an_item_is_refused_beside_its_field(today, given, said):
    scheme = assessed.scheme(today)
    first = {
        "name": "回复",
        "kind": "indicator",
        "weight": "10",
        "indicator": "R8/due",
        "way": "threshold",
        "target": "80",
    }
    client = client_of(today.users["gov_officer"])

    shown = errors(posted(client, address("item-new", scheme), **{**first, **given}))

    assert len(shown) == 1
    assert said in shown[0]


def test_weights_that_are_not_whole_are_told(today):
    scheme = assessed.scheme(today, items=assessed.ITEMS[:2])
    client = client_of(today.users["gov_officer"])

    assert "80.00%" in posted(client, address("scheme-adopt", scheme))
    assert "权重合计应当为100" in client.get(address("scheme", scheme)).content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"last_on": "2026-06-30"}, "2026-07-01"),
        ({"first_on": "2025-07-01"}, "起施行"),
        ({"first_on": "上半年"}, "日期"),
        ({"units": []}, "必填"),
        ({"units": ["old"]}, "不存在"),
        ({"units": ["court"]}, "选择"),
    ],
)
def test_a_sheet_is_refused_beside_its_field(today, given, said):
    unit(today, "old", "旧局", valid_from=date(2024, 1, 2), valid_to=date(2026, 6, 1))
    scheme = assessed.adopted(today)
    keys = given.pop("units", ["agency"]) if "units" in given else ["agency"]
    first = {
        "title": "考核",
        "first_on": "2026-07-01",
        "last_on": "2026-09-30",
        "units": [today.organizations[key].public_id for key in keys],
    }
    client = client_of(today.users["gov_officer"])

    shown = errors(posted(client, address("sheet-new", scheme), **{**first, **given}))

    assert len(shown) == 1
    assert said in shown[0]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"mark": "20.5", "reason": "优"}, "满分"),
        ({"mark": "20", "reason": ""}, "理由"),
        ({"mark": "-1", "reason": "差"}, "0"),
        ({"mark": "", "reason": "差"}, "必填"),
    ],
)
def test_a_mark_is_refused_beside_its_field(today, given, said):
    made = assessed.sheet(today)
    client = client_of(today.users["gov_officer"])
    judge = address("judge", assessed.score(made, "agency", "配合化解"))

    shown = errors(posted(client, judge, **given))

    assert len(shown) == 1
    assert said in shown[0]


def test_whoever_saved_second_is_told(today):
    scheme = assessed.scheme(today)
    client = client_of(today.users["gov_officer"])
    url = address("scheme-edit", scheme)
    form = client.get(url).context["form"]
    shown = {name: form[name].value() or "" for name in form.fields}
    schemes.revise_scheme(scheme.pk, name="新名", valid_from=date(2026, 1, 1), **acting(today))

    answer = client.post(url, {**shown, "name": "旧名"})

    assert answer.status_code == 422
    assert Scheme.objects.get().name == "新名"


@pytest.mark.parametrize("name", ["list", "schemes"])
def test_a_list_costs_the_same_for_any_length(today, name):
    client = client_of(today.users["gov_officer"])
    costs = []
    scheme = assessed.adopted(today)
    months = iter(range(1, 10))
    client.get(reverse(f"assessments:{name}"))
    for count in (1, 3):
        while client.get(reverse(f"assessments:{name}")).context["ledger"].count < count:
            month = next(months)
            days = {"first_on": date(2026, month, 1), "last_on": date(2026, month, 28)}
            if name == "list":
                assessed.sheet(today, scheme, **days)
            else:
                assessed.scheme(today)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(f"assessments:{name}"))
        costs.append(len(captured))

    assert costs[0] == costs[1] < 32


def test_a_sheet_costs_the_same_for_any_number_of_units(town):
    of = assessed.adopted(town)
    client = client_of(town.users["gov_officer"])
    costs = []
    for number in (1, 3):
        units = [town.organizations[key] for key in assessed.SCORED_UNITS[:number]]
        made = assessed.sheet(town, of, units=units)
        client.get(address("sheet", made))
        with CaptureQueriesContext(connection) as captured:
            client.get(address("sheet", made))
        costs.append(len(captured))
        sheets.drop_sheet(made.pk, reason="试", **acting(town))

    assert costs[0] == costs[1] < 45


def test_buttons_take_no_link(town):
    made = assessed.sheet(town)
    client = client_of(town.users["gov_officer"])

    assert client.get(address("sheet-count", made)).status_code == 405
    assert client.post(address("sheet-count", made)).status_code == 302
    assert client.post(address("scheme-next", made.scheme)).status_code == 302
    assert Scheme.objects.filter(replaces=made.scheme).exists()


def rows_behind(html: str) -> list[str]:
    return [
        one.replace("&amp;", "&") for one in re.findall(r'href="(/figures/[^"]+/rows[^"]*)"', html)
    ]


def test_a_counted_mark_leads_to_its_records_and_says_when_it_was_counted(town):
    """Of the unit and the days of the sheet; a judged mark leads nowhere."""
    made = assessed.published(town)
    line = assessed.line(made, "agency")
    officer = client_of(town.users["gov_officer"])

    html = officer.get(line.get_absolute_url()).content.decode()

    found = rows_behind(html)
    assert len(found) == 2
    assert "/R8/due/rows?since=2026-07-01&until=2026-09-30&unit=" in found[0]
    assert officer.get(found[0]).context["ledger"].count == 10
    assert "80.00%（8 / 10）" in html
    assert "统计于" in html
    assert "10-15 10:00" in html


def test_whoever_opens_no_figures_finds_no_way_to_them(town):
    made = assessed.published(town)
    clerk = account(town, "clerk_alone", "agency", Role.MEMBER_UNIT)
    asked = client_of(clerk).get(assessed.line(made, "agency").get_absolute_url())
    figures = reverse("dashboards:figures", args=[town.mechanism.key])

    opened = client_of(clerk).get(figures).status_code == 200

    assert bool(rows_behind(asked.content.decode())) == opened
