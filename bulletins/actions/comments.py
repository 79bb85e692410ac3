"""What bodies say to a bulletin, and what is answered (YN-31, GL-21)."""

from datetime import datetime

from django.utils.translation import gettext as _

from bulletins.actions.bulletin_steps import (
    locked_bulletin,
    people_of,
    require_told,
    tell,
)
from bulletins.models import Bulletin, Comment
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import User
from foundations.audit.trail import action, record
from members.models import Organization
from members.standing import standing
from suggestions.actions.steps import office_language


@action
def comment(
    bulletin_id: int,
    *,
    actor: User,
    at: datetime,
    text: str,
    topic: str = "",
    reply_to: int | None = None,
) -> Comment:
    """Say something to a bulletin, or answer what was said, for one's own body.

    Raises RuleBroken: "withdrawn", "not_circulated", "empty" and "wrong_comment".
    """
    bulletin = locked_bulletin(bulletin_id)
    require_told(bulletin)
    policy_for(Bulletin).require(actor, "comment", bulletin)
    if not text.strip():
        raise RuleBroken("empty", _("Write what is to be said."), "text")
    asked = _asked(bulletin, reply_to)
    row = Comment(
        bulletin=bulletin,
        organization=_speaks_for(bulletin, actor),
        by=actor,
        at=at,
        topic=topic,
        text=text.strip(),
        reply_to=asked,
    )
    row.store()
    verb = "answered" if asked else "commented"
    unit = row.organization.short_name
    record(actor, f"bulletins.bulletin.{verb}", bulletin, unit=unit)
    _tell(row, asked, actor, at)
    return row


def _asked(bulletin: Bulletin, reply_to: int | None) -> Comment | None:
    if reply_to is None:
        return None
    found = bulletin.comments.filter(pk=reply_to, reply_to=None).first()
    if found is None:
        raise RuleBroken("wrong_comment", _("Answer one of the opinions on this bulletin."))
    return found


def _speaks_for(bulletin: Bulletin, user: User) -> Organization:
    """The body that takes part: the issuer, or the first of those that it went to."""
    mine = standing(user).organizations
    if bulletin.issuer_id in mine:
        return bulletin.issuer
    rows = bulletin.circulations.filter(organization__in=mine).select_related("organization")
    return rows.order_by("pk")[0].organization


def _tell(row: Comment, asked: Comment | None, actor: User, at: datetime) -> None:
    """The issuer of what was said; of an answer, the body that asked."""
    bulletin = row.bulletin
    units = [asked.organization] if asked else [bulletin.issuer]
    with office_language():
        frame = _("Answered: %(title)s") if asked else _("Opinion on a bulletin: %(title)s")
        title = frame % {"title": bulletin.title}
    people = people_of(units, at)
    tell(people, bulletin, reason=f"comment:{row.pk}", title=title, at=at, actor=actor)
