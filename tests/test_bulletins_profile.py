"""What the section `obligations` of a profile refuses, and what a later version changes."""

from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest

from bulletins.models import Obligation
from bulletins.profile import OBLIGATION_SECTION
from mechanisms.actions import load_profile
from mechanisms.loading.validating import load_source
from tests.letters import moment

YINING = Path("mechanisms/profiles/yining.yaml")


@pytest.fixture(scope="module")
def yining() -> dict:
    return load_source(YINING)


@pytest.mark.parametrize(
    ("place", "change", "where"),
    [
        pytest.param(0, {"provision": "YN-999"}, "provision", id="no such clause"),
        pytest.param(0, {"from": "nobody"}, "from", id="unknown sender"),
        pytest.param(0, {"to": ["nobody"]}, "to", id="unknown receiver"),
        pytest.param(0, {"to": ["procuratorate"]}, "to", id="no party"),
        pytest.param(0, {"office": "departments"}, "office", id="a group does no work"),
        pytest.param(0, {"planned": True}, "planned", id="two cadences"),
        pytest.param(0, {"due": {"day": 20}}, "due", id="a day without a term"),
        pytest.param(1, {"key": "deployments"}, "key", id="a key twice"),
        pytest.param(1, {"figures": "guesses"}, "figures", id="unknown table"),
        pytest.param(2, {"reconciles_with": "nothing"}, "reconciles_with", id="no twin"),
    ],
)
def test_what_is_refused_names_its_place(yining, place, change, where):
    source = deepcopy(yining)
    source["obligations"][place] |= change

    faults = list(OBLIGATION_SECTION.check(source))

    assert [tuple(fault.path)[:3] for fault in faults] == [("obligations", place, where)]


def test_the_file_itself_has_no_fault(yining):
    assert list(OBLIGATION_SECTION.check(yining)) == []


def test_a_later_version_ends_what_it_says_otherwise(db, yining):
    load_profile(yining, actor=None, at=moment(date(2026, 1, 5)))
    later = deepcopy(yining)
    later["mechanism"] |= {"version": "2", "effective_from": "2026-07-01"}
    changed, *_rest, dropped = later["obligations"]
    del changed["as_needed"]
    changed["every"] = "quarter"
    later["obligations"].remove(dropped)

    load_profile(later, actor=None, at=moment(date(2026, 6, 1)))

    rows = Obligation.objects.filter(mechanism__key="yining")
    ended = date(2026, 6, 30)
    assert set(rows.exclude(valid_to=None).values_list("key", "valid_to")) == {
        (changed["key"], ended),
        (dropped["key"], ended),
    }
    assert rows.on(date(2026, 7, 1)).count() == len(yining["obligations"]) - 1
    assert rows.get(key=changed["key"], valid_to=None).watched_from == date(2026, 7, 1)
