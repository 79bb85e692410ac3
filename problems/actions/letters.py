"""The letters of this room: drawn up, numbered as the office gave it, and issued."""

from datetime import datetime

from foundations.audit.actor import Actor
from meetings.actions.steps import day_of
from problems.models import Matter
from services.documents import actions as documents
from services.documents.models import OfficialDocument


def issue_letter(
    kind: str, row: Matter, context: dict, *, actor: Actor, at: datetime, number: str = ""
) -> OfficialDocument:
    """Called inside the action that sends it; `number` is the one that the office gave."""
    paper = documents.draft(
        kind,
        row,
        actor=actor,
        organization=row.organization,
        jurisdiction=row.jurisdiction,
        title=context["title"],
        context=context,
    )
    return documents.issue(paper.pk, actor=actor, on=day_of(at), at=at, number=number)
