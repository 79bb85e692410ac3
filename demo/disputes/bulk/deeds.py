"""Every deed of a course written into the sheet of its dispute."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from cases.actions.bulk.held import Rows, held, hold
from cases.actions.checklist import ONWARD
from cases.actions.disputes import columns_of, party_of, title_of
from cases.actions.performance import REPORTED, visit_reason
from cases.actions.roles import parts_of
from cases.actions.routing import MODES, PASSED_ON
from cases.actions.visits import AGAIN
from cases.flow.table import table_of
from cases.models import (
    Advised,
    Agreement,
    AgreementItem,
    AgreementState,
    Checklist,
    ChecklistLook,
    Concerned,
    Dispute,
    Guidance,
    Link,
    Look,
    MediationConsent,
    Party,
    Performance,
    PerformanceReport,
    Procedure,
    Visit,
    WayOut,
)
from cases.states import Kind
from demo.disputes import deeds as d
from demo.disputes.bulk.engine import facts_of, happen
from demo.disputes.bulk.sheet import Chapter, Sheet
from demo.disputes.bulk.sitting import SITTING
from demo.disputes.bulk.told import TELLING, item_of
from foundations.audit.actor import Actor
from members.models import Organization
from members.states import OrganizationKind, Side


def _register(sheet: Sheet, deed: d.Register) -> None:
    words, cast = deed.words, sheet.cast
    dispute = sheet.add(
        Dispute(
            jurisdiction=cast.mechanism.jurisdiction,
            mechanism=cast.mechanism,
            title=title_of(words),
            state="waiting",
            number=cast.numbers.next("dispute", words.filed_on.year),
            **columns_of(words),
        )
    )
    hold(dispute, parties=Rows(Party), procedures=Rows(Procedure))
    for order, party in enumerate(words.parties):
        held(dispute, "parties").add(sheet.add(party_of(dispute, party, order)))
    sheet.admit([words.registered_by, words.agency], "party")
    bureaus = (u for u in cast.units.values() if u.kind == OrganizationKind.JUSTICE_BUREAU)
    sheet.admit(bureaus, "justice")
    given = {"source": words.source}
    opened = d.Open(deed.on, "intake", Kind.INTAKE, words.registered_by, given)
    _open(sheet, opened)
    take(sheet, "intake", "register", deed, cast.writer(words.registered_by))


def _concern(sheet: Sheet, deed: d.Concern) -> None:
    for unit in (sheet.dispute.agency, deed.agency):
        if not any(row.organization is unit for row in sheet.rows[Concerned]):
            sheet.add(Concerned(dispute=sheet.dispute, organization=unit))
            sheet.admit([unit], "party")


def _guide(sheet: Sheet, deed: d.Guide) -> None:
    words = deed.words
    sheet.add(
        Guidance(
            dispute=sheet.dispute,
            organization=words.organization,
            recorded_by=sheet.writer(words.organization),
            possible=words.possible,
            guided_on=words.guided_on,
            chose=words.chose,
            reason=words.reason,
        )
    )


def _check(sheet: Sheet, deed: d.Check) -> None:
    words, actor = deed.words, sheet.writer(deed.words.organization)
    checklist = sheet.add(
        Checklist(
            dispute=sheet.dispute,
            organization=words.organization,
            checked_by=actor,
            decision=words.decision,
            decided_on=deed.on,
            reason=words.reason,
        )
    )
    for look in Look:
        verdict, note = words.looks[look]
        sheet.add(ChecklistLook(checklist=checklist, look=look, verdict=verdict, note=note))
    if not _may_close(sheet, words.organization):
        return
    reason = words.reason or str(Advised(words.decision).label)
    given = {"mode": ONWARD[words.decision], "reason": reason}
    take(sheet, "intake", "close", deed, actor, given)


def _may_close(sheet: Sheet, unit: Organization) -> bool:
    """The organ of the registration, and the justice bureau for what is no court's."""
    organ = sheet.intake().row.organ
    of_bureau = unit.kind == OrganizationKind.JUSTICE_BUREAU
    return unit == organ or (of_bureau and organ.side not in (Side.COURT, Side.PROCURATORATE))


def take(
    sheet: Sheet,
    name: str,
    step: str,
    deed: d.Deed,
    actor: Actor,
    given: Mapping[str, Any] | None = None,
) -> None:
    facts = facts_of(sheet, given or {})
    happen(sheet, sheet.chapters[name], step, actor=actor, deed=deed, facts=facts)


def _open(sheet: Sheet, deed: d.Open) -> None:
    open_chapter(sheet, deed, sheet.writer(deed.organ))


def open_chapter(sheet: Sheet, deed: d.Open, actor: Actor) -> Chapter:
    table = table_of(deed.kind)
    procedure = sheet.add(
        Procedure(
            dispute=sheet.dispute,
            kind=deed.kind,
            organ=deed.organ,
            state=table.first,
            opened_on=deed.on,
        )
    )
    chapter = Chapter(procedure)
    held(sheet.dispute, "procedures").add(procedure)
    earlier = sheet.chapters.get(deed.earlier)
    if earlier is not None:
        sheet.add(Link(earlier=earlier.row, later=procedure, reason=deed.reason))
    _enter(sheet, chapter, earlier, deed)
    sheet.admit([deed.organ], "organ")
    sheet.admit([one.organization for one in procedure.participants.all()], "party")
    if deed.kind != Kind.INTAKE:
        _close_intake(sheet, chapter, deed, actor)
    sheet.chapters[deed.name] = chapter
    facts = facts_of(sheet, deed.given)
    happen(sheet, chapter, table.opening.key, actor=actor, deed=deed, facts=facts)
    return chapter


def _close_intake(sheet: Sheet, chapter: Chapter, deed: d.Open, actor: Actor) -> None:
    intake = sheet.intake()
    if not intake.row.is_open or intake.row.state not in intake.row.step(PASSED_ON).sources:
        return
    mode = MODES.get(Kind(deed.kind), "other")
    happen(sheet, intake, PASSED_ON, actor=actor, deed=deed, facts={"mode": mode})
    if not any(link.later is chapter.row for link in sheet.rows[Link]):
        reason = intake.row.table.modes[mode].name
        sheet.add(Link(earlier=intake.row, later=chapter.row, reason=reason))


def _enter(sheet: Sheet, chapter: Chapter, earlier: Chapter | None, deed: d.Open) -> None:
    claimants = None if deed.prosecutor is None else [deed.prosecutor]
    agencies = deed.agencies or None
    parts = parts_of(chapter.row, earlier.row if earlier else None, claimants, agencies)
    for part in parts:
        sheet.add(part)
    for part in sorted(parts, key=lambda one: (one.role, one.order)):
        held(chapter.row, "participants").add(part)


def _take(sheet: Sheet, deed: d.Take) -> None:
    organ = sheet.chapters[deed.name].row.organ
    take(sheet, deed.name, deed.step, deed, sheet.writer(organ), deed.given)


def _consent(sheet: Sheet, deed: d.Consent) -> None:
    chapter = sheet.chapters[deed.name]
    actor = sheet.writer(chapter.row.organ)
    for part in chapter.side("party"):
        sheet.add(
            MediationConsent(
                participant=part,
                agreed=deed.agreed,
                on=deed.on,
                method=deed.method,
                recorded_by=actor,
            )
        )
    if deed.agreed:
        number = deed.number or sheet.cast.numbers.next(Kind.MEDIATION, deed.on.year)
        take(sheet, deed.name, "consent", deed, actor, {"number": number})


def _agree(sheet: Sheet, deed: d.Agree) -> None:
    chapter = sheet.chapters[deed.name]
    agreement = sheet.add(
        Agreement(
            procedure=chapter.row,
            kind="mediated",
            facts=deed.facts,
            confirmation=deed.court is not None,
            state=AgreementState.SIGNED,
            signed_on=deed.on,
            effective_on=deed.on,
        )
    )
    for order, one in enumerate(deed.promises, 1):
        sheet.add(
            AgreementItem(
                agreement=agreement,
                order=order,
                organization=sheet.dispute.agency if one.by_agency else None,
                party=None if one.by_agency else chapter.side("party")[0].party,
                what=one.what,
                due_on=one.due_on,
            )
        )
    actor = sheet.writer(chapter.row.organ)
    take(sheet, deed.name, "close", deed, actor, {"mode": "settled"})
    if deed.court is not None:
        agencies = tuple(one.organization for one in chapter.agencies() if one.organization)
        onward = next(one for one in chapter.row.table.onward if one.kind == Kind.CONFIRMATION)
        opened = d.Open(
            deed.on,
            deed.confirmation,
            Kind.CONFIRMATION,
            deed.court,
            earlier=deed.name,
            reason=onward.reason,
            agencies=agencies,
        )
        open_chapter(sheet, opened, None)


def _show_way(sheet: Sheet, deed: d.ShowWay) -> None:
    row = sheet.chapters[deed.name].row
    sheet.add(WayOut(procedure=row, way=deed.way, reason=deed.reason, on=deed.on))


def _report(sheet: Sheet, deed: d.Report) -> None:
    chapter = sheet.chapters[deed.name]
    agency = item_of(sheet, deed.name, 0).organization
    if agency is None:
        raise LookupError("A decision is performed by agencies.")
    sheet.add(
        PerformanceReport(
            procedure=chapter.row,
            organization=agency,
            reported_on=deed.on,
            text=deed.text,
            by=sheet.writer(agency),
        )
    )
    sheet.limits.meet(chapter.row, REPORTED, deed.on, agency)
    _arrange_after(sheet, deed.visit, deed.name, deed, None)
    take(sheet, deed.visit, "report_received", deed, None)
    if chapter.row.state == "performing":
        take(sheet, deed.name, "visit", deed, None)


def _arrange(sheet: Sheet, deed: d.Arrange) -> None:
    actor = sheet.writer(sheet.chapters[deed.after].row.organ)
    _arrange_after(sheet, deed.name, deed.after, deed, actor)


def _arrange_after(sheet: Sheet, name: str, after: str, deed: d.Deed, actor: Actor) -> None:
    chapter = sheet.chapters[after]
    given: dict[str, Any] = {"visit_reason": visit_reason(chapter.row)}
    items = sheet.of(Performance, chapter)
    due: Any = max((item.due_on for item in items), default=None)
    due = due or chapter.row.fact("performance_due")
    if due:
        given["performance_due"] = date.fromisoformat(due) if isinstance(due, str) else due
    opened = d.Open(
        deed.on, name, Kind.VISIT, chapter.row.organ, given, earlier=after, reason="回访"
    )
    open_chapter(sheet, opened, actor)


def _visited(sheet: Sheet, deed: d.Visited) -> None:
    chapter, words = sheet.chapters[deed.name], deed.words
    actor = sheet.writer(chapter.row.organ)
    sheet.add(
        Visit(
            procedure=chapter.row,
            visitor=actor,
            on=words.on,
            method=words.method,
            person=words.person,
            result=words.result,
            said=words.said,
            measure=words.measure,
            next_on=words.next_on,
        )
    )
    sheet.limits.meet(chapter.row, AGAIN, words.on)
    if words.next_on is not None:
        sheet.limits.open(
            chapter.row,
            AGAIN,
            title=sheet.dispute.title,
            owed_by=chapter.row.organ,
            trigger_on=words.on,
            due_on=words.next_on,
            handler=chapter.row.handler,
        )
    given = {"mode": words.result, "method": words.method}
    take(sheet, deed.name, "visit", deed, actor, given)


WRITES: dict[type[d.Deed], Callable[[Sheet, Any], None]] = {
    d.Register: _register,
    d.Concern: _concern,
    d.Guide: _guide,
    d.Check: _check,
    d.Open: _open,
    d.Take: _take,
    d.Consent: _consent,
    d.Agree: _agree,
    d.ShowWay: _show_way,
    d.Report: _report,
    d.Arrange: _arrange,
    d.Visited: _visited,
    **SITTING,
    **TELLING,
}
