"""Papers of disputes through their pages: looked at, issued, read."""

from django.urls import reverse

from cases.models import Access
from foundations.access.policy import visible_to
from members.models import User
from services.documents.models import OfficialDocument
from tests.disputes import account, procuratorate


def address(name: str, kind: str, row) -> str:
    return reverse(f"cases:{name}", args=[kind, row.public_id])


def issued(client, kind: str, row, on, **given):
    """The answer to the form that issues a paper."""
    return client.post(address("paper", kind, row), {"on": on.isoformat(), **given})


def papers_of(user: User, row) -> list[OfficialDocument]:
    """What the user may read of a record's papers, as on a new request."""
    for name in [key for key in user.__dict__ if key.startswith("_")]:
        if name != "_state":
            del user.__dict__[name]
    return list(visible_to(user, OfficialDocument).about(row))


def onlooker(city, dispute) -> User:
    """An account that sees the dispute without being in the case."""
    unit = procuratorate(city)
    user = account(city, "onlooker", unit.key)
    Access.objects.create(
        dispute=dispute, principal=f"o{unit.pk}", filed_on=dispute.filed_on, why="coordination"
    )
    return user
