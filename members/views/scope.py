"""Where the reader keeps lists: new rows go there."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from foundations.access.policy import policy_for, visible_to
from members.models import Jurisdiction, Organization, User


def kept_jurisdiction(user: User) -> Jurisdiction:
    """The first jurisdiction whose lists the reader keeps; PermissionDenied without one."""
    policy = policy_for(Jurisdiction)
    for jurisdiction in visible_to(user, Jurisdiction).order_by("pk"):
        if policy.can(user, "keep_lists", jurisdiction):
            return jurisdiction
    raise PermissionDenied("keep_lists")


def keeps_any_lists(user: User) -> bool:
    policy = policy_for(Jurisdiction)
    places = visible_to(user, Jurisdiction)
    return any(policy.can(user, "keep_lists", jurisdiction) for jurisdiction in places)


def organizations_in(user: User, jurisdiction_id: int, on: date) -> QuerySet[Organization]:
    """The organizations of a jurisdiction on a day, as far as the reader sees them."""
    seen = visible_to(user, Organization).filter(jurisdiction=jurisdiction_id)
    return seen.on(on).order_by("side", "order", "pk")
