from django.db.models import Q, QuerySet

from foundations.access.policy import register
from members.models import User
from members.standing import standing
from problems.models import ClassCase, Interpretation, Position, Question, Standard
from problems.policy.circle import MatterPolicy, PartPolicy
from problems.states import AgreedState

register(ClassCase, Question)(MatterPolicy)


@register(Standard, Interpretation)
class AgreedPolicy(MatterPolicy):
    """What is in force is read by all who work in the jurisdiction (CX-50: 参照执行); a text
    that was given up is as private as the draft it was."""

    private = (AgreedState.DRAFT, AgreedState.DROPPED)

    def admitted(self, user: User, rows: QuerySet) -> Q:
        held = (AgreedState.IN_FORCE, AgreedState.REPLACED)
        places = standing(user).jurisdictions
        told = Q(state__in=held, mechanism__jurisdiction__in=places)
        return super().admitted(user, rows) | told


@register(Position)
class PositionPolicy(PartPolicy):
    of = (Question, "question")
