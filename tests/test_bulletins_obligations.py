"""Who owes what and when: from the profile to instalments, their limits and answers."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from bulletins.actions import obligations as actions
from bulletins.cadence import terms_due
from bulletins.models import Instalment, InstalmentState, Obligation
from foundations.access.errors import RuleBroken
from foundations.calendars.dues import Due
from foundations.calendars.terms import Per
from services.deadlines.models import Deadline, DeadlineState
from tests.letters import moment
from tests.owed import clause, instalment, owe, told

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("per", "due", "last_days"),
    [
        pytest.param(
            "month",
            {"day": 20},
            {"2026年11月": "2026-11-20", "2026年12月": "2026-12-21"},
            id="roll",
        ),
        pytest.param(
            "quarter", {"days_after": 30}, {"2026年第三季度": "2026-10-30"}, id="after the term"
        ),
        pytest.param("half_year", {}, {"2026年下半年": "2026-12-31"}, id="end of the term"),
        pytest.param(
            "year", {"on": "03-31", "of": "previous"}, {"2025年度": "2026-03-31"}, id="next year"
        ),
        pytest.param("year", {"on": "03-31"}, {"2026年度": "2026-03-31"}, id="the same year"),
        pytest.param("year", {"on": "01-31"}, {"2026年度": "2026-01-31"}, id="a named day stays"),
    ],
)
def test_last_days(db, city, per, due, last_days):
    calendar = city.jurisdiction.calendar
    year = (date(2026, 1, 1), date(2026, 12, 31))

    found = {
        term.label: reckoned.due_on.isoformat()
        for term, reckoned in terms_due(Per(per), Due.of(due), calendar, *year)
    }

    assert last_days.items() <= found.items()


def test_a_year_ahead_is_opened_once_with_its_limits(city):
    row = owe(city)

    made = actions.open_instalments(on=TODAY)
    again = actions.open_instalments(on=TODAY)

    assert (made, again) == (23, 0)
    december = row.instalments.get(label="2026年12月")
    limit = Deadline.objects.about(december).get()
    assert limit.due_on == date(2026, 12, 21)
    assert limit.owed_by == city.organizations["division"]
    assert Deadline.objects.open().count() == made


def test_nothing_is_opened_that_was_due_before_the_portal_knew(city):
    row = owe(city, watched_from=date(2026, 10, 21))

    actions.open_instalments(on=TODAY)

    assert row.instalments.order_by("due_on").first().label == "2026年11月"


def test_an_ended_matter_owes_no_later_term(city):
    row = owe(city, valid_to=date(2026, 12, 31))

    actions.open_instalments(on=TODAY)

    assert row.instalments.order_by("-due_on").first().label == "2026年12月"


def test_a_nil_return_needs_a_reason_and_may_be_taken_back(city):
    owe(city)
    actions.open_instalments(on=TODAY)
    row = Instalment.objects.get(label="2026年11月")
    user = city.users["court_officer"]
    given = {"actor": user, "at": moment(TODAY)}

    with pytest.raises(RuleBroken) as broken:
        actions.nil_return(row.pk, reason=" ", **given)
    assert (broken.value.code, broken.value.field) == ("no_reason", "reason")

    actions.nil_return(row.pk, reason="本月没有新收行政案件。", **given)
    row.refresh_from_db()
    assert (row.state, row.done_on, row.nil_by) == (InstalmentState.NIL, TODAY, user)
    assert Deadline.objects.about(row).get().state == DeadlineState.MET_LATE

    actions.take_back_nil(row.pk, **given)
    row.refresh_from_db()
    assert (row.state, row.nil_reason) == (InstalmentState.DUE, "")
    assert Deadline.objects.about(row).open().get().due_on == date(2026, 11, 20)


@pytest.mark.parametrize("name", ["gov_officer", "agency_contact", "court_convenor"])
def test_only_the_debtor_answers(city, name):
    owe(city)
    row = instalment(Obligation.objects.get(), date(2026, 11, 20))

    with pytest.raises(PermissionDenied):
        actions.nil_return(row.pk, actor=city.users[name], at=moment(TODAY), reason="无")


def test_fulfilled_and_opened_again(city):
    owe(city)
    actions.open_instalments(on=TODAY)
    row = Instalment.objects.get(label="2026年12月")

    actions.fulfil(row.pk, actor=None, on=TODAY)
    assert Deadline.objects.about(row).get().state == DeadlineState.MET
    actions.reopen(row.pk, actor=None, on=TODAY)

    row.refresh_from_db()
    assert (row.state, row.done_on) == (InstalmentState.DUE, None)
    assert Deadline.objects.about(row).open().exists()


def test_an_event_is_owed_within_its_days(city):
    within = {"within": {"amount": 10, "unit": "calendar_days"}}
    row = owe(city, "norms", cadence="event", terms=within)
    given = {"actor": city.users["court_officer"], "at": moment(TODAY)}

    made = actions.register_occasion(
        row.pk, what="行政诉讼新司法解释", happened_on=date(2026, 11, 19), **given
    )

    assert made.due_on == date(2026, 11, 30)
    with pytest.raises(RuleBroken) as broken:
        actions.register_occasion(
            row.pk, what="另一件", happened_on=TODAY + timedelta(days=1), **given
        )
    assert broken.value.field == "happened_on"


def test_a_plan_opens_its_days_and_a_new_plan_lets_the_rest_fall_away(city):
    row = owe(city, "opinions", cadence="planned", terms={})
    given = {"actor": city.users["court_officer"], "at": moment(TODAY), "year": 2027}
    first, second, third = date(2027, 3, 20), date(2027, 6, 18), date(2027, 9, 17)

    plan = actions.plan_year(row.pk, days=[first, second], **given)
    actions.plan_year(row.pk, days=[second, third], version=plan.version, **given)

    states = dict(row.instalments.values_list("due_on", "state"))
    assert states == {first: "void", second: "due", third: "due"}
    with pytest.raises(RuleBroken) as broken:
        actions.plan_year(row.pk, days=[date(2028, 1, 4)], **given)
    assert (broken.value.code, broken.value.field) == ("other_year", "days")
    actions.plan_year(row.pk, days=[first], **given)
    assert Deadline.objects.open().filter(due_on=first).exists()


BOARD = "/bulletins/?year=2026"


@pytest.fixture
def owed(city, time_machine):
    """Two matters of the court: January read, February late, March nil, December open."""
    time_machine.move_to(moment(TODAY))
    clause(city)
    row = owe(city)
    read = instalment(row, date(2026, 1, 20))
    told(city, read, date(2026, 1, 16), "read")
    late = instalment(row, date(2026, 2, 20))
    told(city, late, date(2026, 2, 24), "recv")
    instalment(row, date(2026, 11, 20))
    instalment(row, date(2026, 11, 27), term="x")
    instalment(row, date(2026, 12, 21))
    return row


def test_the_board_shows_each_cell(city, as_user, owed):
    page = as_user(city.users["gov_officer"]).get(BOARD)

    text = page.content.decode()
    assert page.status_code == 200
    for words in ("01-16", "迟4天", "逾3天", "12-21", "市法院 → 市政府、市司法局"):
        assert words in text, words
    board = page.context["board"]
    assert board.counts["over"] == 1
    assert board.counts["soon"] == 1
    assert board.on_time == (1, 3)
    assert board.counts["read"] == 1


def test_the_strip_filters_the_cells(city, as_user, owed):
    page = as_user(city.users["gov_officer"]).get(f"{BOARD}&state=over")

    shown = [
        entry
        for group in page.context["board"].groups
        for row in group.rows
        for cell in row.cells
        for entry in cell.entries
    ]
    assert len(shown) == page.context["board"].counts["over"] == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_costs_the_same_for_more_cells(
    city, as_user, owed, rows, django_assert_num_queries
):
    for n in range(rows):
        told(city, instalment(owed, date(2026, 3 + n, 20)), date(2026, 3 + n, 18), "read")
        owe(city, f"more-{n}", debtor="justice", office="section", to=("court",))
    client = as_user(city.users["gov_officer"])
    client.get(BOARD)

    with django_assert_num_queries(BOARD_QUERIES):
        client.get(BOARD)


BOARD_QUERIES = 17


@pytest.mark.parametrize(
    ("name", "status"), [("gov_officer", 200), ("court_officer", 200), ("agency_contact", 404)]
)
def test_pages_of_a_matter(city, as_user, owed, name, status):
    client = as_user(city.users[name])
    one = owed.instalments.get(due_on=date(2026, 1, 20))

    assert client.get(owed.get_absolute_url()).status_code == status
    assert client.get(one.get_absolute_url()).status_code == status


def test_the_list_and_its_export(city, as_user, owed):
    client = as_user(city.users["gov_officer"])

    page = client.get(reverse("bulletins:obligations"))
    assert "每月20日前" in page.content.decode().replace(" ", "")
    assert client.get(reverse("bulletins:obligations") + "?export=xlsx").status_code == 200


def test_a_nil_return_by_its_page(city, as_user, owed):
    client = as_user(city.users["court_officer"])
    row = owed.instalments.get(due_on=date(2026, 11, 20))
    address = reverse("bulletins:nil", args=[row.public_id])

    refused = client.post(address, {"reason": "", "version": row.version})
    done = client.post(address, {"reason": "本月没有案件。", "version": row.version})

    assert refused.status_code == 422
    assert "零报告" in refused.content.decode()
    assert done.status_code == 302
    row.refresh_from_db()
    assert row.state == InstalmentState.NIL
    assert "本月没有案件。" in client.get(row.get_absolute_url()).content.decode()
