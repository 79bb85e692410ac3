"""Who sees a letter, and who works on it."""

import pytest

from foundations.access.policy import policy_for, visible_to
from suggestions.models import Addressee, Copy, Suggestion
from suggestions.states import LetterState
from tests.letters import agencies, letter, procuratorate

EVERYBODY = (
    "court_officer",
    "court_convenor",
    "gov_officer",
    "gov_convenor",
    "agency_contact",
    "natural_contact",
    "procurator",
    "system_admin",
)
ISSUERS = {"court_officer", "court_convenor"}


def seen_by(city, rows) -> set[str]:
    return {key for key in EVERYBODY if visible_to(city.users[key], type(rows)).filter(pk=rows.pk)}


@pytest.fixture
def cast(city):
    agencies(city, 2)
    procuratorate(city)
    return city


@pytest.mark.parametrize(
    ("state", "copies", "expected"),
    [
        (LetterState.DRAFT, ("justice",), ISSUERS),
        (LetterState.ISSUED, (), ISSUERS | {"agency_contact"}),
        (LetterState.ISSUED, ("justice",), ISSUERS | {"agency_contact", "gov_officer"}),
        (LetterState.WITHDRAWN, (), ISSUERS | {"agency_contact"}),
    ],
)
def test_a_letter_is_seen_by_those_who_take_part(cast, state, copies, expected):
    made = letter(cast, state=state, copies=copies)

    assert seen_by(cast, made) == expected
    assert seen_by(cast, made.addressees.get()) == expected


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("sign", {"agency_contact"}),
        ("reply", {"agency_contact"}),
        ("register", {"court_officer"}),
        ("serve", {"court_officer"}),
        ("verify", {"court_officer"}),
        ("urge", {"court_officer", "gov_officer"}),
    ],
)
def test_each_works_on_its_own_part(cast, verb, expected):
    row = letter(cast).addressees.get()
    policy = policy_for(Addressee)

    assert {key for key in EVERYBODY if policy.can(cast.users[key], verb, row)} == expected


@pytest.mark.parametrize(
    ("state", "verb", "expected"),
    [
        (LetterState.DRAFT, "edit", {"court_officer"}),
        (LetterState.DRAFT, "issue", {"court_officer"}),
        (LetterState.ISSUED, "edit", set()),
        (LetterState.ISSUED, "withdraw", {"court_officer"}),
    ],
)
def test_the_issuer_alone_works_on_its_letter(cast, state, verb, expected):
    made = letter(cast, state=state)
    policy = policy_for(Suggestion)

    assert {key for key in EVERYBODY if policy.can(cast.users[key], verb, made)} == expected


def test_a_copy_is_signed_for_by_whom_it_was_sent_to(cast):
    sent = letter(cast).copies.get()
    waiting = letter(cast, state=LetterState.DRAFT).copies.get()
    policy = policy_for(Copy)

    assert {k for k in EVERYBODY if policy.can(cast.users[k], "sign", sent)} == {"gov_officer"}
    assert not any(policy.can(cast.users[k], "sign", waiting) for k in EVERYBODY)
