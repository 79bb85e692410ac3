"""The only writers of receipts (回执) and of attendance; and the reminders before the day."""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.calendars.working_days import WorkCalendar
from foundations.notifications.send import notify_once
from meetings.actions.steps import day_of, locked, office_language
from meetings.models import Invitation, Meeting, SideNotice
from meetings.plan import calendar_of, rules_of
from meetings.states import AttendanceState, MeetingState, ReceiptState
from members.models import Person, User
from members.rosters import officers

ATTENDANCE_OPEN = (MeetingState.NOTIFIED, MeetingState.HELD, MeetingState.DRAFTED)
ARRIVED = (AttendanceState.PRESENT, AttendanceState.SUBSTITUTE)


@action
def return_receipt(
    invitation_id: int,
    *,
    actor: Actor,
    at: datetime,
    receipt: str,
    leave_reason: str = "",
    substitute: Person | None = None,
    substitute_name: str = "",
    substitute_title: str = "",
) -> Invitation:
    """Say whether an invitee comes, is on leave, or sends somebody; until the meeting begins.

    Given by the invitee or by the liaison officer of the side, and kept with who gave it.
    Raises RuleBroken: "not_invited_yet", "meeting_begun", "reason_missing",
    "substitute_missing", "bad_receipt".
    """
    invitation = _locked(invitation_id)
    policy_for(Invitation).require(actor, "answer", invitation)
    _require_answerable(invitation)
    leave_reason = leave_reason.strip() if receipt == ReceiptState.LEAVE else ""
    if receipt != ReceiptState.SUBSTITUTE:
        substitute, substitute_name, substitute_title = None, "", ""
    name = substitute.name if substitute else substitute_name.strip()
    title = substitute_title.strip() or _title_of(substitute, day_of(at))
    _check_receipt(receipt, leave_reason, name, title)
    before = invitation.receipt
    invitation.receipt, invitation.receipt_at, invitation.receipt_by = receipt, at, actor
    invitation.leave_reason = leave_reason
    invitation.substitute, invitation.substitute_name = substitute, name
    invitation.substitute_title = title
    invitation.store()
    record(
        actor,
        f"meetings.receipt.{receipt}",
        invitation,
        before=before,
        on_behalf=actor is not None and actor.person_id != invitation.person_id,
    )
    _tell_of_receipt(invitation, actor, at)
    return invitation


@action
def mark_attendance(
    invitation_id: int, *, actor: Actor, at: datetime, state: str, substitute_name: str = ""
) -> Invitation:
    """Note who is there; the first time that somebody is marked present is the arrival.

    Raises RuleBroken: "attendance_closed" once the minutes are confirmed or before the
    notice, "substitute_missing".
    """
    invitation = _locked(invitation_id)
    policy_for(Invitation).require(actor, "mark", invitation)
    if invitation.meeting.state not in ATTENDANCE_OPEN:
        raise RuleBroken(
            "attendance_closed",
            _("Attendance is noted from the notice until the minutes are confirmed."),
        )
    _take_substitute(invitation, substitute_name.strip())
    if state == AttendanceState.SUBSTITUTE and not invitation.substitute_name:
        raise RuleBroken(
            "substitute_missing", _("Give the name of the substitute."), field="substitute_name"
        )
    before, invitation.attendance = invitation.attendance, state
    if state not in ARRIVED:
        invitation.arrived_at = None
    elif before not in ARRIVED:
        invitation.arrived_at = at
    invitation.store()
    record(actor, "meetings.attendance.marked", invitation, before=before, after=state)
    return invitation


def _take_substitute(invitation: Invitation, name: str) -> None:
    """Who came instead, by name; somebody else than the receipt said is nobody it knew."""
    if name and name != invitation.substitute_name:
        invitation.substitute, invitation.substitute_title = None, ""
        invitation.substitute_name = name


@action
def remind_now(meeting_id: int, *, side: str, actor: Actor, at: datetime) -> int:
    """Ask those of a side who have not returned their receipt again, once a day; how many."""
    meeting = locked(meeting_id)
    policy_for(SideNotice).require(actor, "issue", SideNotice(meeting=meeting, side=side))
    if meeting.state != MeetingState.NOTIFIED or meeting.started_at is not None:
        raise RuleBroken("meeting_begun", _("Receipts are asked for until the meeting begins."))
    day = day_of(at)
    due = receipt_due_on(meeting)
    with office_language():
        title = _("Please return your receipt for “%(meeting)s”") % {"meeting": meeting}
        text = _("Receipts are due on %(day)s.") % {"day": date_format(due)}
    waiting = meeting.invitations.notified().filter(side=side, receipt=ReceiptState.NONE)
    asked = 0
    for invitation in waiting.select_related("person__user"):
        user = account_of(invitation)
        if user is None:
            continue
        asked += 1
        key = f"receipt:{meeting.sequence}:{day}"
        notify_once([user], invitation, reason=key, title=title, text=text, at=at)
    record(actor, "meetings.meeting.receipts_asked", meeting, side=side, people=asked)
    return asked


def remind(on: date, *, at: datetime) -> None:
    """Remind every notified participant of each meeting that is near on `on`.

    Thresholds are the profile's, in working days. Safe to run twice a day and after days
    on which it did not run: only the nearest threshold reached is told, once.
    """
    near = Meeting.objects.filter(
        state=MeetingState.NOTIFIED, planned_on__gte=on, started_at__isnull=True
    )
    for meeting_id in near.order_by("pk").values_list("pk", flat=True):
        _remind_of(meeting_id, on=on, at=at)


def receipt_due_on(meeting: Meeting) -> date:
    """The last day for receipts: so many working days before the meeting."""
    rules = rules_of(meeting.mechanism, meeting.planned_on)
    return calendar_of(meeting.mechanism).add_workdays(
        meeting.planned_on, -rules.receipt_days_before
    )


def account_of(invitation: Invitation) -> User | None:
    """The account of an invitee, None for who is known by name only."""
    return getattr(invitation.person, "user", None) if invitation.person else None


@action
def _remind_of(meeting_id: int, *, on: date, at: datetime) -> None:
    meeting = locked(meeting_id)
    if meeting.state != MeetingState.NOTIFIED:
        return
    marks = rules_of(meeting.mechanism, meeting.planned_on).reminder_days_before
    left = _workdays_until(meeting.planned_on, on, calendar_of(meeting.mechanism))
    reached = [mark for mark in marks if left <= mark]
    if not reached:
        return
    coming = meeting.invitations.notified().exclude(receipt=ReceiptState.LEAVE)
    for invitation in coming.select_related("person__user", "substitute__user"):
        _remind_one(meeting, invitation, f"before:{min(reached)}:{meeting.sequence}", at)


def _remind_one(meeting: Meeting, invitation: Invitation, reason: str, at: datetime) -> None:
    people = [account_of(invitation)]
    if invitation.substitute is not None:
        people = [getattr(invitation.substitute, "user", None)]
    with office_language():
        title = _("“%(meeting)s” is on %(day)s") % {
            "meeting": meeting,
            "day": date_format(meeting.planned_on),
        }
        text = _("Place: %(place)s") % {"place": meeting.place or "—"}
        if invitation.receipt == ReceiptState.NONE:
            text = _("Place: %(place)s. Your receipt has not come back yet.") % {
                "place": meeting.place or "—"
            }
    told = [user for user in people if user is not None]
    notify_once(told, invitation, reason=reason, title=title, text=text, at=at)


def _workdays_until(day: date, on: date, calendar: WorkCalendar) -> int:
    """Working days after `on` up to and including `day`."""
    left = 0
    while on < day:
        on = calendar.add_workdays(on, 1)
        left += 1
    return left


def _locked(invitation_id: int) -> Invitation:
    meeting = locked(Invitation.objects.values_list("meeting_id", flat=True).get(pk=invitation_id))
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("person", "organization")
        .get(pk=invitation_id)
    )
    invitation.meeting = meeting
    return invitation


def _require_answerable(invitation: Invitation) -> None:
    meeting = invitation.meeting
    if invitation.notified_at is None:
        raise RuleBroken("not_invited_yet", _("The notice has not gone out yet."))
    if meeting.state not in (MeetingState.NOTIFIED, MeetingState.COLLECTING) or meeting.started_at:
        raise RuleBroken("meeting_begun", _("Receipts are taken until the meeting begins."))


def _title_of(person: Person | None, on: date) -> str:
    """The post of a substitute of the directory; "" for anybody else."""
    post = person.posts.on(on).order_by("pk").first() if person else None
    return post.title if post else ""


def _check_receipt(receipt: str, leave_reason: str, name: str, title: str) -> None:
    if receipt not in ReceiptState.values or receipt == ReceiptState.NONE:
        raise RuleBroken("bad_receipt", _("Choose one of the answers."), field="receipt")
    if receipt == ReceiptState.LEAVE and not leave_reason:
        raise RuleBroken(
            "reason_missing", _("Give the reason of the leave."), field="leave_reason"
        )
    if receipt == ReceiptState.SUBSTITUTE and not name:
        raise RuleBroken(
            "substitute_missing", _("Give the name of the substitute."), field="substitute_name"
        )
    if receipt == ReceiptState.SUBSTITUTE and not title:
        raise RuleBroken(
            "substitute_missing",
            _("Give the unit and post of the substitute."),
            field="substitute_title",
        )


def _tell_of_receipt(invitation: Invitation, actor: Actor, at: datetime) -> None:
    """The substitute is told of the meeting, the side's officer of a leave."""
    meeting = invitation.meeting
    words = {"name": invitation.name, "meeting": meeting}
    with office_language():
        standing_in = _("You stand in for %(name)s at “%(meeting)s”") % words
        leave = _("%(name)s asks for leave from “%(meeting)s”") % words
    stand_in = getattr(invitation.substitute, "user", None) if invitation.substitute else None
    if stand_in is not None:
        key = f"substitute:{meeting.sequence}"
        notify_once([stand_in], invitation, reason=key, title=standing_in, at=at)
    if invitation.receipt == ReceiptState.LEAVE:
        watchers = officers(meeting.jurisdiction, invitation.side, day_of(at))
        notify_once(
            [user for user in watchers if user != actor],
            invitation,
            reason=f"leave:{at.isoformat()}",
            title=leave,
            text=invitation.leave_reason,
            at=at,
        )
