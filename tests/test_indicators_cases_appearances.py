"""R6, R6a and R7: rows made by hand, n and d counted by hand."""

from datetime import datetime, time

import pytest
from django.utils import timezone

from cases.models import Appearance, Hearing, Participant, Tally
from tests.city import City
from tests.tallying import (
    FIRST,
    LAST,
    apart,
    by_unit,
    day,
    dispute,
    every,
    n_of_d,
    other,
    sat,
    valued,
)

pytestmark = pytest.mark.django_db
MAY = day(5, 6)
R, S, S2 = "reconsideration", "first_instance", "second_instance"
CAME = {"came": True, "came_proved": True}
HEAD = {**CAME, "principal": True, "principal_proved": True}
EXCUSED = {"excused": True, "excused_proved": True}


def heard(city: City, on=MAY, kind: str = S, **columns) -> Tally:
    """An instance whose first hearing was held and recorded."""
    return sat(city, kind, **{"held_on": on, "heard_on": on, "recorded": 1, **columns})


def test_heads_appeared(city: City):
    heard(city, FIRST, **HEAD, called=True)
    heard(city, LAST, **CAME, kind=S2)
    heard(city, kind="retrial", came=True, called=True)  # no valid proof of identity
    heard(city, came=True, principal=True, principal_proved=False)
    heard(city, **HEAD, missed_again=True, missed_again_proved=True, called=True)
    heard(city, **EXCUSED, called=True)
    heard(city)  # nobody came
    heard(city, **CAME, **EXCUSED)  # excused once, there the other time
    for on in (day(3, 31), day(7, 1)):
        heard(city, on, **HEAD, called=True)
    heard(city, kind=R, **HEAD)  # a hearing in reconsideration is no suit
    sat(city, S, held_on=day(5, 6), unrecorded=1)  # held, not recorded yet
    sat(city, S)  # no hearing yet

    assert every(city, "R6") == {
        "standard": (5, 8),  # 1, 2, 3, 4, 8 of the first eight
        "called": (2, 4),  # 1, 3 of 1, 3, 5, 6
        "without_excused": (5, 7),  # without 6
        "proved": (3, 8),  # 1, 2, 8
        "first_hearing_only": (6, 8),  # and 5
        "joint_own": (5, 8),
        "joint_aside": (5, 8),
    }
    assert every(city, "R6a") == {
        "standard": (2, 8),  # 1, 4
        "called": (1, 4),
        "without_excused": (2, 7),
        "proved": (1, 8),
        "first_hearing_only": (3, 8),  # and 5
        "joint_aside": (2, 8),
    }
    assert apart(city, "R6") == {"未登记出庭": 1}
    assert apart(city, "R6", "without_excused") == {"正当理由未出庭": 1, "未登记出庭": 1}
    assert valued(city, "R6").text == "62.50%"
    assert n_of_d(city, "R6", on=day(6, 29)) == (4, 7)  # the hearing of the 30th is to come


def test_two_defendants(city: City):
    """The head of the one stood in for the other (art. 3)."""
    other(city)
    mine = {"came": True, "came_proved": True, "principal": True, "principal_proved": True}
    by_other = {"stood_in": True, "stood_in_proved": True, **EXCUSED}
    both = ("agency", "planning")
    heard(
        city,
        agencies=both,
        apiece={"agency": mine, "planning": {**by_other, "came": False, "came_proved": False}},
        came=True,
        came_proved=True,
    )
    heard(city, agencies=both)  # nobody of either

    assert n_of_d(city, "R6") == (1, 2)
    assert by_unit(city, "R6", "agency") == (1, 2)
    found = {
        variant: by_unit(city, "R6", "planning", variant)
        for variant in ("standard", "proved", "joint_own", "joint_aside", "without_excused")
    }
    assert found == {
        "standard": (1, 2),
        "proved": (1, 2),
        "joint_own": (0, 2),
        "joint_aside": (0, 1),
        "without_excused": (0, 1),
    }
    narrow = (("unit", city.organizations["planning"].pk),)
    assert apart(city, "R6", "joint_aside", narrow=narrow) == {"代为出庭": 1}
    assert by_unit(city, "R6a", "agency") == (1, 2)
    assert by_unit(city, "R6a", "planning") == (0, 2)


def test_called_is_of_each_agency(city: City):
    other(city)
    apiece = {"agency": {"called": True}, "planning": {"called": False}}
    heard(city, agencies=("agency", "planning"), called=True, apiece=apiece)
    assert by_unit(city, "R6", "agency", "called") == (0, 1)
    assert by_unit(city, "R6", "planning", "called") == (0, 0)


def spoken(city: City, on=MAY, kind: str = S, state: str = "held", **columns) -> Appearance:
    """One agency at one hearing; its deputy head came, silent, unless said."""
    tally = sat(city, kind, of=dispute(city))
    agency = city.organizations["agency"]
    part = Participant.objects.create(
        procedure=tally.procedure, organization=agency, role="defendant"
    )
    hearing = Hearing.objects.create(
        procedure=tally.procedure, on=on, starts_at=time(9), place="第一法庭", state=state
    )
    at = timezone.make_aware(datetime.combine(on, time(18)))
    given = {"came": True, "level": "deputy", "recorded_at": at, **columns}
    return Appearance.objects.create(
        hearing=hearing, participant=part, organization=agency, **given
    )


def test_heads_spoke(city: City):
    spoken(city, FIRST, speech=["answer", "resolution"])
    spoken(city, LAST, speech=["resolution"], level="head", kind=S2)
    spoken(city, speech=["evidence"], level="charge", identity="accepted")
    spoken(city, identity="handed")  # came and said nothing
    spoken(city, speech=["resolution"], level="other")  # no head
    spoken(city, speech=["resolution"], belongs="subordinate")
    spoken(city, speech=["resolution"], identity="rejected")
    spoken(city, came=False, level="")
    spoken(city, speech=["resolution"], kind=R)
    spoken(city, speech=["resolution"], state="cancelled")
    spoken(city, recorded_at=None, speech=["resolution"])  # not recorded yet
    for on in (day(3, 31), day(7, 1)):
        spoken(city, on, speech=["resolution"])
    assert every(city, "R7") == {"any": (3, 4), "resolution": (2, 4)}
    assert apart(city, "R7") == {"未登记出庭": 1}
    assert by_unit(city, "R7", "agency", "resolution") == (2, 4)
    assert by_unit(city, "R7", "court") == (0, 0)
    assert n_of_d(city, "R7", on=day(6, 29)) == (2, 3)


@pytest.mark.parametrize("key", ["R6", "R6a", "R7"])
def test_without_a_base_there_is_a_dash(city: City, key):
    for found in every(city, key).values():
        assert found == (0, 0)
    assert valued(city, key).text == "—"
