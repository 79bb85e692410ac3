"""What can be counted of resolutions: how many were carried out by their day (R22)."""

from collections.abc import Collection, Hashable

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from foundations.access.policy import visible_to
from foundations.ledgers.ledger import Column
from meetings.models import ProgressReport, Resolution
from meetings.states import MeetingKind, ResolutionState
from members.models import Jurisdiction, User
from services.indicators.groups import units
from services.indicators.sources import UNIT, Group, Source, Terms

DECIDED = (ResolutionState.OPEN, ResolutionState.DONE)


def resolutions(jurisdiction: Jurisdiction, reader: User | None) -> QuerySet[Resolution]:
    rows = Resolution.objects.all() if reader is None else visible_to(reader, Resolution)
    return rows.filter(meeting__mechanism__jurisdiction=jurisdiction)


def _over(terms: Terms) -> Q:
    """The last day is over; on that day itself a matter can still be carried out."""
    return Q(due_on__lt=terms.on)


def _done(terms: Terms) -> Q:
    """Accepted as carried out; the day is that on which the unit reported it so."""
    return Q(state=ResolutionState.DONE, done_on__lte=terms.on)


def _to_check(terms: Terms) -> Q:
    """Reported as carried out, and nobody has checked it yet."""
    return Q(pk__in=ProgressReport.objects.to_check().values("resolution"))


def _kinds(keys: Collection[Hashable]) -> dict[Hashable, str]:
    return {key: str(name) for key, name in MeetingKind.choices if key in keys}


RESOLUTIONS = Source(
    key="resolutions",
    label=_("Resolutions"),
    rows=resolutions,
    conditions={
        "decided": Q(state__in=DECIDED),
        "cancelled": Q(state=ResolutionState.CANCELLED),
        "over": _over,
        "done": _done,
        "in_time": Q(done_on__lte=F("due_on")),
        "late": Q(done_on__gt=F("due_on")),
        "to_check": _to_check,
    },
    dates={"due": "due_on"},
    columns=(
        Column("text", _("Matter"), value="shown_text"),
        Column("state", _("State"), value="get_state_display", width="112"),
        Column("due_on", _("Due"), sort="due_on", width="140"),
        Column("done_on", _("Done on"), sort="done_on", width="140"),
        Column("lead", _("Lead unit"), value="lead.name", sort="lead__order", width="150"),
        Column("meeting", _("Meeting"), value="meeting.title", width="280"),
    ),
    groups={
        UNIT: units("lead"),
        "kind": Group(_("Kind"), "meeting__kind", _kinds),
    },
    near=("lead", "meeting__mechanism__jurisdiction"),
    unit="lead",
)
