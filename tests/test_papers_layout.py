"""GB/T 9704-2012, measured on the finished PDF (mm from the upper left corner)."""

import random
from collections import defaultdict
from io import BytesIO
from itertools import pairwise

import pdfplumber
import pytest

from services.documents.rendering import fonts, papers, pdf
from services.documents.rendering.compose import CELL, compose, width
from services.documents.rendering.titles import title_lines
from services.documents.templatetags.papers import sentence
from tests.papers import CONTEXTS, DOTTED, MINUTES, NOTICE, RARE
from tests.printed import opened, text_of

MM = 25.4 / 72
HANZI = "依法行政促进公正司法监督支持并重争议实质化解程序合法证据充分适用正确"


def lines_of(page) -> dict[float, list[dict]]:
    """Characters by baseline, those outside the text area (folios) left out."""
    rows = defaultdict(list)
    for char in page.chars:
        baseline = (float(page.height) - char["matrix"][5]) * MM
        if baseline < 262:
            rows[round(baseline, 2)].append(char)
    return {y: sorted(row, key=lambda c: c["x0"]) for y, row in sorted(rows.items())}


def test_a_full_page_has_22_lines_of_28_characters():
    text = (HANZI * 80)[: 28 * 60]
    with opened("consensus", {**CONTEXTS["consensus"], "paragraphs": [text]}) as paper:
        rows = lines_of(paper.pages[1])

    baselines = list(rows)
    assert len(rows) == 22
    assert {len(row) for row in rows.values()} == {28}
    assert [b - a for a, b in pairwise(baselines)] == pytest.approx([10.227] * 21, abs=0.05)
    assert {round(row[0]["x0"] * MM, 1) for row in rows.values()} == {28.0}
    assert {round(row[-1]["x1"] * MM, 1) for row in rows.values()} <= {184.0, 184.1}
    assert baselines[-1] == pytest.approx(259.0, abs=0.5)


def test_a_rare_character_leaves_the_other_lines_on_the_grid():
    text = "".join(HANZI[:27] + rare for rare in RARE)
    with opened("consensus", {**CONTEXTS["consensus"], "paragraphs": [text]}) as paper:
        page = paper.pages[0]
        body = [
            y
            for y, row in lines_of(page).items()
            if len(row) > 20 and "Fang" in row[3]["fontname"]
        ]

    assert len(body) >= 8
    assert [b - a for a, b in pairwise(body)] == pytest.approx([10.227] * (len(body) - 1), abs=0.1)


SENTENCES = [
    "根据《中华人民共和国行政诉讼法》第九十七条和《最高人民法院关于适用〈中华人民共和国行政诉讼法〉"
    "的解释》（法释〔2018〕1号）的规定，结合工作实际，制定本方案。",
    "各单位要提高政治站位，强化责任担当：一要依法、及时、公正办理案件；二要“应调尽调”！",
    "2026年1月至10月，全市共受理各类案件12345件，审结11876件，结案率96.2%，同比上升3.1个百分点。",
    f"{DOTTED}、陈珺、甯明远出席会议……会议指出——程序违法是败诉的首要原因？",
    "（一）“限期拆除”的告知，应当写明期限、救济途径；（二）送达须有两名以上见证人。”",
    "信息化建设要服务审判执行工作大局，稳妥推进电子卷宗随案同步生成和深度应用；对发现的问题要限期整改。",
]


@pytest.mark.parametrize("seed", range(200))
def test_no_line_breaks_a_rule_of_the_composer(seed):
    source = random.Random(seed)
    text = "".join(source.choices(SENTENCES, k=source.randint(1, 6)))
    names = (DOTTED, "陈珺", "甯明远")

    lines = compose(text, names=names)

    assert "".join(line.text for line in lines) == text
    for line in lines:
        assert line.text[0] not in "、。，；：？！）〕】》〉”", line
    for line in lines[:-1]:
        assert line.text[-1] not in "（〔【《〈“", line
        bare = line.text[:-1] if line.text[-1] in "、。，；：？！" else line.text
        assert width(bare) <= (28 - line.indent) * CELL + 0.3, line
    for name in names:
        assert sum(line.text.count(name) for line in lines) == text.count(name)


def test_lines_end_at_the_right_edge_and_one_mark_may_hang():
    with opened("consensus", {**CONTEXTS["consensus"], "paragraphs": SENTENCES}) as paper:
        rows = [row for page in paper.pages for row in lines_of(page).values()]

    for row in rows:
        marks = "、。，；：？！"
        last = row[-2] if row[-1]["text"] in marks else row[-1]
        assert last["x1"] * MM <= 184.3, "".join(c["text"] for c in row)


def test_folios_stand_outside_odd_right_even_left_and_not_on_a_letter_s_first_page():
    with opened("notice", NOTICE) as paper:
        folios = [
            [c for c in page.chars if (float(page.height) - c["matrix"][5]) * MM > 264]
            for page in paper.pages
        ]

    assert len(folios) >= 3
    assert folios[0] == []
    assert {round(c["size"]) for page in folios for c in page} == {14}
    assert "".join(c["text"] for c in folios[1]).split() == ["—", "2", "—"]
    assert folios[1][0]["x0"] * MM == pytest.approx(28 + 14 * MM, abs=0.5)
    assert folios[2][-1]["x1"] * MM == pytest.approx(184 - 14 * MM, abs=0.5)
    baseline = (float(paper.pages[1].height) - folios[1][0]["matrix"][5]) * MM
    assert baseline == pytest.approx(270.85, abs=1)


def test_no_heading_is_the_last_line_of_a_page():
    """The text is moved on line by line until each heading has come to the foot."""
    at_the_foot = []
    for lines in range(1, 12):
        context = {**MINUTES, "opening": "\n".join([HANZI[:20]] * lines)}
        with opened("minutes", context) as paper:
            last = [[*lines_of(page).values()][-1] for page in paper.pages if lines_of(page)]
            at_the_foot += ["".join(char["text"] for char in line) for line in last]

    heads = ("会议听取情况", "会议认为", "会议议定")
    assert not [line for line in at_the_foot if line.endswith(heads)]


@pytest.mark.parametrize("lines", [*range(1, 9), 20, 24, 28, 32])
def test_the_imprint_closes_an_even_last_page(lines):
    opening = "\n".join([HANZI[:20]] * lines)
    context = {**MINUTES, "opening": opening, "heard": [], "held": [], "present": []}
    with opened("minutes", context) as paper:
        pages = paper.pages
        texts = [page.extract_text() for page in pages]
        bottom = max(max(r["bottom"] for r in (*pages[-1].rects, *pages[-1].lines)) * MM, 0)
        left = min(r["x0"] for r in (*pages[-1].rects, *pages[-1].lines)) * MM

    assert len(pages) % 2 == 0
    assert [("印发：" in text) for text in texts] == [False] * (len(pages) - 1) + [True]
    assert bottom == pytest.approx(262, abs=0.5)
    assert left == pytest.approx(28, abs=0.5)
    # A blank page that this leaves carries no folio, nor does the 版记 behind it (F22).
    blank = [n for n, page in enumerate(pages[:-1]) if not lines_of(page)]
    for number in blank:
        assert texts[number].strip() == ""
        assert "— " not in texts[-1]


def test_some_length_leaves_a_blank_page_before_the_imprint():
    """The branch that the sweep above relies on does occur."""
    found = False
    for lines in range(25, 45):
        opening = "\n".join([HANZI[:20]] * lines)
        given = {"heard": [], "held": [], "present": [], "leave": [], "guests": []}
        context = {**MINUTES, **given, "opening": opening, "resolved": []}
        with opened("minutes", context) as paper:
            empty = [page for page in paper.pages if not page.chars]
            assert len(paper.pages) % 2 == 0
            if empty:
                found = True
                assert "—" not in paper.pages[-1].extract_text()
                break

    assert found


def test_red_rule_and_head_stand_where_the_standard_puts_them():
    document = {**NOTICE, "red_head": "示范市人民法院文件"}
    with opened("notice", document) as paper:
        page = paper.pages[0]
        rule = min(page.rects, key=lambda r: r["top"])
        head = [c for c in page.chars if c["size"] > 30]

    assert (rule["x0"] * MM, rule["x1"] * MM) == pytest.approx((28, 184.1), abs=0.3)
    assert min(c["top"] for c in head) * MM == pytest.approx(72, abs=3)


@pytest.mark.parametrize("kind", sorted(CONTEXTS))
def test_every_kind_is_set_in_known_faces_and_says_all_its_names(kind):
    context = CONTEXTS[kind]
    html = papers.html_of(kind, context)
    rendered = pdf.render(html).content

    assert "⟪" not in html
    assert fonts.strangers(rendered) == set()
    with pdfplumber.open(BytesIO(rendered)) as paper:
        text = "".join(c["text"] for page in paper.pages for c in page.chars)
    plain = "".join(text.split())
    for name in papers.names_in(context):
        assert "".join(name.split()) in plain, name


def test_names_stay_on_one_line():
    with opened("minutes", MINUTES) as paper:
        rows = [
            "".join(c["text"] for c in row)
            for page in paper.pages
            for row in lines_of(page).values()
        ]

    for person in MINUTES["present"]:
        name = person["name"]
        printed = f"{name[0]}\u3000{name[1]}" if len(name) == 2 else name
        assert any(printed in row for row in rows), name


@pytest.mark.parametrize("role", sorted(fonts.CHAINS))
def test_no_character_of_a_name_prints_as_a_box(role):
    assert fonts.uncovered(RARE + DOTTED + "〔2026〕★", role) == ""


def test_the_report_names_what_the_first_face_lacks():
    assert set("喆堃") <= set(fonts.fallen_back("王喆、李堃、张三")) <= set("喆堃")


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("会议回执", ["会议回执"]),
        (
            "关于召开2026年第6次行政复议与行政诉讼联席会议的通知",
            ["关于召开2026年第6次", "行政复议与行政诉讼联席会议的通知"],
        ),
        (
            "关于工伤认定行政案件若干法律适用问题的研讨共识",
            ["关于工伤认定行政案件若干", "法律适用问题的研讨共识"],
        ),
        ("示范市\n联席会议纪要", ["示范市", "联席会议纪要"]),
        (
            "关于督促履行石桥河岸线垃圾清理监管职责的检察建议",
            ["关于督促履行石桥河岸线垃圾清理", "监管职责的检察建议"],
        ),
        (
            "关于督促及时处置云岭水库上游危险废物的检察建议",
            ["关于督促及时处置云岭水库", "上游危险废物的检察建议"],
        ),
    ],
)
def test_titles_break_by_sense(title, lines):
    assert title_lines(title) == lines


def test_a_notice_says_nothing_twice():
    own_words = {
        **NOTICE,
        "paragraphs": ["原通知（示司函〔2026〕3号）同时废止。"],
        "requirements": ["请于2026年12月2日前反馈会议回执"],
    }

    assert "不再执行" in text_of("notice", NOTICE)
    assert "请于2026年12月2日前将会议回执反馈至" in text_of("notice", NOTICE)
    said = text_of("notice", own_words)
    assert "不再执行" not in said
    assert "将会议回执反馈至" not in said


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("未依法告知（含口头告知）", "未依法告知（含口头告知）。"),
        ("写明“逾期不履行的后果”", "写明“逾期不履行的后果”。"),
        ("当场说明：“不服可以申请复议。”", "当场说明：“不服可以申请复议。”"),
        ("（以下情形除外。）", "（以下情形除外。）"),
        ("建立台账，", "建立台账。"),
        ("建立台账；", "建立台账；"),
        ("", ""),
    ],
)
def test_a_sentence_ends_with_one_mark(typed, printed):
    assert sentence(typed) == printed


@pytest.mark.parametrize(
    ("copies", "printed"),
    [
        ([["市委办", "人大办"], ["市法院"]], "抄送：市委办、人大办，市法院。"),
        ("市委办；人大办", "抄送：市委办；人大办。"),
    ],
)
def test_copies_are_printed_by_rank(copies, printed):
    assert printed in text_of("minutes", {**MINUTES, "copy_to": copies})


def test_the_slip_of_one_invitee_names_them_and_a_form_leaves_rows_to_write_on():
    own = {**CONTEXTS["receipt"], "name": DOTTED, "unit_title": "副市长", "place": "三楼会议室"}

    assert papers.html_of("receipt", own).count("<tr") == 2
    assert papers.html_of("receipt", CONTEXTS["receipt"]).count("<tr") == 7
    numbered = {"meeting": "会议", "due": "", "rows": [{"n": n} for n in range(1, 6)]}
    assert "⟪" not in papers.html_of("topic_form", numbered)
    assert papers.html_of("topic_form", numbered).count("<tr") == 6
