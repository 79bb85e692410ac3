"""The facts of one dispute as its page reads them, each read once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from cases.chain import Course, Drawing, Mark, drawn, lasted
from cases.limits import of, procedures_of, subject_of, whose_window
from cases.models import Dispute, Event, Link, Participant, Procedure
from cases.states import Kind
from foundations.access.templatetags.portal import bare_day, short_day
from services.deadlines.models import Deadline, DeadlineState

MARKED = ("hear",)
"""The steps that the drawing marks on their day."""
LIVE = (DeadlineState.OPEN, DeadlineState.SUSPENDED)


@dataclass(frozen=True)
class Ball:
    """Who has to act now: on what limit, or, where none runs, in which procedure."""

    procedure: Procedure
    limit: Deadline | None
    since: date
    day: int
    due_on: date | None = None


class Reading:
    """A dispute on a day; a fixed number of queries, however long its course is."""

    def __init__(self, dispute: Dispute, on: date) -> None:
        self.dispute, self.on = dispute, on

    @cached_property
    def procedures(self) -> list[Procedure]:
        """In the order in which they were opened, with all that hangs on them."""
        parts = Participant.objects.select_related("party", "organization")
        events = Event.objects.select_related("actor")
        links = Link.objects.select_related("earlier")
        found = list(
            self.dispute.procedures.select_related("organ", "handler").prefetch_related(
                Prefetch("participants", parts),
                Prefetch("events", events),
                Prefetch("origins", links),
            )
        )
        for one in found:
            one.dispute = self.dispute
            for part in one.participants.all():
                part.procedure = one
        return found

    @cached_property
    def limits(self) -> list[Deadline]:
        """Of the procedures, of whoever takes part in them, of hearings, and of what is to be
        performed; what ends first on top."""
        rows = Deadline.objects.filter(of(self.dispute))
        return list(
            rows.select_related("provision", "owed_by", "handler").order_by("due_on", "pk")
        )

    @cached_property
    def _whose(self) -> dict[tuple[int, int], int]:
        """The procedure of each limit by what it is about."""
        parts = [part for one in self.procedures for part in one.participants.all()]
        types = ContentType.objects.get_for_models(Procedure, Participant)
        known = {(types[Procedure].pk, one.pk): one.pk for one in self.procedures}
        known |= {(types[Participant].pk, part.pk): part.procedure_id for part in parts}
        others = [one for one in self.limits if subject_of(one) not in known]
        return known | {key: one.pk for key, one in procedures_of(others).items()}

    @property
    def duties(self) -> list[Deadline]:
        """Those that run and that somebody has to see to."""
        return [one for one in self.limits if one.state == DeadlineState.OPEN and not one.window]

    def procedure_of(self, limit: Deadline) -> Procedure:
        """The procedure on which a limit hangs, itself or by what is a part of it."""
        own = self._whose[subject_of(limit)]
        return next(one for one in self.procedures if one.pk == own)

    def whose(self, limit: Deadline) -> str:
        """Who has the right, or owes the duty; an organ that only watches is not named."""
        if not limit.window:
            return limit.owed_by.short_name
        part = self._parts.get(subject_of(limit))
        if part is not None:
            return f"{part.get_role_display()} {part}"
        return whose_window(limit.rule, limit.trigger_on) or limit.owed_by.short_name

    @cached_property
    def _parts(self) -> dict[tuple[int, int], Participant]:
        kind = ContentType.objects.get_for_model(Participant)
        parts = (part for one in self.procedures for part in one.participants.all())
        return {(kind.pk, part.pk): part for part in parts}

    @property
    def latest(self) -> Procedure:
        """The open one that began last; without any, the last of all."""
        under_way = [one for one in self.procedures if one.is_open]
        return (under_way or self.procedures)[-1]

    @cached_property
    def ball(self) -> Ball | None:
        """As `Dispute.holder` has it; None where nobody has to act."""
        if self.dispute.holder is None:
            return None
        due = self.duties[0] if self.duties else None
        procedure = self.procedure_of(due) if due else self.latest
        days = [event.on for event in procedure.events.all()]
        since = due.trigger_on if due else max(days, default=procedure.opened_on)
        due_on = due.day_on(self.on) if due else None
        return Ball(procedure, due, since, max((self.on - since).days, 0), due_on)

    @cached_property
    def shown(self) -> list[Procedure]:
        """What the drawing shows: the registration only while nothing followed."""
        found = [one for one in self.procedures if one.kind != Kind.INTAKE]
        return found or self.procedures

    @cached_property
    def courses(self) -> list[Course]:
        return [self._course(one) for one in self.shown]

    @property
    def drawing(self) -> Drawing:
        due = self.ball.limit if self.ball else None
        place = self._place(self.procedure_of(due)) if due else None
        if due is None or place is None:
            return drawn(self.courses, self.on)
        return drawn(self.courses, self.on, due.due_on, place)

    @property
    def days(self) -> int:
        return lasted(self.courses, self.on)

    def _course(self, procedure: Procedure) -> Course:
        until = self._until(procedure)
        earlier = [link.earlier for link in procedure.origins.all()]
        return Course(
            name=procedure.name,
            number=procedure.number,
            opened_on=procedure.opened_on,
            closed_on=procedure.closed_on,
            result=result_of(procedure, until),
            until=until,
            follows=self._place(earlier[0]) if earlier else None,
            marks=tuple(
                Mark(event.on, event.name)
                for event in procedure.events.all()
                if event.step in MARKED
            ),
        )

    def _place(self, procedure: Procedure) -> int | None:
        return next((n for n, one in enumerate(self.shown) if one.pk == procedure.pk), None)

    def _until(self, procedure: Procedure) -> date | None:
        """The last day of all that runs for the organ itself: by then it should be over."""
        if not procedure.is_open:
            return None
        kind = ContentType.objects.get_for_model(Procedure).pk
        days = [
            one.due_on
            for one in self.limits
            if one.subject_type_id == kind
            and one.subject_id == procedure.pk
            and one.state in LIVE
            and not one.window
        ]
        return max(days, default=None)


def result_of(procedure: Procedure, until: date | None) -> str:
    outcome = procedure.outcome
    if outcome is not None:
        return outcome.name
    if until is None:
        return procedure.standing.name
    return _("%(state)s, limit %(day)s") % {
        "state": procedure.standing.name,
        "day": bare_day(until),
    }


def sentence(courses: Sequence[Course]) -> str:
    """The drawing in words, for whoever cannot see it."""
    return "；".join(_said(course) for course in courses)


def _said(course: Course) -> str:
    words = {"name": course.name, "first": short_day(course.opened_on), "result": course.result}
    if course.closed_on is None:
        return _("%(name)s from %(first)s, %(result)s") % words
    words["last"] = short_day(course.closed_on)
    return _("%(name)s %(first)s to %(last)s, %(result)s") % words
