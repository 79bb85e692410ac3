"""Mediation rests on consent and on an impartial mediator (WJ-4, 59, 60)."""

from datetime import date

from django.utils.translation import gettext as _

from cases.flow.guards.reading import Given
from cases.flow.table import Step
from cases.models import Procedure
from cases.states import PartyRole
from foundations.access.errors import RuleBroken
from members.states import Side


def registered(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """先登后调 (WJ-59)."""
    if not procedure.dispute.number:
        raise RuleBroken(
            "not_registered", _("Register the dispute first: no mediation without a number.")
        )


def every_consent(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """Mediation rests on the consent of every party (WJ-4)."""
    parties = procedure.participants.exclude(party=None).exclude(role=PartyRole.THIRD_PARTY)
    missing = [str(one) for one in parties if one.consents.filter(agreed=True).count() == 0]
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


def impartial_mediator(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    mediator = given["mediator"]
    concerned = {procedure.dispute.agency_id}
    concerned |= set(procedure.participants.agencies().values_list("organization", flat=True))
    if mediator.organization_id in concerned - {None}:
        raise RuleBroken(
            "partial_mediator",
            _("“%(name)s” works for the agency in dispute and cannot mediate in it.")
            % {"name": mediator.name},
            "mediator",
        )
