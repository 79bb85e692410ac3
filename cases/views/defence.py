"""How a sued government defends itself, powers of attorney, self-correction."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from cases.actions import corrections, powers
from cases.actions import defence as actions
from cases.actions.defence import governments_sued, units_of
from cases.forms import defence as forms
from cases.models import (
    Defence,
    DefencePaper,
    Dispute,
    Participant,
    PowerOfAttorney,
    Procedure,
    SealRequest,
    SealState,
    SelfCorrection,
    ToleranceState,
)
from cases.policy.circle import works_in_justice_bureau
from cases.views.acts import Act, page
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from members.forms.fields import standing_organizations
from members.models import Organization, User
from members.policy import WORKERS, works_for
from members.standing import standing
from members.states import Side

OWN_SIDE = _("Read by its own side alone: no court, no centre and no mediator.")
OF_DISPUTE = ("dispute__jurisdiction",)
OF_POWER = ("procedure", "organization", "dispute")
OF_DEFENCE = ("dispute__jurisdiction", "organization", "handled_by")


def _rows(units: list[Organization]) -> QuerySet[Organization]:
    return Organization.objects.filter(pk__in=[one.pk for one in units]).order_by("order", "pk")


def _organizing(_user: User, procedure: Procedure, today: date) -> dict:
    units = standing_organizations(procedure.dispute.jurisdiction_id, today)
    return {
        "organization": _rows(governments_sued(procedure)),
        "handled_by": units.filter(side=Side.GOVERNMENT).order_by("order", "pk"),
    }


def own_agencies(user: User, dispute: Dispute) -> list[Organization]:
    """The agencies in the dispute for which the reader works."""
    parts = Participant.objects.filter(procedure__dispute=dispute).agencies()
    keys = {dispute.agency_id, *parts.values_list("organization", flat=True)}
    mine = standing(user)
    if not mine.has(*WORKERS):
        return []
    return list(Organization.objects.filter(pk__in=keys & set(mine.organizations)))


def _own(user: User, row: Any, _today: date) -> dict:
    dispute = row if isinstance(row, Dispute) else row.dispute
    return {"organization": _rows(own_agencies(user, dispute))}


def _has_own(user: User, row: Any, _today: date) -> bool:
    dispute = row if isinstance(row, Dispute) else row.dispute
    return bool(own_agencies(user, dispute))


organize = page(
    Act(
        tab="settling",
        model=Procedure,
        key="procedure_id",
        form=forms.DefenceForm,
        action=actions.organize_defence,
        title=_("Name the unit that handles the defence"),
        label=_("Name the unit"),
        done=_("The unit was told."),
        may=lambda user, row, _today: (
            bool(governments_sued(row)) and works_in_justice_bureau(user, row.dispute)
        ),
        choices=_organizing,
        days=("named_on",),
        related=("dispute__jurisdiction", "organ"),
        note=OWN_SIDE,
    )
)
strategy = page(
    Act(
        tab="settling",
        model=Defence,
        key="defence_id",
        form=forms.StrategyForm,
        action=actions.write_strategy,
        title=_("Experts' meeting and plan"),
        label=_("Save the plan"),
        done=_("The plan is saved."),
        verb="handle",
        keeps=("experts_on", "experts", "advice", "strategy"),
        related=OF_DEFENCE,
        note=OWN_SIDE,
    )
)
paper = page(
    Act(
        tab="settling",
        model=Defence,
        key="defence_id",
        form=forms.DefencePaperForm,
        action=actions.route_paper,
        title=_("Send a paper on"),
        label=_("Send on"),
        done=_("The unit was told and signs for it."),
        verb="handle",
        choices=lambda _user, row, _today: {"sent_to": _rows(units_of(row))},
        days=("sent_on",),
        related=OF_DEFENCE,
    )
)
seal = page(
    Act(
        tab="settling",
        model=Defence,
        key="defence_id",
        form=forms.SealForm,
        action=actions.ask_seal,
        title=_("Ask for the seal"),
        label=_("Ask for the seal"),
        done=_("The seal was asked for."),
        verb="handle",
        related=OF_DEFENCE,
        note=_("The portal draws no seal; the sealed paper is kept on paper or as a file."),
    )
)
seal_answer = page(
    Act(
        tab="settling",
        model=SealRequest,
        key="seal_id",
        form=forms.AnswerSealForm,
        action=actions.answer_seal,
        title=_("Answer the request for the seal"),
        label=_("Answer"),
        done=_("The request is answered."),
        verb="answer",
        days=("on",),
        related=("defence__dispute__jurisdiction",),
    )
)
new_power = page(
    Act(
        tab="settling",
        model=Procedure,
        key="procedure_id",
        form=forms.PowerForm,
        action=powers.give_power,
        title=_("Power of attorney"),
        label=_("Appoint the agent"),
        done=_("The agent is appointed."),
        may=_has_own,
        choices=_own,
        days=("issued_on",),
        related=("dispute__jurisdiction", "organ"),
        note=OWN_SIDE,
    )
)
power_revoke = page(
    Act(
        tab="settling",
        model=PowerOfAttorney,
        key="power_id",
        form=forms.RevokeForm,
        action=powers.revoke_power,
        title=_("Revoke the power of attorney"),
        label=_("Revoke"),
        done=_("The power of attorney is revoked."),
        verb="give",
        days=("on",),
        related=OF_DISPUTE,
    )
)
new_correction = page(
    Act(
        tab="settling",
        model=Dispute,
        key="dispute_id",
        form=forms.CorrectionForm,
        action=corrections.record_correction,
        title=_("Record a self-correction"),
        label=_("Record"),
        done=_("The self-correction is recorded."),
        may=_has_own,
        choices=_own,
        days=("on",),
        note=_("Read by the agency and the justice bureau alone."),
    )
)
tolerance = page(
    Act(
        tab="settling",
        model=SelfCorrection,
        key="correction_id",
        form=forms.ToleranceForm,
        action=corrections.propose_tolerance,
        title=_("Propose that nobody is held liable"),
        label=_("Propose"),
        done=_("It is proposed."),
        verb="record",
        related=OF_DISPUTE,
        note=_(
            "For an act that was withdrawn on the agency's own initiative without serious effect; "
            "it is decided case by case."
        ),
    )
)
tolerance_decide = page(
    Act(
        tab="settling",
        model=SelfCorrection,
        key="correction_id",
        form=forms.DecideToleranceForm,
        action=corrections.decide_tolerance,
        title=_("Decide on the tolerance"),
        label=_("Enter the decision"),
        done=_("The decision is entered."),
        verb="decide",
        days=("on",),
        related=OF_DISPUTE,
    )
)


@require_POST
@login_required
def receive(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(visible_to(request.user, DefencePaper), public_id=public_id)
    done = actions.receive_paper(found.pk, actor=request.user, at=timezone.now())
    messages.success(request, gettext("Signed for: %(paper)s") % {"paper": done.title})
    return redirect(done.defence.dispute.get_absolute_url() + "?tab=settling")


def defence_section(request: SignedInRequest, dispute: Dispute) -> dict[str, Any]:
    """Empty for whoever is not of the own side."""
    user = request.user
    if Side.GOVERNMENT not in standing(user).sides:
        return {"defences": [], "powers": [], "corrections": [], "own_side": False}
    found = list(visible_to(user, Defence).filter(dispute=dispute).select_related(*OF_DEFENCE))
    powers_seen = visible_to(user, PowerOfAttorney).filter(dispute=dispute)
    corrections_seen = visible_to(user, SelfCorrection).filter(dispute=dispute)
    suits = list(dispute.procedures.filter(closed_on=None).select_related("organ"))
    own = bool(own_agencies(user, dispute))
    bureau = works_in_justice_bureau(user, dispute)
    return {
        "own_side": True,
        "defences": [_defence(user, one) for one in found],
        "powers": [_power(user, one) for one in powers_seen.select_related(*OF_POWER)],
        "corrections": [_correction(user, one) for one in corrections_seen],
        "power_suits": suits if own else [],
        "sued_suits": [one for one in suits if bureau and governments_sued(one)],
        "defended": {one.procedure_id for one in found},
        "may_correct": own,
    }


def _power(user: User, power: PowerOfAttorney) -> dict[str, Any]:
    running = power.revoked_on is None and power.procedure.closed_on is None
    policy = policy_for(PowerOfAttorney)
    return {"row": power, "may_revoke": running and policy.can(user, "give", power)}


def _defence(user: User, defence: Defence) -> dict[str, Any]:
    papers = list(defence.papers.select_related("sent_to"))
    seals = list(defence.seals.all())
    organizes = policy_for(Defence).can(user, "organize", defence)
    return {
        "row": defence,
        "papers": [(one, not one.received_on and works_for(user, one.sent_to)) for one in papers],
        "seals": [(one, one.state == SealState.ASKED and organizes) for one in seals],
        "may_handle": policy_for(Defence).can(user, "handle", defence),
    }


def _correction(user: User, row: SelfCorrection) -> dict[str, Any]:
    policy = policy_for(SelfCorrection)
    own = policy.can(user, "record", row)
    proposed = row.tolerance == ToleranceState.PROPOSED
    return {
        "row": row,
        "may_propose": own and row.may_be_tolerated,
        "may_decide": proposed and not own and policy.can(user, "decide", row),
    }
