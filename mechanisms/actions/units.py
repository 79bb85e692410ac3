"""The jurisdiction, the organizations and the bodies that a profile brings.

They are written by `members.actions`. What is there is brought up to the profile, nothing
is removed: other names that were entered on a unit's page stay. Seats are made only for a
body that never had one: later changes are made on the roster page, and a later version of
the profile does not undo them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from mechanisms.actions.account import Account
from mechanisms.loading.hours import office_hours
from mechanisms.sections import Outcome
from members.actions.organizations import (
    create_jurisdiction,
    create_organization,
    edit_organization,
    save_group,
    set_working_time,
    succeed,
)
from members.actions.people import begin_post, create_person
from members.actions.seats import NewSeat, change_roster, create_body
from members.models import Body, Jurisdiction, Organization, OrganizationGroup, Person, Post
from members.names import clean_name
from members.states import Rank

Units = dict[str, Organization]
COMPARED = ("name", "short_name", "aliases", "kind", "side", "parent", "acts_for")


@contextmanager
def standing_at(*place: str | int) -> Iterator[None]:
    """A rule broken inside is told of this place of the profile."""
    try:
        yield
    except RuleBroken as broken:
        steps = [str(step) for step in (*place, broken.field) if step != ""]
        raise RuleBroken(broken.code, broken.message, field=".".join(steps)) from broken


def keep_jurisdiction(account: Account, source: dict) -> Jurisdiction:
    head = source["jurisdiction"]
    opens_at, closes_at = office_hours(head)
    given = {
        "regional_days": head.get("regional_days", True),
        "opens_at": opens_at,
        "closes_at": closes_at,
    }
    known = Jurisdiction.objects.select_for_update().filter(key=head["key"]).first()
    if known is None:
        named = {name: head[name] for name in ("key", "name", "division_code") if name in head}
        made = create_jurisdiction(actor=account.actor, **named, **given)
        account.note(Outcome.CREATE, made)
        return made
    if all(getattr(known, name) == value for name, value in given.items()):
        account.note(Outcome.LEAVE, known)
        return known
    changed = set_working_time(known.pk, actor=account.actor, **given)
    account.note(Outcome.CHANGE, changed)
    return changed


def keep_organizations(account: Account, place: Jurisdiction, source: dict) -> Units:
    known = {unit.key: unit for unit in place.organizations.select_related("parent", "acts_for")}
    kept: Units = {}
    for order, row in enumerate(source["organizations"]):
        given = {name: row[name] for name in ("name", "short_name", "kind", "side")}
        given |= {name: kept.get(row.get(name, "")) for name in ("parent", "acts_for")}
        given["aliases"] = row.get("aliases", [])
        with standing_at("organizations", order):
            if row["key"] not in known:
                unit = create_organization(
                    place.pk, actor=account.actor, key=row["key"], order=order, **given
                )
                account.note(Outcome.CREATE, unit)
            else:
                unit = _edit(account, known[row["key"]], given)
        kept[row["key"]] = unit
    _keep_successions(account, source, kept)
    return kept


def _keep_successions(account: Account, source: dict, units: Units) -> None:
    """A unit that has successors already keeps them: they are changed on its own page."""
    for n, row in enumerate(source["organizations"]):
        given, unit = row.get("succeeded_by"), units[row["key"]]
        if given is None or unit.successions.exists():
            continue
        heirs = [units[key] for key in given["heirs"]]
        on, basis = date.fromisoformat(given["on"]), given.get("basis", "")
        with standing_at("organizations", n, "succeeded_by"):
            for made in succeed(unit.pk, actor=account.actor, on=on, heirs=heirs, basis=basis):
                account.note(Outcome.CREATE, made)
        unit.refresh_from_db()


def _edit(account: Account, unit: Organization, given: dict) -> Organization:
    before = {name: getattr(unit, name) for name in COMPARED}
    given["aliases"] = list(dict.fromkeys([*unit.aliases, *given["aliases"]]))
    if before == given:
        account.note(Outcome.LEAVE, unit)
        return unit
    edited = edit_organization(unit.pk, actor=account.actor, **given)
    account.note_changes(edited, before, given)
    return edited


def keep_groups(account: Account, place: Jurisdiction, source: dict, units: Units) -> None:
    for row in source.get("organization_groups", ()):
        known = OrganizationGroup.objects.filter(jurisdiction=place, key=row["key"]).first()
        named = {units[key] for key in row.get("organizations", ())}
        there = set(known.organizations.all()) if known else set()
        if known and known.name == row["name"] and named <= there:
            account.note(Outcome.LEAVE, known)
            continue
        group = save_group(
            place.pk,
            actor=account.actor,
            key=row["key"],
            name=row["name"],
            organizations=named | there,
        )
        account.note(Outcome.CHANGE if known else Outcome.CREATE, group)


def keep_bodies(
    account: Account, place: Jurisdiction, source: dict, units: Units
) -> dict[str, Body]:
    kept: dict[str, Body] = {}
    for n, row in enumerate(source["bodies"]):
        body = place.bodies.filter(key=row["key"]).first()
        if body is None:
            given = {"key": row["key"], "name": row["name"], "published": True}
            body = create_body(place.pk, actor=account.actor, **given)
            account.note(Outcome.CREATE, body)
        else:
            account.note(Outcome.LEAVE, body)
        kept[row["key"]] = body
        with standing_at("bodies", n, "seats"):
            _keep_roster(account, body, row.get("seats", ()), source, units)
    return kept


def _keep_roster(
    account: Account, body: Body, rows: list[dict], source: dict, units: Units
) -> None:
    if not rows:
        return
    if body.seats.exists():
        why = _("the seats of the file are not read: the roster is kept on its own page")
        account.add(Outcome.LEAVE, _("roster"), body.name, why)
        return
    head = source["mechanism"]
    change = change_roster(
        body.pk,
        actor=account.actor,
        on=date.fromisoformat(head["effective_from"]),
        reason=head.get("document_number") or head["title"],
        begun=[_seat(account, body, row, units) for row in rows],
    )
    for seat in change.begun.all():
        account.note(Outcome.CREATE, seat)


def _seat(account: Account, body: Body, row: dict, units: Units) -> NewSeat:
    unit = units[row["organization"]]
    if row.get("ex_officio"):
        return NewSeat(
            role=row["role"],
            side=row["side"],
            ex_officio_organization=unit,
            ex_officio_title=row["title"],
        )
    person = _person(account, body.jurisdiction, clean_name(row["name"]), unit)
    post = _post(account, person, unit, row)
    for other in row.get("other_posts", ()):
        _post(account, person, units[other["organization"]], other)
    return NewSeat(role=row["role"], side=row["side"], person=person, post=post)


def _person(account: Account, place: Jurisdiction, name: str, unit: Organization) -> Person:
    """The same name in the same organization is the same person."""
    known = Person.objects.filter(jurisdiction=place, name=name, posts__organization=unit)
    if (person := known.first()) is not None:
        account.note(Outcome.LEAVE, person)
        return person
    person = create_person(place.pk, actor=account.actor, name=name)
    account.note(Outcome.CREATE, person)
    return person


def _post(account: Account, person: Person, unit: Organization, row: dict) -> Post:
    """A roster says that a person holds a post, not since when: the term stays open."""
    known = person.posts.filter(organization=unit, title=row["title"], valid_to=None).first()
    if known is not None:
        account.note(Outcome.LEAVE, known)
        return known
    post = begin_post(
        person.pk,
        actor=account.actor,
        organization=unit,
        title=row["title"],
        rank=row.get("rank", Rank.OTHER),
        acting=row.get("acting", False),
    )
    account.note(Outcome.CREATE, post)
    return post
