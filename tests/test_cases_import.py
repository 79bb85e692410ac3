"""A file of disputes: taken in, checked as a whole, written whole or not at all."""

import io
import zipfile
from collections import defaultdict
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from cases import tasks
from cases.actions import imports as actions
from cases.forms.imports import SHIPPED
from cases.imports.checking import Findings
from cases.imports.fields import sheets
from cases.models import Dispute, Import, ImportMapping, ImportState, Party
from foundations.audit.models import AuditEntry
from foundations.notifications.models import Notice
from members.models import Organization
from tests.disputes import moment, worker
from tests.importing import (
    DECIDED,
    checked,
    confirmed,
    heads,
    kept_columns,
    numbered,
    rows,
    sent,
    text,
    xlsx,
)

TODAY = date(2026, 11, 22)


@pytest.fixture
def office(city, as_user):
    """A client of whoever works for the government that decides on reconsiderations."""
    numbered(city)
    return as_user(worker(city, city.organizations["justice"]))


def told(row: Import) -> list[tuple[int, str, str]]:
    return Findings.of(row).faults


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("复议.xlsx", lambda lines: xlsx(lines)),
        ("有标题.xlsx", lambda lines: xlsx(lines, above=[["二〇二六年行政复议案件"], []])),
        ("复议.csv", lambda lines: text(lines)),
        ("复议.csv", lambda lines: text(lines, "gb18030")),
    ],
)
def test_a_sound_file_is_looked_at_and_written(city, office, name, content):
    row = checked(office, city, content(rows(3)), name)

    assert (row.state, told(row)) == (ImportState.READY, [])
    assert Dispute.objects.count() == 0
    page = office.get(row.get_absolute_url()).content.decode()
    assert Findings.of(row).preview[0]["title"] in page
    assert rows(1)[0]["申请人"] not in page
    answer = confirmed(office, row)

    assert (answer.status_code, row.state, row.written) == (302, ImportState.DONE, 3)
    assert row.content == row.findings == ""
    numbers = [one.number for one in Dispute.objects.order_by("pk")]
    assert numbers == ["试争〔2026〕1号", "试争〔2026〕2号", "试争〔2026〕3号"]
    first = Dispute.objects.first().procedures.get(kind="reconsideration")
    assert (first.number, first.mode, first.accepted_on) == (
        "试府复〔2026〕1号",
        "upheld",
        date(2026, 3, 5),
    )
    assert Party.objects.first().name == rows(1)[0]["申请人"]


def test_three_bad_rows_of_hundreds_write_nothing_and_are_all_told(city, office):
    lines = rows(250)
    lines[10] |= {"结案方式": "驳回诉讼请求", "证件号码": "110101199003070000"}
    lines[200] |= {"被申请人": "不存在的局", "受理日期": "2026-13-01", "案号": ""}
    lines[249] |= {"案号": "试府复〔2026〕3号", "送达申请人日期": "2026-04-01"}
    row = checked(office, city, xlsx(lines))

    assert row.state == ImportState.REFUSED
    assert {(number, head) for number, head, _text in told(row)} == {
        (12, "结案方式"),
        (12, "证件号码"),
        (202, "被申请人"),
        (202, "受理日期"),
        (202, "案号"),
        (251, "案号"),
    }
    assert "第4行" in next(words for number, _head, words in told(row) if number == 251)
    assert confirmed(office, row).status_code == 422
    assert Dispute.objects.count() == 0

    answer = office.get(reverse("cases:import-faults", args=[row.public_id]))
    page = load_workbook(io.BytesIO(answer.content)).active
    marked = [
        n for n, line in enumerate(page.iter_rows(), 1) if line[1].fill.fgColor.rgb[2:] == "F8CBAD"
    ]
    assert marked == [12, 202, 251]
    assert page.max_row == 251
    assert "不存在的局" in page.cell(202, 2).value
    assert "受理日期" in page.cell(202, 2).value


def test_a_file_that_comes_again_makes_nothing_twice(city, office):
    confirmed(office, checked(office, city, xlsx(rows(2))))
    again = checked(office, city, xlsx(rows(3)), "again.xlsx")

    assert [number for number, _known in Findings.of(again).known] == [2, 3]
    assert "试府复〔2026〕1号" in office.get(again.get_absolute_url()).content.decode()
    confirmed(office, again)
    assert (again.written, Dispute.objects.count()) == (1, 3)

    third = checked(office, city, xlsx(rows(3)), "third.xlsx")
    assert confirmed(office, third).status_code == 422
    assert Dispute.objects.count() == 3


def test_a_row_without_number_is_known_by_what_it_is(city, office):
    waiting = {key: DECIDED[key] for key in list(DECIDED)[:9]}
    confirmed(office, checked(office, city, xlsx([waiting])))
    again = checked(office, city, xlsx([waiting]), "again.xlsx")

    assert Findings.of(again).known == [[2, "试争〔2026〕1号"]]


def test_what_looks_like_another_dispute_wants_a_reason(city, office):
    line = rows(1)[0]
    confirmed(office, checked(office, city, xlsx([line])))
    other = line | {"案号": "试府复〔2026〕99号", "行政行为": "罚款五百元"}
    row = checked(office, city, xlsx([other]), "other.xlsx")

    assert Findings.of(row).unsure == [[2, "试争〔2026〕1号"]]
    refused = confirmed(office, row)
    assert "再" in refused.content.decode() or refused.status_code == 422
    assert Dispute.objects.count() == 1
    assert confirmed(office, row, alike_reason="另一处罚").status_code == 302
    assert Dispute.objects.count() == 2


FAULTS = [
    ({"收到日期": ""}, "收到日期", "必填"),
    ({"收到日期": "三月二日"}, "收到日期", "日期"),
    ({"收到日期": "2027-03-02"}, "收到日期", "1990"),
    ({"案号": "(2026)鄂0199行初3号"}, "案号", "行政复议"),
    ({"案号": "试府复2026第3"}, "案号", ""),
    ({"结案方式": "驳回"}, "结案方式", "驳回"),
    ({"审结日期": ""}, "审结日期", ""),
    ({"受理日期": "2026-03-01"}, "受理日期", ""),
    ({"听取意见日期": "", "听取意见方式": "", "听取意见情况": ""}, "说明", "第四十九条"),
    ({"收到答复日期": ""}, "审结日期", "作出复议决定"),
    ({"涉企": "也许"}, "涉企", "是"),
    ({"当事人类型": "法人", "证件号码": "91420100MA0000000X"}, "证件号码", ""),
    ({"行政行为": "某" * 301}, "行政行为", "300"),
    ({"审理程序": ""}, "审理程序", ""),
]


@pytest.mark.parametrize(("change", "head", "words"), FAULTS)
def test_a_fault_is_told_at_its_column(city, office, change, head, words):
    row = checked(office, city, xlsx([rows(1)[0] | change]))

    found = [text for number, where, text in told(row) if (number, where) == (2, head)]
    assert any(words in one for one in found)
    assert row.state == ImportState.REFUSED


ALL_WRONG = {
    "案号": "(2026)鄂0199行初3号",
    "收到日期": "三月二日",
    "申请人": "",
    "当事人类型": "",
    "联系电话": "1" * 41,
    "被申请人": "不存在的局",
    "行政管理领域": "",
    "行政行为种类": "不详",
    "行政行为": "",
    "受理日期": "2026-13-01",
    "审理程序": "快速程序",
    "发送副本日期": "九日",
    "收到答复日期": "答复了",
    "听取意见方式": "托梦",
    "审结日期": "",
    "结案方式": "驳回",
    "送达申请人日期": "2027-04-22",
    "涉企": "也许",
    "说明": "某" * 2001,
}
"""Each alone is told at its own column and at no other."""


def without(head: str) -> dict[str, str]:
    return {one: text for one, text in ALL_WRONG.items() if one != head}


def test_every_fault_of_every_row_is_told_at_once(city, office):
    """Each alone, all but each, and all: none hides another, none makes one up."""
    alone = [{head: text} for head, text in ALL_WRONG.items()]
    wrong = [*alone, *(without(head) for head in ALL_WRONG), ALL_WRONG]
    lines = [line | change for line, change in zip(rows(len(wrong)), wrong, strict=True)]
    row = checked(office, city, xlsx(lines))

    found: dict[int, set[str]] = defaultdict(set)
    for number, head, _text in told(row):
        found[number].add(head)
    assert [found[number] for number in range(2, len(wrong) + 2)] == [set(one) for one in wrong]


BESIDES = [
    ({"收到日期": "", "案号": "试府复〔2026〕3号"}, "案号", "第4行"),
    ({"被申请人": "不详", "听取意见日期": ""}, "说明", "第四十九条"),
    ({"发送副本日期": "", "听取意见日期": ""}, "说明", "第四十九条"),
    ({"结案方式": "不详", "送达申请人日期": "2026-02-01"}, "送达申请人日期", "不能"),
]


@pytest.mark.parametrize(("change", "head", "words"), BESIDES)
def test_what_a_rule_forbids_is_told_beside_what_cannot_be_read(city, office, change, head, words):
    row = checked(office, city, xlsx([*rows(3), rows(4)[3] | change]))

    found = [text for number, where, text in told(row) if (number, where) == (5, head)]
    assert any(words in one for one in found)


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"<a>" + b"0" * 120_000_000)
    return out.getvalue()


def merged() -> bytes:
    book = Workbook()
    page = book.active
    page.append(["基本情况", None, "办理情况"])
    page.merge_cells("A1:B1")
    page.append(["甲", "乙", "丙"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("空.xlsx", lambda: b"", "空"),
        ("空.csv", lambda: b" ", "空"),
        ("旧.xls", lambda: b"\xd0\xcf\x11\xe0", ".xlsx"),
        ("假.xlsx", lambda: b"\xd0\xcf\x11\xe0" * 200, "不符"),
        ("炸弹.xlsx", bomb, "无法读取"),
        ("合并.xlsx", merged, "栏名"),
        ("别的.xlsx", lambda: xlsx([], ["姓名", "年龄"]), "栏名"),
        ("只有栏名.xlsx", lambda: xlsx([]), "没有"),
        ("重名.xlsx", lambda: xlsx(rows(1), [*heads(), "案号"]), "案号"),
        ("秘密.xlsx", lambda: xlsx([rows(1)[0] | {"说明": "机密★5年"}]), "国家秘密"),
        ("乱.csv", lambda: b"\0\1\2", "无法读取"),
        ("多.csv", lambda: text(rows(1) * 5001), "5001"),
    ],
)
def test_what_is_no_such_file_is_refused_with_a_reason(city, office, name, content, words):
    answer = sent(office, city, content(), name)

    assert answer.status_code == 422
    assert words in "".join(answer.context["form"].errors["file"])
    assert Import.objects.count() == 0


def test_whoever_does_not_work_for_the_organ_does_not_import(city, as_user):
    numbered(city)
    agency = as_user(worker(city, city.organizations["agency"]))
    assert agency.get(reverse("cases:imports")).status_code == 403
    court = as_user(worker(city, city.organizations["court"]))
    assert sent(court, city, xlsx(rows(1))).status_code == 422
    mine = as_user(worker(city, city.organizations["justice"]))
    row = checked(mine, city, xlsx(rows(1)))

    for user in ("court_officer", "agency_contact", "gov_deputy"):
        stranger = as_user(city.users[user])
        assert stranger.get(row.get_absolute_url()).status_code == 404
        for name in ("columns", "confirm", "discard"):
            address = reverse(f"cases:import-{name}", args=[row.public_id])
            assert stranger.post(address).status_code == 404


def test_a_file_with_every_column_of_the_template_is_looked_at_at_once(city, office):
    assert sent(office, city, xlsx(rows(2))).status_code == 302
    row = Import.objects.get()
    assert (row.state, told(row)) == (ImportState.READY, [])
    assert sent(office, city, xlsx(rows(2), heads()[:-1]), "缺列.xlsx").status_code == 302
    assert Import.objects.latest("pk").state == ImportState.MAPPING


def test_columns_of_another_platform_are_assigned_once_and_kept(city, office):
    theirs = {"案件编号": "案号", "立案时间": "受理日期", "结果": "结案方式"}
    names = [next((new for new, old in theirs.items() if old == head), head) for head in heads()]
    line = {new: rows(1)[0].get(old) for new, old in zip(names, heads(), strict=True)}
    line["结果"] = "复议维持"
    assert sent(office, city, xlsx([line], names)).status_code == 302
    row = Import.objects.get()
    values = {
        b.html_name: b.value() or "" for b in office.get(row.get_absolute_url()).context["form"]
    }
    values |= {
        "column-number": "案件编号",
        "column-accepted_on": "立案时间",
        "column-mode": "结果",
        "values": "结案方式：复议维持＝维持",
        "keep_as": "老系统",
    }
    office.post(reverse("cases:import-columns", args=[row.public_id]), values)
    row.refresh_from_db()

    assert (row.state, told(row)) == (ImportState.READY, [])
    kept = ImportMapping.objects.get()
    assert (kept.name, kept.columns["number"], kept.values) == (
        "老系统",
        "案件编号",
        {"mode": {"复议维持": "维持"}},
    )
    again = checked(office, city, xlsx([line], names), "again.xlsx", way=f"kept-{kept.public_id}")
    assert again.state == ImportState.READY


@pytest.fixture
def kept(city) -> ImportMapping:
    return kept_columns(city)


def of_mapping(office, kept) -> tuple[str, dict]:
    """The address of its page, and what its form holds."""
    where = reverse("cases:mapping", args=[kept.public_id])
    form = office.get(where).context["form"]
    held = {one.html_name: one.value() for one in form}
    return where, {name: "" if value is None else value for name, value in held.items()}


def test_a_kept_mapping_is_corrected(office, kept):
    where, given = of_mapping(office, kept)
    assert (given["column-number"], given["values"]) == ("案件编号", "结案方式：复议维持＝维持")
    assert where in office.get(reverse("cases:imports")).content.decode()

    given |= {"name": "省平台", "column-number": "文号", "column-mode": ""}
    assert office.post(where, given).status_code == 302

    kept.refresh_from_db()
    assert (kept.name, kept.columns) == ("省平台", {"number": "文号"})
    assert AuditEntry.objects.filter(action="cases.mapping.changed").count() == 1


@pytest.mark.parametrize(
    ("change", "told_of"),
    [
        ({"name": "新系统"}, "已有同名的对应关系"),
        ({"name": ""}, "必填"),
        ({"column-number": "", "column-mode": ""}, "没有任何一列的对应关系"),
        ({"version": "7"}, "老系统"),
        ({"values": "无此列：甲＝乙"}, "无此列"),
    ],
    ids=["a name in use", "no name", "no column", "an old page", "an unknown column"],
)
def test_a_mapping_stays_as_it_was_if_something_is_wrong(city, office, kept, change, told_of):
    ImportMapping.objects.create(
        jurisdiction=city.jurisdiction, name="新系统", kind="reconsideration"
    )
    where, given = of_mapping(office, kept)

    answer = office.post(where, given | change)

    assert answer.status_code in (409, 422)
    assert told_of in answer.content.decode()
    kept.refresh_from_db()
    assert (kept.name, kept.columns) == ("老系统", {"number": "案件编号", "mode": "结果"})


THEIRS = [{"案件编号": "试府复〔2026〕1号", "结果": "复议维持", "备注": "无"}]


def test_a_removed_mapping_leaves_the_files_read_by_it(city, office, kept):
    way = f"kept-{kept.public_id}"
    assert (
        sent(office, city, xlsx(THEIRS, ["案件编号", "结果", "备注"]), way=way).status_code == 302
    )
    row = Import.objects.get()

    office.post(reverse("cases:mapping-remove", args=[kept.public_id]))

    assert not ImportMapping.objects.exists()
    assert office.get(row.get_absolute_url()).status_code == 200
    assert AuditEntry.objects.filter(action="cases.mapping.removed").count() == 1


@pytest.mark.parametrize(("who", "status"), [("agency_contact", 403), ("system_admin", 404)])
def test_who_does_not_import_changes_no_mapping(city, as_user, kept, who, status):
    client, keys = as_user(city.users[who]), [kept.public_id]
    assert client.get(reverse("cases:mapping", args=keys)).status_code == status
    assert client.post(reverse("cases:mapping-remove", args=keys)).status_code == status
    assert ImportMapping.objects.count() == 1


def test_the_shipped_mapping_reads_the_national_platform(city, office):
    names = {
        "收到日期": "收到申请日期",
        "行政行为种类": "复议事项",
        "收到答复日期": "答复日期",
        "结案方式": "审理结果",
        "送达申请人日期": "送达日期",
        "当事人类型": "申请人类型",
    }
    line = {names.get(head, head): value for head, value in rows(1)[0].items()}
    line |= {"申请人类型": "公民", "审理结果": "驳回行政复议请求", "审理程序": "普通"}
    line |= {"听取意见日期": "", "说明": ""}
    way = f"{SHIPPED}-national_reconsideration"
    row = checked(office, city, xlsx([line], list(line)), way=way)

    assert [(head, "第四十九条" in words) for _row, head, words in told(row)] == [("说明", True)]
    form = office.get(row.get_absolute_url()).context["form"]
    values = {b.html_name: b.value() or "" for b in form}
    values["constants"] += "\n说明＝全国平台未记载听取意见的情况"
    office.post(reverse("cases:import-columns", args=[row.public_id]), values)
    row.refresh_from_db()
    confirmed(office, row)

    made = Dispute.objects.get()
    assert made.source == "national"
    assert made.procedures.get(kind="reconsideration").mode == "claims_dismissed"


@pytest.mark.parametrize("kind", ["reconsideration", "first_instance"])
def test_the_template_can_be_filled_in_and_explains_itself(city, office, kind):
    answer = office.get(reverse("cases:import-template", args=[kind]))
    book = load_workbook(io.BytesIO(answer.content))

    assert [cell.value for cell in book.worksheets[0][1]] == heads(kind)
    assert book.worksheets[0].data_validations.dataValidation
    explained = {line[0].value for line in book["填写说明"].iter_rows(min_row=3)}
    assert explained == set(heads(kind))
    assert office.get(reverse("cases:import-template", args=["visit"])).status_code == 404


def test_a_court_imports_its_suits(city, as_user):
    numbered(city)
    court = as_user(worker(city, city.organizations["court"]))
    line = {
        "案号": "（2026）鄂0199行初5号",
        "收到日期": "2026-03-02",
        "原告": "试验建材有限公司",
        "当事人类型": "法人",
        "被告": "试验市综合行政执法局",
        "行政管理领域": "城管、综合执法",
        "行政行为种类": "行政处罚",
        "行政行为": "责令停业",
        "立案日期": "2026-03-06",
        "审理程序": "普通程序",
        "送达起诉状副本日期": "2026-03-09",
        "收到答辩日期": "2026-03-20",
        "开庭日期": "2026-04-02",
        "宣判日期": "2026-05-06",
        "裁判结果": "驳回诉讼请求",
        "裁判送达原告日期": "2026-05-07",
        "裁判送达被告日期": "2026-05-07",
        "生效日期": "2026-06-10",
    }
    content = xlsx([line], heads("first_instance"))
    row = checked(court, city, content, way="own-first_instance", organ="court")
    assert told(row) == []
    confirmed(court, row)

    suit = Dispute.objects.get().procedures.get(kind="first_instance")
    assert (suit.state, suit.effective_on) == ("effective", date(2026, 6, 10))


def test_units_are_told_once_for_a_file(city, office):
    worker(city, city.organizations["agency"])
    open_line = rows(2)
    for line in open_line:
        for head in list(DECIDED)[11:]:
            line[head] = ""
    confirmed(office, checked(office, city, xlsx(open_line)))

    notices = Notice.objects.filter(reason__startswith="cases.imported")
    assert notices.count() == notices.values("recipient").distinct().count()


def test_what_became_wrong_meanwhile_is_told_and_nothing_is_written(city, office):
    row = checked(office, city, xlsx(rows(2)))
    user = worker(city, city.organizations["justice"])
    actions.confirm(row.pk, actor=user, at=moment(TODAY, 9))
    agency = Organization.objects.filter(pk=city.organizations["agency"].pk)
    agency.update(valid_to=date(2025, 12, 31))
    tasks.write_import(row.pk)

    row.refresh_from_db()
    assert (row.state, Dispute.objects.count()) == (ImportState.REFUSED, 0)
    assert {head for _number, head, _text in told(row)} == {"被申请人"}


def test_what_was_written_meanwhile_is_skipped(city, office):
    row = checked(office, city, xlsx(rows(2)))
    other = checked(office, city, xlsx(rows(1)), "other.xlsx")
    confirmed(office, other)
    confirmed(office, row)

    assert (row.written, Dispute.objects.count()) == (1, 2)


def test_a_file_is_written_once_however_often_its_task_runs(city, office):
    row = checked(office, city, xlsx(rows(2)))
    user = worker(city, city.organizations["justice"])
    at = moment(TODAY, 9)
    actions.confirm(row.pk, actor=user, at=at)
    for _time in range(2):
        tasks.write_import(row.pk)

    assert Dispute.objects.count() == 2
    assert AuditEntry.objects.filter(action="cases.import.written").count() == 1


def test_what_a_lost_worker_left_is_taken_up(city, office):
    row = checked(office, city, xlsx(rows(2)))
    user = worker(city, city.organizations["justice"])
    actions.confirm(row.pk, actor=user, at=moment(date(2026, 3, 1), 9))
    tasks.take_up_imports()

    row.refresh_from_db()
    assert (row.state, row.written) == (ImportState.DONE, 2)


def test_a_file_that_is_thrown_away_leaves_nothing(city, office):
    row = checked(office, city, xlsx(rows(1)))
    office.post(reverse("cases:import-discard", args=[row.public_id]))

    row.refresh_from_db()
    assert (row.state, row.content, row.findings) == (ImportState.DISCARDED, "", "")
    assert Dispute.objects.count() == 0


def test_a_file_nobody_goes_on_with_is_thrown_away(city, office):
    row = checked(office, city, xlsx(rows(1)))
    assert actions.discard_old(at=row.created_at) == 0
    assert actions.discard_old(at=row.created_at + actions.KEPT * 2) == 1


def test_nothing_of_a_person_stands_in_the_trail(city, office):
    confirmed(office, checked(office, city, xlsx(rows(2))))

    bodies = "".join(AuditEntry.objects.values_list("body", flat=True))
    assert rows(1)[0]["申请人"] not in bodies
    assert "13800005678" not in bodies


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_length(
    city, office, django_assert_max_num_queries, count
):
    for n in range(count):
        checked(office, city, xlsx(rows(1)), f"{n}.xlsx")

    with django_assert_max_num_queries(30):
        page = office.get(reverse("cases:imports"))

    assert len(page.context["imports"]) == count
    assert sheets().keys() == {"reconsideration", "first_instance"}
