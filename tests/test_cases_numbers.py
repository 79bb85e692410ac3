"""Case numbers as they are typed, copied and scanned. Each row names where it comes from:
N1-N9 are the rules of 案号 and 文号 by which the parser was written."""

import json
import random
from datetime import date
from io import StringIO

import pytest
import time_machine
from django import forms
from django.core.management import call_command

from cases.models import CourtCode
from cases.numbers.courts import known_courts, seed_courts
from cases.numbers.fields import CaseNumberField, notices
from cases.numbers.parsing import parse_number
from cases.numbers.signs import DOCUMENT, PROVINCES
from cases.numbers.types import codes, near_types
from cases.states import Kind
from foundations.access.forms import PortalForm

TODAY = date(2026, 11, 22)
COURTS = {row["code"]: row["name"] for row in known_courts()}
WUJIAGANG = "湖北省宜昌市伍家岗区人民法院"
RIGHT = "（2026）鄂0503行初12号"


def read(text, courts=COURTS, on=TODAY):
    return parse_number(text, courts, on=on)


AS_IT_IS = [
    ("N1 a basic court", RIGHT, "court"),
    ("N1 an intermediate court", "（2024）鄂05行终3号", "court"),
    ("N1 a high court has no figures", "（2024）鄂行申7号", "court"),
    ("N1 the supreme court", "（2024）最高法行申12号", "court"),
    ("N2 the supreme court's IP tribunal", "（2024）最高法知行终1号", "court"),
    ("N1 a later ruling", "（2024）鄂0503行初12号之一", "court"),
    ("N1 a much later ruling", "（2024）鄂0503行初12号之二十一", "court"),
    ("N2 a railway court", "（2024）鄂7101行初4号", "court"),
    ("N2 a branch of the high court", "（2024）新40行终5号", "court"),
    ("N3 the state's pre-trial mediation", "（2024）鄂0503行诉前调7号", "court"),
    ("N3 Wujiagang's own word", "（2024）鄂0503行调7号", "court"),
    ("N3 jurisdiction on appeal", "（2024）宁01行辖终2号", "court"),
    ("N3 compensation", "（2024）桂0481行赔初1号", "court"),
    ("N3 enforcement of agencies' acts", "（2024）豫0204行审9号", "court"),
    ("N3 enforcement of a high court", "（2024）鄂执12号", "court"),
    ("N5 Yining", "伊市政复〔2024〕12号", "reconsideration"),
    ("N5 Yinchuan", "银政复决字〔2024〕8号", "reconsideration"),
    ("N5 Yichang", "宜府复〔2024〕5号", "reconsideration"),
    ("N5 not accepted", "伊市政复不受字〔2024〕3号", "reconsideration"),
    ("N5 mediated", "伊市政复调〔2024〕3号", "reconsideration"),
    ("N5 opinion letter", "伊市政复意〔2024〕1号", "reconsideration"),
    ("N5 a local word", "宜府复催告〔2024〕1号", "reconsideration"),
    ("N6 of a court", "宜伍法建〔2024〕3号", "suggestion"),
    ("N6 of a procuratorate", "银检行公建〔2024〕12号", "suggestion"),
    ("N6 on unlawful acts", "银检行违监〔2024〕2号", "suggestion"),
    ("N6 a paper", "伊市政办〔2023〕136号", "document"),
    ("N6 a paper with a short code", "鼓政〔2020〕20号", "document"),
    ("N6 a paper of the party's office", "岑法制发〔2018〕1号", "document"),
    ("N9 the register", "宜伍争〔2024〕0012", "internal"),
]


@pytest.mark.parametrize(("why", "text", "series"), AS_IT_IS, ids=[row[0] for row in AS_IT_IS])
def test_what_is_right_stays(why, text, series):
    found = read(text)

    assert (found.verdict, found.normalized, found.series) == ("valid", text, series)
    assert found.hint == ("这是本平台的争议登记号，不是法院案号。" if series == "internal" else "")


PUT_RIGHT = [
    ("N1 half-width brackets", "(2026)鄂0503行初12号", RIGHT, "案号的年份用（ ）"),
    ("N7 brackets of papers", "〔2026〕鄂0503行初12号", RIGHT, "案号的年份用（ ）"),
    ("N7 square brackets", "[2026]鄂0503行初12号", RIGHT, "案号的年份用（ ）"),
    ("N7 full-width square", "［2026］鄂0503行初12号", RIGHT, "案号的年份用（ ）"),
    ("N7 lenticular", "【2026】鄂0503行初12号", RIGHT, "案号的年份用（ ）"),
    ("N7 hollow lenticular", "〖2026〗鄂0503行初12号", RIGHT, "案号的年份用（ ）"),
    ("N7 braces", "{2026}鄂0503行初12号", RIGHT, "案号的年份用（ ）"),
    ("N7 angle", "〈2026〉鄂0503行初12号", RIGHT, "案号的年份用（ ）"),
    ("N7 two kinds", "（2026〕鄂0503行初12号", RIGHT, "案号的年份用（ ）"),
    ("N7 with 年", "（2026年）鄂0503行初12号", RIGHT, "案号的年份用（ ）"),
    ("N7 round in a paper", "伊市政复（2024）12号", "伊市政复〔2024〕12号", "公文的年份用〔 〕"),
    ("N7 square in a paper", "宜伍法建[2024]3号", "宜伍法建〔2024〕3号", "公文的年份用〔 〕"),
    ("N1 字第", "（2026）鄂0503行初字第12号", RIGHT, "2016年起的案号不写“字”“第”"),
    ("N1 第 alone", "（2026）鄂0503行初第12号", RIGHT, "2016年起的案号不写“字”“第”"),
    ("N3 Wujiagang's 行调字", "（2026）鄂0503行调字第7号", "（2026）鄂0503行调7号", "“字”“第”"),
    ("N1 zeros", "（2026）鄂0503行初0012号", RIGHT, "序号不补零"),
    ("N1 no 号", "（2026）鄂0503行初12", RIGHT, "补上“号”"),
    ("N1 suffix in figures", "（2026）鄂0503行初12号之1", f"{RIGHT}之一", "后缀写在“号”后"),
    ("N1 suffix before 号", "（2026）鄂0503行初12之一号", f"{RIGHT}之一", "后缀写在“号”后"),
    ("N1 suffix 之12", "（2026）鄂0503行初12号之12", f"{RIGHT}之十二", "后缀写在“号”后"),
    ("typed with spaces", "（2026） 鄂0503 行初 12 号", RIGHT, "去掉空格和不可见字符"),
    ("pasted from a page", "（2026）\u200b鄂0503\u00a0行初12号", RIGHT, "去掉空格和不可见字符"),
    ("pasted with a mark of order", "\ufeff（2026）鄂0503行初12号", RIGHT, "不可见字符"),
    ("full-width figures", "（２０２６）鄂０５０３行初１２号", RIGHT, "全角数字"),
    ("pasted from a PDF", "（2026）鄂0503⾏初12号", RIGHT, "部首符号"),
    ("old form of 号", "（2026）鄂0503行初12號", RIGHT, "改为常用字符"),
    ("Chinese year", "（二〇二六）鄂0503行初12号", RIGHT, "年份用阿拉伯数字"),
    ("Chinese year with a circle", "（二○二六）鄂0503行初12号", RIGHT, "年份用阿拉伯数字"),
    ("Chinese year with 零", "（二零二六）鄂0503行初12号", RIGHT, "年份用阿拉伯数字"),
    ("Chinese year with O", "（二O二六）鄂0503行初12号", RIGHT, "年份用阿拉伯数字"),
    ("O in the year", "（2O26）鄂0503行初12号", RIGHT, "误作字母的数字改回数字"),
    ("O in the court", "（2026）鄂O5O3行初12号", RIGHT, "误作字母的数字改回数字"),
    ("l in the ordinal", "（2026）鄂0503行初l2号", RIGHT, "误作字母的数字改回数字"),
    ("I alone", "（2026）鄂0503行初I号", "（2026）鄂0503行初1号", "误作字母的数字改回数字"),
    ("with its label", "案号：（2026）鄂0503行初12号", RIGHT, "去掉编号前后的文字"),
    ("with its paper", "（2026）鄂0503行初12号行政判决书", RIGHT, "去掉编号前后的文字"),
    ("with a full stop", "（2026）鄂0503行初12号。", RIGHT, "去掉编号前后的文字"),
    ("N8 bracket lost", "岑法制发〔20181", "岑法制发〔2018〕1号", "补全年份的括号；补上“号”"),
    ("N8 bracket read as l", "岑法制发〔2018l1号", "岑法制发〔2018〕1号", "补全年份的括号"),
    ("N8 bracket read as 1", "（20261鄂0503行初12号", RIGHT, "补全年份的括号"),
    ("N8 second bracket lost", "（2026鄂0503行初12号", RIGHT, "补全年份的括号"),
    ("N8 first bracket lost", "2026）鄂0503行初12号", RIGHT, "补全年份的括号"),
    ("N8 both lost", "2026鄂0503行初12号", RIGHT, "补全年份的括号"),
    ("N8 first lost in a paper", "伊市政复2024〕12号", "伊市政复〔2024〕12号", "补全年份的括号"),
    (
        "F8 第 in a paper",
        "银政复决字〔2024〕第08号",
        "银政复决字〔2024〕8号",
        "不写“第”；序号不补零",
    ),
    ("N9 wrong bracket", "宜伍争(2024)0012", "宜伍争〔2024〕0012", "争议登记号，不是法院案号"),
]


@pytest.mark.parametrize(
    ("why", "typed", "right", "words"), PUT_RIGHT, ids=[row[0] for row in PUT_RIGHT]
)
def test_a_slip_is_put_right_and_told(why, typed, right, words):
    found = read(typed)

    assert (found.verdict, found.normalized) == ("fixed", right)
    assert found.hint.startswith(f"已改为“{right}”：")
    assert words in found.hint
    assert read(right).parts == found.parts


OLDER = [
    ("N4 as it was", "（2014）伍行初字第12号", "（2014）伍行初字第12号", "legacy"),
    ("N4 brackets", "(2014)伍行初字第12号", "（2014）伍行初字第12号", "legacy"),
    ("N4 zeros stay", "（2014）伍行初字第0012号", "（2014）伍行初字第0012号", "legacy"),
    ("N4 several papers", "（2013）一中行终字第12-1号", "（2013）一中行终字第12-1号", "legacy"),
    ("N4 of a high court", "（2015）鄂行申字第7号", "（2015）鄂行申字第7号", "legacy"),
    ("N6 司建", "（2024）鄂0503司建3号", "（2024）鄂0503司建3号", "suggestion"),
    ("N6 司建 in wrong brackets", "〔2024〕鄂0503司建3号", "（2024）鄂0503司建3号", "suggestion"),
    ("N6 without a year", "宜伍法建字第3号", "宜伍法建字第3号", "suggestion"),
]


@pytest.mark.parametrize(("why", "typed", "kept", "series"), OLDER, ids=[r[0] for r in OLDER])
def test_older_styles_are_known_and_kept(why, typed, kept, series):
    found = read(typed)

    assert (found.verdict, found.normalized, found.series) == ("legacy", kept, series)
    assert bool(found.hint) == (typed != kept)


REFUSED = [
    ("nothing", "", "这不是案号；法院案号写作“（2026）鄂0503行初12号”"),
    ("words", "某案", "这不是案号"),
    ("N8 a span of years", "(20152020年)", "这不是案号"),
    ("N8 a day", "201843日", "这不是案号"),
    ("a book", "鄂" * 300, "这不是案号"),
    ("N1 no year", "鄂0503行初12号", "缺少年份"),
    ("N7 year elsewhere", "鄂0503行初(2026)012", f"请写作“{RIGHT}”"),
    ("N7 year behind the court", "鄂0503（2026）行初12号", f"请写作“{RIGHT}”"),
    ("N1 too early", "（2014）鄂0503行初12号", "从 2016 年起使用，2014 年的案号写法"),
    ("N1 the last year without", "（2015）鄂0503行初12号", "2015 年的案号写法"),
    ("N4 the old style too late", "（2017）伍行初字第12号", "“伍”不是法院代字"),
    ("to come", "（2027）鄂0503行初12号", "2027 年还没有到"),
    ("to come, older style", "（2062）伍行初字第12号", "2062 年还没有到"),
    ("to come, paper", "伊市政复〔2027〕12号", "2027 年还没有到"),
    ("too early, paper", "伊市政复〔1024〕12号", "1024 年过早"),
    ("N2 three figures", "（2026）鄂050行初12号", "有 3 位数字"),
    ("N2 five figures", "（2026）鄂05030行初12号", "有 5 位数字"),
    ("N2 no province", "（2026）某0503行初12号", "“某0503”不是法院代字"),
    ("N3 no such type", "（2026）鄂0503行一12号", "没有“行一”这一类型代字；相近的有“行初”"),
    ("N3 turned round", "（2026）鄂0503初行12号", "相近的有“行初”"),
    ("N3 no type", "（2026）鄂050312号", "法院代字后缺少类型代字"),
    ("N1 no ordinal", "（2026）鄂0503行初号", "末尾缺少序号"),
    ("N1 ordinal in words", "（2026）鄂0503行初十二号", "序号请用阿拉伯数字"),
    ("N1 ordinal zero", "（2026）鄂0503行初0号", "序号从 1 开始"),
    ("N5 ordinal zero", "伊市政复〔2024〕0号", "序号从 1 开始"),
    ("several", "（2026）鄂0503行初12-15号", "请逐个填写"),
    ("several, listed", "（2026）鄂0503行初12、13号", "请逐个填写"),
]


@pytest.mark.parametrize(("why", "typed", "words"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_is_no_number_is_refused_with_a_way_out(why, typed, words):
    found = read(typed)

    assert (found.verdict, found.normalized, found.court) == ("invalid", "", None)
    assert words in found.hint
    assert found.hint.endswith("。")
    assert not found.is_case


def test_the_parts_of_a_courts_number():
    found = read("（2024）鄂0503行赔初12号之二")

    assert found.parts == {
        "series": "court",
        "year": 2024,
        "court_code": "鄂0503",
        "type_code": "行赔初",
        "type_name": "行政赔偿一审",
        "ordinal": 12,
        "suffix": "之二",
    }
    assert found.court == WUJIAGANG


def test_the_parts_of_a_reconsiderations_number():
    assert read("银政复决字〔2024〕8号").parts == {
        "series": "reconsideration",
        "code": "银政复决字",
        "organ": "银政",
        "type_code": "复决",
        "type_name": "行政复议决定书",
        "year": 2024,
        "ordinal": 8,
    }


def test_a_court_that_is_not_in_the_table_is_said_and_not_guessed():
    found = read("（2026）鄂0599行初1号")
    both = read("(2026)鄂0599行初1号")

    assert (found.verdict, found.court) == ("valid", None)
    assert found.hint.startswith("法院代字“鄂0599”不在代字表中")
    assert (both.verdict, both.court) == ("fixed", None)
    assert both.hint.startswith("已改为")
    assert "不在代字表中" in both.hint


def test_a_court_of_the_table_may_break_the_rule():
    own = {"试0199": "试验市人民法院", "兵团9": "某师法院"}

    assert read("（2026）试0199行初1号", own).court == "试验市人民法院"
    assert read("（2026）兵团9行初1号", own).court == "某师法院"
    assert read("（2026）试0199行初1号").verdict == "invalid"


def test_without_a_day_no_year_is_too_late():
    assert read("（2027）鄂0503行初1号", on=None).verdict == "valid"


def test_near_types_are_always_offered():
    assert near_types("行处")[0] == "行初"
    assert len(near_types("")) == len(near_types("某某某")) == 3


def test_only_what_is_beyond_doubt_is_marked_certain():
    certain = {code for code, one in codes().types.items() if one.certain}

    assert certain == {"行初", "行终", "行审", "行赔初"}


def generated(dice):
    """A court's number, its type and suffix as they come."""
    figures = dice.choice(["", f"{dice.randrange(100):02}", f"{dice.randrange(10_000):04}"])
    court = dice.choice([*PROVINCES, "最高法"])
    code = court if court == "最高法" else court + figures
    suffix = dice.choice(["", "", "之一", "之九", "之十", "之十二", "之二十"])
    kind = dice.choice(list(codes().types))
    return f"（{dice.randint(2016, 2026)}）{code}{kind}{dice.randint(1, 99_999)}号{suffix}"


SLIPS = (
    lambda text, dice: text.replace("（", dice.choice("([〔【")).replace(
        "）", dice.choice(")]〕】")
    ),
    lambda text, dice: " ".join(text),
    lambda text, dice: text.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    lambda text, dice: text.replace("号之", "之").replace("号", "") if "之" not in text else text,
    lambda text, dice: f"案号：{text}。",
    lambda text, dice: text.replace("）", "", 1),
    lambda text, dice: text.replace("0", "O"),
    lambda text, dice: text.replace("1", "l"),
)


def test_numbers_survive_the_round_trip_and_every_single_slip():
    dice = random.Random(20261122)
    lost = []
    for _turn in range(400):
        number = generated(dice)
        found = read(number)
        if (found.verdict, found.normalized) != ("valid", number):
            lost.append(number)
        for slip in SLIPS:
            typed = slip(number, dice)
            again = read(typed)
            if (again.normalized, again.parts) != (number, found.parts):
                lost.append(f"{typed} → {again.normalized}")
    assert lost == []


def test_reading_twice_changes_nothing():
    for _why, typed, *_more in [*PUT_RIGHT, *OLDER]:
        first = read(typed)
        again = read(first.normalized)

        assert again.normalized == first.normalized
        assert again.verdict != "fixed"


def test_a_fix_of_papers_is_shared_by_courts():
    """The wording of a slip is one, wherever it happens."""
    assert str(DOCUMENT[1][0]) == "序号不补零"


@pytest.fixture
def courts(db):
    seed_courts(CourtCode)


def said(*arguments):
    out = StringIO()
    with time_machine.travel(TODAY):
        call_command("parse_case_number", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_says_what_a_number_is(courts):
    shown = said("(2026) 鄂0503行初字第12号").splitlines()

    assert shown[:2] == ["识别结果：已改正", f"规范写法：{RIGHT}"]
    assert f"法院：{WUJIAGANG}" in shown
    assert shown[-1].startswith("提示：已改为")


def test_the_command_as_json(courts):
    found = json.loads(said(RIGHT, "--format", "json"))

    assert found == {
        "verdict": "valid",
        "normalized": RIGHT,
        "parts": read(RIGHT).parts,
        "court": WUJIAGANG,
        "hint": "",
    }


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_command_ends_with_1_for_no_number(courts, form, capsys):
    with pytest.raises(SystemExit) as ended, time_machine.travel(TODAY):
        call_command("parse_case_number", "（2027）鄂0503行初1号", "--format", form)

    assert ended.value.code == 1
    shown = capsys.readouterr().out
    assert "2027 年还没有到" in shown
    if form == "json":
        found = json.loads(shown)
        assert (found["verdict"], found["normalized"], found["court"]) == ("invalid", None, None)


class Filing(PortalForm):
    number = CaseNumberField(on=TODAY, label="案号", help_text="法院案号")
    day = forms.DateField()


@pytest.mark.parametrize(
    ("typed", "cleaned", "told"),
    [
        (" (2026)鄂0503行初12号 ", RIGHT, [f"已改为“{RIGHT}”：案号的年份用（ ）。"]),
        (RIGHT, RIGHT, []),
        ("（2014）伍行初字第12号", "（2014）伍行初字第12号", []),
        ("某案", "某案", []),
    ],
)
def test_a_form_puts_a_number_right_and_says_so(courts, typed, cleaned, told):
    form = Filing({"number": typed, "day": "2026-11-22"})

    assert form.is_valid()
    assert form.cleaned_data["number"] == cleaned
    assert notices(form) == told


def test_a_court_that_the_table_does_not_know_is_told(courts):
    form = Filing({"number": "（2026）鄂0599行初1号", "day": "2026-11-22"})

    assert form.is_valid()
    assert "鄂0599" in notices(form)[0]


def test_the_notice_stands_beside_the_field_when_the_form_comes_again(courts):
    form = Filing({"number": "(2026)鄂0503行初12号", "day": ""})
    fresh = Filing()

    assert not form.is_valid()
    assert form["number"].help_text == f"已改为“{RIGHT}”：案号的年份用（ ）。"
    assert fresh["number"].help_text == "法院案号"
    assert notices(fresh) == []


def test_every_type_belongs_to_a_procedure_of_disputes_or_to_none():
    known = {one.procedure for one in codes().types.values()}

    assert known - set(Kind.values) == {"other"}
