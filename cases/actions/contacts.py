"""过问登记: a contact about a pending case is written down, once (YN-22, G10, YC-5)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from cases.actions.days import require_past
from cases.actions.steps import locked_procedure
from cases.models import Contact, Procedure
from cases.states import Kind
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members.models import Organization
from members.states import Side


@dataclass(frozen=True)
class ContactWords:
    """What the form asks for."""

    recorded_for: Organization
    on: date
    who: str
    who_unit: str
    to_whom: str
    manner: str
    purpose: str
    content: str


@action
def record_contact(
    procedure_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: ContactWords,
    corrects: Contact | None = None,
    token: str | None = None,
) -> Contact:
    """Write a contact about a case down; whoever had it, on whichever side.

    Only about what a court or a reconsideration organ had to decide on that day (YN-22,
    YC-5). Raises PermissionDenied; RuleBroken "not_decided", "future", "not_pending" (field
    on), "other_case", "form_used".
    """
    procedure = locked_procedure(procedure_id)
    made = Contact.made_before(token, purpose=words.purpose)
    if made is not None:
        return made
    contact = Contact(
        dispute=procedure.dispute,
        procedure=procedure,
        recorded_by=actor,
        at=at,
        corrects=corrects,
        form_token=token,
        **{name: getattr(words, name) for name in ContactWords.__dataclass_fields__},
    )
    policy_for(Contact).require(actor, "record", contact)
    _check(procedure, words.on, at)
    if corrects is not None and not _may_correct(corrects, contact):
        raise RuleBroken("other_case", _("A unit corrects what it recorded itself, once."))
    contact.store()
    record(actor, "cases.contact.recorded", contact, on=str(words.on), manner=words.manner)
    return contact


def _check(procedure: Procedure, on: date, at: datetime) -> None:
    if procedure.organ.side != Side.COURT and procedure.kind != Kind.RECONSIDERATION:
        message = _("Contacts are recorded about suits and reconsiderations.")
        raise RuleBroken("not_decided", message)
    require_past(on, at)
    ended = procedure.closed_on
    if on < procedure.opened_on or (ended is not None and on > ended):
        message = _("The case was not pending on that day.")
        raise RuleBroken("not_pending", message, "on")


def _may_correct(old: Contact, new: Contact) -> bool:
    same = old.procedure_id == new.procedure_id and old.recorded_for_id == new.recorded_for_id
    return same and not old.corrections.exists()
