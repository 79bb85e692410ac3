"""What a unit owes: its page, the list of all units, and who may look at them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from members.models import Succession
from suggestions.models import Addressee, Measure
from suggestions.stages import Stage
from suggestions.states import AddresseeState, LetterState
from tests.letters import agencies, letter, procuratorate

A = AddresseeState
TODAY = timezone.localdate()
LATE, SOON, FAR = (TODAY + timedelta(days=days) for days in (-3, 5, 40))
UNIT_QUERIES = 16
UNITS_QUERIES = 12


def advised(city, unit: str, state: str, **given) -> Addressee:
    made = letter(city, addressees=[city.organizations[unit]], copies=())
    Addressee.objects.filter(suggestion=made).update(state=state, **given)
    return made.addressees.get()


def address(city, unit: str) -> str:
    return f"/suggestions/units/{city.organizations[unit].public_id}/"


@pytest.fixture
def owed(city) -> dict[str, Addressee]:
    agencies(city, 3)
    return {
        "far": advised(city, "agency", A.SERVED, reply_due_on=FAR),
        "late": advised(city, "agency", A.SERVED, reply_due_on=LATE),
        "soon": advised(city, "agency", A.SERVED, reply_due_on=SOON),
        "sent": advised(city, "agency", A.SENT),
        "carrying out": advised(city, "agency", A.RECTIFYING, rectify_due_on=FAR),
        "to verify": advised(city, "agency", A.TO_VERIFY, rectified_on=TODAY),
        "closed": advised(city, "agency", A.CLOSED, closed_on=TODAY),
        "natural's": advised(city, "natural", A.SERVED, reply_due_on=LATE),
    }


def test_the_page_lists_what_the_unit_has_to_do_what_ends_first_on_top(city, as_user, owed):
    page = as_user(city.users["court_officer"]).get(address(city, "agency"))

    parts = {
        part.stage.value: [line.addressee.pk for line in part.lines]
        for part in page.context["parts"]
    }
    assert parts == {
        "unanswered": [owed[name].pk for name in ("late", "soon", "far")],
        "unserved": [owed["sent"].pk],
        "rectifying": [owed["carrying out"].pk],
        "verify": [owed["to verify"].pk],
        "closed": [owed["closed"].pk],
    }
    assert {one.stage: one.number for one in page.context["counts"]} == {
        Stage.LATE: 1,
        Stage.SOON: 1,
        Stage.UNANSWERED: 3,
        Stage.RECTIFYING: 1,
        Stage.VERIFY: 1,
        Stage.CLOSED: 1,
    }


def test_its_measures_are_named_with_who_and_until_when(city, as_user, owed):
    row = owed["carrying out"]
    Measure.objects.create(
        addressee=row,
        problem=row.suggestion.problems.first(),
        text="修订执法文书",
        responsible="马文涛",
        due_on=SOON,
    )

    page = as_user(city.users["agency_contact"]).get(address(city, "agency")).text

    assert "修订执法文书" in page
    assert "马文涛" in page


@pytest.mark.parametrize(
    ("who", "unit", "status"),
    [
        ("court_officer", "agency", 200),
        ("court_deputy", "agency", 200),
        ("agency_contact", "agency", 200),
        ("agency_contact", "natural", 404),
        ("housing_contact", "housing", 200),
        ("housing_contact", "agency", 404),
        ("procurator", "agency", 404),
        ("system_admin", "agency", 404),
    ],
)
def test_a_unit_is_shown_to_itself_and_to_who_takes_part(city, as_user, owed, who, unit, status):
    procuratorate(city)

    assert as_user(city.users[who]).get(address(city, unit)).status_code == status


def test_what_was_sent_to_a_predecessor_stands_with_its_successor(city, as_user, owed):
    Succession.objects.create(
        predecessor=city.organizations["agency"],
        successor=city.organizations["housing"],
        on=TODAY,
    )
    court = as_user(city.users["court_officer"])

    rows = court.get("/suggestions/units/").context["rows"]

    assert {row.unit.key: row.letters for row in rows} == {"housing": 7, "natural": 1}
    page = court.get(address(city, "housing"))
    assert {one.stage: one.number for one in page.context["counts"]}[Stage.UNANSWERED] == 3
    ledger = court.get(page.context["counts"][0].url).context["ledger"]
    assert ledger.count == page.context["counts"][0].number == 1


def test_the_list_counts_what_the_pages_and_the_ledger_count(city, as_user, owed):
    court = as_user(city.users["court_officer"])

    rows = court.get("/suggestions/units/").context["rows"]

    assert [row.unit.key for row in rows] == ["agency", "natural"]
    for row in rows:
        on_page = {
            one.stage: one.number
            for one in court.get(address(city, row.unit.key)).context["counts"]
        }
        assert on_page == {one.stage: one.number for one in row.counts if one.stage in on_page}
        for one in row.counts:
            assert court.get(one.url).context["ledger"].count == one.number


def test_withdrawn_letters_are_owed_by_nobody(city, as_user, owed):
    late = owed["late"].suggestion
    late.state = LetterState.WITHDRAWN
    late.store()

    page = as_user(city.users["court_officer"]).get(address(city, "agency"))

    assert page.context["counts"][0].number == 0


def test_who_has_to_do_with_one_unit_goes_straight_to_it(city, as_user, owed):
    answer = as_user(city.users["natural_contact"]).get("/suggestions/units/")

    assert answer.headers["Location"] == address(city, "natural")


def test_nothing_to_show_is_said(city, as_user):
    assert (
        "还没有发出的建议" in as_user(city.users["court_officer"]).get("/suggestions/units/").text
    )
    assert (
        "该单位目前没有应办事项"
        in as_user(city.users["agency_contact"]).get(address(city, "agency")).text
    )


@pytest.mark.parametrize(("path", "queries"), [("agency", UNIT_QUERIES), ("", UNITS_QUERIES)])
def test_the_pages_cost_the_same_for_one_letter_and_three(
    city, as_user, django_assert_num_queries, path, queries
):
    agencies(city, 3)
    page = as_user(city.users["court_officer"])
    for count in (1, 2):
        for _ in range(count):
            advised(city, "agency", A.SERVED, reply_due_on=LATE)
            advised(city, "natural", A.SERVED, reply_due_on=LATE)
            advised(city, "agency", A.RECTIFYING, rectify_due_on=LATE)
        with django_assert_num_queries(queries):
            page.get(address(city, path) if path else "/suggestions/units/")
