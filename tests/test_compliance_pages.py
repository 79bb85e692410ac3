"""The text with its states: who reads it, what of the evidence, by month, on paper."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse

from dashboards.actions import freeze_month, freeze_months
from dashboards.models import ComplianceTable, MonthEnd
from mechanisms.states import RuleKind
from members.models import Organization, Seat
from members.states import OrganizationKind, SeatRole, Side
from services.documents.models import OfficialDocument
from tests.clauses import provision
from tests.disputes import dispute, worker
from tests.sitting import moment

DAY = date(2026, 11, 23)
LATER = moment(DAY, 10)


def page(city) -> str:
    return reverse("dashboards:compliance", args=[city.mechanism.key])


@pytest.fixture
def seated(city):
    return provision(city, RuleKind.ROSTER, "seat", number="T-6", counts={"convenor": 2})


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(LATER, tick=False):
        yield


def empty_a_seat(city, on: date) -> None:
    seat = Seat.objects.filter(body=city.body, role=SeatRole.CONVENOR).latest("pk")
    seat.valid_to = on - timedelta(days=1)
    seat.save()


@pytest.mark.parametrize(
    ("on", "state", "said"),
    [
        pytest.param("2026-11-20", "kept", "席位齐全", id="before the seat was empty"),
        pytest.param("2026-11-21", "broken", "缺：召集人 1 名", id="since then"),
        pytest.param("2023-12-31", "notyet", "起施行", id="before the text took effect"),
    ],
)
def test_a_clause_has_its_state_of_the_day(city, as_user, seated, on, state, said):
    empty_a_seat(city, date(2026, 11, 21))

    shown = as_user(city.users["gov_officer"]).get(page(city), {"on": on}).content.decode()

    note = shown.split('id="T-6"')[1].split("</div></div>")[0]
    assert said in note
    assert f'fy-rule--{state}" id="T-6"' in shown
    assert f'<u class="u-{state}">' in shown


def test_counts_choose_what_is_shown(city, as_user, seated):
    provision(city, RuleKind.STATEMENT, "mechanism", number="T-7")
    client = as_user(city.users["court_officer"])

    shown = client.get(page(city), {"state": "broken"}).content.decode()

    assert 'id="T-7"' in shown
    assert 'id="T-6"' not in shown
    assert 'href="#T-6"' in shown, "the strip shows every clause"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("gov_officer", 200),
        ("court_convenor", 200),
        ("agency_contact", 200),
        ("system_admin", 404),
        ("audit_admin", 404),
    ],
)
def test_whoever_works_for_a_party_reads_it(city, as_user, seated, who, status):
    assert as_user(city.users[who]).get(page(city)).status_code == status


def test_evidence_that_is_closed_is_neither_shown_nor_counted(city, client):
    provision(city, RuleKind.CASE_FLOW, "dispute", number="T-11")
    found = dispute(city)
    stranger = Organization.objects.create(
        jurisdiction=city.jurisdiction,
        key="parks",
        name="试验市园林局",
        short_name="市园林局",
        kind=OrganizationKind.AGENCY,
        side=Side.GOVERNMENT,
    )
    city.organizations["parks"] = stranger
    outsider, insider = worker(city, stranger), city.users["agency_contact"]

    def note(user) -> str:
        client.force_login(user, backend="members.backends.AccountBackend")
        shown = client.get(page(city)).content.decode()
        return shown.split('id="T-11"')[1].split("</div></div>")[0]

    inside, outside = note(insider), note(outsider)
    assert found.get_absolute_url() in inside
    assert found.get_absolute_url() not in outside
    assert "近一年有记录" in outside, "the state is one for all"


def test_a_month_is_frozen_once_and_later_records_show_beside_it(city, as_user, seated):
    (made,) = freeze_months(on=DAY, at=LATER)
    again = freeze_month(city.mechanism.pk, month_on=date(2026, 10, 5), actor=None, at=LATER)
    empty_a_seat(city, date(2026, 10, 20))
    client = as_user(city.users["gov_officer"])

    shown = client.get(made.get_absolute_url()).content.decode()

    assert (again, made.on) == (made, date(2026, 10, 31))
    assert [one.standing for one in made.states.all()] == ["kept"]
    assert "缺：召集人 1 名" in shown
    assert "按现有记录，1 条的状态已不同" in shown


def test_a_month_before_the_text_is_not_frozen(city, seated):
    made = freeze_month(city.mechanism.pk, month_on=date(2023, 12, 5), actor=None, at=LATER)

    assert made is None
    assert not MonthEnd.objects.exists()


def test_months_stand_side_by_side_with_what_changed(city, as_user, seated):
    provision(city, RuleKind.ROSTER, "party", number="T-3")
    for month in (8, 9):
        freeze_month(city.mechanism.pk, month_on=date(2026, month, 1), actor=None, at=LATER)
    empty_a_seat(city, date(2026, 10, 20))
    call_command("freeze_month", on=DAY, stdout=StringIO())
    client = as_user(city.users["gov_officer"])
    address = reverse("dashboards:history", args=[city.mechanism.key])

    whole = client.get(address).content.decode()
    changed = client.get(address, {"show": "changed"}).content.decode()

    assert whole.count("is-changed") == 1
    assert ("#T-3" in whole, "#T-3" in changed, "#T-6" in changed) == (True, False, True)


def test_the_table_of_a_day_becomes_a_paper(city, as_user, seated):
    client = as_user(city.users["gov_officer"])
    address = reverse("dashboards:compliance-paper", args=[city.mechanism.key])

    answer = client.post(address, {"on": "2026-11-20"})

    paper = OfficialDocument.objects.get(kind="compliance")
    assert answer.url == paper.get_absolute_url()
    assert paper.subject == ComplianceTable.objects.get()
    assert paper.context["clauses"][0]["state"] == "落实"
    assert as_user(city.users["recorder"]).post(address).status_code == 403


def test_the_command_tells_states_and_what_proves_them(city, seated):
    out = StringIO()

    call_command("compliance", mechanism="testing", on=DAY, format="json", stdout=out)

    (told,) = json.loads(out.getvalue())
    evidence = told.pop("evidence")
    assert told == {
        "provision": "T-6",
        "rule": "roster/seat",
        "state": "kept",
        "due_on": None,
        "said": "席位齐全。",
    }
    assert evidence[0]["url"] == city.body.get_absolute_url()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"mechanism": "nowhere"}, "没有“nowhere”这项制度。已装载：testing。"),
        ({"mechanism": "testing", "on": "2026-13-01"}, "--on"),
    ],
)
def test_the_command_refuses_what_it_does_not_know(city, given, said):
    words = [f"--{name}={value}" for name, value in given.items()]

    with pytest.raises(CommandError, match=said):
        call_command("compliance", *words)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_records(
    city, as_user, seated, count, django_assert_num_queries
):
    provision(city, RuleKind.CASE_FLOW, "dispute", number="T-11")
    for _n in range(count):
        dispute(city)
    client = as_user(city.users["gov_officer"])
    client.get(page(city))

    with django_assert_num_queries(24):
        client.get(page(city))


def test_what_still_lacks_is_told_to_whoever_sees_to_it(city, as_user, seated):
    empty_a_seat(city, date(2026, 11, 1))
    address = reverse("dashboards:gaps", args=[city.mechanism.key])

    told = as_user(city.users["gov_officer"]).get(address).content.decode()

    assert "召集人应有 2 名，现有 1 名" in told
    assert "没有文号序列“dispute”" in told
    assert as_user(city.users["system_admin"]).get(address).status_code == 200
    assert as_user(city.users["recorder"]).get(address).status_code == 404
