"""The figures of a saved query as a part of its monthly mail.

Every command starts with this module, so that the printer is loaded only when it prints.
"""

import re
from importlib import import_module

from dashboards.models import QueryMail
from dashboards.queries.results import result_of
from dashboards.queries.wanted import Wanted
from foundations.access.errors import RuleBroken
from foundations.notifications.mail import Part, parts
from foundations.notifications.readers import may_read
from members.models import User

SLASHES = re.compile(r"[/\\]")


def query_parts(sent: QueryMail, recipient: User) -> list[Part]:
    """The paper of the recipient's own figures; nothing for an account that has ended, nor
    for a query that cannot be counted (any more)."""
    if sent.query is None or not may_read(recipient, sent.on):
        return []
    wanted = Wanted.of(sent.query)
    try:
        asked = wanted.asked(sent.query.mechanism, recipient, on=sent.on, said_on=sent.due_on)
    except RuleBroken:
        return []
    paper = import_module("dashboards.queries.paper")
    content = paper.pdf_of(sent.query, result_of(wanted, asked))
    return [(f"{SLASHES.sub('-', sent.query.name)}.pdf", "application/pdf", content)]


parts[QueryMail] = query_parts
