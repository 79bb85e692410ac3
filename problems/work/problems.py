"""Measures that are due, problems without one, and questions without a position."""

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from foundations.ledgers.work import WorkItem
from members.desk import Desk, Sort, Sorts
from problems.models import Measure, Position, Problem, Question
from problems.policy.circle import of_a_side
from problems.states import ProblemState, QuestionState

ENDED = (ProblemState.SOLVED, ProblemState.DROPPED)


def sorts(desk: Desk) -> Sorts:
    measures = Measure.objects.filter(unit__in=desk.units, done_on=None)
    yield Sort(measures.exclude(problem__state__in=ENDED), _measures)
    registered = Problem.objects.filter(organization__in=desk.units, state=ProblemState.FOUND)
    yield Sort(registered, _unmeasured)
    yield Sort(_without_position(desk), _positions)


def _without_position(desk: Desk) -> QuerySet[Question]:
    """Open questions on which the own side has not taken its position."""
    circle = of_a_side(desk.mine)
    taken = Position.objects.filter(question=OuterRef("pk"), side__in=circle.values("side"))
    rows = Question.objects.filter(mechanism__in=circle.values("mechanism"))
    return rows.filter(~Exists(taken), state=QuestionState.OPEN)


def _measures(_desk: Desk, rows: QuerySet[Measure]) -> list[WorkItem]:
    return [
        WorkItem(
            "todo",
            one.what,
            reverse("problems:measure-done", args=[one.public_id]),
            _("Record it as done"),
            day=one.due_on,
            meta=(_("Measure about a problem"), one.problem.title),
            party=one.unit.short_name,
        )
        for one in rows.select_related("problem", "unit")
    ]


def _unmeasured(_desk: Desk, rows: QuerySet[Problem]) -> list[WorkItem]:
    """For whoever registered it."""
    return [
        WorkItem(
            "todo",
            one.title,
            one.get_absolute_url(),
            _("Set a measure"),
            meta=(_("Problem without a measure"),),
            party=one.organization.short_name,
        )
        for one in rows.select_related("organization")
    ]


def _positions(_desk: Desk, rows: QuerySet[Question]) -> list[WorkItem]:
    return [
        WorkItem(
            "todo",
            one.title,
            reverse("problems:position", args=[one.public_id]),
            _("Take a position"),
            meta=(_("Question of law"),),
            party=one.organization.short_name,
        )
        for one in rows.select_related("organization")
    ]
