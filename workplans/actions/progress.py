"""Units report on their tasks; who leads accepts a report or returns it with a reason."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.access.visibility import Visibility
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.notifications.send import notify_once
from members.models import Organization, User
from services.deadlines.actions import meet
from services.documents.attachments import attach_all
from suggestions.actions.steps import day_of, office_language, people_of
from workplans.actions.terms import RULES, open_limit
from workplans.models import OF_TERM, ProgressReport, TaskTerm
from workplans.states import LetterState, TermState, Verdict


@action
def report(
    term_id: int,
    *,
    actor: Actor,
    at: datetime,
    text: str,
    values: Iterable[float | None] = (),
    done: bool = False,
    files: Collection[UploadedFile] = (),
    declared: bool = False,
    version: int | None = None,
) -> ProgressReport:
    """A unit reports; `values` are its figures for the targets of the task, in their order.

    Raises RuleBroken "stale", "not_awaited", "not_running", "no_progress" (field text), and
    what `attach` raises (file, declared).
    """
    term = locked_term(term_id)
    policy_for(TaskTerm).require(actor, "report", term)
    term.require_version(version)
    require_running(term)
    if term.state != TermState.OPEN:
        raise RuleBroken("not_awaited", _("This was reported already."))
    if not text.strip():
        raise RuleBroken("no_progress", _("Say how far the task is."), "text")
    given = ProgressReport(
        term=term,
        text=text.strip(),
        values=list(values),
        done=done,
        on=day_of(at),
        by=actor,
    )
    given.store()
    term.state, term.sent_on = TermState.SENT, given.on
    term.store()
    _attach(given, files, actor=actor, at=at, declared=declared)
    record(actor, "workplans.term.reported", term, unit=term.unit.organization.short_name)
    _answer_letters(term, given.on)
    meet(term, RULES[term.kind], actor=actor, on=given.on)
    _tell_leads(given, actor, at)
    return given


@action
def accept(report_id: int, *, actor: Actor, at: datetime, remark: str = "") -> ProgressReport:
    """Raises RuleBroken "answered" for a report that was judged before."""
    given = _locked_report(report_id)
    policy_for(ProgressReport).require(actor, "judge", given)
    _judge(given, Verdict.ACCEPTED, remark, actor, at)
    term = given.term
    term.state, term.accepted_on = TermState.ACCEPTED, given.answered_on
    term.store()
    record(actor, "workplans.term.accepted", term, unit=term.unit.organization.short_name)
    return given


@action
def send_back(
    report_id: int, *, actor: Actor, at: datetime, reason: str, again_by: date
) -> ProgressReport:
    """Return a report; the unit reports anew by `again_by`.

    Raises RuleBroken "answered", "no_reason" (field reason), "again_past" (again_by).
    """
    given = _locked_report(report_id)
    policy_for(ProgressReport).require(actor, "judge", given)
    if not reason.strip():
        raise RuleBroken("no_reason", _("Say what is missing in the report."), "reason")
    if again_by < day_of(at):
        raise RuleBroken("again_past", _("This day is over already."), "again_by")
    _judge(given, Verdict.RETURNED, reason, actor, at)
    term = given.term
    term.state, term.again_by = TermState.OPEN, again_by
    term.store()
    told = {"reason": reason.strip(), "again_by": again_by.isoformat()}
    record(actor, "workplans.term.returned", term, **told)
    open_limit(term, actor, day_of(at))
    with office_language():
        title = _("Report returned: %(term)s") % {"term": _title(term)}
    _tell(people_of(term.unit.organization, at), given, "returned", title, reason, actor, at)
    return given


def locked_term(term_id: int) -> TaskTerm:
    rows = TaskTerm.objects.select_for_update(of=("self",)).select_related(*OF_TERM)
    return rows.get(pk=term_id)


def require_running(term: TaskTerm) -> None:
    task = term.unit.task
    if not (task.is_open and task.task_list.is_published):
        raise RuleBroken("not_running", _("This task is not under way any more."))


def _locked_report(report_id: int) -> ProgressReport:
    """The report with its term, the term locked first."""
    term = locked_term(ProgressReport.objects.values_list("term", flat=True).get(pk=report_id))
    given = ProgressReport.objects.select_for_update(of=("self",)).get(pk=report_id)
    given.term = term
    return given


def _judge(
    given: ProgressReport, verdict: Verdict, remark: str, actor: Actor, at: datetime
) -> None:
    given.state, given.remark = verdict, remark.strip()
    given.answered_on, given.answered_by = day_of(at), actor
    given.store()


def _answer_letters(term: TaskTerm, on: date) -> None:
    for letter in term.letters.select_for_update().filter(state=LetterState.OPEN):
        letter.state, letter.answered_on = LetterState.ANSWERED, on
        letter.store()


def _attach(
    given: ProgressReport,
    files: Collection[UploadedFile],
    *,
    actor: Actor,
    at: datetime,
    declared: bool,
) -> None:
    attach_all(
        given,
        files,
        actor=actor,
        at=at,
        jurisdiction=given.term.unit.task.jurisdiction,
        declared=declared,
        visibility=Visibility.JOINT,
        organization=given.term.unit.organization,
    )


def leads_of(term: TaskTerm) -> list[Organization]:
    """Who judges the reports of a term: the keeper and the lead units."""
    task = term.unit.task
    return list(dict.fromkeys([task.task_list.keeper, *task.lead_units.all()]))


def _title(term: TaskTerm) -> str:
    return _("task %(n)s, %(term)s") % {"n": term.unit.task.label, "term": term.name}


def _tell_leads(given: ProgressReport, actor: Actor, at: datetime) -> None:
    term = given.term
    with office_language():
        unit = term.unit.organization.short_name
        words = {"unit": unit, "term": _title(term)}
        title = _("%(unit)s reported: %(term)s") % words
    people = [user for unit in leads_of(term) for user in people_of(unit, at)]
    _tell(people, given, "reported", title, "", actor, at)


def _tell(
    people: Iterable[User],
    given: ProgressReport,
    reason: str,
    title: str,
    text: str,
    actor: Actor,
    at: datetime,
) -> None:
    others = [user for user in people if user != actor]
    notify_once(others, given, reason=reason, title=title, text=text, at=at)
