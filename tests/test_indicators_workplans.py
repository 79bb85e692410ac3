"""T1: what units carried out by the day of their task lists, of what was due."""

from datetime import date
from decimal import Decimal

import pytest

from members.models import User
from members.states import Role
from services.indicators.questions import by_group, by_month
from services.indicators.sources import source
from tests.city import City, make_city
from tests.figures_of import asked, told, valued
from tests.letters import account, unit
from tests.sitting import moment
from tests.task_lists import published, reported, row, term
from workplans.actions import progress, publishing, tasks
from workplans.models import Task, TaskList, TaskTerm, TaskUnit
from workplans.states import ListState, TaskState, TermKind, TermState

pytestmark = pytest.mark.django_db
S = TermState
YEAR = {"first_on": date(2026, 1, 1), "last_on": date(2026, 12, 31), "on": date(2027, 2, 1)}


def day(words: str) -> date | None:
    """MM-DD of the year."""
    return date.fromisoformat(f"2026-{words}") if words else None


def listed(city: City, *keys: str) -> TaskUnit:
    """A list in force with one task of one unit, and of more."""
    keys = keys or ("agency",)
    made = TaskList.objects.create(
        mechanism=city.mechanism,
        keeper=city.organizations["justice"],
        year=2026,
        title="2026年任务清单",
        state=ListState.PUBLISHED,
        published_on=date(2026, 1, 5),
        counts_from=date(2026, 1, 5),
    )
    task = Task.objects.create(
        task_list=made,
        number=1,
        main_task="规范行政执法",
        measure="检查执法文书",
        responsible_text="各有关部门",
        due_text="2026年9月",
        due_kind="by_day",
        due_on=date(2026, 9, 30),
    )
    units = [
        TaskUnit.objects.create(
            task=task, organization=unit(city, key, key), resolved_on=date(2026, 1, 5)
        )
        for key in keys
    ]
    return units[0]


def owed(of: TaskUnit, due: str, sent: str = "", accepted: str = "", again: str = "", **given):
    """What was to be reported by a day, reported on one, accepted on one; MM-DD."""
    state = S.ACCEPTED if accepted else S.SENT if sent else S.OPEN
    given = {"kind": TermKind.DUE, "state": state, **given}
    return TaskTerm.objects.create(
        unit=of,
        name=f"{given['kind']}{due}",
        first_on=date(2026, 1, 5),
        due_on=day(due),
        again_by=day(again),
        sent_on=day(sent),
        accepted_on=day(accepted),
        **given,
    )


def quarter(city: City) -> TaskUnit:
    """Of days set: seven were due in it, three were met; of all reports: nine, and four."""
    of = listed(city)
    owed(of, "07-01", "07-01", "08-20")  # the first day, reported on the last: in time
    owed(of, "09-30", "06-01", "06-02", kind=TermKind.MILESTONE)  # the last day, long before
    owed(of, "06-20", "07-10", "07-12", again="07-15")  # sent back, in time the second time
    owed(of, "08-11", "08-12", "08-13")  # a day late
    owed(of, "08-14", "08-20", "08-30", again="08-19")  # late the second time as well
    owed(of, "08-15", "08-15")  # to be accepted
    owed(of, "08-16")
    owed(of, "08-31", "08-30", "09-01", kind=TermKind.PERIOD)
    owed(of, "09-01", kind=TermKind.PERIOD)
    owed(of, "06-30", "06-30", "07-01")  # the day before
    owed(of, "10-01", "09-30", "10-08")  # the day after
    owed(of, "09-20", again="10-01")  # asked for again, for the day after
    return of


def test_of_days_set(city):
    quarter(city)

    found = valued(city, "T1")

    assert (found.n, found.d, found.figure) == (3, 7, Decimal("42.86"))
    assert dict(found.apart) == {
        "逾期完成": 2,
        "已报送待认可": 1,
        "逾期未报送": 1,
        "未到期": 0,
        "不再要求": 0,
    }


def test_of_every_report(city):
    quarter(city)

    found = valued(city, "T1", "every")

    assert (found.n, found.d, found.figure) == (4, 9, Decimal("44.44"))
    assert list(dict(found.apart).values()) == [2, 1, 2, 0, 0]


@pytest.mark.parametrize(
    ("on", "n", "d", "not_yet"),
    [
        pytest.param("08-10", 0, 0, 2, id="the last day itself: still in time"),
        pytest.param("08-11", 0, 1, 1, id="over, reported and not yet accepted"),
        pytest.param("08-15", 1, 2, 0, id="accepted on the day; over for both"),
    ],
)
def test_what_is_not_over_is_told_apart(city, on, n, d, not_yet):
    of = listed(city)
    owed(of, "08-10", "08-01", "08-15")
    owed(of, "08-11")

    found = told(city, "T1", on=day(on))

    assert (*found[:2], found[2]["未到期"]) == (n, d, not_yet)


@pytest.mark.parametrize("whole", [True, False], ids=["the list ends", "the task ends"])
def test_what_was_overdue_stays_so_when_the_task_or_the_list_ends(city, whole):
    of = listed(city)
    owed(of, "08-10", "08-01", "08-05")
    for due in ("08-19", "08-20", "08-21"):
        owed(of, due, state=S.DROPPED)
    owed(of, "08-01", again="08-25", state=S.DROPPED)
    ended = {"closed_on": day("08-20")}
    if whole:
        TaskList.objects.update(state=ListState.CLOSED, **ended)
    else:
        Task.objects.update(state=TaskState.CLOSED, **ended)
        TaskList.objects.update(closed_on=day("12-31"))

    found = told(city, "T1")

    # 08-10 done; 08-19 was over on the day before; 08-20, 08-21 and 08-25 still ran
    assert (*found[:2], found[2]["逾期未报送"], found[2]["不再要求"]) == (1, 2, 1, 3)


def test_a_report_dropped_without_a_day_is_not_asked(city):
    owed(listed(city), "08-10", state=S.DROPPED)

    found = valued(city, "T1")

    assert (found.text, dict(found.apart)["不再要求"]) == ("—", 1)


def test_by_unit_and_by_month(city):
    first = listed(city, "agency", "natural")
    second = first.task.units.exclude(pk=first.pk).get()
    owed(first, "07-31", "07-31", "08-01")
    owed(first, "08-01", "08-02", "08-03")
    owed(second, "08-02", "08-02", "08-02")
    question = asked(city, "T1")

    units, months = (
        {key: (value.n, value.d) for key, value in found.items()}
        for found in (by_group(question, "unit"), by_month(question))
    )

    assert units == {first.organization_id: (1, 2), second.organization_id: (1, 1)}
    assert list(months.values()) == [(1, 1), (1, 2), (0, 0)]
    assert told(city, "T1", narrow=(("unit", second.organization_id),))[:2] == (1, 1)


def test_a_reader_counts_what_the_reader_may_open(city):
    """A list is read by the units that it names and by the parties; a draft has no terms."""
    of = listed(city, "agency", "natural")
    owed(of, "08-01", "08-01", "08-02")
    owed(of.task.units.exclude(pk=of.pk).get(), "08-02")
    unit(city, "housing", "住建局")
    account(city, "housing_contact", "housing", Role.MEMBER_UNIT)

    def seen(reader: User) -> tuple[int, int]:
        assert (
            asked(city, "T1", reader=reader).rows("d").count()
            == told(city, "T1", reader=reader)[1]
        )
        return told(city, "T1", reader=reader)[:2]

    readers = ("agency_contact", "gov_officer", "court_officer", "housing_contact", "system_admin")
    assert [seen(city.users[name]) for name in readers] == [(1, 2)] * 3 + [(0, 0)] * 2
    assert told(city, "T1")[:2] == (1, 2)
    assert told(make_city("elsewhere"), "T1")[:2] == (0, 0)


def test_through_actions(city):
    """A report is sent, sent back, sent again and accepted; then the list ends."""
    found = published(city, row(1, "2026年9月"), row(2, "2026年12月"))
    of, officer = term(found, number=1), city.users["gov_officer"]
    october, november = date(2026, 10, 9), date(2026, 11, 2)

    first = reported(city, of, date(2026, 9, 29))
    assert told(city, "T1", **YEAR)[:2] == (0, 4)
    again = {"reason": "没有附件", "again_by": date(2026, 10, 16)}
    progress.send_back(first.pk, actor=officer, at=moment(october), **again)
    second = reported(city, of, date(2026, 10, 14))
    progress.accept(second.pk, actor=officer, at=moment(date(2026, 10, 15)))
    assert told(city, "T1", **YEAR)[:2] == (1, 4)

    about = {"actor": officer, "at": moment(november)}
    tasks.close_task(found.tasks.get(number=2).pk, outcome="提前完成", **about)
    # Both units' terms of task 2 still ran; the government's of task 1 was overdue.
    assert told(city, "T1", **YEAR)[:2] == (1, 2)
    publishing.close_list(found.pk, on=november, **about)
    assert told(city, "T1", **YEAR)[:2] == (1, 2)


def test_the_list_behind_names_task_unit_and_days(city):
    made = owed(listed(city), "08-10", "08-12", again="08-11")
    behind = asked(city, "T1").rows("d").select_related(*source("tasks").near).get()

    told_of = [column.of(behind) for column in source("tasks").columns]

    assert behind == made
    assert told_of[0] == "2026年任务清单"
    assert told_of[5:7] == [date(2026, 8, 11), date(2026, 8, 12)]
