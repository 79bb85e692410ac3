"""How the making of a document's files goes on, while it is being issued."""

from datetime import datetime, timedelta

from services.documents.models import OfficialDocument
from services.documents.states import DocumentState

LEASE = timedelta(minutes=2)
"""For so long a worker may be busy with a document before another takes it up."""
SOON = LEASE + timedelta(minutes=1)
"""Within this the sweep, which comes every minute, takes up what a worker left behind."""
PATIENCE = timedelta(minutes=1)
"""A paper takes seconds; after this the worker has most likely died."""
MOST_ATTEMPTS = 20


def is_interrupted(document: OfficialDocument, *, at: datetime) -> bool:
    """Has nobody taken up its files for longer than making them takes?"""
    last = document.claimed_at or document.issued_at
    waiting = document.state == DocumentState.ISSUING and not document.error
    return waiting and last is not None and last < at - PATIENCE


def is_given_up(document: OfficialDocument) -> bool:
    """The sweep tries no more; a person can."""
    return document.state == DocumentState.ISSUING and document.attempts >= MOST_ATTEMPTS
