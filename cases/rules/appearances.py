"""Heads at hearings: whether they came, spoke, prepared, and what was learned.

An absence cannot be made good: it counts for a year, and then no more.
"""

from django.db.models import Case, F, Q, QuerySet, TextField, When
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from cases.hearings.states import AppearanceState, HearingState, Speech
from cases.models import Appearance, Preparation
from cases.rules.rows import of_disputes
from mechanisms.findings import Clause, Finding
from mechanisms.occasions import Judged, Source
from mechanisms.states import RuleKind as K

PLACE = "hearing__procedure__dispute"
APPEARANCE = _("Appearance")
CAME = (
    AppearanceState.APPEARED,
    AppearanceState.JOINT,
    AppearanceState.EARLIER,
    AppearanceState.EXCUSED,
)
PRESENT = (AppearanceState.APPEARED,)


def _held(clause: Clause) -> QuerySet[Appearance]:
    """At hearings held within the year; those that are not recorded yet are left out."""
    rows: QuerySet[Appearance] = of_disputes(Appearance, PLACE)(clause)
    near = rows.filter(hearing__on__gte=clause.since, hearing__state=HearingState.HELD)
    return near.filter(recorded_at__isnull=False)


def _done_where(rows: QuerySet, kept: Q) -> QuerySet:
    return rows.annotate(kept_on=Case(When(kept, then=F("hearing__on")), default=None))


def _present(clause: Clause) -> QuerySet:
    return _held(clause).filter(state__in=PRESENT)


def _came(clause: Clause) -> QuerySet:
    return _done_where(_held(clause), Q(state__in=CAME))


def _spoke(clause: Clause) -> QuerySet:
    rows = _present(clause).alias(said=Cast("speech", TextField()))
    return _done_where(rows, Q(said__contains='"'))


def _on_resolution(clause: Clause) -> QuerySet:
    rows = _present(clause).alias(said=Cast("speech", TextField()))
    return rows.filter(said__contains=f'"{Speech.RESOLUTION}"')


def _ahead(clause: Clause) -> QuerySet:
    """Hearings of the last year and to come; prepared once a task is marked as seen to."""
    rows = of_disputes(Appearance, PLACE)(clause).filter(hearing__on__gte=clause.since)
    rows = rows.exclude(hearing__state__in=(HearingState.CANCELLED, HearingState.ADJOURNED))
    return rows.filter(preparation__isnull=False)


at_hearing = {"on": "hearing__on", "due": "hearing__on", "done": "kept_on"}
came = Source(_came, APPEARANCE, **at_hearing)
present = Source(_present, APPEARANCE, on="hearing__on")
spoke = Source(_spoke, APPEARANCE, **at_hearing)
resolved = Source(_on_resolution, APPEARANCE, on="hearing__on")
asked = Source(_held, APPEARANCE, on="hearing__on")
called = Source(of_disputes(Appearance, PLACE), _("Call of a head"), on="called_on")
prepared = Source(_ahead, _("Preparation"), on="preparation__created_at__date", of="preparation")
summed_up = Source(
    of_disputes(Preparation, f"appearance__{PLACE}"), _("Summing up"), on="summed_up_on"
)
HEADS = _("appearance of agency heads")
attended = Judged(HEADS, came)
suggested = Judged(_("calls of heads to appear"), called, use=True)
MEASURES = {
    "发声登记": Judged(_("speaking of heads in court"), spoke),
    "参与化解登记": Judged(
        _("heads taking part in the resolution"), resolved, use=True, arises=present
    ),
    "通知": suggested,
    "建议": suggested,
}


def appeared(clause: Clause) -> Finding:
    """Whether heads came; what a clause names as its measure is asked instead."""
    named = [MEASURES[one] for one in clause.parameters.get("measures", ()) if one in MEASURES]
    if clause.may:
        return suggested(clause)
    return (named[0] if named else attended)(clause)


def readied(clause: Clause) -> Finding:
    """Preparation before a hearing, or the summing up after it where the clause names that."""
    after = "庭后总结" in clause.parameters.get("measures", ())
    return (AFTER if after else BEFORE)(clause)


BEFORE = Judged(_("preparation before hearings"), prepared, use=True, arises=asked)
AFTER = Judged(_("summing up after hearings"), summed_up, use=True, arises=came)

RULES = {
    (K.CASE_FLOW, "appearance"): appeared,
    (K.TASK, "appearance"): Judged(HEADS, present, called, use=True),
    (K.CASE_FLOW, "preparation"): readied,
    (K.TASK, "preparation"): BEFORE,
}
