from datetime import date

from mechanisms.profile import get_profile
from members.standing import standing


def test_the_test_city_has_the_rules_of_a_two_sided_mechanism(city):
    rules = get_profile(city.mechanism, date(2026, 11, 22)).meeting

    assert (rules.cadence_months, rules.hosts) == (2, ("government", "court"))
    assert rules.texts["minutes"].internal
    officer = standing(city.users["gov_officer"], date(2026, 11, 22))
    assert officer.sides == {"government"}
    assert city.organizations["gov"].pk in officer.organizations
