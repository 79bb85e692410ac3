"""Numbers of letters and of cases, as they are typed and as they are kept."""

import pytest

from suggestions.numbers import (
    clean_number,
    is_national_style,
    is_older_style,
    read_case_number,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("示法建〔2026〕7号", "示法建〔2026〕7号"),
        ("  示法建〔2026〕7号 ", "示法建〔2026〕7号"),
        ("示法建[2026]7号", "示法建〔2026〕7号"),
        ("示法建【2026】7号", "示法建〔2026〕7号"),
        ("示法建（2026）7号", "示法建〔2026〕7号"),
        ("示法建(2026) 7号", "示法建〔2026〕7号"),
        ("示法建［２０２６］７号", "示法建〔2026〕7号"),
        ("示法建〔2026）7号", "示法建〔2026〕7号"),
        ("示法建〔2026〕第007号", "示法建〔2026〕7号"),
        ("示法建〔2026〕7", "示法建〔2026〕7号"),
        ("示法建\u200b〔2026〕7号", "示法建〔2026〕7号"),
        ("(2024)鄂0503司建3号", "（2024）鄂0503司建3号"),
        ("〔2024〕鄂0503司建3号", "（2024）鄂0503司建3号"),
        ("示法建字第3号", "示法建字第3号"),
    ],
)
def test_a_document_number_is_put_right(typed, kept):
    assert clean_number(typed) == (kept, kept != typed.strip())
    assert clean_number(kept) == (kept, False)


@pytest.mark.parametrize(
    ("number", "national", "older"),
    [
        ("示法建〔2026〕7号", True, False),
        ("银检行公建〔2026〕12号", True, False),
        ("伊市政复决字〔2024〕8号", True, False),
        ("（2024）鄂0503司建3号", False, True),
        ("示法建字第3号", False, True),
        ("示法建〔2026〕07号", False, False),
        ("示法建（2026）7号", False, False),
        ("〔2026〕7号", False, False),
        ("七号", False, False),
        ("示法建〔20261", False, False),
    ],
)
def test_the_styles_of_document_numbers(number, national, older):
    assert (is_national_style(number), is_older_style(number)) == (national, older)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("（2026）新4002行初12号", "（2026）新4002行初12号"),
        ("(2026)新4002行初12号", "（2026）新4002行初12号"),
        ("〔2026〕新4002行初12号", "（2026）新4002行初12号"),
        ("[2026] 鄂0503 行初 12 号", "（2026）鄂0503行初12号"),
        ("（2026）新4002行初字第012号", "（2026）新4002行初12号"),
        ("（2026）新4002行初12", "（2026）新4002行初12号"),
        ("(2026)鄂05行终3号之一", "（2026）鄂05行终3号之一"),
        ("(2014)伍行初字第12号", "（2014）伍行初字第12号"),
        ("伊市政复(2024)12号", "伊市政复〔2024〕12号"),
    ],
)
def test_a_case_number_is_put_right(typed, kept):
    assert read_case_number(typed) == (kept, "")
    assert read_case_number(kept) == (kept, "")


@pytest.mark.parametrize("number", ["12号", "（2026）12号", "新4002行初12号", "某案"])
def test_what_is_no_case_number(number):
    read, hint = read_case_number(number)
    assert (read, bool(hint)) == ("", True)


def test_no_number_is_nothing_wrong():
    assert read_case_number(" ") == ("", "")
