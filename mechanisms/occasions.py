"""Occasions of a clause, read from dated records; and evaluators set down as data.

rules.register(
    RuleKind.TASK,
    "visit",
    Judged(_("follow-up visits"), Source(visits, _("Follow-up visit"), on="on", done="on")),
)
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Case, F, Model, Q, QuerySet, When
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from mechanisms.findings import (
    EVIDENCE_SHOWN,
    Clause,
    Finding,
    Occasion,
    Words,
    weigh_occasions,
    weigh_use,
)
from mechanisms.states import ComplianceState


def words_about(matter: str | Promise, period: str | Promise = "") -> Words:
    """What is said of most duties: it names the matter, and no record and no number."""
    named = {"matter": str(matter)}
    return Words(
        kept=_("%(matter)s: on record within a year, nothing overdue.") % named,
        missing=_("%(matter)s: something is still to be done.") % named,
        idle=_("%(matter)s: none within a year.") % named,
        period=str(period),
    )


@dataclass(frozen=True)
class Source:
    """Where occasions of a duty are found.

    `rows` gives the records of the clause's place. `on`, `due` and `done` are paths to a
    day, or to a moment (`told_at__date`): when the duty arose, by when it had to be done
    (inclusive) and when it was. Without `done` the record itself is the deed. `of` is the
    path to the record that is shown, where the row has no page of its own.
    """

    rows: Callable[[Clause], QuerySet]
    label: str | Promise
    on: str
    due: str = ""
    done: str = ""
    of: str = ""

    def occasions(self, clause: Clause) -> list[Occasion]:
        """Those that decide on the day: what was open, and the newest of a year's deeds."""
        begun = self._near(clause).filter(**{f"{self.on}__lte": clause.on})
        if not self.done:
            recent = begun.filter(**{f"{self.on}__gte": clause.since})
            return self._read(clause, recent.order_by(F(self.on).desc(), "-pk"))
        undone = Q(**{f"{self.done}__isnull": True}) | Q(**{f"{self.done}__gt": clause.on})
        within = Q(**{f"{self.done}__gte": clause.since, f"{self.done}__lte": clause.on})
        latest = F(self.done).desc()
        ordered = begun.filter(undone | within).order_by(
            Case(When(undone, then=0), default=1),
            Case(When(undone, then=F(self.due or self.on))).asc(nulls_last=True),
            latest,
            "-pk",
        )
        found = self._read(clause, ordered, 2 * EVIDENCE_SHOWN)
        open_ones = [one for one in found if not one.done_by(clause.on)][:EVIDENCE_SHOWN]
        done = [one for one in found if one.done_by(clause.on)][:EVIDENCE_SHOWN]
        if len(found) == 2 * EVIDENCE_SHOWN and len(done) < EVIDENCE_SHOWN:
            done = self._read(clause, begun.filter(within).order_by(latest, "-pk"))
        return [*open_ones, *done]

    def _near(self, clause: Clause) -> QuerySet:
        """With the records above each row, which its days and its address are read from."""
        rows = self.rows(clause)
        above = [*_above(rows.model), *([self.of] if self.of else [])]
        return rows.select_related(*above) if above else rows

    def _read(self, clause: Clause, rows: QuerySet, most: int = EVIDENCE_SHOWN) -> list[Occasion]:
        """Sources of several clauses may ask the same of the tables; that is asked once."""
        try:
            question = repr(rows.query.sql_with_params())
        except EmptyResultSet:
            return []
        found = clause.once(question, lambda: list(rows[:most]))
        return [
            Occasion(
                record=_along(row, self.of) if self.of else row,
                label=self._named(row),
                on=_day(_along(row, self.on)),
                due_on=_day(_along(row, self.due)) if self.due else None,
                done_on=_day(_along(row, self.done or self.on)),
            )
            for row in found
        ]

    def _named(self, row: Any) -> str:
        """The record's own number, else what it is and of which numbered record: its title
        may name people."""
        numbers = (getattr(_along(row, path), "number", "") for path in _above(type(row)))
        above = next(filter(None, numbers), "")
        return str(getattr(row, "number", "")) or f"{self.label} {above}".strip()


class Judged:
    """An evaluator: a duty that arises with occasions, or one "as needed" (`use`).

    A clause that allows (可以) is weighed by its use, whatever the duty is. `arises` finds
    what calls for a duty that is weighed by its use: without any, it does not apply.
    """

    def __init__(
        self,
        matter: str | Promise,
        *sources: Source,
        use: bool = False,
        period: str | Promise = "",
        arises: Source | None = None,
    ) -> None:
        self.matter, self.sources, self.use, self.period = matter, sources, use, period
        self.arises = arises

    def __call__(self, clause: Clause) -> Finding:
        found = [one for source in self.sources for one in source.occasions(clause)]
        by_use = self.use or clause.may
        period = self.period or (_("As needed") if by_use else _("On each occasion"))
        words = words_about(self.matter, period)
        if not by_use:
            return weigh_occasions(clause, found, words)
        if not found and self.arises and not self.arises.occasions(clause):
            return Finding(ComplianceState.NOT_APPLICABLE, words.nothing, period=words.period)
        return weigh_use(clause, found, words)


PARENTS = frozenset(
    (
        "addressee",
        "appearance",
        "assessment",
        "assignment",
        "concerned",
        "coordination",
        "defence",
        "dispute",
        "hearing",
        "participant",
        "procedure",
        "session",
        "suggestion",
    )
)
"""Relations by which a record hangs on another, under whose address it is found."""


def _above(model: type[Model], depth: int = 4) -> Iterator[str]:
    for relation in model._meta.concrete_fields:
        if relation.name in PARENTS and isinstance(relation.related_model, type) and depth:
            yield relation.name
            for further in _above(relation.related_model, depth - 1):
                yield f"{relation.name}__{further}"


def _along(row: Any, path: str) -> Any:
    for step in path.removesuffix("__date").split("__"):
        row = getattr(row, step, None)
    return row


def _day(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).date()
    return value if isinstance(value, date) else None
