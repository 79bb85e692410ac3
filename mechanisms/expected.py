"""What the text of an institution wants of the roster of its body."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from mechanisms.models import Mechanism, Provision
from mechanisms.queries import parties, version_on
from mechanisms.states import RuleKind
from members.expectations import Expectation
from members.models import Body

ANNEX = "annex"


def expected_seats(body: Body, on: date) -> Iterator[Expectation]:
    """The counts in the roster rules of the body's institutions: 召集人2名、副召集人2名.

    The annex lists who held the seats when the text was issued; it fixes no number.
    """
    for mechanism in Mechanism.objects.filter(body=body).order_by("pk"):
        version = version_on(mechanism, on)
        if version is not None:
            rules = version.provisions.filter(rule_kind=RuleKind.ROSTER).exclude(subject=ANNEX)
            for clause in rules:
                yield from _counts(mechanism, clause)


def _counts(mechanism: Mechanism, clause: Provision) -> Iterator[Expectation]:
    url = f"{reverse('mechanisms:text', args=[mechanism.key])}#{clause.number}"
    sides = len(parties(mechanism)) if clause.parameters.get("each_side") else 1
    for role, count in clause.parameters.get("counts", {}).items():
        yield Expectation(role=role, count=count * sides, citation=clause.citation, url=url)
