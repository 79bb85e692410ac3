"""What the time limits themselves lay on somebody's desk."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundations.access.policy import visible_to
from foundations.calendars.queries import NOVEMBER, missing_year
from foundations.ledgers.work import WorkItem
from members.models import User
from members.standing import standing
from members.states import Role
from services.deadlines.models import Move, MoveState


def items(user: User, on: date) -> list[WorkItem]:
    """For liaison officers: what a new calendar would move, and the year it lacks."""
    mine = standing(user, on)
    if not mine.has(Role.LIAISON_OFFICER):
        return []
    found = []
    waiting = visible_to(user, Move).filter(state=MoveState.PROPOSED).count()
    if waiting:
        words = ngettext(
            "A new calendar would move %(n)d last day",
            "A new calendar would move %(n)d last days",
            waiting,
        )
        address = reverse("deadlines:moves")
        found.append(WorkItem("todo", words % {"n": waiting}, address, _("Look through")))
    year = missing_year(on) if on.month >= NOVEMBER else None
    if year:
        title = _("The holidays of %(year)d are not entered yet") % {"year": year}
        note = _("A system administrator enters them")
        address = reverse("calendars:list", query={"year": year})
        found.append(WorkItem("waiting", title, address, _("Look"), meta=(note,)))
    return found
