"""Measures that are due, problems without one, and questions without a position."""

from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from foundations.ledgers.work import WorkItem
from members.models import User
from members.policy import WORKERS
from members.standing import Standing, standing
from problems.models import Measure, Position, Problem, Question
from problems.policy.circle import of_a_side
from problems.states import ProblemState, QuestionState

ENDED = (ProblemState.SOLVED, ProblemState.DROPPED)


def items(user: User, on: date) -> list[WorkItem]:
    mine = standing(user, on)
    if not mine.has(*WORKERS):
        return []
    return [*_measures(mine), *_unmeasured(mine), *_positions(mine)]


def _measures(mine: Standing) -> list[WorkItem]:
    rows = Measure.objects.filter(unit__in=mine.organizations, done_on=None)
    rows = rows.exclude(problem__state__in=ENDED).select_related("problem", "unit")
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
        for one in rows
    ]


def _unmeasured(mine: Standing) -> list[WorkItem]:
    """For whoever registered it."""
    rows = Problem.objects.filter(organization__in=mine.organizations, state=ProblemState.FOUND)
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


def _positions(mine: Standing) -> list[WorkItem]:
    """Open questions on which the own side has not taken its position."""
    sides = dict(of_a_side(mine).values_list("mechanism", "side"))
    taken = Position.objects.filter(question=OuterRef("pk"), side__in=sides.values())
    rows = Question.objects.filter(mechanism__in=sides, state=QuestionState.OPEN)
    rows = rows.filter(~Exists(taken)).select_related("organization")
    return [
        WorkItem(
            "todo",
            one.title,
            reverse("problems:position", args=[one.public_id]),
            _("Take a position"),
            meta=(_("Question of law"),),
            party=one.organization.short_name,
        )
        for one in rows
    ]
