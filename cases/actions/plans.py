"""An agency's plan to resolve a dispute (WJ-32), and what it may agree to (WJ-55, 56)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cases.actions.assignments import MEDIATOR
from cases.actions.days import require_past
from cases.actions.steps import locked_dispute
from cases.models import Access, Authority, Dispute, Participant, Plan, PlanState
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.notifications.send import notify_once
from members.models import Organization, User
from members.rosters import users_of
from members.states import Side
from services.deadlines import actions as deadlines

PROMPT = "XS-PLAN"
"""Until when a plan may be put to the court, where the institution says so."""


@dataclass(frozen=True)
class PlanWords:
    """What the form of a plan asks for; `evidence` is a list of papers and their basis."""

    cause: str
    earlier: str
    next_steps: str
    evidence: Sequence[str]
    head: str
    handler: str
    timetable: str = ""
    risk: str = ""


@action
def draft_plan(
    dispute_id: int,
    *,
    actor: Actor,
    at: datetime,
    organization: Organization,
    words: PlanWords,
    version: int | None = None,
) -> Plan:
    """Write the plan in work, or begin one. What was approved has to be approved anew.

    Raises PermissionDenied; RuleBroken "stale", "not_agency" (field organization),
    "no_evidence" (field evidence).
    """
    dispute = locked_dispute(dispute_id)
    require_agency(dispute, organization)
    plan = plan_in_work(dispute, organization)
    plan = plan or Plan(dispute=dispute, organization=organization)
    policy_for(Plan).require(actor, "write", plan)
    plan.require_version(version if plan.pk else None)
    if not words.evidence:
        message = _("List the evidence and the basis; they are submitted with the plan.")
        raise RuleBroken("no_evidence", message, "evidence")
    for name in PlanWords.__dataclass_fields__:
        setattr(plan, name, getattr(words, name))
    plan.evidence = list(words.evidence)
    plan.state, plan.approved_on, plan.approved_by = PlanState.DRAFT, None, ""
    plan.store()
    record(actor, "cases.plan.drafted", plan)
    return plan


@action
def approve_plan(
    plan_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    approved_by: str,
    studied_on: date | None = None,
    version: int | None = None,
) -> Plan:
    """The agency has decided on the plan: who, when, and on which day it was studied (WJ-55).

    Raises PermissionDenied; RuleBroken "stale", "not_draft", "future" (field on), "bad_day"
    (field studied_on).
    """
    plan = _locked_plan(plan_id, actor, version)
    if plan.state != PlanState.DRAFT:
        raise RuleBroken("not_draft", _("Only a draft is approved."))
    require_past(on, at)
    if studied_on is not None and studied_on > on:
        message = _("It is studied before it is approved.")
        raise RuleBroken("bad_day", message, "studied_on")
    plan.state, plan.approved_on = PlanState.APPROVED, on
    plan.approved_by, plan.studied_on = approved_by, studied_on
    plan.store()
    record(actor, "cases.plan.approved", plan, on=str(on), by=approved_by)
    return plan


@action
def submit_plan(
    plan_id: int, *, actor: Actor, at: datetime, on: date, version: int | None = None
) -> Plan:
    """From now on the court and the mediators of the dispute read it; they are told.

    Raises PermissionDenied; RuleBroken "stale", "not_approved", "future" (field on).
    """
    plan = _locked_plan(plan_id, actor, version)
    if plan.state != PlanState.APPROVED or plan.approved_on is None:
        raise RuleBroken("not_approved", _("A plan is submitted after its agency approved it."))
    require_past(on, at)
    if on < plan.approved_on:
        message = _("It was approved on %(day)s.") % {"day": plan.approved_on}
        raise RuleBroken("too_early", message, "on")
    for old in Plan.objects.filter(
        dispute=plan.dispute, organization=plan.organization, state=PlanState.SUBMITTED
    ):
        old.state = PlanState.REPLACED
        old.store()
    plan.state, plan.submitted_on = PlanState.SUBMITTED, on
    plan.store()
    for part in Participant.objects.filter(
        procedure__dispute=plan.dispute, organization=plan.organization
    ):
        deadlines.meet(part, PROMPT, actor=actor, on=on)
    record(actor, "cases.plan.submitted", plan, on=str(on))
    _tell_readers(plan, at=at)
    return plan


def plan_in_work(dispute: Dispute, organization: Organization) -> Plan | None:
    rows = Plan.objects.filter(dispute=dispute, organization=organization)
    return rows.filter(state__in=(PlanState.DRAFT, PlanState.APPROVED)).first()


def _tell_readers(plan: Plan, *, at: datetime) -> None:
    today = timezone.localtime(at).date()
    organs = Organization.objects.filter(
        procedures__dispute=plan.dispute,
        procedures__closed_on=None,
        side__in=(Side.COURT, Side.CENTRE),
    ).distinct()
    people: list[User] = [user for organ in organs for user in users_of(organ, today)]
    rows = Access.objects.filter(dispute=plan.dispute, why=MEDIATOR)
    keys = [row.principal.removeprefix("u") for row in rows]
    people += User.objects.filter(pk__in=[key for key in keys if key.isdigit()])
    with translation.override(settings.LANGUAGE_CODE):
        notify_once(
            set(people),
            plan,
            reason="cases.plan",
            title=_("A resolution plan was submitted"),
            text=plan.dispute.title,
            at=at,
        )


@dataclass(frozen=True)
class AuthorityWords:
    """What whoever acts for the agency may agree to."""

    holder: str
    studied_on: date
    decided_by: str
    may_settle: bool = False
    may_change_act: bool = False
    cap: Decimal | None = None
    limits: str = ""
    valid_until: date | None = None


@action
def decide_authority(
    dispute_id: int,
    *,
    actor: Actor,
    at: datetime,
    organization: Organization,
    words: AuthorityWords,
    token: str | None = None,
) -> Authority:
    """Say what may be agreed to and up to what; it replaces what was said before.

    Raises PermissionDenied; RuleBroken "not_agency" (field organization), "future" (field
    studied_on), "bad_day" (field valid_until), "nothing_allowed" (field may_settle).
    """
    dispute = locked_dispute(dispute_id)
    made = Authority.made_before(token, holder=words.holder)
    if made is not None:
        return made
    require_agency(dispute, organization)
    authority = Authority(
        dispute=dispute,
        organization=organization,
        form_token=token,
        **{name: getattr(words, name) for name in AuthorityWords.__dataclass_fields__},
    )
    policy_for(Authority).require(actor, "decide", authority)
    _check_authority(words, at)
    authority.cap = "" if words.cap is None else str(words.cap)
    for old in Authority.objects.filter(
        dispute=dispute, organization=organization, replaced=False
    ):
        old.replaced = True
        old.store()
    authority.store()
    record(actor, "cases.authority.decided", authority)
    return authority


def _check_authority(words: AuthorityWords, at: datetime) -> None:
    require_past(words.studied_on, at, "studied_on")
    if words.valid_until is not None and words.valid_until < words.studied_on:
        message = _("It would end before it was decided.")
        raise RuleBroken("bad_day", message, "valid_until")
    if words.cap is not None and not words.may_settle:
        message = _("An amount is for whoever may settle; tick that too.")
        raise RuleBroken("nothing_allowed", message, "may_settle")


def require_agency(dispute: Dispute, organization: Organization) -> None:
    """Raises RuleBroken "not_agency" for who is no agency in the dispute."""
    parts = Participant.objects.filter(procedure__dispute=dispute).agencies()
    if organization.pk == dispute.agency_id or parts.filter(organization=organization).exists():
        return
    message = _("“%(unit)s” is no agency in this dispute.") % {"unit": organization.short_name}
    raise RuleBroken("not_agency", message, "organization")


def _locked_plan(plan_id: int, actor: Actor, version: int | None) -> Plan:
    dispute = locked_dispute(Plan.objects.values_list("dispute", flat=True).get(pk=plan_id))
    plan = Plan.objects.select_for_update(of=("self",)).select_related("organization")
    found: Plan = plan.get(pk=plan_id)
    found.dispute = dispute
    policy_for(Plan).require(actor, "write", found)
    found.require_version(version)
    return found
