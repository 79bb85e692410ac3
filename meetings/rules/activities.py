"""Were joint activities held as the text asks: so often, as planned, or as needed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from foundations.calendars.periods import add_months
from mechanisms.findings import (
    EVIDENCE_SHOWN,
    Clause,
    Evidence,
    Finding,
    Occasion,
    Words,
    weigh_count,
    weigh_occasions,
    weigh_use,
)
from mechanisms.models import Provision
from mechanisms.queries import version_on
from mechanisms.states import RuleKind as K
from mechanisms.wording import sentence_of
from meetings.models import Activity
from meetings.rules.cadence import every_so_often
from meetings.states import ActivityKind, ActivityState
from members.states import Side

ONE_DAY = timedelta(days=1)


def judged(kind: ActivityKind, side: str = "") -> Callable[[Clause], Finding]:
    """Activities of a kind, hosted by one side if the text speaks of its own; an interval or
    a number in the text is counted, else the plan of the hosts is what is asked for."""

    def evaluate(clause: Clause) -> Finding:
        rows = _of_clause(clause, kind, side)
        if clause.provision.rule_kind == K.COUNT_PER_PERIOD:
            return weigh_count(clause, _held(clause, rows), _words(clause, kind))
        months = clause.parameters.get("every_months")
        if months:
            begins = clause.provision.version.effective_from
            done = _held(clause, rows)[:EVIDENCE_SHOWN]
            return every_so_often(clause, months, done, begins, str(kind.label))
        if clause.may or clause.parameters.get("as_needed"):
            return weigh_use(clause, _used(clause, rows), _words(clause, kind))
        return _by_plan(clause, rows, kind)

    return evaluate


def with_report(clause: Clause) -> Finding:
    """Researches whose report was handed in: the text asks for both (YC-16)."""
    rows = _of_clause(clause, ActivityKind.JOINT_RESEARCH, "")
    found = rows.filter(held_on__lte=clause.on, report__on__lte=clause.on)
    newest = found.select_related("report").order_by("-held_on", "-pk")
    done = [Evidence(one, one.title, one.held_on) for one in newest if one.held_on]
    words = _words(clause, ActivityKind.JOINT_RESEARCH)
    kept = _("Joint research was done and its report handed in.")
    return weigh_count(clause, done, replace(words, kept=kept, missing=_missing_report(clause)))


def _missing_report(clause: Clause) -> str:
    rows = _of_clause(clause, ActivityKind.JOINT_RESEARCH, "").filter(held_on__lte=clause.on)
    open_ones = rows.filter(held_on__gte=clause.since).exclude(report__on__lte=clause.on)
    if open_ones.exists():
        return _("Joint research was done; its report is not handed in yet.")
    return _("Joint research with its report: still to be done.")


def _of_clause(clause: Clause, kind: ActivityKind, side: str) -> QuerySet[Activity]:
    """Those that count: of the kind, and hosted by whom the clause names (`hosts`)."""
    rows = Activity.objects.filter(mechanism=clause.mechanism, kind=kind)
    rows = rows.exclude(state=ActivityState.CANCELLED)
    if side:
        rows = rows.filter(Q(host__side=side) | Q(co_hosts__side=side))
    named = clause.parameters.get("hosts")
    if named:
        rows = rows.filter(
            Q(host__name__in=named)
            | Q(host__short_name__in=named)
            | Q(co_hosts__name__in=named)
            | Q(co_hosts__short_name__in=named)
        )
    return rows.distinct()


def _held(clause: Clause, rows: QuerySet[Activity]) -> list[Evidence]:
    found = rows.filter(held_on__lte=clause.on).order_by("-held_on", "-pk")
    return [Evidence(one, one.title, one.held_on) for one in found]


def _used(clause: Clause, rows: QuerySet[Activity]) -> list[Occasion]:
    return [Occasion(one.record, one.label, one.on) for one in _held(clause, rows)]


def _by_plan(clause: Clause, rows: QuerySet[Activity], kind: ActivityKind) -> Finding:
    """A duty without a number: whatever the hosts put into the plan of the year is to be held
    by its day, or by the end of its month."""
    first = clause.since.replace(day=1)
    known = rows.filter(month__gte=first).order_by("month", "pk")
    found = [_planned(one) for one in known if one.month <= clause.on]
    words = _words(clause, kind)
    return (weigh_occasions if found else weigh_use)(clause, found, words)


def _planned(activity: Activity) -> Occasion:
    end_of_month = add_months(activity.month, 1) - ONE_DAY
    due_on = activity.until or activity.on or end_of_month
    start = min(activity.month, activity.held_on or activity.month)
    return Occasion(activity, activity.title, start, due_on, activity.held_on)


def _words(clause: Clause, kind: ActivityKind) -> Words:
    named = {"kind": str(kind.label)}
    said = {name: clause.parameters[name] for name in ("times",) if name in clause.parameters}
    return Words(
        kept=_("%(kind)s: held as asked.") % named,
        missing=_("%(kind)s: still to be held.") % named,
        idle=_("%(kind)s: none within a year.") % named,
        period=sentence_of(said) or _("As needed"),
    )


def counts_for(activity: Activity) -> list[Provision]:
    """The clauses of its institution for which an activity counts on its day."""
    version = version_on(activity.mechanism, activity.held_on or activity.on or activity.month)
    if version is None:
        return []
    clauses = version.provisions.filter(rule_kind__in=ASKED)
    subjects = {activity.kind}
    if activity.kind == ActivityKind.JOINT_RESEARCH:
        subjects.add(RESEARCH_REPORT)
    if activity.kind == ActivityKind.TRAINING:
        sides = {one.side for one in activity.hosts}
        subjects |= {name for name, side in OWN_TRAININGS.items() if side in sides}
    return [one for one in clauses.filter(subject__in=subjects) if _by_named(activity, one)]


def _by_named(activity: Activity, provision: Provision) -> bool:
    named = provision.parameters.get("hosts")
    return not named or any(one.name in named or one.short_name in named for one in activity.hosts)


ASKED = (K.TASK, K.COUNT_PER_PERIOD)
OWN_TRAININGS = {"court_training": Side.COURT, "government_training": Side.GOVERNMENT}
RESEARCH_REPORT = "research_report"
RULES = {(rule, kind.value): judged(kind) for kind in ActivityKind for rule in ASKED} | {
    (rule, subject): judged(ActivityKind.TRAINING, side)
    for subject, side in OWN_TRAININGS.items()
    for rule in ASKED
}
RULES[K.COUNT_PER_PERIOD, RESEARCH_REPORT] = with_report
