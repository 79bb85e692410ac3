"""Disputes as they come in many at once: what is written down before any row is made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from cases.actions.disputes import DisputeWords
from members.models import Organization

CLAIMANTS, AGENCIES = "claimants", "agencies"


@dataclass(frozen=True)
class Who:
    """The n-th claimant or agency of a procedure, where a step asks for a participant."""

    side: str
    n: int = 0


@dataclass(frozen=True)
class Taken:
    """A step that happened on a day. `given` is what it asks for, participants as `Who`;
    `reason` says why it is recorded only now; `at` when it was recorded, if not with all."""

    step: str
    on: date
    given: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Course:
    """One procedure with its steps in order. `after` is the place in the draft's courses of
    the one it follows from, `because` the reason of that. Claimants are all parties and the
    agency is the dispute's unless places of parties and units are named."""

    kind: str
    organ: Organization
    on: date
    steps: Sequence[Taken] = ()
    given: Mapping[str, Any] = field(default_factory=dict)
    late: str = ""
    at: datetime | None = None
    after: int | None = None
    because: str = ""
    claimants: Sequence[int] | None = None
    agencies: Sequence[Organization] | None = None


@dataclass(frozen=True)
class Draft:
    """A dispute with its procedures besides the intake, which `words` open; `routed` is the
    end of the intake, if it has ended."""

    words: DisputeWords
    courses: Sequence[Course] = ()
    routed: Taken | None = None


INTAKE = -1
"""The place of the intake among the courses of a draft, in a fault."""


@dataclass(frozen=True)
class Fault:
    """A rule that a draft breaks: in which course (None: the dispute itself), at which step,
    at which field of it."""

    message: str
    code: str = ""
    course: int | None = None
    step: str = ""
    field: str = ""
