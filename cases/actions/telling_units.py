"""The people of units are told once of something that concerns them."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import Model
from django.utils import timezone, translation
from django.utils.functional import Promise

from foundations.audit.actor import Actor
from foundations.notifications.send import notify_once
from members.models import Organization, User
from members.rosters import leaders_of, users_of


def tell_units(
    units: Iterable[Organization],
    subject: Model,
    *,
    reason: str,
    title: str | Promise,
    text: str,
    actor: Actor,
    at: datetime,
    leaders: bool = False,
) -> None:
    """All accounts of the units, or their leaders alone."""
    today = timezone.localtime(at).date()
    people: set[User] = set()
    for unit in units:
        people |= set(leaders_of(unit, today) if leaders else users_of(unit, today))
    with translation.override(settings.LANGUAGE_CODE):
        notify_once(
            [user for user in people if user != actor],
            subject,
            reason=reason,
            title=str(title),
            text=text,
            at=at,
        )
