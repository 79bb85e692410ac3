"""What follows by itself from the step that ended a procedure, of rows not written yet: as
`cases.actions.outcomes` has it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases.actions.bulk.held import Rows, held, hold
from cases.actions.bulk.limits import Clocks, Note
from cases.actions.bulk.session import Session
from cases.actions.outcomes import (
    COUNTED,
    agencies_of,
    binding_of,
    duty_name,
    losses_of,
    notices_of,
    usual_addressee,
)
from cases.actions.promises import BASES, rule_of
from cases.flow.table import Step
from cases.models import (
    DutySource,
    OutcomeNotice,
    Performance,
    Procedure,
    To,
)
from cases.profile import keeps
from cases.states import Kind
from foundations.access.errors import RuleBroken
from members.models import Organization
from services.deadlines.models import Deadline


class Outcomes:
    def __init__(self, session: Session, clocks: Clocks, note: Note) -> None:
        self.session, self.clocks, self.note = session, clocks, note

    def follow(
        self, procedure: Procedure, step: Step, *, on: date, facts: Mapping[str, Any]
    ) -> None:
        self._owe_decided(procedure, step, on)
        if step.start and procedure.kind == Kind.VISIT:
            for one in procedure.dispute.procedures.filter(kind=Kind.RECONSIDERATION):
                self.clocks.cancel(one, COUNTED, on=on)
        if step.closes:
            self._open_notices(procedure, on)
            self._open_analyses(procedure, facts)

    def _owe_decided(self, procedure: Procedure, step: Step, on: date) -> None:
        binding = binding_of(procedure, step)
        if binding is None or held(procedure, "performances"):
            return
        source, due_on = binding
        for agency in agencies_of(procedure):
            self._promise(procedure, agency, due_on, source, min(on, due_on))
        visits = procedure.dispute.procedures.filter(kind=Kind.VISIT, closed_on=None)
        kept = keeps(procedure.dispute.mechanism, COUNTED, due_on)
        if procedure.kind == Kind.RECONSIDERATION and kept and not visits:
            self.clocks.open_by_rule(
                procedure,
                COUNTED,
                title=procedure.dispute.title,
                owed_by=procedure.organ,
                trigger_on=due_on,
            )

    def _promise(
        self, procedure: Procedure, agency: Organization, due_on: date, source: str, since: date
    ) -> None:
        if due_on < since:
            message = _("It cannot be due before %(day)s, when the duty arose.")
            raise RuleBroken("due_before", message % {"day": since}, "performance_due")
        dispute = procedure.dispute
        item = Performance(
            dispute=dispute,
            procedure=procedure,
            organization=agency,
            source=source,
            what=duty_name(procedure)[:300],
            due_on=due_on,
            version=1,
        )
        hold(item, limits=Rows(Deadline))
        held(procedure, "performances").add(item)
        held(dispute, "performances").add(item)
        self.note("cases.performance.owed", item, due_on=str(due_on), source=source)
        self.clocks.open(
            item,
            rule_of(item),
            title=f"{dispute.title}：{item.what}",
            owed_by=agency,
            trigger_on=since,
            due_on=due_on,
            basis=BASES.get(DutySource(source), ""),
        )

    def _open_notices(self, procedure: Procedure, on: date) -> None:
        for notice in notices_of(procedure, on):
            notice.version = 1
            notice.addressee = self._addressee(notice)
            held(procedure, "notices").add(notice)
            told = {"to": str(notice.to), "route": str(notice.route)}
            self.note("cases.notice.opened", notice, **told)

    def _addressee(self, notice: OutcomeNotice) -> str:
        whose = notice.procedure.organ_id if notice.to == To.UPPER else notice.agency_id
        key = (str(notice.to), whose)
        if key not in self.session.addressees:
            self.session.addressees[key] = usual_addressee(notice)
        return self.session.addressees[key]

    def _open_analyses(self, procedure: Procedure, facts: Mapping[str, Any]) -> None:
        for loss in losses_of(procedure, facts):
            loss.version = 1
            held(procedure, "losses").add(loss)
            self.note("cases.loss.opened", loss, mode=procedure.mode)
