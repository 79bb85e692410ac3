"""办案人员: entered with a qualification, certified later, left."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from cases.actions.days import require_past
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members.models import Organization
from returns.models import CaseHandler
from returns.states import Qualification


@dataclass(frozen=True)
class HandlerWords:
    organization: Organization
    name: str
    qualification: str
    valid_from: date
    post: str = ""
    certificate: str = ""
    qualified_on: date | None = None


@action
def enter_handler(
    *, actor: Actor, at: datetime, words: HandlerWords, token: str | None = None
) -> CaseHandler:
    """Enter who handles cases in a unit from a day on.

    Raises RuleBroken "future" (field valid_from), "no_certificate" (field certificate),
    "there_already" (field name), "form_used".
    """
    unit = Organization.objects.select_for_update(of=("self",)).get(pk=words.organization.pk)
    made = CaseHandler.made_before(token, name=words.name)
    if made is not None:
        return made
    row = CaseHandler(
        jurisdiction=unit.jurisdiction,
        organization=unit,
        name=words.name.strip(),
        post=words.post,
        qualification=words.qualification,
        certificate=words.certificate,
        qualified_on=words.qualified_on,
        valid_from=words.valid_from,
        form_token=token,
    )
    policy_for(CaseHandler).require(actor, "enter", row)
    require_past(words.valid_from, at, "valid_from")
    _require_certificate(row)
    if unit.case_handlers.filter(name=row.name, valid_to=None).exists():
        message = _("“%(name)s” is among the handlers of this unit already.")
        raise RuleBroken("there_already", message % {"name": row.name}, "name")
    row.store()
    record(actor, "returns.handler.entered", row, name=row.name, unit=unit.short_name)
    return row


@action
def certify(
    handler_id: int,
    *,
    actor: Actor,
    at: datetime,
    qualification: str,
    certificate: str,
    qualified_on: date,
    version: int | None = None,
) -> CaseHandler:
    """The handler has won a qualification."""
    row = _locked(handler_id)
    policy_for(CaseHandler).require(actor, "certify", row)
    row.require_version(version)
    require_past(qualified_on, at, "qualified_on")
    row.qualification, row.certificate = qualification, certificate
    row.qualified_on = qualified_on
    _require_certificate(row)
    row.store()
    record(actor, "returns.handler.certified", row, on=str(qualified_on))
    return row


@action
def end_handler(
    handler_id: int,
    *,
    actor: Actor,
    at: datetime,
    valid_to: date,
    reason: str,
    version: int | None = None,
) -> CaseHandler:
    """The handler left the work; `valid_to` is the last day."""
    row = _locked(handler_id)
    policy_for(CaseHandler).require(actor, "end", row)
    row.require_version(version)
    require_past(valid_to, at, "valid_to")
    if row.valid_from and valid_to < row.valid_from:
        raise RuleBroken("order", _("The last day lies before the first."), "valid_to")
    row.valid_to, row.reason = valid_to, reason
    row.store()
    record(actor, "returns.handler.ended", row, on=str(valid_to), reason=reason)
    return row


def _require_certificate(row: CaseHandler) -> None:
    if row.qualification != Qualification.NONE and not row.certificate.strip():
        message = _("Enter the number of the certificate.")
        raise RuleBroken("no_certificate", message, "certificate")


def _locked(handler_id: int) -> CaseHandler:
    rows = CaseHandler.objects.select_for_update(of=("self",))
    found: CaseHandler = rows.select_related("jurisdiction", "organization").get(pk=handler_id)
    return found
