"""R22: resolutions carried out by their day, of those whose day is over."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine

from foundations.access.policy import visible_to
from foundations.access.visibility import Visibility
from meetings.actions.reports import accept_report
from meetings.actions.resolutions import cancel_resolution, change_due, reopen_resolution
from meetings.models import Meeting, ProgressReport, Resolution
from meetings.states import MeetingKind, MeetingState, ResolutionState
from members.states import Role
from services.indicators.questions import answered, by_group, by_month
from services.indicators.sources import source
from tests.city import City, make_city
from tests.figures_of import asked, told, valued
from tests.letters import account, unit
from tests.meeting_after import CHECKED, reported
from tests.meeting_day import DUE, held
from tests.sitting import moment

pytestmark = pytest.mark.django_db
S = ResolutionState


def meeting(city: City, kind: str = MeetingKind.REGULAR) -> Meeting:
    return Meeting.objects.create(
        mechanism=city.mechanism,
        kind=kind,
        title="联席会议",
        state=MeetingState.HELD,
        planned_on=date(2026, 6, 10),
        held_on=date(2026, 6, 10),
        host="court",
        hosts=["court"],
    )


def decided(city: City, due: str, done: str = "", *, of: Meeting | None = None, **given):
    """A resolution due on a day of the year, and done on one; MM-DD."""
    given = {"lead": city.organizations["agency"], "state": S.DONE if done else S.OPEN, **given}
    return Resolution.objects.create(
        meeting=of or meeting(city),
        text=f"事项{due}",
        due_on=date.fromisoformat(f"2026-{due}"),
        done_on=date.fromisoformat(f"2026-{done}") if done else None,
        **given,
    )


def quarter(city: City) -> None:
    """Seven are due in it: three done in time, one late, three open; an eighth and a ninth
    do not count; a tenth and an eleventh are due the day before and the day after it."""
    decided(city, "07-01", "07-01")  # the first day, done on the last day: in time
    decided(city, "09-30", "06-20")  # the last day, done long before: in time
    decided(city, "08-10", "08-10")  # in time
    decided(city, "08-11", "08-12")  # a day late
    decided(city, "08-20")
    under_way = decided(city, "08-21")
    reported_done = decided(city, "08-22")
    decided(city, "08-23", state=S.CANCELLED)
    decided(city, "08-24", state=S.DRAFT)
    decided(city, "06-30", "06-30")
    decided(city, "10-01", "09-30")
    report = {"organization": city.organizations["agency"], "on": date(2026, 8, 22)}
    ProgressReport.objects.create(resolution=reported_done, text="已办", done=True, **report)
    for row in (under_way, reported_done):
        ProgressReport.objects.create(resolution=row, text="在办", **report)


def test_in_time(city):
    quarter(city)

    found = valued(city, "R22")

    # 07-01, 09-30, 08-10 of these, 08-11, 08-20, 08-21, 08-22
    assert (found.n, found.d, found.figure) == (3, 7, Decimal("42.86"))
    assert dict(found.apart) == {"逾期办结": 1, "逾期未办结": 3, "未到期": 0, "已取消": 1}


def test_done_in_time_or_late(city):
    quarter(city)

    found = valued(city, "R22", "done")

    assert (found.n, found.d, found.figure) == (4, 7, Decimal("57.14"))
    assert dict(found.apart) == {
        "其中逾期办结": 1,
        "逾期未办结": 3,
        "逾期未办结中已报办结待认可": 1,
        "未到期": 0,
        "已取消": 1,
    }


@pytest.mark.parametrize(
    ("on", "n", "d", "not_yet"),
    [
        pytest.param("2026-08-09", 0, 0, 2, id="the day before"),
        pytest.param("2026-08-10", 0, 0, 2, id="the last day itself: still in time"),
        pytest.param("2026-08-11", 1, 1, 1, id="over for the first"),
        pytest.param("2026-08-12", 1, 2, 0, id="over for both"),
    ],
)
def test_what_is_not_over_is_told_apart(city, on, n, d, not_yet):
    decided(city, "08-10", "08-01")
    decided(city, "08-11", "08-20")

    assert told(city, "R22", "done", on=date.fromisoformat(on))[:2] == (n, d)
    assert told(city, "R22", on=date.fromisoformat(on))[2]["未到期"] == not_yet


def test_what_was_done_after_the_day_was_not_done_then(city):
    decided(city, "08-11", "08-20")

    before, since = (told(city, "R22", "done", on=date(2026, 8, day)) for day in (19, 20))

    assert (before[:2], since[:2]) == ((0, 1), (1, 1))
    assert (before[2]["逾期未办结"], since[2]["其中逾期办结"]) == (1, 1)


def test_without_a_base_there_is_no_rate(city):
    decided(city, "08-23", state=S.CANCELLED)

    found = valued(city, "R22")

    assert (found.n, found.d, found.figure, found.text) == (0, 0, None, "—")


def test_by_lead_unit_by_kind_and_by_month(city):
    natural, special = unit(city, "natural", "自然资源局"), meeting(city, MeetingKind.AD_HOC)
    decided(city, "07-31", "07-31")
    decided(city, "08-01", "08-02")
    decided(city, "08-02", "08-02", lead=natural, of=special)
    agency = city.organizations["agency"]
    question = asked(city, "R22")

    units, kinds, months = (
        {key: (value.n, value.d) for key, value in found.items()}
        for found in (by_group(question, "unit"), by_group(question, "kind"), by_month(question))
    )

    assert units == {agency.pk: (1, 2), natural.pk: (1, 1)}
    assert kinds == {"regular": (1, 2), "ad_hoc": (1, 1)}
    assert list(months.values()) == [(1, 1), (1, 2), (0, 0)]
    assert told(city, "R22", narrow=(("unit", natural.pk),))[:2] == (1, 1)
    groups = source("resolutions").groups
    assert groups["kind"].words(["ad_hoc"]) == {"ad_hoc": "不定期会议"}
    assert list(groups["unit"].words([natural.pk, agency.pk]).values()) == [
        "市综合执法局",
        "自然资源局",
    ]


@pytest.mark.parametrize(
    ("who", "n", "d"),
    [
        pytest.param("court_officer", 1, 3, id="a secretariat: all that is not confidential"),
        pytest.param("gov_convenor", 1, 3, id="a leader: the same"),
        pytest.param("agency_contact", 2, 2, id="a unit: what it leads, confidential or not"),
        pytest.param("natural_contact", 0, 2, id="another unit: what it leads"),
        pytest.param("housing_contact", 0, 0, id="a unit that leads none"),
        pytest.param("system_admin", 0, 0, id="an administrator"),
        pytest.param(None, 2, 4, id="all there are"),
    ],
)
def test_a_reader_counts_what_the_reader_may_open(city, who, n, d):
    unit(city, "natural", "自然资源局")
    unit(city, "housing", "住建局")
    for key in ("natural", "housing"):
        account(city, f"{key}_contact", key, Role.MEMBER_UNIT)
    natural = city.organizations["natural"]
    decided(city, "08-01", "08-01")
    decided(city, "08-02", "08-02", visibility=Visibility.INVITED)
    decided(city, "08-03", lead=natural)
    decided(city, "08-04", lead=natural)
    reader = city.users[who] if who else None

    question = asked(city, "R22", reader=reader)

    assert told(city, "R22", reader=reader)[:2] == (n, d)
    assert question.rows("d").count() == d
    if reader:
        assert set(question.rows("d")) <= set(visible_to(reader, Resolution))


def test_confidential_words_stay_out_of_the_list_behind(city):
    row = decided(city, "08-02", visibility=Visibility.INVITED)
    text = source("resolutions").columns[0]

    assert (text.of(decided(city, "08-03")), text.of(row)) == ("事项08-03", row.shown_text)
    assert row.shown_text != row.text


def test_another_place_counts_nothing_of_it(city):
    decided(city, "08-01", "08-01")

    assert told(make_city("elsewhere"), "R22")[:2] == (0, 0)


def test_through_its_life(city):
    """Decided by a meeting, done late, run again with another day, moved, given up."""
    with time_machine.travel(CHECKED, tick=False):
        first, second = held(city, resolutions=2).meeting.resolutions.order_by("order")
    officer, late = city.users["gov_officer"], DUE + timedelta(days=1)
    year = {"first_on": date(2026, 1, 1), "last_on": date(2027, 12, 31), "on": date(2027, 2, 1)}
    with time_machine.travel(moment(late), tick=False):
        in_time = reported(city, second, at=moment(DUE))
        accept_report(in_time.pk, actor=officer, at=moment(late))
        report = reported(city, first, at=moment(late))
        accept_report(report.pk, actor=officer, at=moment(late))
        assert told(city, "R22", **year)[:2] == (1, 2)
        assert told(city, "R22", "done", **year)[:2] == (2, 2)

        again = {"actor": officer, "at": moment(late), "reason": "未落实"}
        reopen_resolution(first.pk, due_on=date(2027, 1, 8), **again)
        assert told(city, "R22", "done", **year)[:2] == (1, 2)
        change_due(first.pk, due_on=date(2027, 2, 1), **again)
        assert told(city, "R22", **year) == (
            1,
            1,
            {"逾期办结": 0, "逾期未办结": 0, "未到期": 1, "已取消": 0},
        )
        cancel_resolution(first.pk, **again)
        assert told(city, "R22", **year)[2]["已取消"] == 1


def test_both_variants_take_one_statement(city, django_assert_num_queries):
    quarter(city)

    with django_assert_num_queries(1):
        found = answered([asked(city, "R22"), asked(city, "R22", "done")])

    assert [(value.n, value.d) for value in found] == [(3, 7), (4, 7)]
