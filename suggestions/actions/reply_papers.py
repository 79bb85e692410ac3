"""The addressee's own reply letter (回复函, K-13), made of what it answered in the portal."""

from datetime import datetime

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action
from services.documents import actions as documents
from services.documents.models import OfficialDocument
from services.documents.states import DocumentState
from suggestions import papers
from suggestions.actions.steps import day_of, locked_addressee
from suggestions.models import Addressee, Reply
from suggestions.numbers import clean_number


@action
def make_reply_paper(
    reply_id: int, *, actor: Actor, at: datetime, number: str = ""
) -> OfficialDocument:
    """Make the letter of a reply; one made before is replaced, as measures may be added.

    Raises RuleBroken: "on_behalf" for a paper reply, which is its own letter;
    "paper_pending" while the one before is still being made.
    """
    addressee_id = Reply.objects.values_list("addressee", flat=True).get(pk=reply_id)
    addressee = locked_addressee(addressee_id)
    policy_for(Addressee).require(actor, "reply", addressee)
    reply = Reply.objects.select_for_update(of=("self",)).get(pk=reply_id)
    reply.addressee = addressee
    if reply.on_behalf:
        raise RuleBroken("on_behalf", _("This reply came on paper; its letter is the scan."))
    before = paper_of_reply(reply)
    if before is not None and before.state != DocumentState.ISSUED:
        raise RuleBroken("paper_pending", _("The letter is still being made; wait a moment."))
    typed, _changed = clean_number(number)
    if typed != reply.number:
        reply.number = typed
        reply.store()
    paper = documents.draft(
        papers.REPLY_KIND,
        reply,
        actor=actor,
        organization=addressee.organization,
        jurisdiction=addressee.jurisdiction,
        title=papers.reply_title(reply)[:200],
        context=papers.reply_context(reply),
        visibility=addressee.suggestion.visibility,
        replaces=before,
    )
    return documents.issue(paper.pk, actor=actor, on=day_of(at), at=at, number=typed)


def paper_of_reply(reply: Reply) -> OfficialDocument | None:
    """The letter that stands, or is being made."""
    standing = (DocumentState.ISSUING, DocumentState.ISSUED)
    rows = OfficialDocument.objects.about(reply).filter(state__in=standing)
    return rows.first()
