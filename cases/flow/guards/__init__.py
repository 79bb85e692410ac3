"""What a step must pass besides the table of moves; each guard says why it refuses."""

from collections.abc import Callable
from datetime import date

from cases.flow.guards import appeal, enforcement, first_instance, mediation, reconsideration
from cases.flow.guards.reading import Given, agencies, claimants, decision_overdue
from cases.flow.table import Step
from cases.models import Procedure

__all__ = ["GUARDS", "agencies", "check_guards", "claimants", "decision_overdue"]

Guard = Callable[[Procedure, Step, date, Given], None]


def check_guards(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """Raise the RuleBroken of the first guard that the step does not pass."""
    for name in step.needs:
        GUARDS[name](procedure, step, on, given)


GUARDS: dict[str, Guard] = {
    "registered": mediation.registered,
    "in_its_stage": mediation.in_its_stage,
    "every_consent": mediation.every_consent,
    "numbered": mediation.numbered,
    "entrusted_in_trial": mediation.entrusted_in_trial,
    "impartial_mediator": mediation.impartial_mediator,
    "once": reconsideration.once,
    "at_most_30_days": reconsideration.at_most_30_days,
    "heard_in_ordinary": reconsideration.heard_in_ordinary,
    "not_in_court": reconsideration.not_in_court,
    "in_ordinary": reconsideration.in_ordinary,
    "simplified": reconsideration.simplified,
    "not_settled_before": reconsideration.not_settled_before,
    "day_of_deemed_acceptance": reconsideration.day_of_deemed_acceptance,
    "suspended_long_enough": reconsideration.suspended_long_enough,
    "not_in_reconsideration": first_instance.not_in_reconsideration,
    "reconsidered_first": first_instance.reconsidered_first,
    "no_open_first_instance": first_instance.no_open_first_instance,
    "mediable_in_court": first_instance.mediable_in_court,
    "advised_before_suit": first_instance.advised_before_suit,
    "before_simplified_ends": first_instance.before_simplified_ends,
    "fewer_days_in_simplified": first_instance.fewer_days_in_simplified,
    "clock_runs": first_instance.clock_runs,
    "announced_before": first_instance.announced_before,
    "objected_before": first_instance.objected_before,
    "served_before_appeal": appeal.served_before_appeal,
    "appeal_in_time": appeal.appeal_in_time,
    "appeal_over": appeal.appeal_over,
    "appealed_before": appeal.appealed_before,
    "route_of_review": reconsideration.route_of_review,
    "own_review": reconsideration.own_review,
    "forwarded_review": reconsideration.forwarded_review,
    "extension_in_time": first_instance.extension_in_time,
    "contested_in_time": enforcement.contested_in_time,
    "urged_ten_days": enforcement.urged_ten_days,
    "applied_in_time": enforcement.applied_in_time,
    "in_enforcement_period": enforcement.in_enforcement_period,
}
