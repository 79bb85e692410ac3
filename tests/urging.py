"""Units urged on by who may: a late one, the measure, its limit."""

from datetime import date

from services.deadlines.models import Deadline
from suggestions.actions import supervision as actions
from suggestions.actions.replies import PositionWords, ReplyWords
from suggestions.actions.service import serve
from suggestions.models import Supervision
from suggestions.states import Attitude, MeasureKind, UrgingLevel
from tests.letters import DUE, SERVED, addressee, moment, unit

LATE = moment(date(2026, 12, 7))
"""A week after the last day for the reply."""
EARLY = moment(date(2026, 11, 2))
ANSWER_BY = date(2026, 12, 14)


def served(city, one):
    serve(
        one.pk,
        actor=city.users["court_officer"],
        at=moment(SERVED, 17),
        on=SERVED,
        mode="electronic",
    )
    one.refresh_from_db()
    assert one.reply_due_on == DUE
    return one


def urge(city, one, *, by="court_officer", at=LATE, **changes) -> Supervision:
    given = {"kind": MeasureKind.URGING, "level": UrgingLevel.GENERAL, "due_on": ANSWER_BY}
    return actions.urge(one.pk, actor=city.users[by], at=at, **{**given, **changes})


def limit_of(measure) -> Deadline:
    return Deadline.objects.about(measure).get()


def answers(one, **changes):
    positions = tuple(
        PositionWords(problem.order, Attitude.ACCEPTED)
        for problem in one.suggestion.problems.all()
    )
    return ReplyWords(positions=positions, text="已研究采纳。", **changes)


def without_account(city):
    unit(city, "museum", "试验市文物局", "市文物局")
    return addressee(city, "museum")
