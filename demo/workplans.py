"""The task list of 示范市: read from a workbook, published, reported on; one unit is slow
and urged, one report is returned, a task is split; and what reconsiderations found."""

import io
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from openpyxl import Workbook

from demo.city import City
from demo.diary import Diary
from demo.papers import evidence
from members.models import User
from workplans.actions import imports, issues, letters, progress, publishing, tasks
from workplans.actions.terms import open_terms
from workplans.models import TaskList, TaskTerm
from workplans.states import Category, TermState

READ, PUBLISHED = 175, 170
"""Days ago."""
HEADS = ("序号", "主要任务", "工作措施", "牵头单位", "责任单位", "完成时限", "备注")
LAW, QUALITY, DEFENCE = "一、规范行政执法", "二、提升复议质效", "三、提高应诉水平"
ALL_FOUR = "市自然资源和规划局、市综合行政执法局、市人社局、东湖街道"
ROWS = (
    (LAW, "全面检查本单位行政执法文书，对权利告知不规范的进行整改。", ALL_FOUR, "长期坚持"),
    (
        LAW,
        "修订本领域行政裁量权基准并向社会公布，重大行政执法决定法制审核率达到100%。",
        "市自然资源和规划局、市综合行政执法局",
        "{year}年12月",
    ),
    (LAW, "建立首违不罚清单。", "市综合行政执法局、市市场监管局", "{year}年12月并长期坚持"),
    (
        QUALITY,
        "对符合条件的行政复议案件开展全过程调解，调解、和解结案数达到审结案件数的20%以上。",
        "市自然资源和规划局、市人社局",
        "长期坚持",
    ),
    (
        QUALITY,
        "履行行政复议决定，履行率100%。",
        "市自然资源和规划局、市综合行政执法局",
        "长期坚持",
    ),
    (
        DEFENCE,
        "被诉行政机关负责人出庭应诉率达到100%，出庭发声率达到100%。",
        "市自然资源和规划局、市综合行政执法局、市人社局",
        "长期坚持",
    ),
    (DEFENCE, "单位主要负责人每年讲法不少于1次。", ALL_FOUR, "{year}年12月"),
)
SLOW, RETURNED = "donghu", "hrss"
URGED_AFTER, REPORTED_AFTER = 12, 20
"""Days after its last day on which the slow unit is urged, and reports."""
SAID = {
    "natural": "本季度对照检查执法文书62份，补正权利告知4份；两件复议决定均已按期履行。",
    "enforcement": "本季度检查执法文书118份，统一了责令改正通知书样式，组织法制员集中学习一次。",
    "hrss": "本季度检查工伤认定文书35份，没有发现权利告知问题。",
    "donghu": "本季度检查行政执法文书22份，对3份权利告知不完整的已补正，并组织学习一次。",
}
ISSUES = (
    ("enforcement", Category.PROCEDURE, "拆除前未经催告", "强制拆除前没有依法催告当事人。", 150),
    (
        "enforcement",
        Category.PROCEDURE,
        "听证告知期限不足",
        "告知听证权利后第二日即作出决定。",
        45,
    ),
    ("natural", Category.FACTS, "征收补偿面积认定依据不足", "没有附测绘成果，面积前后不一。", 118),
    ("hrss", Category.LAW, "工伤认定引用失效条款", "认定决定引用了已经废止的规定。", 96),
    ("donghu", Category.INACTION, "未答复信息公开申请", "收到申请后超过法定期限没有答复。", 26),
)
RECTIFIED = {"拆除前未经催告": 20, "征收补偿面积认定依据不足": 18, "工伤认定引用失效条款": 25}
VERIFIED = {"拆除前未经催告", "征收补偿面积认定依据不足"}


def tell_tasks(city: City, diary: Diary) -> None:
    diary.enter(city.ago(READ), "10:00", lambda at: _read(city, at))
    diary.enter(city.ago(PUBLISHED), "09:30", lambda at: _publish(city, diary, at))
    for ago in (*range(150, 0, -30), 1):
        diary.enter(city.ago(ago), "01:20", lambda at: _open(city, diary, at))
    diary.enter(city.ago(90), "16:00", lambda at: _split(city, at))
    for key, category, cause, what, ago in ISSUES:
        words = issues.Found(
            organization=city.units[key],
            category=category,
            cause=cause,
            what=what,
            found_on=city.ago(ago),
            rectify_by=city.workday(city.ago(ago), 30),
        )
        diary.enter(city.ago(ago), "14:20", partial(_find, city, diary, words))


def _read(city: City, at: datetime) -> None:
    officer = city.clerk("justice")
    row = imports.receive(
        city.mechanism,
        actor=officer,
        at=at,
        keeper=city.units["justice"],
        file=_workbook(at.date()),
        declared=True,
    )
    imports.confirm(row.pk, actor=officer, at=at)


def _workbook(on: date) -> SimpleUploadedFile:
    book = Workbook()
    sheet = book.active
    sheet.append([f"{on.year}年示范市行政复议行政应诉工作任务清单"])
    sheet.append(HEADS)
    before = ""
    for n, (heading, measure, responsible, due) in enumerate(ROWS, start=1):
        head = heading if heading != before else ""
        sheet.append([n, head, measure, "市司法局", responsible, due.format(year=on.year), ""])
        before = heading
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("任务清单.xlsx", out.getvalue())


def _publish(city: City, diary: Diary, at: datetime) -> None:
    officer = city.clerk("justice")
    found = TaskList.objects.get(mechanism=city.mechanism)
    publishing.publish(found.pk, actor=officer, at=at, on=at.date())
    _enter_reports(city, diary, _terms(city), at.date())


def _terms(city: City) -> QuerySet[TaskTerm]:
    rows = TaskTerm.objects.filter(unit__task__task_list__mechanism=city.mechanism)
    return rows.select_related("unit__organization", "unit__task").order_by("pk")


def _open(city: City, diary: Diary, at: datetime) -> None:
    known = set(_terms(city).values_list("pk", flat=True))
    open_terms(on=at.date())
    _enter_reports(city, diary, (one for one in _terms(city) if one.pk not in known), at.date())


def _enter_reports(city: City, diary: Diary, terms: Iterable[TaskTerm], on: date) -> None:
    """A unit reports some days before its report is due; the slow one once it was urged."""
    for term in terms:
        key = term.unit.organization.key
        if key not in SAID:
            continue
        after = timedelta(days=-6)
        if key == SLOW:
            after = timedelta(days=REPORTED_AFTER)
            urged = city.workday(max(term.due_on + timedelta(days=URGED_AFTER), on))
            diary.enter(urged, "15:00", partial(_urge, city, term.pk))
        day = city.workday(max(term.due_on + after, on))
        diary.enter(day, "10:50", partial(_report, city, diary, term.pk))


def _report(city: City, diary: Diary, pk: int, at: datetime) -> None:
    term = TaskTerm.objects.select_related("unit__organization", "unit__task").get(pk=pk)
    if term.state != TermState.OPEN:
        return
    key, targets = term.unit.organization.key, term.unit.task.targets
    given = progress.report(
        pk,
        actor=city.clerk(key),
        at=at,
        text=SAID[key],
        values=[100.0 if one["at_least"] == 100 else one["at_least"] + 3 for one in targets],
        done=term.kind == "due",
        files=[evidence(f"{term.name}进展佐证", ["一、工作情况", "二、统计表"])],
        declared=True,
    )
    again = term.again_by is None and key == RETURNED and term.unit.task.number == 1
    deed = _send_back if again else _accept
    day = city.workday(at.date(), 3)
    diary.enter(day, "09:40", lambda at: deed(city, diary, given.pk, at))


def _accept(city: City, _diary: Diary, pk: int, at: datetime) -> None:
    progress.accept(pk, actor=city.clerk("justice"), at=at)


def _send_back(city: City, diary: Diary, pk: int, at: datetime) -> None:
    again = city.workday(at.date(), 7)
    reason = "没有附检查清单，请补充后重新报送。"
    officer = city.clerk("justice")
    given = progress.send_back(pk, actor=officer, at=at, reason=reason, again_by=again)
    diary.enter(again, "11:10", lambda at: _report(city, diary, given.term_id, at))


def _urge(city: City, pk: int, at: datetime) -> None:
    due_on = city.workday(at.date(), 10)
    letters.supervise(pk, actor=city.clerk("justice"), at=at, due_on=due_on)


def _split(city: City, at: datetime) -> None:
    found = TaskList.objects.get(mechanism=city.mechanism)
    tasks.split(found.tasks.get(number=3).pk, actor=city.clerk("justice"), at=at)


def _find(city: City, diary: Diary, words: issues.Found, at: datetime) -> None:
    found_by: User = city.clerk("justice")
    entry = issues.enter(
        city.mechanism, actor=found_by, at=at, found_by=city.units["justice"], words=words
    )
    if entry.cause in RECTIFIED:
        day = city.workday(at.date(), RECTIFIED[entry.cause])
        diary.enter(day, "15:30", lambda at: _rectify(city, diary, entry.pk, words, at))


def _rectify(city: City, diary: Diary, pk: int, words: issues.Found, at: datetime) -> None:
    issues.rectify(
        pk,
        actor=city.clerk(words.organization.key),
        at=at,
        measures="已对照问题逐项整改，修订内部流程，并组织执法人员学习。",
        rectified_on=at.date(),
        files=[evidence("整改情况报告", ["一、问题", "二、整改措施", "三、整改结果"])],
        declared=True,
    )
    if words.cause in VERIFIED:
        day = city.workday(at.date(), 5)
        diary.enter(day, "10:15", lambda at: _verify(city, pk, at))


def _verify(city: City, pk: int, at: datetime) -> None:
    issues.verify(pk, actor=city.clerk("justice"), at=at, remark="经查阅案卷，已整改到位。")
