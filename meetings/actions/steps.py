"""What every action on a meeting begins and ends with: lock it, move it, tell the sides."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.audit.actor import Actor
from foundations.audit.trail import record
from mechanisms.models import Mechanism
from mechanisms.queries import parties
from meetings.models import Meeting
from meetings.states import MEETING_MOVES, MeetingState
from members.models import User
from members.rosters import officers
from services.consents import actions as consents
from services.consents.models import Consent, ConsentState
from services.deadlines import actions as deadlines
from services.deadlines.models import Deadline


def locked(meeting_id: int) -> Meeting:
    """The meeting, locked until the transaction ends."""
    return (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("mechanism__jurisdiction")
        .get(pk=meeting_id)
    )


def move(meeting: Meeting, to: str, actor: Actor, **data: Any) -> None:
    """Change the state, or raise RuleBroken("bad_transition"); writes the audit entry."""
    before = MeetingState(meeting.state)
    require_move(meeting, to)
    meeting.state = to
    meeting.store()
    record(actor, f"meetings.meeting.{to}", meeting, before=before.value, **data)


def require_move(meeting: Meeting, to: str) -> None:
    """Raise RuleBroken("bad_transition") unless the table lets the meeting move there."""
    before = MeetingState(meeting.state)
    if to not in MEETING_MOVES[before]:
        raise RuleBroken(
            "bad_transition",
            _("A meeting that is “%(before)s” cannot become “%(to)s”.")
            % {"before": before.label, "to": MeetingState(to).label},
        )


def require_state(meeting: Meeting, *states: str) -> None:
    """Raise RuleBroken("bad_transition") unless the meeting is in one of `states`."""
    if meeting.state not in states:
        raise RuleBroken(
            "bad_transition",
            _("This cannot be done any more: the meeting is “%(state)s”.")
            % {"state": meeting.get_state_display()},
        )


def let_go(meeting: Meeting, *, actor: Actor, at: datetime) -> None:
    """Nothing is owed or asked any more: open proposals are withdrawn, time limits cancelled."""
    for consent in Consent.objects.about(meeting).filter(state=ConsentState.OPEN):
        consents.withdraw(consent.pk, side=consent.proposed_by, actor=actor, at=at)
    rules = Deadline.objects.about(meeting).open().values_list("rule", flat=True)
    for rule in sorted(set(rules)):
        deadlines.cancel(meeting, rule, actor=actor, on=day_of(at))


def day_of(at: datetime) -> date:
    """The legal date of a moment."""
    return timezone.localtime(at).date()


def office_language() -> translation.override:
    """What is written down for both sides is in the portal's own language, whoever acts."""
    return translation.override(settings.LANGUAGE_CODE)


def officer_of(meeting_or_mechanism: Meeting | Mechanism, side: str, on: date) -> User | None:
    """The account of a side's liaison officer, None while it has none."""
    return next(iter(officers(meeting_or_mechanism.jurisdiction, side, on)), None)


def all_officers(meeting: Meeting, on: date, *, but: str = "") -> list:
    """The liaison officers of every side of the meeting, `but` one side."""
    return [
        user
        for party in parties(meeting.mechanism)
        if party.side != but
        for user in officers(meeting.jurisdiction, party.side, on)
    ]
