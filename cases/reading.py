"""The first and the deepest page of disputes at the same cost: keys merged by principal.

Whoever may see a dispute has a row in `Access`. Each principal's newest keys are read from
the index alone, all principals in one statement; no plan has to guess how many there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import TypeAlias

from django.db.models import Q, QuerySet, Value
from django.db.models.aggregates import Count

from cases.models import Access, Dispute
from cases.policy.circle import principals
from members.models import User
from members.standing import Standing, standing

CAP = 100
"""Above it a list says "100+": counting all would cost more than the rest of the page."""
EVERY = Q()
Rows: TypeAlias = "QuerySet[Dispute] | QuerySet[Access]"


@dataclass(frozen=True)
class Key:
    """The place of a dispute in the order of the ledger: newest first, ties by key."""

    filed_on: date
    pk: int


def newest(
    user: User,
    most: int,
    *,
    where: Q = EVERY,
    after: Key | None = None,
    before: Key | None = None,
) -> list[Dispute]:
    """The disputes that the user may see next in the order, `most` at the most; one statement.

    `where` speaks of columns that access rows repeat. With `before` those nearest before it;
    in the order of the list all the same.
    """
    mine = standing(user)
    if not mine.is_staff:
        return []
    keys = _keys(mine, most, where, after, before)
    rows = Dispute.objects.filter(pk__in=keys).select_related("agency", "holder")
    order = ("filed_on", "pk") if before else ("-filed_on", "-pk")
    found = list(rows.order_by(*order)[:most])
    return found[::-1] if before else found


def _keys(
    mine: Standing,
    most: int,
    where: Q = EVERY,
    after: Key | None = None,
    before: Key | None = None,
) -> QuerySet:
    """Among them those that are next in the order for each principal."""
    arms = [_arm(one, most, where, after, before) for one in principals(mine)]
    return reduce(lambda left, right: left.union(right), arms)


def _arm(principal: str, most: int, where: Q, after: Key | None, before: Key | None) -> QuerySet:
    """The keys of one principal: a range of the index, cut off where it is long enough.

    SQLite takes no limit in a part of a union, so that the limit stands one level deeper.
    """
    rows = Access.objects.filter(where, principal=principal)
    if before is not None:
        place = Q(filed_on__gt=before.filed_on) | Q(dispute__gt=before.pk)
        rows = rows.filter(place, filed_on__gte=before.filed_on)
        rows = rows.order_by("filed_on", "dispute")
    else:
        if after is not None:
            place = Q(filed_on__lt=after.filed_on) | Q(dispute__lt=after.pk)
            rows = rows.filter(place, filed_on__lte=after.filed_on)
        rows = rows.order_by("-filed_on", "-dispute")
    held = Dispute.objects.filter(pk__in=rows.values("dispute")[:most])
    return held.order_by().values("pk")


def beyond(
    rows: QuerySet[Dispute], *, after: Key | None = None, before: Key | None = None
) -> QuerySet[Dispute]:
    """The same for rows that are narrowed otherwise; in the order in which they are cut off."""
    if before is not None:
        place = Q(filed_on__gt=before.filed_on) | Q(pk__gt=before.pk)
        return rows.filter(place, filed_on__gte=before.filed_on).order_by("filed_on", "pk")
    if after is not None:
        place = Q(filed_on__lt=after.filed_on) | Q(pk__lt=after.pk)
        rows = rows.filter(place, filed_on__lte=after.filed_on)
    return rows.order_by("-filed_on", "-pk")


def access_rows(user: User, where: Q) -> QuerySet[Access]:
    """Those by which the user sees disputes, as far as their own columns say `where`."""
    mine = standing(user)
    if not mine.is_staff:
        return Access.objects.none()
    return Access.objects.filter(where, principal__in=principals(mine))


def capped_counts(views: Sequence[Rows], times: int = 1) -> list[int]:
    """How many disputes each of them holds, CAP + 1 standing for more; one statement.

    A dispute may have so many `times` a row of access.
    """
    if not views:
        return []
    arms = [_counted(rows, place, times) for place, rows in enumerate(views)]
    found = reduce(lambda left, right: left.union(right, all=True), arms)
    counts = {row["place"]: min(row["n"], CAP + 1) for row in found}
    return [counts.get(place, 0) for place in range(len(views))]


def _counted(rows: Rows, place: int, times: int) -> QuerySet:
    key, most = ("pk", 1) if rows.model is Dispute else ("dispute", times)
    first = rows.order_by().values(key)[: (CAP + 1) * most]
    held = Dispute.objects.filter(pk__in=first).order_by()
    return held.annotate(place=Value(place)).values("place").annotate(n=Count("pk"))
