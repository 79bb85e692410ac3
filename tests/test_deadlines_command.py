"""`manage.py due_date` as a clerk or a script asks it; days are counted by hand."""

import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from mechanisms.models import MechanismVersion
from services.deadlines.rules import law
from tests.profiles import PROFILES


def said(key: str, trigger: str, *more: str) -> str:
    out = io.StringIO()
    call_command("due_date", key, "--trigger", trigger, *more, stdout=out)
    return out.getvalue()


def asked(key: str, trigger: str, *more: str) -> dict:
    return json.loads(said(key, trigger, "--format", "json", *more))


def ends(answer: dict) -> tuple:
    return answer["nominal_on"], answer["due_on"], answer["latest_working_day"]


# key, trigger, what else, where the count ends, last day, last working day
ANSWERS = [
    ("SJ-REPLY", "2026-08-01", "", "2026-10-01", "2026-10-08", None),
    ("sj-reply", "2026-08-31", "--length 1", "2026-09-30", "2026-09-30", None),
    ("FY-DEC", "2026-03-02", "--extended", "2026-05-31", "2026-06-01", None),
    ("FY-DEC", "2026-03-02", "--pause 2026-03-10..2026-03-19", "2026-05-11", "2026-05-11", None),
    (
        "FY-DEC",
        "2026-03-02",
        "--pause 2026-04-01..2026-04-03 --pause 2026-03-10..2026-03-19",
        *("2026-05-14", "2026-05-14", None),
    ),
    ("XS-LA", "2025-06-02", "", "2025-06-09", "2025-06-09", None),
    ("XS-LA", "2025-06-02", "--region 65", "2025-06-09", "2025-06-11", None),
    ("XS-LA", "2025-06-02", "--region 42", "2025-06-09", "2025-06-09", None),
    ("XS-CP", "2026-10-09", "", "2026-10-06", "2026-10-06", "2026-09-30"),
    ("FY-HEAR", "2026-10-13", "", "2026-09-30", "2026-09-30", "2026-09-30"),
    ("YR-DY", "2026-07-01", "", "2026-12-31", "2026-12-31", None),
    ("FY-ANS", "2023-12-29", "", "2024-01-08", "2024-01-08", None),
    ("JC-OBJ", "2026-08-01", "", None, None, None),
]


@pytest.mark.parametrize(("key", "trigger", "more", "nominal", "due", "latest"), ANSWERS)
def test_the_command_computes_a_last_day(db, key, trigger, more, nominal, due, latest):
    answer = asked(key, trigger, *more.split())

    assert ends(answer) == (nominal, due, latest)
    assert answer["key"] == key.upper()
    assert answer["provisional"] is False
    assert answer["basis"]
    assert bool(answer["steps"]) is bool(due)
    assert bool(answer["why"]) is not bool(due)


@pytest.mark.parametrize("key", law())
def test_every_key_answers_in_both_formats(db, key):
    answer = asked(key, "2026-08-03")

    text = said(key, "2026-08-03")
    assert answer["sentence"] in text
    assert (answer["due_on"] is None) is bool(answer["why"])


def test_a_trigger_to_come_is_computed_and_marked_provisional(db):
    answer = asked("FY-ACCEPT", "2031-03-03")

    assert (answer["due_on"], answer["provisional"]) == ("2031-03-10", True)
    assert "节假日安排未发布，暂按周末推算" in answer["notes"]


# the institution, a limit of 7 days from 2025-06-02, whether its region has days of its own
INSTITUTIONS = [
    ("yining", "2025-06-11", "计入新疆地方假日"),
    ("gulou", "2025-06-09", ""),
    ("wujiagang", "2025-06-09", ""),
    ("cenxi", "2025-06-09", "计入广西地方假日"),
    ("yinchuan", "2025-06-09", "计入宁夏地方假日"),
]


@pytest.mark.parametrize(("name", "due", "region"), INSTITUTIONS)
def test_an_institution_brings_the_holidays_of_its_region(db, name, due, region):
    call_command("load_profile", PROFILES / f"{name}.yaml", stdout=io.StringIO())

    answer = asked("XS-LA", "2025-06-02", "--mechanism", name)

    assert answer["due_on"] == due
    assert region in " ".join(answer["notes"])
    assert asked("XS-LA", "2025-06-02", "--mechanism", name, "--region", "65")["due_on"] == (
        "2025-06-11"
    )


def test_an_institution_brings_its_own_lengths(city):
    version = MechanismVersion.objects.get(mechanism=city.mechanism)
    own = [{"key": "FY-PERF-REP", "length": "10 workdays"}]
    MechanismVersion.objects.update(source={**version.source, "deadlines": own})

    answer = asked("FY-PERF-REP", "2025-01-18", "--mechanism", city.mechanism.key)

    assert answer["due_on"] == "2025-02-07"
    assert asked("FY-PERF-REP", "2025-01-18")["due_on"] == "2025-02-05"


# key, trigger, what else, words of the refusal
REFUSED = [
    ("SJ-REPLYY", "2026-08-01", "", "没有编号为 SJ-REPLYY 的期限规则；相近的有：SJ-REPLY"),
    ("TJ-IN-A", "2026-08-01", "", "相近的有：TJ-IN-B、TJ-IN。"),
    ("QQ", "2026-08-01", "", "没有编号为 QQ 的期限规则。"),
    ("FY-DEC", "2026-02-30", "", "“2026-02-30”不是有效日期"),
    ("FY-DEC", "明天", "", "“明天”不是有效日期"),
    ("FY-DEC", "1989-12-31", "", "1990"),
    ("FY-DEC", "2026-08-01", "--region 99", "“99”不是省级地区代码"),
    ("FY-DEC", "2026-08-01", "--region 650000", "“650000”不是省级地区代码"),
    ("FY-DEC", "2026-08-01", "--mechanism nowhere", "没有名为“nowhere”的机制；还没有载入任何机制"),
    ("FY-DEC", "2026-08-01", "--pause 2026-08-09..2026-08-03", "停算"),
    ("FY-DEC", "2026-08-01", "--pause 2026-08-09", "2026-11-01..2026-11-10"),
    ("FY-DEC", "2026-08-01", "--pause 2026-08-09..x", "“x”不是有效日期"),
    ("FY-DEC", "2026-08-01", "--length 30", "由规定确定"),
    ("SJ-REPLY", "2026-08-01", "--length 0", "240"),
    ("SJ-REPLY", "2026-08-01", "--length 两个月", "“两个月”不是有效的期限长度"),
    ("JC-GY", "2026-08-01", "--extended", "延长"),
    ("XS-1", "2026-08-01", "--extended", "高级人民法院批准"),
    ("XS-CP", "2026-08-12", "--pause 2026-08-03..2026-08-04", "停算"),
]


@pytest.mark.parametrize(("key", "trigger", "more", "words"), REFUSED)
def test_what_can_not_be_computed_is_refused_in_a_sentence(db, key, trigger, more, words):
    with pytest.raises(CommandError) as refused:
        asked(key, trigger, *more.split())

    assert words in str(refused.value)
    assert refused.value.returncode == 1


# the institution, its cadence of regular meetings in months, the clause that says so
CADENCES = [
    ("yining", "2026-07-01", "联席会议制度（试行）》三（一）"),
    ("gulou", None, "良性互动机制的意见》二（二）"),
]


@pytest.mark.parametrize(("name", "due", "basis"), CADENCES)
def test_the_clause_of_an_institution_stands_in_for_that_of_another(db, name, due, basis):
    call_command("load_profile", PROFILES / f"{name}.yaml", stdout=io.StringIO())

    answer = asked("MT-REG", "2026-05-01", "--mechanism", name)

    assert answer["due_on"] == due
    assert len(answer["basis"]) == 1
    assert answer["basis"][0].endswith(basis)


def test_an_unknown_institution_is_told_with_those_that_are_loaded(city):
    with pytest.raises(CommandError, match="已载入的有：testing"):
        asked("FY-DEC", "2026-08-01", "--mechanism", "nowhere")


# the whole text as it is read, line by line
READ = {
    "rolled": (
        ("SJ-ND-REPLY", "2026-08-02"),
        [
            "SJ-ND-REPLY  规范性文件司法建议书面答复",
            "自2026年8月2日 星期日起 60 日，届满日2026年10月1日 星期四为国庆节，"
            "顺延至2026年10月8日 星期四止。",
            "  起算事由：2026年8月2日 星期日（制定机关收到司法建议）",
            "  自次日起算：2026年8月3日 星期一",
            "  60 日届满：2026年10月1日 星期四，国庆节",
            "  顺延至工作日：2026年10月8日 星期四，当日 24 时止",
            "依据：《最高人民法院关于适用〈中华人民共和国行政诉讼法〉的解释》第一百四十九条第四款",
        ],
    ),
    "paused and extended": (
        ("FY-DEC", "2026-03-02", "--extended", "--pause", "2026-02-25..2026-03-06"),
        [
            "FY-DEC  行政复议决定（普通程序）",
            "自2026年3月2日 星期一起 60 日（扣除停算 4 日），延长 30 日，"
            "至2026年6月4日 星期四止。",
            "  起算事由：2026年3月2日 星期一（受理行政复议申请）",
            "  自次日起算：2026年3月3日 星期二",
            "  60 日届满：2026年5月1日 星期五",
            "  2026年2月25日 星期三至2026年3月6日 星期五停算，扣除 4 日，届满："
            "2026年5月5日 星期二",
            "  延长 30 日，届满：2026年6月4日 星期四",
            "  截止日：2026年6月4日 星期四，当日 24 时止",
            "依据：《中华人民共和国行政复议法》第六十二条",
        ],
    ),
    "backward": (
        ("XS-CT", "2026-10-09"),
        [
            "XS-CT  行政机关负责人出庭通知书送达",
            "应于2026年10月9日 星期五之前 3 日完成，至2026年10月6日 星期二止；"
            "该日为国庆节，应提前至2026年9月30日 星期三（工作日）办理。",
            "  事项当日（不计入）：2026年10月9日 星期五（开庭）",
            "  倒数 3 日：2026年10月6日 星期二，国庆节",
            "  最迟工作日：2026年9月30日 星期三",
            "依据：《最高人民法院关于行政机关负责人出庭应诉若干问题的规定》"
            "（法释〔2020〕3号）第五条",
        ],
    ),
    "of a year, and over": (
        ("YR-WP", "2026-05-02"),
        [
            "YR-WP  抄送行政审判白皮书",
            "2026 年度的事项，至2026年3月31日 星期二止。",
            "  所属期间：2026 年度（2026年5月2日 星期六所在）",
            "  截止日：2026年3月31日 星期二，当日 24 时止",
        ],
    ),
    "of a half-year": (
        ("YR-DY", "2026-07-01"),
        ["YR-DY  半年调研", "2026 年下半年的事项，至2026年12月31日 星期四止。"],
    ),
    "of a month": (
        ("MO-JP", "2026-10-15"),
        ["MO-JP  业务指导和讲评", "2026 年 10 月的事项，至2026年10月31日 星期六止。"],
    ),
    "several articles": (
        ("FY-ACCEPT", "2026-08-03"),
        [
            "FY-ACCEPT  行政复议申请审查",
            "自2026年8月3日 星期一起 5 个工作日，至2026年8月10日 星期一止。",
            "  起算事由：2026年8月3日 星期一（行政复议机关收到申请）",
            "  自次日起算：2026年8月4日 星期二",
            "  5 个工作日届满：2026年8月10日 星期一",
            "  截止日：2026年8月10日 星期一，当日 24 时止",
            "依据：《中华人民共和国行政复议法》第三十条、第八十八条第二款",
        ],
    ),
}


@pytest.mark.parametrize(("question", "lines"), READ.values(), ids=READ)
def test_the_answer_reads_as_a_clerk_would_write_it(db, question, lines):
    assert said(*question).splitlines()[: len(lines)] == lines


def test_the_condition_of_an_extension_is_told_with_it(db):
    told = "延长的条件：情况复杂，经行政复议机构的负责人批准"

    assert told in said("FY-DEC", "2026-03-02", "--extended")
    assert told not in said("FY-DEC", "2026-03-02")


def test_a_pause_without_effect_is_told(db):
    answer = asked("FY-DEC", "2026-03-02", "--pause", "2026-01-05..2026-01-09")

    assert answer["due_on"] == asked("FY-DEC", "2026-03-02")["due_on"]
    assert any("停算不影响结果" in note for note in answer["notes"])


# key, trigger, what a count of working days passed over and what it counted
PASSED = [
    (
        "FY-ACCEPT",
        "2026-02-11",
        ["休假不计入工作日：春节（2月15日至2月23日）", "补班日计入工作日：2月14日"],
    ),
    (
        "FY-HEAR",
        "2026-10-09",
        ["休假不计入工作日：中秋节（9月25日至9月27日）、国庆节（10月1日至10月7日）"],
    ),
    ("FY-ACCEPT", "2026-11-02", []),
    ("SJ-REPLY", "2026-01-15", []),
]


@pytest.mark.parametrize(("key", "trigger", "told"), PASSED)
def test_a_count_of_working_days_names_the_holidays_in_it(db, key, trigger, told):
    notes = asked(key, trigger)["notes"]
    assert [note for note in notes if "计入工作日" in note] == told
