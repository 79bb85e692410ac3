"""What the sign-in page tells of whose portal this is."""

from dataclasses import dataclass
from datetime import date

from members.models import Organization, RoleBinding
from members.states import OrganizationKind, Role

ISSUERS = (
    OrganizationKind.GOVERNMENT,
    OrganizationKind.COURT,
    OrganizationKind.PROCURATORATE,
)


@dataclass(frozen=True)
class FrontDoor:
    """`issuers` whose portal it is, `keepers` who do its daily work; names only."""

    issuers: tuple[str, ...] = ()
    keepers: tuple[str, ...] = ()


def front_door(on: date) -> FrontDoor:
    """The names for the one jurisdiction whose officers work here; none if there are more."""
    working = RoleBinding.objects.on(on).filter(role=Role.LIAISON_OFFICER)
    keepers = list(Organization.objects.filter(bindings__in=working).distinct())
    jurisdictions = {unit.jurisdiction_id for unit in keepers}
    if len(jurisdictions) != 1:
        return FrontDoor()
    issuers = Organization.objects.on(on).filter(
        jurisdiction__in=jurisdictions,
        kind__in=ISSUERS,
        parent__isnull=True,
        side__in={unit.side for unit in keepers},
    )
    return FrontDoor(
        issuers=tuple(issuers.values_list("name", flat=True)),
        keepers=tuple(unit.name for unit in keepers),
    )
