"""The rows of one dispute in memory, none of them with a key yet."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from cases.actions.bulk.held import Rows, hold
from cases.models import (
    Access,
    Agreement,
    AgreementItem,
    Appearance,
    Assignment,
    Checklist,
    ChecklistLook,
    Concerned,
    Dispute,
    Event,
    Guidance,
    Hearing,
    Link,
    LossAnalysis,
    MediationConsent,
    OutcomeNotice,
    Participant,
    Party,
    Performance,
    PerformanceReport,
    Procedure,
    Visit,
    WayOut,
)
from cases.states import Kind
from demo.disputes import deeds as d
from demo.disputes.bulk.limits import Limits
from demo.disputes.cast import Cast
from members.models import Organization, User

ORDER: tuple[type[Model], ...] = (
    Dispute,
    Party,
    Procedure,
    Link,
    Participant,
    Event,
    Access,
    Concerned,
    Guidance,
    Checklist,
    ChecklistLook,
    MediationConsent,
    Assignment,
    Agreement,
    AgreementItem,
    WayOut,
    Hearing,
    Appearance,
    Performance,
    PerformanceReport,
    OutcomeNotice,
    LossAnalysis,
    Visit,
)
"""The tables, each after those that its rows name."""


class Chapter:
    """One procedure with who takes part in it and what happened."""

    def __init__(self, row: Procedure) -> None:
        self.row = row
        self.assigned: Assignment | None = None
        hold(row, participants=Rows(Participant), events=Rows(Event))

    def side(self, side: str) -> list[Participant]:
        if side == "party":
            chosen = [one for one in self.row.participants.all() if one.party is not None]
        else:
            chosen = self.agencies()
        return sorted(chosen, key=lambda one: one.order)

    def agencies(self) -> list[Participant]:
        return list(self.row.participants.agencies())


class Sheet:
    """What is written of one dispute. `rows` are in the order in which they were made."""

    def __init__(self, cast: Cast, limits: Limits, told: dict[str, str]) -> None:
        self.cast, self.limits, self.told = cast, limits, told
        self.rows: dict[type[Model], list[Any]] = {model: [] for model in ORDER}
        self.chapters: dict[str, Chapter] = {}
        self.hearings: dict[str, Hearing] = {}
        self.principals: set[str] = set()

    @property
    def dispute(self) -> Dispute:
        found: Dispute = self.rows[Dispute][0]
        return found

    def add(self, row: Any) -> Any:
        self.rows[type(row)].append(row)
        return row

    def of(self, model: type[Model], chapter: Chapter) -> list[Any]:
        """The rows of a table that belong to a procedure."""
        return [row for row in self.rows[model] if row.procedure is chapter.row]

    def writer(self, unit: Organization) -> User:
        return self.cast.writer(unit)

    def part(self, part: d.Part) -> Participant:
        return self.chapters[part.of].side(part.side)[part.n]

    def intake(self) -> Chapter:
        return self.chapters["intake"]

    def opened_visits(self) -> list[Chapter]:
        return [one for one in self.chapters.values() if one.row.kind == Kind.VISIT]

    def admit(self, units: Iterable[Organization | None], why: str) -> None:
        for one in units:
            for unit in (one, one.lead) if one else ():
                self.grant(f"o{unit.pk}", why)

    def grant(self, principal: str, why: str) -> None:
        if principal in self.principals:
            return
        self.principals.add(principal)
        self.add(Access(dispute=self.dispute, principal=principal, why=why))
