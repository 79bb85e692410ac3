"""The whole course of a dispute as a drawing: pure, all places in percent of its width."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from foundations.calendars.periods import add_months

LANE, TOP, BAR = 58, 45, 28
FOOT = 30
MONTHS_APART = (1, 2, 3, 6, 12, 24, 60)
MOST_MONTHS = 14
FEW_MONTHS = 6
PIXELS = 9.0
"""About how wide one percent of the drawing is on a screen; a glyph is 13 wide."""
GLYPH = 13


@dataclass(frozen=True)
class Mark:
    """Something that happened on a day inside a procedure."""

    on: date
    words: str


@dataclass(frozen=True)
class Course:
    """One procedure: `until` is the last day of the limit within which it is to end, `follows`
    the place of the procedure it follows from."""

    name: str
    number: str
    opened_on: date
    closed_on: date | None
    result: str
    until: date | None = None
    follows: int | None = None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Bar:
    css: str
    x: str
    y: int
    width: str


@dataclass(frozen=True)
class Text:
    x: str
    y: int
    words: str
    css: str = ""
    dx: int = 0
    anchor: str = "start"


@dataclass(frozen=True)
class Line:
    x1: str
    x2: str
    y1: int
    y2: int


@dataclass(frozen=True)
class Dot:
    x: str
    y: int


@dataclass(frozen=True)
class Drawing:
    """`months` are the labels of the lines of `grid`; `due` is where the next limit ends."""

    height: int
    bottom: int
    courses: Sequence[Course]
    grid: Sequence[Line]
    months: Sequence[Text]
    lanes: Sequence[Line]
    bars: Sequence[Bar]
    texts: Sequence[Text]
    links: Sequence[Line]
    dots: Sequence[Dot]
    today: str
    due: Dot | None


def drawn(
    courses: Sequence[Course], on: date, due_on: date | None = None, due_in: int = 0
) -> Drawing:
    """The drawing on a day. `due_on` is the next limit, of the course at place `due_in`.

    Raises ValueError without a course.
    """
    if not courses:
        raise ValueError("A dispute without procedures has no course.")
    scale = _Scale(courses, on, due_on)
    bottom = TOP - 15 + LANE * len(courses) + 10
    texts, dots = [], []
    for place, course in enumerate(courses):
        texts.append(_result(scale, place, course, on))
        for mark in course.marks:
            dots.append(Dot(scale.x(mark.on), _middle(place)))
            texts.append(Text(scale.x(mark.on), _middle(place) + 4, mark.words, "sub", 8))
    return Drawing(
        height=bottom + 20,
        bottom=bottom,
        courses=courses,
        grid=[Line(scale.x(day), scale.x(day), 22, bottom) for day in scale.months],
        months=[scale.label(day) for day in scale.months],
        lanes=[_lane(place) for place in range(len(courses))],
        bars=[bar for place, one in enumerate(courses) for bar in _bars(scale, place, one, on)],
        texts=texts,
        links=[
            line for place, one in enumerate(courses) for line in _links(scale, courses, place)
        ],
        dots=dots,
        today=scale.x(on),
        due=Dot(scale.x(due_on), _middle(due_in)) if due_on else None,
    )


class _Scale:
    """From days to percent: whole months around everything that is drawn."""

    def __init__(self, courses: Sequence[Course], on: date, due_on: date | None) -> None:
        days = [on, *(one.opened_on for one in courses)]
        days += [one.closed_on for one in courses if one.closed_on]
        days += [one.until for one in courses if one.until]
        days += [due_on] if due_on else []
        self.first = min(days).replace(day=1)
        self.last = add_months(max(days).replace(day=1), 1)
        self.days = (self.last - self.first).days
        self.months = list(self._months())

    def _months(self) -> Iterator[date]:
        count = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        apart = next((n for n in MONTHS_APART if count <= n * MOST_MONTHS), MONTHS_APART[-1])
        for n in range(0, count, apart):
            yield add_months(self.first, n)

    def month(self, day: date) -> str:
        """With its year where that begins."""
        before = [one for one in self.months if one < day]
        new_year = not before or before[-1].year != day.year
        return f"{day.year}年{day.month}月" if new_year else f"{day.month}月"

    def label(self, day: date) -> Text:
        """One beside a label with its year gives way on paper, where both would not fit."""
        place = self.months.index(day)
        beside_year = place > 0 and "年" in self.month(self.months[place - 1])
        near = beside_year and len(self.months) > FEW_MONTHS
        return Text(self.x(day), 14, self.month(day), "ax ax--near" if near else "ax", 4)

    def at(self, day: date) -> float:
        return (day - self.first).days / self.days * 100

    def x(self, day: date) -> str:
        return _percent(self.at(day))

    def width(self, first: date, last: date) -> str:
        """Never nothing: what lasted a day is seen too."""
        return _percent(max(self.at(last) - self.at(first), 0.6))


def _percent(value: float) -> str:
    return f"{value:.2f}%"


def _top(place: int) -> int:
    return TOP + LANE * place


def _middle(place: int) -> int:
    return _top(place) + BAR // 2


def _lane(place: int) -> Line:
    y = _top(place) + BAR + 15
    return Line("0", "100%", y, y)


def _bars(scale: _Scale, place: int, course: Course, on: date) -> Iterator[Bar]:
    y = _top(place)
    if course.closed_on is not None:
        width = scale.width(course.opened_on, course.closed_on)
        yield Bar("b-done", scale.x(course.opened_on), y, width)
        return
    until = course.until
    if until is not None and until > on:
        yield Bar("b-plan", scale.x(on), y, scale.width(on, until))
    yield Bar("b-now", scale.x(course.opened_on), y, scale.width(course.opened_on, on))


def _result(scale: _Scale, place: int, course: Course, on: date) -> Text:
    """Inside its bar where it fits, else behind it, before it where that is the edge."""
    y = _middle(place) + 4
    if course.closed_on is None:
        first, last = on, course.until if course.until and course.until > on else on
    else:
        first, last = course.opened_on, course.closed_on
    needed = len(course.result) * GLYPH / PIXELS + 2
    free = min([last, *(mark.on for mark in course.marks if mark.on > first)])
    if scale.at(free) - scale.at(first) >= needed:
        dx = 10 if course.closed_on else 22
        return Text(scale.x(first), y, course.result, dx=dx)
    if scale.at(last) + needed <= 100:
        return Text(scale.x(last), y, course.result, css="out", dx=10)
    return Text(scale.x(course.opened_on), y, course.result, css="out", dx=-8, anchor="end")


def _links(scale: _Scale, courses: Sequence[Course], place: int) -> Iterator[Line]:
    """Across from the end of the earlier procedure, then down to this one."""
    course = courses[place]
    if course.follows is None:
        return
    earlier = courses[course.follows]
    ended = min(earlier.closed_on or course.opened_on, course.opened_on)
    x = scale.x(course.opened_on)
    yield Line(scale.x(ended), x, _middle(course.follows), _middle(course.follows))
    yield Line(x, x, _middle(course.follows), _top(place))


def lasted(courses: Sequence[Course], on: date) -> int:
    """The days from the first opening to the last closing, or to the day while one is open."""
    ends = [course.closed_on or on for course in courses]
    return (max(ends) - min(course.opened_on for course in courses)) // timedelta(days=1)
