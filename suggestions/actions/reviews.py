"""The issuer looks at why nothing was adopted, or at an objection."""

from datetime import datetime

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action
from services.deadlines.actions import meet
from suggestions.actions.limits import cancel_limits, open_reply_limit
from suggestions.actions.steps import (
    day_of,
    locked_addressee,
    move,
    office_language,
    require_state,
    tell_unit,
)
from suggestions.actions.supervision import settle_by_withdrawal
from suggestions.models import Addressee
from suggestions.models.addressees import OBJECTION
from suggestions.states import AddresseeState


@action
def review(
    addressee_id: int, *, actor: Actor, at: datetime, upheld: bool, remark: str = ""
) -> Addressee:
    """The reasons for not adopting hold, and the matter ends; or a new reply is due.

    Raises RuleBroken "remark_missing" (field remark) for a new reply without a reason.
    """
    addressee = _locked_for_review(addressee_id, actor, AddresseeState.REFUSED)
    on = day_of(at)
    meet(addressee, OBJECTION, actor=actor, on=on)
    if upheld:
        addressee.closed_on = on
        move(addressee, AddresseeState.CLOSED, actor, on=on.isoformat(), remark=remark.strip())
        with office_language():
            title = _("Your reasons were accepted: %(title)s")
        _tell(addressee, title, remark, at, actor)
    else:
        _demand_again(addressee, remark, at, actor)
    return addressee


@action
def answer_objection(
    addressee_id: int, *, actor: Actor, at: datetime, upheld: bool, remark: str = ""
) -> Addressee:
    """The objection holds, and the letter is withdrawn for the unit; or a new reply is due.

    Raises RuleBroken "remark_missing" (field remark) for a new reply without a reason.
    """
    addressee = _locked_for_review(addressee_id, actor, AddresseeState.OBJECTED)
    on = day_of(at)
    meet(addressee, OBJECTION, actor=actor, on=on)
    if upheld:
        cancel_limits(addressee, actor, on=on)
        addressee.closed_on = on
        told = {"on": on.isoformat(), "remark": remark.strip(), "objection": True}
        move(addressee, AddresseeState.WITHDRAWN, actor, **told)
        settle_by_withdrawal(addressee, actor=actor, at=at)
        with office_language():
            title = _("Your objection was upheld, the letter is withdrawn for you: %(title)s")
        _tell(addressee, title, remark, at, actor)
    else:
        _demand_again(addressee, remark, at, actor)
    return addressee


def _locked_for_review(addressee_id: int, actor: Actor, state: str) -> Addressee:
    addressee = locked_addressee(addressee_id)
    policy_for(Addressee).require(actor, "review", addressee)
    require_state(addressee, state)
    return addressee


def _demand_again(addressee: Addressee, remark: str, at: datetime, actor: Actor) -> None:
    """A new reply within the period of the letter, counted from the decision."""
    if not remark.strip():
        message = _("Say why a new reply is needed.")
        raise RuleBroken("remark_missing", message, "remark")
    on = day_of(at)
    addressee.replied_on, addressee.reply_late, addressee.attitude = None, False, ""
    open_reply_limit(addressee, actor, trigger_on=on)
    due_on = addressee.reply_due_on
    told = {"again": True, "remark": remark.strip(), "due_on": str(due_on or "")}
    move(addressee, AddresseeState.SERVED, actor, **told)
    with office_language():
        title = _("A new reply is needed: %(title)s")
    _tell(addressee, title, remark, at, actor)


def _tell(addressee: Addressee, title: str, remark: str, at: datetime, actor: Actor) -> None:
    told = title % {"title": addressee.suggestion.title}
    reason = f"reviewed:{addressee.version}"
    tell_unit(addressee, reason=reason, title=told, text=remark, at=at, actor=actor)
