"""Mediation rests on consent and on an impartial mediator (WJ-4, 59, 60)."""

from datetime import date

from django.utils.translation import gettext as _

from cases.flow.guards.reading import Given
from cases.flow.table import Step
from cases.models import MediationConsent, Participant, Procedure, Profession, Professional
from cases.states import Kind, PartyRole
from foundations.access.errors import RuleBroken
from members.standing import standing
from members.states import Side

COURT_INSTANCES = (Kind.FIRST_INSTANCE, Kind.SECOND_INSTANCE, Kind.RETRIAL)


def registered(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """先登后调 (WJ-59)."""
    if not procedure.dispute.number:
        raise RuleBroken(
            "not_registered", _("Register the dispute first: no mediation without a number.")
        )


def in_its_stage(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """It is mediated within a procedure that is under way, and there only once at a time."""
    named = given.get("within")
    inside = getattr(named, "public_id", named) or None
    rows = procedure.dispute.procedures.filter(closed_on=None).exclude(pk=procedure.pk)
    stages = rows.exclude(kind__in=(Kind.MEDIATION, Kind.INTAKE))
    if inside and not stages.filter(public_id=inside).exists():
        message = _("Choose a procedure of this dispute that is under way.")
        raise RuleBroken("not_within", message, "within")
    others = rows.filter(kind=Kind.MEDIATION)
    if any((one.fact("within") or None) == inside for one in others):
        raise RuleBroken(
            "open_mediation",
            _("This stage has a mediation already; end that one first."),
            "within",
        )


def asked_of(procedure: Procedure) -> list[Participant]:
    """Whose consent a mediation rests on: every party but third parties."""
    parts = procedure.participants.exclude(party=None).exclude(role=PartyRole.THIRD_PARTY)
    return list(parts.select_related("party"))


def without_consent(procedure: Procedure) -> list[Participant]:
    """The parties who have not agreed, or have taken it back."""
    said = MediationConsent.objects.latest_of(procedure)
    return [one for one in asked_of(procedure) if one.pk not in said or not said[one.pk].agreed]


def every_consent(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """Mediation rests on the consent of every party (WJ-4)."""
    missing = [str(one) for one in without_consent(procedure)]
    if missing:
        raise RuleBroken(
            "no_consent",
            _("Record first that these agree to mediation: %(names)s.")
            % {"names": "、".join(missing)},
            "consents",
        )


def numbered(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """行调字 (WJ-60): a court's mediation has its own number, others the register's."""
    own = procedure.number or procedure.organ.side != Side.COURT
    if not own:
        raise RuleBroken("no_number", _("The mediation needs its number first."), "number")


def entrusted_in_trial(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """委托 is what the court does with a suit that it has filed; before that it is 委派."""
    if given.get("referral") != "in_trial":
        return
    suits = procedure.dispute.procedures.filter(kind__in=COURT_INSTANCES, closed_on=None)
    if not suits.filter(public_id=procedure.fact("within") or "").exists():
        message = _("It is entrusted in trial only within a suit that is under way.")
        raise RuleBroken("not_in_trial", message, "referral")


def impartial_mediator(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """A mediator of the register, and of no agency in the dispute, nor of its divisions."""
    mediator: Professional = given["mediator"]
    if mediator.profession != Profession.MEDIATOR or not mediator.holds_on(on):
        message = _("“%(name)s” is not listed as a mediator on that day.")
        raise RuleBroken("not_listed", message % {"name": mediator.name}, "mediator")
    concerned = {procedure.dispute.agency_id}
    concerned |= set(procedure.participants.agencies().values_list("organization", flat=True))
    if _units_of(mediator, on) & concerned:
        raise RuleBroken(
            "partial_mediator",
            _("“%(name)s” works for the agency in dispute and cannot mediate in it.")
            % {"name": mediator.name},
            "mediator",
        )


def _units_of(mediator: Professional, on: date) -> set[int]:
    """Where the mediator works by the register or by the own account, and whose division
    that is."""
    units: set[int] = set()
    if mediator.organization is not None:
        units |= {mediator.organization.pk, mediator.organization.lead.pk}
    if mediator.user is not None:
        units |= standing(mediator.user, on).organizations
    return units
