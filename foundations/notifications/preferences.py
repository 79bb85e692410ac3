"""What a person wants to be told, and by which way. Who chose nothing wants everything.

The rooms above register the early stages that can be switched off: the key that their
reminders bear, and its name. What is due or over is told in any case.
"""

from collections.abc import Iterable
from typing import Literal

from django.utils.functional import Promise

from foundations.audit.actor import User
from foundations.notifications.models import Preferences

Wish = Literal["mail", "digest", "messenger"]
stages: dict[str, str | Promise] = {}


def preferences_of(user: User) -> Preferences:
    """The person's own, or what holds for who chose nothing; not saved."""
    return Preferences.objects.filter(user=user.pk).first() or Preferences(user=user)


def wants(user: User, wish: Wish) -> bool:
    return bool(getattr(preferences_of(user), wish))


def refusers(people: Iterable[User], wish: Wish) -> set[int]:
    """The ids of those who have switched `wish` off."""
    off = Preferences.objects.filter(user__in=people, **{wish: False})
    return set(off.values_list("user", flat=True))


def stages_wanted(user: User) -> set[str]:
    """The keys of the early stages that the person hears of."""
    return set(stages) - set(preferences_of(user).muted)


def muted_stages() -> set[tuple[int, str]]:
    """(user id, stage) of all that anybody has switched off; one question for many notices."""
    chosen = Preferences.objects.exclude(muted=[]).values_list("user", "muted")
    return {(user, stage) for user, muted in chosen for stage in muted if stage in stages}
