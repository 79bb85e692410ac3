"""The registration is over when the dispute goes on in a procedure of its own (5.2)."""

from datetime import date, datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from cases.actions.steps import happen
from cases.models import Link, Procedure
from cases.onward import ROUTES
from cases.states import Kind
from foundations.audit.actor import Actor

PASSED_ON = "pass_on"
MODES = {kind: mode for mode, kind in ROUTES.items()}
"""As what the registration is closed by the procedure that follows it; 其他 for the rest."""


def close_intake(
    procedure: Procedure, *, actor: Actor, at: datetime, on: date, late: bool, reason: str
) -> None:
    """Close the registration, where it is still open, by what was opened after it.

    Called with the dispute locked, before the opening itself happens. What was entered in
    the registration on a later day makes this one back-dated, which the event tells.
    """
    intake = _open_intake(procedure)
    if intake is None:
        return
    mode = MODES.get(Kind(procedure.kind), "other")
    last = max((event.on for event in intake.events.all()), default=on)
    late = late or on < last
    happen(
        intake,
        intake.step(PASSED_ON),
        actor=actor,
        at=at,
        on=on,
        facts={"mode": mode},
        reason=(reason or entered_later()) if late else "",
        late=late,
    )
    if not procedure.origins.exists():
        words = intake.table.modes[mode].name
        Link.objects.create(earlier=intake, later=procedure, reason=words)


def _open_intake(procedure: Procedure) -> Procedure | None:
    if procedure.kind == Kind.INTAKE:
        return None
    rows = procedure.dispute.procedures.filter(kind=Kind.INTAKE, closed_on=None)
    intake: Procedure | None = rows.select_related("organ").first()
    if intake is None or intake.state not in intake.step(PASSED_ON).sources:
        return None
    intake.dispute = procedure.dispute
    return intake


def entered_later() -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return _("What followed began before the last entry.")
