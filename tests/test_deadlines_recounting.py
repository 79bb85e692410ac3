"""Open limits are counted anew when a calendar or the law has changed."""

import shutil
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from foundations.access.errors import RuleBroken
from foundations.calendars.periods import Length, Unit
from mechanisms.models import Mechanism, MechanismVersion
from services.deadlines import rules
from services.deadlines.actions import (
    confirm_moves,
    dismiss_move,
    extend,
    meet,
    open_by_rule,
    recount_open,
    resume,
    suspend,
)
from services.deadlines.counting import counted_with
from services.deadlines.models import Deadline, DeadlineState, Move, MoveState
from services.deadlines.tasks import recount as task
from tests.limits import RULE, by_hand, counted
from tests.profiles import load, written

BEGUN = date(2027, 1, 9)  # thirty days end on Monday, 8 February 2027
FEAST = "2027-02-05..2027-02-11=春节"


def publish(*rest, source="国办发明电〔2026〕8号"):
    call_command("publish_holidays", 2027, source=source, rest=list(rest))


def again(deadline):
    return Deadline.objects.get(pk=deadline.pk)


@pytest.fixture
def moving(city):
    """A limit that the holiday of 2027 moves from Monday to the Friday of that week."""
    return counted(city, BEGUN, "30 days")


def test_a_new_table_proposes_what_it_moves_and_stamps_the_rest(city, moving):
    still = counted(city, date(2027, 2, 9), "30 days", "gov")  # until 11 March
    hand = by_hand(city, date(2027, 2, 8), "agency", trigger_on=BEGUN)
    publish(FEAST)

    assert recount_open() == 1

    move = Move.objects.get()
    assert (move.deadline, move.before_on, move.after_on) == (
        moving,
        date(2027, 2, 8),
        date(2027, 2, 12),
    )
    assert again(moving).due_on == date(2027, 2, 8)
    kept = again(still)
    assert (kept.due_on, kept.provisional) == (date(2027, 3, 11), False)
    assert kept.counted_with == counted_with(city.jurisdiction.calendar.version)
    assert again(hand).due_on == date(2027, 2, 8)


def test_a_second_run_proposes_nothing_more(city, moving):
    publish(FEAST)

    assert [recount_open(), recount_open()] == [1, 0]
    assert Move.objects.count() == 1


@pytest.mark.parametrize("state", [DeadlineState.MET, DeadlineState.SUSPENDED])
def test_what_is_closed_or_stands_still_is_not_moved(city, moving, state):
    if state == DeadlineState.MET:
        meet(city.body, RULE, actor=None, on=date(2027, 2, 1))
    else:
        suspend(city.body, RULE, actor=None, on=date(2027, 2, 1), reason="鉴定")
    publish(FEAST)

    assert recount_open() == 0
    assert (again(moving).state, again(moving).due_on) == (state, date(2027, 2, 8))


def test_what_stood_still_is_counted_by_the_new_table_when_it_runs_again(city, moving):
    suspend(city.body, RULE, actor=None, on=date(2027, 2, 1), reason="鉴定")
    publish(FEAST)
    recount_open()

    # two days: the nominal end is Wednesday, 10 February, within the holiday
    (running,) = resume(city.body, RULE, actor=None, on=date(2027, 2, 3))
    assert (running.nominal_on, running.due_on) == (date(2027, 2, 10), date(2027, 2, 12))
    assert recount_open() == 0


def test_a_move_is_confirmed_by_the_liaison_officer(city, moving):
    publish(FEAST)
    recount_open()

    (move,) = confirm_moves([Move.objects.get().pk], actor=city.users["court_officer"])

    moved = again(moving)
    assert (move.state, moved.due_on) == (MoveState.CONFIRMED, date(2027, 2, 12))
    assert [step["step"] for step in moved.steps][-2:] == ["roll", "calendar"]
    assert not moved.provisional
    assert confirm_moves([move.pk], actor=city.users["court_officer"]) == []
    assert recount_open() == 0


@pytest.mark.parametrize("name", ["agency_contact", "recorder", "court_convenor", "system_admin"])
def test_nobody_else_confirms_a_move(city, moving, name):
    publish(FEAST)
    recount_open()

    with pytest.raises(PermissionDenied):
        confirm_moves([Move.objects.get().pk], actor=city.users[name])

    assert again(moving).due_on == date(2027, 2, 8)


def test_a_move_is_dismissed_for_good(city, moving):
    publish(FEAST)
    recount_open()
    officer = city.users["court_officer"]

    move = dismiss_move(Move.objects.get().pk, actor=officer, reason="文书已载明日期")

    assert (move.state, again(moving).due_on) == (MoveState.DISMISSED, date(2027, 2, 8))
    assert recount_open() == 0
    with pytest.raises(RuleBroken) as settled:
        dismiss_move(move.pk, actor=officer, reason="再次")
    assert settled.value.code == "move_settled"


def test_an_extension_outdates_the_move(city, moving):
    publish(FEAST)
    recount_open()
    move = Move.objects.get()

    extend(city.body, RULE, actor=None, by=Length(20, Unit.DAYS), reason="情况复杂")

    move.refresh_from_db()
    assert (move.state, again(moving).due_on) == (MoveState.OUTDATED, date(2027, 3, 1))
    assert confirm_moves([move.pk], actor=city.users["court_officer"]) == []
    assert recount_open() == 0


def test_a_corrected_table_takes_the_move_back(city, moving):
    publish(FEAST)
    recount_open()
    publish("2027-02-06=春节", source="更正")

    assert recount_open() == 0
    assert Move.objects.get().state == MoveState.OUTDATED
    assert again(moving).due_on == date(2027, 2, 8)


def test_a_corrected_table_proposes_another_day(city, moving):
    publish(FEAST)
    recount_open()
    publish("2027-02-05..2027-02-08=春节", source="更正")

    assert recount_open() == 1
    assert list(Move.objects.order_by("pk").values_list("state", "after_on")) == [
        (MoveState.OUTDATED, date(2027, 2, 12)),
        (MoveState.PROPOSED, date(2027, 2, 9)),
    ]


def test_what_would_move_to_another_day_by_now_is_not_confirmed(city, moving):
    publish(FEAST)
    recount_open()
    publish("2027-02-05..2027-02-08=春节", source="更正")
    move = Move.objects.get()

    assert confirm_moves([move.pk], actor=city.users["court_officer"]) == []

    move.refresh_from_db()
    assert (move.state, again(moving).due_on) == (MoveState.OUTDATED, date(2027, 2, 8))
    assert recount_open() == 1
    assert Move.objects.latest("pk").after_on == date(2027, 2, 9)


# -- a rule of the law changes


@pytest.fixture
def amended(tmp_path, monkeypatch):
    """amended(old, new) changes the table of the law from now on."""

    def change(old, new):
        place = tmp_path / "law"
        shutil.copytree(rules.LAW, place)
        text = (place / "10_suggestions.yaml").read_text(encoding="utf-8")
        assert old in text
        (place / "10_suggestions.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
        monkeypatch.setattr(rules, "LAW", place)
        forget()

    yield change
    monkeypatch.undo()
    forget()


def forget():
    rules.law.cache_clear()
    rules.law_version.cache_clear()


def by_rule(city, key, **changes):
    given = {
        "actor": None,
        "title": "答复",
        "jurisdiction": city.jurisdiction,
        "owed_by": city.organizations["agency"],
        "trigger_on": date(2026, 11, 2),
    }
    return open_by_rule(city.body, key, **given | changes)


SHORTER = ("length: 60 days", "length: 30 days")


def test_a_rule_that_changes_proposes_moves_too(city, amended):
    deadline = by_rule(city, "SJ-ND-REPLY")  # until Friday, 1 January 2027: no table yet
    amended(*SHORTER)

    assert recount_open() == 1
    move = Move.objects.get()
    assert move.after_on == date(2026, 12, 2)
    confirm_moves([move.pk], actor=city.users["gov_officer"])

    assert (again(deadline).due_on, again(deadline).length) == (
        date(2026, 12, 2),
        Length(30, Unit.DAYS),
    )
    assert recount_open() == 0


def test_what_is_extended_before_the_recount_hears_of_the_new_law_too(city, amended):
    by_rule(city, "SJ-ND-REPLY")
    amended(*SHORTER)
    extend(city.body, "SJ-ND-REPLY", actor=None, by=Length(10, Unit.DAYS), reason="情况复杂")

    assert recount_open() == 1
    assert Move.objects.get().after_on == date(2026, 12, 14)  # 40 days: the 12th, a Saturday


def test_a_length_that_the_letter_names_is_its_own(city, amended):
    deadline = by_rule(city, "SJ-REPLY", length=1)
    amended("length: 2 months", "length: 3 months")

    assert recount_open() == 0
    assert again(deadline).due_on == date(2026, 12, 2)


def test_a_length_of_the_institution_outlives_a_new_table(city):
    source = MechanismVersion.objects.get(mechanism=city.mechanism).source
    own = {**source, "deadlines": [{"key": "FY-PERF-REP", "length": "10 workdays"}]}
    MechanismVersion.objects.update(source=own)
    deadline = by_rule(city, "FY-PERF-REP", mechanism=city.mechanism)
    assert deadline.due_on == date(2026, 11, 16)
    publish(FEAST)

    assert recount_open() == 0
    assert again(deadline).length == Length(10, Unit.WORKDAYS)


@pytest.mark.parametrize("count", [1, 3])
def test_a_recount_asks_the_same_however_much_is_open(city, count, django_assert_num_queries):
    for unit in ("court", "gov", "agency")[:count]:
        counted(city, date(2027, 2, 9), "30 days", unit)
    publish(FEAST)
    city.jurisdiction.calendar  # noqa: B018 - its days are read before

    with django_assert_num_queries(12):
        recount_open()


# -- by the pages' own forms, from the notice of holidays to the day that moves


def test_a_calendar_that_is_edited_lists_what_moves_and_moves_it_when_confirmed(
    city, as_user, time_machine, django_capture_on_commit_callbacks
):
    time_machine.move_to(datetime(2026, 11, 23, 2, tzinfo=UTC))
    moving, closed = counted(city, BEGUN, "30 days"), counted(city, BEGUN, "30 days", "gov")
    meet(city.body, RULE, actor=None, on=date(2026, 11, 20), owed_by=city.organizations["gov"])
    client, edit = as_user(city.users["system_admin"]), "/calendars/edit/?year=2027&region="
    given = {"source": "国办发明电〔2026〕8号", "rest": "2027-02-05..2027-02-11 春节", "work": ""}
    page = client.post(edit, given | {"version": 0, "preview": ""})
    given |= {"version": 0, "previewed": page.context["form"]["previewed"].value()}

    with django_capture_on_commit_callbacks():
        client.post(edit, given | {"publish": ""})
    task()  # what the form started after its commit

    moves = as_user(city.users["court_officer"])
    assert "2027-02-12 周五" in moves.get("/deadlines/moves/").text
    assert again(moving).due_on == date(2027, 2, 8)
    ticked = {"move": [Move.objects.get().public_id], "reason": "", "confirm": ""}
    moves.post("/deadlines/moves/", ticked)
    assert again(moving).due_on == date(2027, 2, 12)
    assert (again(closed).due_on, again(closed).state) == (date(2027, 2, 8), DeadlineState.MET)


# -- the institution's text changes


DAYS = "deadlines: [{{key: FY-PERF-REP, length: {} workdays}}]\n"


@pytest.fixture
def small(tmp_path, capsys):
    """small(version, since, days) loads a version of a small institution's text."""

    def made(version, since, days):
        path = written(
            tmp_path / "profile.yaml",
            'version: "1"',
            f'version: "{version}"',
            "effective_from: 2024-01-02",
            f"effective_from: {since}",
        )
        path.write_text(path.read_text(encoding="utf-8") + DAYS.format(days), encoding="utf-8")
        load(path, capsys)
        return Mechanism.objects.get(key="small")

    return made


@pytest.mark.parametrize(
    ("begun", "after"),
    [(date(2026, 11, 2), None), (date(2026, 11, 3), date(2026, 11, 10))],
    ids=["under the old text", "from its first day on"],
)
def test_a_new_text_of_the_institution_proposes_what_it_moves(city, small, begun, after):
    mechanism = small(1, "2026-01-01", 10)
    deadline = by_rule(city, "FY-PERF-REP", trigger_on=begun, mechanism=mechanism)
    small(2, "2026-11-03", 5)

    recount_open()

    assert list(Move.objects.values_list("after_on", flat=True)) == ([after] if after else [])
    assert again(deadline).counted_with == deadline.counted_with or after


def test_what_stands_still_is_counted_by_the_new_text_when_it_runs_again(city, small):
    mechanism = small(1, "2026-01-01", 10)
    by_rule(city, "FY-PERF-REP", trigger_on=date(2026, 11, 3), mechanism=mechanism)
    suspend(city.body, "FY-PERF-REP", actor=None, on=date(2026, 11, 4), reason="鉴定")
    small(2, "2026-11-03", 5)
    assert recount_open() == 0

    resume(city.body, "FY-PERF-REP", actor=None, on=date(2026, 11, 5))

    assert recount_open() == 1
