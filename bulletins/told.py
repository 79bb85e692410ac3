"""Which bulletins told a matter, and how far their receipts have come.

A matter is told in one way for all parties: the receipts of every bulletin count. Which
bulletin it was, is shown only to whom its own policy shows it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from bulletins.models import Bulletin, Covered
from bulletins.states import BulletinState
from foundations.access.policy import visible_to
from members.models import User

SENT, RECEIVED, READ = "sent", "recv", "read"


@dataclass(frozen=True)
class Told:
    """One bulletin that told one matter; `stage` is that of its slowest recipient."""

    obligation_id: int
    instalment_id: int | None
    bulletin_id: int
    on: date
    stage: str
    url: str = ""
    """Of the bulletin, for a reader who may open it."""


def told_in(covered: QuerySet[Covered], reader: User) -> list[Told]:
    """The rows of `covered` whose bulletin went out, oldest first; two queries."""
    counted = (
        covered.filter(bulletin__state=BulletinState.CIRCULATED)
        .order_by("bulletin__circulated_on", "bulletin")
        .values("obligation", "instalment", "bulletin", "bulletin__circulated_on")
        .annotate(
            sent=Count("bulletin__circulations", filter=_has("sent_at")),
            received=Count("bulletin__circulations", filter=_has("received_at")),
            read=Count("bulletin__circulations", filter=_has("read_at")),
        )
    )
    rows = list(counted)
    urls = _open_to(reader, {row["bulletin"] for row in rows})
    return [
        Told(
            obligation_id=row["obligation"],
            instalment_id=row["instalment"],
            bulletin_id=row["bulletin"],
            on=row["bulletin__circulated_on"],
            stage=_stage(row["sent"], row["received"], row["read"]),
            url=urls.get(row["bulletin"], ""),
        )
        for row in rows
        if row["bulletin__circulated_on"] is not None
    ]


def stage_of(told: Iterable[Told]) -> str:
    """Of several bulletins the slowest; sent where the portal knows of none."""
    stages = {one.stage for one in told} or {SENT}
    return next(stage for stage in (SENT, RECEIVED, READ) if stage in stages)


def _has(name: str) -> Q:
    return Q(**{f"bulletin__circulations__{name}__isnull": False})


def _stage(sent: int, received: int, read: int) -> str:
    if not sent or received < sent:
        return SENT
    return READ if read == sent else RECEIVED


def _open_to(reader: User, bulletins: Collection[int]) -> dict[int, str]:
    rows: QuerySet[Bulletin] = visible_to(reader, Bulletin).filter(pk__in=bulletins)
    return {row.pk: row.get_absolute_url() for row in rows.only("public_id")}
