"""Documents that units must have, handlers, checks: written by actions, read by few."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from returns.actions import checks, deliverables, staff
from returns.actions.deliverables import cycle_of
from returns.models import CaseHandler, CheckSheet, Deliverable
from returns.staffing import staffing_under
from services.deadlines.models import Deadline, DeadlineState
from tests.clauses import provision
from tests.handing_in import (
    FOUND,
    TODAY,
    acting,
    check_round,
    deliverable,
    filled_sheet,
    handler,
    paper,
    sheet,
    wanting,
)
from tests.letters import moment

LATER = moment(TODAY, 15)


@pytest.mark.parametrize(
    ("row", "on", "expected"),
    [
        pytest.param({}, "2026-03-01", (0, None), id="no day is named"),
        pytest.param({"due_on": "2023-12-31"}, "2026-03-01", (0, "2023-12-31"), id="once"),
        pytest.param({"every_years": 1}, "2026-03-01", (2026, "2026-12-31"), id="each year"),
        pytest.param(
            {"due_on": "2024-06-30", "every_years": 2},
            "2026-07-01",
            (2028, "2028-06-30"),
            id="every second year",
        ),
        pytest.param(
            {"due_on": "2024-06-30", "every_years": 2},
            "2026-06-30",
            (2026, "2026-06-30"),
            id="on its last day",
        ),
    ],
)
def test_the_cycle_that_runs(row, on, expected):
    year, due_on = cycle_of(row, date(2020, 1, 2), date.fromisoformat(on))

    assert (year, due_on.isoformat() if due_on else None) == expected


def test_a_document_is_owed_until_it_is_there_and_superseded_later(city):
    one = deliverable(city)
    deliverables.open_deliverables(on=TODAY)
    assert Deliverable.objects.count() == 1
    assert Deadline.objects.about(one).get().owed_by == city.organizations["agency"]

    first = deliverables.deliver(one.pk, **acting(city), paper=paper(date(2026, 11, 2)))
    second = deliverables.deliver(one.pk, **acting(city), paper=paper(title="办法（修订）"))

    one.refresh_from_db()
    first.refresh_from_db()
    assert (one.state, one.delivered_on) == ("delivered", date(2026, 11, 2))
    assert (first.superseded_on, second.superseded_on) == (TODAY, None)
    assert Deadline.objects.about(one).get().state == DeadlineState.MET


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        pytest.param({"files": []}, "no_paper", "file", id="neither paper nor file"),
        pytest.param({"on": date(2026, 12, 1)}, "future", "on", id="still to come"),
        pytest.param({"declared": False}, "not_declared", "declared", id="not declared"),
    ],
)
def test_what_cannot_be_delivered(city, given, code, field):
    one = deliverable(city)

    with pytest.raises(RuleBroken) as broken:
        deliverables.deliver(one.pk, **acting(city), paper=paper(**given))

    assert (broken.value.code, broken.value.field) == (code, field)
    assert not one.deliveries.exists()


@pytest.mark.parametrize(
    ("who", "seen", "delivers"),
    [
        ("agency_contact", True, True),
        ("gov_officer", True, False),
        ("court_officer", False, False),
    ],
)
def test_who_sees_and_delivers(city, who, seen, delivers):
    one = deliverable(city)

    assert visible_to(city.users[who], Deliverable).exists() is seen
    if delivers:
        deliverables.deliver(one.pk, **acting(city, who), paper=paper())
    else:
        with pytest.raises(PermissionDenied):
            deliverables.deliver(one.pk, **acting(city, who), paper=paper())


def test_handlers_are_counted_as_the_clause_wants(city):
    clause = provision(
        city, "task", "staff", bearers=["agency"], persons={"count": 2, "qualified": True}
    )
    handler(city)
    learner = handler(city, name="司马青", qualification="none", certificate="")

    (before,) = staffing_under(city.mechanism, clause, TODAY)
    staff.certify(
        learner.pk,
        **acting(city),
        qualification="legal",
        certificate="A20264201990002",
        qualified_on=TODAY,
    )
    (after,) = staffing_under(city.mechanism, clause, TODAY)

    assert (before.counting, before.lacking, after.lacking) == (1, 1, 0)


@pytest.mark.parametrize(
    ("words", "code", "field"),
    [
        pytest.param({"certificate": " "}, "no_certificate", "certificate", id="no certificate"),
        pytest.param({"name": "欧阳静"}, "there_already", "name", id="twice"),
        pytest.param({"valid_from": date(2027, 1, 4)}, "future", "valid_from", id="to come"),
    ],
)
def test_handlers_that_are_refused(city, words, code, field):
    handler(city)

    with pytest.raises(RuleBroken) as broken:
        handler(city, **{"name": "司马青", **words})

    assert (broken.value.code, broken.value.field) == (code, field)


def test_who_left_handles_nothing_from_the_next_day_on(city):
    one = handler(city)

    staff.end_handler(one.pk, **acting(city), valid_to=date(2026, 11, 20), reason="调离")

    assert CaseHandler.objects.on(date(2026, 11, 20)).exists()
    assert not CaseHandler.objects.on(date(2026, 11, 21)).exists()


def test_the_page_warns_of_units_that_are_short(city, as_user):
    provision(city, "task", "staff", bearers=["agency"], persons={"count": 2, "qualified": True})
    handler(city)
    with time_machine.travel(LATER, tick=False):
        page = as_user(city.users["gov_officer"]).get(reverse("returns:staff"))

    assert "缺 1 人" in page.content.decode()


def test_a_sheet_is_filled_in_and_what_is_wanting_is_watched_until_it_is_mended(city):
    point = wanting(city)
    limits = Deadline.objects.about(point.sheet)

    states = set(limits.values_list("rule", "state", "due_on"))
    mended = checks.mend_point(point.pk, **acting(city), on=TODAY, mended="已配备录音录像设备")

    assert ("CHECK-POINT", "open", date(2026, 12, 20)) in states
    assert mended.mended_on == TODAY
    assert not limits.open().exists()
    assert CheckSheet.objects.get().state_pill[2] == "齐备"


@pytest.mark.parametrize(
    ("found", "code", "field"),
    [
        pytest.param(FOUND[:1], "incomplete", "", id="an item is left out"),
        pytest.param(
            [FOUND[0], checks.Found("听证室", False, "", date(2026, 12, 20))],
            "no_lack",
            "lacks_1",
            id="wanting, but not what",
        ),
        pytest.param(
            [FOUND[0], checks.Found("听证室", False, "没有录音设备")],
            "no_day",
            "mend_by_1",
            id="wanting without a day",
        ),
    ],
)
def test_sheets_that_are_refused_leave_nothing(city, found, code, field):
    row = sheet(city)

    with pytest.raises(RuleBroken) as broken:
        checks.fill_sheet(row.pk, **acting(city), found=found)

    assert (broken.value.code, broken.value.field) == (code, field)
    assert not row.points.exists()


def test_a_round_of_the_caller_is_read_by_the_units_asked_alone(city, as_user):
    made = check_round(city)
    url = reverse("returns:round", args=[made.public_id])

    with time_machine.travel(LATER, tick=False):
        codes = {
            who: as_user(city.users[who]).get(url).status_code
            for who in ("gov_officer", "agency_contact", "court_officer")
        }

    assert codes == {"gov_officer": 200, "agency_contact": 200, "court_officer": 404}


def test_the_sheet_is_filled_in_on_its_page(city, as_user):
    row = sheet(city)
    url = reverse("returns:sheet-fill", args=[row.public_id])
    answers = {
        "passed_0": "yes",
        "passed_1": "no",
        "lacks_1": "没有录音设备",
        "mend_by_1": "2026-12-20",
        "version": row.version,
    }
    with time_machine.travel(LATER, tick=False):
        client = as_user(city.users["agency_contact"])
        refused = client.post(url, {**answers, "lacks_1": ""})
        sent = client.post(url, answers)
        page = client.get(row.get_absolute_url()).content.decode()

    assert refused.status_code == 422
    assert "请说明所缺" in refused.content.decode()
    assert sent.status_code == 302
    assert "没有录音设备" in page


@pytest.mark.parametrize("count", [1, 3])
def test_sheets_cost_the_same_for_any_number(city, as_user, django_assert_max_num_queries, count):
    for n in range(count):
        filled_sheet(city, title=f"办案场所检查（{n}）")
    client = as_user(city.users["gov_officer"])

    with time_machine.travel(LATER, tick=False):
        client.get(reverse("returns:facilities"))
        with django_assert_max_num_queries(20):
            page = client.get(reverse("returns:facilities"))

    assert page.status_code == 200
