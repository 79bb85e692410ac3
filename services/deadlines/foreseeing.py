"""What a holiday notice would change, before it is published."""

from datetime import date
from itertools import islice

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundations.calendars.changes import Notice
from foundations.notifications.kick import kick
from members.models import Jurisdiction
from services.deadlines.actions.recounting import SHARED, Said
from services.deadlines.counting import count
from services.deadlines.models import Deadline
from services.deadlines.tasks import recount

MOST = 5000
BATCH = 500


def count_anew() -> None:
    """After the commit; the nightly run takes up what a broken broker leaves."""
    kick(recount)


def words(notice: Notice) -> str:
    looked_at, moving = foreseen(notice)
    said = ngettext(
        "%(n)d open time limit would move; the liaison officers are asked first.",
        "%(n)d open time limits would move; the liaison officers are asked first.",
        moving,
    ) % {"n": moving}
    if not moving:
        said = _("No open time limit would move.")
    if looked_at == MOST:
        said += " " + _("(Of the first %(n)d that were looked at.)") % {"n": MOST}
    return said


def foreseen(notice: Notice) -> tuple[int, int]:
    """How many open limits the notice concerns (MOST at the most), and how many it moves."""
    said, looked_at, moving = Said(), 0, 0
    for place in Jurisdiction.objects.order_by("pk"):
        if not notice.concerns(place.calendar):
            continue
        calendar = notice.laid_into(place.calendar)
        rows = touched(notice.year).filter(jurisdiction=place).prefetch_related(*SHARED)
        for deadline in islice(rows.iterator(chunk_size=BATCH), MOST - looked_at):
            looked_at += 1
            found = count(deadline, calendar, length=said.length(deadline))
            moving += found.due_on != deadline.due_on
    return looked_at, moving


def touched(year: int) -> QuerySet[Deadline]:
    """The open limits whose count may look at a day of the year; none that was set by hand."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    forward = Q(before=False, trigger_on__lte=last, due_on__gte=first)
    back = Q(before=True, trigger_on__gte=first, due_on__lte=last)
    return Deadline.objects.open().filter(forward | back).exclude(counted_with="").order_by("pk")
