"""The grid of regular meetings and whose turn it is: pure, without model or clock.

The grid runs from the origin of a series: meeting k (ordinal k + 1) has the nominal day
origin + k·N months, the end of a short month clipped from the origin, never from the
meeting before, so that it cannot drift. The turn goes to the side that hosted longest
ago; ad-hoc meetings are not part of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundations.calendars.periods import add_months
from foundations.calendars.working_days import NOTICE, WorkCalendar


class Count(StrEnum):
    """What a meeting of the series means for the turns after it."""

    HELD = "held"
    FIXED = "fixed"  # notified, or its host was set by an action
    PASSED = "passed"  # cancelled, and its turn was given up
    LEFT_OUT = "left_out"  # cancelled, and the turn waits for the next meeting
    OPEN = "open"  # planned: its host is computed


@dataclass(frozen=True)
class Rotation:
    """The rule of a series. `names` are the sides as sentences call them."""

    policy: str  # alternate | fixed | co_host | proposer
    hosts: tuple[str, ...]
    first_host: str
    names: Mapping[str, str]

    def named(self, hosts: Iterable[str]) -> str:
        return "、".join(self.names.get(host, host) for host in hosts)


@dataclass(frozen=True)
class Turn:
    """One regular meeting as the rotation knows it; `reason` is that of a host set by hand."""

    ordinal: int
    day: date
    count: Count = Count.OPEN
    hosts: tuple[str, ...] = ()
    reason: str = ""
    moved: bool = False


@dataclass(frozen=True)
class Slot:
    """One meeting of the plan: its day by the grid, the day proposed, who hosts, and why."""

    ordinal: int
    nominal_on: date
    proposed_on: date
    hosts: tuple[str, ...]
    count: Count
    host_reason: str
    day_reason: str
    provisional: bool = False

    @property
    def reason(self) -> str:
        """Whole sentences: why this host, why this day."""
        notice = f"{NOTICE}。" if self.provisional else ""
        return f"{self.host_reason}{self.day_reason}{notice}"


def grid(origin: date, months: int, k: int) -> date:
    """The nominal day of meeting k, k = 0 on the origin itself."""
    return add_months(origin, k * months)


def ordinals_until(origin: date, months: int, until: date) -> Iterator[int]:
    """The ordinals whose nominal day is not after `until`."""
    ordinal = 1
    while grid(origin, months, ordinal - 1) <= until:
        yield ordinal
        ordinal += 1


def number_in_year(origin: date, months: int, ordinal: int) -> int:
    """Which meeting of its nominal year an ordinal is, 1 for the first."""
    year = grid(origin, months, ordinal - 1).year
    return sum(grid(origin, months, k).year == year for k in range(ordinal))


def plan(
    *,
    origin: date,
    months: int,
    until: date,
    rotation: Rotation,
    turns: Sequence[Turn],
    calendar: WorkCalendar,
) -> list[Slot]:
    """The meetings from the origin up to and including `until` by their nominal days.

    `turns` are the meetings that exist; the others are planned on the grid.
    """
    known = {turn.ordinal: turn for turn in turns}
    wanted = []
    for ordinal in ordinals_until(origin, months, until):
        nominal = grid(origin, months, ordinal - 1)
        wanted.append(known.get(ordinal) or Turn(ordinal, calendar.next_workday(nominal)))
    return [
        Slot(
            ordinal=turn.ordinal,
            nominal_on=(nominal := grid(origin, months, turn.ordinal - 1)),
            proposed_on=turn.day,
            hosts=turn.hosts,
            count=turn.count,
            host_reason=why,
            day_reason=_why_day(nominal, turn, calendar),
            provisional=calendar.provisional(nominal, turn.day),
        )
        for turn, why in in_turn(wanted, rotation)
    ]


def in_turn(turns: Iterable[Turn], rotation: Rotation) -> Iterator[tuple[Turn, str]]:
    """Give every open turn its host; yields each turn with the sentence that says why."""
    hosted: dict[str, int] = {}
    previous: Turn | None = None
    for turn in sorted(turns, key=lambda one: one.ordinal):
        due = _hosts_due(rotation, hosted)
        placed = replace(turn, hosts=due) if turn.count is Count.OPEN else turn
        yield placed, _why_host(placed, due, previous, rotation)
        if placed.count is not Count.LEFT_OUT:
            hosted.update(dict.fromkeys(placed.hosts, placed.ordinal))
            previous = placed


def _hosts_due(rotation: Rotation, hosted: Mapping[str, int]) -> tuple[str, ...]:
    if rotation.policy == "co_host":
        return rotation.hosts
    if rotation.policy == "fixed":
        return rotation.hosts[:1]
    if rotation.policy == "proposer" or not hosted:
        return (rotation.first_host,)
    return (min(rotation.hosts, key=lambda side: hosted.get(side, 0)),)


def _why_host(turn: Turn, due: tuple[str, ...], previous: Turn | None, rotation: Rotation) -> str:
    names = {"host": rotation.named(turn.hosts)}
    if turn.reason:
        return turn.reason
    if turn.count is Count.LEFT_OUT:
        return _("This meeting was cancelled; the turn of %(host)s waits for the next.") % names
    if turn.count is Count.PASSED:
        return _("This meeting was cancelled and %(host)s gave up its turn.") % names
    if turn.hosts != due:
        return _("%(host)s hosts this meeting, as settled when it was notified or held.") % names
    if rotation.policy == "fixed":
        return _("The institution lays down that %(host)s hosts.") % names
    if rotation.policy == "co_host":
        return _("The institution lays down that %(host)s host together.") % names
    if rotation.policy == "proposer":
        return _("Whoever proposes the meeting hosts it; until then %(host)s is noted.") % names
    if previous is None:
        return _("The first regular meeting is hosted by %(host)s.") % names
    return _why_turn(turn, previous, rotation)


def _why_turn(turn: Turn, previous: Turn, rotation: Rotation) -> str:
    words = {
        "day": _spoken(previous.day, turn.day),
        "last": rotation.named(previous.hosts),
        "host": rotation.named(turn.hosts),
    }
    if previous.count is Count.HELD:
        return (
            _("The last regular meeting (%(day)s) was hosted by %(last)s; it is %(host)s's turn.")
            % words
        )
    if previous.count is Count.PASSED:
        return _("%(last)s gave up its turn (%(day)s); it is %(host)s's turn.") % words
    return (
        _("The meeting before (planned for %(day)s) goes to %(last)s; then it is %(host)s's turn.")
        % words
    )


def _why_day(nominal: date, turn: Turn, calendar: WorkCalendar) -> str:
    words = {"nominal": _spoken(nominal), "day": _spoken(turn.day, nominal)}
    if turn.count is Count.HELD:
        return _("By the plan it was due on %(nominal)s; it was held on %(day)s.") % words
    if turn.moved:
        return _("By the plan it falls on %(nominal)s; it was moved to %(day)s.") % words
    if turn.day == nominal:
        return _("By the plan it falls on %(nominal)s.") % words
    if turn.day == calendar.next_workday(nominal):
        return (
            _(
                "By the plan it falls on %(nominal)s, a day off; "
                "%(day)s, the next working day, is proposed."
            )
            % words
        )
    return _("By the plan it falls on %(nominal)s; %(day)s was settled.") % words


def _spoken(day: date, beside: date | None = None) -> str:
    """A day as sentences say it, with its year unless that of `beside`."""
    same_year = beside is not None and beside.year == day.year
    return date_format(day, _("F j") if same_year else "DATE_FORMAT")
