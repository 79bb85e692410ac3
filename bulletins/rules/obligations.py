"""Are the matters of a clause told: by their instalments, by their events, or as needed."""

from collections.abc import Callable

from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bulletins.cadence import PERIODIC, Cadence
from bulletins.models import Covered, Instalment, InstalmentState, Obligation
from bulletins.states import BulletinState
from mechanisms.findings import (
    EVIDENCE_SHOWN,
    SOON,
    Clause,
    Evidence,
    Finding,
    Occasion,
    Words,
    weigh_occasions,
    weigh_use,
)
from mechanisms.rules import ANY
from mechanisms.states import ComplianceState, RuleKind

S = ComplianceState
ORDER = (S.BROKEN, S.DUE_SOON, S.KEPT, S.NOT_YET_DUE, S.NOT_APPLICABLE)
"""Of several matters of one clause, the first of these is the state of the clause."""


def owed_under(clause: Clause) -> list[Obligation]:
    """The matters that cite the clause."""
    rows = clause.once("bulletins.owed", lambda: _owed(clause))
    return [row for row in rows if row.number == clause.provision.number]


def _owed(clause: Clause) -> list[Obligation]:
    """Every matter of the institution on the day, with its instalments and what told it."""
    told = Covered.objects.filter(
        bulletin__state=BulletinState.CIRCULATED, bulletin__circulated_on__lte=clause.on
    )
    told = told.select_related("bulletin").order_by("bulletin__circulated_on", "pk")
    opened = Instalment.objects.standing().select_related("obligation")
    rows = Obligation.objects.on(clause.on).filter(mechanism=clause.mechanism)
    return list(
        rows.prefetch_related(
            Prefetch("told_in", told, to_attr="told"),
            Prefetch("instalments", opened.order_by("due_on", "pk"), to_attr="opened"),
        )
    )


def judged(clause: Clause) -> Finding:
    """The clause by the matters that cite it; the worst of them, and what proves it."""
    found = [_judge(row, clause) for row in owed_under(clause)]
    if not found:
        return Finding(S.NOT_YET_DUE, _("No matter is set down under this clause."))
    state = next(state for state in ORDER if any(one.state == state for one in found))
    telling = [one for one in found if one.state == state]
    days = [one.next_on for one in telling if one.next_on]
    shown = [piece for one in telling for piece in one.evidence]
    return Finding(
        state,
        "".join(dict.fromkeys(one.said for one in telling)),
        tuple(shown[:EVIDENCE_SHOWN]),
        min(days, default=None),
        "；".join(dict.fromkeys(one.period for one in telling)),
    )


def _judge(row: Obligation, clause: Clause) -> Finding:
    told = _told(row)
    if row.cadence in PERIODIC:
        return _by_instalments(row, clause, told, _instalments(row))
    if row.cadence == Cadence.PLANNED:
        return _by_plan(row, clause, told)
    words = _words(row, told)
    occasions = [_by_bulletin(one) for one in told]
    if row.cadence == Cadence.AS_NEEDED:
        return weigh_use(clause, occasions, words)
    events = [_event(one) for one in _instalments(row)]
    plain = [_by_bulletin(one) for one in told if one.instalment_id is None]
    return weigh_occasions(clause, [*events, *plain], words)


def _by_plan(row: Obligation, clause: Clause, told: list[Covered]) -> Finding:
    planned = row.plans.filter(year=clause.on.year, entered_on__lte=clause.on).exists()
    if planned:
        return _by_instalments(row, clause, told, _instalments(row))
    idle = _("%(matter)s: no plan entered for the year.") % {"matter": row.name}
    words = Words(_told_words(row), idle, idle, row.often)
    return weigh_use(clause, [_by_bulletin(one) for one in told], words)


def _by_instalments(
    row: Obligation, clause: Clause, told: list[Covered], instalments: list[Instalment]
) -> Finding:
    """Broken by one that is overdue; kept by the latest that was asked for."""
    on = clause.on
    due = [one for one in instalments if one.due_on is not None]
    open_ones = [one for one in due if not (one.done_on and one.done_on <= on)]
    overdue = [one for one in open_ones if one.due_on and one.due_on < on]
    coming = [one for one in open_ones if one.due_on and one.due_on >= on]
    next_on = min((one.due_on for one in coming if one.due_on), default=None)
    if overdue:
        said = _("%(matter)s: %(label)s is overdue.") % _named(row, overdue[-1])
        return Finding(S.BROKEN, said, _of(overdue), overdue[-1].due_on, row.often)
    done = [one for one in due if one.done_on and one.done_on <= on]
    proof = _proof(done[-1], told) if done else ()
    if next_on and next_on <= on + SOON:
        said = _("%(matter)s: %(label)s is due soon.") % _named(row, coming[0])
        return Finding(S.DUE_SOON, said, proof, next_on, row.often)
    if proof:
        said = _("%(matter)s: %(label)s was told.") % _named(row, done[-1])
        if done[-1].state == InstalmentState.NIL:
            said = _("%(matter)s: %(label)s, nil return.") % _named(row, done[-1])
        return Finding(S.KEPT, said, proof, next_on, row.often)
    said = _("%(matter)s: not due yet.") % {"matter": row.name}
    return Finding(S.NOT_YET_DUE, said, (), next_on, row.often)


def _named(row: Obligation, one: Instalment) -> dict[str, str]:
    return {"matter": row.name, "label": one.label}


def _instalments(row: Obligation) -> list[Instalment]:
    found: list[Instalment] = row.__dict__["opened"]
    return found


def _told(row: Obligation) -> list[Covered]:
    """The bulletins that told the matter by the day and were not replaced, oldest first."""
    found: list[Covered] = row.__dict__["told"]
    return found


def _proof(one: Instalment, told: list[Covered]) -> tuple[Evidence, ...]:
    """The bulletins that answered it; a nil return proves itself."""
    found = [_by_bulletin(row).evidence for row in told if row.instalment_id == one.pk]
    return tuple(found) or _of([one])


def _of(rows: list[Instalment]) -> tuple[Evidence, ...]:
    return tuple(Evidence(one, str(one), one.done_on or one.first_on) for one in rows)


def _by_bulletin(row: Covered) -> Occasion:
    bulletin = row.bulletin
    on = bulletin.circulated_on or bulletin.created_at.date()
    return Occasion(bulletin, bulletin.title, on, done_on=on)


def _event(one: Instalment) -> Occasion:
    return Occasion(one, str(one), one.first_on, one.due_on, one.done_on)


def _told_words(row: Obligation) -> str:
    return _("%(matter)s was told.") % {"matter": row.name}


def _words(row: Obligation, told: list[Covered]) -> Words:
    last = told[-1].bulletin.circulated_on if told else None
    day = date_format(last or row.watched_from, _("F j, Y"))
    idle = _("%(matter)s: none since %(day)s.") % {"matter": row.name, "day": day}
    missing = _("%(matter)s has to be told.") % {"matter": row.name}
    return Words(_told_words(row), missing, idle, row.often)


RULES: dict[tuple[str, str], Callable[[Clause], Finding]] = {
    (RuleKind.EXCHANGE, ANY): judged,
    (RuleKind.REPORT_DEADLINE, ANY): judged,
    (RuleKind.TASK, "white_paper"): judged,
}
