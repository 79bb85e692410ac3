"""Who is told of a hearing: the agencies, and in advance the officers of the government's
side (CX-21)."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cases.models import Appearance, Hearing
from foundations.audit.actor import Actor
from foundations.notifications.send import notify_once
from members.models import Organization, User
from members.rosters import officers, users_of
from members.states import Side


def tell_set(hearing: Hearing, *, at: datetime, by: Actor) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        _tell(hearing, "set", _("Hearing on %(when)s") % {"when": when(hearing)}, at=at, by=by)


def tell_called_off(hearing: Hearing, *, at: datetime, by: Actor) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        title = _("The hearing on %(when)s falls away") % {"when": when(hearing)}
        _tell(hearing, "off", title, at=at, by=by, text=hearing.reason)


def tell_agency(
    appearance: Appearance, reason: str, title: str, *, at: datetime, text: str = ""
) -> None:
    """The people of one agency, once for a reason."""
    people = _people([appearance.organization], at)
    notify_once(people, appearance, reason=f"hearing.{reason}", title=title, text=text, at=at)


def tell_organ(appearance: Appearance, reason: str, title: str, *, at: datetime) -> None:
    """The people of the court or organ that hears the case."""
    people = _people([appearance.hearing.procedure.organ], at)
    text = appearance.hearing.procedure.dispute.title
    notify_once(people, appearance, reason=f"hearing.{reason}", title=title, text=text, at=at)


def when(hearing: Hearing) -> str:
    return f"{hearing.on.month}月{hearing.on.day}日 {hearing.starts_at:%H:%M}"


def _tell(
    hearing: Hearing, what: str, title: str, *, at: datetime, by: Actor, text: str = ""
) -> None:
    dispute = hearing.procedure.dispute
    units = [one.organization for one in hearing.appearances.select_related("organization")]
    today = timezone.localtime(at).date()
    people = [*_people(units, at), *officers(dispute.jurisdiction, Side.GOVERNMENT, today)]
    notify_once(
        [user for user in people if user != by],
        hearing,
        reason=f"hearing.{what}.{hearing.sequence}",
        title=title,
        text="\n".join(filter(None, (dispute.title, hearing.place, text))),
        at=at,
    )


def _people(units: Iterable[Organization], at: datetime) -> list[User]:
    today = timezone.localtime(at).date()
    found = {user.pk: user for unit in units for user in users_of(unit, today)}
    return list(found.values())
