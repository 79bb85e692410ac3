"""What follows a decision: performance, visits, notices of outcome, losses, explanations."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.models import Explanation, LossAnalysis, OutcomeNotice, Performance, Visit
from cases.models.outcomes import LossState
from cases.models.performance import PerformanceState
from cases.rules.rows import limits, of_disputes, promised
from mechanisms.findings import Clause
from mechanisms.occasions import Judged, Source
from mechanisms.states import RuleKind as K

OF_PARTICIPANT = "participant__procedure__dispute"
STILL_OWED = frozenset(PerformanceState) - {PerformanceState.RELEASED}


def _losses(clause: Clause) -> QuerySet[LossAnalysis]:
    rows: QuerySet[LossAnalysis] = of_disputes(LossAnalysis, "procedure__dispute")(clause)
    return rows.exclude(state=LossState.WAIVED)


performed = Source(
    promised(
        of_disputes(Performance, state__in=set(PerformanceState) - {PerformanceState.RELEASED})
    ),
    _("Performance"),
    on="arose_on",
    due="due_on",
    done="performed_on",
)
limited = Source(limits, _("Time limit"), on="trigger_on", due="due_on", done="closed_on")
visited = Source(of_disputes(Visit, "procedure__dispute"), _("Visit"), on="on")
notified = Source(
    of_disputes(OutcomeNotice, "procedure__dispute", procedure__closed_on__isnull=False),
    _("Outcome notice"),
    on="procedure__closed_on",
    done="sent_on",
)
analysed = Source(
    _losses,
    _("Loss analysis"),
    on="procedure__closed_on",
    due="asked_by",
    done="written_on",
)
rectified = Source(
    _losses, _("Rectification"), on="written_on", due="rectify_by", done="rectified_on"
)
explained = Source(
    of_disputes(Explanation, OF_PARTICIPANT), _("Post-judgment explanation"), on="notified_on"
)
answered = Source(
    of_disputes(Explanation, OF_PARTICIPANT), _("Post-judgment explanation"), on="held_on"
)
PERFORMED = _("performance of judgments, decisions and agreements")

RULES = {
    (K.CASE_FLOW, "performance"): Judged(PERFORMED, performed, limited),
    (K.TASK, "performance"): Judged(PERFORMED, performed, limited),
    (K.TASK, "visit"): Judged(_("follow-up visits"), visited, limited, use=True),
    (K.CASE_FLOW, "visit"): Judged(_("follow-up visits"), visited, limited, use=True),
    (K.COPY_TO, "outcome_notice"): Judged(_("outcome notices to superior organs"), notified),
    (K.CASE_FLOW, "loss_analysis"): Judged(
        _("analysis of lost cases and what is put right"), analysed, rectified
    ),
    (K.TASK, "explanation"): Judged(_("post-judgment explanation"), explained, answered, use=True),
}
