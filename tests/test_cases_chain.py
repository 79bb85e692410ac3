"""The drawing of a dispute's course: pure, from days to places."""

from datetime import date

import pytest

from cases.chain import Course, Mark, drawn, lasted

MEDIATION = Course(
    "诉前调解", "（2026）示0101行诉前调18号", date(2026, 2, 26), date(2026, 3, 27), "调解不成"
)
DECISION = Course(
    "行政复议", "示政复〔2026〕29号", date(2026, 4, 7), date(2026, 6, 4), "维持", follows=0
)
APPEAL = Course(
    "二审", "（2026）示01行终12号", date(2026, 11, 9), None, "审理，期限至 02-09", date(2027, 2, 9)
)
ON = date(2026, 11, 18)


def percent(text: str) -> float:
    assert text.endswith("%")
    return float(text[:-1])


def test_without_procedures_there_is_no_course():
    with pytest.raises(ValueError, match="no course"):
        drawn([], ON)


def test_months_stand_around_everything():
    drawing = drawn([MEDIATION, DECISION, APPEAL], ON, date(2026, 11, 26), 2)
    words = [text.words for text in drawing.months]
    assert words[0] == "2026年2月"
    assert words[-2:] == ["2027年1月", "2月"]
    assert drawing.months[0].x == "0.00%"
    near = [text.words for text in drawing.months if "ax--near" in text.css]
    assert near == ["3月", "2月"]


def test_a_bar_is_as_long_as_its_procedure():
    drawing = drawn([MEDIATION, DECISION], date(2026, 6, 30))
    first, second = drawing.bars
    days = percent(second.width) / percent(first.width)
    assert days == pytest.approx(58 / 29, abs=0.01)
    assert (first.css, second.css) == ("b-done", "b-done")


def test_what_goes_on_is_drawn_until_today_and_planned_until_its_limit():
    drawing = drawn([APPEAL], ON, date(2026, 11, 26))
    plan, now = drawing.bars
    assert (plan.css, now.css) == ("b-plan", "b-now")
    assert percent(now.x) + percent(now.width) == pytest.approx(percent(drawing.today), abs=0.02)
    assert plan.x == drawing.today
    assert drawing.due is not None
    assert percent(drawing.today) < percent(drawing.due.x) < 100


def test_a_limit_that_is_over_has_no_plan():
    late = Course("二审", "", date(2026, 1, 9), None, "审理", date(2026, 4, 9))
    assert [bar.css for bar in drawn([late], ON).bars] == ["b-now"]


def test_a_procedure_hangs_on_the_one_it_follows():
    drawing = drawn([MEDIATION, DECISION], ON)
    across, down = drawing.links
    assert across.y1 == across.y2
    assert down.x1 == down.x2 == across.x2
    assert down.y2 > down.y1


def test_one_that_followed_while_the_earlier_ran_on_hangs_on_its_day():
    during = Course("诉前调解", "", date(2026, 3, 1), date(2026, 3, 9), "调解不成", follows=0)
    across, _down = drawn([MEDIATION, during], ON).links
    assert across.x1 == across.x2


def test_words_stay_inside_the_drawing():
    """At the right edge they stand before the bar."""
    short = Course("回访", "", date(2026, 11, 17), date(2026, 11, 18), "终止（中止期满）")
    drawing = drawn([MEDIATION, short], date(2026, 11, 30))
    text = drawing.texts[1]
    assert (text.anchor, text.dx) == ("end", -8)


@pytest.mark.parametrize(("years", "most"), [(1, 14), (3, 14), (9, 14), (30, 20)])
def test_long_courses_have_few_lines(years, most):
    old = Course("一审", "", date(2026 - years, 1, 9), None, "中止")
    assert len(drawn([old], ON).months) <= most


def test_a_mark_stands_on_its_day():
    heard = Course(
        "一审",
        "",
        date(2026, 6, 22),
        date(2026, 10, 12),
        "驳回",
        marks=(Mark(date(2026, 8, 18), "开庭"),),
    )
    drawing = drawn([heard], ON)
    assert [text.words for text in drawing.texts] == ["驳回", "开庭"]
    assert drawing.texts[1].x == drawing.dots[0].x


def test_everything_lies_between_the_edges():
    drawing = drawn([MEDIATION, DECISION, APPEAL], ON, date(2026, 11, 26), 2)
    places = [percent(bar.x) for bar in drawing.bars] + [percent(drawing.today)]
    places += [percent(bar.x) + percent(bar.width) for bar in drawing.bars]
    assert all(0 <= place <= 100 for place in places)


def test_how_long_it_lasted():
    assert lasted([MEDIATION, DECISION], ON) == 98
    assert lasted([MEDIATION, APPEAL], ON) == 265
