"""A hearing is set, told, moved, called off and held, by the organ's own people."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.actions.appearances import open_appearances, refresh_appearances
from cases.actions.hearing_notices import (
    cancel_notices,
    close_notices,
    meet_notice,
    open_notice,
)
from cases.actions.steps import locked_procedure, require_possible, require_why, take
from cases.actions.telling_hearings import tell_called_off, tell_set
from cases.hearings.law import LITIGATION, last_notice_day
from cases.hearings.states import Cause, Finding, HearingState, Manner
from cases.models import Hearing, Procedure
from cases.states import Kind
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record

HEARD = frozenset({*LITIGATION, Kind.RECONSIDERATION})
CLOSED_TO_HEARINGS = frozenset({"suspended", "appraising"})
SPOKEN_TO = {Manner.ONLINE: "video"}


@dataclass(frozen=True)
class HearingWords:
    """When and where; `matters` are told to the parties of a reconsideration (复议法 51).

    `reason` says why it is set at short notice, or entered after its day.
    """

    on: date
    starts_at: time
    place: str
    manner: str = Manner.PUBLIC
    matters: str = ""
    reason: str = ""


@action
def set_hearing(
    procedure_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: HearingWords,
    token: str | None = None,
) -> Hearing:
    """Set a hearing; the notices to the parties and the agencies fall due before it.

    It takes the place of the last adjourned hearing that has none yet. Raises
    PermissionDenied; RuleBroken "not_heard_in", "not_accepted", "closed", "stopped"; beside
    a field: "too_early", "rest_day", "day_taken" (on), "no_matters" (matters),
    "short_notice", "why_late" (reason), and "form_used".
    """
    procedure = locked_procedure(procedure_id)
    policy_for(Hearing).require(actor, "edit", Hearing(procedure=procedure))
    made = Hearing.made_before(token, on=words.on, place=words.place)
    if made is not None:
        return made
    require_hearable(procedure)
    _check(procedure, words, at)
    waiting = procedure.hearings.filter(state=HearingState.ADJOURNED, later=None).last()
    hearing = _set(procedure, words, earlier=waiting, actor=actor, at=at, token=token)
    record(actor, "cases.hearing.set", hearing, on=str(hearing.on), place=hearing.place)
    return hearing


@action
def change_hearing(
    hearing_id: int,
    *,
    actor: Actor,
    at: datetime,
    starts_at: time,
    place: str,
    manner: str,
    matters: str = "",
    version: int | None = None,
) -> Hearing:
    """Give it another time or place on its day; another day is an adjournment."""
    hearing = locked_hearing(hearing_id)
    policy_for(Hearing).require(actor, "edit", hearing)
    hearing.require_version(version)
    require_state(hearing, HearingState.SET)
    before = (hearing.starts_at, hearing.place, hearing.manner)
    hearing.starts_at, hearing.place, hearing.manner = starts_at, place, manner
    hearing.matters = matters
    moved = before != (hearing.starts_at, hearing.place, hearing.manner)
    hearing.sequence += moved
    hearing.store()
    record(actor, "cases.hearing.changed", hearing, time=f"{starts_at:%H:%M}", place=hearing.place)
    if moved:
        tell_set(hearing, at=at, by=actor)
    return hearing


@action
def tell_parties(
    hearing_id: int, *, actor: Actor, at: datetime, on: date, version: int | None = None
) -> Hearing:
    """Every party was summoned, the last of them on `on`; the notice is met, or met late."""
    hearing = locked_hearing(hearing_id)
    policy_for(Hearing).require(actor, "edit", hearing)
    hearing.require_version(version)
    if hearing.state not in (HearingState.SET, HearingState.HELD):
        require_state(hearing, HearingState.SET)
    if on > min(timezone.localtime(at).date(), hearing.on):
        message = _("Notice is given before the hearing, and recorded after it was given.")
        raise RuleBroken("told_after", message, "on")
    hearing.told_on = on
    hearing.store()
    meet_notice(hearing, actor=actor, on=on)
    record(actor, "cases.hearing.told", hearing, on=str(on))
    return hearing


@action
def adjourn(
    hearing_id: int,
    *,
    actor: Actor,
    at: datetime,
    cause: str,
    reason: str,
    words: HearingWords | None = None,
    version: int | None = None,
) -> Hearing:
    """Put it off, to the day of `words` or to one that is set later.

    `cause` HEAD: the agency asked because its head could not come, which the organ
    accepted (法释〔2020〕3号 art. 9). The hearing that is adjourned, or the new one. Raises as
    `set_hearing` does, and RuleBroken "no_reason" (field reason), "not_asked" (field cause).
    """
    hearing = locked_hearing(hearing_id)
    policy_for(Hearing).require(actor, "edit", hearing)
    hearing.require_version(version)
    require_state(hearing, HearingState.SET)
    _require_reason(reason)
    _require_request(hearing, cause)
    if words is not None:
        require_hearable(hearing.procedure)
        _check(hearing.procedure, words, at, instead_of=hearing)
    hearing.cause = Cause(cause)
    _call_off(hearing, HearingState.ADJOURNED, reason, actor=actor, at=at)
    to = str(words.on) if words else ""
    record(actor, "cases.hearing.adjourned", hearing, to=to, reason=reason)
    if words is None:
        tell_called_off(hearing, at=at, by=actor)
        return hearing
    return _set(hearing.procedure, words, earlier=hearing, actor=actor, at=at, token=None)


@action
def cancel_hearing(
    hearing_id: int, *, actor: Actor, at: datetime, reason: str, version: int | None = None
) -> Hearing:
    hearing = locked_hearing(hearing_id)
    policy_for(Hearing).require(actor, "edit", hearing)
    hearing.require_version(version)
    require_state(hearing, HearingState.SET)
    _require_reason(reason)
    _call_off(hearing, HearingState.CANCELLED, reason, actor=actor, at=at)
    record(actor, "cases.hearing.cancelled", hearing, reason=reason)
    tell_called_off(hearing, at=at, by=actor)
    return hearing


@action
def hold(
    hearing_id: int, *, actor: Actor, at: datetime, reason: str = "", version: int | None = None
) -> Hearing:
    """The hearing took place on its day; the procedure's own step is recorded with it.

    Raises RuleBroken "too_soon" before its day, and what `take` raises for a day that is
    long past (field reason).
    """
    hearing = locked_hearing(hearing_id)
    policy_for(Hearing).require(actor, "edit", hearing)
    hearing.require_version(version)
    require_state(hearing, HearingState.SET)
    if timezone.localtime(at).date() < hearing.on:
        message = _("The hearing is set for %(day)s; record it on that day or after.")
        raise RuleBroken("too_soon", message % {"day": date_format(hearing.on)})
    hearing.state = HearingState.HELD
    hearing.store()
    close_notices(hearing, actor=actor, on=hearing.on)
    record(actor, "cases.hearing.held", hearing, on=str(hearing.on))
    _step(hearing, actor=actor, at=at, reason=reason)
    refresh_appearances(hearing.procedure)
    return hearing


def locked_hearing(hearing_id: int) -> Hearing:
    """The hearing with its procedure and dispute, all locked, the dispute first."""
    procedure = locked_procedure(
        Hearing.objects.values_list("procedure", flat=True).get(pk=hearing_id)
    )
    hearing = Hearing.objects.select_for_update(of=("self",)).get(pk=hearing_id)
    hearing.procedure = procedure
    return hearing


def require_state(hearing: Hearing, state: HearingState) -> None:
    if hearing.state != state:
        message = _("This is not possible while the hearing is in “%(state)s”.")
        raise RuleBroken("bad_transition", message % {"state": hearing.get_state_display()})


def require_hearable(procedure: Procedure) -> None:
    """Raises RuleBroken "not_heard_in", "closed", "not_accepted", "stopped"."""
    words = {"procedure": procedure.get_kind_display()}
    if procedure.kind not in HEARD:
        raise RuleBroken("not_heard_in", _("“%(procedure)s” has no hearings here.") % words)
    if not procedure.is_open:
        raise RuleBroken("closed", _("“%(procedure)s” is closed.") % words)
    if procedure.accepted_on is None:
        raise RuleBroken("not_accepted", _("“%(procedure)s” is not accepted yet.") % words)
    if procedure.state in CLOSED_TO_HEARINGS:
        words["state"] = procedure.standing.name
        message = _("“%(procedure)s” stands still (%(state)s); let it go on first.")
        raise RuleBroken("stopped", message % words)


def _check(
    procedure: Procedure,
    words: HearingWords,
    at: datetime,
    instead_of: Hearing | None = None,
) -> None:
    today, accepted = timezone.localtime(at).date(), procedure.accepted_on
    if accepted and words.on < accepted:
        message = _("It was accepted on %(day)s; no hearing comes before that.")
        raise RuleBroken("too_early", message % {"day": date_format(accepted)}, "on")
    _check_rest_day(procedure, words.on)
    others = procedure.hearings.filter(
        on=words.on, state__in=(HearingState.SET, HearingState.HELD)
    )
    if others.exclude(pk=instead_of.pk if instead_of else None).exists():
        raise RuleBroken("day_taken", _("There is a hearing on that day already."), "on")
    if procedure.kind == Kind.RECONSIDERATION and not words.matters.strip():
        message = _("Name the matters to be heard; the parties are told of them in writing.")
        raise RuleBroken("no_matters", message, "matters")
    if words.on < today:
        require_why(words.reason)
    else:
        _check_notice(procedure, words, today)


def _check_rest_day(procedure: Procedure, day: date) -> None:
    """Courts and organs sit on working days; the next one is offered."""
    calendar = procedure.dispute.jurisdiction.calendar
    if calendar.is_workday(day):
        return
    holiday = calendar.holiday(day)
    told = {"day": date_format(day), "holiday": holiday}
    told["next"] = date_format(calendar.next_workday(day), "Y年n月j日 l")
    message = (
        _("%(day)s is a rest day (%(holiday)s). The next working day is %(next)s.")
        if holiday
        else _("%(day)s is a rest day. The next working day is %(next)s.")
    )
    raise RuleBroken("rest_day", message % told, "on")


def _check_notice(procedure: Procedure, words: HearingWords, today: date) -> None:
    last = last_notice_day(procedure, words.on)
    if last is not None and today > last and not words.reason.strip():
        message = _(
            "Notice had to be given by %(day)s. Choose a later day, or say why it is set all "
            "the same."
        )
        raise RuleBroken("short_notice", message % {"day": date_format(last)}, "reason")


def _set(
    procedure: Procedure,
    words: HearingWords,
    *,
    earlier: Hearing | None,
    actor: Actor,
    at: datetime,
    token: str | None,
) -> Hearing:
    standing = (HearingState.SET, HearingState.HELD)
    hearing = Hearing(
        procedure=procedure,
        nth=procedure.hearings.filter(state__in=standing).count() + 1,
        earlier=earlier,
        form_token=token,
        **{name: getattr(words, name) for name in HearingWords.__dataclass_fields__},
    )
    hearing.store()
    open_appearances(hearing)
    if hearing.on >= timezone.localtime(at).date():
        open_notice(hearing, actor=actor)
        tell_set(hearing, at=at, by=actor)
    return hearing


def _call_off(
    hearing: Hearing, state: HearingState, reason: str, *, actor: Actor, at: datetime
) -> None:
    hearing.state, hearing.reason = state, reason[:300]
    hearing.sequence += 1
    hearing.store()
    cancel_notices(hearing, actor=actor, on=timezone.localtime(at).date())
    refresh_appearances(hearing.procedure)


def _require_request(hearing: Hearing, cause: str) -> None:
    """Adjourned for a head who cannot come: asked for, and for a good reason (art. 9(3))."""
    asked = hearing.appearances.filter(asks_adjournment=True, finding=Finding.ACCEPTED)
    if cause == Cause.HEAD and not asked.exists():
        message = _(
            "No agency has asked for it with a reason that was found good. Record that first, "
            "or choose another cause."
        )
        raise RuleBroken("not_asked", message, "cause")


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise RuleBroken("no_reason", _("Say why."), "reason")


def _step(hearing: Hearing, *, actor: Actor, at: datetime, reason: str) -> None:
    """A suit goes into 开庭 with its first hearing; a hearing in reconsideration hears the
    parties (复议法 49, 50)."""
    procedure = hearing.procedure
    key = "heard" if procedure.kind == Kind.RECONSIDERATION else "hear"
    step = procedure.table.steps.get(key)
    if step is None or procedure.state not in step.sources:
        return
    given = {}
    if key == "heard":
        method = SPOKEN_TO.get(Manner(hearing.manner), "in_person")
        given = {"method": method, "note": f"举行听证：{hearing.matters}"}
    require_possible(procedure, step)
    take(procedure.pk, key, actor=actor, at=at, on=hearing.on, given=given, reason=reason)
