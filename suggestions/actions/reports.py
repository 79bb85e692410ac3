"""The only writers of reports on how letters stand: of a year (CX-26), or of a quarter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.notifications.send import notify_once
from mechanisms.models import Mechanism
from mechanisms.queries import provision
from members.models import Organization, User
from members.states import OrganizationKind
from services.deadlines.actions import meet, open_by_rule
from services.documents import actions as documents
from services.documents.models import OfficialDocument
from services.documents.states import DocumentState
from suggestions import papers
from suggestions.actions.steps import day_of, office_language, people_of
from suggestions.figures import implementation
from suggestions.models import Report, Suggestion
from suggestions.models.reports import YEARLY_RULE
from suggestions.numbers import clean_number
from suggestions.periods import Period, last_year
from suggestions.profile import rules_of
from suggestions.states import LetterState
from suggestions.units import units_named

REPORTING = (OrganizationKind.COURT, OrganizationKind.PROCURATORATE)
QUARTER = 3


@dataclass(frozen=True)
class ReportWords:
    """What a person adds to the figures: whom it goes to, its number, what is to be said."""

    told: tuple[int, ...] = ()
    number: str = ""
    remark: str = ""


@action
def prepare_report(
    mechanism_id: int,
    *,
    actor: Actor,
    at: datetime,
    organization_id: int,
    period: Period,
    words: ReportWords,
    version: int | None = None,
) -> Report:
    """Draft the report of a period, or bring its draft up to date with the letters.

    Raises RuleBroken: "future_period" (field year), "issued", "wrong_unit" (field told).
    """
    mechanism = Mechanism.objects.select_related("jurisdiction").get(pk=mechanism_id)
    report = _report(mechanism, organization_id, period)
    _require_open(report)
    policy_for(Report).require(actor, "prepare", report)
    if period.first_on > day_of(at):
        message = _("%(period)s has not begun yet.") % {"period": period.label}
        raise RuleBroken("future_period", message, "year")
    if report.pk:
        report.require_version(version)
    told = _told(report, words.told)
    report.number, _changed = clean_number(words.number)
    report.remark, report.by = words.remark.strip(), actor
    report.store()
    report.told.set(told)
    _put_paper(report, actor, day_of(at))
    record(actor, "suggestions.report.prepared", report, period=period.label)
    return report


@action
def issue_report(
    report_id: int, *, actor: Actor, at: datetime, version: int | None = None
) -> Report:
    """Issue the report with the figures of the day, and tell whom it goes to.

    Raises RuleBroken: "issued", "no_recipient", "not_drafted".
    """
    report = _locked(report_id)
    _require_open(report)
    policy_for(Report).require(actor, "issue", report)
    report.require_version(version)
    told = list(report.told.all())
    if not told:
        raise RuleBroken("no_recipient", _("Choose at least one unit that the report goes to."))
    if paper_of(report) is None:
        raise RuleBroken("not_drafted", _("The report has not been drafted yet."))
    on = day_of(at)
    paper = _put_paper(report, actor, on)
    documents.issue(paper.pk, actor=actor, on=on, at=at, number=report.number)
    report.issued_on, report.by = on, actor
    report.store()
    record(actor, "suggestions.report.issued", report, period=report.label)
    if report.is_yearly:
        meet(report, YEARLY_RULE, actor=actor, on=on)
    _tell(report, told, actor, at)
    return report


@action
def note_export(*, actor: User, period: Period, issuer: Organization, rows: int) -> None:
    """Somebody takes the tables of a period away as a file."""
    told = {"period": period.label, "unit": issuer.short_name, "rows": rows}
    record(actor, "suggestions.report.exported", actor, **told)


def open_yearly_duties(*, on: date) -> int:
    """In the first quarter: every court and procuratorate that issued letters last year owes
    a report where its institution asks for one; how many duties are open now.

    Safe to repeat; outside the first quarter nothing is opened.
    """
    if on.month > QUARTER:
        return 0
    return sum(_open_duties(one, on) for one in Mechanism.objects.order_by("pk"))


@action
def _open_duties(mechanism: Mechanism, on: date) -> int:
    number = rules_of(mechanism, on).yearly_provision
    if not number:
        return 0
    period = last_year(on)
    owing = [_report(mechanism, pk, period) for pk in _issuers(mechanism, period)]
    for report in (one for one in owing if one.issued_on is None):
        if not report.pk:
            report.store()
            record(None, "suggestions.report.owed", report, period=period.label)
        with office_language():
            title = _("Report on the suggestions of %(year)d") % {"year": period.year}
        open_by_rule(
            report,
            YEARLY_RULE,
            actor=None,
            title=title,
            jurisdiction=report.jurisdiction,
            owed_by=report.organization,
            trigger_on=date(on.year, 1, 1),
            mechanism=mechanism,
            provision=provision(mechanism, number, on),
        )
    return sum(one.issued_on is None for one in owing)


def _issuers(mechanism: Mechanism, period: Period) -> Iterable[int]:
    issued = Suggestion.objects.filter(
        mechanism=mechanism,
        state=LetterState.ISSUED,
        issuer__kind__in=REPORTING,
        issued_on__range=(period.first_on, period.last_on),
    )
    return issued.order_by("issuer").values_list("issuer", flat=True).distinct()


def usual_recipients(mechanism: Mechanism, issuer: Organization, on: date) -> list[Organization]:
    """Whom the institution lets urge: the legal affairs office, the justice bureau after it."""
    keys = rules_of(mechanism, on).urged_by
    found = units_named(mechanism.jurisdiction_id, keys, on).values()
    return [unit for unit in found if unit != issuer]


def paper_of(report: Report) -> OfficialDocument | None:
    """Its document, as draft or issued; None before it was drafted."""
    papers_ = OfficialDocument.objects.about(report).exclude(state=DocumentState.VOIDED)
    return papers_.first()


def _report(mechanism: Mechanism, organization_id: int, period: Period) -> Report:
    """The report of the period, locked, or a new one; the issuer's row keeps it the only one."""
    issuer = Organization.objects.select_for_update(of=("self",)).get(pk=organization_id)
    found = Report.objects.select_for_update(of=("self",)).filter(
        mechanism=mechanism, organization=issuer, year=period.year, quarter=period.quarter
    )
    return found.select_related("jurisdiction", "mechanism", "organization").first() or Report(
        jurisdiction=issuer.jurisdiction,
        mechanism=mechanism,
        organization=issuer,
        year=period.year,
        quarter=period.quarter,
    )


def _locked(report_id: int) -> Report:
    rows = Report.objects.select_for_update(of=("self",))
    return rows.select_related("jurisdiction", "mechanism", "organization").get(pk=report_id)


def _require_open(report: Report) -> None:
    if report.issued_on is not None:
        message = _("This report was issued on %(day)s; it stays as it is.")
        raise RuleBroken("issued", message % {"day": report.issued_on.isoformat()})


def _told(report: Report, wanted: tuple[int, ...]) -> list[Organization]:
    rows = Organization.objects.filter(jurisdiction=report.jurisdiction, pk__in=wanted)
    told = list(rows.exclude(pk=report.organization_id))
    if len(told) != len(set(wanted)):
        raise RuleBroken("wrong_unit", _("Choose units of this place."), "told")
    return told


def _put_paper(report: Report, actor: Actor, on: date) -> OfficialDocument:
    counted = implementation(report.mechanism, report.organization, report.period, on)
    context = papers.report_context(report, counted, told=report.told.all())
    title, paper = papers.report_title(report), paper_of(report)
    if paper is not None:
        return documents.redraft(paper.pk, actor=actor, title=title, context=context)
    return documents.draft(
        papers.REPORT_KIND,
        report,
        actor=actor,
        organization=report.organization,
        jurisdiction=report.jurisdiction,
        title=title,
        context=context,
    )


def _tell(report: Report, told: list[Organization], actor: Actor, at: datetime) -> None:
    people = {user.pk: user for unit in told for user in people_of(unit, at)}
    with office_language():
        title = _("Report received: %(title)s") % {"title": papers.report_title(report)}
    others = [user for user in people.values() if user != actor]
    notify_once(others, report, reason="issued", title=title, at=at)
