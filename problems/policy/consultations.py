from foundations.access.policy import register
from members.models import User
from members.policy import works_for
from problems.models import Asking, Consultation, Opinion
from problems.policy.circle import MatterPolicy, PartPolicy, works_for_unit


@register(Consultation)
class ConsultationPolicy(MatterPolicy):
    pass


@register(Asking)
class AskingPolicy(PartPolicy):
    rules = {"answer": works_for_unit}
    of = (Consultation, "consultation")


def decides(user: User, opinion: Opinion) -> bool:
    """The unit that makes the document."""
    return works_for(user, opinion.asking.consultation.organization)


@register(Opinion)
class OpinionPolicy(PartPolicy):
    rules = {"decide": decides}
    of = (Consultation, "asking__consultation")
