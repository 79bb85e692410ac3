from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.template import Context, Template

from foundations.access.policy import visible_to
from foundations.audit.models import AuditEntry
from foundations.calendars.periods import Unit, reckon, reckon_back
from foundations.calendars.working_days import get_calendar
from mechanisms.models import MechanismVersion, Provision
from services.deadlines.actions import cancel, meet, move_due, open_deadline
from services.deadlines.explanation import explain
from services.deadlines.models import Deadline, DeadlineState

DUE = date(2026, 11, 24)


@pytest.fixture
def owe(city):
    """owe() opens the limit that the court has for the body."""

    def opened(unit="court", **changes):
        given = {
            "actor": None,
            "title": "报送议题",
            "jurisdiction": city.jurisdiction,
            "owed_by": city.organizations[unit],
            "trigger_on": date(2026, 11, 10),
            "due_on": DUE,
        }
        return open_deadline(city.body, "TOPICS", **given | changes)

    return opened


def test_a_limit_is_opened_once_and_then_updated(owe):
    first = owe()
    again = owe(due_on=date(2026, 11, 27), title="报送议题和材料")

    assert again.pk == first.pk
    assert (again.due_on, again.nominal_on, again.title) == (
        date(2026, 11, 27),
        date(2026, 11, 27),
        "报送议题和材料",
    )
    verbs = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert verbs == ["deadlines.deadline.opened", "deadlines.deadline.changed"]


def test_opening_the_same_limit_again_leaves_no_trace(owe):
    version = owe().version

    assert owe().version == version
    assert AuditEntry.objects.count() == 1


def test_each_organization_has_its_own_limit(city, owe):
    owe("court")
    owe("gov")

    meet(city.body, "TOPICS", actor=None, on=DUE, owed_by=city.organizations["gov"])

    states = dict(Deadline.objects.values_list("owed_by__key", "state"))
    assert states == {"court": DeadlineState.OPEN, "gov": DeadlineState.MET}


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2026, 11, 20), DeadlineState.MET),
        (DUE, DeadlineState.MET),
        (date(2026, 11, 25), DeadlineState.MET_LATE),
    ],
)
def test_the_last_day_is_in_time(city, owe, on, state):
    deadline = owe()

    meet(city.body, "TOPICS", actor=city.users["court_officer"], on=on)

    deadline.refresh_from_db()
    assert (deadline.state, deadline.closed_on) == (state, on)


def test_a_closed_limit_stays_closed_and_a_new_one_may_be_opened(city, owe):
    first = owe()
    cancel(city.body, "TOPICS", actor=None, on=date(2026, 11, 12))

    assert meet(city.body, "TOPICS", actor=None, on=DUE) == []
    assert owe().pk != first.pk
    first.refresh_from_db()
    assert first.state == DeadlineState.CANCELLED


def test_a_limit_moves_with_what_it_hangs_on(city, owe):
    owe()
    period = reckon_back(date(2026, 12, 8), 5, Unit.WORKDAYS, get_calendar())

    (moved,) = move_due(city.body, "TOPICS", actor=None, **period.limits)

    assert (moved.trigger_on, moved.due_on) == (date(2026, 12, 8), date(2026, 12, 1))
    entry = AuditEntry.objects.get(action="deadlines.deadline.changed")
    assert (entry.data["before"], entry.data["due_on"]) == ("2026-11-24", "2026-12-01")


def test_the_database_holds_that_one_is_open(owe):
    twin = Deadline.objects.get(pk=owe().pk)
    twin.pk, twin.public_id = None, "another"

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


WHO = {
    "court_officer": True,
    "recorder": True,
    "gov_convenor": True,
    "agency_contact": False,
    "system_admin": False,
    "security_admin": False,
    "audit_admin": False,
}


@pytest.mark.parametrize(("name", "sees"), WHO.items())
def test_who_sees_the_limit_of_the_court(city, owe, name, sees):
    deadline = owe()

    assert visible_to(city.users[name], Deadline).filter(pk=deadline.pk).exists() is sees


def test_a_member_unit_sees_its_own_limits(city, owe):
    deadline = owe("agency")

    assert visible_to(city.users["agency_contact"], Deadline).get() == deadline


@pytest.mark.parametrize(
    ("on", "overdue", "within"),
    [
        (date(2026, 11, 17), 0, 1),
        (date(2026, 11, 16), 0, 0),
        (DUE, 0, 1),
        (date(2026, 11, 25), 1, 0),
    ],
)
def test_a_limit_is_overdue_from_the_day_after(owe, on, overdue, within):
    owe()

    assert Deadline.objects.overdue(on=on).count() == overdue
    assert Deadline.objects.due_within(7, on=on).count() == within


# -- the explanation


@pytest.fixture
def clause(city):
    return Provision.objects.create(
        version=MechanismVersion.objects.get(mechanism=city.mechanism),
        number="T-19",
        clause="三（六）",
        citation="制度三（六）",
        text="成员单位应当于会议召开前报送议题。",
        modal="shall",
        rule_kind="meeting_cadence",
        subject="meetings",
        order=19,
    )


def test_the_explanation_of_a_period_that_ends_in_a_holiday(owe):
    period = reckon(date(2026, 8, 1), 2, Unit.MONTHS, get_calendar())
    why = explain(owe(basis="法释〔2023〕11号第八条", **period.limits))

    assert why.sentence == (
        "自2026年8月1日 星期六起 2 个月，届满日2026年10月1日 星期四为国庆节，"
        "顺延至2026年10月8日 星期四止。"
    )
    assert [(step.label, step.words) for step in why.steps] == [
        ("起算事由", "2026年8月1日 星期六"),
        ("自次日起算", "2026年8月2日 星期日"),
        ("2 个月届满", "2026年10月1日 星期四，国庆节"),
        ("顺延至工作日", "2026年10月8日 星期四，当日 24 时止"),
    ]
    assert why.basis == "依据：法释〔2023〕11号第八条"
    assert why.notes[0].startswith("日历版本 CN-2026")


def test_the_explanation_of_a_time_before_a_meeting_cites_the_clause(owe, clause):
    period = reckon_back(date(2026, 12, 8), 5, Unit.WORKDAYS, get_calendar())
    why = explain(owe(provision=clause, **period.limits))

    assert why.sentence == (
        "应于2026年12月8日 星期二之前 5 个工作日完成，至2026年12月1日 星期二止。"
    )
    assert why.steps[-1].label == "截止日"
    assert (why.basis, why.quote) == ("依据：制度三（六）", clause.text)


def test_a_date_that_was_set_by_hand_is_explained_too(owe):
    why = explain(owe(steps=[{"step": "set", "words": "会议议定"}]))

    assert why.sentence == "2026年11月10日 星期二起算，至2026年11月24日 星期二止。"
    assert [step.words for step in why.steps][1] == "会议议定"


def test_a_provisional_date_says_so(owe):
    period = reckon(date(2031, 9, 1), 1, Unit.MONTHS, get_calendar())

    assert explain(owe(**period.limits)).notes[-1] == "节假日安排未发布，暂按周末推算"


def test_the_light_opens_on_how_its_date_came_about(owe, clause, time_machine):
    time_machine.move_to(datetime(2026, 11, 26, tzinfo=UTC))
    period = reckon_back(date(2026, 12, 8), 5, Unit.WORKDAYS, get_calendar())
    deadline = owe(provision=clause, **period.limits)

    shown = Template("{% load deadlines_tags %}{% deadline_due deadline %}").render(
        Context({"deadline": deadline})
    )

    assert "剩 5 天" in shown
    assert "<li><span>截止日</span>2026年12月1日 星期二，当日 24 时止</li>" in shown
    assert f"<q>{clause.text}</q>" in shown
    assert shown.startswith("<details")
