"""The time limits before a hearing: of the parties' summons and of the heads' notices."""

from datetime import date
from typing import Any

from cases.hearings.law import CALL_RULE, notice_rule
from cases.models import Appearance, Hearing
from cases.standing import refresh
from foundations.audit.actor import Actor
from services.deadlines import actions as deadlines


def open_notice(hearing: Hearing, *, actor: Actor) -> None:
    """The organ has to tell the parties; no rule, no limit."""
    rule = notice_rule(hearing.procedure)
    if rule:
        deadlines.open_by_rule(hearing, rule, actor=actor, **_limits_of(hearing))
        refresh(hearing.procedure.dispute)


def open_call(appearance: Appearance, *, actor: Actor) -> None:
    """The court has to serve the notice to appear on the agency."""
    deadlines.open_by_rule(appearance, CALL_RULE, actor=actor, **_limits_of(appearance.hearing))
    refresh(appearance.hearing.procedure.dispute)


def meet_notice(hearing: Hearing, *, actor: Actor, on: date) -> None:
    """Every party was summoned, the last of them on that day."""
    rule = notice_rule(hearing.procedure)
    if rule:
        deadlines.meet(hearing, rule, actor=actor, on=on)
        refresh(hearing.procedure.dispute)


def meet_call(appearance: Appearance, *, actor: Actor, on: date) -> None:
    """The notice to appear reached the agency."""
    deadlines.meet(appearance, CALL_RULE, actor=actor, on=on)
    refresh(appearance.hearing.procedure.dispute)


def close_notices(hearing: Hearing, *, actor: Actor, on: date) -> None:
    """The hearing was held: what was told by then was told, and nobody has to tell it now."""
    rule = notice_rule(hearing.procedure)
    if rule:
        deadlines.meet(hearing, rule, actor=actor, on=hearing.told_on or on)
    for appearance in hearing.appearances.all():
        deadlines.meet(appearance, CALL_RULE, actor=actor, on=appearance.called_on or on)
    refresh(hearing.procedure.dispute)


def cancel_notices(hearing: Hearing, *, actor: Actor, on: date) -> None:
    """The hearing is off: nobody has to be told of it any more."""
    rule = notice_rule(hearing.procedure)
    if rule:
        deadlines.cancel(hearing, rule, actor=actor, on=on)
    for appearance in hearing.appearances.all():
        deadlines.cancel(appearance, CALL_RULE, actor=actor, on=on)
    refresh(hearing.procedure.dispute)


def _limits_of(hearing: Hearing) -> dict[str, Any]:
    procedure = hearing.procedure
    dispute = procedure.dispute
    return {
        "title": dispute.title,
        "jurisdiction": dispute.jurisdiction,
        "owed_by": procedure.organ,
        "trigger_on": hearing.on,
        "mechanism": dispute.mechanism,
        "handler": procedure.handler,
        "law_of": procedure.accepted_on,
    }
