"""Of the records that prove a state, those that a reader may open."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Model

from foundations.access.policy import visible_to
from mechanisms.findings import Evidence
from members.models import User

Openable = set[tuple[type[Model], int]]


def openable(user: User, evidence: Iterable[Evidence]) -> Openable:
    """Which records the reader's own policies show; one query for each kind of record."""
    asked: dict[type[Model], set[int]] = defaultdict(set)
    for one in evidence:
        asked[type(one.record)].add(one.record.pk)
    return {
        (model, pk)
        for model, keys in asked.items()
        for pk in visible_to(user, model).filter(pk__in=keys).values_list("pk", flat=True)
    }
