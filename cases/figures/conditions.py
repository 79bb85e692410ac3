"""What figures ask of a counting row, by name.

What is "ended" ended before the day as of which all is known: a right or a duty lasts
through its last day. What happened later than that day has not happened.
"""

from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import Q

from cases.figures import modes
from cases.hearings.law import LITIGATION
from cases.states import Kind
from foundations.calendars.periods import add_months
from services.indicators.sources import Condition, Terms

REMEDIES = (Kind.RECONSIDERATION, Kind.FIRST_INSTANCE)


def end(terms: Terms) -> date:
    """The last day of the period that is known."""
    return min(terms.last_on, terms.on)


def by(column: str) -> Callable[[Terms], Q]:
    """It happened, as far as is known."""
    return lambda terms: Q(**{f"{column}__lte": terms.on})


def over(column: str) -> Callable[[Terms], Q]:
    return lambda terms: Q(**{f"{column}__lt": terms.on})


def running(column: str) -> Callable[[Terms], Q]:
    return lambda terms: Q(**{f"{column}__gte": terms.on})


def last_observed(terms: Terms) -> date:
    """The last day of closing after which the months that are watched are over."""
    day = add_months(terms.on, -terms.months)
    while add_months(day, terms.months) >= terms.on:
        day -= timedelta(days=1)
    return day


def _open(terms: Terms) -> Q:
    return Q(closed_on=None) | Q(closed_on__gt=end(terms))


def _counted(terms: Terms) -> Q:
    """That a case was moved away is known from its closing on (I5)."""
    return Q(counted=True) | Q(closed_on__gt=terms.on)


def _calm(terms: Terms) -> Q:
    """No appeal, no retrial request and no petition in the months that are watched, and what
    was to be done is done."""
    unrest = Q(calm_months=None) | Q(calm_months__gte=terms.months)
    return unrest & (Q(duty_by=None) | Q(duty_done_on__lte=terms.on))


def _resolved_or_filed(terms: Terms) -> Q:
    """Pre-suit mediations that succeeded, and suits that the court took, in the period."""
    period = (terms.first_on, end(terms))
    resolved = Q(kind=Kind.MEDIATION, within=False, settled=True, closed_on__range=period)
    filed = Q(kind=Kind.FIRST_INSTANCE, taken_on__range=period) & _counted(terms)
    return resolved | filed


KINDS: dict[str, Condition] = {
    "reconsideration": Q(kind=Kind.RECONSIDERATION),
    "first_instance": Q(kind=Kind.FIRST_INSTANCE),
    "remedy": Q(kind__in=REMEDIES),
    "litigation": Q(kind__in=sorted(LITIGATION)),
    "presuit": Q(kind=Kind.MEDIATION, within=False),
    "enterprise": Q(enterprise=True),
    "simplified": Q(track="simplified"),
    "ordinary": Q(track="ordinary"),
}
COURSE: dict[str, Condition] = {
    "accepted": by("taken_on"),
    "unaccepted": Q(taken_on=None),
    "closed": by("closed_on"),
    "counted": _counted,
    "moved": lambda terms: Q(counted=False, closed_on__lte=terms.on),
    "open_at_end": lambda terms: Q(taken_on__lte=end(terms)) & _open(terms),
    "begun_open_at_end": lambda terms: Q(procedure__opened_on__lte=end(terms)) & _open(terms),
    "in_hand": lambda terms: (
        Q(taken_on__lte=end(terms)) & (Q(closed_on=None) | Q(closed_on__gte=terms.first_on))
    ),
    "closed_within": lambda terms: Q(closed_on__range=(terms.first_on, end(terms))),
    "resolved_or_filed": _resolved_or_filed,
    "first": Q(first=True),
    "by_law": Q(by_law=True),
    "free_choice": Q(by_law=False),
    "after_reconsideration": Q(after=True),
}
OUTCOMES: dict[str, Condition] = {
    "settled": Q(settled=True),
    "against": Q(against=True),
    "judged": Q(judged=True),
    "decided": Q(mode__in=modes.DECIDED),
    "corrected": Q(against=True) & ~Q(mode__in=modes.LIABILITY),
    "corrected_any_way": (Q(against=True) & ~Q(mode__in=modes.LIABILITY))
    | Q(mode__in=modes.CORRECTED_BY_ITSELF),
    "ended_settled": Q(mode__in=modes.ENDED_SETTLED),
    "ended_withdrawn": Q(mode__in=modes.ENDED_WITHDRAWN),
    "ended_otherwise": Q(mode__in=modes.ENDED_OTHERWISE),
    "suit_settled": Q(mode__in=modes.SUIT_SETTLED),
    "suit_withdrawn": Q(mode__in=modes.SUIT_WITHDRAWN),
    "suit_deemed_withdrawn": Q(mode__in=modes.SUIT_DEEMED_WITHDRAWN),
    "entered": ~Q(mode__in=modes.NOT_ENTERED),
    "not_entered": Q(mode__in=modes.NOT_ENTERED),
}
AFTERWARDS: dict[str, Condition] = {
    "sued": by("sued_on"),
    "suit_over": over("sue_by"),
    "suit_running": running("sue_by"),
    "suit_over_or_none": lambda terms: Q(sue_by=None) | Q(sue_by__lt=terms.on),
    "no_suit": Q(sue_by=None),
    "appealed": by("appealed_on"),
    "appeal_over": over("appeal_by"),
    "appeal_running": running("appeal_by"),
    "explained": Q(explained=True),
    "unexplained": Q(explained=False),
    "effective": by("final_on"),
    "not_yet_effective": lambda terms: Q(final_on=None) | Q(final_on__gt=terms.on),
    "finally_judged": Q(final_judged=True),
    "finally_against": Q(final_against=True),
    "retrial_asked": by("retrial_on"),
    "retrial_over": over("retrial_by"),
    "retrial_running": running("retrial_by"),
    "observed": lambda terms: Q(closed_on__lte=last_observed(terms)),
    "unobserved": lambda terms: Q(closed_on__gt=last_observed(terms)),
    "calm": lambda terms: Q(settled=True) | _calm(terms),
}
DUTIES: dict[str, Condition] = {
    "duty_over": over("duty_by"),
    "duty_running": running("duty_by"),
    "performed": by("duty_done_on"),
    "performed_in_time": lambda terms: Q(duty_done_on__lte=terms.on, duty_late=False),
}
"""Of one agency what it owes itself; of all, whatever organizations owe."""
_CAME, _CAME_PROVED = Q(came=True), Q(came_proved=True)
_ON_TIME, _ON_TIME_PROVED = Q(missed_again=False), Q(missed_again_proved=False)
_HEARD: dict[str, Condition] = {
    "heard": lambda terms: Q(recorded__gt=0, held_on__lte=terms.on),
    "unrecorded": lambda terms: Q(unrecorded__gt=0, held_on__lte=terms.on),
    "called": Q(called=True),
    "not_excused": _CAME | Q(excused=False),
    "excused": Q(came=False, excused=True),
    "not_stood_in": _CAME | Q(stood_in=False),
    "stood_in": Q(came=False, stood_in=True),
    "appeared_own": _CAME & _ON_TIME,
    "principal": Q(principal=True) & _ON_TIME,
    "principal_once": Q(principal=True),
    "principal_proved": Q(principal_proved=True) & _ON_TIME_PROVED,
}


def _appeared(came: Q, came_proved: Q) -> dict[str, Condition]:
    return {
        **_HEARD,
        "appeared": came & _ON_TIME,
        "appeared_once": came,
        "appeared_proved": came_proved & _ON_TIME_PROVED,
    }


OF_PROCEDURE = {**KINDS, **COURSE, **OUTCOMES, **AFTERWARDS}
OF_ALL = {**OF_PROCEDURE, **DUTIES, **_appeared(_CAME, _CAME_PROVED)}
OF_AGENCY = {
    **DUTIES,
    **_appeared(_CAME | Q(stood_in=True), _CAME_PROVED | Q(stood_in_proved=True)),
}
"""What an agency has columns of its own for; a co-defendant's head may have stood in (art. 3)."""
