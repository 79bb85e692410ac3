"""Every time limit of the law table; every expected day is counted by hand from the notices."""

from datetime import date
from itertools import pairwise

import pytest

from foundations.access.errors import RuleBroken
from foundations.calendars.periods import Length, Pause, Unit
from foundations.calendars.working_days import get_calendar
from services.deadlines.reckoning import Case, answer
from services.deadlines.rules import Override, law

WRITTEN = """
SJ-REPLY SJ-COPY SJ-ND-REPLY JC-REPLY JC-GY JC-GY-U JC-OBJ JC-ZS YJ-REPLY
FY-APPLY FY-ACCEPT FY-BZ-NOTE FY-BZ FY-FWD FY-SEND FY-ANS FY-SEND-S FY-ANS-S FY-HEAR FY-DEC
FY-DEC-S FY-ND-OWN FY-ND-FWD FY-ND-ASK FY-ND-ASK-B FY-ND-RET FY-ZZ FY-OPN FY-SUGG FY-SUE
FY-SUE-OD FY-SUE-PRE FY-PERF-REP FY-VISIT-A FY-VISIT-B
XS-SUE XS-BZW XS-BZW-B XS-EXT XS-LA XS-SEND XS-ANS XS-ANS2 XS-JX XS-PLAN XS-CP XS-CT XS-1 XS-1S
XS-APP-J XS-APP-R XS-APP-ANS XS-2 XS-RE XS-RE-REV XS-ND XS-EXE
FS-APPLY FS-CUI FS-ACC FS-ACC-B FS-ACC-C FS-DEC FS-DEC-B FS-DEC-C FS-FY FS-FY-B
TJ-PRE TJ-IN TJ-IN-B TJ-ACK TJ-SFQR TJ-PERF
XK-REPLY XK-BZ XK-3P
MT-REG MT-YR YR-Q1 YR-WP YR-DY YR-PC YR-PC-B YR-PC-C YR-PC-D MO-JP YR-XF YR-XF-B YR-XF-C
"""
KEYS = WRITTEN.split()

EXTENDED = {"extended": True}

# key, trigger, what else, where the count ends, last day in time, source
COUNTED = [
    ("SJ-REPLY", "2025-12-31", {}, "2026-02-28", "2026-02-28", "法释〔2023〕11号 8"),
    ("SJ-REPLY", "2026-08-31", {"length": 1}, "2026-09-30", "2026-09-30", "法释〔2023〕11号 8"),
    ("SJ-COPY", "2026-05-11", {"length": 5}, "2026-05-16", "2026-05-18", "岑法制发〔2018〕1号"),
    ("SJ-ND-REPLY", "2026-04-01", {}, "2026-05-31", "2026-06-01", "行诉解释 149(4)"),
    ("JC-REPLY", "2026-08-01", {}, "2026-10-01", "2026-10-08", "检察建议工作规定 19"),
    ("JC-GY", "2026-05-28", {}, "2026-07-28", "2026-07-28", "公益诉讼解释 21"),
    ("JC-GY-U", "2026-06-05", {}, "2026-06-20", "2026-06-22", "公益诉讼解释 21"),
    ("JC-OBJ", "2026-03-02", {"length": 7}, "2026-03-09", "2026-03-09", "检察建议工作规定 23"),
    ("JC-ZS", "2026-01-05", {}, "2026-04-05", "2026-04-07", "行诉解释 126"),
    ("YJ-REPLY", "2026-03-12", {"length": 30}, "2026-04-11", "2026-04-13", "鼓政〔2020〕20号 26"),
    ("FY-APPLY", "2025-08-08", {}, "2025-10-07", "2025-10-09", "复议法 20, 21"),
    ("FY-ACCEPT", "2025-09-24", {}, "2025-09-30", "2025-09-30", "复议法 30, 88(2)"),
    ("FY-BZ-NOTE", "2026-02-12", {}, "2026-02-26", "2026-02-26", "复议法 31, 88(2)"),
    ("FY-BZ", "2025-12-22", {}, "2026-01-06", "2026-01-06", "复议法 31, 88(2)"),
    ("FY-FWD", "2026-06-17", {}, "2026-06-25", "2026-06-25", "复议法 32, 88(2)"),
    ("FY-SEND", "2026-09-17", {}, "2026-09-28", "2026-09-28", "复议法 48, 88(2)"),
    ("FY-ANS", "2025-09-25", {}, "2025-10-15", "2025-10-15", "复议法 48, 88(2)"),
    ("FY-SEND-S", "2026-04-02", {}, "2026-04-08", "2026-04-08", "复议法 54, 88(2)"),
    ("FY-ANS-S", "2026-04-30", {}, "2026-05-11", "2026-05-11", "复议法 54, 88(2)"),
    ("FY-DEC", "2026-03-02", {}, "2026-05-01", "2026-05-06", "复议法 62"),
    ("FY-DEC", "2026-03-02", EXTENDED, "2026-05-31", "2026-06-01", "复议法 62; D3"),
    ("FY-DEC-S", "2025-12-02", {}, "2026-01-01", "2026-01-04", "复议法 62"),
    ("FY-ND-OWN", "2026-07-02", {}, "2026-08-01", "2026-08-03", "复议法 56, 57"),
    ("FY-ND-FWD", "2026-02-10", {}, "2026-02-26", "2026-02-26", "复议法 56, 57"),
    ("FY-ND-ASK", "2026-06-18", {}, "2026-06-24", "2026-06-24", "复议法 58, 88(2)"),
    ("FY-ND-ASK-B", "2026-09-28", {}, "2026-10-16", "2026-10-16", "复议法 58, 88(2)"),
    ("FY-ND-RET", "2025-11-03", {}, "2026-01-02", "2026-01-04", "复议法 60"),
    ("FY-ZZ", "2026-05-06", {}, "2026-07-05", "2026-07-06", "复议法 41(5)"),
    ("FY-OPN", "2026-08-10", {}, "2026-10-09", "2026-10-09", "复议法 76"),
    ("FY-SUGG", "2026-01-20", {"length": 30}, "2026-02-19", "2026-02-24", "实施条例 57(2)"),
    ("FY-SUE", "2025-09-19", {}, "2025-10-04", "2025-10-09", "行诉法 45"),
    ("FY-SUE-OD", "2026-05-06", {}, "2026-05-21", "2026-05-21", "行诉法 45"),
    ("FY-SUE-PRE", "2026-09-11", {}, "2026-09-26", "2026-09-28", "复议法 34"),
    ("FY-PERF-REP", "2025-01-18", {}, "2025-01-28", "2025-02-05", "银川清单 14"),
    ("FY-VISIT-A", "2026-01-24", {}, "2026-02-23", "2026-02-24", "银川清单 14"),
    ("FY-VISIT-B", "2026-05-08", {}, "2026-05-13", "2026-05-13", "银川清单 14"),
    ("XS-SUE", "2025-08-31", {}, "2026-02-28", "2026-02-28", "行诉法 46"),
    ("XS-BZW", "2026-04-20", {}, "2026-06-20", "2026-06-22", "行诉法 47"),
    ("XS-BZW-B", "2026-06-22", {}, "2026-12-22", "2026-12-22", "行诉解释 66"),
    ("XS-EXT", "2026-09-16", {}, "2026-09-26", "2026-09-28", "行诉法 48"),
    ("XS-LA", "2026-04-27", {}, "2026-05-04", "2026-05-06", "行诉法 51; 行诉解释 53"),
    ("XS-SEND", "2026-09-30", {}, "2026-10-05", "2026-10-08", "行诉法 67"),
    ("XS-ANS", "2026-02-02", {}, "2026-02-17", "2026-02-24", "行诉法 67; 行诉解释 34"),
    ("XS-ANS2", "2026-03-05", {}, "2026-03-10", "2026-03-10", "行诉法 67"),
    ("XS-JX", "2025-04-20", {}, "2025-05-05", "2025-05-06", "行诉解释 10"),
    ("XS-PLAN", "2026-06-04", {"length": 15}, "2026-06-19", "2026-06-22", "宜伍府发〔2024〕4号"),
    ("XS-1", "2025-08-16", {}, "2026-02-16", "2026-02-24", "行诉法 81; D4"),
    ("XS-1S", "2026-08-20", {}, "2026-10-04", "2026-10-08", "行诉法 83; D4"),
    ("XS-APP-J", "2026-10-26", {}, "2026-11-10", "2026-11-10", "行诉法 85"),
    ("XS-APP-R", "2026-06-10", {}, "2026-06-20", "2026-06-22", "行诉法 85"),
    ("XS-APP-ANS", "2026-04-17", {}, "2026-05-02", "2026-05-06", "行诉解释 108"),
    ("XS-2", "2026-06-30", {}, "2026-09-30", "2026-09-30", "行诉法 88"),
    ("XS-RE", "2025-04-04", {}, "2025-10-04", "2025-10-09", "行诉解释 110"),
    ("XS-RE-REV", "2026-03-27", {}, "2026-09-27", "2026-09-28", "行诉解释 112"),
    ("XS-ND", "2025-11-30", {}, "2026-02-28", "2026-02-28", "行诉解释 149"),
    ("XS-EXE", "2024-02-29", {}, "2026-02-28", "2026-02-28", "行诉解释 153"),
    ("FS-APPLY", "2026-07-01", {}, "2026-10-01", "2026-10-08", "强制法 53"),
    ("FS-CUI", "2025-04-24", {}, "2025-05-12", "2025-05-12", "强制法 54, 69"),
    ("FS-ACC", "2026-09-28", {}, "2026-10-10", "2026-10-10", "强制法 56, 69"),
    ("FS-ACC-B", "2026-05-25", {}, "2026-06-09", "2026-06-09", "强制法 56"),
    ("FS-ACC-C", "2026-06-12", {}, "2026-06-27", "2026-06-29", "强制法 56"),
    ("FS-DEC", "2025-09-29", {}, "2025-10-15", "2025-10-15", "强制法 57, 69"),
    ("FS-DEC-B", "2026-01-19", {}, "2026-02-18", "2026-02-24", "强制法 58"),
    ("FS-DEC-C", "2026-12-16", {}, "2026-12-23", "2026-12-23", "强制法 58, 69"),
    ("FS-FY", "2026-08-14", {}, "2026-08-29", "2026-08-31", "强制法 58(3)"),
    ("FS-FY-B", "2026-09-04", {}, "2026-10-04", "2026-10-08", "强制法 58(3)"),
    ("TJ-PRE", "2026-04-02", {}, "2026-05-02", "2026-05-06", "在线调解规则 24; D4"),
    ("TJ-IN", "2026-03-20", {}, "2026-04-04", "2026-04-07", "在线调解规则 24; D4"),
    ("TJ-IN-B", "2026-11-14", {}, "2026-11-21", "2026-11-23", "在线调解规则 24; D4"),
    ("TJ-ACK", "2026-05-07", {}, "2026-05-11", "2026-05-11", "在线调解规则 12"),
    ("TJ-SFQR", "2025-12-04", {}, "2026-01-03", "2026-01-04", "民诉法 205"),
    ("TJ-PERF", "2026-07-10", {"length": 90}, "2026-10-08", "2026-10-08", "宜伍府发〔2024〕4号"),
    ("XK-REPLY", "2026-09-01", {}, "2026-09-29", "2026-09-29", "信息公开条例 33"),
    ("XK-REPLY", "2026-09-01", EXTENDED, "2026-11-02", "2026-11-02", "信息公开条例 33"),
    ("XK-BZ", "2026-02-11", {}, "2026-02-27", "2026-02-27", "信息公开条例 30"),
    ("XK-3P", "2025-12-18", {}, "2026-01-09", "2026-01-09", "信息公开条例 32"),
    ("MT-REG", "2026-08-05", {}, "2026-10-05", "2026-10-08", "伊市政办〔2023〕136号 三（一）"),
    ("MT-YR", "2025-05-02", {"length": 12}, "2026-05-02", "2026-05-06", "涵江 2020; 峄城 2024"),
    ("YR-Q1", "2026-02-10", {}, "2026-03-31", "2026-03-31", "岑法制发〔2018〕1号（三）3"),
    ("YR-WP", "2026-01-15", {}, "2026-03-31", "2026-03-31", "岑法制发〔2018〕1号; D5"),
    ("YR-DY", "2026-06-30", {}, "2026-06-30", "2026-06-30", "银川清单 16"),
    ("YR-DY", "2026-07-01", {}, "2026-12-31", "2026-12-31", "银川清单 16"),
    ("YR-PC", "2026-05-20", {}, "2026-12-31", "2026-12-31", "银川清单 25"),
    ("YR-PC-B", "2026-01-01", {}, "2026-12-31", "2026-12-31", "银川清单 24"),
    ("YR-PC-C", "2026-12-31", {}, "2026-12-31", "2026-12-31", "银川清单 29"),
    ("YR-PC-D", "2025-11-03", {}, "2025-12-31", "2025-12-31", "银川清单 24"),
    ("MO-JP", "2026-10-15", {}, "2026-10-31", "2026-10-31", "银川清单 34"),  # a Saturday
    ("MO-JP", "2024-02-01", {}, "2024-02-29", "2024-02-29", "银川清单 34"),
    ("YR-XF", "2023-04-01", {}, "2023-12-31", "2023-12-31", "银川清单 28"),  # a Sunday
    ("YR-XF-B", "2026-08-08", {}, "2026-12-31", "2026-12-31", "银川清单 28"),
    ("YR-XF-C", "2025-02-28", {}, "2025-12-31", "2025-12-31", "银川清单 28"),
]

# key, event, last day, last working day, source
COUNTED_BACK = [
    ("FY-HEAR", "2026-10-13", "2026-09-30", "2026-09-30", "复议法 51, 88(2)"),
    ("XS-CP", "2026-10-09", "2026-10-06", "2026-09-30", "行诉解释 71"),
    ("XS-CT", "2026-04-09", "2026-04-06", "2026-04-03", "法释〔2020〕3号 5"),
]

# key, words of the reason, source
WITHOUT_LENGTH = [
    ("SJ-COPY", "应当与发出建议书同时抄送", "岑法制发〔2018〕1号"),
    ("JC-OBJ", "以检察建议书载明的为准", "检察建议工作规定 23"),
    ("YJ-REPLY", "以意见函载明的期限为准", "鼓政〔2020〕20号"),
    ("FY-SUGG", "以建议书载明的为准", "实施条例 57(2)"),
    ("XS-PLAN", "文件没有规定期限", "宜伍府发〔2024〕4号"),
    ("TJ-PERF", "按协议逐项约定的期限履行", "宜伍府发〔2024〕4号"),
    ("MT-YR", "只规定每年召开一次", "涵江 2020; 峄城 2024"),
]

# key, trigger, nominal end, last day, source: the law before 2024
BEFORE = [
    ("FY-ANS", "2023-12-20", "2023-12-30", "2024-01-02", "复议法（2017）40"),
    ("FY-ANS", "2023-12-31", "2024-01-10", "2024-01-10", "复议法（2017）40"),
    ("FY-ANS", "2024-01-01", "2024-01-15", "2024-01-15", "复议法 48"),
    ("FY-OPN", "2023-11-13", "2024-01-12", "2024-01-12", "实施条例 57"),
    ("FY-APPLY", "2023-11-30", "2024-01-29", "2024-01-29", "复议法（2017）9"),
    ("FY-ACCEPT", "2023-09-28", "2023-10-11", "2023-10-11", "复议法（2017）17, 40(2)"),
    ("FY-SEND", "2023-12-29", "2024-01-10", "2024-01-10", "复议法（2017）23, 40(2)"),
    ("FY-DEC", "2023-12-15", "2024-02-13", "2024-02-18", "复议法（2017）31"),
    ("FY-ND-OWN", "2023-12-01", "2023-12-31", "2024-01-02", "复议法（2017）26, 27"),
    ("FY-ND-FWD", "2023-04-26", "2023-05-09", "2023-05-09", "复议法（2017）26, 27, 40(2)"),
    ("FY-ND-RET", "2023-08-01", "2023-09-30", "2023-10-07", "复议法（2017）26"),
    ("FY-ZZ", "2023-12-12", "2024-02-10", "2024-02-18", "实施条例 42(2)"),
    ("FY-SUE-PRE", "2023-06-07", "2023-06-22", "2023-06-25", "复议法（2017）19"),
]

# those of which the law before 2024 named no such length
NEW_IN_2024 = """
FY-BZ-NOTE FY-BZ FY-FWD FY-SEND-S FY-ANS-S FY-HEAR FY-DEC-S FY-ND-ASK FY-ND-ASK-B
"""


def asked(key, trigger, *, override=None, **case):
    case = Case(date.fromisoformat(trigger), **case)
    return answer(key, case, calendar=get_calendar(), override=override)


def ends(found):
    return str(found.reckoning.nominal_on), str(found.reckoning.due_on)


def rows():
    return [row for found in law().values() for row in found]


def test_every_time_limit_is_there_and_is_tested():
    tested = {row[0] for row in (*COUNTED, *COUNTED_BACK)}

    assert list(law()) == KEYS
    assert tested == set(KEYS)


@pytest.mark.parametrize(("key", "trigger", "case", "nominal", "due", "source"), COUNTED)
def test_the_last_day_by_a_time_limit(db, key, trigger, case, nominal, due, source):
    found = asked(key, trigger, **case)

    assert ends(found) == (nominal, due), source
    assert found.reckoning.latest_working_day is None
    assert not found.reckoning.provisional


@pytest.mark.parametrize(("key", "event", "due", "latest", "source"), COUNTED_BACK)
def test_the_last_day_before_a_hearing(db, key, event, due, latest, source):
    found = asked(key, event)

    assert ends(found) == (due, due), source
    assert str(found.reckoning.latest_working_day) == latest, source


@pytest.mark.parametrize(("key", "words", "source"), WITHOUT_LENGTH)
def test_a_time_limit_without_a_length_says_why(db, key, words, source):
    found = asked(key, "2026-05-11")

    assert found.reckoning is None, source
    assert words in found.why


def test_those_without_a_length_are_all_that_there_are():
    without = [row.key for row in rows() if row.length is None and not row.until]

    assert without == [key for key, _words, _source in WITHOUT_LENGTH]


@pytest.mark.parametrize(("key", "trigger", "nominal", "due", "source"), BEFORE)
def test_an_older_case_follows_the_law_of_its_time(db, key, trigger, nominal, due, source):
    assert ends(asked(key, trigger)) == (nominal, due), source


def test_an_old_case_is_counted_wherever_the_old_law_named_a_length():
    """D-note 1: the 2017 text of the law, and its implementing rules."""
    reconsideration = {row.key for row in rows() if row.group == "行政复议"}
    since = {key for key in reconsideration if law()[key][0].valid_from}

    assert since == set(NEW_IN_2024.split())
    assert {row[0] for row in BEFORE} == {row.key for row in rows() if row.valid_to}


@pytest.mark.parametrize("key", NEW_IN_2024.split())
def test_a_case_before_the_law_known_has_no_day_and_says_so(db, key):
    found = asked(key, "2023-12-31")

    assert found.reckoning is None
    assert "2024年1月1日" in found.why
    assert asked(key, "2024-01-01").reckoning is not None


def test_the_old_law_extended_too(db):
    found = asked("FY-DEC", "2023-09-01", extended=True)  # 60 days end on 10-31

    assert ends(found) == ("2023-11-30", "2023-11-30")
    assert "行政复议机关的负责人批准" in found.rule.extended_if


def test_the_rows_of_a_key_follow_one_another_without_a_gap():
    for found in law().values():
        for old, new in pairwise(found):
            assert (new.valid_from - old.valid_to).days == 1


@pytest.mark.parametrize("rule", rows(), ids=lambda rule: rule.key)
def test_a_row_says_what_a_clerk_must_know(rule):
    assert rule.name
    assert rule.trigger
    assert rule.basis
    assert all(rule.basis)
    assert [bool(rule.length), bool(rule.until), bool(rule.why)].count(True) == 1
    assert rule.per_letter or not rule.why
    assert rule.extended_if or not rule.extension
    assert rule.until in {"", "month", "half_year", "year", "03-31"}


def test_seed_level_limits_are_marked_as_local():
    local = {row.key for row in rows() if row.local}

    assert local == {
        *("SJ-COPY", "FY-PERF-REP", "FY-VISIT-A", "FY-VISIT-B", "XS-PLAN", "TJ-PERF"),
        *("YJ-REPLY", "MT-REG", "MT-YR", "MO-JP"),
        *(key for key in KEYS if key.startswith("YR-")),
    }


# What a clerk must be told beside the day: key, words, source.
TOLD = [
    ("SJ-REPLY", "一般不超过两个月", "T3"),
    ("FY-ACCEPT", "视为受理", "复议法 30"),
    ("FY-APPLY", "最长二十年，其他最长五年", "复议法 21"),
    ("FY-ANS", "视为行政行为没有证据", "复议法 70"),
    ("FY-DEC", "自第六十日起接续计算", "D3"),
    ("FY-PERF-REP", "可在机制配置中改为工作日", "C10, D2"),
    ("XS-SUE", "最长一年", "行诉解释 64"),
    ("XS-BZW", "应当先申请行政复议", "R-6"),
    ("XS-1", "公告、鉴定、调解、中止诉讼", "C8"),
    ("XS-1", "另有计入立案当日的做法", "C9"),
    ("XS-1", "另有不顺延的读法", "D4"),
    ("XS-2", "另有依司法解释第五十条自立案之日起算的读法", "R-8"),
    ("XS-APP-R", "不予立案、驳回起诉、管辖异议", "R-8"),
    ("FS-DEC", "按七个自然日计算的读法", "R-8"),
    ("TJ-SFQR", "以当地解释为准", "R-8"),
    ("YR-WP", "另有1月1日前的读法", "D5"),
]


@pytest.mark.parametrize(("key", "words", "source"), TOLD)
def test_a_doubtful_reading_is_told(key, words, source):
    assert words in law()[key][-1].note, source


# C11, T5: which numbers of days a law means as working days, and which not
WORKING_DAYS = {
    "复议法 88(2)": ("FY-", {3, 5, 7, 10}, {15, 30, 60}),
    "行诉法, 行诉解释": ("XS-", set(), {5, 7, 10, 15, 45, 3}),
    "强制法 69": ("FS-", {5, 7, 10}, {15, 30}),
    "信息公开条例 30, 32, 33": ("XK-", {7, 15, 20}, set()),
    "在线调解规则 12, 24": ("TJ-", {3}, {7, 15, 30}),
}


@pytest.mark.parametrize(
    ("prefix", "working", "calendar"), WORKING_DAYS.values(), ids=WORKING_DAYS
)
def test_each_law_means_its_own_days(prefix, working, calendar):
    lengths = [
        found[-1].length
        for key, found in law().items()
        if key.startswith(prefix) and found[-1].length and not found[-1].local
    ]

    assert {length.n for length in lengths if length.unit == Unit.WORKDAYS} == working
    assert {length.n for length in lengths if length.unit == Unit.DAYS} == calendar


def test_an_institution_changes_the_unit(db):
    """C10: “10日” of a local document, counted in working days where the institution says so."""
    override = Override(Length(10, Unit.WORKDAYS), "银川市司法局解释")
    found = asked("FY-PERF-REP", "2025-01-18", override=override)

    assert ends(found) == ("2025-02-07", "2025-02-07")
    assert found.rule.basis == ("银川市司法局解释",)
    assert found.rule.note == ""


def test_an_institution_adds_its_clause_to_the_law(db):
    found = asked("SJ-REPLY", "2026-03-02", override=Override(Length(45, Unit.DAYS), "制度第八条"))

    assert ends(found) == ("2026-04-16", "2026-04-16")
    assert found.rule.cited.startswith("制度第八条；《最高人民法院")


def test_a_pause_and_an_extension_together(db):
    pause = Pause(date(2026, 3, 10), date(2026, 3, 19))

    assert ends(asked("FY-DEC", "2026-03-02", pauses=(pause,))) == ("2026-05-11", "2026-05-11")
    extended = asked("FY-DEC", "2026-03-02", pauses=(pause,), extended=True)
    assert ends(extended) == ("2026-06-10", "2026-06-10")


PAUSE = Pause(date(2026, 3, 10), date(2026, 3, 19))
BACKWARD = Pause(date(2026, 3, 19), date(2026, 3, 10))
FOREVER = Pause(date(2026, 3, 10), date(9999, 12, 31))
# key, what else, code, field
REFUSED = [
    ("XX-1", {}, "unknown_rule", "key"),
    ("FY-DEC", {"length": 30}, "fixed_length", "length"),
    ("YR-PC", {"length": 30}, "fixed_length", "length"),
    ("SJ-REPLY", {"length": 0}, "length_range", "length"),
    ("SJ-REPLY", {"length": 241}, "length_range", "length"),
    ("FY-SUGG", {"length": -5}, "length_range", "length"),
    ("JC-GY", {"extended": True}, "not_extendable", "extended"),
    ("YR-PC", {"extended": True}, "not_extendable", "extended"),
    ("FY-HEAR", {"pauses": (PAUSE,)}, "not_paused", "pauses"),
    ("YR-PC", {"pauses": (PAUSE,)}, "not_paused", "pauses"),
    ("FY-DEC", {"pauses": (BACKWARD,)}, "pause_order", "pauses"),
    ("FY-DEC", {"pauses": (FOREVER,)}, "day_range", "pauses"),
]


@pytest.mark.parametrize(("key", "case", "code", "field"), REFUSED)
def test_what_a_time_limit_does_not_have_is_refused(db, key, case, code, field):
    with pytest.raises(RuleBroken) as refused:
        asked(key, "2026-03-02", **case)

    assert (refused.value.code, refused.value.field) == (code, field)


@pytest.mark.parametrize("trigger", ["0001-01-02", "1989-12-31", "2101-01-01", "9999-12-31"])
@pytest.mark.parametrize("key", ["FY-HEAR", "FY-DEC", "XS-EXE", "MO-JP"])
def test_a_day_that_nobody_means_is_refused(db, key, trigger):
    with pytest.raises(RuleBroken) as refused:
        asked(key, trigger)

    assert (refused.value.code, refused.value.field) == ("day_range", "trigger")


def test_the_longest_length_of_a_letter_is_taken(db):
    assert ends(asked("SJ-REPLY", "2006-03-02", length=240)) == ("2026-03-02", "2026-03-02")


def test_an_extension_without_a_number_is_told_when_it_is_asked_for(db):
    unnumbered = [row for row in rows() if row.extended_if and not row.extension]

    assert [row.key for row in unnumbered] == [
        *("FY-BZ", "XS-ANS", "XS-1", "XS-2", "XS-RE-REV", "TJ-PRE", "TJ-IN", "TJ-IN-B"),
    ]
    for row in unnumbered:
        with pytest.raises(RuleBroken) as refused:
            asked(row.key, "2026-03-02", extended=True)
        assert refused.value.message == row.extended_if
