"""Who keeps what follows a decision or a judgment, and who reads it (G6)."""

from django.db.models import Q, QuerySet

from cases.models import (
    Dispute,
    Explanation,
    LossAnalysis,
    NoticeList,
    OutcomeNotice,
    Performance,
    PerformanceReport,
    Procedure,
    Visit,
)
from cases.policy.circle import enters, works_in_justice_bureau
from cases.policy.disputes import seen_disputes
from cases.policy.mediation import bureau_places
from foundations.access.policy import Policy, register
from members.models import User
from members.policy import works_for
from members.standing import standing


def keeps(user: User, row: Performance | OutcomeNotice | Visit) -> bool:
    """The organ of the procedure; the justice bureau for what is not a court's."""
    return enters(user, row.procedure)


def performs(user: User, item: Performance) -> bool:
    """Whoever owes it; for a party, whoever keeps it."""
    if item.organization is None:
        return keeps(user, item)
    return works_for(user, item.organization)


def confirms(user: User, item: Performance) -> bool:
    """Nobody finds that the own unit has performed."""
    own = item.organization is not None and works_for(user, item.organization)
    return keeps(user, item) and not own


def reports(user: User, report: PerformanceReport) -> bool:
    return works_for(user, report.organization)


def analyses(user: User, loss: LossAnalysis) -> bool:
    return works_for(user, loss.organization)


def reviews(user: User, loss: LossAnalysis) -> bool:
    """The bureau, and not of a case that it lost itself."""
    return works_in_justice_bureau(user, loss.procedure.dispute) and not analyses(user, loss)


def explains(user: User, row: Explanation) -> bool:
    """The court's own people alone (YN-22)."""
    return works_for(user, row.participant.procedure.organ)


class OfProcedurePolicy(Policy):
    """Whoever sees the dispute sees it."""

    rules = {"edit": keeps}

    def visible(self, user: User, rows: QuerySet) -> QuerySet:
        disputes = Dispute.objects.filter(seen_disputes(user))
        return rows.filter(procedure__dispute__in=disputes)


@register(Performance)
class PerformancePolicy(OfProcedurePolicy):
    rules = {"edit": keeps, "perform": performs, "confirm": confirms}


@register(PerformanceReport)
class PerformanceReportPolicy(OfProcedurePolicy):
    rules = {"report": reports}


@register(OutcomeNotice)
class OutcomeNoticePolicy(OfProcedurePolicy):
    pass


@register(NoticeList)
class NoticeListPolicy(Policy):
    """Whoever keeps the outcomes of the organ."""

    rules = {"edit": lambda user, row: enters(user, planned_of(row))}

    def visible(self, user: User, rows: QuerySet[NoticeList]) -> QuerySet[NoticeList]:
        mine = standing(user)
        if not mine.is_staff:
            return rows.none()
        bureau = Q(jurisdiction__in=bureau_places(mine))
        return rows.filter(Q(organ__in=mine.organizations) | bureau)


def planned_of(row: NoticeList) -> Procedure:
    """What the right to enter is asked of."""
    return Procedure(organ=row.organ, dispute=Dispute(jurisdiction=row.jurisdiction))


@register(LossAnalysis)
class LossAnalysisPolicy(Policy):
    """The agency's own people, and the justice bureau that acts for the government."""

    rules = {"write": analyses, "review": reviews}

    def visible(self, user: User, rows: QuerySet[LossAnalysis]) -> QuerySet[LossAnalysis]:
        mine = standing(user)
        if not mine.is_staff:
            return rows.none()
        bureau = Q(procedure__dispute__jurisdiction__in=bureau_places(mine))
        return rows.filter(Q(organization__in=mine.organizations) | bureau)


@register(Explanation)
class ExplanationPolicy(Policy):
    """What is asked, and who means to appeal, is the court's own."""

    rules = {"edit": explains}

    def visible(self, user: User, rows: QuerySet[Explanation]) -> QuerySet[Explanation]:
        mine = standing(user)
        if not mine.is_staff:
            return rows.none()
        return rows.filter(participant__procedure__organ__in=mine.organizations)


@register(Visit)
class VisitPolicy(Policy):
    """What was said is for the organ that asked, and the justice bureau."""

    rules = {"edit": keeps}

    def visible(self, user: User, rows: QuerySet[Visit]) -> QuerySet[Visit]:
        mine = standing(user)
        if not mine.is_staff:
            return rows.none()
        bureau = Q(procedure__dispute__jurisdiction__in=bureau_places(mine))
        own = Q(procedure__organ__in=mine.organizations)
        return rows.filter(own | bureau)
