from foundations.audit.trail import action, record
from mechanisms.models import Mechanism
from members.models import User


@action
def note_table(user: User, mechanism: Mechanism, query: str) -> None:
    """Somebody takes the figures of a period away as a file."""
    record(user, "dashboards.figures.exported", mechanism, query=query)
