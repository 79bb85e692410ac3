"""What the pages of rosters and hand-overs show of their papers."""

from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from members.models import Body, Handover, RosterChange
from members.views.rosters import asked_day
from services.documents.models import OfficialDocument
from services.documents.personnel.queries import STANDING, notices_about


def roster_panel(request: SignedInRequest, body: Body) -> tuple[str, dict]:
    """The roster as of the day of the page, and each change with its notice."""
    changes = visible_to(request.user, RosterChange).filter(body=body).order_by("-on", "-pk")
    rows = list(changes.select_related("body").prefetch_related("ended", "begun"))
    notices = notices_about(request.user, rows)
    may = policy_for(RosterChange).can
    shown = [
        {
            "change": change,
            "notices": notices.get(change.pk, []),
            "may_issue": may(request.user, "announce", change)
            and not _stands(notices.get(change.pk, [])),
        }
        for change in rows
    ]
    context = {"body": body, "day": asked_day(request), "changes": shown}
    return "documents/_roster_papers.html", context


def _stands(notices: list[OfficialDocument]) -> bool:
    return any(notice.state in STANDING for notice in notices)


def handover_panel(request: SignedInRequest, handover: Handover) -> tuple[str, dict]:
    return "documents/_handover_papers.html", {"handover": handover}
