"""A circular (通报) begun from a class case: its words are put into a draft bulletin."""

from datetime import datetime

from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from bulletins.actions import bulletins
from bulletins.actions.bulletin_words import BulletinWords, units_of
from bulletins.models import Bulletin
from bulletins.states import BulletinState, Kind
from foundations.access.errors import RuleBroken
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from meetings.actions.steps import day_of
from problems.actions.steps import others, required
from problems.models import ClassCase
from suggestions.papers.words import lines_of


@action
def draft_bulletin(
    class_case_id: int, *, actor: Actor, at: datetime, version: int | None = None
) -> Bulletin:
    """A draft of the writer's unit for the other sides, to be reviewed and signed as any other;
    a new one only after the earlier draft was given up.

    Raises PermissionDenied; RuleBroken "stale", "circular_begun".
    """
    row = required(ClassCase, class_case_id, actor, "keep", version)
    if row.bulletin is not None and row.bulletin.state != BulletinState.DISCARDED:
        raise RuleBroken("circular_begun", _("A circular was drafted from it already."))
    row.bulletin = bulletins.draft(
        row.mechanism_id, actor=actor, at=at, issuer_id=row.organization_id, words=_words(row, at)
    )
    row.store()
    record(actor, "problems.class_case.circular", row)
    return row.bulletin


def _words(row: ClassCase, at: datetime) -> BulletinWords:
    """To whom it may go of those who act for the other sides."""
    allowed = set(units_of(row.mechanism, day_of(at)).values_list("pk", flat=True))
    return BulletinWords(
        title=f"关于{row.title}的通报"[:200],
        body=_body(row),
        kind=Kind.CLASS_CASES,
        matter=row.title,
        recipients=tuple(unit.pk for unit in others(row) if unit.pk in allowed),
    )


def _body(row: ClassCase) -> str:
    """Without the cases' numbers: whoever may open them finds them on the class case."""
    facts = [("领域", row.area_name), ("行政机关", row.agency.name if row.agency else "")]
    first = format_html_join("", "<p>{}：{}</p>", [one for one in facts if one[1]])
    parts = [("一、共性问题", row.pattern), ("二、建议", row.advice)]
    return first + format_html_join(
        "", "<h3>{}</h3>{}", ((head, _paragraphs(text)) for head, text in parts)
    )


def _paragraphs(text: str) -> str:
    return format_html_join("", "<p>{}</p>", ((line,) for line in lines_of(text)))
