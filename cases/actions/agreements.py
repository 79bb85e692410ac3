"""What a mediation has brought about is written down, signed, and can be confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.disputes import open_procedure
from cases.actions.steps import locked_procedure, take
from cases.models import (
    Agreement,
    AgreementItem,
    AgreementKind,
    AgreementState,
    Party,
    Procedure,
)
from cases.states import Kind
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members.models import Organization
from members.states import Side

MODES = {AgreementKind.MEDIATED: "settled", AgreementKind.SETTLED: "withdrawn_settled"}
"""How the mediation then closes: 调解成功, or 和解撤回."""


@dataclass(frozen=True)
class ItemWords:
    """One promise: of an organization or of a party."""

    owed_by: Organization | Party
    what: str
    due_on: date
    amount: Decimal | None = None
    method: str = ""


@dataclass(frozen=True)
class AgreementWords:
    kind: str
    facts: str
    items: Sequence[ItemWords]
    number: str = ""
    closing: str = ""
    liability: str = ""
    confirmation: bool = False


@action
def draft_agreement(
    procedure_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: AgreementWords,
    version: int | None = None,
) -> Agreement:
    """Write the agreement of a mediation, or write it anew while nobody has signed it.

    Raises PermissionDenied; RuleBroken "stale", "not_mediating", "signed", "no_item",
    "not_concerned" (field items).
    """
    procedure = locked_procedure(procedure_id)
    agreement = Agreement.objects.filter(procedure=procedure).first()
    agreement = agreement or Agreement(procedure=procedure)
    agreement.procedure = procedure
    policy_for(Agreement).require(actor, "mediate", agreement)
    agreement.require_version(version)
    _check_draft(procedure, agreement, words)
    for name in ("kind", "facts", "number", "closing", "liability", "confirmation"):
        setattr(agreement, name, getattr(words, name))
    agreement.store()
    agreement.items.all().delete()
    for order, item in enumerate(words.items, 1):
        _add_item(agreement, order, item)
    record(actor, "cases.agreement.drafted", agreement, items=len(words.items))
    return agreement


def _check_draft(procedure: Procedure, agreement: Agreement, words: AgreementWords) -> None:
    if agreement.state == AgreementState.SIGNED:
        raise RuleBroken("signed", _("The agreement is signed; nothing in it changes any more."))
    mediating = procedure.state in procedure.step("close").sources
    if procedure.kind != Kind.MEDIATION or not mediating:
        message = _("An agreement is written while mediation is under way.")
        raise RuleBroken("not_mediating", message)
    if not words.items:
        raise RuleBroken("no_item", _("Say at least one thing that is promised."), "items")


def _add_item(agreement: Agreement, order: int, words: ItemWords) -> None:
    owed_by = words.owed_by
    dispute = agreement.procedure.dispute
    if isinstance(owed_by, Party):
        concerned = owed_by.dispute_id == dispute.pk
    else:
        parts = agreement.procedure.participants.filter(organization=owed_by)
        concerned = owed_by.pk == dispute.agency_id or parts.exists()
    if not concerned:
        message = _("“%(name)s” takes no part in this mediation.") % {"name": owed_by}
        raise RuleBroken("not_concerned", message, f"owed_by_{order}")
    AgreementItem(
        agreement=agreement,
        order=order,
        party=owed_by if isinstance(owed_by, Party) else None,
        organization=owed_by if isinstance(owed_by, Organization) else None,
        what=words.what,
        amount=words.amount,
        method=words.method,
        due_on=words.due_on,
    ).store()


@action
def sign_agreement(
    agreement_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    effective_on: date,
    voluntary: bool,
    harmless: bool,
    court: Organization | None = None,
    reason: str = "",
    version: int | None = None,
) -> Agreement:
    """All have signed: the mediation ends with it, and confirmation can be applied for.

    `voluntary` and `harmless`: the mediator has seen that it is freely made and harms
    neither state nor public nor others (行诉法 60, 复议法 5). `court` is asked for where the
    agreement wants confirmation. `reason` says why it is recorded late. Raises
    PermissionDenied; RuleBroken "stale", "signed", "not_free" (field voluntary), "harmful"
    (field harmless), "bad_day" (field effective_on), "due_before" (field on), "no_court"
    (field court), and what `take` and `open_procedure` raise.
    """
    found = Agreement.objects.get(pk=agreement_id)
    procedure = locked_procedure(found.procedure_id)
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement_id)
    agreement.procedure = procedure
    agreement.require_version(version)
    policy_for(Agreement).require(actor, "mediate", agreement)
    _check_words(agreement, voluntary=voluntary, harmless=harmless, court=court)
    _check_days(agreement, on, effective_on, timezone.localtime(at).date())
    agreement.state = AgreementState.SIGNED
    agreement.signed_on, agreement.effective_on = on, effective_on
    agreement.store()
    record(actor, "cases.agreement.signed", agreement, on=str(on), effective_on=str(effective_on))
    given = {"mode": MODES[AgreementKind(agreement.kind)]}
    take(procedure.pk, "close", actor=actor, at=at, on=on, given=given, reason=reason)
    if agreement.confirmation and court is not None:
        _open_confirmation(procedure, court, at=at, on=effective_on, late=reason)
    return agreement


def _check_words(
    agreement: Agreement, *, voluntary: bool, harmless: bool, court: Organization | None
) -> None:
    if agreement.state == AgreementState.SIGNED:
        raise RuleBroken("signed", _("The agreement is signed; nothing in it changes any more."))
    if not voluntary:
        message = _("An agreement that was not freely made is not signed.")
        raise RuleBroken("not_free", message, "voluntary")
    if not harmless:
        message = _("An agreement must not harm the state, the public or others.")
        raise RuleBroken("harmful", message, "harmless")
    if agreement.confirmation and (court is None or court.side != Side.COURT):
        message = _("Name the court that is asked to confirm it.")
        raise RuleBroken("no_court", message, "court")


def _check_days(agreement: Agreement, on: date, effective_on: date, today: date) -> None:
    if not on <= effective_on <= today:
        message = _("It takes effect on the day of signing or later, and not in the future.")
        raise RuleBroken("bad_day", message, "effective_on")
    early = agreement.items.filter(due_on__lt=on).first()
    if early is not None:
        message = _("“%(what)s” would be due before the agreement is signed.")
        raise RuleBroken("due_before", message % {"what": early.what}, "on")


def _open_confirmation(
    procedure: Procedure, court: Organization, *, at: datetime, on: date, late: str
) -> None:
    """The right to apply arises with the agreement, whoever records it: so by nobody."""
    parts = procedure.participants.select_related("party", "organization")
    onward = next(one for one in procedure.table.onward if one.kind == Kind.CONFIRMATION)
    open_procedure(
        procedure.dispute_id,
        Kind.CONFIRMATION,
        organ=court,
        actor=None,
        at=at,
        on=on,
        earlier=procedure,
        reason=onward.reason,
        claimants=[one.party for one in parts if one.party],
        agencies=[one.organization for one in parts.agencies() if one.organization],
        late=late,
    )
