"""Who took a list of disputes out of the portal is kept."""

from foundations.audit.actor import User
from foundations.audit.trail import action, record


@action
def note_export(actor: User, *, way: str, query: str, rows: int) -> None:
    record(actor, "cases.dispute.exported", actor, way=way, query=query, rows=rows)
