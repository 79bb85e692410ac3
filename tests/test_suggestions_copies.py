"""Whom a clause names, where that unit has been succeeded by another (CX-22, CX-23)."""

from datetime import date

import pytest

from foundations.access.policy import policy_for
from mechanisms.models import MechanismVersion
from members.models import Succession
from members.states import OrganizationKind
from suggestions.actions.reports import usual_recipients
from suggestions.models import Addressee
from suggestions.states import CopyMode
from tests.drafting import AT, ON, issue, write
from tests.letters import START, unit
from tests.urging import urge

pytestmark = pytest.mark.django_db
RULES = {
    "copies": [{"kind": "judicial", "to": "legal-office", "mode": "forced"}],
    "urged_by": ["legal-office"],
}


@pytest.fixture
def renamed(city):
    """The text names a legal affairs office, which the justice bureau has succeeded."""
    kind = OrganizationKind.LEGAL_AFFAIRS_OFFICE
    last = date(2026, 3, 31)
    old = unit(
        city,
        "legal-office",
        "试验市法制办公室",
        "市法制办",
        kind=kind,
        valid_from=START,
        valid_to=last,
    )
    new = city.organizations["justice"]
    Succession.objects.create(predecessor=old, successor=new, on=last)
    version = MechanismVersion.objects.get(mechanism=city.mechanism)
    version.source["suggestions"] = RULES
    version.save()
    return city


def test_the_successor_gets_the_copy_that_the_clause_forces(renamed):
    made = issue(renamed, write(renamed, copies=()), number="试法建〔2026〕7号")

    copy = made.copies.get()
    assert (copy.organization.key, copy.mode, copy.sent_on) == ("justice", CopyMode.FORCED, ON)


def test_the_successor_urges_and_is_told_of_the_year(renamed):
    row = issue(renamed, write(renamed, copies=()), number="试法建〔2026〕7号").addressees.get()

    policy = policy_for(Addressee)
    assert policy.can(renamed.users["gov_officer"], "urge", row)
    assert not policy.can(renamed.users["agency_contact"], "urge", row)
    measure = urge(renamed, row, by="gov_officer", at=AT, reason="请抓紧签收。")
    assert measure.by_organization.key == "justice"
    told = usual_recipients(renamed.mechanism, row.suggestion.issuer, ON)
    assert [one.key for one in told] == ["justice"]
