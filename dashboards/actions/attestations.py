"""佐证认定: a responsible person answers for a clause that is a principle."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from dashboards.models import Attestation
from dashboards.policy import may_attest
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.access.visibility import Visibility
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.calendars.periods import add_months
from mechanisms.models import Mechanism, Provision
from mechanisms.queries import provision as provision_on
from mechanisms.states import RuleKind
from members.models import Organization
from services.documents.attachments import attach_all
from services.documents.models import OfficialDocument


@dataclass(frozen=True)
class AttestationWords:
    """What is attested; it holds for a year where no day is named."""

    text: str
    on: date
    organization: Organization
    expires_on: date | None = None
    document: OfficialDocument | None = None

    @property
    def until(self) -> date:
        return self.expires_on or add_months(self.on, 12)


@action
def attest(
    mechanism_id: int,
    *,
    number: str,
    actor: Actor,
    at: datetime,
    words: AttestationWords,
    files: Collection[UploadedFile] = (),
    declared: bool = False,
    token: str | None = None,
) -> Attestation:
    """Attest that the clause `number` is kept, by a file or a paper of the portal.

    Raises PermissionDenied; RuleBroken "not_a_statement", "no_evidence", "attested_ahead",
    "attested_before", "ends_before", and what `attachments.attach` raises.
    """
    mechanism = Mechanism.objects.select_for_update().get(pk=mechanism_id)
    clause = provision_on(mechanism, number, words.on)
    if clause is None or (actor is not None and not may_attest(actor, mechanism, clause)):
        raise PermissionDenied("attest")
    made = Attestation.made_before(token, mechanism_id=mechanism.pk, provision=number)
    if made is not None:
        return made
    _check(clause, words, at=at, proved=bool(files or words.document))
    made = Attestation(
        mechanism=mechanism,
        provision=number,
        attested_by=actor,
        form_token=token,
        text=words.text,
        on=words.on,
        organization=words.organization,
        document=words.document,
        expires_on=words.until,
    )
    made.store()
    if files:
        attach_all(
            made,
            files,
            actor=actor,
            at=at,
            jurisdiction=mechanism.jurisdiction,
            declared=declared,
            visibility=Visibility.JOINT,
            organization=words.organization,
        )
    until = words.until.isoformat()
    record(actor, "dashboards.attestation.made", made, provision=number, until=until)
    return made


@action
def withdraw_attestation(
    attestation_id: int, *, actor: Actor, at: datetime, on: date, reason: str, version: int
) -> Attestation:
    """Take an attestation back from a day on; it stays on record.

    Raises PermissionDenied; RuleBroken "stale", "withdrawn", "withdrawn_before".
    """
    row = Attestation.objects.select_for_update().get(pk=attestation_id)
    policy_for(Attestation).require(actor, "withdraw", row)
    row.require_version(version)
    if row.withdrawn_on is not None:
        raise RuleBroken("withdrawn", _("This attestation was taken back already."))
    if on < row.on:
        raise RuleBroken("withdrawn_before", _("This day is before the attestation."), "on")
    row.withdrawn_on, row.withdrawn_reason = on, reason
    row.store()
    record(
        actor,
        "dashboards.attestation.withdrawn",
        row,
        provision=row.provision,
        on=on.isoformat(),
        reason=reason,
    )
    return row


def _check(clause: Provision, words: AttestationWords, *, at: datetime, proved: bool) -> None:
    if clause.rule_kind != RuleKind.STATEMENT:
        message = _("Records show whether this clause is kept; it is not attested.")
        raise RuleBroken("not_a_statement", message)
    if not proved:
        message = _("Attach a file that shows it, or name a paper of the portal.")
        raise RuleBroken("no_evidence", message, "file")
    if words.on > timezone.localtime(at).date():
        raise RuleBroken("attested_ahead", _("This day has not come yet."), "on")
    if words.on < clause.version.effective_from:
        message = _("The text was not in force yet on this day.")
        raise RuleBroken("attested_before", message, "on")
    if words.until <= words.on:
        message = _("The attestation would end before it begins.")
        raise RuleBroken("ends_before", message, "expires_on")
