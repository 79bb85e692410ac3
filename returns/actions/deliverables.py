"""The only writers of deliverables: opened a unit each, delivered, delivered anew."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions.days import require_past
from cases.actions.telling_units import tell_units
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.access.visibility import Visibility
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.calendars.periods import add_months
from mechanisms.models import Mechanism, MechanismVersion
from mechanisms.queries import parties, provision, version_on
from members.models import Organization
from members.states import Side
from returns.actions.duties import Opened
from returns.models import Deliverable, Delivery
from returns.models.deliverables import DELIVERABLE_RULE
from returns.states import DeliverableState
from returns.units import units_meant
from services.deadlines.actions import meet, open_deadline
from services.documents.attachments import attach_all
from services.documents.models import OfficialDocument
from suggestions.actions.steps import office_language


@dataclass(frozen=True)
class Paper:
    """What is delivered: a paper of the portal, or files."""

    title: str
    on: date
    doc_number: str = ""
    document: OfficialDocument | None = None
    files: Sequence[UploadedFile] = ()
    declared: bool = False


def open_deliverables(*, on: date) -> Opened:
    """Open what each unit must have by a day, as the texts in force on `on` say.

    Safe to repeat; one that is renewed is opened for the cycle that runs on the day.
    """
    found = Opened()
    for mechanism in Mechanism.objects.select_related("jurisdiction").order_by("pk"):
        version = version_on(mechanism, on)
        if version is not None and version.effective_from <= on:
            found += _open_all(mechanism, version, on)
    return found


@action
def _open_all(mechanism: Mechanism, version: MechanismVersion, on: date) -> Opened:
    rows = version.source.get("deliverables", ())
    held = mechanism.deliverables.values_list("key", "organization", "cycle")
    known, made, empty = set(held), 0, []
    for row in rows:
        cycle, due_on = cycle_of(row, version.effective_from, on)
        meant = units_meant(mechanism, row["from"], on)
        empty += [f"{row['key']}: {key}" for key, units in meant.items() if not units]
        for unit in {one.pk: one for units in meant.values() for one in units}.values():
            if (row["key"], unit.pk, cycle) not in known:
                _open(mechanism, row, unit, (cycle, due_on), on)
                made += 1
    return Opened(made, tuple(empty))


def cycle_of(row: dict, effective_from: date, on: date) -> tuple[int, date | None]:
    """The year and the last day of the cycle that runs on `on`; (0, the day) for what is
    made once."""
    named = date.fromisoformat(row["due_on"]) if "due_on" in row else None
    every = row.get("every_years")
    if every is None:
        return 0, named
    first = named or date(effective_from.year, 12, 31)
    n, due_on = 0, first
    while due_on < on:
        n += 1
        due_on = add_months(first, 12 * every * n)
    return due_on.year, due_on


def _open(
    mechanism: Mechanism, row: dict, unit: Organization, cycle: tuple[int, date | None], on: date
) -> None:
    year, due_on = cycle
    one = Deliverable(
        jurisdiction=mechanism.jurisdiction,
        mechanism=mechanism,
        key=row["key"],
        number=row["provision"],
        name=row["name"],
        form=row.get("form", ""),
        organization=unit,
        to=_overseer(mechanism, row),
        cycle=year,
        opened_on=on,
        due_on=due_on,
    )
    one.store()
    record(None, "returns.deliverable.opened", one, unit=unit.short_name)
    if due_on is None:
        return
    with office_language():
        title = _("Document to be made: %(name)s") % {"name": one.name}
    open_deadline(
        one,
        DELIVERABLE_RULE,
        actor=None,
        title=title,
        jurisdiction=one.jurisdiction,
        owed_by=unit,
        trigger_on=on,
        due_on=due_on,
        provision=provision(mechanism, one.number, on),
        mechanism=mechanism,
    )


def _overseer(mechanism: Mechanism, row: dict) -> Organization:
    """The unit that the text names, or whoever acts for the government."""
    if "to" in row:
        found: Organization = mechanism.jurisdiction.organizations.get(key=row["to"])
        return found
    sides = parties(mechanism)
    acting = [one.acting for one in sides if one.side == Side.GOVERNMENT]
    return (acting or [sides[0].acting])[0]


@action
def deliver(
    deliverable_id: int,
    *,
    actor: Actor,
    at: datetime,
    paper: Paper,
    token: str | None = None,
) -> Delivery:
    """Deliver the document; one that was delivered before is superseded by it.

    Raises RuleBroken "future" (field on), "no_paper" (field file), "older" (field on),
    "form_used", or what `attachments.attach` raises.
    """
    one = _locked(deliverable_id)
    policy_for(Deliverable).require(actor, "deliver", one)
    made = Delivery.made_before(token, title=paper.title)
    if made is not None:
        return made
    require_past(paper.on, at)
    if paper.document is None and not paper.files:
        raise RuleBroken("no_paper", _("Name a paper of the portal, or give the file."), "file")
    _supersede(one, paper.on)
    delivery = Delivery(
        deliverable=one,
        title=paper.title,
        doc_number=paper.doc_number,
        on=paper.on,
        document=paper.document,
        by=actor,
        form_token=token,
    )
    delivery.store()
    _keep_files(delivery, paper, actor=actor, at=at)
    record(actor, "returns.deliverable.delivered", one, title=delivery.title, on=str(delivery.on))
    if one.state == DeliverableState.DUE:
        one.state, one.delivered_on = DeliverableState.DELIVERED, paper.on
        one.store()
        meet(one, DELIVERABLE_RULE, actor=actor, on=paper.on)
    title = gettext_lazy("A document was delivered")
    reason = f"returns.delivered:{delivery.public_id}"
    about: dict[str, Any] = {"text": delivery.title, "actor": actor, "at": at}
    tell_units([one.to], one, reason=reason, title=title, **about)
    return delivery


def _supersede(one: Deliverable, on: date) -> None:
    for before in _standing(one):
        if before.on > on:
            message = _("A later document of %(day)s stands already.")
            raise RuleBroken("older", message % {"day": before.on.isoformat()}, "on")
        before.superseded_on = on
        before.store()


def _standing(one: Deliverable) -> Iterator[Delivery]:
    yield from one.deliveries.filter(superseded_on=None)


def _keep_files(delivery: Delivery, paper: Paper, *, actor: Actor, at: datetime) -> None:
    if not paper.files:
        return
    one = delivery.deliverable
    attach_all(
        delivery,
        paper.files,
        actor=actor,
        at=at,
        jurisdiction=one.jurisdiction,
        declared=paper.declared,
        visibility=Visibility.JOINT,
        organization=one.organization,
    )


def _locked(deliverable_id: int) -> Deliverable:
    rows = Deliverable.objects.select_for_update(of=("self",))
    near = ("jurisdiction", "mechanism", "organization", "to")
    found: Deliverable = rows.select_related(*near).get(pk=deliverable_id)
    return found
