"""The only writers of notices: each side notifies its own people (YN-4), once a sequence.

A notice names the meeting's `sequence`. When day, time or place change afterwards,
`renew` raises it: those notified are told at once, and every side issues a notice that
replaces its earlier one.
"""

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.notifications.send import notify_once
from mechanisms.queries import party
from meetings.actions.invitations import from_roster
from meetings.actions.receipts import account_of, receipt_due_on
from meetings.actions.steps import locked, move, office_language
from meetings.models import Invitation, Meeting, SideNotice
from meetings.papers.notice import notice_context, notice_title
from meetings.plan import rules_of
from meetings.policy.circle import sides_of
from meetings.policy.topics import OPEN_TO_TOPICS
from meetings.states import TOPICS, MeetingState, ReceiptState
from members.rosters import officers
from services.deadlines import actions as deadlines
from services.documents.actions import draft, issue
from services.documents.models import OfficialDocument


@action
def issue_notice(
    meeting_id: int, *, side: str, actor: Actor, on: date, at: datetime, number: str = ""
) -> SideNotice:
    """Issue the notice of one side, mark its invitees notified, and tell them.

    With the first notice the meeting is notified, and the other sides' liaison officers
    with it: they are asked to issue theirs. Raises RuleBroken: "wrong_state",
    "day_not_agreed", "no_topic", "no_invitee", "notice_issued" (a second press of the
    button), or with field "number" for an external series.
    """
    meeting = locked(meeting_id)
    notice = SideNotice(meeting=meeting, side=side, sequence=meeting.sequence, at=at, by=actor)
    policy_for(SideNotice).require(actor, "issue", notice)
    _require_ready(meeting, side)
    _complete_lists(meeting, side, actor)
    invitations = list(_of_side(meeting, side))
    if not invitations:
        raise RuleBroken("no_invitee", _("Nobody of your side is on the list of invitees."))
    notice.document = _issue_document(notice, invitations, on=on, number=number)
    notice.save()
    record(actor, "meetings.notice.issued", meeting, side=side, number=notice.document.number)
    if meeting.state == MeetingState.COLLECTING:
        move(meeting, MeetingState.NOTIFIED, actor, side=side)
        deadlines.cancel(meeting, TOPICS, actor=actor, on=on)
    _notify(notice, invitations)
    _ask_other_sides(notice)
    return notice


@action
def renew(meeting: Meeting, *, actor: Actor, at: datetime, reason: str) -> None:
    """Day, time or place changed after a notice: tell who was notified, ask for new notices.

    Called inside an action that has locked and changed `meeting`. Receipts given for the
    other day are asked for again.
    """
    if not meeting.side_notices.exists():
        return
    meeting.sequence += 1
    meeting.store()
    record(actor, "meetings.notice.renewal", meeting, sequence=meeting.sequence, reason=reason)
    with office_language():
        title = _("Changed: %(meeting)s") % {"meeting": meeting}
        text = _("Now on %(day)s, %(time)s, %(place)s. Reason: %(reason)s") % {
            "day": date_format(meeting.planned_on),
            "time": meeting.starts_at.isoformat("minutes") if meeting.starts_at else "—",
            "place": meeting.place or "—",
            "reason": reason,
        }
    for invitation in meeting.invitations.notified().select_related("person__user"):
        _ask_again(invitation)
        user = account_of(invitation)
        people = [user] if user else []
        key = f"changed:{meeting.sequence}"
        notify_once(people, invitation, reason=key, title=title, text=text, at=at)


@action
def call_off(meeting: Meeting, *, actor: Actor, at: datetime, reason: str = "") -> None:
    """The meeting is cancelled: whoever was notified is told, with the calendar entry
    taken back. Called inside an action that has locked `meeting`."""
    meeting.sequence += 1
    meeting.store()
    record(actor, "meetings.notice.called_off", meeting, sequence=meeting.sequence)
    with office_language():
        title = _("Cancelled: %(meeting)s") % {"meeting": meeting}
    for invitation in meeting.invitations.notified().select_related(
        "person__user", "substitute__user"
    ):
        people = [account_of(invitation), getattr(invitation.substitute, "user", None)]
        told = [user for user in people if user is not None]
        notify_once(told, invitation, reason="cancelled", title=title, text=reason, at=at)


def latest_notice(meeting: Meeting, side: str) -> SideNotice | None:
    """The newest notice of a side; of an earlier sequence if it is to be renewed."""
    notices = meeting.side_notices.filter(side=side).select_related("document")
    return notices.order_by("sequence").last()


def has_notified(meeting: Meeting, side: str) -> bool:
    """Has the side told its people of the meeting as it stands now?"""
    return meeting.side_notices.filter(side=side, sequence=meeting.sequence).exists()


def invitees_of(meeting: Meeting, side: str) -> list[Invitation]:
    """Whom a notice of the side would go to now: its list, or the roster if it has none."""
    return list(_of_side(meeting, side)) or from_roster(meeting, side)


def context_of(meeting: Meeting, side: str, invitations: list[Invitation], *, on: date) -> dict:
    """The paper as it would be issued now."""
    earlier = latest_notice(meeting, side)
    return notice_context(
        meeting,
        side,
        invitations,
        on=on,
        due=max(receipt_due_on(meeting), on),
        replaces=earlier.document.number if earlier else "",
    )


def _require_ready(meeting: Meeting, side: str) -> None:
    if meeting.state not in OPEN_TO_TOPICS or meeting.started_at is not None:
        if meeting.day_agreed_at is None and meeting.is_ahead:
            raise RuleBroken(
                "day_not_agreed", _("The sides have not agreed on the day of this meeting yet.")
            )
        raise RuleBroken("wrong_state", _("A notice is issued before the meeting begins."))
    if meeting.day_agreed_at is None:
        raise RuleBroken(
            "day_not_agreed", _("The sides have not agreed on the day of this meeting yet.")
        )
    if not meeting.topics.on_agenda().exists():
        raise RuleBroken("no_topic", _("There is no topic on the agenda yet."))
    if has_notified(meeting, side):
        raise RuleBroken("notice_issued", _("Your side has issued its notice already."))


def _complete_lists(meeting: Meeting, side: str, actor: Actor) -> None:
    """A side that never touched its list has the roster on it; so have the other sides,
    whose liaison officers are told with the first notice."""
    with_list = set(meeting.invitations.values_list("side", flat=True))
    for one in sides_of(meeting):
        if one in with_list:
            continue
        for invitation in from_roster(meeting, one):
            invitation.store()
            record(actor, "meetings.invitation.prepared", invitation, role=invitation.seat_role)


def _of_side(meeting: Meeting, side: str) -> QuerySet[Invitation]:
    listed = meeting.invitations.filter(side=side).for_listing()
    return listed.select_related("organization__parent", "person__user")


def _issue_document(
    notice: SideNotice, invitations: list[Invitation], *, on: date, number: str
) -> OfficialDocument:
    meeting, side = notice.meeting, notice.side
    earlier = latest_notice(meeting, side)
    document = draft(
        "notice",
        meeting,
        actor=notice.by,
        organization=party(meeting.mechanism, side).acting,
        jurisdiction=meeting.jurisdiction,
        title=notice_title(meeting),
        context=context_of(meeting, side, invitations, on=on),
        visibility=meeting.visibility,
        series_key=rules_of(meeting.mechanism, meeting.planned_on).notice_series.get(side, ""),
        replaces=earlier.document if earlier else None,
    )
    return issue(document.pk, actor=notice.by, on=on, at=notice.at, number=number)


def _notify(notice: SideNotice, invitations: list[Invitation]) -> None:
    """Each invitee with an account is told once a notice."""
    meeting = notice.meeting
    with office_language():
        title = _("Notice of meeting: %(meeting)s") % {"meeting": meeting}
        text = _("%(day)s, %(time)s, %(place)s. Please return your receipt by %(due)s.") % {
            "day": date_format(meeting.planned_on),
            "time": meeting.starts_at.isoformat("minutes") if meeting.starts_at else "—",
            "place": meeting.place or "—",
            "due": date_format(receipt_due_on(meeting)),
        }
    for invitation in invitations:
        _mark_notified(invitation, notice)
        user = account_of(invitation)
        people = [user] if user else []
        key = f"notice:{notice.sequence}"
        notify_once(people, invitation, reason=key, title=title, text=text, at=notice.at)


def _ask_other_sides(notice: SideNotice) -> None:
    """The other sides' officers are notified with the first notice, and asked for theirs."""
    meeting = notice.meeting
    on = notice.document.issued_on
    waiting = [
        side
        for side in sides_of(meeting)
        if side != notice.side and not has_notified(meeting, side)
    ]
    people = [user for side in waiting for user in officers(meeting.jurisdiction, side, on)]
    for invitation in meeting.invitations.filter(person__user__in=people, side__in=waiting):
        _mark_notified(invitation, notice)
    with office_language():
        title = _("Issue your side's notice of “%(meeting)s”; the other side has sent its own")
        title %= {"meeting": meeting}
    key = f"issue-notice:{notice.sequence}"
    notify_once(people, meeting, reason=key, title=title, at=notice.at)


def _mark_notified(invitation: Invitation, notice: SideNotice) -> None:
    if invitation.notified_at is None:
        invitation.notified_at = notice.at
        invitation.store()


def _ask_again(invitation: Invitation) -> None:
    if invitation.receipt != ReceiptState.NONE:
        invitation.receipt = ReceiptState.NONE
        invitation.receipt_at, invitation.receipt_by = None, None
        invitation.leave_reason = ""
        invitation.substitute, invitation.substitute_name = None, ""
        invitation.substitute_title = ""
        invitation.store()
