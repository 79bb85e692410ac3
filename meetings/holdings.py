"""在办事项: the resolutions that a person handles, for hand-over."""

from collections.abc import Sequence
from datetime import datetime

from foundations.audit.actor import Actor
from meetings.actions.resolutions import reassign_resolutions
from meetings.models import Resolution
from members.models import Person


def open_resolutions_of(person: Person) -> list[tuple[int, str, str]]:
    rows = Resolution.objects.open().filter(handler__person=person).order_by("due_on", "pk")
    return [(row.pk, row.shown_text, row.get_absolute_url()) for row in rows]


def reassign(ids: Sequence[int], to_person: Person, *, actor: Actor, at: datetime) -> None:
    reassign_resolutions(ids, actor=actor, to=getattr(to_person, "user", None))
