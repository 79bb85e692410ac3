"""Who is told of what happened in a dispute."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation

from cases.flow.table import Step
from cases.models import Procedure
from foundations.audit.actor import Actor
from foundations.notifications.send import notify_once
from members.models import User
from members.rosters import users_of


def tell_holders(procedure: Procedure, step: Step, *, actor: Actor, at: datetime) -> None:
    """Whoever now has to act is told once of the step that made it so; of what comes with
    another step, by that one alone."""
    holder = procedure.dispute.holder
    if holder is None or not step.by:
        return
    today = timezone.localtime(at).date()
    people: list[User] = users_of(holder, today)
    with translation.override(settings.LANGUAGE_CODE):
        notify_once(
            [user for user in people if user != actor],
            procedure,
            reason=f"cases.{step.key}.{procedure.version}",
            title=f"{procedure.get_kind_display()} {step.name}",
            text=procedure.dispute.title,
            at=at,
        )
