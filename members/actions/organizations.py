"""Jurisdictions, organizations, their groups and their succession."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members.models import Jurisdiction, Organization, OrganizationGroup, Succession
from members.names import clean_name, initials

OPENS_AT, CLOSES_AT = time(8, 30), time(17, 30)
EDITABLE = ("name", "short_name", "aliases", "kind", "side", "parent", "acts_for", "order")


@action
def create_jurisdiction(
    *,
    actor: Actor,
    key: str,
    name: str,
    division_code: str = "",
    regional_days: bool = True,
    opens_at: time = OPENS_AT,
    closes_at: time = CLOSES_AT,
) -> Jurisdiction:
    """Jurisdictions come with a profile; only the system makes them."""
    jurisdiction = Jurisdiction(
        key=key,
        name=clean_name(name),
        division_code=division_code,
        regional_days=regional_days,
        opens_at=opens_at,
        closes_at=closes_at,
    )
    jurisdiction.full_clean()
    jurisdiction.save()
    record(actor, "members.jurisdiction.created", jurisdiction, name=jurisdiction.name)
    return jurisdiction


@action
def set_working_time(
    jurisdiction_id: int, *, actor: Actor, regional_days: bool, opens_at: time, closes_at: time
) -> Jurisdiction:
    """Say when offices work here: whether the region's own holidays are rest days, and the
    hours of a working day. The profile decides it."""
    jurisdiction = Jurisdiction.objects.select_for_update().get(pk=jurisdiction_id)
    jurisdiction.regional_days = regional_days
    jurisdiction.opens_at, jurisdiction.closes_at = opens_at, closes_at
    jurisdiction.full_clean()
    jurisdiction.save()
    record(
        actor,
        "members.jurisdiction.working_time",
        jurisdiction,
        regional_days=regional_days,
        opens_at=f"{opens_at:%H:%M}",
        closes_at=f"{closes_at:%H:%M}",
    )
    return jurisdiction


@action
def create_organization(
    jurisdiction_id: int,
    *,
    actor: Actor,
    name: str,
    short_name: str,
    kind: str,
    side: str,
    key: str = "",
    parent: Organization | None = None,
    acts_for: Organization | None = None,
    aliases: Iterable[str] = (),
    valid_from: date | None = None,
    order: int = 0,
) -> Organization:
    """Without a key the initials of the short name make one."""
    jurisdiction = Jurisdiction.objects.select_for_update().get(pk=jurisdiction_id)
    organization = Organization(
        jurisdiction=jurisdiction,
        name=clean_name(name),
        short_name=clean_name(short_name),
        aliases=list(aliases),
        kind=kind,
        side=side,
        parent=parent,
        acts_for=acts_for,
        valid_from=valid_from,
        order=order,
    )
    organization.key = key or _free_key(organization)
    policy_for(Organization).require(actor, "create", organization)
    _store(organization)
    record(actor, "members.organization.created", organization, **_described(organization))
    return organization


@action
def edit_organization(
    organization_id: int, *, actor: Actor, version: int | None = None, **changes: Any
) -> Organization:
    """`changes` are any of EDITABLE. A new name is for this organization's own future:
    papers that were issued keep the old one."""
    organization = _locked(organization_id)
    policy_for(Organization).require(actor, "edit", organization)
    organization.require_version(version)
    before = _described(organization)
    for name in EDITABLE:
        if name in changes:
            setattr(organization, name, changes[name])
    policy_for(Organization).require(actor, "edit", organization)
    organization.name = clean_name(organization.name)
    organization.short_name = clean_name(organization.short_name)
    _store(organization)
    after = _described(organization)
    changed = {key: [before[key], after[key]] for key in after if before[key] != after[key]}
    record(actor, "members.organization.edited", organization, changed=changed)
    return organization


@action
def succeed(
    predecessor_id: int, *, actor: Actor, on: date, heirs: Iterable[Organization], basis: str = ""
) -> list[Succession]:
    """From `on` (inclusive) the heirs stand where the predecessor stood: they see and
    are sent what was its, and it ends the day before. A split names more than one heir."""
    predecessor = _locked(predecessor_id)
    policy_for(Organization).require(actor, "succeed", predecessor)
    chosen = list(heirs)
    _refuse_succession(predecessor, chosen, on)
    made = [
        Succession.objects.create(predecessor=predecessor, successor=heir, on=on, basis=basis)
        for heir in chosen
    ]
    predecessor.valid_to = on - timedelta(days=1)
    predecessor.store()
    names = [heir.name for heir in chosen]
    record(actor, "members.organization.succeeded", predecessor, on=on, heirs=names, basis=basis)
    return made


@action
def save_group(
    jurisdiction_id: int,
    *,
    actor: Actor,
    key: str,
    name: str,
    organizations: Iterable[Organization],
) -> OrganizationGroup:
    """Make the group of this key, or give it another name and other members."""
    jurisdiction = Jurisdiction.objects.select_for_update().get(pk=jurisdiction_id)
    group = OrganizationGroup.objects.filter(jurisdiction=jurisdiction, key=key).first()
    group = group or OrganizationGroup(jurisdiction=jurisdiction, key=key)
    policy_for(OrganizationGroup).require(actor, "edit", group)
    group.name = clean_name(name)
    group.full_clean()
    group.save()
    members = list(organizations)
    group.organizations.set(members)
    keys = sorted(member.key for member in members)
    record(actor, "members.group.saved", group, name=group.name, organizations=keys)
    return group


def _locked(organization_id: int) -> Organization:
    rows = Organization.objects.select_for_update(of=("self",))
    return rows.select_related("jurisdiction", "parent", "acts_for").get(pk=organization_id)


def _free_key(organization: Organization) -> str:
    """ssfj, or ssfj-2 when another unit of the jurisdiction has that."""
    stem = initials(organization.short_name, 50) or "unit"
    taken = set(
        Organization.objects.filter(
            jurisdiction=organization.jurisdiction, key__startswith=stem
        ).values_list("key", flat=True)
    )
    tries = (f"{stem}-{n}" for n in range(2, len(taken) + 3))
    return stem if stem not in taken else next(key for key in tries if key not in taken)


def _store(organization: Organization) -> None:
    _refuse_place(organization)
    namesakes = Organization.objects.filter(
        jurisdiction=organization.jurisdiction, name=organization.name, valid_to__isnull=True
    )
    if namesakes.exclude(pk=organization.pk).exists():
        raise RuleBroken(
            "organization_exists",
            _("There is an organization of this name already."),
            field="name",
        )
    organization.initials = initials(organization.short_name, 60)
    organization.store()


def _refuse_place(organization: Organization) -> None:
    parent, acts_for = organization.parent, organization.acts_for
    near = [unit for unit in (parent, acts_for) if unit]
    if any(unit.jurisdiction_id != organization.jurisdiction_id for unit in near):
        raise RuleBroken("other_jurisdiction", _("That organization is of another jurisdiction."))
    if parent and (parent.parent_id or parent.pk == organization.pk):
        raise RuleBroken(
            "division_of_division",
            _("A division belongs to an organization, not to another division."),
            field="parent",
        )
    if parent and organization.pk and organization.divisions.exists():
        raise RuleBroken(
            "division_of_division",
            _("This organization has divisions, so it cannot become a division itself."),
            field="parent",
        )
    if any(unit.side != organization.side for unit in near):
        raise RuleBroken(
            "wrong_side",
            _("It must stand on the same side as the organization it belongs to or acts for."),
            field="side",
        )


def _refuse_succession(predecessor: Organization, heirs: list[Organization], on: date) -> None:
    if not heirs or predecessor in heirs:
        raise RuleBroken(
            "no_heir", _("Name at least one other organization as successor."), field="heirs"
        )
    if any(heir.jurisdiction_id != predecessor.jurisdiction_id for heir in heirs):
        raise RuleBroken(
            "other_jurisdiction",
            _("That organization is of another jurisdiction."),
            field="heirs",
        )
    if predecessor.valid_to is not None:
        raise RuleBroken("ended_already", _("This organization has ended already."), field="on")
    if predecessor.valid_from and on <= predecessor.valid_from:
        raise RuleBroken("term_backwards", _("It would end before it began."), field="on")
    ended = [heir.name for heir in heirs if not heir.holds_on(on)]
    if ended:
        raise RuleBroken(
            "heir_not_in_term",
            _("On that day %(name)s does not exist.") % {"name": "、".join(ended)},
            field="heirs",
        )


def _described(organization: Organization) -> dict:
    return {
        "name": organization.name,
        "short_name": organization.short_name,
        "aliases": list(organization.aliases),
        "kind": organization.kind,
        "side": organization.side,
        "parent": organization.parent.name if organization.parent else "",
        "acts_for": organization.acts_for.name if organization.acts_for else "",
        "order": organization.order,
    }
