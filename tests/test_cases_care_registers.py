"""The registers of coordinations and of risk ratings, and the way from one register to another."""

import pytest
from django.urls import reverse
from lxml.html import fromstring

from tests.disputes import dispute, procuratorate, suit
from tests.test_cases_coordination import called
from tests.test_cases_risk import rated

MENU = "//nav[@class='fy-registers']//a"
EVERY = """
    cases:list cases:units cases:desk cases:registers cases:allowances cases:coordinations
    cases:hearings cases:appearances cases:performance cases:notices cases:losses cases:visits
    cases:ratings cases:warnings cases:assessments
"""
# Of whom a register never holds anything.
NOT_FOR = {"court_officer": {"cases:losses"}, "procurator": {"cases:losses", "cases:allowances"}}
STAFF = ("gov_officer", "gov_deputy", "court_officer", "recorder", "agency_contact", "procurator")


def offered(page) -> dict[str, bool]:
    """Where the menu leads, and whether that is where one stands."""
    found = fromstring(page.content).xpath(MENU)
    return {link.get("href"): link.get("aria-current") == "page" for link in found}


@pytest.mark.parametrize("who", STAFF)
def test_each_register_leads_to_all_others(city, as_user, who):
    procuratorate(city)
    suit(city)
    client = as_user(city.users[who])
    wanted = {reverse(name) for name in set(EVERY.split()) - NOT_FOR.get(who, set())}

    for address in sorted(wanted):
        page = client.get(address, follow=address == reverse("cases:units"))
        assert page.status_code == 200
        if page.request["PATH_INFO"] == address:
            assert offered(page) == {one: one == address for one in wanted}


def test_elsewhere_the_menu_is_not_shown(city, as_user):
    client = as_user(city.users["gov_officer"])
    for address in (suit(city).dispute.get_absolute_url(), reverse("suggestions:list")):
        assert offered(client.get(address)) == {}


def test_an_administrator_has_no_registers(city, as_user):
    client = as_user(city.users["system_admin"])
    assert offered(client.get(reverse("cases:list"))) == {}


@pytest.mark.parametrize("name", ["coordinations", "ratings"])
@pytest.mark.parametrize("count", [1, 3])
def test_a_register_costs_the_same_for_any_length(
    city, as_user, name, count, django_assert_num_queries
):
    for _n in range(count):
        made = dispute(city)
        if name == "coordinations":
            called(city, of=made)
        else:
            rated(city, made, reason="涉及人数多")
    client = as_user(city.users["gov_officer"])
    client.get(reverse("cases:units"))
    with django_assert_num_queries(13):
        page = client.get(reverse(f"cases:{name}"))
    assert page.content.decode().count("fy-ledger__t") >= count


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("coordinations", {"gov_officer", "gov_deputy", "court_officer", "recorder"}),
        ("ratings", {"gov_officer", "gov_deputy", "recorder", "agency_contact"}),
    ],
)
def test_who_finds_a_line_in_it(city, as_user, name, sees):
    made = dispute(city)
    called(city, of=made)
    rated(city, made, reason="涉及人数多")
    procuratorate(city)
    seen = {
        who
        for who in STAFF
        if made.title in as_user(city.users[who]).get(reverse(f"cases:{name}")).content.decode()
    }
    assert seen == sees
