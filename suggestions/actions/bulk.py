"""What is done to several addressees at once; whoever it does not fit is passed over."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.notifications.models import Notice
from members.models import User
from suggestions.actions.steps import (
    day_of,
    locked_addressee,
    office_language,
    people_of,
    tell,
)
from suggestions.actions.supervision import urge
from suggestions.actions.urging_rules import LEVELS, highest_level
from suggestions.models import Addressee
from suggestions.reminding import awaits, reminder_key
from suggestions.states import AddresseeState, MeasureKind

PASSED_OVER = frozenset({"nothing_late", "not_running", "urged_already"})


@action
def remind_units(addressee_ids: Iterable[int], *, actor: Actor, at: datetime) -> int:
    """Remind those that have something to do next, once a day; to how many it was new.

    Whoever has nothing to do, or no account, is passed over.
    """
    return sum(_remind(one, actor, at) for one in sorted(set(addressee_ids)))


def _remind(addressee_id: int, actor: Actor, at: datetime) -> bool:
    addressee = locked_addressee(addressee_id)
    policy_for(Addressee).require(actor, "urge", addressee)
    people = people_of(addressee.organization, at, addressee.handler)
    key = reminder_key(day_of(at))
    if not awaits(addressee) or not _new_to(people, addressee, key):
        return False
    with office_language():
        title, text = _words(addressee)
    tell(people, addressee, reason=key, title=title, text=text, at=at, actor=actor)
    names = {"unit": addressee.organization.short_name, "people": len(people)}
    record(actor, "suggestions.addressee.reminded", addressee, **names)
    return True


def _new_to(people: list[User], addressee: Addressee, key: str) -> bool:
    """Somebody of them was not reminded today."""
    kind = ContentType.objects.get_for_model(addressee)
    told = Notice.objects.filter(
        subject_type=kind, subject_id=addressee.pk, reason=key, recipient__in=people
    )
    return len(set(told.values_list("recipient", flat=True))) < len(people)


def _words(addressee: Addressee) -> tuple[str, str]:
    titles = {
        AddresseeState.SENT: _("Please sign for “%(title)s”"),
        AddresseeState.SERVED: _("Please reply to “%(title)s”"),
        AddresseeState.RECTIFYING: _("Please report how “%(title)s” is carried out"),
    }
    due = {
        AddresseeState.SERVED: addressee.reply_due_on,
        AddresseeState.RECTIFYING: addressee.rectify_due_on,
    }.get(AddresseeState(addressee.state))
    title = titles[AddresseeState(addressee.state)] % {"title": addressee.suggestion.title}
    return title, _("The last day is %(day)s.") % {"day": due.isoformat()} if due else ""


@action
def urge_units(
    addressee_ids: Iterable[int],
    *,
    actor: Actor,
    at: datetime,
    level: str,
    due_on: date,
    reason: str = "",
) -> int:
    """An urging letter to each, with one day; to how many.

    A unit that was urged at a higher level before is urged at that level; one that is no
    longer late, or waits for its answer already, is passed over. Raises what else
    `suggestions.actions.supervision.urge` raises; then none is sent.
    """
    given = {"actor": actor, "at": at, "due_on": due_on, "reason": reason}
    return sum(_urge(one, level, **given) for one in sorted(set(addressee_ids)))


def _urge(addressee_id: int, level: str, **given: Any) -> bool:
    highest = highest_level(locked_addressee(addressee_id))
    raised = max(level, highest, key=LEVELS.index)
    try:
        urge(addressee_id, kind=MeasureKind.URGING, level=raised, **given)
    except RuleBroken as broken:
        if broken.code not in PASSED_OVER:
            raise
        return False
    return True
