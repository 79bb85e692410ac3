"""What 行政诉讼法 wants before a step of a first instance."""

from datetime import date

from django.utils.translation import gettext as _

from cases.flow.guards.reading import Given, decision_overdue, last_day, limits_about, said
from cases.flow.table import Step
from cases.models import Procedure
from cases.states import Kind, PartyRole, Track
from foundations.access.errors import RuleBroken
from services.deadlines.models import DeadlineState

MEDIABLE_IN_COURT = ("行政赔偿", "行政补偿", "自由裁量")
COMPENSATION = ("compensation", "with_compensation")


def not_in_reconsideration(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """M5: after reconsideration was accepted there is no suit before it ends."""
    pending = procedure.dispute.procedures.filter(
        kind=Kind.RECONSIDERATION, accepted_on__isnull=False, closed_on=None
    )
    if any(not decision_overdue(one, on) for one in pending):
        raise RuleBroken(
            "in_reconsideration",
            _("Reconsideration was accepted and has not ended; a suit must wait for it."),
        )


def reconsidered_first(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """M4: reconsideration comes first; the court files only what has gone through it."""
    dispute = procedure.dispute
    if not dispute.reconsideration_first:
        return
    through = dispute.procedures.filter(kind=Kind.RECONSIDERATION, closed_on__isnull=False)
    if not through.exists() and not said(given):
        raise RuleBroken(
            "reconsideration_first",
            _("Reconsideration comes first here (%(ground)s). Refuse, or say why it is filed.")
            % {"ground": dispute.reconsideration_first},
            "reason",
        )


def extension_in_time(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """行诉法 48: asked for within ten days after the obstacle; the court decides on it."""
    last = last_day("XS-EXT", given["obstacle_ended_on"], procedure)
    if last is not None and on > last:
        message = _("It had to be asked for by %(day)s, ten days after the obstacle ended.")
        raise RuleBroken("extension_late", message % {"day": last}, "obstacle_ended_on")


def no_open_first_instance(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    others = procedure.dispute.procedures.filter(kind=Kind.FIRST_INSTANCE, closed_on=None)
    if others.exclude(pk=procedure.pk).exists():
        raise RuleBroken("open_suit", _("There is an open first instance on this dispute."))


def mediable_in_court(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """行诉法 60: compensation, indemnity, discretion; else settle and withdraw (62)."""
    if given.get("mode") != "mediated" or said(given):
        return
    of_money = procedure.fact("suit_kind") in COMPENSATION
    if not of_money and procedure.dispute.act_kind not in MEDIABLE_IN_COURT:
        raise RuleBroken(
            "not_mediable",
            _(
                "Only compensation, indemnity and discretion are mediated in court "
                "(行政诉讼法第六十条). Say which it is, or close it as settled and withdrawn."
            ),
            "reason",
        )


def advised_before_suit(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """行诉法 25: a procuratorate advises the agency first and sues after that."""
    if not procedure.participants.filter(role=PartyRole.PROSECUTOR).exists() or said(given):
        return
    advised = procedure.dispute.procedures.filter(kind=Kind.SUPERVISION, mode="advice")
    if not advised.filter(closed_on__lte=on).exists():
        raise RuleBroken(
            "not_advised",
            _(
                "A procuratorate sues after its advice to the agency has not helped "
                "(行政诉讼法第二十五条). Record the advice, or say where it is."
            ),
            "reason",
        )


def before_simplified_ends(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """解释 105: the change is ruled before the 45 days are over."""
    limit = limits_about(procedure).filter(rule="XS-1S").last()
    if limit is not None and limit.state == DeadlineState.OPEN and on > limit.due_on:
        message = _("The simplified procedure ended on %(day)s; it is changed before that.")
        raise RuleBroken("conversion_late", message % {"day": limit.due_on}, "on")


def fewer_days_in_simplified(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """解释 104: only in the simplified procedure the court sets the days to answer."""
    if given.get("answer_days") and procedure.track != Track.SIMPLIFIED:
        message = _("In the ordinary procedure the defendant has 15 days to answer.")
        raise RuleBroken("fixed_length", message, "answer_days")


def clock_runs(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """One interruption at a time: the clock is stopped once and runs again once."""
    stopped = limits_about(procedure).filter(state=DeadlineState.SUSPENDED)
    if stopped.filter(rule__in=step.pauses).exists():
        raise RuleBroken(
            "clock_stopped", _("The clock stands still already; let it run again first.")
        )


def announced_before(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    _require_pending(procedure, "announce", "announced")


def objected_before(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    _require_pending(procedure, "object", "objection_over")


def _require_pending(procedure: Procedure, begun: str, over: str) -> None:
    """`begun` has happened more often than `over`."""
    happened = list(procedure.events.values_list("step", flat=True))
    if happened.count(begun) <= happened.count(over):
        message = _("“%(step)s” has to be recorded first.")
        words = {"step": procedure.step(begun).name}
        raise RuleBroken("not_begun", message % words)
