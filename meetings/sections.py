"""What loading a profile does here: the first plan of regular meetings, from `meeting.origin`."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from foundations.audit.actor import Actor
from mechanisms.loading.schema import MEETING
from mechanisms.models import Mechanism, MechanismVersion
from mechanisms.sections import Change, Outcome, Section
from meetings.actions.planning import begin_plan
from meetings.plan import running_series


def plan_of_meetings(source: dict, mechanism: Mechanism | None) -> list[Change]:
    """A plan that runs stays as it is: it is restarted by an officer, with a reason."""
    origin = source["meeting"].get("origin")
    if not origin:
        return []
    running = running_series(mechanism) if mechanism else None
    outcome = Outcome.LEAVE if running else Outcome.CREATE
    day = running.origin_on.isoformat() if running else origin["on"]
    return [Change(outcome, _("Plan of regular meetings"), _("from %(day)s") % {"day": day})]


def begin(source: dict, version: MechanismVersion, *, actor: Actor, at: datetime) -> None:
    origin = source["meeting"].get("origin")
    if not origin or running_series(version.mechanism):
        return
    begin_plan(
        version.mechanism_id,
        actor=actor,
        at=at,
        origin_on=date.fromisoformat(origin["on"]),
        first_host=origin["host"],
    )


MEETING_SECTION = Section(name="meeting", schema=MEETING, plan=plan_of_meetings, apply=begin)
