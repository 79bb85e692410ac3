"""A dispute is registered, its parties are entered, and its procedures are opened."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.access import admit, admit_justice_bureau
from cases.actions.roles import enter
from cases.actions.routing import close_intake
from cases.actions.steps import happen, is_late, locked_dispute, require_why
from cases.flow.given import read_given
from cases.flow.guards import check_guards
from cases.flow.guards.first_instance import no_open_first_instance
from cases.flow.table import table_of
from cases.models import Dispute, Link, Party, Procedure
from cases.policy.circle import may_record
from cases.states import Kind, PartyKind, Source
from foundations.access.errors import RuleBroken
from foundations.access.masking import mask_name
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from mechanisms.models import Mechanism
from members.models import Organization
from members.policy import works_for
from services.documents.numbers import next_number


@dataclass(frozen=True)
class PartyWords:
    """A party as the form gives it."""

    kind: str
    name: str
    id_number: str = ""
    gender: str = ""
    born_on: str = ""
    ethnicity: str = ""
    phone: str = ""
    address: str = ""
    district: str = ""
    representative: str = ""


@dataclass(frozen=True)
class DisputeWords:
    """What the intake form asks for.

    With `missing_items` it is registered all the same (容缺), to be supplied by `missing_due`.
    """

    registered_by: Organization
    agency: Organization
    source: str
    area: str
    act_kind: str
    act: str
    parties: Sequence[PartyWords]
    filed_on: date
    act_number: str = ""
    act_on: date | None = None
    known_on: date | None = None
    claims: str = ""
    facts: str = ""
    amount: Decimal | None = None
    flags: Sequence[str] = ()
    enterprise: bool = False
    reconsideration_first: str = ""
    missing_items: Sequence[str] = ()
    missing_due: date | None = None


def digest_of(text: str) -> str:
    """The keyed digest by which the same name or code is found again."""
    plain = "".join(text.split()).upper()
    if not plain:
        return ""
    return hmac.new(settings.SECRET_KEY.encode(), plain.encode(), hashlib.sha256).hexdigest()


def shown_name(kind: str, name: str) -> str:
    """Natural persons are masked everywhere but by a reveal; organizations are not."""
    return mask_name(name) if kind == PartyKind.NATURAL else name


def title_of(words: DisputeWords) -> str:
    """张某与市自然资源和规划局行政处罚争议."""
    first = words.parties[0]
    others = "等" if len(words.parties) > 1 else ""
    who = shown_name(first.kind, first.name)
    return f"{who}{others}与{words.agency.short_name}{words.act_kind}争议"[:200]


@action
def register_dispute(
    mechanism_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: DisputeWords,
    token: str | None = None,
) -> Dispute:
    """Register a dispute with its parties; its number is given at once (先登后调).

    Raises PermissionDenied; RuleBroken "future" (field filed_on), "no_party" (field
    parties), "ceased" (field agency), "form_used".
    """
    mechanism = Mechanism.objects.select_related("jurisdiction").get(pk=mechanism_id)
    if actor is not None and not works_for(actor, words.registered_by):
        raise PermissionDenied("register")
    made = Dispute.made_before(token, act=words.act)
    if made is not None:
        return made
    check_words(words, at)
    dispute = Dispute(
        jurisdiction=mechanism.jurisdiction,
        mechanism=mechanism,
        title=title_of(words),
        form_token=token,
        state="waiting",
        number=next_number(mechanism.jurisdiction, "dispute", words.filed_on),
        **columns_of(words),
    )
    dispute.store()
    for order, party in enumerate(words.parties):
        add_party(dispute, party, order)
    admit(dispute, [words.registered_by, words.agency], "party")
    admit_justice_bureau(dispute)
    record(actor, "cases.dispute.registered", dispute, number=dispute.number)
    _open_intake(dispute, words, actor=actor, at=at)
    return dispute


def columns_of(words: DisputeWords) -> dict[str, Any]:
    plain = ("registered_by", "agency", "source", "area", "act_kind", "act", "filed_on")
    more = ("act_number", "act_on", "known_on", "claims", "facts", "amount", "enterprise")
    named = {name: getattr(words, name) for name in (*plain, *more, "reconsideration_first")}
    return {**named, "flags": list(words.flags)}


def check_words(words: DisputeWords, at: datetime) -> None:
    today = timezone.localtime(at).date()
    if words.filed_on > today:
        message = _("This day is still to come; a record tells what has happened.")
        raise RuleBroken("future", message, "filed_on")
    if not words.parties or not all(party.name.strip() for party in words.parties):
        raise RuleBroken("no_party", _("Name every party."), "parties")
    if not words.agency.holds_on(words.filed_on):
        message = _("“%(unit)s” did not exist on that day; choose its successor.")
        raise RuleBroken("ceased", message % {"unit": words.agency.short_name}, "agency")


def _open_intake(dispute: Dispute, words: DisputeWords, *, actor: Actor, at: datetime) -> None:
    """An older paper keeps its own day; the events then tell that it was entered later."""
    intake = open_procedure(
        dispute.pk,
        Kind.INTAKE,
        organ=words.registered_by,
        actor=actor,
        at=at,
        on=words.filed_on,
        given={"source": words.source},
        late=str(Source(words.source).label),
    )
    missing = {"missing_items": list(words.missing_items), "missing_due": words.missing_due}
    step = intake.step("register_first" if words.missing_items else "register")
    given = read_given(intake, step, words.filed_on, missing if words.missing_items else {})
    late = is_late(intake, words.filed_on, timezone.localtime(at).date())
    happen(intake, step, actor=actor, at=at, on=words.filed_on, facts=given, late=late)


def add_party(dispute: Dispute, words: PartyWords, order: int = 0) -> Party:
    party = party_of(dispute, words, order)
    party.store()
    return party


def party_of(dispute: Dispute, words: PartyWords, order: int = 0) -> Party:
    """The row of a party, unsaved."""
    return Party(
        dispute=dispute,
        order=order,
        shown_name=shown_name(words.kind, words.name.strip()),
        name_digest=digest_of(words.name),
        id_digest=digest_of(words.id_number),
        **{name: getattr(words, name) for name in PartyWords.__dataclass_fields__},
    )


@action
def open_procedure(
    dispute_id: int,
    kind: str,
    *,
    organ: Organization,
    actor: Actor,
    at: datetime,
    on: date,
    given: Mapping[str, Any] | None = None,
    earlier: Procedure | None = None,
    reason: str = "",
    claimants: Sequence[Party | Organization] | None = None,
    agencies: Sequence[Organization] | None = None,
    late: str = "",
    token: str | None = None,
) -> Procedure:
    """Open a procedure of the dispute by the starting step of its table.

    `earlier` is the procedure it follows from, `reason` why (不服复议, 上诉 …). Claimants
    are all parties and the agency is the dispute's unless others are given; an organization
    among the claimants is a procuratorate. The registration is closed with it. `late` says
    why it is recorded only now. Raises
    PermissionDenied; RuleBroken "wrong_organ" (field organ), "ceased" (field agencies),
    "future", "too_early" (field on), "why_late" (field late), "no_party" (field claimants),
    and what `cases.flow.given.read_given` and guards raise.
    """
    dispute = locked_dispute(dispute_id)
    made = Procedure.made_before(token, kind=kind)
    if made is not None:
        return made
    procedure = _planned(dispute, kind, organ, actor=actor, on=on, token=token)
    opening = procedure.table.opening
    is_later = _check_opening(procedure, on, at, late)
    facts = read_given(procedure, opening, on, given or {})
    procedure.store()
    if earlier is not None:
        Link.objects.create(earlier=earlier, later=procedure, reason=reason)
    enter(procedure, earlier, claimants, agencies)
    _admit_all(procedure)
    check_guards(procedure, opening, on, facts)
    recorded: dict[str, Any] = {"actor": actor, "at": at, "on": on}
    recorded |= {"reason": late, "late": is_later}
    close_intake(procedure, **recorded)
    return happen(procedure, opening, facts=facts, **recorded)


def _planned(
    dispute: Dispute,
    kind: str,
    organ: Organization,
    *,
    actor: Actor,
    on: date,
    token: str | None,
) -> Procedure:
    """Not stored yet; by an organ that handles such procedures, for whoever may open it."""
    table = table_of(kind)
    if organ.side not in table.organs:
        message = _("“%(unit)s” does not handle “%(procedure)s”.")
        words = {"unit": organ.short_name, "procedure": table.name}
        raise RuleBroken("wrong_organ", message % words, "organ")
    procedure = Procedure(
        dispute=dispute, kind=kind, organ=organ, state=table.first, opened_on=on, form_token=token
    )
    if not may_record(actor, procedure, table.opening):
        raise PermissionDenied(kind)
    if kind == Kind.FIRST_INSTANCE:
        no_open_first_instance(procedure, table.opening, on, {})
    return procedure


def _admit_all(procedure: Procedure) -> None:
    """Whoever handles it and whoever takes part in it may see the dispute."""
    dispute = procedure.dispute
    parts = procedure.participants.exclude(organization=None).select_related("organization")
    admit(dispute, [procedure.organ], "organ")
    admit(dispute, [one.organization for one in parts], "party")


def _check_opening(procedure: Procedure, on: date, at: datetime, late: str) -> bool:
    """Whether it is back-dated."""
    dispute = procedure.dispute
    if on > timezone.localtime(at).date():
        message = _("This day is still to come; a record tells what has happened.")
        raise RuleBroken("future", message, "on")
    if on < dispute.filed_on:
        message = _("The dispute was registered on %(day)s; its procedures begin after that.")
        raise RuleBroken("too_early", message % {"day": dispute.filed_on}, "on")
    recorded_late = is_late(procedure, on, timezone.localtime(at).date())
    if recorded_late:
        require_why(late, "late")
    return recorded_late
