"""在办事项: the letters that a person handles or answers, for hand-over."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from foundations.audit.actor import Actor
from members.models import Person
from suggestions.actions.handovers import reassign_addressees, reassign_letters
from suggestions.models import Addressee, Suggestion
from suggestions.states import LetterState


def open_letters_of(person: Person) -> list[tuple[int, str, str]]:
    """Drafts, and letters of which an addressee is not through."""
    running = Addressee.objects.live().values("suggestion")
    rows = Suggestion.objects.filter(
        Q(state=LetterState.DRAFT) | Q(pk__in=running), handler__person=person
    )
    return [(row.pk, str(row), row.get_absolute_url()) for row in rows.order_by("pk")]


def give_letters(ids: Sequence[int], to_person: Person, *, actor: Actor, at: datetime) -> None:
    reassign_letters(ids, actor=actor, to=getattr(to_person, "user", None))


def open_addressees_of(person: Person) -> list[tuple[int, str, str]]:
    """Letters that were received, and are not through."""
    rows = Addressee.objects.live().filter(handler__person=person).select_related("suggestion")
    return [(row.pk, str(row.suggestion), row.get_absolute_url()) for row in rows.order_by("pk")]


def give_addressees(ids: Sequence[int], to_person: Person, *, actor: Actor, at: datetime) -> None:
    reassign_addressees(ids, actor=actor, to=getattr(to_person, "user", None))
