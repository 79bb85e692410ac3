"""The sections of a dispute's page that its procedures fill."""

from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from cases.acts import Act, Recorder
from cases.course import Reading, sentence
from cases.models import Dispute, Event, Participant, Procedure
from cases.onward import Way, untaken
from cases.pills import Pill, pill_of
from cases.told import told_of
from cases.views.reading import reading_of
from foundations.access.requests import SignedInRequest
from foundations.audit.timeline import timeline
from services.deadlines.models import Deadline, DeadlineState

OVER = (DeadlineState.MET, DeadlineState.MET_LATE, DeadlineState.CANCELLED, DeadlineState.LAPSED)


@dataclass(frozen=True)
class Row:
    """One procedure in the table: how it stands, and what the reader may record in it."""

    procedure: Procedure
    pill: Pill
    reason: str
    days: int
    acts: list[Act]


def acts_of(request: SignedInRequest, dispute: Dispute) -> list[Act]:
    """What the reader may record now; asked once a page."""
    reading = reading_of(request, dispute)
    kept: dict[Reading, list[Act]] = request.__dict__.setdefault("_dispute_acts", {})
    if reading not in kept:
        recorder = Recorder(request.user, dispute, reading.procedures)
        kept[reading] = recorder.acts(reading.duties)
    return kept[reading]


def procedures_section(request: SignedInRequest, dispute: Dispute) -> dict:
    reading = reading_of(request, dispute)
    acts = acts_of(request, dispute)
    rows = [_row(reading, one, acts) for one in reversed(reading.procedures)]
    return {"rows": rows}


def _row(reading: Reading, procedure: Procedure, acts: list[Act]) -> Row:
    reasons = [link.reason for link in procedure.origins.all()]
    days = ((procedure.closed_on or reading.on) - procedure.opened_on).days
    own = [act for act in acts if act.procedure == procedure]
    return Row(procedure, pill_of(procedure), "、".join(reasons), days, own)


@dataclass(frozen=True)
class LimitLine:
    """`whose` it is: of a right the party that has it, of a duty the organization."""

    limit: Deadline
    procedure: Procedure
    whose: str


def limits_section(request: SignedInRequest, dispute: Dispute) -> dict:
    """Duties and rights, those that run apart from those that are over, the latest first."""
    reading = reading_of(request, dispute)
    lines = [
        LimitLine(one, reading.procedure_of(one), reading.whose(one)) for one in reading.limits
    ]
    over = [line for line in lines if _is_over(line.limit, reading.on)]
    running = [line for line in lines if line not in over]
    over.sort(key=_closed_on, reverse=True)
    return {
        "running": [line for line in running if not line.limit.window],
        "over": [line for line in over if not line.limit.window],
        "windows": [line for line in running if line.limit.window],
        "lapsed": [line for line in over if line.limit.window],
    }


def _is_over(limit: Deadline, on: date) -> bool:
    """A right is over with its last day, before the night that lapses it."""
    return limit.state in OVER or (limit.window and limit.due_on < on)


def _closed_on(line: LimitLine) -> date:
    ended: date = line.limit.closed_on or line.limit.due_on
    return ended


@dataclass(frozen=True)
class Parts:
    procedure: Procedure
    rows: list[Participant]


def parts_section(request: SignedInRequest, dispute: Dispute) -> dict:
    """Who takes part in which procedure, and as what."""
    reading = reading_of(request, dispute)
    found = [Parts(one, list(one.participants.all())) for one in reversed(reading.procedures)]
    return {"parts": [one for one in found if one.rows]}


@dataclass(frozen=True)
class Bond:
    earlier: Procedure
    later: Procedure
    reason: str


def _next_ways(reading: Reading) -> list[Way]:
    """What may follow where everything that was begun is over."""
    last = reading.procedures[-1:]
    return [way for way in untaken(reading.procedures) if way.earlier in last]


def related_section(request: SignedInRequest, dispute: Dispute) -> dict:
    """How the procedures follow from each other, and what may follow next."""
    procedures = reading_of(request, dispute).procedures
    known = {one.pk: one for one in procedures}
    bonds = [
        Bond(known[link.earlier_id], one, link.reason)
        for one in procedures
        for link in one.origins.all()
        if link.earlier_id in known
    ]
    return {"bonds": bonds, "following": list(untaken(procedures))}


@dataclass(frozen=True)
class Happened:
    """An event with the state that it led to, in the words of its procedure's table."""

    event: Event
    procedure: Procedure

    @property
    def after(self) -> str:
        return self.procedure.table.states[self.event.after].name

    @property
    def told(self) -> list[str]:
        return told_of(self.event, self.procedure)

    @property
    def moved(self) -> bool:
        return self.event.before != self.event.after

    @property
    def on(self) -> object:
        return self.event.on, self.event.pk


def log_section(request: SignedInRequest, dispute: Dispute) -> dict:
    """What happened in the procedures, by its day; and what was entered, by its hour."""
    procedures = reading_of(request, dispute).procedures
    found = [Happened(event, one) for one in procedures for event in one.events.all()]
    found.sort(key=attrgetter("on"), reverse=True)
    return {"happened": found, "moments": timeline(dispute, *procedures)}


def frame_of(request: SignedInRequest, dispute: Dispute) -> dict:
    """The head of every tab and, on the first, who has to act and the drawing."""
    reading = reading_of(request, dispute)
    drawing = reading.drawing
    return {
        "ball": reading.ball,
        "drawing": drawing,
        "drawing_words": sentence(reading.courses),
        "next_ways": [] if reading.ball else _next_ways(reading),
        "count": len(reading.shown),
        "days": reading.days,
    }
