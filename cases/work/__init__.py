"""What disputes lay on somebody's desk: limits that run, steps that wait, and what each part
of a dispute asks of a unit or a person."""

from dataclasses import replace
from datetime import date

from cases.work import aftermath, joint, mediators, organs, risk, settling, sittings
from cases.work.desk import Desk, laid
from foundations.ledgers.work import WorkItem
from members.models import User

# A part adds itself here; each gives `sorts(desk)`.
PARTS = (organs, mediators, sittings, settling, joint, risk, aftermath)


def items(user: User, on: date) -> list[WorkItem]:
    desk = Desk(user, on)
    return _once(list(laid(desk, (sort for part in PARTS for sort in part.sorts(desk)))))


def _once(found: list[WorkItem]) -> list[WorkItem]:
    """What a limit asks of an organ, and the same step asks of the mediator by name, lies
    once on the desk of whoever is both: with its day, and where the mediator looks for it."""
    by_name = {item.url: item.group for item in found if item.day is None}
    dated = {item.url for item in found if item.day is not None}
    return [
        replace(item, group=by_name.get(item.url, item.group)) if item.day is not None else item
        for item in found
        if item.day is not None or item.url not in dated
    ]
