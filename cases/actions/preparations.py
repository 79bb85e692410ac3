"""The agency prepares a hearing and learns from it; nobody of the other side reads it."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.appearances import locked_appearance
from cases.hearings.states import Task
from cases.models import Appearance, Preparation
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record


@action
def prepare(
    appearance_id: int,
    *,
    actor: Actor,
    at: datetime,
    done: Sequence[str],
    note: str = "",
    version: int | None = None,
) -> Preparation:
    """What is seen to before the hearing (CX-14)."""
    preparation = _locked(appearance_id, actor)
    preparation.require_version(version)
    preparation.done = [task for task in Task.values if task in done]
    preparation.note = note
    preparation.store()
    record(
        actor,
        "cases.preparation.kept",
        preparation,
        done=len(preparation.done),
        of=len(Task.values),
    )
    return preparation


@action
def sum_up(
    appearance_id: int,
    *,
    actor: Actor,
    at: datetime,
    summary: str,
    measures: str = "",
    version: int | None = None,
) -> Preparation:
    """What the agency learned from the hearing (CX-17); RuleBroken "not_held"."""
    preparation = _locked(appearance_id, actor)
    preparation.require_version(version)
    if not preparation.appearance.hearing.is_held:
        raise RuleBroken("not_held", _("Record first that the hearing was held."))
    preparation.summary, preparation.measures = summary, measures
    preparation.summed_up_on = timezone.localtime(at).date()
    preparation.store()
    record(actor, "cases.preparation.summed_up", preparation)
    return preparation


def _locked(appearance_id: int, actor: Actor) -> Preparation:
    """The agency's sheet, a new one before it has any."""
    appearance: Appearance = locked_appearance(appearance_id)
    policy_for(Appearance).require(actor, "reply", appearance)
    found = Preparation.objects.select_for_update().filter(appearance=appearance).first()
    preparation = found or Preparation(appearance=appearance)
    preparation.appearance = appearance
    return preparation
