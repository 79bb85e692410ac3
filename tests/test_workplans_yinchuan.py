"""Yinchuan's 37 rows come in from a file with merged cells, without a manual fix."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from foundations.access.errors import RuleBroken
from mechanisms.models import Mechanism
from members.models import Organization, RoleBinding, User
from members.states import Role
from tests.task_sheets import TITLE, word_file, workbook
from workplans.actions import imports
from workplans.actions.publishing import publish
from workplans.models import ListImport, Task, TaskList, TaskUnit
from workplans.reading.targets import missed_in

DAY = date(2023, 12, 31)
AT = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
D = {"departments", "counties"}
C = {"counties"}
END = date(2023, 12, 31)
LONG, BY, BOTH = "long_term", "by_day", "by_day_and_on"
# Number: main task, responsible, kind of due, due on, targets.
EXPECTED = {
    1: (1, D, LONG, None, []),
    2: (1, C, LONG, None, []),
    3: (1, C, LONG, None, []),
    4: (1, C, LONG, None, []),
    5: (1, C, BOTH, END, []),
    6: (2, D, LONG, None, []),
    7: (
        2,
        {"market", "enforcement", "ecology", "natural", "finance", "approval"},
        LONG,
        None,
        [],
    ),
    8: (2, C, LONG, None, []),
    9: (2, {"federation", "counties"}, LONG, None, []),
    10: (2, D, LONG, None, []),
    11: (3, C, BY, END, []),
    12: (3, C, LONG, None, []),
    13: (3, C, LONG, None, []),
    14: (3, D, LONG, None, [("rate", 100, "")]),
    15: (3, C, LONG, None, []),
    16: (3, C, LONG, None, [("count", 1, "half_year")]),
    17: (3, C, LONG, None, []),
    18: (4, D, LONG, None, []),
    19: (4, D, LONG, None, [("rate", 20, "")]),
    20: (4, D, LONG, None, []),
    21: (5, D, LONG, None, []),
    22: (5, D, BOTH, END, [("rate", 100, "")]),
    23: (5, C, LONG, None, []),
    24: (5, C, LONG, None, []),
    25: (5, C, LONG, None, [("count", 1, "year")]),
    26: (6, D, LONG, None, []),
    27: (6, D, LONG, None, [("rate", 100, ""), ("rate", 100, "")]),
    28: (
        6,
        D,
        LONG,
        None,
        [("count", 4, "year"), ("count", 2, "year"), ("count", 1, "year")],
    ),
    29: (6, D, LONG, None, []),
    30: (6, D, LONG, None, []),
    31: (7, D, LONG, None, []),
    32: (7, C, BY, END, []),
    33: (7, D, BY, END, []),
    34: (8, D, LONG, None, [("count", 1, "month")]),
    35: (8, C, BY, END, [("count", 2, "")]),
    36: (8, {"finance", "approval"}, BY, END, []),
    37: (8, D, LONG, None, []),
}
HEADINGS = "一二三四五六七八"


@pytest.fixture
def mechanism(db) -> Mechanism:
    call_command("load_profile", "mechanisms/profiles/yinchuan.yaml", verbosity=0)
    return Mechanism.objects.get(key="yinchuan")


@pytest.fixture
def officer(mechanism) -> User:
    bureau = Organization.objects.get(jurisdiction=mechanism.jurisdiction, key="justice")
    user = User.objects.create(
        username="yc",
        display_name="马晓燕",
        must_change_password=False,
        password_changed_at=timezone.now(),
    )
    RoleBinding.objects.create(
        user=user,
        role=Role.LIAISON_OFFICER,
        organization=bureau,
        jurisdiction=mechanism.jurisdiction,
        valid_from=date(2023, 1, 1),
    )
    return user


def received(mechanism, officer, file, **more) -> ListImport:
    keeper = mechanism.jurisdiction.organizations.get(key="justice")
    given = {"keeper": keeper, "file": file, "declared": True, "new_version": True, **more}
    return imports.receive(mechanism, actor=officer, at=AT, **given)


def as_read(task: Task) -> tuple:
    refs = {ref.partition(":")[2] for ref in task.responsible}
    targets = [(one["kind"], one["at_least"], one["per"]) for one in task.targets]
    place = HEADINGS.index(task.main_task[0]) + 1
    return (place, refs, task.due_kind, task.due_on, targets)


@pytest.mark.parametrize("made", [workbook, word_file])
def test_the_37_rows_come_in_without_a_manual_fix(mechanism, officer, made):
    row = received(mechanism, officer, made(mechanism))
    found = imports.preview_of(row, AT.date())

    assert [line.read.number for line in found.unsure] == [22], "2025年前 is shown as unsure"
    assert not found.faulty
    assert (row.year, row.title, len(found.main_tasks)) == (2023, TITLE, 8)

    made_list = imports.confirm(row.pk, actor=officer, at=AT)

    tasks = {task.number: task for task in made_list.tasks.all()}
    assert {n: as_read(task) for n, task in tasks.items()} == EXPECTED
    assert {task.main_task for task in tasks.values()} == {
        one.main_task for one in made_list.replaces.tasks.all()
    }
    assert {n: task.lead for n, task in tasks.items() if task.lead != ["unit:justice"]} == {
        23: ["group:departments"]
    }
    assert [task.provision_number for task in tasks.values()] == [f"YC-{n}" for n in tasks]
    assert tasks[22].milestones == [{"name": "2025年前", "due_on": "2024-12-31"}]
    assert made_list.edition == 2


def test_the_profile_brings_the_same_list(mechanism):
    found = TaskList.objects.get(mechanism=mechanism)

    assert {task.number: as_read(task) for task in found.tasks.all()} == EXPECTED
    assert found.state == "draft"


def test_published_groups_are_the_units_of_the_day(mechanism, officer):
    found = TaskList.objects.get(mechanism=mechanism)

    publish(found.pk, actor=officer, at=AT, on=AT.date(), counts_from=date(2026, 10, 1))

    def units(number):
        rows = TaskUnit.objects.filter(task__task_list=found, task__number=number)
        return {row.organization.key for row in rows.select_related("organization")}

    counties = {"xingqing", "jinfeng", "xixia", "yongning", "helan", "lingwu"}
    organs = {"market", "enforcement", "ecology", "natural", "finance", "approval"}
    assert units(2) == counties
    assert units(1) == counties | organs
    assert units(9) == counties | {"federation"}
    assert units(36) == {"finance", "approval"}
    row_23 = found.tasks.get(number=23)
    assert {unit.key for unit in row_23.lead_units.all()} == organs


def test_a_second_import_of_the_same_list_is_refused(mechanism, officer):
    with pytest.raises(RuleBroken) as refused:
        received(mechanism, officer, workbook(mechanism), new_version=False)

    assert (refused.value.code, refused.value.field) == ("list_there", "title")
    assert not ListImport.objects.exists()


@pytest.mark.parametrize(
    ("changed", "number", "said"),
    [
        ({"responsible_7": "市市场监督管理局、市数据局"}, 7, "没有叫“市数据局”的单位或类别"),
        ({"due_11": "尽快"}, 11, "写明何时完成"),
        ({"due_11": "2023年13月"}, 11, "写明何时完成"),
        ({"due_32": "2023年12月前"}, 32, "2023-11-30"),
        ({"lead_23": "市数据局"}, 23, "没有叫“市数据局”的单位或类别"),
    ],
)
def test_a_wrong_row_is_visible_in_the_preview(mechanism, officer, as_user, changed, number, said):
    row = received(mechanism, officer, workbook(mechanism, **changed))

    page = as_user(officer).get(reverse("workplans:import", args=[row.public_id]))

    shown = page.content.decode()
    place = next(read["place"] for read in row.rows if read["number"] == number)
    cell = shown.partition(f'id="row-{place}"')[2].partition("</tr>")[0]
    assert said in cell
    assert not TaskList.objects.filter(edition=2).exists()


def test_nothing_is_written_while_a_row_is_not_clear(mechanism, officer, as_user):
    file = workbook(mechanism, responsible_7="市数据局")
    row = received(mechanism, officer, file)
    client = as_user(officer)

    page = client.post(reverse("workplans:import-confirm", args=[row.public_id]), {"version": 1})

    assert page.status_code == 422
    assert "第7项" in page.content.decode()
    assert TaskList.objects.count() == 1


@pytest.mark.parametrize(
    ("meant", "ref"),
    [("unit:approval", "unit:approval"), ("group:departments", "group:departments"), ("new", "")],
)
def test_an_unknown_unit_is_mapped_or_made_once_for_the_whole_list(
    mechanism, officer, as_user, meant, ref
):
    changed = {"responsible_7": "市数据局", "responsible_36": "市财政局、市数据局"}
    row = received(mechanism, officer, workbook(mechanism, **changed))
    client = as_user(officer)
    words = {"word_0": meant, "kind": "agency", "version": row.version}

    page = client.post(reverse("workplans:import-words", args=[row.public_id]), words)

    assert page.status_code == 302
    row.refresh_from_db()
    made = imports.confirm(row.pk, actor=officer, at=AT)
    refs = {n: made.tasks.get(number=n).responsible for n in (7, 36)}
    if not ref:
        key = Organization.objects.get(name="市数据局").key
        ref = f"unit:{key}"
    assert refs == {7: [ref], 36: ["unit:finance", ref]}


def test_a_row_is_put_right_on_its_page(mechanism, officer, as_user):
    row = received(mechanism, officer, workbook(mechanism, due_11="尽快"))
    read = next(one for one in row.rows if one["number"] == 11)
    address = reverse("workplans:import-row", args=[row.public_id, read["place"]])
    client = as_user(officer)
    texts = ("number", "main_task", "measure", "lead_text", "responsible_text", "remark")
    sent = {name: read[name] for name in texts} | {"due_text": "尽快", "version": row.version}

    wrong = client.post(address, {**sent, "due_kind": "by_day", "due_on": ""})
    right = client.post(address, {**sent, "due_kind": "by_day", "due_on": "2023-11-30"})

    assert (wrong.status_code, right.status_code) == (422, 302)
    made = imports.confirm(row.pk, actor=officer, at=AT)
    task = made.tasks.get(number=11)
    assert (task.due_on, task.due_text) == (date(2023, 11, 30), "尽快")
    assert "尽快" in task.row, "the cells stay as they stood"


def test_a_target_that_was_missed_is_typed_beside_what_could_not_be_read(
    mechanism, officer, as_user
):
    changed = {"due_11": "尽快", "responsible_11": "市数据局"}
    row = received(mechanism, officer, workbook(mechanism, **changed))
    read = next(one for one in row.rows if one["number"] == 11)
    address = reverse("workplans:import-row", args=[row.public_id, read["place"]])
    client = as_user(officer)
    form = client.get(address).context["form"]
    said = {name: str(field.help_text) for name, field in form.fields.items()}
    assert "尽快" in said["due_text"]
    assert "市数据局" in said["responsible_text"]
    assert said["target_kind"] == "工作措施中未识别出目标。"
    texts = ("number", "main_task", "measure", "lead_text", "remark")
    words = {name: read[name] for name in texts} | {
        "version": row.version,
        "responsible_text": "市财政局",
        "due_text": "2023年12月",
        "due_kind": "by_day",
        "due_on": "2023-12-31",
        "target_kind": "rate",
    }

    for wrong, name in (
        ({"target_words": "应用率"}, "target_least"),
        ({"target_least": "120", "target_words": "应用率"}, "target_least"),
        ({"target_least": "90"}, "target_words"),
        ({"target_kind": "", "target_least": "90", "target_words": "应用率"}, "target_kind"),
    ):
        refused = client.post(address, words | wrong)
        assert (refused.status_code, list(refused.context["form"].errors)) == (422, [name])

    client.post(address, words | {"target_least": "90", "target_words": "应用率"})

    task = imports.confirm(row.pk, actor=officer, at=AT).tasks.get(number=11)
    assert task.targets == [{"kind": "rate", "at_least": 90.0, "per": "", "words": "应用率"}]


def test_numbers_that_are_no_target_are_named():
    assert missed_in("配备2名人员，建成五室，履行率达到100%。") == ["配备2名人员"]
