from django.db.models import Q, QuerySet

from foundations.access.policy import register
from members.models import User
from members.standing import standing
from problems.models import Measure, Problem, Track
from problems.policy.circle import MatterPolicy, PartPolicy, works_for_unit


@register(Problem)
class ProblemPolicy(MatterPolicy):
    """Also a unit that has to take a measure."""

    def admitted(self, user: User, rows: QuerySet) -> Q:
        mine = standing(user).organizations
        owed = Measure.objects.filter(unit__in=mine)
        return super().admitted(user, rows) | Q(pk__in=owed.values("problem"))


@register(Measure, Track)
class MeasurePolicy(PartPolicy):
    rules = {"finish": works_for_unit}
    of = (Problem, "problem")
