"""Every address with a record in it, asked for by whom it is not meant."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from members.models import Organization, Person, RoleBinding, User
from members.states import OrganizationKind, Role, Side
from tests.world import CASES, LATER, REFUSED, World, addresses, client_of, status

SIGN_IN = "/sign-in/"
# For everybody who signed in: nothing in them names a record.
PUBLIC = {"members:sign-in", "healthz", "set-language", "dashboards:wall"}
# The calendar's address is its own key: whoever was given it reads it, signed in or not.
# So is a screen's link, once and from one address; who is signed in is no matter to it.
SCREENS = {"dashboards:wall-enter"}
KEYED = {"notifications:feed"} | SCREENS
# What the reader's own unit keeps: the address has a format in it and no record.
OF_THE_READER = {"cases:allowance-paper", "cases:import-template", "cases:export"}
# Of the jurisdiction's own staff and administrators; the tables of their rooms say who.
OWN_PEOPLE = {
    "organization",
    "place",
    "post",
    "person",
    "body",
    "binding",
    "account",
    "handover",
    "change",
}
# What all who work for a party of the institution read of how it is kept.
OF_THE_PARTIES = {"attestation", "month", "key"}
DIRECTORY = {name for name, parts in CASES.items() if parts[0] in OWN_PEOPLE | OF_THE_PARTIES}
# The library is for everybody who works in the place, with a part in its business or none.
SHARED = {name for name, parts in CASES.items() if parts == ("shelved",)}
# An issued document, the roster in its annex, and the plan that follows from it. The tests
# of the three pages say what strangers find there; what is kept under them stays closed.
PUBLISHED = {"mechanisms:text", "members:roster", "meetings:plan"}


def _uninvolved(world: World) -> User:
    """The contact of a unit of the city that was asked to nothing."""
    unit = Organization.objects.create(
        jurisdiction=world.city.jurisdiction,
        key="parks",
        name="试验市园林局",
        short_name="市园林局",
        kind=OrganizationKind.AGENCY,
        side=Side.GOVERNMENT,
    )
    return _account(world.city, Role.MEMBER_UNIT, unit)


def _uninvited(world: World) -> User:
    return _account(world.city, Role.GUEST, None)


def _officer_elsewhere(world: World) -> User:
    """An officer of the other city is a guest here: the one role lends nothing to the other."""
    user = _uninvited(world)
    _bind(user, world.elsewhere, Role.LIAISON_OFFICER, world.elsewhere.organizations["justice"])
    return user


def _account(city, role, unit) -> User:
    person = Person.objects.create(jurisdiction=city.jurisdiction, name="局外人")
    user = User.objects.create(
        username="outsider",
        person=person,
        display_name="局外人",
        must_change_password=False,
        password_changed_at=LATER,
    )
    _bind(user, city, role, unit)
    return user


def _bind(user, city, role, unit) -> None:
    RoleBinding.objects.create(
        user=user,
        role=role,
        organization=unit,
        jurisdiction=city.jurisdiction,
        valid_from=date(2024, 1, 2),
    )


# Who of the city opens a page about letters or time limits, by its account; nobody else.
# The court wrote, its leaders read; the bureau got a copy; the agency was advised.
OPENED = """
court_officer court_convenor court_deputy gov_officer gov_deputy recorder agency_contact:
    suggestions:detail suggestions:supervision suggestions:unit deadlines:record
court_officer court_convenor court_deputy gov_officer gov_deputy recorder: suggestions:report
court_officer court_convenor court_deputy: suggestions:proposal
court_officer gov_officer recorder: suggestions:urge
court_officer agency_contact: suggestions:measures suggestions:measure-done suggestions:finish
    suggestions:supervision-answer
agency_contact: suggestions:assign suggestions:reply suggestions:reply-file
    suggestions:reply-paper suggestions:extension
court_officer: suggestions:withdraw suggestions:add-addressee suggestions:edit suggestions:issue
    suggestions:preview suggestions:verify suggestions:reopen suggestions:review
    suggestions:objection suggestions:serve suggestions:readdress suggestions:register
    suggestions:extension-answer suggestions:talk-record suggestions:supervision-settle
    suggestions:proposal-dismiss
nobody: suggestions:attach suggestions:sign-copy suggestions:sign suggestions:proposal-accept
    suggestions:report-issue
"""


def opened() -> dict[str, set[str]]:
    lines = OPENED.replace("\n    ", " ").strip().splitlines()
    rows = (line.split(": ") for line in lines)
    return {
        name: set(accounts.split()) - {"nobody"}
        for accounts, names in rows
        for name in names.split()
    }


OUTSIDERS = {
    "uninvolved": _uninvolved,
    "uninvited": _uninvited,
    "officer_elsewhere": _officer_elsewhere,
}


def outsider(world: World, name: str) -> User:
    where, _dot, key = name.partition(".")
    if where == "elsewhere":
        return world.elsewhere.users[key]
    return OUTSIDERS[key](world) if key in OUTSIDERS else world.city.users[key]


def answers(client, address: str) -> set[int]:
    """What the address answers to reading and to writing; what it never does left out."""
    return {status(client.get(address)), status(client.post(address))} - {405}


def test_every_address_has_a_case():
    with_record = {name for name, parts in addresses().items() if parts}

    assert with_record == set(CASES)


def test_nothing_is_open_to_whoever_did_not_sign_in(world):
    client = Client()
    every = {name: world.address(name) for name in CASES}
    every |= {name: reverse(name) for name, parts in addresses().items() if not parts}

    open_to_all = {
        name
        for name, address in every.items()
        for answer in (client.get(address), client.post(address))
        if answer.status_code != 405 and not answer.headers.get("Location", "").startswith(SIGN_IN)
    }

    assert open_to_all == PUBLIC | KEYED


def allowed(name: str) -> set[int]:
    """Who makes no accounts is refused them all alike, known or not."""
    if name in SCREENS:
        return {200, 302, 403}
    if name in PUBLISHED | KEYED:
        return {200}
    if name in OF_THE_READER:
        return {200, 403}
    return REFUSED if CASES[name] == ("account",) else {404}


@pytest.mark.parametrize("name", ["elsewhere.gov_officer", "elsewhere.court_convenor"])
def test_another_city_sees_nothing_at_all(world, name):
    client = client_of(outsider(world, name))

    seen = {
        name: found
        for name in CASES
        if (found := answers(client, world.address(name))) - allowed(name)
    }

    assert seen == {}


@pytest.mark.parametrize(
    "name",
    [
        "here.uninvolved",
        "here.uninvited",
        "here.officer_elsewhere",
        "here.system_admin",
        "here.security_admin",
        "here.audit_admin",
    ],
)
def test_business_is_closed_to_whoever_has_no_part_in_it(world, name):
    client = client_of(outsider(world, name))
    shared = SHARED if name == "here.uninvolved" else set()

    seen = {
        name: found
        for name in set(CASES) - DIRECTORY - KEYED - OF_THE_READER - shared
        if (found := answers(client, world.address(name))) - REFUSED
    }

    assert seen == {}


def test_letters_and_limits_are_opened_by_whom_they_concern(world):
    rooms = ("suggestions:", "deadlines:")
    found: dict[str, set[str]] = {name: set() for name in CASES if name.startswith(rooms)}
    for account, user in world.city.users.items():
        client = client_of(user)
        for name, who in found.items():
            if status(client.get(world.address(name))) in {200, 302}:
                who.add(account)

    assert found == opened()
