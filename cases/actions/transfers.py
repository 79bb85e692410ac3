"""移送: what one body hands over to another, which signs for it or sends it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions.access import admit
from cases.actions.days import require_past
from cases.actions.steps import locked_dispute
from cases.actions.telling_units import tell_units
from cases.models import Transfer, TransferState
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members.models import Organization
from services.deadlines import actions as deadlines

RECEIPT_LIMIT = "TRANSFER-RECEIPT"


@dataclass(frozen=True)
class TransferWords:
    """What the form asks for; `items` are what is handed over."""

    kind: str
    sender: Organization
    receiver: Organization
    items: Sequence[str]
    reason: str
    sent_on: date
    due_on: date | None = None


@action
def send_transfer(
    dispute_id: int, *, actor: Actor, at: datetime, words: TransferWords, token: str | None = None
) -> Transfer:
    """Hand over; the receiver may see the dispute from now on and is told.

    With `due_on` the receipt is a limit of the receiver. Raises PermissionDenied; RuleBroken
    "same_body" (field receiver), "ceased" (field receiver), "nothing_listed" (field items),
    "future" (field sent_on), "bad_day" (field due_on), "form_used".
    """
    dispute = locked_dispute(dispute_id)
    made = Transfer.made_before(token, reason=words.reason)
    if made is not None:
        return made
    given = {name: getattr(words, name) for name in TransferWords.__dataclass_fields__}
    transfer = Transfer(dispute=dispute, form_token=token, **{**given, "items": list(words.items)})
    policy_for(Transfer).require(actor, "send", transfer)
    _check(words, at)
    transfer.store()
    admit(dispute, [words.receiver], "transfer")
    units = {"sender": words.sender.short_name, "receiver": words.receiver.short_name}
    record(actor, "cases.transfer.sent", transfer, **units)
    _open_limit(transfer, actor)
    title = gettext_lazy("Something was handed over to your unit: sign for it")
    about: dict[str, Any] = {"text": dispute.title, "actor": actor, "at": at}
    tell_units([words.receiver], transfer, reason="cases.transfer", title=title, **about)
    return transfer


def _check(words: TransferWords, at: datetime) -> None:
    if words.sender == words.receiver:
        raise RuleBroken("same_body", _("Choose another body than your own."), "receiver")
    if not words.receiver.holds_on(words.sent_on):
        message = _("“%(unit)s” did not exist on that day; choose its successor.")
        raise RuleBroken("ceased", message % {"unit": words.receiver.short_name}, "receiver")
    if not words.items:
        raise RuleBroken("nothing_listed", _("List what is handed over."), "items")
    require_past(words.sent_on, at, "sent_on")
    if words.due_on is not None and words.due_on < words.sent_on:
        raise RuleBroken("bad_day", _("It is received after it was sent."), "due_on")


def _open_limit(transfer: Transfer, actor: Actor) -> None:
    if transfer.due_on is None:
        return
    deadlines.open_deadline(
        transfer,
        RECEIPT_LIMIT,
        actor=actor,
        title=_("Sign for what was handed over: %(title)s") % {"title": transfer.dispute.title},
        jurisdiction=transfer.dispute.jurisdiction,
        owed_by=transfer.receiver,
        trigger_on=transfer.sent_on,
        due_on=transfer.due_on,
        mechanism=transfer.dispute.mechanism,
    )


@action
def answer_transfer(
    transfer_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    received: bool,
    remark: str = "",
    version: int | None = None,
) -> Transfer:
    """The receiver signs for it, or sends it back with a reason.

    Raises PermissionDenied; RuleBroken "stale", "answered", "future", "bad_day" (field on),
    "no_reason" (field remark).
    """
    rows = Transfer.objects.select_for_update(of=("self",))
    transfer = rows.select_related("dispute__jurisdiction", "receiver", "sender").get(
        pk=transfer_id
    )
    policy_for(Transfer).require(actor, "receive", transfer)
    transfer.require_version(version)
    if not transfer.waits:
        raise RuleBroken("answered", _("This was signed for or sent back already."))
    require_past(on, at)
    if on < transfer.sent_on:
        raise RuleBroken("bad_day", _("It is received after it was sent."), "on")
    if not received and not remark.strip():
        raise RuleBroken("no_reason", _("Say why it goes back."), "remark")
    transfer.state = TransferState.RECEIVED if received else TransferState.RETURNED
    transfer.answered_on, transfer.answered_by, transfer.remark = on, actor, remark
    transfer.store()
    deadlines.meet(transfer, RECEIPT_LIMIT, actor=actor, on=on)
    record(actor, "cases.transfer.answered", transfer, received=received, on=str(on))
    title = gettext_lazy("What your unit handed over was signed for")
    if not received:
        title = gettext_lazy("What your unit handed over was sent back")
    about: dict[str, Any] = {"text": transfer.dispute.title, "actor": actor, "at": at}
    tell_units([transfer.sender], transfer, reason="cases.transfer.answer", title=title, **about)
    return transfer
