"""The papers of suggestions: their kinds, and the plain dictionaries that they are printed of."""

from suggestions.papers.letters import letter_context, letter_kind
from suggestions.papers.replies import REPLY_KIND, reply_context, reply_title
from suggestions.papers.reports import REPORT_KIND, report_context, report_title
from suggestions.papers.supervision import (
    supervision_context,
    supervision_kind,
    supervision_title,
)

__all__ = [
    "REPLY_KIND",
    "REPORT_KIND",
    "letter_context",
    "letter_kind",
    "reply_context",
    "reply_title",
    "report_context",
    "report_title",
    "supervision_context",
    "supervision_kind",
    "supervision_title",
]
