"""Coordination, hand-overs and contacts: their forms, sections and pages."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from cases.actions import coordination as actions
from cases.actions.contacts import record_contact
from cases.actions.transfers import answer_transfer, send_transfer
from cases.forms import coordination as forms
from cases.models import (
    Contact,
    Coordination,
    CoordinationMember,
    CoordinationStep,
    Dispute,
    MemberAnswer,
    Procedure,
    StepState,
    Transfer,
)
from cases.policy.acting import acting_units
from cases.profile import rules_of
from cases.states import Flag, Kind
from cases.views.acts import Act, page
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from members.forms.fields import standing_organizations
from members.models import Organization, User
from members.policy import works_for
from members.standing import standing
from members.states import Side

FAIR_TRIAL = _(
    "A suit in this dispute is pending: nobody may act so as to affect its fair trial, and every "
    "contact about it is recorded."
)


def pending_suits(dispute: Dispute) -> QuerySet[Procedure]:
    """What a court handles at present; a visit after the case is none."""
    rows = dispute.procedures.filter(organ__side=Side.COURT, closed_on=None)
    return rows.exclude(kind=Kind.VISIT)


def pending_cases(dispute: Dispute) -> list[Procedure]:
    """What a court or a reconsideration organ decides at present (YN-22, YC-5)."""
    decided = Q(organ__side=Side.COURT) | Q(kind=Kind.RECONSIDERATION)
    rows = dispute.procedures.filter(decided, closed_on=None).exclude(kind=Kind.VISIT)
    return list(rows.select_related("organ"))


def may_act(user: User, dispute: Dispute, _today: date) -> bool:
    return acting_units(user, dispute).exists()


def _units(dispute: Dispute, today: date) -> QuerySet[Organization]:
    return standing_organizations(dispute.jurisdiction_id, today).order_by("order", "pk")


def _opening(user: User, dispute: Dispute, today: date) -> dict:
    return {"opened_by": acting_units(user, dispute), "members": _units(dispute, today)}


def _members(coordination: Coordination) -> QuerySet[Organization]:
    rows = coordination.members.exclude(answer=MemberAnswer.DECLINED)
    return Organization.objects.filter(pk__in=rows.values("organization")).order_by("order", "pk")


def _asked(user: User, coordination: Coordination) -> QuerySet[Organization]:
    rows = coordination.members.filter(
        answer=MemberAnswer.ASKED, organization__in=standing(user).organizations
    ).select_related("organization")
    mine = [one.organization_id for one in rows if works_for(user, one.organization)]
    return Organization.objects.filter(pk__in=mine)


def _others(_user: User, coordination: Coordination, today: date) -> dict:
    called = coordination.members.values("organization")
    return {"organization": _units(coordination.dispute, today).exclude(pk__in=called)}


def _sending(user: User, dispute: Dispute, today: date) -> dict:
    return {"sender": acting_units(user, dispute), "receiver": _units(dispute, today)}


def _recording(user: User, procedure: Procedure, _today: date) -> dict:
    """For which units, and which of their records may be corrected."""
    units = acting_units(user, procedure.dispute)
    own = Contact.objects.filter(procedure=procedure, recorded_for__in=units, corrections=None)
    return {"recorded_for": units, "corrects": own}


OF_DISPUTE = ("dispute__jurisdiction",)
new_coordination = page(
    Act(
        tab="settling",
        model=Dispute,
        key="dispute_id",
        form=forms.CoordinationForm,
        action=actions.open_coordination,
        title=_("Coordinate with others"),
        label=_("Call the units"),
        done=_("The units were called."),
        may=may_act,
        choices=_opening,
        note=_(
            "The units see the dispute from now on. What a court decides on a pending case is no "
            "matter of coordination."
        ),
    )
)
call = page(
    Act(
        model=Coordination,
        key="coordination_id",
        form=forms.CallForm,
        action=actions.call_member,
        title=_("Call one more unit"),
        label=_("Call"),
        done=_("The unit was called."),
        verb="lead",
        choices=_others,
        related=OF_DISPUTE,
    )
)
answer = page(
    Act(
        model=Coordination,
        key="coordination_id",
        form=forms.AnswerCallForm,
        action=actions.answer_call,
        title=_("Answer the call"),
        label=_("Answer"),
        done=_("Your unit has answered."),
        may=lambda user, row, _today: _asked(user, row).exists(),
        choices=lambda user, row, _today: {"organization": _asked(user, row)},
        related=OF_DISPUTE,
        note=_("Each unit answers for itself. Who does not take part says why."),
    )
)
log = page(
    Act(
        model=Coordination,
        key="coordination_id",
        form=forms.EntryForm,
        action=actions.log_entry,
        title=_("Note what happened"),
        label=_("Note what happened"),
        done=_("Noted."),
        verb="log",
        days=("on",),
        related=OF_DISPUTE,
        note=_("What was noted is never changed; note what came after it."),
    )
)
new_step = page(
    Act(
        model=Coordination,
        key="coordination_id",
        form=forms.StepOfCoordinationForm,
        action=actions.set_step,
        title=_("Agree on a measure"),
        label=_("Enter the measure"),
        done=_("The measure is entered; its last day is a limit of the unit."),
        verb="log",
        choices=lambda _user, row, _today: {"owed_by": _members(row)},
        related=OF_DISPUTE,
        note=_("What a court or a procuratorate does, and by when, it enters itself."),
    )
)
step_done = page(
    Act(
        model=CoordinationStep,
        key="step_id",
        form=forms.StepDoneForm,
        action=actions.finish_step,
        title=_("The measure is done"),
        label=_("Done"),
        done=_("The measure is done."),
        verb="finish",
        days=("on",),
        related=("coordination__dispute__jurisdiction", "owed_by"),
    )
)
step_drop = page(
    Act(
        model=CoordinationStep,
        key="step_id",
        form=forms.ReasonForm,
        action=actions.drop_step,
        title=_("Drop the measure"),
        label=_("Drop"),
        done=_("The measure was dropped."),
        may=lambda user, row, _today: policy_for(Coordination).can(user, "lead", row.coordination),
        related=("coordination__dispute__jurisdiction", "coordination__opened_by"),
    )
)
close = page(
    Act(
        model=Coordination,
        key="coordination_id",
        form=forms.CloseCoordinationForm,
        action=actions.close_coordination,
        title=_("Close the coordination"),
        label=_("Close"),
        done=_("The coordination is closed."),
        verb="lead",
        related=OF_DISPUTE,
        note=_("Closed for good is only what is resolved in substance."),
    )
)
new_contact = page(
    Act(
        model=Procedure,
        key="procedure_id",
        form=forms.ContactForm,
        action=record_contact,
        title=_("Record a contact on a pending case"),
        label=_("Record the contact"),
        done=_("The contact is recorded."),
        may=lambda user, row, today: may_act(user, row.dispute, today),
        choices=_recording,
        days=("on",),
        related=OF_DISPUTE,
        note=_(
            "The body that decides sees all contacts on its cases. A contact is never changed or "
            "deleted; another one corrects it."
        ),
    )
)
new_transfer = page(
    Act(
        tab="related",
        model=Dispute,
        key="dispute_id",
        form=forms.TransferForm,
        action=send_transfer,
        title=_("Hand over a case or material"),
        label=_("Hand over"),
        done=_("The receiver was told and signs for it."),
        may=may_act,
        choices=_sending,
        days=("sent_on",),
        note=_("The receiver sees the dispute from now on."),
    )
)
transfer_answer = page(
    Act(
        tab="related",
        model=Transfer,
        key="transfer_id",
        form=forms.AnswerTransferForm,
        action=answer_transfer,
        title=_("Sign for what was handed over"),
        label=_("Send the answer"),
        done=_("The sender was told."),
        verb="receive",
        days=("on",),
        related=("dispute__jurisdiction", "sender", "receiver"),
    )
)


@require_GET
@login_required
def coordination(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = visible_to(request.user, Coordination).select_related(
        "dispute__jurisdiction", "opened_by"
    )
    found = get_object_or_404(rows, public_id=public_id)
    policy = policy_for(Coordination)
    members = list(found.members.select_related("organization"))
    steps = list(found.steps.select_related("owed_by"))
    context = {
        "coordination": found,
        "members": members,
        "steps": [_step_line(request.user, step) for step in steps],
        "entries": found.entries.select_related("actor"),
        "may_lead": found.is_open and policy.can(request.user, "lead", found),
        "may_log": found.is_open and policy.can(request.user, "log", found),
        "may_answer": found.is_open and _answers(request.user, members),
        "fair_trial": FAIR_TRIAL if pending_suits(found.dispute).exists() else "",
    }
    return render(request, "cases/coordination.html", context)


def _answers(user: User, members: list[CoordinationMember]) -> bool:
    asked = [one for one in members if one.answer == MemberAnswer.ASKED]
    return any(works_for(user, one.organization) for one in asked)


@dataclass(frozen=True)
class StepLine:
    step: CoordinationStep
    open: bool
    mine: bool


def _step_line(user: User, step: CoordinationStep) -> StepLine:
    is_open = step.state == StepState.OPEN
    return StepLine(step, is_open, is_open and works_for(user, step.owed_by))


def coordination_section(request: SignedInRequest, dispute: Dispute) -> dict[str, Any]:
    """What is coordinated; and, where nothing is, the marks that call for it."""
    rows = visible_to(request.user, Coordination).filter(dispute=dispute)
    found = list(rows.select_related("opened_by"))
    heavy = set(rules_of(dispute.mechanism, timezone.localdate()).heavy)
    marks = [Flag(flag).label for flag in dispute.flags if flag in heavy]
    under_way = any(one.is_open for one in found)
    return {
        "coordinations": found,
        "calling_marks": [] if found else marks,
        "may_coordinate": not under_way and may_act(request.user, dispute, timezone.localdate()),
    }


def transfers_section(request: SignedInRequest, dispute: Dispute) -> dict[str, Any]:
    rows = visible_to(request.user, Transfer).filter(dispute=dispute)
    found = list(rows.select_related("sender", "receiver", "answered_by"))
    lines = [(one, one.waits and works_for(request.user, one.receiver)) for one in found]
    return {
        "transfers": lines,
        "may_transfer": may_act(request.user, dispute, timezone.localdate()),
    }


def contacts_section(request: SignedInRequest, dispute: Dispute) -> dict[str, Any]:
    """The contacts that the reader may know, and the cases about which one is recorded."""
    rows = visible_to(request.user, Contact).filter(dispute=dispute)
    may = may_act(request.user, dispute, timezone.localdate())
    cases = pending_cases(dispute)
    tried = any(one.organ.side == Side.COURT for one in cases)
    return {
        "contacts": list(rows.select_related("recorded_for", "procedure", "corrects")),
        "pending_cases": cases,
        "contact_cases": cases if may else [],
        "fair_trial": FAIR_TRIAL if tried else "",
    }
