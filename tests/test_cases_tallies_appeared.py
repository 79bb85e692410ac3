"""R6 and R6a asked of the counting rows are what `cases.figures.appearance` counts itself."""

import random
from datetime import date, timedelta
from itertools import product

import pytest
from django.db.models import Q

from cases.figures.appearance import Appearances, Basis, Joint, by_agency, counted, placed
from cases.hearings.attendance import Attendance
from cases.hearings.states import Belongs, Finding, Ground, Identity, Level, Speech
from cases.hearings.states import Joint as Whose
from cases.models import AgencyTally, Procedure, Tally
from cases.tallies.appeared import Instance
from tests.disputes import dispute, unit

FIRST = date(2026, 4, 1)
INSTANCES = 120
WAYS = [
    Basis(per_agency, called, excused, joint, again, proved)
    for per_agency, called, excused, joint, again, proved in product(
        (False, True), (False, True), (False, True), Joint, (False, True), (False, True)
    )
]


def attendance(chance: random.Random, instance: int, agency: int, nth: int, others: list[int]):
    """One agency at a hearing; everything that was recorded is drawn."""
    came = chance.random() < 0.6
    return Attendance(
        instance=instance,
        agency=agency,
        hearing=(instance, nth),
        on=FIRST + timedelta(days=(instance * 7 + nth * 5) % 90),
        held=chance.random() < 0.9,
        recorded=chance.random() < 0.85,
        called=chance.random() < 0.4,
        came=came,
        level=chance.choice(Level.values) if came else "",
        belongs=chance.choice([Belongs.OWN, Belongs.OWN, Belongs.SUBORDINATE]),
        identity=chance.choice(Identity.values),
        speech=frozenset(chance.sample(Speech.values, chance.randint(0, 2)))
        if came
        else frozenset(),
        ground=chance.choice(["", *Ground.values]),
        finding=chance.choice(Finding.values),
        joint=chance.choice(["", "", *Whose.values]),
        joint_with=chance.choice([*others, None]),
    )


def drawn(chance: random.Random, instance: int, agencies: list[int]) -> list[Attendance]:
    """One instance of up to three hearings, each held or not on its own."""
    mine = chance.sample(agencies, chance.randint(1, len(agencies)))
    found = []
    for nth in range(chance.randint(1, 3)):
        rows = [
            attendance(chance, instance, one, nth, [o for o in mine if o != one]) for one in mine
        ]
        held = rows[0].held
        found += [Attendance(**{**vars(row), "held": held}) for row in rows]
    return found


@pytest.fixture
def rows(city) -> list[Attendance]:
    """Instances drawn by a seed that is printed, with their counting rows in the database."""
    seed = random.randrange(10**6)
    print("seed", seed)
    chance = random.Random(seed)
    row = dispute(city)
    units = [
        city.organizations["agency"].pk,
        city.organizations["gov"].pk,
        unit(city, "planning", "试验市自然资源局", "市自然资源局").pk,
    ]
    organ = city.organizations["court"]
    made = Procedure.objects.bulk_create(
        Procedure(
            dispute=row,
            kind="second_instance",
            organ=organ,
            state="closed",
            opened_on=FIRST,
            public_id=f"p{n}",
        )
        for n in range(INSTANCES)
    )
    Tally.objects.all().delete()
    found: list[Attendance] = []
    for procedure in made:
        own = drawn(chance, procedure.pk, units)
        store(procedure, own)
        found += own
    return found


def store(procedure: Procedure, own: list[Attendance]) -> None:
    instance, dispute = Instance.of(own), procedure.dispute
    whole = Tally.objects.create(
        procedure=procedure,
        dispute=dispute,
        jurisdiction=dispute.jurisdiction,
        kind=procedure.kind,
        organ=procedure.organ,
        agency=dispute.agency,
        **instance.columns(),
    )
    for one in {row.agency for row in own}:
        AgencyTally.objects.create(
            tally=whole, organization_id=one, **instance.columns(int(str(one)))
        )


def base(basis: Basis) -> Q:
    """Which rows are in the denominator."""
    end = "_proved" if basis.proved else ""
    came = Q(**{f"came{end}": True})
    found = Q(recorded__gt=0)
    if basis.called_only:
        found &= Q(called=True)
    if basis.per_agency and basis.joint == Joint.ASIDE:
        found &= came | Q(**{f"stood_in{end}": False})
    if basis.excused_out:
        found &= came | Q(**{f"excused{end}": False})
    return found


def appeared(basis: Basis) -> Q:
    end = "_proved" if basis.proved else ""
    found = Q(**{f"came{end}": True})
    if basis.per_agency and basis.joint == Joint.MET:
        found |= Q(**{f"stood_in{end}": True})
    return found & Q(**{f"missed_again{end}": False}) if basis.again else found


def principal(basis: Basis) -> Q:
    return Q(**{f"principal{'_proved' if basis.proved else ''}": True}) & appeared(basis)


def pair(found: Appearances) -> tuple[int, int, int]:
    return found.appeared.n, found.principals.n, found.appeared.d


def asked(rows, basis: Basis) -> tuple[int, int, int]:
    there = rows.filter(base(basis))
    return (
        there.filter(appeared(basis)).count(),
        there.filter(principal(basis)).count(),
        there.count(),
    )


def test_every_way_of_counting_is_asked_of_the_rows(rows):
    for basis in WAYS:
        table = AgencyTally if basis.per_agency else Tally
        assert asked(table.objects.all(), basis) == pair(counted(rows, basis)), basis


def test_and_of_each_agency(rows):
    for basis in [way for way in WAYS if way.per_agency]:
        theirs = by_agency(rows, basis)
        for agency, found in theirs.items():
            own = AgencyTally.objects.filter(organization=agency)
            assert asked(own, basis) == pair(found), (agency, basis)


def test_and_of_a_period_by_the_first_hearing(rows):
    first, last = FIRST + timedelta(days=20), FIRST + timedelta(days=50)
    found = counted(placed(rows, first, last))
    own = Tally.objects.filter(heard_on__range=(first, last))

    assert asked(own, Basis()) == pair(found)
    assert 0 < found.appeared.d < INSTANCES


def test_who_spoke_and_what_is_not_recorded_yet(rows):
    found = counted(rows)
    sums = dict.fromkeys(("heads", "spoke", "resolved", "unrecorded"), 0)
    for one in Tally.objects.values(*sums):
        for name in sums:
            sums[name] += one[name]

    assert (sums["spoke"], sums["heads"]) == (found.spoke.n, found.spoke.d)
    assert (sums["resolved"], sums["unrecorded"]) == (found.resolution.n, found.unrecorded)
