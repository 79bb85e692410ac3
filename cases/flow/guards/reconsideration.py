"""What 行政复议法 wants before a step of a reconsideration."""

from datetime import date

from django.utils.translation import gettext as _

from cases.flow.guards.reading import Given, limits_about, said
from cases.flow.table import Step
from cases.models import Procedure
from cases.states import Kind, Track
from foundations.access.errors import RuleBroken

LONGEST_EXTENSION = 30
LAPSING = ("death", "incapacity", "extinct")
"""The grounds of suspension that end a reconsideration after 60 days (复议法 39, 41)."""


def once(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """补正 is asked for once, with all items (复议法 31); an extension is given once (62)."""
    if procedure.events.filter(step=step.key).exists():
        raise RuleBroken("only_once", _("“%(step)s” is possible only once.") % {"step": step.name})


def at_most_30_days(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    if given["length_days"] > LONGEST_EXTENSION:
        raise RuleBroken(
            "too_long",
            _("A reconsideration is extended by at most 30 days (复议法第六十二条)."),
            "length_days",
        )


def heard_in_ordinary(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """In the ordinary procedure the parties are heard (复议法 49)."""
    heard = procedure.events.filter(step="heard").exists()
    excused = said(given)
    if procedure.track == Track.ORDINARY and not heard and not excused:
        raise RuleBroken(
            "not_heard",
            _(
                "In the ordinary procedure the parties are heard (复议法第四十九条). Record the "
                "hearing of their opinions, or say why they could not be heard."
            ),
            "reason",
        )


def not_in_court(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """M5: what a court has filed is not accepted in reconsideration."""
    suits = procedure.dispute.procedures.filter(kind=Kind.FIRST_INSTANCE, accepted_on__lte=on)
    if suits.exclude(mode__in=("withdrawn_settled", "withdrawn_own", "not_filed")).exists():
        raise RuleBroken(
            "in_court", _("A court has filed this dispute; reconsideration is closed to it.")
        )


def in_ordinary(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    if procedure.track != Track.ORDINARY:
        raise RuleBroken(
            "simplified",
            _("Only the ordinary procedure is extended; change to it first."),
        )


def simplified(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    if procedure.track != Track.SIMPLIFIED:
        raise RuleBroken("ordinary", _("It is in the ordinary procedure already."))


def not_settled_before(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """复议法 74: who withdrew after a settlement does not apply again on the same facts."""
    settled = procedure.dispute.procedures.filter(kind=Kind.RECONSIDERATION, mode="ended_settled")
    if settled.exclude(pk=procedure.pk).exists() and not said(given):
        raise RuleBroken(
            "settled_before",
            _(
                "The application was withdrawn after a settlement before; it is not repeated "
                "on the same facts (复议法第七十四条). Refuse, or say why it is accepted."
            ),
            "reason",
        )


def day_of_deemed_acceptance(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """复议法 30: accepted from the day on which the time to examine ended."""
    limit = limits_about(procedure).filter(rule="FY-ACCEPT").last()
    if limit is not None and on != limit.due_on:
        message = _("It counts as accepted from %(day)s, when the time to examine ended.")
        raise RuleBroken("other_day", message % {"day": limit.due_on}, "on")


def suspended_long_enough(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """复议法 41(5): sixty days suspended on one of three grounds, which still holds."""
    if given.get("mode") != "ended_suspended":
        return
    limit = limits_about(procedure).filter(rule="FY-ZZ").last()
    of_law = procedure.state == "suspended" and procedure.fact("ground") in LAPSING
    if not of_law or (limit is not None and on <= limit.due_on):
        message = _(
            "It ends like this only after 60 days of suspension because the applicant died, "
            "lost capacity or ceased to exist (复议法第四十一条)."
        )
        raise RuleBroken("not_lapsed", message, "mode")


def route_of_review(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """复议法 56, 57: whoever suspends for a normative document says who reviews it, for the
    time depends on that."""
    if given.get("ground") == "normative" and not given.get("normative_route"):
        message = _("Say who reviews the document; the time for it depends on that.")
        raise RuleBroken("no_route", message, "normative_route")


def own_review(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    _require_route(procedure, "own")


def forwarded_review(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    _require_route(procedure, "forwarded")


def _require_route(procedure: Procedure, route: str) -> None:
    known = procedure.fact("ground"), procedure.fact("normative_route")
    if known != ("normative", route):
        message = _("It was not suspended for a review of this kind.")
        raise RuleBroken("not_reviewed", message)
