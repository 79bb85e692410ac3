"""What disputes lay on whose desk, and what a unit has to do."""

from datetime import date

import pytest

from cases import work
from cases.actions.access import admit_person
from cases.models import Procedure
from cases.work import mediators
from cases.work.desk import Desk
from members.desk import laid
from tests.disputes import accepted, centre, dispute, mediator, opened, reconsideration, stepped

ON = date(2026, 3, 6)


def verbs(city, who: str) -> list[tuple[str, str, date | None]]:
    return [(item.group, item.verb, item.day) for item in work.items(city.users[who], ON)]


def test_an_organ_s_limit_leads_to_its_step(city):
    made = accepted(reconsideration(city), date(2026, 3, 3))
    found = work.items(city.users["gov_officer"], ON)
    sending = next(item for item in found if "发送" in item.verb)
    assert sending.day == date(2026, 3, 12)
    assert sending.url.endswith(f"{made.public_id}/send/")
    assert made.dispute.title in sending.title


def test_an_agency_is_asked_for_its_answer(city):
    made = accepted(reconsideration(city), date(2026, 3, 3))
    assert verbs(city, "agency_contact") == []
    stepped(made, "send", date(2026, 3, 4))
    assert verbs(city, "agency_contact") == [("todo", "收到答复和证据", date(2026, 3, 18))]


def test_a_step_without_limit_is_told_too(city):
    dispute(city)
    assert verbs(city, "gov_officer") == [("todo", "开始分流", None)]


@pytest.mark.parametrize("who", ["court_officer", "system_admin", "gov_leader"])
def test_who_has_nothing_to_do_has_an_empty_desk(city, who):
    accepted(reconsideration(city), date(2026, 3, 3))
    if who in city.users:
        assert work.items(city.users[who], ON) == []


def test_what_is_done_leaves_the_desk(city):
    made = accepted(reconsideration(city), date(2026, 3, 3))
    before = len(work.items(city.users["gov_officer"], ON))
    stepped(made, "send", date(2026, 3, 4))
    assert len(work.items(city.users["gov_officer"], ON)) == before - 1


@pytest.mark.parametrize("count", [1, 3])
def test_a_desk_costs_the_same_for_any_number(city, django_assert_num_queries, count):
    for n in range(count):
        accepted(reconsideration(city), date(2026, 3, 3), n=n + 1)
    user = city.users["gov_officer"]
    work.items(user, ON)
    with django_assert_num_queries(QUERIES):
        assert len(work.items(user, ON)) >= count


QUERIES = 4


def test_the_workbench_shows_it(city, as_user):
    made = accepted(reconsideration(city), date(2026, 3, 3))
    page = as_user(city.users["gov_officer"]).get("/").content.decode()
    assert made.dispute.title in page


def test_a_unit_s_page(city, as_user):
    made = accepted(reconsideration(city), date(2026, 3, 3))
    agency = city.organizations["agency"]
    client = as_user(city.users["gov_officer"])
    where = f"/disputes/units/{agency.public_id}/"
    assert made.dispute.title in client.get(where).content.decode()
    stepped(made, "send", date(2026, 3, 4))
    page = client.get(where).content.decode()
    assert 'id="duties"' in page
    assert "答复" in page


STRANGERS = [("court_officer", 404), ("agency_contact", 200), ("gov_officer", 200)]


@pytest.mark.parametrize(("who", "status"), STRANGERS)
def test_a_unit_is_shown_to_who_meets_it(city, as_user, who, status):
    dispute(city)
    where = f"/disputes/units/{city.organizations['agency'].public_id}/"
    assert as_user(city.users[who]).get(where).status_code == status


def test_the_only_unit_is_shown_at_once(city, as_user):
    dispute(city)
    answer = as_user(city.users["gov_officer"]).get("/disputes/units/")
    assert answer.status_code == 302
    assert city.organizations["agency"].public_id in answer.url


STATES = [("asking", []), ("referred", [("sign", "调解员确认接受")]), ("closed", [])]


@pytest.mark.parametrize(("state", "wanted"), STATES)
def test_a_mediator_is_asked_to_take_it(city, state, wanted):
    """By name: the row of access that the assignment gives."""
    made = dispute(city)
    who = mediator(city).user
    of = centre(city)
    procedure = opened(city, "mediation", made, of, date(2026, 3, 3), channel="administrative")
    admit_person(made, who, "mediator")
    Procedure.objects.filter(pk=procedure.pk).update(state=state)
    mine, others = Desk(who, ON), Desk(city.users["gov_officer"], ON)
    assert [(item.group, item.verb) for item in laid(who, (mine, mediators.sorts(mine)))] == wanted
    assert not list(laid(others.user, (others, mediators.sorts(others))))
