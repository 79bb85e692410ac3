"""涉案行政机关: which agencies a dispute concerns, which one leads, and who takes part."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import tallies
from cases.actions.access import admit, admit_person
from cases.actions.steps import locked_dispute
from cases.models import AgencySeat, Concerned, Dispute, Slot
from cases.policy.intake import leads
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from mechanisms.queries import parties
from members.models import Organization, Person, User
from members.policy import works_for
from members.states import Side
from services.consents import actions as consents
from services.consents.models import Consent, ConsentState
from services.consents.queries import current

LEAD = "lead_agency"
SIDES = [Side.GOVERNMENT, Side.COURT]
LEAST = 2


@action
def add_concerned(
    dispute_id: int, *, actor: Actor, at: datetime, agency: Organization
) -> Concerned:
    """Another agency whose act or duty the dispute is about.

    Raises PermissionDenied; RuleBroken "no_agency", "ceased", "concerned_already" (field
    agency).
    """
    dispute = locked_dispute(dispute_id)
    policy_for(Dispute).require(actor, "edit", dispute)
    check_agency(agency, on=timezone.localtime(at).date(), field="agency")
    concern(dispute, dispute.agency)
    if Concerned.objects.filter(dispute=dispute, organization=agency).exists():
        message = _("“%(unit)s” is entered already.") % {"unit": agency.short_name}
        raise RuleBroken("concerned_already", message, "agency")
    row = concern(dispute, agency)
    record(actor, "cases.concerned.added", dispute, unit=agency.short_name)
    return row


def check_agency(agency: Organization, *, on: date, field: str) -> None:
    """Raise RuleBroken "no_agency" or "ceased"."""
    if agency.side != Side.GOVERNMENT or agency.parent_id is not None:
        raise RuleBroken("no_agency", _("Name an agency of the government."), field)
    if not agency.holds_on(on):
        message = _("“%(unit)s” did not exist on that day; choose its successor.")
        raise RuleBroken("ceased", message % {"unit": agency.short_name}, field)


def concern(dispute: Dispute, agency: Organization) -> Concerned:
    """The agency's row, made if there is none, as of a dispute that was imported."""
    row: Concerned | None = Concerned.objects.filter(dispute=dispute, organization=agency).first()
    if row is None:
        row = Concerned(dispute=dispute, organization=agency)
        row.store()
        admit(dispute, [agency], "party")
    return row


@action
def propose_lead(
    dispute_id: int, *, actor: Actor, at: datetime, agency: Organization, reason: str
) -> Consent:
    """The justice bureau proposes which of several agencies leads; the court is asked
    (WJ-26) and may see the dispute from now on.

    Raises PermissionDenied; RuleBroken "one_agency", "not_concerned", "leads_already"
    (field agency), "no_reason" (field reason), "no_court", "consent_open".
    """
    dispute = locked_dispute(dispute_id)
    policy_for(Dispute).require(actor, "lead", dispute)
    _check_lead(dispute, agency, reason)
    court = _court(dispute)
    title = _("Lead agency: %(unit)s") % {"unit": agency.short_name}
    consent = consents.propose(
        dispute,
        LEAD,
        side=Side.GOVERNMENT,
        actor=actor,
        at=at,
        title=title,
        text=reason.strip(),
        sides=[str(side) for side in SIDES],
        payload={"agency": agency.public_id},
    )
    admit(dispute, [court], "lead")
    return consent


def _check_lead(dispute: Dispute, agency: Organization, reason: str) -> None:
    if Concerned.objects.filter(dispute=dispute).count() < LEAST:
        message = _("One agency alone leads anyhow; enter the others that are concerned first.")
        raise RuleBroken("one_agency", message, "agency")
    if not Concerned.objects.filter(dispute=dispute, organization=agency).exists():
        message = _("“%(unit)s” is not among the agencies concerned.")
        raise RuleBroken("not_concerned", message % {"unit": agency.short_name}, "agency")
    if not reason.strip():
        raise RuleBroken("no_reason", _("Say why."), "reason")


def _court(dispute: Dispute) -> Organization:
    """The court of the institution under which the dispute was registered."""
    sides = parties(dispute.mechanism) if dispute.mechanism else []
    found = next((one.lead for one in sides if one.side == Side.COURT), None)
    if found is None:
        raise RuleBroken("no_court", _("No court takes part in this institution."))
    return found


def may_answer(user: User, dispute: Dispute) -> bool:
    """The court that is asked, and nobody of the government."""
    sides = parties(dispute.mechanism) if dispute.mechanism else []
    return any(
        works_for(user, unit)
        for one in sides
        if one.side == Side.COURT
        for unit in (one.lead, one.secretariat)
    )


@action
def answer_lead(
    consent_id: int, *, actor: Actor, at: datetime, verdict: str, remark: str = ""
) -> Dispute:
    """The court's answer; with its consent the agency leads, and answers for the dispute.

    Raises PermissionDenied; RuleBroken as `services.consents.actions.answer`.
    """
    consent = Consent.objects.get(pk=consent_id)
    dispute = locked_dispute(consent.subject_id)
    if consent.matter != LEAD or (actor is not None and not may_answer(actor, dispute)):
        raise PermissionDenied("lead")
    settled = consents.answer(
        consent_id,
        side=Side.COURT,
        actor=actor,
        organization=_court(dispute),
        at=at,
        verdict=verdict,
        remark=remark,
    )
    if settled.state == ConsentState.AGREED:
        _appoint(dispute, settled, actor)
    return dispute


def _appoint(dispute: Dispute, consent: Consent, actor: Actor) -> None:
    """The lead agency is the dispute's; its handler too."""
    lead = (
        Concerned.objects.filter(dispute=dispute)
        .select_related("organization")
        .get(organization__public_id=consent.payload["agency"])
    )
    before = dispute.agency
    dispute.agency = lead.organization
    handler = lead.seats.filter(slot=Slot.HANDLER).select_related("user").first()
    dispute.handler = handler.user if handler else None
    dispute.store()
    tallies.refresh(dispute)
    record(
        actor,
        "cases.lead.appointed",
        dispute,
        unit=dispute.agency.short_name,
        before=before.short_name,
    )


@action
def withdraw_lead(dispute_id: int, *, actor: Actor, at: datetime) -> None:
    """Take the proposal back while the court has not answered."""
    dispute = locked_dispute(dispute_id)
    policy_for(Dispute).require(actor, "lead", dispute)
    consent = current(dispute, LEAD)
    if consent is None:
        raise RuleBroken("no_proposal", _("No proposal waits for an answer."))
    consents.withdraw(consent.pk, side=Side.GOVERNMENT, actor=actor, at=at)


@dataclass(frozen=True)
class SeatWords:
    """Who takes part for an agency. `named_by` names the head who chose the handler."""

    slot: str
    person: Person
    user: User | None = None
    named_by: str = ""


@action
def seat(
    concerned_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    words: SeatWords,
    version: int | None = None,
) -> AgencySeat:
    """Put somebody into one of the agency's three slots; who sat there before leaves it.

    A handler is named by a head of the agency: by a leader's own account, or as its worker
    records it, with the head's name. Raises PermissionDenied; RuleBroken "stale", "future"
    (field on), "named_by" (field named_by), "stranger" (field person).
    """
    row = (
        Concerned.objects.select_for_update(of=("self",))
        .select_related("organization")
        .get(pk=concerned_id)
    )
    row.dispute = locked_dispute(row.dispute_id)
    policy_for(Concerned).require(actor, "seat", row)
    row.require_version(version)
    named_by = _named_by(row, words, actor)
    _check_person(row, words.person, on, timezone.localtime(at).date())
    row.seats.filter(slot=words.slot).delete()
    made = AgencySeat(
        concerned=row,
        slot=words.slot,
        person=words.person,
        user=words.user,
        named_by=named_by,
        named_on=on,
    )
    made.full_clean(exclude=["concerned", "user"])
    made.save()
    row.store()
    if words.slot == Slot.HANDLER:
        _hand(row, words.user)
    record(actor, "cases.concerned.seated", row, slot=words.slot, person=words.person.name)
    return made


def _named_by(row: Concerned, words: SeatWords, actor: Actor) -> str:
    if words.slot != Slot.HANDLER:
        return ""
    if actor is not None and leads(actor, row):
        return actor.display_name
    if not words.named_by.strip():
        message = _("The handler is named by a head of the agency: enter who did.")
        raise RuleBroken("named_by", message, "named_by")
    return words.named_by.strip()


def _check_person(row: Concerned, person: Person, on: date, today: date) -> None:
    if on > today:
        message = _("This day is still to come; a record tells what has happened.")
        raise RuleBroken("future", message, "on")
    unit = row.organization_id
    posts = person.posts.on(on)
    if not (posts.filter(organization=unit) | posts.filter(organization__parent=unit)).exists():
        message = _("“%(person)s” holds no post in “%(unit)s” on that day.")
        named = {"person": person.name, "unit": row.organization.short_name}
        raise RuleBroken("stranger", message % named, "person")


def _hand(row: Concerned, user: User | None) -> None:
    """The lead agency's handler is the dispute's."""
    if user is not None:
        admit_person(row.dispute, user, "handler")
    if row.dispute.agency_id == row.organization_id:
        row.dispute.handler = user
        row.dispute.store()
