"""Who may appeal when, and when a judgment takes effect."""

from datetime import date

from django.utils.translation import gettext as _

from cases.flow.guards.reading import Given, claimants, limits_about, said
from cases.flow.table import Step
from cases.models import Participant, Procedure
from cases.states import Kind
from foundations.access.errors import RuleBroken
from services.deadlines.models import Deadline, DeadlineState

WITHDRAWN_APPEAL = ("appeal_withdrawn", "deemed_withdrawn")


def served_before_appeal(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    party: Participant = given["party"]
    if party.served_on is None or party.served_on > on:
        raise RuleBroken(
            "not_served",
            _("“%(party)s” has not been served yet; the period to appeal has not begun.")
            % {"party": party},
            "party",
        )


def appeal_in_time(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    window = limits_about(given["party"]).filter(rule__startswith="XS-APP-").last()
    if window is not None and on > window.due_on and not said(given):
        raise RuleBroken(
            "appeal_late",
            _("The period to appeal ended on %(day)s. Say why the appeal is taken all the same.")
            % {"day": window.due_on},
            "reason",
        )


def appeal_over(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """A first judgment takes effect when everybody was served and nobody can appeal any more,
    or when the appeal was withdrawn."""
    outcome = procedure.outcome
    if outcome is None or not (outcome.judgment or outcome.appeal):
        return
    if procedure.state == "appealed" and not _appeal_withdrawn(procedure):
        raise RuleBroken("appealed", _("There is an appeal; the second instance decides."), "on")
    parts = list(procedure.participants.all())
    if outcome.key == "not_filed":
        parts = claimants(procedure)
    unserved = [str(one) for one in parts if one.served_on is None or one.served_on > on]
    if unserved:
        message = _("It has not been served on everybody yet: %(names)s.")
        raise RuleBroken("not_served", message % {"names": "、".join(unserved)}, "on")
    last = max((row.due_on for one in parts for row in appeal_windows(one)), default=None)
    if last is not None and last >= on:
        message = _("A period to appeal runs until %(day)s; it takes effect after that.")
        raise RuleBroken("appeal_runs", message % {"day": last}, "on")


def appeal_windows(participant: Participant) -> list[Deadline]:
    rows = limits_about(participant).filter(rule__startswith="XS-APP-")
    return list(rows.exclude(state=DeadlineState.CANCELLED).order_by("pk"))


def _appeal_withdrawn(procedure: Procedure) -> bool:
    later = [link.later for link in procedure.onward.select_related("later")]
    appeals = [one for one in later if one.kind == Kind.SECOND_INSTANCE]
    return bool(appeals) and all(one.mode in WITHDRAWN_APPEAL for one in appeals)


def appealed_before(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """Against the judgment, or against the ruling on jurisdiction while the suit goes on."""
    origin = procedure.origins.select_related("earlier").first()
    earlier = origin.earlier if origin else None
    objected = earlier is not None and earlier.events.filter(step="objection_ruled").exists()
    if earlier is None or not (earlier.state == "appealed" or (objected and earlier.is_open)):
        raise RuleBroken(
            "not_appealed", _("Record the appeal in the first instance before the second opens.")
        )
