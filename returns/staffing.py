"""Whether units have the handlers that a clause wants (YC-35)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from mechanisms.models import Mechanism, Provision
from mechanisms.queries import version_on
from mechanisms.states import RuleKind
from members.models import Organization
from returns.models import CaseHandler
from returns.units import bound_by

SUBJECT = "staff"


@dataclass(frozen=True)
class Staffing:
    """A unit bound by the clause, how many handlers it has, how many it needs."""

    clause: Provision
    organization: Organization
    handlers: tuple[CaseHandler, ...]
    needed: int
    qualified: bool

    @property
    def counting(self) -> int:
        return sum(one.is_qualified or not self.qualified for one in self.handlers)

    @property
    def lacking(self) -> int:
        return max(0, self.needed - self.counting)


def handlers_on(unit: Organization, on: date) -> QuerySet[CaseHandler]:
    """Those of the unit, of its divisions and of the units that act for it."""
    own = Q(organization=unit) | Q(organization__parent=unit) | Q(organization__acts_for=unit)
    own |= Q(organization__parent__acts_for=unit)
    return CaseHandler.objects.on(on).filter(own).select_related("organization")


def staffing_under(mechanism: Mechanism, clause: Provision, on: date) -> list[Staffing]:
    persons = clause.parameters.get("persons", {"count": 1})
    needed, qualified = persons["count"], persons.get("qualified", False)
    return [
        Staffing(clause, unit, tuple(handlers_on(unit, on)), needed, qualified)
        for unit in bound_by(mechanism, clause, on)
    ]


def staffing_of(mechanisms: Iterable[Mechanism], on: date) -> list[Staffing]:
    """For every clause on handlers in force on a day."""
    found: list[Staffing] = []
    for mechanism in mechanisms:
        version = version_on(mechanism, on)
        if version is None:
            continue
        for clause in version.provisions.filter(rule_kind=RuleKind.TASK, subject=SUBJECT):
            found += staffing_under(mechanism, clause, on)
    return found
