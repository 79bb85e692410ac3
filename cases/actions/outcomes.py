"""What follows by itself from the step that ended a procedure: duties, notices, analyses."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cases.actions.promises import promise
from cases.flow.table import Step
from cases.models import (
    Agreement,
    AgreementState,
    DutySource,
    LossAnalysis,
    NoticeState,
    OutcomeNotice,
    Procedure,
    Route,
    To,
)
from cases.profile import keeps, rules_of
from cases.states import Kind
from foundations.audit.actor import Actor
from foundations.audit.trail import record
from members.models import Organization
from services.deadlines import actions as deadlines

BINDING = {
    Kind.RECONSIDERATION: (DutySource.DECISION, ("decide", "perform")),
    Kind.FIRST_INSTANCE: (DutySource.JUDGMENT, ("effective",)),
    Kind.SECOND_INSTANCE: (DutySource.JUDGMENT, ("serve",)),
    Kind.RETRIAL: (DutySource.JUDGMENT, ("serve",)),
}
"""With which step the agency has to perform what was decided."""
COUNTED = "FY-VISIT-A"


def follow_outcome(
    procedure: Procedure, step: Step, *, actor: Actor, on: date, facts: Mapping[str, Any]
) -> None:
    """Called by the engine before limits are read; the dispute is locked."""
    if step.closes and procedure.kind == Kind.MEDIATION:
        _owe_agreed(procedure, actor=actor)
    _owe_decided(procedure, step, actor=actor, on=on)
    if step.start and procedure.kind == Kind.VISIT:
        _hand_over_to_visit(procedure, actor=actor, on=on)
    if step.closes:
        _open_notices(procedure, actor=actor, on=on)
        _open_analyses(procedure, actor=actor, on=on, facts=facts)


def _owe_agreed(procedure: Procedure, *, actor: Actor) -> None:
    """What an agreement promises is owed from the day it takes effect."""
    signed = Agreement.objects.filter(procedure=procedure, state=AgreementState.SIGNED).first()
    for item in signed.items.all() if signed else ():
        promise(
            procedure.dispute,
            procedure=procedure,
            owed_by=item.organization,
            party=item.party,
            what=item.what,
            due_on=item.due_on,
            source=DutySource.AGREEMENT,
            actor=actor,
            on=signed.signed_on if signed else None,
        )


def _owe_decided(procedure: Procedure, step: Step, *, actor: Actor, on: date) -> None:
    binding = binding_of(procedure, step)
    if binding is None or procedure.performances.exists():
        return
    source, due_on = binding
    for agency in agencies_of(procedure):
        promise(
            procedure.dispute,
            procedure=procedure,
            owed_by=agency,
            party=None,
            what=duty_name(procedure),
            due_on=due_on,
            source=source,
            actor=actor,
            on=min(on, due_on),
        )
    if procedure.kind == Kind.RECONSIDERATION:
        _open_visit_limit(procedure, due_on, actor=actor)


def binding_of(procedure: Procedure, step: Step) -> tuple[DutySource, date] | None:
    """What binds the agency since the step, and until when it has to perform it."""
    source, steps = BINDING.get(Kind(procedure.kind), (None, ()))
    due = procedure.fact("performance_due")
    if source is None or step.key not in steps or not due or not _burdens(procedure):
        return None
    return source, date.fromisoformat(due) if isinstance(due, str) else due


def _burdens(procedure: Procedure) -> bool:
    """Has the agency to do what the outcome says?"""
    outcome = procedure.outcome
    lost = bool(outcome and (outcome.against or outcome.settled))
    return lost or bool(procedure.fact("against_agency"))


def agencies_of(procedure: Procedure) -> list[Organization]:
    """Who did the act; all agencies of the procedure where that one takes no part."""
    rows = procedure.participants.agencies().select_related("organization")
    found = [one.organization for one in rows if one.organization]
    own = [one for one in found if one.pk == procedure.dispute.agency_id]
    return own or found


def duty_name(procedure: Procedure) -> str:
    name = procedure.outcome.name if procedure.outcome else procedure.name
    return f"{name}，{procedure.number}" if procedure.number else name


def _open_visit_limit(procedure: Procedure, due_on: date, *, actor: Actor) -> None:
    """Until a visit is arranged, the organ owes it by this decision, where the institution
    visits at all (YC-14)."""
    arranged = procedure.dispute.procedures.filter(kind=Kind.VISIT, closed_on=None)
    if keeps(procedure.dispute.mechanism, COUNTED, due_on) and not arranged.exists():
        deadlines.open_by_rule(
            procedure,
            COUNTED,
            actor=actor,
            title=procedure.dispute.title,
            jurisdiction=procedure.dispute.jurisdiction,
            owed_by=procedure.organ,
            trigger_on=due_on,
            mechanism=procedure.dispute.mechanism,
        )


def _hand_over_to_visit(visit: Procedure, *, actor: Actor, on: date) -> None:
    """An arranged visit has its own limit."""
    for one in visit.dispute.procedures.filter(kind=Kind.RECONSIDERATION):
        deadlines.cancel(one, COUNTED, actor=actor, on=on)


def _open_notices(procedure: Procedure, *, actor: Actor, on: date) -> None:
    for notice in notices_of(procedure, on):
        if not procedure.notices.filter(to=notice.to, agency=notice.agency).exists():
            notice.addressee = usual_addressee(notice)
            notice.store()
            record(
                actor, "cases.notice.opened", notice, to=str(notice.to), route=str(notice.route)
            )


def notices_of(procedure: Procedure, on: date) -> list[OutcomeNotice]:
    """Two addressees each, by the route that the profile or the table gives the mode; whom
    they are sent to is not filled in."""
    rules = rules_of(procedure.dispute.mechanism, on)
    route = rules.route_of(procedure.kind, procedure.mode)
    if route not in Route.values:
        return []
    rows = procedure.participants.agencies().select_related("organization")
    agencies = [one.organization for one in rows if one.organization]
    lines = [(To.UPPER, one) for one in agencies[:1]] + [(To.SUPERIOR, one) for one in agencies]
    return [
        OutcomeNotice(procedure=procedure, to=to, agency=agency, route=route)
        for to, agency in lines
    ]


def usual_addressee(notice: OutcomeNotice) -> str:
    """As the last notice of the same organ, or about the same agency, had it."""
    before = OutcomeNotice.objects.filter(to=notice.to).exclude(addressee="")
    before = before.exclude(state=NoticeState.OMITTED)
    if notice.to == To.UPPER:
        before = before.filter(procedure__organ=notice.procedure.organ_id)
    else:
        before = before.filter(agency=notice.agency_id)
    return before.order_by("-pk").values_list("addressee", flat=True).first() or ""


def _open_analyses(
    procedure: Procedure, *, actor: Actor, on: date, facts: Mapping[str, Any]
) -> None:
    for loss in losses_of(procedure, facts):
        if not procedure.losses.filter(organization=loss.organization).exists():
            loss.store()
            record(actor, "cases.loss.opened", loss, mode=procedure.mode)


def losses_of(procedure: Procedure, facts: Mapping[str, Any]) -> list[LossAnalysis]:
    """An analysis by each agency, where the procedure was lost."""
    outcome = procedure.outcome
    if not (outcome and outcome.against) and not facts.get("against_agency"):
        return []
    rows = procedure.participants.agencies().select_related("organization")
    cause = facts.get("ground_of_loss") or procedure.fact("ground_of_loss") or ""
    return [
        LossAnalysis(procedure=procedure, organization=one.organization, cause=cause)
        for one in rows
        if one.organization
    ]
