"""Made-up disputes of the demo's city, so many as are asked for, and one reader for each share
of them that somebody may see."""

import sys

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from benchmarks.inside.growing import grow
from members.models import Jurisdiction, Organization, RoleBinding, User
from members.states import OrganizationKind, Role, Side

SHARES = {"0.1 %": 1000, "10 %": 10, "100 %": 1}
"""Of the readers' units: it takes part in every so manyeth dispute."""
LONGEST = 113
"""This dispute has the longest course of the first thousand, the same at every size. All
readers may see it."""
TOLD = 20000
"""So many courses are told at the most; beyond that they are copied, as `growing` does it."""
ACCESS = """
INSERT INTO cases_access (dispute_id, principal, why, since, filed_on, standing, next_due_on,
    holder_id, enterprise)
SELECT id, %s, 'party', now(), filed_on, standing, next_due_on, holder_id, enterprise
FROM cases_dispute WHERE (id - %s) %% %s = 0
"""


def load(size: int) -> None:
    """The disputes of one size, on an empty database."""
    call_command("migrate", verbosity=0)
    told = min(size, TOLD)
    call_command("seed_disputes", str(told), stdout=sys.stderr)
    if size > told:
        grow(size // told)
    with connection.cursor() as cursor:
        for share, each in SHARES.items():
            cursor.execute(ACCESS, [f"o{_reader(share).pk}", LONGEST, each])
        cursor.execute("VACUUM ANALYZE")


def reader(share: str) -> User:
    return User.objects.get(username=_name(share))


def _name(share: str) -> str:
    return f"reader-{SHARES[share]}"


def _reader(share: str) -> Organization:
    """A unit that has no disputes of its own."""
    place, name = Jurisdiction.objects.get(key="shifan"), f"第{SHARES[share]}室"
    unit = Organization.objects.create(
        jurisdiction=place,
        key=_name(share),
        name=f"{place.name}{name}",
        short_name=name,
        kind=OrganizationKind.AGENCY,
        side=Side.GOVERNMENT,
    )
    user = User.objects.create(
        username=_name(share), must_change_password=False, password_changed_at=timezone.now()
    )
    RoleBinding.objects.create(
        user=user, role=Role.MEMBER_UNIT, organization=unit, jurisdiction=place
    )
    return unit
