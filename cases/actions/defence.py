"""政府应诉: the justice bureau organises how a government that is sued answers (WJ-39)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions.access import admit
from cases.actions.days import require_past
from cases.actions.steps import locked_dispute, locked_procedure
from cases.actions.telling_units import tell_units
from cases.models import Defence, DefencePaper, Procedure, SealRequest, SealState
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members.models import Organization
from members.states import OrganizationKind, Side
from services.deadlines import actions as deadlines

SEAL_LIMIT = "SEAL"


@dataclass(frozen=True)
class DefenceWords:
    """Which government is sued, and which unit handles it."""

    organization: Organization
    handled_by: Organization
    named_on: date
    counsel: str = ""


@action
def organize_defence(
    procedure_id: int, *, actor: Actor, at: datetime, words: DefenceWords
) -> Defence:
    """Name the handling unit of a suit against a government; it sees the dispute and is told.

    Done again it names another one. Raises PermissionDenied; RuleBroken "not_sued" (field
    organization), "not_government", "ceased" (field handled_by), "future" (field named_on).
    """
    procedure = locked_procedure(procedure_id)
    found = Defence.objects.filter(procedure=procedure).first()
    defence = found or Defence(dispute=procedure.dispute, procedure=procedure)
    defence.dispute = procedure.dispute
    policy_for(Defence).require(actor, "organize", defence)
    _check(procedure, words, at)
    before = defence.handled_by.short_name if found else ""
    for name in DefenceWords.__dataclass_fields__:
        setattr(defence, name, getattr(words, name))
    defence.store()
    admit(procedure.dispute, [words.handled_by], "defence")
    unit = words.handled_by.short_name
    record(actor, "cases.defence.organized", defence, unit=unit, before=before)
    tell_units(
        [words.handled_by],
        defence,
        reason=f"cases.defence.{defence.version}",
        title=gettext_lazy("Your unit handles a suit against the government"),
        text=procedure.dispute.title,
        actor=actor,
        at=at,
    )
    return defence


def governments_sued(procedure: Procedure) -> list[Organization]:
    """The governments among the agencies of a court's procedure."""
    if procedure.organ.side != Side.COURT:
        return []
    parts = procedure.participants.agencies().select_related("organization")
    return [
        one.organization for one in parts if one.organization.kind == OrganizationKind.GOVERNMENT
    ]


def _check(procedure: Procedure, words: DefenceWords, at: datetime) -> None:
    if words.organization not in governments_sued(procedure):
        message = _("“%(unit)s” is no government that is sued here.")
        named = {"unit": words.organization.short_name}
        raise RuleBroken("not_sued", message % named, "organization")
    if words.handled_by.side != Side.GOVERNMENT:
        message = _("A unit of the government handles it.")
        raise RuleBroken("not_government", message, "handled_by")
    if not words.handled_by.holds_on(words.named_on):
        message = _("“%(unit)s” did not exist on that day; choose its successor.")
        raise RuleBroken("ceased", message % {"unit": words.handled_by.short_name}, "handled_by")
    require_past(words.named_on, at, "named_on")


@action
def write_strategy(
    defence_id: int,
    *,
    actor: Actor,
    at: datetime,
    strategy: str,
    experts_on: date | None = None,
    experts: str = "",
    advice: str = "",
    version: int | None = None,
) -> Defence:
    """The experts' meeting and the plan; read by the own side alone.

    Raises PermissionDenied; RuleBroken "stale", "future" (field experts_on), "no_experts"
    (field experts).
    """
    defence = _locked(defence_id)
    policy_for(Defence).require(actor, "handle", defence)
    defence.require_version(version)
    if experts_on is not None:
        require_past(experts_on, at, "experts_on")
    if (advice or experts_on) and not experts.strip():
        raise RuleBroken("no_experts", _("Name the experts who met."), "experts")
    defence.strategy, defence.experts_on = strategy, experts_on
    defence.experts, defence.advice = experts, advice
    defence.store()
    record(actor, "cases.defence.planned", defence)
    return defence


@dataclass(frozen=True)
class PaperWords:
    kind: str
    title: str
    sent_to: Organization
    sent_on: date


@action
def route_paper(
    defence_id: int, *, actor: Actor, at: datetime, words: PaperWords, token: str | None = None
) -> DefencePaper:
    """A paper goes to another unit of the defence, which signs for it.

    Raises PermissionDenied; RuleBroken "not_in_defence" (field sent_to), "future" (field
    sent_on), "form_used".
    """
    defence = _locked(defence_id)
    made = DefencePaper.made_before(token, title=words.title)
    if made is not None:
        return made
    policy_for(Defence).require(actor, "handle", defence)
    if words.sent_to not in units_of(defence):
        message = _("Papers go between the bureau, the government, and the handling unit.")
        raise RuleBroken("not_in_defence", message, "sent_to")
    require_past(words.sent_on, at, "sent_on")
    paper = DefencePaper(
        defence=defence,
        form_token=token,
        **{name: getattr(words, name) for name in PaperWords.__dataclass_fields__},
    )
    paper.store()
    unit = words.sent_to.short_name
    record(actor, "cases.defence.paper_sent", defence, paper=words.title, unit=unit)
    title = gettext_lazy("A paper of a suit is on its way to your unit: sign for it")
    about: dict[str, Any] = {"text": words.title, "actor": actor, "at": at}
    tell_units([words.sent_to], paper, reason="cases.defence.paper", title=title, **about)
    return paper


def units_of(defence: Defence) -> list[Organization]:
    """Who works together in a defence: the government, its justice bureau, the handling unit."""
    bureaus = Organization.objects.filter(
        jurisdiction=defence.dispute.jurisdiction_id, kind=OrganizationKind.JUSTICE_BUREAU
    )
    return list(dict.fromkeys([defence.organization, *bureaus, defence.handled_by]))


@action
def receive_paper(paper_id: int, *, actor: Actor, at: datetime) -> DefencePaper:
    """Raises PermissionDenied; RuleBroken "answered"."""
    rows = DefencePaper.objects.select_for_update(of=("self",))
    paper = rows.select_related("defence__dispute__jurisdiction", "sent_to").get(pk=paper_id)
    policy_for(DefencePaper).require(actor, "receive", paper)
    if paper.received_on is not None:
        raise RuleBroken("answered", _("This paper was signed for already."))
    paper.received_on, paper.received_by = timezone.localtime(at).date(), actor
    paper.store()
    record(actor, "cases.defence.paper_received", paper.defence, paper=paper.title)
    return paper


@dataclass(frozen=True)
class SealWords:
    paper: str
    needed_on: date
    copies: int = 1


@action
def ask_seal(
    defence_id: int, *, actor: Actor, at: datetime, words: SealWords, token: str | None = None
) -> SealRequest:
    """Ask for the government's seal on a paper; the bureau sees to it by the day it is needed.

    Raises PermissionDenied; RuleBroken "past" (field needed_on), "form_used".
    """
    defence = _locked(defence_id)
    made = SealRequest.made_before(token, paper=words.paper)
    if made is not None:
        return made
    policy_for(Defence).require(actor, "handle", defence)
    today = timezone.localtime(at).date()
    if words.needed_on < today:
        raise RuleBroken("past", _("The last day is over already."), "needed_on")
    seal = SealRequest(
        defence=defence,
        asked_by=defence.handled_by,
        asked_on=today,
        form_token=token,
        **{name: getattr(words, name) for name in SealWords.__dataclass_fields__},
    )
    seal.store()
    record(actor, "cases.defence.seal_asked", defence, paper=words.paper)
    _open_limit(seal, actor)
    return seal


def _open_limit(seal: SealRequest, actor: Actor) -> None:
    defence = seal.defence
    deadlines.open_deadline(
        seal,
        SEAL_LIMIT,
        actor=actor,
        title=_("Seal: %(paper)s") % {"paper": seal.paper},
        jurisdiction=defence.dispute.jurisdiction,
        owed_by=defence.organization,
        trigger_on=seal.asked_on,
        due_on=seal.needed_on,
        mechanism=defence.dispute.mechanism,
    )


@action
def answer_seal(
    seal_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    sealed: bool,
    remark: str = "",
    version: int | None = None,
) -> SealRequest:
    """The paper bears the seal, or does not get it. The portal draws none.

    Raises PermissionDenied; RuleBroken "stale", "answered", "future", "bad_day" (field on),
    "no_reason" (field remark).
    """
    rows = SealRequest.objects.select_for_update(of=("self",))
    seal = rows.select_related("defence__dispute__jurisdiction").get(pk=seal_id)
    policy_for(SealRequest).require(actor, "answer", seal)
    seal.require_version(version)
    if seal.state != SealState.ASKED:
        raise RuleBroken("answered", _("This request was answered already."))
    require_past(on, at)
    if on < seal.asked_on:
        message = _("It was asked for on %(day)s.") % {"day": seal.asked_on}
        raise RuleBroken("bad_day", message, "on")
    if not sealed and not remark.strip():
        raise RuleBroken("no_reason", _("Say why it is not sealed."), "remark")
    seal.state = SealState.SEALED if sealed else SealState.REFUSED
    seal.answered_on, seal.remark = on, remark
    seal.store()
    if sealed:
        deadlines.meet(seal, SEAL_LIMIT, actor=actor, on=on)
    else:
        deadlines.cancel(seal, SEAL_LIMIT, actor=actor, on=on)
    record(actor, "cases.defence.seal_answered", seal.defence, paper=seal.paper, sealed=sealed)
    return seal


def _locked(defence_id: int) -> Defence:
    dispute_id = Defence.objects.values_list("dispute", flat=True).get(pk=defence_id)
    dispute = locked_dispute(dispute_id)
    rows = Defence.objects.select_for_update(of=("self",))
    defence: Defence = rows.select_related("organization", "handled_by").get(pk=defence_id)
    defence.dispute = dispute
    return defence
