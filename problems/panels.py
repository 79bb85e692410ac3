"""What the pages of meetings, bulletins and disputes show of problems seen there."""

from collections.abc import Callable

from django.db.models import Model
from django.urls import reverse

from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from problems.models import Problem
from problems.policy.circle import works_for_a_side

Panel = Callable[..., "tuple[str, dict] | None"]


def problems_of(name: str) -> Panel:
    """The panel for the records to which problems point by `name`; who writes for a side
    is offered to register one."""

    def panel(request: SignedInRequest, row: Model) -> tuple[str, dict] | None:
        found = visible_to(request.user, Problem).filter(**{name: row})
        rows = list(found.select_related("organization"))
        may = works_for_a_side(request.user)
        if not rows and not may:
            return None
        public_id: str = row.public_id  # type: ignore[attr-defined]
        url = reverse("problems:new", query={name: public_id}) if may else ""
        return "problems/_problems_of.html", {"problems": rows, "register_url": url}

    return panel


on_meeting = problems_of("meeting")
on_bulletin = problems_of("bulletin")
