"""Who brings files of disputes in: whoever does the daily work of the organ they are of."""

from datetime import date

from django.db.models import QuerySet

from cases.flow.table import table_of
from cases.models import Import, ImportMapping
from foundations.access.policy import Policy, register
from mechanisms.models import Mechanism
from members.models import Organization, User
from members.policy import WORKERS, works_for
from members.standing import standing
from members.states import OrganizationKind

ORGANS = (OrganizationKind.GOVERNMENT, OrganizationKind.COURT)


def importing_organs(user: User, mechanism: Mechanism, on: date) -> list[Organization]:
    """The organs for whose procedures somebody may import: the government for which the
    justice bureau acts, the own court."""
    rows = Organization.objects.on(on).filter(
        jurisdiction=mechanism.jurisdiction_id, kind__in=ORGANS
    )
    return [one for one in rows.order_by("order", "pk") if works_for(user, one)]


def handles(organ: Organization, kind: str) -> bool:
    return organ.side in table_of(kind).organs


@register(Import)
class ImportPolicy(Policy):
    """The file of an organ is for its own people."""

    rules = {"write": lambda user, row: works_for(user, row.organization)}

    def visible(self, user: User, rows: QuerySet[Import]) -> QuerySet[Import]:
        mine = standing(user)
        if not mine.has(*WORKERS):
            return rows.none()
        return rows.filter(organization__in=mine.organizations)


def _imports_with(user: User, row: ImportMapping) -> bool:
    organs = Organization.objects.filter(jurisdiction=row.jurisdiction_id, kind__in=ORGANS)
    return any(handles(one, row.kind) and works_for(user, one) for one in organs)


@register(ImportMapping)
class ImportMappingPolicy(Policy):
    """Column names are no secret; they are kept by whoever imports with them."""

    rules = {"edit": lambda user, row: _imports_with(user, row)}

    def visible(self, user: User, rows: QuerySet[ImportMapping]) -> QuerySet[ImportMapping]:
        mine = standing(user)
        if not mine.has(*WORKERS):
            return rows.none()
        return rows.filter(jurisdiction__in=mine.jurisdictions)
