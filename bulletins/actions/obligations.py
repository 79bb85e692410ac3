"""The only writers of instalments: opened, planned, answered, nil returned, opened again."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bulletins.actions.keeping import void_instalment
from bulletins.cadence import PERIODIC, Cadence, reckon_within, terms_due
from bulletins.models import Instalment, InstalmentState, Obligation, YearPlan
from bulletins.models.obligations import RULE
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.calendars.dues import Due
from foundations.calendars.periods import Reckoning
from foundations.calendars.terms import Per, Term
from foundations.calendars.working_days import ONE_DAY
from mechanisms.models import Provision
from mechanisms.queries import provision
from members.models import Organization
from services.deadlines.actions import meet, open_deadline
from services.deadlines.models import Deadline
from suggestions.models import Report
from suggestions.units import successor_of

AHEAD = timedelta(days=366)
PLANNED_AT_MOST = 60
REPORTED = "suggestion_report"
"""The subject of a clause that is kept by the report on suggestions."""


def open_instalments(*, on: date) -> int:
    """Open what falls due until a year ahead, of every matter with a term; how many are new.

    Safe to repeat: what is open takes the last day that the calendar of today gives it.
    """
    rows = Obligation.objects.on(on).filter(cadence__in=PERIODIC).for_listing()
    made = sum(_open_terms(row, on) for row in rows.order_by("pk"))
    answer_by_reports()
    return made


def answer_by_reports() -> int:
    """Where the clause asks for the yearly report on suggestions, an issued report is what
    was told; how many instalments it answered. Its limit is the report's own."""
    clauses = Provision.objects.filter(subject=REPORTED)
    numbers = clauses.values_list("version__mechanism", "number").distinct()
    answered = 0
    for mechanism, number in numbers:
        rows = Instalment.objects.open().filter(
            obligation__mechanism=mechanism, obligation__number=number
        )
        for row in rows.select_related("obligation").order_by("pk"):
            report = Report.objects.filter(
                mechanism=mechanism,
                organization=row.obligation.debtor_id,
                year=row.first_on.year,
                quarter=0,
            ).first()
            if report is not None and report.issued_on is not None:
                fulfil(row.pk, actor=None, on=report.issued_on)
                answered += 1
    return answered


@action
def _open_terms(row: Obligation, on: date) -> int:
    """Of one matter; a term that ended before the matter was in force is not asked for, nor
    one of which the words before these ask."""
    obligation = Obligation.objects.select_for_update(of=("self",)).for_listing().get(pk=row.pk)
    known = {one.term: one for one in obligation.instalments.all()}
    calendar, due = obligation.jurisdiction.calendar, Due.of(obligation.terms)
    asked, made = _asked_of(obligation), 0
    for term, reckoned in terms_due(
        Per(obligation.cadence), due, calendar, obligation.watched_from, on + AHEAD
    ):
        one = known.get(f"{term.year}-{term.per}-{term.n}")
        if one is None and asked(term):
            one = _instalment(obligation, term.label, term.first_on, term.last_on)
            one.term = f"{term.year}-{term.per}-{term.n}"
            made += 1
        if one is not None:
            _put_due(one, reckoned, None)
    return made


def _asked_of(obligation: Obligation) -> Callable[[Term], bool]:
    first_on, last_on = obligation.valid_from or date.min, obligation.valid_to or date.max
    before = Obligation.objects.filter(
        mechanism=obligation.mechanism, key=obligation.key, debtor=obligation.debtor
    )
    if before.filter(valid_to=first_on - ONE_DAY).exists():
        return lambda term: first_on <= term.first_on <= last_on
    return lambda term: first_on <= term.last_on and term.first_on <= last_on


@action
def register_occasion(
    obligation_id: int, *, actor: Actor, at: datetime, what: str, happened_on: date
) -> Instalment:
    """Something happened that has to be told: an instalment of it, due as the matter says.

    Raises RuleBroken: "no_event" for a matter without events, "future" (field happened_on),
    "before_force" (field happened_on), "no_what" (field what).
    """
    obligation = _locked_obligation(obligation_id)
    policy_for(Obligation).require(actor, "occasion", obligation)
    if obligation.cadence != Cadence.EVENT:
        raise RuleBroken("no_event", _("This matter is not owed on an event."))
    if happened_on > timezone.localdate(at):
        raise RuleBroken("future", _("That day is still to come."), "happened_on")
    if not obligation.holds_on(happened_on):
        message = _("The matter was not owed on that day.")
        raise RuleBroken("before_force", message, "happened_on")
    if not what.strip():
        raise RuleBroken("no_what", _("Say what happened."), "what")
    one = _instalment(obligation, what.strip()[:120], happened_on, happened_on)
    within = obligation.terms.get("within")
    if within is None:
        one.store()
    else:
        _put_due(one, reckon_within(happened_on, within, obligation.jurisdiction.calendar), actor)
    record(actor, "bulletins.instalment.registered", one, label=one.label)
    return one


@action
def plan_year(
    obligation_id: int,
    *,
    actor: Actor,
    at: datetime,
    year: int,
    days: Iterable[date],
    version: int | None = None,
) -> YearPlan:
    """Enter, or enter anew, the days of a year on which a matter will be told.

    An instalment that was answered stays; one whose day is no longer planned falls away.
    Raises RuleBroken: "not_planned" for a matter that has a cadence of its own, "no_days",
    "other_year", "too_many", "past_day" (field days).
    """
    obligation = _locked_obligation(obligation_id)
    policy_for(Obligation).require(actor, "plan", obligation)
    today, wanted = timezone.localdate(at), sorted(set(days))
    plan = YearPlan.objects.filter(obligation=obligation, year=year).first()
    known = {one.term: one for one in _planned(obligation, year)}
    _check_plan(obligation, year, wanted, today, known)
    if plan is None:
        plan = YearPlan(obligation=obligation, year=year, entered_on=today)
    else:
        plan.require_version(version)
    plan.days, plan.by = [day.isoformat() for day in wanted], actor
    plan.store()
    for n, day in enumerate(wanted, start=1):
        _plan_day(obligation, day, n, known.pop(f"plan-{day}", None), actor)
    for dropped in known.values():
        if dropped.state == InstalmentState.DUE:
            void_instalment(dropped, actor, today)
    record(actor, "bulletins.obligation.planned", obligation, year=year, days=len(wanted))
    return plan


def _check_plan(
    obligation: Obligation, year: int, days: list[date], today: date, known: dict
) -> None:
    def refuse(code: str, message: str) -> None:
        raise RuleBroken(code, message, "days")

    if obligation.cadence not in (Cadence.PLANNED, Cadence.AS_NEEDED):
        raise RuleBroken("not_planned", _("The text itself says when this matter is owed."))
    if not days:
        refuse("no_days", _("Enter at least one day."))
    if len(days) > PLANNED_AT_MOST:
        refuse("too_many", _("Enter at most %(n)d days.") % {"n": PLANNED_AT_MOST})
    for day in days:
        if day.year != year:
            message = _("%(day)s does not lie in %(year)d.")
            refuse("other_year", message % {"day": day.isoformat(), "year": year})
        if day < today and f"plan-{day}" not in known:
            message = _("%(day)s has passed; a plan is made for days to come.")
            refuse("past_day", message % {"day": day.isoformat()})


def _plan_day(
    obligation: Obligation, day: date, n: int, known: Instalment | None, actor: Actor
) -> None:
    """The `n`-th planned day of a year; one that fell away before is owed again."""
    label = _planned_label(day, n)
    one = known or _instalment(obligation, label, day, day)
    one.term, one.label = f"plan-{day}", label
    if one.state == InstalmentState.VOID:
        one.state, one.due_on = InstalmentState.DUE, None
    if one.state == InstalmentState.DUE:
        _put_due(one, Reckoning(day, day, day, ({"step": "trigger", "on": str(day)},)), actor)


def _planned_label(day: date, n: int) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return _("%(year)d, planned no. %(n)d") % {"year": day.year, "n": n}


@action
def nil_return(
    instalment_id: int, *, actor: Actor, at: datetime, reason: str, version: int | None = None
) -> Instalment:
    """零报告: there is nothing to tell of this instalment, and why.

    Raises RuleBroken: "no_reason" (field reason), "answered", "not_begun".
    """
    row = _locked(instalment_id)
    policy_for(Instalment).require(actor, "nil", row)
    row.require_version(version)
    _require_open(row)
    on = timezone.localdate(at)
    if on < row.first_on:
        message = _("%(label)s has not begun yet.") % {"label": row.label}
        raise RuleBroken("not_begun", message)
    if not reason.strip():
        message = _("Say why there is nothing to tell; a nil return needs a reason.")
        raise RuleBroken("no_reason", message, "reason")
    row.state, row.done_on = InstalmentState.NIL, on
    row.nil_reason, row.nil_by, row.nil_at = reason.strip(), actor, at
    row.store()
    record(actor, "bulletins.instalment.nil", row, label=row.label, reason=row.nil_reason)
    meet(row, RULE, actor=actor, on=on)
    return row


@action
def fulfil(instalment_id: int, *, actor: Actor, on: date) -> Instalment:
    """A bulletin answered the instalment on `on`; called by the action that circulates it.

    One that was answered before stays as it was: a second bulletin adds to the first.
    """
    row = _locked(instalment_id)
    if row.state == InstalmentState.SENT:
        return row
    row.state, row.done_on = InstalmentState.SENT, on
    row.store()
    record(actor, "bulletins.instalment.sent", row, label=row.label, on=on.isoformat())
    meet(row, RULE, actor=actor, on=on)
    return row


@action
def reopen(instalment_id: int, *, actor: Actor, on: date) -> Instalment:
    """What answered the instalment was withdrawn, or its nil return taken back: it is owed."""
    row = _locked(instalment_id)
    if row.state not in (InstalmentState.SENT, InstalmentState.NIL):
        return row
    row.state, row.done_on = InstalmentState.DUE, None
    row.nil_reason, row.nil_by, row.nil_at = "", None, None
    row.store()
    record(actor, "bulletins.instalment.reopened", row, label=row.label)
    _open_limit(row, _as_before(row), actor)
    return row


@action
def take_back_nil(
    instalment_id: int, *, actor: Actor, at: datetime, version: int | None = None
) -> Instalment:
    """There is something to tell after all. Raises RuleBroken "not_nil"."""
    row = _locked(instalment_id)
    policy_for(Instalment).require(actor, "take_back", row)
    row.require_version(version)
    if row.state != InstalmentState.NIL:
        raise RuleBroken("not_nil", _("No nil return was made of this instalment."))
    return reopen(row.pk, actor=actor, on=timezone.localdate(at))


def responsible(obligation: Obligation, on: date) -> Organization:
    """The office that does the work on a day, or whoever stands in its place."""
    office = obligation.office
    return office if office.holds_on(on) else successor_of(office, on) or office


def _instalment(obligation: Obligation, label: str, first_on: date, last_on: date) -> Instalment:
    return Instalment(obligation=obligation, label=label, first_on=first_on, last_on=last_on)


def _put_due(one: Instalment, reckoned: Reckoning, actor: Actor) -> None:
    """Give an open instalment its last day, and the limit that watches it."""
    if one.pk and (one.state != InstalmentState.DUE or one.due_on == reckoned.due_on):
        return
    one.due_on = reckoned.due_on
    one.store()
    if one.pk and one.version == 1 and one.obligation.cadence in PERIODIC:
        record(actor, "bulletins.instalment.opened", one, label=one.label)
    _open_limit(one, reckoned, actor)


def _open_limit(one: Instalment, reckoned: Reckoning | None, actor: Actor) -> None:
    if reckoned is None:
        return
    obligation = one.obligation
    clause = provision(obligation.mechanism, obligation.number, reckoned.due_on)
    if clause is not None and clause.subject == REPORTED:
        return
    open_deadline(
        one,
        RULE,
        actor=actor,
        title=_limit_title(one),
        jurisdiction=obligation.jurisdiction,
        owed_by=responsible(obligation, reckoned.due_on),
        provision=clause,
        mechanism=obligation.mechanism,
        **reckoned.limits,
    )


def _limit_title(one: Instalment) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return _("Tell: %(matter)s (%(label)s)") % {
            "matter": one.obligation.name,
            "label": one.label,
        }


def _as_before(one: Instalment) -> Reckoning | None:
    """The count of the limit that was met; the instalment keeps its last day."""
    if one.due_on is None:
        return None
    last = Deadline.objects.about(one).filter(rule=RULE).order_by("-pk").first()
    if last is None:
        return Reckoning(one.first_on, one.due_on, one.due_on, ())
    return Reckoning(last.trigger_on, last.nominal_on, last.due_on, tuple(last.steps), last.length)


def _planned(obligation: Obligation, year: int) -> Iterable[Instalment]:
    rows = obligation.instalments.select_for_update().filter(term__startswith=f"plan-{year}-")
    return list(rows.select_related("obligation"))


def _require_open(row: Instalment) -> None:
    if row.state != InstalmentState.DUE:
        message = _("This instalment is “%(state)s” already.")
        raise RuleBroken("answered", message % {"state": row.get_state_display()})


def _locked_obligation(obligation_id: int) -> Obligation:
    rows = Obligation.objects.select_for_update(of=("self",)).for_listing()
    found: Obligation = rows.get(pk=obligation_id)
    return found


def _locked(instalment_id: int) -> Instalment:
    rows = Instalment.objects.select_for_update(of=("self",)).for_listing()
    found: Instalment = rows.get(pk=instalment_id)
    return found
