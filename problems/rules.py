"""Are problems, questions of law, texts in common, drafts and guidance dealt with as the
clauses ask: what is asked as needed is kept by use, what was begun is kept by its end."""

from collections.abc import Callable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from cases.policy.acting import independent
from mechanisms import rules
from mechanisms.findings import Clause, Finding, Occasion, Words, weigh_occasions, weigh_use
from mechanisms.states import RuleKind
from problems.models import (
    Agreed,
    Asking,
    ClassCase,
    Consultation,
    Guidance,
    Interpretation,
    Measure,
    Problem,
    Question,
    Standard,
    Visit,
)
from problems.states import DRAFT, QuestionState

Occasions = Iterator[Occasion]
Judge = Callable[[Clause], Finding]


def _weigh(clause: Clause, used: list[Occasion], begun: list[Occasion], words: Words) -> Finding:
    """`used` for a power or a duty as needed; else each of `begun` has to come to its end,
    where anything was begun by the day."""
    known = [one for one in begun if one.on <= clause.on]
    if clause.may or clause.parameters.get("as_needed") or not known:
        return weigh_use(clause, used, words)
    return weigh_occasions(clause, known, words)


def problems(clause: Clause) -> Finding:
    rows = Problem.objects.filter(mechanism=clause.mechanism)
    used = [Occasion(one, one.title, one.begun_on) for one in rows]
    words = Words(
        _("Problems are registered, and measures about them taken."),
        _("A measure about a problem is still to be taken."),
        _("No problem was registered within a year."),
    )
    return _weigh(clause, used, list(_measures(clause)), words)


def _measures(clause: Clause) -> Occasions:
    """Those of problems that were still pursued on the day."""
    rows = Measure.objects.filter(problem__mechanism=clause.mechanism)
    for one in rows.select_related("problem"):
        ended = one.problem.ended_on
        if one.done_on is not None or ended is None or ended > clause.on:
            yield Occasion(one, one.what, one.set_on, one.due_on, one.done_on)


def class_cases(clause: Clause) -> Finding:
    told = ClassCase.objects.filter(mechanism=clause.mechanism, told_on__isnull=False)
    used = [Occasion(one, one.title, one.told_on) for one in told if one.told_on]
    words = Words(
        _("Class cases were told."),
        _("No class case was told."),
        _("No class case was told within a year."),
    )
    return weigh_use(clause, used, words)


def questions(clause: Clause) -> Finding:
    rows = Question.objects.filter(mechanism=clause.mechanism)
    used = [Occasion(one, one.title, one.begun_on) for one in rows]
    begun = [
        Occasion(one, one.title, one.begun_on, None, one.ended_on)
        for one in rows
        if one.state != QuestionState.DROPPED
    ]
    words = Words(
        _("Questions of law were discussed and settled."),
        _("A question of law is under discussion."),
        _("No question of law was raised within a year."),
    )
    return _weigh(clause, used, begun, words)


def _in_force(model: type[Agreed], clause: Clause) -> list[Occasion]:
    rows = model._default_manager.filter(mechanism=clause.mechanism).exclude(state=DRAFT)
    agreed = rows.filter(state__in=("in_force", "replaced"))
    return [Occasion(one, one.title, one.in_force_on) for one in agreed if one.in_force_on]


def standards(clause: Clause) -> Finding:
    words = Words(
        _("All sides agreed to a common standard."),
        _("No common standard was agreed to."),
        _("No common standard was agreed to within a year."),
    )
    return weigh_use(clause, _in_force(Standard, clause), words)


def interpretations(clause: Clause) -> Finding:
    words = Words(
        _("The sides agreed on what a clause means."),
        _("No interpretation was agreed on."),
        _("No clause was interpreted within a year."),
    )
    return weigh_use(clause, _in_force(Interpretation, clause), words)


def consultations(clause: Clause) -> Finding:
    rows = Consultation.objects.filter(mechanism=clause.mechanism, asked_on__isnull=False)
    used = [Occasion(one, one.title, one.asked_on) for one in rows if one.asked_on]
    words = Words(
        _("Drafts of normative documents were put to the other sides."),
        _("A reply to a draft is still to come."),
        _("No draft was put to the other sides within a year."),
    )
    return _weigh(clause, used, list(_replies(clause)), words)


def _replies(clause: Clause) -> Occasions:
    """A court or procuratorate has no last day (YN-22); a consultation that ended without a
    reply waits for none."""
    rows = Asking.objects.filter(consultation__mechanism=clause.mechanism)
    for one in rows.select_related("organization", "consultation"):
        ended = one.consultation.ended_on
        if one.answered_on is None and ended is not None and ended <= clause.on:
            continue
        due_on = None if independent(one.organization) else one.due_on
        title = one.consultation.title
        yield Occasion(one.consultation, title, one.asked_on, due_on, one.answered_on)


def guidance(clause: Clause) -> Finding:
    begun = [*_letters(clause), *_visits(clause)]
    words = Words(
        _("Agencies were guided, and replied."),
        _("A reply to guidance or a follow-up is still to come."),
        _("No agency was guided within a year."),
    )
    return _weigh(clause, begun, begun, words)


def visits(clause: Clause) -> Finding:
    begun = list(_visits(clause))
    words = Words(
        _("Units were visited, and followed up what was asked."),
        _("A follow-up after a visit is still to come."),
        _("No unit was visited within a year."),
    )
    return _weigh(clause, begun, begun, words)


def _letters(clause: Clause) -> Occasions:
    rows = Guidance.objects.filter(mechanism=clause.mechanism, sent_on__isnull=False)
    for one in rows:
        sent: date = one.sent_on or one.begun_on
        done = one.replied_on or one.ended_on if one.reply_by else sent
        yield Occasion(one, one.title, sent, one.reply_by, done)


def _visits(clause: Clause) -> Occasions:
    for one in Visit.objects.filter(mechanism=clause.mechanism):
        done = one.reported_on or one.ended_on if one.due_on else one.begun_on
        yield Occasion(one, one.title, one.begun_on, one.due_on, done)


JUDGES: dict[str, Judge] = {
    "problem": problems,
    "class_case": class_cases,
    "legal_question": questions,
    "standard": standards,
    "symposium": standards,
    "consultation": consultations,
    "guidance": guidance,
    "supervision_visit": visits,
    "interpretation": interpretations,
}


def register() -> None:
    for subject, judge in JUDGES.items():
        rules.register(RuleKind.TASK, subject, judge)
    for subject in ("problem", "class_case", "legal_question"):
        rules.register(RuleKind.CASE_FLOW, subject, JUDGES[subject])
