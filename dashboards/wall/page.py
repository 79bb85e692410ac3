"""What the wall shows: the figures of the whole place, counted for nobody in particular."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from dashboards.figures.asked import Asked, open_to
from dashboards.leaders.board import WEEK, Board
from dashboards.leaders.ratios import FIVE, Card, cards
from dashboards.leaders.units import UnitLine, unit_lines
from dashboards.next_meeting import FIRM
from dashboards.wall.duties import Owed, owed_by_kind
from foundations.access.visibility import Visibility
from mechanisms.models import Mechanism
from meetings.models import Meeting
from meetings.models.meetings import MeetingQuerySet
from meetings.states import AHEAD, DUTY, MeetingKind
from services.deadlines.models import Deadline, DeadlineQuerySet
from services.indicators.values import NOTHING, Value

OWED, UNITS, AREAS = 4, 5, 7
APPEARANCE, LOST = "R6", "R5"
SHOWN = (Visibility.JOINT, Visibility.PUBLISHABLE)


@dataclass(frozen=True)
class ComingMeeting:
    """A regular meeting is called by its name; what another one is about is not for all who
    pass, so that only its kind is said."""

    name: str
    on: date
    starts_at: time | None
    side: str
    host: str


class WallPage:
    """`at` is the moment of counting, in local time."""

    def __init__(self, mechanism: Mechanism, at: datetime) -> None:
        self.mechanism, self.at = mechanism, at
        self.on = at.date()
        self.asked = Asked(mechanism, date(self.on.year, 1, 1), self.on, self.on, reader=None)
        self.board = Board(self.asked)

    @cached_property
    def five(self) -> list[Card]:
        return cards(self.asked, FIVE, with_course=True)

    @cached_property
    def overdue(self) -> int:
        return self.board.overdue

    @cached_property
    def soon(self) -> int:
        """Due today or within a week."""
        return self._duties.due_within(WEEK.days, on=self.on).count()

    @cached_property
    def owed(self) -> list[Owed]:
        return owed_by_kind(self._duties.filter(due_on__lte=self.on + WEEK), OWED)

    @property
    def _duties(self) -> DeadlineQuerySet:
        rows: DeadlineQuerySet = open_to(None, Deadline).duties()
        return rows.filter(jurisdiction=self.mechanism.jurisdiction_id)

    @cached_property
    def meeting(self) -> ComingMeeting | None:
        """The nearest one whose day is agreed."""
        firm = (one for one in self._meetings if one.state in FIRM)
        return _coming(next(firm, None))

    @cached_property
    def regular(self) -> ComingMeeting | None:
        return _coming(self._regular)

    @cached_property
    def regular_due_on(self) -> date | None:
        """By when the next regular meeting has to be held."""
        series = self._regular.series_id if self._regular else None
        rows = self._duties.filter(rule=DUTY, subject_id=series).order_by("due_on")
        found: date | None = rows.values_list("due_on", flat=True).first()
        return found

    @cached_property
    def _regular(self) -> Meeting | None:
        regular = (one for one in self._meetings if one.kind == MeetingKind.REGULAR)
        return next(regular, None)

    @cached_property
    def _meetings(self) -> list[Meeting]:
        """Those to come that all sides know of, by day."""
        rows: MeetingQuerySet = open_to(None, Meeting).filter(
            mechanism=self.mechanism,
            state__in=AHEAD,
            planned_on__gte=self.on,
            visibility__in=SHOWN,
        )
        return list(rows.select_related("host_organization").order_by("planned_on", "pk"))

    @cached_property
    def units(self) -> list[UnitLine]:
        """The lowest rates of appearance; small bases are left out (I9)."""
        return [line for line in unit_lines(self.asked) if line.place is not None][:UNITS]

    @cached_property
    def whole(self) -> Value | None:
        """The rate of appearance of all units together; None without a hearing."""
        found = cards(self.asked, (APPEARANCE,), with_course=False)
        value = found[0].line.value if found else None
        return value if value is not None and value.d and not value.broken else None

    @property
    def lost_text(self) -> str:
        """What all units together lost, of what was decided."""
        found = (card.line.value for card in self.five if card.key == LOST)
        value = next(found, None)
        return f"{value.n} / {value.d}" if value is not None and value.d else NOTHING

    @cached_property
    def areas(self) -> dict:
        """As many as have their names beside the bars."""
        found = self.board.areas
        series = [{**one, "values": one["values"][:AREAS]} for one in found["series"]]
        return {"areas": found["areas"][:AREAS], "series": series}

    @cached_property
    def appearance_target(self) -> str:
        """Where the bars have their mark; empty where the institution names no target."""
        choice = self.asked.choices.get(APPEARANCE)
        return "" if choice is None or choice.at_least is None else f"{choice.at_least}"


def _coming(meeting: Meeting | None) -> ComingMeeting | None:
    if meeting is None:
        return None
    is_regular = meeting.kind == MeetingKind.REGULAR
    host = meeting.host_organization
    return ComingMeeting(
        name=meeting.title if is_regular else str(meeting.get_kind_display()),
        on=meeting.planned_on,
        starts_at=meeting.starts_at,
        side=meeting.host,
        host=host.name if host else "",
    )
