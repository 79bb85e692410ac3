"""Days and hosts of regular meetings (YN-13…18): the pure rules, as tables."""

from datetime import date, timedelta

import pytest

from foundations.calendars.working_days import NOTICE, WorkCalendar
from meetings.rotation import Count, Rotation, Turn, grid, number_in_year, plan

NAMES = {"government": "市人民政府", "court": "市人民法院", "procuratorate": "市人民检察院"}
WEEKENDS = WorkCalendar(
    region="",
    regional_days=True,
    version="weekends",
    regional_years=frozenset(),
    years=frozenset({2023, 2024, 2025, 2026}),
    rest={},
    work=frozenset(),
)
ALTERNATE = Rotation("alternate", ("government", "court"), "government", NAMES)
ORIGIN = date(2023, 6, 20)


def slots(turns=(), rotation=ALTERNATE, until=date(2024, 6, 30), origin=ORIGIN):
    return plan(
        origin=origin,
        months=2,
        until=until,
        rotation=rotation,
        turns=turns,
        calendar=WEEKENDS,
    )


def hosts(*turns, rotation=ALTERNATE):
    """The first six hosts, by initials; a co-hosted meeting has several."""
    planned = slots(turns, rotation, until=date(2024, 4, 20))
    return " ".join("".join(host[0] for host in slot.hosts) for slot in planned)


def turn(ordinal, count, host="government", day=None):
    return Turn(ordinal, day or grid(ORIGIN, 2, ordinal - 1), count, (host,))


def test_two_sides_alternate_for_three_years_on_the_same_day_of_the_month():
    planned = slots(until=date(2026, 12, 31))

    assert len(planned) == 22
    assert [slot.ordinal for slot in planned] == list(range(1, 23))
    assert {slot.nominal_on.day for slot in planned} == {20}
    assert planned[-1].nominal_on == date(2026, 12, 20)
    assert [slot.hosts[0] for slot in planned] == ["government", "court"] * 11


@pytest.mark.parametrize(
    ("k", "day"),
    [
        pytest.param(0, date(2023, 12, 31), id="the origin itself"),
        pytest.param(1, date(2024, 2, 29), id="clipped in a leap year"),
        pytest.param(2, date(2024, 4, 30), id="clipped from the origin"),
        pytest.param(4, date(2024, 8, 31), id="no drift after a short month"),
        pytest.param(7, date(2025, 2, 28), id="clipped in a common year"),
    ],
)
def test_the_end_of_a_month_is_clipped_from_the_origin(k, day):
    assert grid(date(2023, 12, 31), 2, k) == day


def test_the_last_day_counts():
    assert len(slots(until=date(2023, 8, 20))) == 2
    assert len(slots(until=date(2023, 8, 19))) == 1
    assert slots(until=ORIGIN - timedelta(days=1)) == []


def test_a_day_off_moves_to_the_next_working_day_and_the_reason_says_so():
    sunday = slots()[1]

    assert (sunday.nominal_on, sunday.proposed_on) == (date(2023, 8, 20), date(2023, 8, 21))
    assert "8月20日为休息日，建议顺延至下一个工作日8月21日" in sunday.reason


def test_a_year_without_a_table_is_said_to_be_reckoned_by_weekends():
    later = slots(until=date(2027, 2, 20))[-1]

    assert later.nominal_on.year == 2027
    assert later.provisional
    assert str(NOTICE) in later.reason


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        pytest.param([], "g c g c g c", id="nothing happened yet"),
        pytest.param([turn(1, Count.HELD)], "g c g c g c", id="held"),
        pytest.param(
            [turn(1, Count.HELD), turn(2, Count.OPEN, day=date(2023, 11, 1))],
            "g c g c g c",
            id="postponed beyond the next meeting keeps its turn",
        ),
        pytest.param(
            [turn(1, Count.HELD), turn(2, Count.LEFT_OUT, "court")],
            "g c c g c g",
            id="cancelled: the turn waits",
        ),
        pytest.param(
            [turn(1, Count.HELD), turn(2, Count.PASSED, "court")],
            "g c g c g c",
            id="cancelled and the turn given up",
        ),
        pytest.param(
            [turn(1, Count.LEFT_OUT, "government")],
            "g g c g c g",
            id="the first one cancelled",
        ),
        pytest.param(
            [turn(2, Count.FIXED, "government"), turn(1, Count.FIXED, "court")],
            "c g c g c g",
            id="neighbours exchanged stay fair",
        ),
        pytest.param(
            [turn(1, Count.HELD), turn(2, Count.LEFT_OUT, "court"), turn(3, Count.FIXED)],
            "g c g c g c",
            id="a notified meeting keeps its host",
        ),
    ],
)
def test_what_each_fate_of_a_meeting_does_to_the_turns(turns, expected):
    assert hosts(*turns) == expected


@pytest.mark.parametrize(
    ("rotation", "expected"),
    [
        pytest.param(
            Rotation("alternate", ("government", "court"), "court", NAMES),
            "c g c g c g",
            id="the court first",
        ),
        pytest.param(
            Rotation("alternate", ("government", "court", "procuratorate"), "government", NAMES),
            "g c p g c p",
            id="three sides",
        ),
        pytest.param(
            Rotation("fixed", ("government", "court"), "government", NAMES),
            "g g g g g g",
            id="the text names the host",
        ),
        pytest.param(
            Rotation("co_host", ("government", "court"), "government", NAMES),
            "gc gc gc gc gc gc",
            id="together",
        ),
        pytest.param(
            Rotation("proposer", ("government", "court"), "court", NAMES),
            "c c c c c c",
            id="whoever proposes",
        ),
    ],
)
def test_each_policy_names_its_hosts(rotation, expected):
    assert hosts(rotation=rotation) == expected


def test_three_sides_go_on_with_the_one_that_waited_longest():
    three = Rotation("alternate", ("government", "court", "procuratorate"), "government", NAMES)
    done = [turn(1, Count.HELD, "government"), turn(2, Count.FIXED, "procuratorate")]

    assert hosts(*done, rotation=three) == "g p c g p c"


@pytest.mark.parametrize(
    ("turns", "ordinal", "words"),
    [
        pytest.param([], 1, "首次定期会议由市人民政府主办。", id="first"),
        pytest.param(
            [turn(1, Count.HELD)],
            2,
            "上次定期会议（6月20日）由市人民政府主办并已召开，本次轮到市人民法院。",
            id="after one held",
        ),
        pytest.param(
            [], 2, "上一次定期会议（计划6月20日）由市人民政府主办", id="after one planned"
        ),
        pytest.param([turn(1, Count.LEFT_OUT)], 1, "市人民政府的轮次保留至下一次", id="cancelled"),
        pytest.param(
            [turn(1, Count.PASSED)], 2, "市人民政府已让出轮次", id="after a turn given up"
        ),
        pytest.param(
            [Turn(1, ORIGIN, Count.FIXED, ("court",), "与另一次会议调换主办方")],
            1,
            "与另一次会议调换主办方",
            id="exchanged",
        ),
        pytest.param(
            [turn(2, Count.FIXED, "government")], 2, "不再变动", id="notified out of turn"
        ),
    ],
)
def test_every_host_has_a_sentence_that_says_why(turns, ordinal, words):
    assert words in slots(turns)[ordinal - 1].host_reason


@pytest.mark.parametrize(("ordinal", "number"), [(1, 1), (4, 4), (5, 1), (10, 6), (11, 1)])
def test_meetings_are_numbered_within_their_nominal_year(ordinal, number):
    assert number_in_year(ORIGIN, 2, ordinal) == number
