"""Groups that the rows of several rooms have."""

from collections.abc import Collection, Hashable, Mapping

from django.utils.translation import gettext_lazy as _

from members.models import Organization
from services.indicators.sources import Group


def units(column: str) -> Group:
    """By organization, each under the name it had: no successor's (T2)."""
    return Group(_("Unit"), column, _units)


def _units(keys: Collection[Hashable]) -> Mapping[Hashable, str]:
    rows = Organization.objects.filter(pk__in=[key for key in keys if key is not None])
    return dict(rows.order_by("order", "pk").values_list("pk", "short_name"))
