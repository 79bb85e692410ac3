"""What stands under “Settling” on a dispute's page: mediations, plans, and who is asked."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cases.actions.mediation import ways_out
from cases.acts import Recorder
from cases.flow.asks import METHODS
from cases.models import (
    Agreement,
    AgreementState,
    Allowance,
    Assignment,
    AssignmentState,
    Authority,
    Dispute,
    LegalAid,
    MediationConsent,
    MediationSession,
    Participant,
    Plan,
    Procedure,
    SessionCall,
    WayOut,
)
from cases.pills import Pill, pill_of
from cases.policy.circle import works_in_justice_bureau
from cases.policy.registers import keeps_register
from cases.states import Kind, Standing
from cases.views.reading import reading_of
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from members.models import Organization, User
from members.policy import WORKERS, works_for
from members.standing import standing


@dataclass(frozen=True)
class Doing:
    """Something that the reader may do now."""

    label: str | Promise
    url: str


@dataclass(frozen=True)
class Said:
    """What a party last said about mediation, if it was asked."""

    part: Participant
    consent: MediationConsent | None

    @property
    def how(self) -> str:
        return str(dict(METHODS).get(self.consent.method, "")) if self.consent else ""


@dataclass(frozen=True)
class MediationPart:
    """One mediation on the dispute's page; `takes_part`: the reader mediates it."""

    procedure: Procedure
    pill: Pill
    said: list[Said]
    assignment: Assignment | None
    sessions: list[MediationSession]
    agreement: Agreement | None
    allowance: Allowance | None
    shown: WayOut | None
    way_out: str
    takes_part: bool
    doings: list[Doing]


def mediation_section(request: SignedInRequest, dispute: Dispute) -> dict:
    """The context of `_mediation.html`; a fixed number of queries for any number of them."""
    reading = reading_of(request, dispute)
    found = [one for one in reading.procedures if one.kind == Kind.MEDIATION]
    recorder = Recorder(request.user, dispute, reading.procedures)
    paid = visible_to(request.user, Allowance).filter(assignment__procedure__in=found)
    allowances = {one.assignment_id: one for one in paid}
    rows = {row.pk: row for row in _read(found)}
    return {
        "mediations": [_part(recorder, one, rows[one.pk], allowances) for one in reversed(found)],
        "my_units": standing(request.user).organizations,
    }


def _read(found: list[Procedure]) -> list[Procedure]:
    parts = Participant.objects.select_related("party", "organization")
    people = Assignment.objects.select_related("professional").order_by("pk")
    calls = SessionCall.objects.select_related("organization", "session")
    sessions = MediationSession.objects.prefetch_related(
        Prefetch("came", parts), Prefetch("calls", calls)
    )
    agreements = Agreement.objects.prefetch_related("items__organization", "items__party")
    rows = Procedure.objects.filter(pk__in=[one.pk for one in found]).select_related("way_out")
    return list(
        rows.prefetch_related(
            Prefetch("participants", parts.prefetch_related("consents")),
            Prefetch("assignments", people),
            Prefetch("sessions", sessions),
            Prefetch("agreements", agreements),
        )
    )


def _part(
    recorder: Recorder, procedure: Procedure, row: Procedure, allowances: dict[int, Allowance]
) -> MediationPart:
    people = list(row.assignments.all())
    shown: WayOut | None = getattr(row, "way_out", None)
    said = [_said(part) for part in row.participants.all()]
    assignment = people[-1] if people else None
    part = MediationPart(
        procedure=procedure,
        pill=pill_of(procedure),
        said=[one for one in said if one.part.party or one.consent],
        assignment=assignment,
        sessions=list(row.sessions.all()),
        agreement=next(iter(row.agreements.all()), None),
        allowance=allowances.get(assignment.pk) if assignment else None,
        shown=shown,
        way_out=_way_name(procedure, shown),
        takes_part=_may(recorder, procedure, "close"),
        doings=[],
    )
    part.doings.extend(_doings(recorder, part))
    return part


def _said(part: Participant) -> Said:
    answers = list(part.consents.all())
    return Said(part, answers[-1] if answers else None)


def _way_name(procedure: Procedure, shown: WayOut | None) -> str:
    if shown is None:
        return ""
    return ways_out(procedure).get(shown.way, _("The party wants no other way"))


def _may(recorder: Recorder, procedure: Procedure, key: str) -> bool:
    return any(recorder.holds(role, procedure) for role in procedure.step(key).by)


def _doings(recorder: Recorder, part: MediationPart) -> Iterator[Doing]:
    procedure, agreement = part.procedure, part.agreement
    here = [recorder.dispute.public_id, procedure.public_id]
    offered = []
    if procedure.state == "asking" and _may(recorder, procedure, "consent"):
        offered.append(("consents", _("Record the consents")))
    if part.takes_part and procedure.state in procedure.step("close").sources:
        offered.append(("session-new", _("Set a session")))
        offered.append(("agreement", _("Write the agreement")))
        if agreement is not None and agreement.state == AgreementState.DRAFT:
            offered.append(("agreement-sign", _("Record the signing")))
    outcome = procedure.outcome
    if part.takes_part and outcome and outcome.onward and not part.way_out:
        offered.append(("way-out", _("Show the way out")))
    if part.takes_part and _untaken(recorder.dispute, part.shown):
        offered.append(("way-given-up", _("The party goes no further")))
    if _allowance_due(recorder, part):
        offered.append(("allowance-new", _("Propose the allowance")))
    yield from (Doing(label, reverse(f"cases:{name}", args=here)) for name, label in offered)


def _untaken(dispute: Dispute, shown: WayOut | None) -> bool:
    waits = dispute.standing == Standing.ONWARD and shown is not None
    return waits and shown.given_up_on is None


def _allowance_due(recorder: Recorder, part: MediationPart) -> bool:
    outcome, assignment = part.procedure.outcome, part.assignment
    if outcome is None or not outcome.settled or part.allowance is not None:
        return False
    if assignment is None or assignment.state != AssignmentState.ACCEPTED:
        return False
    chosen = assignment.professional
    own = chosen is not None and chosen.user_id == recorder.user.pk
    organ = recorder.holds("organ", part.procedure)
    return not own and (organ or works_in_justice_bureau(recorder.user, recorder.dispute))


@dataclass(frozen=True)
class PlanLine:
    """An agency of the dispute, its plans that the reader sees, and its authority."""

    organization: Organization
    plans: list[Plan]
    authority: Authority | None
    writes: bool
    decides: bool


def plans_section(request: SignedInRequest, dispute: Dispute) -> dict:
    """The context of `_plans.html`: nothing of what the reader may not see."""
    plans = list(_of(request.user, Plan, dispute).select_related("organization"))
    held = _of(request.user, Authority, dispute).filter(replaced=False)
    authorities = {one.organization_id: one for one in held.select_related("organization")}
    agencies = _agencies(request, dispute)
    bureau = works_in_justice_bureau(request.user, dispute)
    lines = [
        PlanLine(
            organization=unit,
            plans=[one for one in plans if one.organization_id == unit.pk],
            authority=authorities.get(unit.pk),
            writes=bureau or works_for(request.user, unit),
            decides=works_for(request.user, unit),
        )
        for unit in agencies
    ]
    return {"plan_lines": [one for one in lines if one.plans or one.authority or one.writes]}


def _of(user: User, model: type, dispute: Dispute):  # type: ignore[no-untyped-def]
    return visible_to(user, model).filter(dispute=dispute)


def _agencies(request: SignedInRequest, dispute: Dispute) -> list[Organization]:
    """The agency, and whoever else answers in one of its procedures."""
    found = {dispute.agency.pk: dispute.agency}
    for procedure in reading_of(request, dispute).procedures:
        for part in procedure.participants.all():
            if part.organization and part.organization.side == dispute.agency.side:
                found.setdefault(part.organization.pk, part.organization)
    return list(found.values())


def help_section(request: SignedInRequest, dispute: Dispute) -> dict:
    """The context of `_help.html`: lawyers and experts asked for, and legal aid."""
    rows = _of(request.user, Assignment, dispute).filter(procedure=None)
    aid = _of(request.user, LegalAid, dispute).select_related("party", "lawyer", "referred_by")
    return {
        "helpers": list(rows.select_related("professional", "requested_by")),
        "legal_aid": list(aid),
        "keeps_register": keeps_register(request.user),
        "asks_help": standing(request.user).has(*WORKERS),
        "decides_aid": works_in_justice_bureau(request.user, dispute),
        "me": request.user.pk,
    }
