"""The circular (通报) of a sheet: a draft bulletin, which goes the way of every other (WJ-75)."""

from datetime import datetime

from assessments.models import Sheet
from assessments.papers import body_of, title_of
from bulletins.actions import bulletins, circulation
from bulletins.actions.bulletin_words import BulletinWords, units_of
from bulletins.models import Bulletin
from bulletins.states import BulletinState, Kind
from foundations.audit.actor import Actor
from mechanisms.queries import parties
from meetings.actions.steps import day_of


def draft_circular(sheet: Sheet, before: Sheet | None, *, actor: Actor, at: datetime) -> Bulletin:
    """Called inside the publication. Where the sheet corrects another whose circular went out
    already, it is the correcting issue of that; a draft that did not go out is given up."""
    words = _words(sheet, at)
    issued = before.bulletin if before else None
    if issued is not None and issued.state == BulletinState.CIRCULATED:
        reason = sheet.correction_reason
        made = circulation.correct(issued.pk, actor=actor, at=at, reason=reason)
        return bulletins.revise(made.pk, actor=actor, at=at, words=words)
    if issued is not None and issued.is_writable:
        bulletins.discard(issued.pk, actor=actor, at=at, reason=sheet.correction_reason)
    mechanism, organ = sheet.scheme.mechanism_id, sheet.organization_id
    return bulletins.draft(mechanism, actor=actor, at=at, issuer_id=organ, words=words)


def _words(sheet: Sheet, at: datetime) -> BulletinWords:
    rows = sheet.assessed.in_order().select_related("organization")
    lines = list(rows.prefetch_related("scores__item"))
    return BulletinWords(
        title=title_of(sheet)[:200],
        body=body_of(sheet, lines, list(sheet.scheme.items.all())),
        kind=Kind.NOTICE,
        matter=sheet.title,
        recipients=_recipients(sheet, [line.organization_id for line in lines], at),
        first_on=sheet.first_on,
        last_on=sheet.last_on,
    )


def _recipients(sheet: Sheet, assessed: list[int], at: datetime) -> tuple[int, ...]:
    """The sides, and the units that were assessed, as far as there still are such."""
    sides = [pk for one in parties(sheet.scheme.mechanism) for pk in (one.lead_id, one.acting_id)]
    there = set(units_of(sheet.scheme.mechanism, day_of(at)).values_list("pk", flat=True))
    wanted = dict.fromkeys([*sides, *assessed])
    return tuple(pk for pk in wanted if pk in there and pk != sheet.organization_id)
