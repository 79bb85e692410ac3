"""How the clauses on what units hand in are judged, each by the records that cite it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from foundations.calendars.terms import Per, Term
from mechanisms.findings import (
    EVIDENCE_SHOWN,
    SOON,
    Clause,
    Evidence,
    Finding,
    Occasion,
    Words,
    weigh_count,
    weigh_occasions,
    weigh_standing,
    weigh_use,
)
from mechanisms.states import ComplianceState, RuleKind
from returns.actions.reports import SUBJECT as UPWARD
from returns.fields import Field, fields_of
from returns.matrix import sums_of
from returns.models import (
    CheckSheet,
    Declaration,
    Deliverable,
    Return,
    ReturnDuty,
    UpwardReport,
)
from returns.staffing import SUBJECT as STAFF
from returns.staffing import staffing_under
from returns.states import FieldKind, RoundKind
from returns.units import bound_by

K = RuleKind


def _returns_under(clause: Clause) -> Iterable[Return]:
    rows = Return.objects.filter(
        duty__mechanism=clause.mechanism, duty__number=clause.provision.number
    )
    return rows.for_listing().filter(opened_on__lte=clause.on)


def _handed_in(rows: Iterable[Return]) -> Iterator[Occasion]:
    for row in rows:
        done_on = row.sent_on if not row.is_owed else None
        yield Occasion(row, str(row), row.opened_on, row.due_on, done_on)


def returns_kept(clause: Clause) -> Finding:
    """Every return that the clause asks for is handed in by its day."""
    duties = ReturnDuty.objects.filter(mechanism=clause.mechanism, number=clause.provision.number)
    matter = "、".join(duties.values_list("name", flat=True)) or _("returns of units")
    words = Words(
        kept=_("Handed in: %(matter)s.") % {"matter": matter},
        missing=_("Not every unit has handed in: %(matter)s.") % {"matter": matter},
        idle=_("No returns were asked for yet."),
    )
    return weigh_occasions(clause, _handed_in(_returns_under(clause)), words)


def figures_kept(clause: Clause) -> Finding:
    """Each unit comes to so many in a term: the sum of one figure of its returns."""
    duty = _duty_of(clause)
    field = _field_of(clause, duty) if duty else None
    if duty is None or field is None:
        said = _("The text names no return that would show it.")
        return Finding(ComplianceState.NOT_YET_DUE, said)
    times = clause.parameters.get("times", {"count": 1, "per": Per.YEAR})
    term = Term.around(Per(times["per"]), clause.on)
    now = _standing(duty, field, term, clause, times["count"])
    before = _standing(duty, field, term.before, clause, times["count"])
    names = {"matter": field.label, "n": times["count"]}
    kept = _("Every unit has come to at least %(n)d: %(matter)s.") % names
    missing = _("Not every unit has come to %(n)d yet: %(matter)s.") % names
    shown = tuple(
        Evidence(row, str(row), row.sent_on)
        for row in _there(duty, term, clause)
        if row.sent_on is not None
    )[:EVIDENCE_SHOWN]
    if now.units and not now.short:
        return Finding(ComplianceState.KEPT, kept, shown)
    was_bound = clause.provision.version.effective_from <= term.before.first_on
    if was_bound and before.units and before.short:
        return Finding(ComplianceState.BROKEN, missing, shown, term.last_on)
    near = term.last_on - clause.on <= SOON
    state = ComplianceState.DUE_SOON if near else ComplianceState.NOT_YET_DUE
    return Finding(state, missing, shown, term.last_on)


@dataclass(frozen=True)
class Standing:
    """The units asked in a term, and those that stay below what is owed."""

    units: tuple[int, ...]
    short: tuple[int, ...]


def _standing(duty: ReturnDuty, field: Field, term: Term, clause: Clause, least: int) -> Standing:
    by_unit: dict[int, list[Return]] = {}
    for row in _asked(duty, term, clause):
        by_unit.setdefault(row.organization_id, []).append(row)
    below = [pk for pk, rows in by_unit.items() if _below(field, rows, least)]
    return Standing(tuple(by_unit), tuple(below))


def _below(field: Field, rows: list[Return], least: int) -> bool:
    given = {"key": field.key, "label": field.label, "kind": field.kind}
    figure = field.figure(next(sums_of([given], rows)).total)
    return figure is None or figure < least


def _asked(duty: ReturnDuty, term: Term, clause: Clause) -> list[Return]:
    """The returns of the terms that lie within the term; what came later than the day that
    is asked about counts as not there."""
    rows = duty.returns.filter(year=term.year, opened_on__lte=clause.on)
    within = [row for row in rows if term.first_on <= row.term.first_on <= term.last_on]
    for row in within:
        if row.sent_on is not None and row.sent_on > clause.on:
            row.values, row.nil = {}, False
    return within


def _there(duty: ReturnDuty, term: Term, clause: Clause) -> list[Return]:
    rows = duty.returns.for_listing().filter(year=term.year, sent_on__lte=clause.on)
    return [row for row in rows.order_by("-sent_on") if term.first_on <= row.term.first_on]


def _duty_of(clause: Clause) -> ReturnDuty | None:
    """The duty that the clause names, or the one that cites it."""
    duties = ReturnDuty.objects.filter(mechanism=clause.mechanism)
    named = clause.parameters.get("matter", "")
    for duty in duties:
        if named and named in (duty.key, duty.name):
            return duty
    return duties.filter(number=clause.provision.number).first()


def _field_of(clause: Clause, duty: ReturnDuty) -> Field | None:
    wanted = clause.parameters.get("field", "")
    fields = fields_of(duty.fields)
    for field in fields:
        if wanted in (field.key, field.label) or (not wanted and field.kind == FieldKind.COUNT):
            return field
    return None


def deliverables_kept(clause: Clause) -> Finding:
    """Every unit has the document; while one still may come, it is not yet due."""
    rows = list(
        Deliverable.objects.for_listing().filter(
            mechanism=clause.mechanism,
            number=clause.provision.number,
        )
    )
    rows = [row for row in rows if _asked_for(row) <= clause.on]
    names = {"name": "、".join(dict.fromkeys(row.name for row in rows))}
    words = Words(
        kept=_("There: %(name)s.") % names,
        missing=_("Not there yet: %(name)s.") % names,
        idle=_("No document was asked for yet."),
    )
    found = [_delivered(row) for row in rows]
    if not found or any(not one.done_by(clause.on) for one in found):
        return weigh_occasions(clause, found, words)
    return weigh_standing(clause, [one.evidence for one in found], True, words)


def assessment_kept(clause: Clause) -> Finding:
    """The document by which the matters that the clause names enter an assessment: the portal
    counts the figures, but only that document shows that they are assessed."""
    asked = Deliverable.objects.filter(mechanism=clause.mechanism, number=clause.provision.number)
    if asked.exists():
        return deliverables_kept(clause)
    items = "、".join(clause.parameters.get("items", ()))
    said = _("No assessment with these matters is on record: %(items)s.") % {"items": items}
    return Finding(ComplianceState.NOT_YET_DUE, said)


def _delivered(row: Deliverable) -> Occasion:
    return Occasion(row, str(row), _asked_for(row), row.due_on, row.delivered_on)


def _asked_for(row: Deliverable) -> date:
    """The portal may learn of it after the day that the text names."""
    return min(day for day in (row.opened_on, row.due_on, row.delivered_on) if day)


def staff_kept(clause: Clause) -> Finding:
    """Every unit bound by the clause has as many handlers as it wants."""
    found = staffing_under(clause.mechanism, clause.provision, clause.on)
    short = [one.organization.short_name for one in found if one.lacking]
    shown = [
        Evidence(handler, str(handler.organization.short_name), handler.valid_from or clause.on)
        for one in found
        for handler in one.handlers
    ]
    words = Words(
        kept=_("Every unit has the handlers that the clause wants."),
        missing=_("Short of handlers: %(units)s.") % {"units": "、".join(short) or "—"},
    )
    return weigh_standing(clause, shown, bool(found) and not short, words)


def facilities_kept(clause: Clause) -> Finding:
    return _checks_kept(clause, RoundKind.FACILITY)


def self_checks_kept(clause: Clause) -> Finding:
    return _checks_kept(clause, RoundKind.SELF_CHECK)


def _checks_kept(clause: Clause, kind: str) -> Finding:
    """Sheets are filled in by their day, and what is wanting is put right by its own."""
    words = Words(
        kept=_("Checked, and what was wanting is put right."),
        missing=_("A check is open, or what was wanting is not put right."),
        idle=_("No check was called within a year."),
    )
    return weigh_occasions(clause, _checked(clause, kind), words)


def _checked(clause: Clause, kind: str) -> Iterator[Occasion]:
    sheets = CheckSheet.objects.for_listing().filter(
        round__mechanism=clause.mechanism,
        round__kind=kind,
        round__number__in=("", clause.provision.number),
        round__begun_on__lte=clause.on,
    )
    for sheet in sheets:
        asked = sheet.round
        yield Occasion(sheet, str(sheet), asked.begun_on, asked.due_on, sheet.sent_on)
        if sheet.sent_on is not None and sheet.sent_on <= clause.on:
            for point in sheet.lacking:
                label = f"{sheet.organization.short_name} {point.item}"
                yield Occasion(sheet, label, sheet.sent_on, point.mend_by, point.mended_on)


def reports_kept(clause: Clause) -> Finding:
    """A report of each term by its end; without a term, once one was sent within a year."""
    rows = UpwardReport.objects.for_listing().filter(
        mechanism=clause.mechanism,
        clause=clause.provision.number,
        opened_on__lte=clause.on,
    )
    words = Words(
        kept=_("Reported to the bodies above."),
        missing=_("A report to the bodies above is still owed."),
        idle=_("No report was sent upward within a year."),
    )
    if "every_months" in clause.parameters:
        found = [Occasion(row, row.title, row.opened_on, row.due_on, row.sent_on) for row in rows]
        return weigh_occasions(clause, found, words)
    sent = [
        Occasion(row, row.title, row.sent_on, None, row.sent_on)
        for row in rows
        if row.sent_on is not None
    ]
    return weigh_use(clause, sent, words)


def declarations_kept(clause: Clause) -> Finding:
    """A statement each year from the units bound by the clause; who gave it in is not told."""
    units = bound_by(clause.mechanism, clause.provision, clause.on)
    ids = {unit.pk for unit in units} | {unit.acts_for_id for unit in units if unit.acts_for_id}
    acting = [pk for unit in units for pk in unit.acted_for_by.values_list("pk", flat=True)]
    rows = Declaration.objects.filter(
        organization__in=[*ids, *acting], on__lte=clause.on
    ).select_related("organization")
    found = [Evidence(row, str(row.get_kind_display()), row.on) for row in rows]
    words = Words(
        kept=_("Statements were given in this year."),
        missing=_("No statement was given in this year yet."),
    )
    return weigh_count(clause, found, words)


JUDGES = (
    (K.TASK, "return", returns_kept),
    (K.COUNT_PER_PERIOD, "return", figures_kept),
    (K.TASK, "deliverable", deliverables_kept),
    (K.CHECKLIST, "assessment_sheet", assessment_kept),
    (K.TASK, STAFF, staff_kept),
    (K.TASK, "facility", facilities_kept),
    (K.CHECKLIST, "facility", facilities_kept),
    (K.TASK, "self_check", self_checks_kept),
    (K.CHECKLIST, "self_check", self_checks_kept),
    (K.TASK, "declaration", declarations_kept),
    (K.TASK, UPWARD, reports_kept),
    (K.REPORT_DEADLINE, UPWARD, reports_kept),
)
