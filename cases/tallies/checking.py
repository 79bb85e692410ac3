"""Every counting row against what it should be, a batch of disputes at a time."""

from collections.abc import Iterator

from django.db import transaction

from cases.models import Dispute
from cases.tallies.writing import Difference, differences, refresh_all

BATCH = 250


def check() -> Iterator[Difference]:
    """What is stored otherwise than it would be derived now; nothing is written."""
    for disputes in _batches():
        with transaction.atomic():
            yield from differences(disputes)


def mend() -> Iterator[Difference]:
    """The same, and writes what it tells; nobody changes a dispute meanwhile."""
    for disputes in _batches():
        with transaction.atomic():
            rows = Dispute.objects.select_for_update(of=("self",)).filter(pk__in=disputes)
            locked = list(rows.order_by("pk").values_list("pk", flat=True))
            found = differences(locked)
            if found:
                refresh_all(locked)
        yield from found


def _batches() -> Iterator[list[int]]:
    last = 0
    rows = Dispute.objects.order_by("pk").values_list("pk", flat=True)
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1]
