"""请示、报告 to bodies above: owed by a clause, drafted, sent, answered."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from cases.actions.days import require_past
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.calendars.periods import reckon_until
from foundations.calendars.terms import Per, Term
from mechanisms.models import Mechanism, Provision
from mechanisms.queries import provision, version_on
from mechanisms.states import RuleKind
from members.models import Organization
from returns import papers
from returns.actions.duties import Opened
from returns.blocks import blocks_of
from returns.models import UpwardReport
from returns.models.reports import UPWARD_RULE
from returns.states import UpwardKind, UpwardState
from returns.units import bound_by
from services.deadlines.actions import meet, open_deadline
from services.documents import actions as documents
from services.documents.models import OfficialDocument
from services.documents.states import DocumentState
from suggestions.actions.steps import day_of, office_language
from suggestions.numbers import clean_number

SUBJECT = "upward_report"
PER_OF = {per.months: per for per in Per}
FIGURES = ("", "term", "this_year", "last_year")


@dataclass(frozen=True)
class ReportWords:
    """What the paper says; `figures` names the term whose tables it carries."""

    title: str
    to: str
    text: str
    signer: str
    cc: str = ""
    contact: str = ""
    number: str = ""
    figures: str = ""


def open_reports(*, on: date) -> Opened:
    """Open the reports that clauses with a term ask for, of the term that runs on the day."""
    found = Opened()
    for mechanism in Mechanism.objects.select_related("jurisdiction").order_by("pk"):
        version = version_on(mechanism, on)
        if version is None or version.effective_from > on:
            continue
        clauses = version.provisions.filter(rule_kind=RuleKind.REPORT_DEADLINE, subject=SUBJECT)
        for clause in clauses:
            found += _open_of(mechanism, clause, on)
    return found


@action
def _open_of(mechanism: Mechanism, clause: Provision, on: date) -> Opened:
    per = PER_OF.get(clause.parameters.get("every_months", 0))
    if per is None:
        return Opened()
    term = Term.around(per, on)
    known = set(
        mechanism.upward_reports.filter(
            clause=clause.number, per=per, year=term.year, n=term.n
        ).values_list("organization", flat=True)
    )
    owing = [unit for unit in bound_by(mechanism, clause, on) if unit.pk not in known]
    for unit in owing:
        _owe(mechanism, clause, unit, term, on)
    return Opened(len(owing))


def _owe(
    mechanism: Mechanism, clause: Provision, unit: Organization, term: Term, on: date
) -> None:
    with office_language():
        names = {"clause": clause.citation, "term": term.label}
        title = _("Report asked for by %(clause)s, %(term)s") % names
    row = UpwardReport(
        jurisdiction=mechanism.jurisdiction,
        mechanism=mechanism,
        organization=unit,
        kind=UpwardKind.REPORT,
        clause=clause.number,
        per=term.per,
        year=term.year,
        n=term.n,
        title=title[:200],
        opened_on=on,
        due_on=term.last_on,
        state=UpwardState.OWED,
    )
    row.store()
    record(None, "returns.report.owed", row, unit=unit.short_name, due_on=str(term.last_on))
    open_deadline(
        row,
        UPWARD_RULE,
        actor=None,
        title=title,
        jurisdiction=row.jurisdiction,
        owed_by=unit,
        provision=provision(mechanism, clause.number, on),
        mechanism=mechanism,
        **reckon_until(term.first_on, term.last_on, term.per).limits,
    )


@action
def begin_report(
    mechanism_id: int,
    *,
    actor: Actor,
    at: datetime,
    organization: Organization,
    kind: str,
    words: ReportWords,
    clause: str = "",
    token: str | None = None,
) -> UpwardReport:
    """Draft a report or a request that no term asks for."""
    rows = Mechanism.objects.select_for_update(of=("self",)).select_related("jurisdiction")
    mechanism = rows.get(pk=mechanism_id)
    made = UpwardReport.made_before(token, title=words.title)
    if made is not None:
        return made
    row = UpwardReport(
        jurisdiction=mechanism.jurisdiction,
        mechanism=mechanism,
        organization=organization,
        kind=kind,
        clause=clause,
        opened_on=day_of(at),
        form_token=token,
    )
    policy_for(UpwardReport).require(actor, "write", row)
    _write(row, words, actor, day_of(at))
    return row


@action
def write_report(
    report_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: ReportWords,
    version: int | None = None,
) -> UpwardReport:
    """Write what is owed, or change a draft; its tables are counted anew."""
    row = _locked(report_id)
    policy_for(UpwardReport).require(actor, "write", row)
    row.require_version(version)
    _write(row, words, actor, day_of(at))
    return row


def _write(row: UpwardReport, words: ReportWords, actor: Actor, on: date) -> None:
    row.title, row.to, row.cc, row.text = words.title, words.to, words.cc, words.text
    row.signer, row.contact = words.signer, words.contact
    row.number, _changed = clean_number(words.number)
    term = _figures_term(row, words.figures, on)
    row.figures = blocks_of(row.organization, term, on=on) if term else []
    row.state, row.by = UpwardState.DRAFT, actor
    row.store()
    record(actor, "returns.report.written", row, title=row.title)
    _put_paper(row, actor, on)


def _figures_term(row: UpwardReport, named: str, on: date) -> Term | None:
    """The term whose tables are wanted; its own, or this year's where it has none."""
    if named == "term":
        return row.term or Term.around(Per.YEAR, on)
    if named == "this_year":
        return Term.around(Per.YEAR, on)
    return Term.around(Per.YEAR, on).before if named == "last_year" else None


@action
def issue_report(
    report_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    number: str = "",
    version: int | None = None,
) -> UpwardReport:
    """Send the paper upward.

    Raises RuleBroken "future" (field on), "no_addressee", "no_signer" or "no_text".
    """
    row = _locked(report_id)
    policy_for(UpwardReport).require(actor, "issue", row)
    row.require_version(version)
    require_past(on, at)
    _require_whole(row)
    if number:
        row.number, _changed = clean_number(number)
    paper = _put_paper(row, actor, on)
    documents.issue(paper.pk, actor=actor, on=on, at=at, number=row.number)
    row.state, row.sent_on, row.by = UpwardState.ISSUED, on, actor
    row.store()
    record(actor, "returns.report.issued", row, title=row.title, on=str(on))
    meet(row, UPWARD_RULE, actor=actor, on=on)
    return row


def _require_whole(row: UpwardReport) -> None:
    if not row.bodies:
        raise RuleBroken("no_addressee", _("Name the body that it goes to."))
    if not row.signer.strip():
        raise RuleBroken("no_signer", _("A paper to a body above names who signs it."))
    if not row.text.strip():
        raise RuleBroken("no_text", _("The text is still empty."))


@action
def note_answer(
    report_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    answer: str,
    version: int | None = None,
) -> UpwardReport:
    """What the body above answered (批复, 批示).

    Raises RuleBroken "future", "too_early" (field on).
    """
    row = _locked(report_id)
    policy_for(UpwardReport).require(actor, "answer", row)
    row.require_version(version)
    require_past(on, at)
    if row.sent_on and on < row.sent_on:
        raise RuleBroken("too_early", _("It was sent later than that."), "on")
    row.state, row.answered_on, row.answer = UpwardState.ANSWERED, on, answer.strip()
    row.store()
    record(actor, "returns.report.answered", row, on=str(on))
    return row


def paper_of(row: UpwardReport) -> OfficialDocument | None:
    """Its document, as draft or issued; None before it was written."""
    about = OfficialDocument.objects.about(row).exclude(state=DocumentState.VOIDED)
    return about.first()


def _put_paper(row: UpwardReport, actor: Actor, on: date) -> OfficialDocument:
    context: dict[str, Any] = papers.upward_context(row, on)
    paper = paper_of(row)
    if paper is not None:
        return documents.redraft(paper.pk, actor=actor, title=row.title, context=context)
    return documents.draft(
        papers.upward_kind(row),
        row,
        actor=actor,
        organization=row.organization,
        jurisdiction=row.jurisdiction,
        title=row.title,
        context=context,
    )


def _locked(report_id: int) -> UpwardReport:
    rows = UpwardReport.objects.select_for_update(of=("self",))
    near = ("jurisdiction", "mechanism", "organization")
    found: UpwardReport = rows.select_related(*near).get(pk=report_id)
    return found
