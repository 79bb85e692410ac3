"""One question behind a card, its list, its export and the API, so that they cannot differ."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import and_, or_

from django.db.models import Aggregate, Case, Count, F, IntegerField, Q, QuerySet, Sum, When
from django.db.models import Value as Constant
from django.db.models.expressions import Combinable
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from members.models import Jurisdiction, User
from services.indicators.definitions import Indicator, Unit, Variant, faults_of
from services.indicators.periods import months_of, the_year_before
from services.indicators.sources import UNIT as UNIT
from services.indicators.sources import Source, Terms
from services.indicators.values import Broken, Value

N, D = "n", "d"
AT_ONCE = 100
"""So many questions are put in one statement: a database knows a limit of its columns."""
ARMS, MANY = 20, 100
"""Beyond so many parts a statement looks at every row of its source."""
KEY = "indicator_group"
NONE, ONE = (Constant(n, output_field=IntegerField()) for n in (0, 1))


@dataclass(frozen=True)
class Part:
    """Rows that meet conditions, placed in a period by a date if there is one; `summed` is
    what they must have a number of."""

    names: frozenset[str]
    date: str
    terms: Terms
    summed: str = ""

    def where(self, source: Source) -> Q:
        wanted = [source.met(name, self.terms) for name in sorted(self.names)]
        if self.date:
            days = (self.terms.first_on, self.terms.last_on)
            wanted.append(Q((f"{source.dates[self.date]}__range", days)))
        if self.summed:
            wanted.append(Q((f"{source.sums[self.summed]}__isnull", False)))
        return reduce(and_, wanted, Q())

    def is_in(self, other: "Part") -> bool:
        """Is every row of this part one of the other, as far as names can tell?"""
        return (
            self.terms == other.terms
            and other.date in ("", self.date)
            and other.summed in ("", self.summed)
            and other.names <= self.names
        )


@dataclass(frozen=True)
class Question:
    """How much is an indicator, counted so, from `first_on` to `last_on` (inclusive), as it is
    known on `on`, of what `reader` may open (None: of everything in the place)?

    `narrow` are groups of the source with the keys wanted: (("unit", 17), ("area", "land")).
    A frozenset of keys stands for any of them. A unit has what was recorded under its own name:
    nothing of whom it succeeded.
    """

    indicator: Indicator
    variant: Variant
    jurisdiction: Jurisdiction
    first_on: date
    last_on: date
    on: date
    reader: User | None = None
    narrow: tuple[tuple[str, Hashable], ...] = ()
    months: int = 6

    @property
    def terms(self) -> Terms:
        return Terms(self.first_on, self.last_on, self.on, self.months)

    @property
    def source(self) -> Source:
        return self._asked()

    def _asked(self, *groups: str) -> Source:
        return self.variant.counted_in.asked((*groups, *(name for name, _key in self.narrow)))

    @property
    def broken(self) -> str:
        """Why it cannot be answered; empty when it can."""
        if said := list(faults_of(self.variant, self.indicator.unit)):
            message = _("The definition of this figure is broken: %(faults)s.")
            return message % {"faults": "；".join(said)}
        for name, _key in self.narrow:
            if not self.source.knows(name):
                if name == UNIT:
                    return _("This figure is not counted by unit.")
                return _("This figure cannot be narrowed by “%(group)s”.") % {"group": name}
        return ""

    def rows(self, part: str) -> QuerySet:
        """The rows of the numerator ("n") or the denominator ("d"), or those told apart under
        a name of the variant; KeyError for another part."""
        return self._base(self.source).filter(self._parts()[part].where(self.source))

    def _base(self, source: Source) -> QuerySet:
        found = source.rows(self.jurisdiction, self.reader)
        return found.filter(*(_one_of(source.column(name), key) for name, key in self.narrow))

    def _parts(self, *, apart: bool = True) -> dict[str, Part]:
        variant = self.variant
        d = self._part(variant.d, variant.date, summed=variant.sum)
        if variant.d and not variant.alone:
            n = self._part((*variant.n, *variant.d), variant.date, summed=variant.sum)
        else:
            n = self._part(variant.n, variant.n_date or variant.date)
        told = {
            one.name: self._part(one.of, variant.date if one.dated else "")
            for one in (variant.apart if apart else ())
        }
        return {N: n, D: d if variant.d else n, **told}

    def _part(self, names: Iterable[str], date: str, *, summed: str = "") -> Part:
        return Part(frozenset(names), date, self.terms, summed)

    def _is_placed_by_day(self, source: Source) -> bool:
        """Does one date alone say in which month a row counts?"""
        variant, last = self.variant, replace(self.terms, first_on=self.last_on)
        within = bool(variant.d) and not variant.alone
        one_date = within or variant.n_date in ("", variant.date)
        return bool(variant.date and one_date) and all(
            source.met(name, self.terms) == source.met(name, last)
            for name in {*variant.n, *variant.d}
        )

    @property
    def bare(self) -> "Question":
        """Without what is told apart, which costs as much again."""
        return replace(self, variant=replace(self.variant, apart=()))

    @property
    def firsts(self) -> list[date]:
        """The first day of each month of the period."""
        return [first.replace(day=1) for first, _last in months_of(self.first_on, self.last_on)]

    @property
    def monthly(self) -> list["Question"]:
        """The same for each month, as far as it is in the period."""
        months = months_of(self.first_on, self.last_on)
        return [replace(self, first_on=first, last_on=last) for first, last in months]

    @property
    def nothing(self) -> Value:
        return Value(0, 0, self.indicator.unit)

    @property
    def a_year_before(self) -> "Question":
        """The same days of last year, as they are known on `on` as well."""
        first, last = the_year_before(self.first_on, self.last_on)
        return replace(self, first_on=first, last_on=last)


def _one_of(column: str, key: Hashable) -> Q:
    return Q((f"{column}__in", key)) if isinstance(key, frozenset) else Q((column, key))


def answered(questions: Sequence[Question], *, apart: bool = True) -> list[Value]:
    """The values in the order of the questions; one statement for all of the same rows. What
    cannot be answered is Broken, and spoils no other. `apart`: with what is told apart, which
    costs as much again."""
    found: dict[int, Value] = {}
    batches: dict[Hashable, list[int]] = defaultdict(list)
    for place, question in enumerate(questions):
        if reason := question.broken:
            found[place] = Broken(0, 0, question.indicator.unit, reason=reason)
        else:
            batches[_rows_of(question)].append(place)
    for places in batches.values():
        for some in _some(places):
            values = _together([questions[place] for place in some], apart)
            found.update(zip(some, values, strict=True))
    return [found[place] for place in range(len(questions))]


def _rows_of(question: Question, *groups: str) -> Hashable:
    """The same for questions of the same rows, for the same reader."""
    reader = question.reader and (True, question.reader.pk)
    source = question._asked(*groups)
    return source.key, question.jurisdiction.pk, reader, question.narrow


def _some(places: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(places), AT_ONCE):
        yield places[start : start + AT_ONCE]


def _together(questions: list[Question], apart: bool) -> list[Value]:
    """The values of questions of the same rows, in one statement."""
    counts = Counts(questions[0].source)
    parts = [question._parts(apart=apart) for question in questions]
    names = [counts.asked(*pair) for pair in zip(questions, parts, strict=True)]
    rows = questions[0]._base(counts.source).filter(counts.any_of_them).order_by()
    found = rows.annotate(**counts.marks).aggregate(**counts.totals)
    return [_value(*pair, found) for pair in zip(questions, names, strict=True)]


def answer(question: Question) -> Value:
    return answered([question])[0]


def by_group(question: Question, name: str) -> dict[Hashable, Value]:
    """The values by the keys of a group, None for the rows that have none; without what is
    told apart. Of units, each has what it takes part in, so that their sum may exceed the
    whole (I6). KeyError where the source has no such group, nothing for what is broken."""
    return by_groups([question], name)[0]


def by_groups(questions: Sequence[Question], name: str) -> list[dict[Hashable, Value]]:
    """The same for several questions; one statement for all of the same rows."""
    sources = {place: one._asked(name) for place, one in _sound(questions)}
    columns = {place: one.column(name) for place, one in sources.items()}
    return _each_grouped(questions, {place: F(column) for place, column in columns.items()}, name)


def by_month(question: Question) -> dict[date, Value]:
    """The value of each month of the period by its first day; without what is told apart.

    The first and the last month count only as far as they are in the period.
    """
    return by_months([question])[0]


def by_months(questions: Sequence[Question]) -> list[dict[date, Value]]:
    """The same for several questions; one statement for all of the same rows that one date
    places."""
    by = {
        place: TruncMonth(one.source.dates[one.variant.date])
        for place, one in _sound(questions)
        if one._is_placed_by_day(one.source)
    }
    grouped = _each_grouped(questions, by)
    others = [question.monthly for place, question in enumerate(questions) if place not in by]
    values = iter(answered([one for months in others for one in months], apart=False))
    return [
        {first: grouped[place].get(first, question.nothing) for first in question.firsts}
        if place in by
        else {first: next(values) for first in question.firsts}
        for place, question in enumerate(questions)
    ]


def _sound(questions: Sequence[Question]) -> Iterator[tuple[int, Question]]:
    return ((place, one) for place, one in enumerate(questions) if not one.broken)


def _each_grouped(
    questions: Sequence[Question], by: Mapping[int, F | TruncMonth], *groups: str
) -> list[dict]:
    """The values of each question by what its rows are grouped by; nothing for a question
    that is not in `by`."""
    found: list[dict] = [{} for _question in questions]
    batches: dict[Hashable, list[int]] = defaultdict(list)
    for place, expression in by.items():
        question = questions[place]
        alone = place if question.variant.n_sum or question.variant.d_sum else None
        batches[_rows_of(question, *groups), expression, alone].append(place)
    for places in batches.values():
        for some in _some(places):
            asked = [questions[place] for place in some]
            for place, values in zip(some, _grouped(asked, by[some[0]], *groups), strict=True):
                found[place] = values
    return found


def _grouped(questions: list[Question], by: F | TruncMonth, *groups: str) -> list[dict]:
    """By the keys of which a question has any row."""
    source = questions[0]._asked(*groups)
    counts = Counts(source)
    names = [counts.asked(one, one._parts(apart=False)) for one in questions]
    rows = questions[0]._base(source).filter(counts.any_of_them).order_by()
    marked = rows.annotate(**{KEY: by}, **counts.marks)
    found = list(marked.values(KEY).annotate(**counts.totals))
    if len(questions) == 1:
        return [{row[KEY]: _value(questions[0], names[0], row) for row in found}]
    return [
        {row[KEY]: _value(*pair, row) for row in found if row[pair[1][N]] or row[pair[1][D]]}
        for pair in zip(questions, names, strict=True)
    ]


class Counts:
    """What one statement counts of a source: each part once, however many ask for it.

    Rows of a part get a mark and the marks are counted. A mark is a column of its own and no
    condition inside the count, so that a condition may look at other tables.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.marks: dict[str, Combinable] = {}
        self.totals: dict[str, Aggregate] = {}
        self._names: dict[tuple[Part, str], str] = {}

    def asked(self, question: Question, parts: dict[str, Part]) -> dict[str, str]:
        """The names under which the answer has each part; of the first two a sum where the
        variant names one in place of the number of rows."""
        variant = question.variant
        sums = {N: variant.n_sum, D: variant.d_sum}
        wanted = dict(parts)
        if question.indicator.unit == Unit.DAYS:
            sums[N], wanted[N] = variant.sum, parts[D]
        return {name: self._total(part, sums.get(name, "")) for name, part in wanted.items()}

    def _total(self, part: Part, summed: str) -> str:
        name = self._names.get((part, summed))
        if name is None:
            name = self._names[part, summed] = f"indicator_{len(self._names)}"
            where, mark = part.where(self.source), f"{name}_of"
            what = F(self.source.sums[summed]) if summed else ONE
            other = NONE if summed else None
            self.marks[mark] = Case(When(where, then=what), default=other) if where else what
            self.totals[name] = Sum(mark, default=0) if summed else Count(mark)
        return name

    @property
    def any_of_them(self) -> Q:
        """The rows that one of the parts wants; all of them where it would take longer to say
        which than to look at each."""
        parts = {part for part, _summed in self._names}
        if len(parts) > MANY:
            return Q()
        widest = [
            one for one in parts if not any(one.is_in(other) for other in parts if other != one)
        ]
        wheres = [one.where(self.source) for one in widest]
        if not all(wheres):
            return Q()
        return reduce(or_, wheres) if len(wheres) <= ARMS else self._on_the_days_of(widest)

    def _on_the_days_of(self, parts: list[Part]) -> Q:
        """The rows of the days from the first to the last that any part asks for; more rows
        than the parts want, and soon said. All where a part asks for no day."""
        days: dict[str, set[date]] = defaultdict(set)
        for part in parts:
            days[part.date] |= {part.terms.first_on, part.terms.last_on}
        if "" in days:
            return Q()
        spans = (
            Q((f"{self.source.dates[name]}__range", (min(found), max(found))))
            for name, found in days.items()
        )
        return reduce(or_, spans)


def _value(question: Question, names: dict[str, str], found: dict) -> Value:
    told = [(name, found[total]) for name, total in names.items() if name not in (N, D)]
    return Value(found[names[N]], found[names[D]], question.indicator.unit, tuple(told))
