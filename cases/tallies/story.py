"""What the counting rows of one dispute are derived from, read already."""

from dataclasses import dataclass, field
from datetime import date

from cases.hearings.attendance import Attendance
from cases.models import Dispute, Procedure
from cases.states import Kind


@dataclass(frozen=True)
class Agency:
    """An agency that takes part in a procedure, and as what."""

    organization: int
    role: str


@dataclass(frozen=True)
class Happened:
    """A step of a procedure, in the order in which steps happened."""

    step: str
    on: date


@dataclass(frozen=True)
class Owed:
    """What an organization has to do after a procedure; `done_on` null while it is not done."""

    owed_by: int
    due_on: date
    done_on: date | None


@dataclass(frozen=True)
class Window:
    """A right that lapsed or lapses after `due_on`, given on `trigger_on`."""

    rule: str
    trigger_on: date
    due_on: date


@dataclass
class Chapter:
    """One procedure with what hangs on it."""

    procedure: Procedure
    agencies: list[Agency] = field(default_factory=list)
    steps: list[Happened] = field(default_factory=list)
    owed: list[Owed] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)
    attendances: list[Attendance] = field(default_factory=list)
    earlier: list[int] = field(default_factory=list)
    explained: bool = False
    heard: bool = False
    petitioned: list[date] = field(default_factory=list)


@dataclass
class Story:
    """A dispute with its procedures in the order in which they were opened."""

    dispute: Dispute
    chapters: dict[int, Chapter]

    def of(self, *kinds: str) -> list[Procedure]:
        rows = (one.procedure for one in self.chapters.values())
        return [row for row in rows if row.kind in kinds]

    def followed_by(self, procedure: Procedure, kind: Kind) -> list[Procedure]:
        """The procedures of a kind that were opened in consequence of this one."""
        rows = self.of(kind)
        return [row for row in rows if procedure.pk in self.chapters[row.pk].earlier]
