"""The jurisdiction, the organizations and the bodies that a profile brings.

Rows that are there are brought up to the profile; nothing is removed. Seats are made
only for a body that never had one: later changes are made on the roster page.
"""

from datetime import date

from django.utils.translation import gettext as _

from mechanisms.actions.keeping import Account
from mechanisms.sections import Change, Outcome
from members.models import Body, Jurisdiction, Organization, OrganizationGroup, Person, Post, Seat
from members.names import clean_name, initials
from members.states import Rank


def keep_jurisdiction(account: Account, source: dict) -> Jurisdiction:
    head = source["jurisdiction"]
    given = {"name": head["name"], "division_code": head.get("division_code", "")}
    return account.keep(Jurisdiction, {"key": head["key"]}, given)


def keep_organizations(
    account: Account, place: Jurisdiction, source: dict
) -> dict[str, Organization]:
    kept: dict[str, Organization] = {}
    for order, row in enumerate(source["organizations"]):
        given = {name: row[name] for name in ("name", "short_name", "kind", "side")}
        for name in ("parent", "acts_for"):
            given[name] = kept[row[name]] if name in row else None
        given["initials"] = initials(row["short_name"], 60)
        kept[row["key"]] = account.keep(
            Organization, {"jurisdiction": place, "key": row["key"]}, given, {"order": order}
        )
    return kept


def keep_groups(
    account: Account, place: Jurisdiction, source: dict, units: dict[str, Organization]
) -> None:
    for row in source.get("organization_groups", ()):
        group = account.keep(
            OrganizationGroup, {"jurisdiction": place, "key": row["key"]}, {"name": row["name"]}
        )
        group.organizations.add(*(units[key] for key in row.get("organizations", ())))


def keep_bodies(
    account: Account, place: Jurisdiction, source: dict, units: dict[str, Organization]
) -> dict[str, Body]:
    since = date.fromisoformat(source["mechanism"]["effective_from"])
    kept: dict[str, Body] = {}
    for row in source["bodies"]:
        body = account.keep(
            Body, {"jurisdiction": place, "key": row["key"]}, {"name": row["name"]}
        )
        kept[row["key"]] = body
        seats = row.get("seats", ())
        if body.seats.exists():
            account.changes.append(_untouched(body, len(seats)))
            continue
        for order, seat in enumerate(seats):
            _make_seat(account, body, seat, units, order, since)
    return kept


def _untouched(body: Body, count: int) -> Change:
    why = _("%(n)d seats of the file are not read: the roster is kept on its own page.")
    return Change(Outcome.LEAVE, _("roster"), body.name, why % {"n": count})


def _make_seat(
    account: Account,
    body: Body,
    row: dict,
    units: dict[str, Organization],
    order: int,
    since: date,
) -> None:
    organization = units[row["organization"]]
    given = {
        "role": row["role"],
        "side": row["side"],
        "order": order,
        "valid_from": date.fromisoformat(row["from"]) if "from" in row else since,
    }
    if row.get("ex_officio"):
        given |= {
            "ex_officio": True,
            "ex_officio_organization": organization,
            "ex_officio_title": row["title"],
        }
    else:
        person = _person(account, body.jurisdiction, clean_name(row["name"]), organization)
        given |= {"person": person, "post": _post(account, person, organization, row)}
    seat = Seat(body=body, **given)
    seat.store()
    account.created(seat)


def _person(
    account: Account, place: Jurisdiction, name: str, organization: Organization
) -> Person:
    """The same name in the same organization is the same person."""
    known = Person.objects.filter(jurisdiction=place, name=name, posts__organization=organization)
    if (person := known.first()) is not None:
        account.note(Outcome.LEAVE, person)
        return person
    person = Person(jurisdiction=place, name=name, initials=initials(name, 30))
    person.store()
    account.created(person)
    return person


def _post(account: Account, person: Person, organization: Organization, row: dict) -> Post:
    """A roster says that a person holds a post, not since when: the term stays open."""
    identity = {"person": person, "organization": organization, "title": row["title"]}
    return account.keep(Post, identity, {"rank": row.get("rank", Rank.OTHER)})
