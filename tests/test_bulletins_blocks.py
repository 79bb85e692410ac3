"""Tables of a rich text keep their merged cells on paper and in Word."""

from io import BytesIO

import pytest
from docx import Document

from bulletins.papers.blocks import blocks_of
from foundations.access.rich_text import clean_rich
from services.documents.rendering import word
from services.documents.rendering.papers import html_of
from tests.side_papers import SIDES_CONTEXTS

MERGED = (
    '<table><tr><th rowspan="2">领域</th><th colspan="2">件数</th></tr>'
    "<tr><th>收案</th><th>结案</th></tr>"
    "<tr><td>市场监管</td><td>12</td><td>10</td></tr></table>"
)


def shape(rows):
    return [[(cell["text"], cell["wide"], cell["tall"]) for cell in row] for row in rows]


@pytest.mark.parametrize(
    ("table", "heads", "rows"),
    [
        pytest.param(
            MERGED,
            [[("领域", 1, 2), ("件数", 2, 1)], [("收案", 1, 1), ("结案", 1, 1)]],
            [[("市场监管", 1, 1), ("12", 1, 1), ("10", 1, 1)]],
            id="merged head",
        ),
        pytest.param(
            "<table><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>",
            [],
            [[("甲", 1, 1), ("乙", 1, 1)], [("丙", 1, 1), ("", 1, 1)]],
            id="a short row is filled",
        ),
        pytest.param(
            '<table><tr><th rowspan="9">甲</th><th>乙</th></tr><tr><td>丙</td></tr></table>',
            [],
            [[("甲", 1, 2), ("乙", 1, 1)], [("丙", 1, 1)]],
            id="a head that reaches into the rows is none",
        ),
    ],
)
def test_rows_of_a_table(table, heads, rows):
    [block] = blocks_of(clean_rich(table))

    assert shape(block["heads"]) == heads
    assert shape(block["rows"]) == rows


def test_numbers_are_told_from_words():
    [block] = blocks_of("<table><tr><td>12</td><td>98.5%</td><td>3件</td><td></td></tr></table>")

    assert [cell["number"] for cell in block["rows"][0]] == [True, True, False, False]


def test_word_merges_what_the_paper_merges():
    written = word.render(html_of("bulletin", SIDES_CONTEXTS["bulletin"]))

    table = Document(BytesIO(written)).tables[0]
    grid = [[cell.text for cell in row.cells] for row in table.rows]
    assert grid == [
        ["领域", "件数", "件数"],
        ["领域", "收案", "结案"],
        ["市场监管", "12", "10"],
    ]
