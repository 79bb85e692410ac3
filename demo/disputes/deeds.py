"""What is done in a made-up dispute, on its day: data that two writers carry out alike.

A course is a list of deeds. `demo.disputes.by_actions` does them through the actions of the
portal, `demo.disputes.bulk` writes the rows at once; a test compares what both have written.
Procedures and hearings are named within the course: "suit", "suit hearing".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from cases.actions.appearances import RecordWords
from cases.actions.attending import ExcuseWords, ReplyWords
from cases.actions.checklist import ChecklistWords
from cases.actions.disputes import DisputeWords
from cases.actions.hearings import HearingWords
from cases.actions.intake import GuidanceWords
from cases.actions.losses import LossWords
from cases.actions.visits import VisitWords
from members.models import Organization

CLOCK = time(10, 30)
"""Everything is recorded at this time of its day."""
NOT_EXCUSED = "所述事由可以由其他负责人代为处理。"
"""What the organ says of reasons that are not good."""


@dataclass(frozen=True)
class Part:
    """The n-th party, or the n-th agency, of a procedure of the course."""

    of: str
    side: str = "party"
    n: int = 0


@dataclass(frozen=True)
class Of:
    """A procedure of the course, where a step asks for one."""

    name: str


@dataclass(frozen=True)
class Deed:
    on: date

    @property
    def at(self) -> datetime:
        return datetime.combine(self.on, CLOCK, timezone.get_default_timezone())


@dataclass(frozen=True)
class Register(Deed):
    words: DisputeWords


@dataclass(frozen=True)
class Concern(Deed):
    """Another agency whose act it is about."""

    agency: Organization


@dataclass(frozen=True)
class Guide(Deed):
    words: GuidanceWords


@dataclass(frozen=True)
class Check(Deed):
    """The eight looks, with a decision that closes the registration."""

    words: ChecklistWords


@dataclass(frozen=True)
class Open(Deed):
    """Open a procedure under a name; parties are all, agencies the dispute's unless named.

    `prosecutor`: a procuratorate sues, and no party.
    """

    name: str
    kind: str
    organ: Organization
    given: Mapping[str, Any] = field(default_factory=dict)
    earlier: str = ""
    reason: str = ""
    agencies: tuple[Organization, ...] = ()
    prosecutor: Organization | None = None


@dataclass(frozen=True)
class Take(Deed):
    """A step of a procedure; `given` may hold `Part` and `Of`."""

    name: str
    step: str
    given: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Consent(Deed):
    """Every party is asked; with all agreeing, the mediation gets its number."""

    name: str
    agreed: bool
    method: str
    number: str = ""


@dataclass(frozen=True)
class Promise:
    """An item of an agreement: of the agency, or of the first party."""

    by_agency: bool
    what: str
    due_on: date


@dataclass(frozen=True)
class Agree(Deed):
    """The agreement is written and signed, which ends the mediation."""

    name: str
    facts: str
    promises: Sequence[Promise]
    court: Organization | None = None
    confirmation: str = ""


@dataclass(frozen=True)
class ShowWay(Deed):
    name: str
    way: str
    reason: str


@dataclass(frozen=True)
class SetHearing(Deed):
    """Set on a day before; `name` is of the hearing, `procedure` of what it is held in."""

    name: str
    procedure: str
    words: HearingWords


@dataclass(frozen=True)
class TellParties(Deed):
    hearing: str


@dataclass(frozen=True)
class Call(Deed):
    """The court calls the head of the n-th agency; served on the same day."""

    hearing: str
    n: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Reply(Deed):
    hearing: str
    n: int
    words: ReplyWords


@dataclass(frozen=True)
class Excuse(Deed):
    """Entered by the organ from the agency's paper, and decided on at once."""

    hearing: str
    n: int
    words: ExcuseWords
    accepted: bool


@dataclass(frozen=True)
class Hold(Deed):
    hearing: str


@dataclass(frozen=True)
class Appear(Deed):
    hearing: str
    n: int
    words: RecordWords


@dataclass(frozen=True)
class Perform(Deed):
    """The n-th thing that is owed from a procedure."""

    name: str
    n: int
    remark: str


@dataclass(frozen=True)
class Confirm(Deed):
    name: str
    n: int


@dataclass(frozen=True)
class Report(Deed):
    """The agency reports on the performance; the visit that it brings gets a name."""

    name: str
    visit: str
    text: str


@dataclass(frozen=True)
class Arrange(Deed):
    """A visit after a procedure."""

    name: str
    after: str


@dataclass(frozen=True)
class Visited(Deed):
    name: str
    words: VisitWords


@dataclass(frozen=True)
class SendNotice(Deed):
    """The n-th notice of a procedure's outcome."""

    name: str
    n: int
    addressee: str
    number: str


@dataclass(frozen=True)
class ReceiveNotice(Deed):
    name: str
    n: int


@dataclass(frozen=True)
class WriteLoss(Deed):
    """The analysis of the first agency."""

    name: str
    words: LossWords


@dataclass(frozen=True)
class ReviewLoss(Deed):
    name: str


@dataclass(frozen=True)
class Rectified(Deed):
    name: str


@dataclass(frozen=True)
class Course:
    """What happens in one dispute, in the order of its days."""

    deeds: tuple[Deed, ...]
