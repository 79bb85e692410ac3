"""YN-22, G10: no account of the government assigns, schedules, rates or comments on what a
judge has to decide; of a case before a court it does only what is an agency's own."""

import pytest
from django.urls import reverse

from cases.flow.table import table_of
from cases.models import Appearance, Event, Explanation, Hearing, Link, Procedure
from members.standing import standing
from members.states import Side
from tests.city import City
from tests.disputes import procuratorate
from tests.matters import suing
from tests.world import REFUSED, client_of

# What a court does with its case: the record in the scene, then the addresses.
COURTS_OWN = """
hearing: hearing-change hearing-told hearing-adjourn hearing-cancel
past_hearing: hearing-hold
appearance: appearance-call appearance-serve appearance-identity appearance-finding
heard: appearance-record
part: explanation-notice
explanation: explanation-record
"""
# What an agency does in it: its own answer, its own head, its own papers.
AGENCYS_OWN = """
appearance: appearance-reply appearance-excuse appearance-prepare
heard: appearance-sum-up
trial: contact-new power-new
"""
ANSWER = {"answered"}  # 收到答辩状和证据: the agency says when it handed in its answer
OF_COURTS = [
    "first_instance",
    "second_instance",
    "retrial_review",
    "retrial",
    "enforcement_review",
    "enforcement",
]
KEPT = (Procedure, Event, Hearing, Link, Explanation)


def lines(table: str) -> list[tuple[str, str]]:
    rows = (line.split(": ") for line in table.strip().splitlines())
    return [(record, f"cases:{name}") for record, names in rows for name in names.split()]


def government(city: City) -> list:
    """Every account that acts for the government alone."""
    return [user for user in city.users.values() if standing(user).sides == {Side.GOVERNMENT}]


def state(scene) -> list:
    """All that a court has written of its cases."""
    kept = [list(model.objects.order_by("pk").values()) for model in KEPT]
    return [*kept, list(Appearance.objects.order_by("pk").values("state", "called_on", "finding"))]


@pytest.fixture
def scene(city):
    procuratorate(city)
    return suing(city)


def address(scene, record: str, name: str) -> str:
    return reverse(name, args=[scene[record].public_id])


def steps(scene) -> dict[str, str]:
    trial = scene["trial"]
    keys = [step.key for step in table_of(trial.kind).steps.values() if not step.start]
    place = (trial.dispute.public_id, trial.public_id)
    return {key: reverse("cases:step", args=[*place, key]) for key in keys}


def test_no_account_of_the_government_does_a_courts_work(city, scene):
    before, taken = state(scene), {}
    trial = scene["trial"]
    place = (trial.dispute.public_id, trial.public_id)
    every = {name: address(scene, record, name) for record, name in lines(COURTS_OWN)}
    every |= {key: url for key, url in steps(scene).items() if key not in ANSWER}
    every["hearing-set"] = reverse("cases:hearing-set", args=place)
    for user in government(city):
        client = client_of(user)
        for name, url in every.items():
            answers = {client.get(url).status_code, client.post(url).status_code}
            if answers - {405} - REFUSED:
                taken[user.username, name] = answers

    assert len(government(city)) > 2
    assert taken == {}
    assert state(scene) == before


@pytest.mark.parametrize("kind", OF_COURTS)
def test_nor_opens_it_a_procedure_of_a_court(city, scene, kind):
    dispute, before = scene["tried"], state(scene)
    url = reverse("cases:open", args=[dispute.public_id, kind])
    given = {"organ": city.organizations["court"].public_id, "on": "2026-04-01"}
    for user in government(city):
        answer = client_of(user).post(url, given)
        assert answer.status_code in REFUSED | {422}

    assert state(scene) == before


def test_what_is_an_agencys_own_is_open_to_it(city, scene):
    """The refusals above are not of pages that nobody opens."""
    agency, court = city.users["agency_contact"], city.users["court_officer"]
    for who, table in ((agency, AGENCYS_OWN), (court, COURTS_OWN)):
        client = client_of(who)
        found = {
            name: client.get(address(scene, record, name)).status_code
            for record, name in lines(table)
        }
        assert set(found.values()) == {200}, found


def test_leaders_of_the_government_only_read(city, scene):
    leader = client_of(city.users["gov_deputy"])
    for record, name in lines(AGENCYS_OWN):
        assert leader.get(address(scene, record, name)).status_code in REFUSED
