"""The only writers of consents; each is called inside the action of the subject.

The subject's action has asked its policy who may propose and answer, and moves the
subject itself once the consent is settled.
"""

import hashlib
from datetime import date, datetime

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.rows import Record
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members.models import Organization
from services.consents.models import Consent, ConsentAnswer, ConsentState, Verdict
from services.consents.queries import current


@action
def propose(
    subject: Record,
    matter: str,
    *,
    side: str,
    actor: Actor,
    at: datetime,
    title: str,
    text: str,
    sides: list[str],
    payload: dict | None = None,
    due_on: date | None = None,
) -> Consent:
    """Put `text` to the `sides`; the proposer's `side` agrees by proposing.

    Raises RuleBroken("consent_open") while another text on the matter waits for its
    answers, and "wrong_side" if the proposer's side is not among those asked.
    """
    if side not in sides:
        raise _wrong_side()
    if current(subject, matter) is not None:
        raise RuleBroken(
            "consent_open",
            _("A proposal on this matter waits for an answer. Withdraw it before making another."),
        )
    consent = Consent(
        subject=subject,
        matter=matter,
        title=title[:200],
        text=text,
        digest=text_digest(text),
        payload=payload or {},
        proposed_by=side,
        proposer=actor,
        sides=list(sides),
        at=at,
        due_on=due_on,
    )
    consent.store()
    ConsentAnswer.objects.create(
        consent=consent, side=side, verdict=Verdict.AGREE, answered_by=actor, at=at
    )
    record(
        actor,
        "consents.consent.proposed",
        consent,
        matter=matter,
        side=side,
        title=consent.title,
        digest=consent.digest,
    )
    _settle(consent, actor, at)
    return consent


@action
def answer(
    consent_id: int,
    *,
    side: str,
    actor: Actor,
    organization: Organization,
    at: datetime,
    verdict: str,
    remark: str = "",
) -> Consent:
    """One side's answer; the consent is settled when every side has given one.

    Raises RuleBroken: "wrong_side" (not asked), "answered" (this side has answered),
    "consent_closed", "remark_needed" (why, for an amendment or a refusal).
    """
    consent = locked(consent_id)
    _check_answer(consent, side, verdict, remark)
    ConsentAnswer.objects.create(
        consent=consent,
        side=side,
        organization=organization,
        verdict=verdict,
        remark=remark.strip(),
        answered_by=actor,
        at=at,
    )
    record(
        actor,
        "consents.consent.answered",
        consent,
        side=side,
        verdict=str(verdict),
        digest=consent.digest,
    )
    _settle(consent, actor, at)
    return consent


@action
def withdraw(consent_id: int, *, side: str, actor: Actor, at: datetime) -> Consent:
    """Take back a proposal that is still open; only the proposer's side can."""
    consent = locked(consent_id)
    if side != consent.proposed_by:
        raise _wrong_side()
    _require_open(consent)
    _close(consent, ConsentState.WITHDRAWN, at)
    record(actor, "consents.consent.withdrawn", consent, side=side)
    return consent


def locked(consent_id: int) -> Consent:
    """The consent, locked until the transaction ends."""
    return Consent.objects.select_for_update().get(pk=consent_id)


def text_digest(text: str) -> str:
    """SM3 of the text that is agreed to."""
    return hashlib.new("sm3", text.encode()).hexdigest()


def _check_answer(consent: Consent, side: str, verdict: str, remark: str) -> None:
    if side not in consent.sides:
        raise _wrong_side()
    if consent.answers.filter(side=side).exists():
        raise RuleBroken("answered", _("Your side has answered this proposal already."))
    _require_open(consent)
    if verdict != Verdict.AGREE and not remark.strip():
        raise RuleBroken(
            "remark_needed", _("Say what should be changed, or why you refuse."), field="remark"
        )


def _require_open(consent: Consent) -> None:
    if consent.state != ConsentState.OPEN:
        raise RuleBroken(
            "consent_closed",
            _("This proposal is closed: %(state)s.") % {"state": consent.get_state_display()},
        )


def _settle(consent: Consent, actor: Actor, at: datetime) -> None:
    """Close the consent once every side has answered: the least agreeable answer counts."""
    answers = dict(consent.answers.values_list("side", "verdict"))
    if set(answers) < set(consent.sides):
        return
    verdicts = set(answers.values())
    if Verdict.REFUSE in verdicts:
        state = ConsentState.REFUSED
    elif Verdict.AMEND in verdicts:
        state = ConsentState.AMENDED
    else:
        state = ConsentState.AGREED
    _close(consent, state, at)
    record(actor, "consents.consent.settled", consent, state=state.value, digest=consent.digest)


def _close(consent: Consent, state: ConsentState, at: datetime) -> None:
    consent.state, consent.closed_at = state, at
    consent.store()


def _wrong_side() -> RuleBroken:
    return RuleBroken("wrong_side", _("This proposal is not for your side to answer or withdraw."))
