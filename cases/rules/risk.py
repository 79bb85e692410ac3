"""Risk: ratings, early warnings, assessments before decisions and their duties."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.models import Assessment, Duty, EarlyWarning, Opinion, RiskRating, WarningKind
from cases.models.assessments import FOCUS_AREAS
from cases.rules.rows import of_disputes, of_place
from mechanisms.findings import Clause
from mechanisms.occasions import Judged, Source
from mechanisms.states import RuleKind as K


def _opinions(clause: Clause) -> QuerySet[Opinion]:
    place = clause.mechanism.jurisdiction_id
    return Opinion.objects.filter(assessment__jurisdiction=place)


def _duties(clause: Clause) -> QuerySet[Duty]:
    """With a decision that was taken: before it there is nothing to carry out."""
    place = clause.mechanism.jurisdiction_id
    return Duty.objects.filter(
        assessment__jurisdiction=place, assessment__decided_on__isnull=False
    )


rated = Source(of_disputes(RiskRating), _("Risk rating"), on="rated_on")
warned = Source(of_place(EarlyWarning), _("Early warning"), on="noticed_on")
petitioned = Source(
    of_place(EarlyWarning, kind=WarningKind.PETITION), _("Early warning"), on="noticed_on"
)
assessed = Source(of_place(Assessment), _("Risk assessment"), on="asked_on", done="concluded_on")
asked = Source(_opinions, _("Opinion"), on="assessment__asked_on", due="due_on", done="given_on")
in_focus = Source(of_place(Assessment, area__in=FOCUS_AREAS), _("Risk assessment"), on="asked_on")
carried_out = Source(
    _duties, _("Duty of a decision"), on="assessment__decided_on", due="due_on", done="done_on"
)
WARNINGS = _("early warnings")

RULES = {
    (K.CASE_FLOW, "risk_rating"): Judged(_("risk rating of disputes"), rated, use=True),
    (K.CASE_FLOW, "early_warning"): Judged(WARNINGS, warned, use=True),
    (K.TASK, "early_warning"): Judged(WARNINGS, warned, use=True),
    (K.EXCHANGE, "early_warning"): Judged(WARNINGS, warned, use=True),
    (K.CASE_FLOW, "petition_risk"): Judged(_("petition risks"), petitioned, use=True),
    (K.CASE_FLOW, "litigation_risk"): Judged(
        _("risk assessment of major decisions"), assessed, asked
    ),
    (K.CHECKLIST, "litigation_risk"): Judged(
        _("risk assessment in the areas of focus"), in_focus, use=True
    ),
    (K.TASK, "decision_in_execution"): Judged(
        _("duties while a decision is carried out"), carried_out
    ),
}
