"""Loading a profile: all of it or nothing, and never a version that is there over again."""

import hashlib
from dataclasses import asdict
from datetime import date, datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.access.rows import Record
from foundations.audit.actor import Actor
from foundations.audit.trail import action, canonical, record
from mechanisms import sections
from mechanisms.actions.account import KINDS, Account
from mechanisms.actions.units import (
    keep_bodies,
    keep_groups,
    keep_jurisdiction,
    keep_organizations,
)
from mechanisms.citing import citation
from mechanisms.loading.checks import provisions_of
from mechanisms.models import Mechanism, MechanismParty, MechanismVersion, Provision
from mechanisms.sections import Change, Outcome
from members.models import Body, Jurisdiction, Organization

M = TypeVar("M", bound=Model)


@action
def load_profile(source: dict, *, actor: Actor, at: datetime) -> list[Change]:
    """Bring in the version of an institution that a valid source states.

    A version that is loaded with the same content is left alone. Raises RuleBroken:
    `version_differs` if that number is loaded with other content, `version_order` if the
    version does not take effect after the latest one, `other_jurisdiction` if the
    mechanism belongs elsewhere.
    """
    known = Mechanism.objects.select_for_update().filter(key=source["mechanism"]["key"]).first()
    policy_for(Mechanism).require(actor, "load", known)
    account, digest = Account(actor), digest_of(source)
    if known is not None:
        loaded = _loaded(known, source, digest)
        if loaded is not None:
            account.note(Outcome.LEAVE, loaded)
            return account.changes
    place = keep_jurisdiction(account, source)
    units = keep_organizations(account, place, source)
    keep_groups(account, place, source, units)
    bodies = keep_bodies(account, place, source, units)
    mechanism = _keep_mechanism(account, place, source, bodies[source["mechanism"]["body"]])
    _keep_parties(account, mechanism, source, units)
    version = _add_version(account, mechanism, source, digest, at)
    _add_provisions(account, version, source)
    _apply_sections(account, known, version, source, at)
    made = [asdict(one) for one in account.changes if one.outcome is not Outcome.LEAVE]
    record(actor, "mechanisms.version.loaded", version, digest=digest, changes=made)
    return account.changes


def rehearse_profile(source: dict, *, at: datetime) -> list[Change]:
    """What `load_profile` would do; nothing of it stays."""
    with transaction.atomic():
        changes = load_profile(source, actor=None, at=at)
        transaction.set_rollback(True)
    return changes


def digest_of(source: dict) -> str:
    """SM3 of the content: comments, order of keys and spacing of the file don't count."""
    return hashlib.new("sm3", canonical(source).encode()).hexdigest()


def _loaded(mechanism: Mechanism, source: dict, digest: str) -> MechanismVersion | None:
    """The version if it is loaded as it is; RuleBroken if it cannot be loaded any more."""
    head = source["mechanism"]
    if mechanism.jurisdiction.key != source["jurisdiction"]["key"]:
        message = _("The institution “%(key)s” belongs to “%(place)s” already.")
        data = {"key": mechanism.key, "place": mechanism.jurisdiction.name}
        raise RuleBroken("other_jurisdiction", message % data, field="jurisdiction.key")
    same = mechanism.versions.filter(number=head["version"]).first()
    if same is not None and same.digest == digest:
        return same
    if same is not None:
        message = _(
            "Version %(number)s is loaded already with other content. A version is never "
            "changed: give the new content a new version number and the day it takes effect."
        )
        data = {"number": head["version"]}
        raise RuleBroken("version_differs", message % data, field="mechanism.version")
    latest = mechanism.versions.order_by("effective_from").last()
    if latest and latest.effective_from >= date.fromisoformat(head["effective_from"]):
        message = _(
            "Version %(number)s took effect on %(day)s; a new version must take effect later."
        )
        data = {"number": latest.number, "day": latest.effective_from.isoformat()}
        raise RuleBroken("version_order", message % data, field="mechanism.effective_from")
    return None


def _keep_mechanism(account: Account, place: Jurisdiction, source: dict, body: Body) -> Mechanism:
    head = source["mechanism"]
    given = {"title": head["title"], "short_title": head["short_title"], "body": body}
    known = Mechanism.objects.filter(key=head["key"]).first()
    return _settle(account, known or Mechanism(jurisdiction=place, key=head["key"]), given)


def _keep_parties(
    account: Account, mechanism: Mechanism, source: dict, units: dict[str, Organization]
) -> None:
    for order, row in enumerate(source["parties"]):
        given = {name: units[row[name]] for name in ("lead", "acting", "secretariat")}
        known = mechanism.parties.filter(side=row["side"]).first()
        party = known or MechanismParty(mechanism=mechanism, side=row["side"])
        _settle(account, party, {**given, "order": order})


def _settle(account: Account, row: M, given: dict) -> M:
    """Make `row` say what is `given`, and say what came of it."""
    new = row._state.adding
    before = {} if new else {name: getattr(row, name) for name in given}
    if before == given:
        account.note(Outcome.LEAVE, row)
        return row
    for name, value in given.items():
        setattr(row, name, value)
    if isinstance(row, Record):
        row.store()
    else:
        row.full_clean()
        row.save()
    if new:
        account.note(Outcome.CREATE, row)
    else:
        account.note_changes(row, before, given)
    return row


def _add_version(
    account: Account, mechanism: Mechanism, source: dict, digest: str, at: datetime
) -> MechanismVersion:
    version = MechanismVersion(
        mechanism=mechanism,
        number=source["mechanism"]["version"],
        effective_from=date.fromisoformat(source["mechanism"]["effective_from"]),
        digest=digest,
        source=source,
        loaded_at=at,
    )
    version.full_clean()
    version.save()
    account.note(Outcome.CREATE, version)
    return version


def _add_provisions(account: Account, version: MechanismVersion, source: dict) -> None:
    rows = []
    for order, (_place, part, clause, given) in enumerate(provisions_of(source)):
        row = Provision(
            version=version,
            clause=clause["clause"],
            citation=citation(source["mechanism"], clause["clause"]),
            chapter=part["chapter"],
            section=part.get("section", ""),
            text=clause["text"],
            order=order,
            **given,
        )
        row.clean_fields(exclude=["version", "duty_bearers", "beneficiaries", "parameters"])
        rows.append(row)
    Provision.objects.bulk_create(rows)
    name = _("%(n)d provisions") % {"n": len(rows)}
    account.add(Outcome.CREATE, str(KINDS[Provision]), name)


def _apply_sections(
    account: Account,
    known: Mechanism | None,
    version: MechanismVersion,
    source: dict,
    at: datetime,
) -> None:
    for name, section in sections.registered().items():
        if name in source:
            account.changes += section.plan(source, known)
            section.apply(source, version, actor=account.actor, at=at)
