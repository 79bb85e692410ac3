"""Consent to mediation, its sessions, and what follows after it has failed.

Everything else of a mediation is a step of its table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.days import require_past
from cases.actions.session_calls import call_agencies
from cases.actions.steps import (
    find_step,
    locked_dispute,
    locked_procedure,
    require_possible,
    take,
)
from cases.flow.asks import METHODS
from cases.flow.guards.mediation import without_consent
from cases.models import (
    MediationConsent,
    MediationSession,
    Participant,
    Procedure,
    SessionState,
    WayOut,
)
from cases.policy.circle import may_record
from cases.standing import refresh
from cases.states import NO_WAY, Kind
from foundations.access.errors import RuleBroken
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from services.documents.models import NumberSeries
from services.documents.numbers import next_number


@dataclass(frozen=True)
class ConsentWords:
    """What one party said when it was asked."""

    participant: str
    agreed: bool
    method: str
    note: str = ""


@action
def record_consents(
    procedure_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    answers: Sequence[ConsentWords],
    number: str = "",
    reason: str = "",
    version: int | None = None,
) -> Procedure:
    """Note what the parties said; when all have agreed, mediation goes on with its number.

    Without `number` the organ's own series gives it, if it has one (WJ-60). `reason` says
    why it is recorded late. Raises PermissionDenied; RuleBroken "stale", "bad_transition",
    "future" (field on), "nobody_asked", "bad_value", and what `take` raises.
    """
    procedure = locked_procedure(procedure_id)
    procedure.require_version(version)
    _require_mediation(procedure)
    step = find_step(procedure, "consent")
    if not may_record(actor, procedure, step):
        raise PermissionDenied("consent")
    require_possible(procedure, step)
    require_past(on, at)
    _note_consents(procedure, answers, actor=actor, on=on)
    if without_consent(procedure):
        return procedure
    given = {"number": number or _next_number(procedure, on)}
    return take(
        procedure.pk,
        "consent",
        actor=actor,
        at=at,
        on=on,
        given={name: value for name, value in given.items() if value},
        reason=reason,
    )


def _note_consents(
    procedure: Procedure, answers: Sequence[ConsentWords], *, actor: Actor, on: date
) -> None:
    parts = {one.public_id: one for one in procedure.participants.all()}
    if not answers:
        raise RuleBroken("nobody_asked", _("Say what at least one party has answered."))
    for answer in answers:
        part = parts.get(answer.participant)
        if part is None or answer.method not in dict(METHODS):
            raise RuleBroken("bad_value", _("Choose how this party was asked."))
        consent = MediationConsent(
            participant=part,
            agreed=answer.agreed,
            on=on,
            method=answer.method,
            note=answer.note,
            recorded_by=actor,
        )
        consent.full_clean(exclude=("recorded_by",))
        consent.save()
        record(
            actor,
            "cases.procedure.consent",
            procedure,
            participant=part.public_id,
            agreed=answer.agreed,
            on=str(on),
            method=answer.method,
        )


def _next_number(procedure: Procedure, on: date) -> str:
    """行调字 by body and year, where the body keeps its series in the portal."""
    series = NumberSeries.objects.filter(
        jurisdiction=procedure.dispute.jurisdiction,
        organization=procedure.organ,
        key__startswith=Kind.MEDIATION,
        mode=NumberSeries.Mode.PORTAL,
    ).first()
    return next_number(procedure.dispute.jurisdiction, series.key, on) if series else ""


@dataclass(frozen=True)
class SessionWords:
    """What a session is planned with."""

    starts_at: datetime
    place: str
    method: str


@action
def plan_session(
    procedure_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: SessionWords,
    token: str | None = None,
) -> MediationSession:
    """Set the day and place of a session; the agencies are asked for their heads (WJ-16).

    Raises PermissionDenied; RuleBroken "not_mediating".
    """
    procedure = locked_procedure(procedure_id)
    made = MediationSession.made_before(token, place=words.place)
    if made is not None:
        return made
    _require_mediator(actor, procedure)
    if procedure.state not in ("acknowledged", "mediating", "extended"):
        message = _("A session is held after the mediator has accepted, and before the end.")
        raise RuleBroken("not_mediating", message)
    session = MediationSession(
        procedure=procedure,
        starts_at=words.starts_at,
        place=words.place,
        method=words.method,
        form_token=token,
    )
    session.store()
    record(actor, "cases.session.planned", session, starts_at=words.starts_at.isoformat())
    if words.starts_at > at:
        call_agencies(session, actor=actor, at=at)
    return session


@action
def record_session(
    session_id: int,
    *,
    actor: Actor,
    at: datetime,
    came: Sequence[Participant],
    offered: str,
    others: str = "",
    agreed: str = "",
    reason: str = "",
    version: int | None = None,
) -> MediationSession:
    """What a session came to, in words that all sides may read; the first begins mediation.

    Raises PermissionDenied; RuleBroken "stale", "session_over", "future", "nobody_came"
    (field came), and what `take` raises.
    """
    session = _locked_session(session_id)
    session.require_version(version)
    procedure = session.procedure
    _require_mediator(actor, procedure)
    _require_planned(session)
    if session.starts_at > at:
        raise RuleBroken("future", _("This session has not begun yet."))
    if not came or any(one.procedure_id != procedure.pk for one in came):
        raise RuleBroken("nobody_came", _("Tick who came."), "came")
    session.state = SessionState.HELD
    session.offered, session.agreed, session.others = offered, agreed, others
    session.store()
    session.came.set(came)
    record(actor, "cases.session.held", session, came=[one.public_id for one in came])
    if procedure.state == "acknowledged":
        on = timezone.localtime(session.starts_at).date()
        take(procedure.pk, "begin", actor=actor, at=at, on=on, reason=reason)
    return session


@action
def cancel_session(
    session_id: int, *, actor: Actor, at: datetime, reason: str, version: int | None = None
) -> MediationSession:
    """Raises RuleBroken "session_over", "no_reason" (field reason)."""
    session = _locked_session(session_id)
    session.require_version(version)
    _require_mediator(actor, session.procedure)
    _require_planned(session)
    if not reason.strip():
        raise RuleBroken("no_reason", _("Say why it is not held."), "reason")
    session.state = SessionState.CANCELLED
    session.store()
    record(actor, "cases.session.cancelled", session, reason=reason)
    return session


@action
def show_way(
    procedure_id: int, *, actor: Actor, at: datetime, way: str, reason: str, on: date
) -> WayOut:
    """After a failed mediation, note which way the party was shown, and why (WJ-28, 61).

    Raises PermissionDenied; RuleBroken "no_way_needed", "no_such_way" (field way), "future"
    (field on), "too_early" (field on), "shown_before", "no_reason" (field reason).
    """
    procedure = locked_procedure(procedure_id)
    _require_mediator(actor, procedure)
    require_past(on, at)
    _check_way(procedure, way, on)
    if not reason.strip():
        raise RuleBroken("no_reason", _("Say why this way."), "reason")
    shown = WayOut(procedure=procedure, way=way, reason=reason.strip(), on=on)
    shown.full_clean()
    shown.save()
    refresh(procedure.dispute)
    record(actor, "cases.procedure.way_out", procedure, way=way, on=str(on))
    return shown


@action
def give_up_way(procedure_id: int, *, actor: Actor, at: datetime, reason: str, on: date) -> WayOut:
    """The party does not take the way that it was shown: the dispute rests.

    Its rights stay what they are; whatever it asks for later is opened as ever. Raises
    PermissionDenied; RuleBroken "nothing_shown", "future" (field on), "too_early" (field
    on), "no_reason" (field reason).
    """
    procedure = locked_procedure(procedure_id)
    _require_mediator(actor, procedure)
    require_past(on, at)
    shown = WayOut.objects.untaken().filter(procedure=procedure).first()
    if shown is None:
        message = _("This is for a way out that was shown and that nothing has followed.")
        raise RuleBroken("nothing_shown", message)
    if on < shown.on:
        message = _("The way out was shown on %(day)s.") % {"day": shown.on}
        raise RuleBroken("too_early", message, "on")
    if not reason.strip():
        raise RuleBroken("no_reason", _("Say how this is known."), "reason")
    shown.given_up_on, shown.given_up_why = on, reason.strip()
    shown.full_clean()
    shown.save()
    refresh(procedure.dispute)
    record(actor, "cases.procedure.way_given_up", procedure, reason=shown.given_up_why, on=str(on))
    return shown


def ways_out(procedure: Procedure) -> Mapping[str, str]:
    """The ways that its table offers after it has failed, by key; what each is called."""
    return {one.to: one.reason for one in procedure.table.onward if one.to}


def _check_way(procedure: Procedure, way: str, on: date) -> None:
    outcome = procedure.outcome
    if outcome is None or not outcome.onward or procedure.closed_on is None:
        raise RuleBroken("no_way_needed", _("Only a failed mediation needs another way."))
    if way != NO_WAY and way not in ways_out(procedure):
        raise RuleBroken("no_such_way", _("Choose one of the ways that are open."), "way")
    if on < procedure.closed_on:
        message = _("The mediation ended on %(day)s.") % {"day": procedure.closed_on}
        raise RuleBroken("too_early", message, "on")
    if WayOut.objects.filter(procedure=procedure).exists():
        raise RuleBroken("shown_before", _("The way out is recorded already."))


def _require_mediation(procedure: Procedure) -> None:
    if procedure.kind != Kind.MEDIATION:
        raise RuleBroken("no_such_step", _("This is no mediation."))


def _require_mediator(actor: Actor, procedure: Procedure) -> None:
    """Whoever may end a mediation holds its sessions: the mediator, and its organ."""
    _require_mediation(procedure)
    if not may_record(actor, procedure, procedure.step("close")):
        raise PermissionDenied("mediate")


def _require_planned(session: MediationSession) -> None:
    if session.state != SessionState.PLANNED:
        message = _("This session is over; plan another.")
        raise RuleBroken("session_over", message)


def _locked_session(session_id: int) -> MediationSession:
    found = MediationSession.objects.select_related("procedure").get(pk=session_id)
    locked_dispute(found.procedure.dispute_id)
    session = MediationSession.objects.select_for_update(of=("self",)).get(pk=session_id)
    session.procedure = locked_procedure(session.procedure_id)
    return session
