"""Is what a meeting keeps to itself marked and guarded: its texts, its confidential topics."""

from datetime import date

from django.utils.translation import gettext as _

from mechanisms.findings import Clause, Finding, Occasion, Words, weigh_occasions
from mechanisms.states import RuleKind as K
from meetings.models import MeetingText, Topic
from meetings.plan import rules_of
from meetings.rules.rows import held_this_year
from meetings.states import HELD, TextState, TopicState


def texts_guarded(clause: Clause) -> Finding:
    """Every text that the institution calls internal was issued with its clause and mark."""
    texts = rules_of(clause.mechanism, clause.on).texts
    internal = [name for name, rule in texts.items() if rule.internal]
    rows = MeetingText.objects.filter(
        meeting__in=held_this_year(clause), text_class__in=internal, state=TextState.ISSUED
    )
    found = [
        Occasion(one, one.title, day, day, day if one.internal else None)
        for one in rows.select_related("meeting", "document")
        if (day := _issued_on(one)) is not None
    ]
    words = Words(
        kept=_("Issued texts carry their clause; reading leaves a watermark and a trace."),
        missing=_("An internal text was issued without its clause."),
        idle=_("No internal text was issued within a year."),
        period=_("Each text"),
    )
    return weigh_occasions(clause, found, words)


def _issued_on(text: MeetingText) -> date | None:
    return text.document.issued_on if text.document else text.meeting.held_on


def topics_guarded(clause: Clause) -> Finding:
    """Every confidential topic has named readers, who signed before they opened it."""
    rows = Topic.objects.filter(
        meeting__mechanism=clause.mechanism,
        meeting__state__in=HELD,
        meeting__held_on__range=(clause.since, clause.on),
        confidential=True,
        state=TopicState.ACCEPTED,
    )
    found = []
    for one in rows.select_related("meeting").prefetch_related("readers"):
        day = one.meeting.held_on
        guarded = any(reader.signed_at for reader in one.readers.all())
        found.append(Occasion(one, one.shown_title, day, None, day if guarded else None))
    words = Words(
        kept=_("Confidential topics were marked, their readers named and bound in writing."),
        missing="",
        idle=_("No topic was confidential within a year."),
        period=_("At all times"),
    )
    return weigh_occasions(clause, found, words)


RULES = {
    (K.CONFIDENTIALITY, "meeting_text"): texts_guarded,
    (K.CONFIDENTIALITY, "confidential_topic"): topics_guarded,
}
