"""The other names by which texts and files call a unit."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members.models import Jurisdiction, Organization
from members.names import clean_name


@action
def add_alias(
    organization_id: int, *, actor: Actor, at: datetime, name: str, reason: str
) -> Organization:
    """From now on imports read `name` as this unit. A name stands for one unit alone."""
    organization = _locked(organization_id)
    policy_for(Organization).require(actor, "edit", organization)
    alias = clean_name(name)
    _refuse_taken(organization, alias)
    organization.aliases = [*organization.aliases, alias]
    organization.store()
    record(actor, "members.organization.named", organization, alias=alias, reason=reason)
    return organization


@action
def end_alias(
    organization_id: int, *, actor: Actor, at: datetime, name: str, reason: str
) -> Organization:
    """Imports read `name` as this unit no more; what they made before stays."""
    organization = _locked(organization_id)
    policy_for(Organization).require(actor, "edit", organization)
    if name not in organization.aliases:
        raise RuleBroken("no_alias", _("It does not have this other name any more."), field="name")
    organization.aliases = [one for one in organization.aliases if one != name]
    organization.store()
    record(actor, "members.organization.unnamed", organization, alias=name, reason=reason)
    return organization


def _locked(organization_id: int) -> Organization:
    """With the jurisdiction locked first: two units may not take one name at once."""
    found = Organization.objects.only("jurisdiction_id").get(pk=organization_id)
    Jurisdiction.objects.select_for_update().get(pk=found.jurisdiction_id)
    rows = Organization.objects.select_for_update(of=("self",))
    return rows.select_related("jurisdiction", "parent", "acts_for").get(pk=organization_id)


def _refuse_taken(organization: Organization, alias: str) -> None:
    near = Organization.objects.filter(jurisdiction=organization.jurisdiction_id)
    own = Q(name=alias) | Q(short_name=alias)
    holder = near.filter(own).first() or next(
        (unit for unit in near.order_by("order", "pk") if alias in unit.aliases), None
    )
    if holder is not None:
        message = _("“%(name)s” stands for %(unit)s already.")
        raise RuleBroken(
            "name_taken", message % {"name": alias, "unit": holder.name}, field="name"
        )
