"""What the forms of this room offer: the reader's own units, and the clauses of a rule."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from mechanisms.models import Mechanism, Provision
from mechanisms.queries import version_on
from members.forms.fields import standing_organizations
from members.models import Organization, User
from members.policy import WORKERS
from members.standing import standing


def own_units(user: User, on: date) -> QuerySet[Organization]:
    """Those for which the reader does the daily work, without divisions."""
    mine = standing(user)
    if not mine.has(*WORKERS):
        return Organization.objects.none()
    rows = Organization.objects.none()
    for place in sorted(mine.jurisdictions):
        rows = rows | standing_organizations(place, on).filter(pk__in=mine.organizations)
    return rows.order_by("order", "pk")


def clauses_of(mechanism: Mechanism, subjects: Iterable[str], on: date) -> list[Provision]:
    """The clauses in force on a day whose rule is about one of the subjects."""
    version = version_on(mechanism, on)
    if version is None:
        return []
    return list(version.provisions.filter(subject__in=list(subjects)))


def named(clauses: Iterable[Provision]) -> list[tuple[str, str]]:
    """As choices of a form: the number, and where the clause stands."""
    return [(one.number, f"{one.number}　{one.citation}") for one in clauses]
