"""The meetings of an institution, as evaluators ask for them."""

from django.db.models import QuerySet
from django.utils import timezone

from mechanisms.findings import Clause, Evidence, Occasion
from meetings.models import Meeting, MeetingSeries
from meetings.states import MeetingKind


def held(clause: Clause, *kinds: str) -> QuerySet[Meeting]:
    """Meetings held by the day, the newest first; of some kinds only, if any are named."""
    rows = clause.mechanism.meetings.held().filter(held_on__lte=clause.on)
    rows = rows.filter(kind__in=kinds) if kinds else rows
    return rows.order_by("-held_on", "-pk")


def held_this_year(clause: Clause, *kinds: str) -> QuerySet[Meeting]:
    return held(clause, *kinds).filter(held_on__gte=clause.since)


def happened(meeting: Meeting) -> Occasion:
    """A meeting that was held, as something done on its day."""
    return Occasion(meeting, meeting.title, meeting.held_on, done_on=meeting.held_on)


def proof(meeting: Meeting) -> Evidence:
    return Evidence(meeting, meeting.title, meeting.held_on)


def proposed(meeting: Meeting) -> Occasion:
    """An ad-hoc meeting from the day on which it was proposed."""
    entered = timezone.localtime(meeting.created_at).date()
    day = min(entered, meeting.held_on or meeting.planned_on)
    return Occasion(meeting, meeting.title, day)


def series_on(clause: Clause) -> MeetingSeries | None:
    """The plan that ran on the day."""
    rows = clause.mechanism.series.exclude(ended_on__lte=clause.on)
    return rows.order_by("origin_on", "pk").first()


AD_HOC = MeetingKind.AD_HOC
REGULAR = MeetingKind.REGULAR
