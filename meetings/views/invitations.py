"""Pages of the people of a meeting: the list of a side, one invitee, the receipt."""

from dataclasses import dataclass, field
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from mechanisms.queries import parties
from meetings.actions import invitations as actions
from meetings.actions import receipts
from meetings.forms.days import GivenForm
from meetings.forms.invitations import CorrectionForm, InviteForm, ReceiptForm
from meetings.models import Invitation, Meeting, SideNotice
from meetings.plan import rules_of
from meetings.policy.circle import acts_for_side, is_officer, own_side
from meetings.states import AttendanceState, MeetingState, ReceiptState
from meetings.views.finding import find_meeting
from members.models import User

COMING = (AttendanceState.PRESENT, AttendanceState.SUBSTITUTE)
TICKS = {
    AttendanceState.PRESENT: ("ok", "check-circle-fill"),
    AttendanceState.SUBSTITUTE: ("go", "person-check"),
    AttendanceState.LEAVE: ("no", "dash-circle"),
    AttendanceState.ABSENT: ("over", "x-circle"),
    ReceiptState.ATTENDING: ("ok", "check-circle"),
    "": ("no", "hourglass-split"),
}


@dataclass(frozen=True)
class InviteeLine:
    """One invitee, with what is known of them: attendance if the meeting came to that,
    else the receipt."""

    row: Invitation
    tick: tuple[str, str, str]
    late_minutes: int = 0
    may_answer: bool = False
    may_edit: bool = False


@dataclass(frozen=True)
class SideState:
    """Whether a side has told its own people of the meeting as it stands."""

    side: str
    name: str
    notified: bool
    notice: SideNotice | None
    may_issue: bool


@dataclass(frozen=True)
class InvitationsPart:
    """What the list of participants on the meeting's page shows to one reader."""

    lines: list[InviteeLine] = field(default_factory=list)
    sides: list[SideState] = field(default_factory=list)
    expected: int = 0
    answered: int = 0
    present: int = 0
    own: Invitation | None = None
    due: date | None = None
    may_keep: bool = False
    gathered: bool = False


def invitations_section(request: SignedInRequest, meeting: Meeting) -> dict:
    """The context of `meetings/_invitations.html`: {"people": InvitationsPart}."""
    return {"people": people_of(request.user, meeting)}


@dataclass(frozen=True)
class Reader:
    """What one reader may do about the people of a meeting; asked once a page."""

    person: int | None
    side: str
    keeps: bool
    officer: bool
    answerable: bool

    @classmethod
    def of(cls, user: User, meeting: Meeting) -> "Reader":
        side = own_side(user, meeting)
        ahead = meeting.is_ahead and meeting.started_at is None
        return cls(
            person=user.person_id,
            side=side,
            keeps=ahead and bool(side) and acts_for_side(user, meeting, side),
            officer=ahead and bool(side) and is_officer(user, meeting, side),
            answerable=meeting.state == MeetingState.NOTIFIED and meeting.started_at is None,
        )

    def is_invitee(self, row: Invitation) -> bool:
        return self.person is not None and row.person_id == self.person

    def may_answer(self, row: Invitation) -> bool:
        near = self.is_invitee(row) or (self.officer and row.side == self.side)
        return self.answerable and row.notified_at is not None and near


def people_of(user: User, meeting: Meeting) -> InvitationsPart:
    reader = Reader.of(user, meeting)
    seen = visible_to(user, Invitation).filter(meeting=meeting).order_by("order", "pk")
    rows = list(seen.select_related("organization__parent", "person", "substitute"))
    due = receipts.receipt_due_on(meeting) if reader.answerable else None
    return InvitationsPart(
        lines=[_line(row, meeting, reader) for row in rows],
        sides=_side_states(meeting, reader),
        expected=len(rows),
        answered=sum(row.receipt != ReceiptState.NONE for row in rows),
        present=sum(row.attendance in COMING for row in rows),
        own=next((row for row in rows if reader.is_invitee(row) and reader.may_answer(row)), None),
        due=due,
        may_keep=reader.keeps,
        gathered=meeting.started_at is not None,
    )


def _line(row: Invitation, meeting: Meeting, reader: Reader) -> InviteeLine:
    return InviteeLine(
        row,
        tick_of(row),
        late_minutes=_late(row, meeting),
        may_answer=reader.may_answer(row),
        may_edit=reader.keeps and row.side == reader.side,
    )


def tick_of(row: Invitation) -> tuple[str, str, str]:
    """Kind, icon and words of the mark at the end of an invitee's line."""
    if row.attendance != AttendanceState.UNKNOWN:
        return (*TICKS[AttendanceState(row.attendance)], row.get_attendance_display())
    if row.receipt == ReceiptState.ATTENDING:
        return (*TICKS[ReceiptState.ATTENDING], row.get_receipt_display())
    if row.receipt != ReceiptState.NONE:
        return (*TICKS[AttendanceState(row.receipt)], row.get_receipt_display())
    words = _("To be notified") if row.notified_at is None else row.get_receipt_display()
    return (*TICKS[""], words)


def _late(row: Invitation, meeting: Meeting) -> int:
    """Whole minutes between the beginning and the arrival; 0 for who came in time."""
    if row.arrived_at is None or meeting.started_at is None:
        return 0
    return max(int((row.arrived_at - meeting.started_at).total_seconds() // 60), 0)


def _side_states(meeting: Meeting, reader: Reader) -> list[SideState]:
    notices = sorted(meeting.side_notices.all(), key=lambda one: one.sequence)
    latest = {notice.side: notice for notice in notices}
    ready = reader.officer and meeting.day_agreed_at is not None
    states = []
    for party in parties(meeting.mechanism):
        notice = latest.get(party.side)
        told = notice is not None and notice.sequence == meeting.sequence
        issues = ready and party.side == reader.side and not told
        states.append(SideState(party.side, party.lead.short_name, told, notice, issues))
    return states


@login_required
@require_GET
def listing(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Who is invited, side by side; each secretariat keeps its own side's list."""
    meeting = find_meeting(request, public_id)
    people = people_of(request.user, meeting)
    reader = Reader.of(request.user, meeting)
    waiting = sum(
        line.may_answer and line.row.receipt == ReceiptState.NONE for line in people.lines
    )
    context = {
        "meeting": meeting,
        "people": people,
        "waiting": waiting,
        "missing": actions.from_roster(meeting, reader.side) if reader.keeps else [],
        "may_remind": reader.answerable and reader.officer and waiting,
    }
    return render(request, "meetings/invitations.html", context)


@login_required
@require_POST
def prepare(request: SignedInRequest, public_id: str) -> HttpResponse:
    meeting = find_meeting(request, public_id)
    added = actions.prepare_invitations(
        meeting.pk, actor=request.user, at=timezone.now(), side=own_side(request.user, meeting)
    )
    words = ngettext("%(n)d person added.", "%(n)d people added.", len(added))
    messages.success(request, words % {"n": len(added)})
    return redirect("meetings:invitations", meeting.public_id)


@login_required
@page_of_form
def invite(request: SignedInRequest, public_id: str) -> HttpResponse:
    meeting = find_meeting(request, public_id)
    side = own_side(request.user, meeting)
    policy_for(Invitation).require(request.user, "edit", Invitation(meeting=meeting, side=side))
    form = filled(request, InviteForm, {"meeting": meeting})
    if sent(request, form, actions.invite, meeting_id=meeting.pk, side=side):
        messages.success(request, _("The invitee is on the list."))
        return redirect("meetings:invitations", meeting.public_id)
    return _invite_page(request, form, meeting, _("Invite"))


def _invite_page(
    request: SignedInRequest, form: GivenForm, meeting: Meeting, title: str
) -> HttpResponse:
    return form_page(
        request,
        "meetings/invite.html",
        form,
        title=title,
        verb=_("Save"),
        back=reverse("meetings:invitations", args=[meeting.public_id]),
        meeting=meeting,
        rules=rules_of(meeting.mechanism, meeting.planned_on),
    )


def find_invitation(request: SignedInRequest, public_id: str) -> Invitation:
    seen = visible_to(request.user, Invitation).select_related(
        "meeting__mechanism__jurisdiction", "meeting__chair", "person", "organization__parent"
    )
    return get_object_or_404(seen, public_id=public_id)


@login_required
@page_of_form
def correct(request: SignedInRequest, public_id: str) -> HttpResponse:
    invitation = find_invitation(request, public_id)
    policy_for(Invitation).require(request.user, "edit", invitation)
    initial = {name: getattr(invitation, name) for name in ("name", "unit_and_title", "email")}
    given = {"invitation": invitation}
    form = filled(request, CorrectionForm, given, version=invitation.version, **initial)
    if sent(request, form, actions.correct_invitation, invitation_id=invitation.pk):
        messages.success(request, _("The entry is put right."))
        return redirect("meetings:invitations", invitation.meeting.public_id)
    return _invite_page(request, form, invitation.meeting, _("Correct the entry"))


@login_required
@require_POST
def drop(request: SignedInRequest, public_id: str) -> HttpResponse:
    invitation = find_invitation(request, public_id)
    actions.drop_invitation(invitation.pk, actor=request.user, at=timezone.now())
    messages.success(request, _("%(name)s is off the list.") % {"name": invitation.name})
    return redirect("meetings:invitations", invitation.meeting.public_id)


@login_required
@page_of_form
def receipt(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The receipt of one invitee: by themselves, or by their side's liaison officer."""
    invitation = find_invitation(request, public_id)
    policy_for(Invitation).require(request.user, "answer", invitation)
    initial = {
        name: getattr(invitation, name)
        for name in ("leave_reason", "substitute_name", "substitute_title")
    }
    initial["substitute"] = invitation.substitute_id
    if invitation.receipt != ReceiptState.NONE:
        initial["receipt"] = invitation.receipt
    else:
        initial["receipt"] = request.GET.get("receipt", ReceiptState.ATTENDING)
    given = {"invitation": invitation, "on": timezone.localdate()}
    form = filled(request, ReceiptForm, given, **initial)
    if sent(request, form, receipts.return_receipt, invitation_id=invitation.pk):
        messages.success(request, _("The receipt is returned."))
        return redirect(invitation.meeting)
    return form_page(
        request,
        "meetings/receipt.html",
        form,
        title=_("Receipt"),
        verb=_("Return the receipt"),
        back=invitation.meeting,
        meeting=invitation.meeting,
        invitation=invitation,
        due=receipts.receipt_due_on(invitation.meeting),
        on_behalf=invitation.person_id != request.user.person_id,
    )


@login_required
@require_POST
def remind(request: SignedInRequest, public_id: str) -> HttpResponse:
    meeting = find_meeting(request, public_id)
    side = own_side(request.user, meeting)
    asked = receipts.remind_now(meeting.pk, side=side, actor=request.user, at=timezone.now())
    words = ngettext("%(n)d person reminded.", "%(n)d people reminded.", asked)
    messages.success(request, words % {"n": asked})
    return redirect("meetings:invitations", meeting.public_id)
