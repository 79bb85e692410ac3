"""行政机关负责人参加调解: agencies are called to a session, answer, and are urged (WJ-16)."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions.steps import locked_dispute
from cases.actions.telling_units import tell_units
from cases.hearings.states import Level
from cases.models import MediationSession, SessionCall
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.notifications.send import notify_once
from members.rosters import users_of


@dataclass(frozen=True)
class CallWords:
    """Who comes for the agency; `reason` says why it is no head."""

    name: str
    post: str
    level: str
    reason: str = ""


def call_agencies(session: MediationSession, *, actor: Actor, at: datetime) -> None:
    """Inside the action that sets the session: every agency in it is asked for its head."""
    seats = session.procedure.participants.agencies().select_related("organization")
    for seat in seats:
        call = SessionCall(session=session, organization=seat.organization, told_at=at)
        call.store()
        tell_units(
            [call.organization],
            call,
            reason="cases.session.called",
            title=gettext_lazy("Your head is asked to come to a mediation session"),
            text=_day_of(session),
            actor=actor,
            at=at,
        )


@action
def answer_call(
    call_id: int, *, actor: Actor, at: datetime, words: CallWords, version: int | None = None
) -> SessionCall:
    """Say who comes, or say it anew until the session; whoever mediates is told.

    Raises PermissionDenied; RuleBroken "stale", "session_over", "no_reason" (field reason).
    """
    call = _locked_call(call_id)
    policy_for(SessionCall).require(actor, "answer", call)
    call.require_version(version)
    _require_ahead(call)
    if words.level == Level.OTHER and not words.reason.strip():
        message = _("Say why neither the principal head nor another head comes.")
        raise RuleBroken("no_reason", message, "reason")
    call.replied_at, call.replied_by = at, actor
    call.name, call.post, call.level = words.name, words.post, words.level
    call.reason = words.reason.strip() if words.level == Level.OTHER else ""
    call.store()
    unit = call.organization.short_name
    record(actor, "cases.session.answered", call, unit=unit, head=call.head_comes)
    _tell_mediators(call, actor=actor, at=at)
    return call


@action
def urge_agency(call_id: int, *, actor: Actor, at: datetime) -> SessionCall:
    """Urge the leaders of an agency from which no head is to come, once a day.

    Raises PermissionDenied; RuleBroken "session_over", "head_comes", "urged_today".
    """
    call = _locked_call(call_id)
    policy_for(SessionCall).require(actor, "urge", call)
    _require_ahead(call)
    today = timezone.localtime(at).date()
    if call.head_comes:
        raise RuleBroken("head_comes", _("A head of this agency comes already."))
    if call.urged_on == today:
        raise RuleBroken("urged_today", _("This agency was urged today already."))
    call.urged_on = today
    call.store()
    for leaders in (False, True):
        tell_units(
            [call.organization],
            call,
            reason=f"cases.session.urged.{today}",
            title=gettext_lazy("Your head is urged to come to a mediation session"),
            text=_day_of(call.session),
            actor=actor,
            at=at,
            leaders=leaders,
        )
    record(actor, "cases.session.urged", call, unit=call.organization.short_name)
    return call


def _tell_mediators(call: SessionCall, *, actor: Actor, at: datetime) -> None:
    procedure = call.session.procedure
    people = set(users_of(procedure.organ, timezone.localtime(at).date()))
    live = procedure.assignments.live().select_related("professional__user")
    people |= {one.professional.user for one in live if one.professional.user is not None}
    with translation.override(settings.LANGUAGE_CODE):
        unit = call.organization.short_name
        notify_once(
            people - {actor},
            call,
            reason=f"cases.session.answered.{call.version}",
            title=_("%(unit)s says who comes to the mediation session") % {"unit": unit},
            text=_day_of(call.session),
            at=at,
        )


def _day_of(session: MediationSession) -> str:
    begins = timezone.localtime(session.starts_at)
    day = f"{begins.year}年{begins.month}月{begins.day}日"
    return f"{day} {begins:%H:%M} {session.place}：{session.procedure.dispute.title}"


def _require_ahead(call: SessionCall) -> None:
    if not call.waits:
        raise RuleBroken("session_over", _("This session is over; plan another."))


def _locked_call(call_id: int) -> SessionCall:
    found = SessionCall.objects.select_related("session__procedure").get(pk=call_id)
    dispute = locked_dispute(found.session.procedure.dispute_id)
    rows = SessionCall.objects.select_for_update(of=("self",))
    call: SessionCall = rows.select_related("session__procedure__organ", "organization").get(
        pk=call_id
    )
    call.session.procedure.dispute = dispute
    return call
