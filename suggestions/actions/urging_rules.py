"""What an urging letter, a talk and an order must keep to before they are sent."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.audit.actor import Actor
from members.models import Organization
from services.documents.models import OfficialDocument
from suggestions.actions.steps import office_language
from suggestions.lateness import late_of
from suggestions.models import Addressee, Supervision
from suggestions.policy.urging import sender_for
from suggestions.states import SupervisionState, UrgingLevel
from suggestions.units import require_in_force

LEVELS = UrgingLevel.values


def require_sender(actor: Actor, addressee: Addressee, on: date) -> Organization:
    sender = sender_for(actor, addressee, on)
    if sender is None:
        raise PermissionDenied("urge")
    return sender


def reason_of(addressee: Addressee, typed: str, on: date) -> str:
    """What was typed; else what is late, in the words of the portal."""
    if typed.strip():
        return typed.strip()
    with office_language():
        late = late_of(addressee, on)
    if late is None:
        message = _("Nothing of %(unit)s is late. To urge all the same, give the reason.")
        names = {"unit": addressee.organization.short_name}
        raise RuleBroken("nothing_late", message % names, "reason")
    return late.sentence


def check_measure(supervision: Supervision) -> None:
    addressee = supervision.addressee
    if not addressee.is_live:
        message = _("“%(unit)s” is “%(state)s”: there is nothing to urge.")
        names = {"unit": addressee.organization.short_name}
        names["state"] = addressee.get_state_display()
        raise RuleBroken("not_running", message % names)
    _check_level(supervision)
    _check_day(supervision)
    if not supervision.is_talk:
        supervision.starts_at, supervision.place = None, ""


def highest_level(addressee: Addressee) -> str:
    """The highest level of the measures so far; the lowest of all before the first."""
    held = addressee.supervisions.values_list("level", flat=True)
    return max([LEVELS[0], *held], key=LEVELS.index)


def _check_level(supervision: Supervision) -> None:
    highest = highest_level(supervision.addressee)
    if LEVELS.index(supervision.level) < LEVELS.index(highest):
        message = _("This unit was urged at the level “%(level)s” already; a level only rises.")
        level = UrgingLevel(highest).label
        raise RuleBroken("level_falls", message % {"level": level}, "level")
    twin = supervision.addressee.supervisions.filter(
        by_organization=supervision.by_organization,
        kind=supervision.kind,
        level=supervision.level,
        state=SupervisionState.OPEN,
        due_on__gte=supervision.on,
    ).first()
    if twin is not None:
        message = _("The same was sent on %(on)s; its answer is due on %(due)s.")
        names = {"on": twin.on.isoformat(), "due": twin.due_on.isoformat()}
        raise RuleBroken("urged_already", message % names, "level")


def _check_day(supervision: Supervision) -> None:
    names = {"today": supervision.on.isoformat()}
    if supervision.due_on < supervision.on or (
        supervision.due_on == supervision.on and not supervision.is_talk
    ):
        message = _("The day must be later than today (%(today)s).")
        raise RuleBroken("due_past", message % names, "due_on")


def require_free(supervision: Supervision, number: str) -> None:
    """Raise RuleBroken("number_taken") for a typed number that the sender gave before."""
    sender = supervision.by_organization
    # The sender's row keeps two people from typing the same number at once.
    Organization.objects.select_for_update(no_key=True).get(pk=sender.pk)
    given = OfficialDocument.objects.filter(organization=sender, number=number)
    if number and given.exists():
        message = _("“%(number)s” has been given to another document.")
        raise RuleBroken("number_taken", message % {"number": number}, "number")


def copied_units(addressee: Addressee, ids: Iterable[int], on: date) -> list[Organization]:
    wanted = set(ids) - {addressee.organization_id}
    units = list(Organization.objects.filter(jurisdiction=addressee.jurisdiction, pk__in=wanted))
    if len(units) != len(wanted):
        raise RuleBroken("wrong_unit", _("Choose units of this place."), "copied_to")
    for unit in units:
        require_in_force(unit, on, "copied_to")
    return units
