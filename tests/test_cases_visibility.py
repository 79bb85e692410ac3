"""Who may see what of a dispute: the rows of the matrix that exist here, reader by reader.

Three disputes: one that goes through mediation at the centre and reconsideration, one that
is in court, and one of another agency that was only registered.
"""

from dataclasses import dataclass

import pytest
from django.core.exceptions import PermissionDenied

from cases.actions.access import admit_person
from cases.models import Dispute, Participant, Party, Procedure
from foundations.access.policy import policy_for, visible_to
from members.models import Succession
from services.deadlines.models import Deadline
from services.deadlines.policy import bound_records
from tests.city import City, make_city
from tests.disputes import (
    FILED,
    accepted,
    account,
    centre,
    dispute,
    filed,
    mediator,
    opened,
    procuratorate,
    reconsideration,
    stepped,
    suit,
    unit,
)


@dataclass
class Scene:
    city: City
    reviewed: Dispute
    sued: Dispute
    others: Dispute

    @property
    def names(self) -> dict[int, str]:
        return {self.reviewed.pk: "reviewed", self.sued.pk: "sued", self.others.pk: "others"}


@pytest.fixture
def scene(city) -> Scene:
    natural = unit(city, "natural", "试验市自然资源和规划局", "市自然资源局")
    account(city, "natural_contact", "natural")
    procuratorate(city)
    unit(city, "firm", "试验律师事务所", "试验律所", kind="law_firm")
    mediator(city, "lawyer", "firm")
    reviewed = dispute(city)
    mediation = {"channel": "people", "mediation_role": "first"}
    opened(city, "mediation", reviewed, centre(city), FILED, **mediation)
    procedure = accepted(reconsideration(city, reviewed), FILED)
    stepped(procedure, "send", FILED)
    sued = dispute(city)
    filed(suit(city, sued), FILED)
    others = dispute(city, agency=natural)
    make_city("elsewhere")
    return Scene(city, reviewed, sued, others)


ALL = {"reviewed", "sued", "others"}
# reader: the disputes seen; those whose parties may be revealed
MATRIX = {
    "gov_officer": (ALL, ALL),  # the justice bureau's section
    "gov_deputy": (ALL, ALL),  # the leader of the bureau that registered them
    "gov_convenor": ({"reviewed"}, {"reviewed"}),  # the government decides it
    "agency_contact": ({"reviewed", "sued"}, {"reviewed", "sued"}),
    "natural_contact": ({"others"}, {"others"}),
    "court_officer": ({"sued"}, {"sued"}),
    "court_convenor": ({"sued"}, {"sued"}),
    "centre_clerk": ({"reviewed"}, {"reviewed"}),
    "procurator": (set(), set()),
    "lawyer": (set(), set()),
    "recorder": (ALL, ALL),
    "system_admin": (set(), set()),
    "security_admin": (set(), set()),
    "audit_admin": (set(), set()),
}


@pytest.mark.parametrize("reader", MATRIX)
def test_disputes_and_all_that_hangs_on_them(scene, reader):
    user, (seen, _revealed) = scene.city.users[reader], MATRIX[reader]
    ways = {Dispute: "pk", Procedure: "dispute", Party: "dispute"}
    ways[Participant] = "procedure__dispute"
    for model, way in ways.items():
        rows = visible_to(user, model).values_list(way, flat=True)
        assert {scene.names[pk] for pk in rows} == seen, model


@pytest.mark.parametrize("reader", MATRIX)
def test_whose_parties_are_revealed(scene, reader):
    user, (_seen, revealed) = scene.city.users[reader], MATRIX[reader]
    parties = [one.parties.first() for one in (scene.reviewed, scene.sued, scene.others)]
    may = {scene.names[one.dispute_id] for one in parties if may_reveal(user, one)}
    assert may == revealed


def may_reveal(user, party) -> bool:
    return policy_for(Party).can(user, "reveal", party)


@pytest.mark.parametrize("reader", MATRIX)
def test_limits_are_told_to_who_sees_the_procedure(scene, reader):
    """Secretariats see the limits of their place, but not those of closed records."""
    user = scene.city.users[reader]
    rows = visible_to(user, Deadline)
    seen = {scene.names[one.subject.dispute_id] for one in rows}
    assert seen <= MATRIX[reader][0]
    assert rows.count() == rows.filter(bound_records(user)).count()


def test_nobody_of_another_place_sees_anything(scene):
    for user in scene.city.users.values():
        assert user.username == user.username.removeprefix("elsewhere-")
    others = type(user).objects.filter(username__startswith="elsewhere-")
    assert others.exists()
    assert not any(visible_to(one, Dispute).exists() for one in others)


def test_who_is_let_in_by_name_sees_that_dispute_alone(scene):
    lawyer = scene.city.users["lawyer"]
    admit_person(scene.sued, lawyer, "mediator")
    assert [one.pk for one in visible_to(lawyer, Dispute)] == [scene.sued.pk]


def test_the_procuratorate_sees_what_it_supervises(scene):
    user = scene.city.users["procurator"]
    organ = scene.city.organizations["procuratorate"]
    given = {"number": "试检行监〔2026〕1号", "actor": user}
    opened(scene.city, "supervision", scene.sued, organ, FILED, **given)
    assert [one.pk for one in visible_to(user, Dispute)] == [scene.sued.pk]


def test_the_successor_sees_what_its_predecessor_saw(scene):
    city = scene.city
    unit(city, "planning", "试验市规划局", "市规划局")
    old = city.organizations["natural"]
    old.valid_to = FILED
    old.save()
    new = city.organizations["planning"]
    Succession.objects.create(predecessor=old, successor=new, on=FILED)
    user = account(city, "planning_contact", "planning")
    assert [one.pk for one in visible_to(user, Dispute)] == [scene.others.pk]


@pytest.mark.parametrize(
    ("who", "kind", "organ", "may"),
    [
        ("gov_officer", "reconsideration", "gov", True),
        ("agency_contact", "reconsideration", "gov", False),
        ("court_officer", "reconsideration", "gov", False),
        ("court_officer", "first_instance", "court", True),
        ("gov_officer", "first_instance", "court", False),
        ("agency_contact", "first_instance", "court", False),
        ("gov_officer", "mediation", "centre", True),
        ("centre_clerk", "mediation", "centre", True),
        ("agency_contact", "mediation", "centre", False),
        ("gov_officer", "mediation", "court", False),
        ("procurator", "supervision", "procuratorate", True),
        ("court_officer", "supervision", "procuratorate", False),
        ("agency_contact", "confirmation", "court", True),
        ("gov_officer", "confirmation", "court", False),
    ],
)
def test_who_opens_what(scene, who, kind, organ, may):
    """G10: what a court or a procuratorate does is opened by its own people alone."""
    city = scene.city
    given = {"actor": city.users[who]}
    asked = {
        "mediation": {"channel": "people"},
        "supervision": {"number": "试检行监〔2026〕1号"},
    }
    given |= asked.get(kind, {})
    call = (city, kind, scene.others, city.organizations[organ], FILED)
    if kind == "confirmation":
        call = (city, kind, scene.sued, city.organizations[organ], FILED)
    if may:
        assert opened(*call, **given).kind == kind
    else:
        with pytest.raises(PermissionDenied):
            opened(*call, **given)
