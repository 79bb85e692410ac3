"""授权委托书: who acts for an agency in a procedure, and what may be settled (WJ-55, 56)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from cases.actions.days import require_past
from cases.actions.steps import locked_dispute, locked_procedure
from cases.models import Authority, PowerOfAttorney, Procedure
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members.models import Organization
from members.states import Side

MOST_AGENTS = 2
"""行诉法 31: one or two persons may be appointed."""


@dataclass(frozen=True)
class PowerWords:
    """What the form asks for; what may be settled needs special authority, said in words."""

    organization: Organization
    agent: str
    post: str
    issued_on: date
    special: bool = False
    may_settle: bool = False
    may_change_act: bool = False
    cap: Decimal | None = None
    limits: str = ""


@action
def give_power(
    procedure_id: int, *, actor: Actor, at: datetime, words: PowerWords, token: str | None = None
) -> PowerOfAttorney:
    """Appoint an agent of an agency, within what the agency itself has decided.

    Raises PermissionDenied; RuleBroken "not_agency" (field organization), "future" (field
    issued_on), "two_agents" (field agent), "not_special" (field special), "not_concrete"
    (field limits), "no_authority", "beyond_authority" (field may_settle, may_change_act or
    cap), "form_used".
    """
    procedure = locked_procedure(procedure_id)
    made = PowerOfAttorney.made_before(token, agent=words.agent)
    if made is not None:
        return made
    given = {name: getattr(words, name) for name in PowerWords.__dataclass_fields__}
    given["cap"] = "" if words.cap is None else str(words.cap)
    power = PowerOfAttorney(
        dispute=procedure.dispute, procedure=procedure, form_token=token, **given
    )
    policy_for(PowerOfAttorney).require(actor, "give", power)
    _check(procedure, words, at)
    _check_authority(procedure, words)
    power.store()
    record(actor, "cases.power.given", power, special=words.special, on=str(words.issued_on))
    return power


def _check(procedure: Procedure, words: PowerWords, at: datetime) -> None:
    parts = procedure.participants.agencies()
    if not parts.filter(organization=words.organization).exists():
        message = _("“%(unit)s” is no agency in this dispute.")
        named = {"unit": words.organization.short_name}
        raise RuleBroken("not_agency", message % named, "organization")
    require_past(words.issued_on, at, "issued_on")
    live = PowerOfAttorney.objects.filter(
        procedure=procedure, organization=words.organization, revoked_on=None
    )
    if procedure.organ.side == Side.COURT and live.count() >= MOST_AGENTS:
        message = _("One or two agents may be appointed; revoke one first.")
        raise RuleBroken("two_agents", message, "agent")
    settles = words.may_settle or words.may_change_act or words.cap is not None
    if settles and not words.special:
        message = _("To settle or to change the act needs special authority.")
        raise RuleBroken("not_special", message, "special")
    if words.special and not words.limits.strip():
        message = _("Say in concrete words what may be settled, and within which limits.")
        raise RuleBroken("not_concrete", message, "limits")


def _check_authority(procedure: Procedure, words: PowerWords) -> None:
    """Nobody is given more than the agency has decided (WJ-55)."""
    if not (words.may_settle or words.may_change_act or words.cap is not None):
        return
    decided = Authority.objects.filter(
        dispute=procedure.dispute, organization=words.organization, replaced=False
    ).first()
    if decided is None or (decided.valid_until and decided.valid_until < words.issued_on):
        message = _("The agency has to decide first what may be agreed to.")
        raise RuleBroken("no_authority", message, "may_settle")
    refused = {
        "may_settle": words.may_settle and not decided.may_settle,
        "may_change_act": words.may_change_act and not decided.may_change_act,
        "cap": _beyond(words.cap, decided.amount),
    }
    for field, beyond in refused.items():
        if beyond:
            message = _("This is more than the agency has decided.")
            raise RuleBroken("beyond_authority", message, field)


def _beyond(cap: Decimal | None, decided: Decimal | None) -> bool:
    return cap is not None and decided is not None and cap > decided


@action
def revoke_power(power_id: int, *, actor: Actor, at: datetime, on: date) -> PowerOfAttorney:
    """Raises PermissionDenied; RuleBroken "revoked", "future", "bad_day" (field on)."""
    dispute_id = PowerOfAttorney.objects.values_list("dispute", flat=True).get(pk=power_id)
    dispute = locked_dispute(dispute_id)
    rows = PowerOfAttorney.objects.select_for_update(of=("self",)).select_related("organization")
    power: PowerOfAttorney = rows.get(pk=power_id)
    power.dispute = dispute
    policy_for(PowerOfAttorney).require(actor, "give", power)
    if power.revoked_on is not None:
        raise RuleBroken("revoked", _("It is revoked already."))
    require_past(on, at)
    if on < power.issued_on:
        raise RuleBroken("bad_day", _("It is revoked after it was issued."), "on")
    power.revoked_on = on
    power.store()
    record(actor, "cases.power.revoked", power, on=str(on))
    return power
