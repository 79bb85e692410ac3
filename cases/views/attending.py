"""An agency at a hearing: what the page shows of it, and the forms about it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.actions import appearances, attending, preparations
from cases.forms import appearances as forms
from cases.hearings.attendance import Attendance, only_lawyer
from cases.hearings.law import in_court
from cases.hearings.reading import attendance_of
from cases.hearings.states import Due, Finding, HearingState, Identity, Joint, Speech, Task
from cases.models import Appearance, Hearing, Preparation
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from services.deadlines.models import Deadline, DeadlineState
from services.documents.attachments import attachments_of
from services.documents.models import Attachment

NEAR = (
    "organization",
    "joint_with__organization",
    "hearing__earlier",
    "hearing__procedure__organ",
    "hearing__procedure__dispute__jurisdiction",
    "hearing__procedure__dispute__mechanism",
)
SET, HELD = HearingState.SET, HearingState.HELD


@dataclass(frozen=True)
class Change:
    """One form about an agency at a hearing: for whom, when, and its words."""

    form: type
    action: Callable[..., Any]
    title: Promise
    verb: Promise
    done: Promise
    by: tuple[str, ...] = ("record",)
    states: tuple[str, ...] = (SET, HELD)
    initial: tuple[str, ...] = ()
    when: Callable[[Appearance], bool] = field(default=lambda row: True)


def _of_preparation(row: Appearance) -> Preparation:
    found = Preparation.objects.filter(appearance=row).first()
    return found or Preparation(appearance=row)


CHANGES: dict[str, Change] = {
    "call": Change(
        forms.CallForm,
        appearances.call_head,
        title=_("Call the head"),
        verb=_("Call"),
        done=_("The head is called."),
        states=(SET,),
        initial=("call", "reasons"),
        when=lambda row: in_court(row.hearing.procedure),
    ),
    "serve": Change(
        forms.ServeForm,
        appearances.serve_call,
        title=_("Record the service of the call"),
        verb=_("Record"),
        done=_("Service is recorded."),
        when=lambda row: bool(row.call),
    ),
    "sign": Change(
        forms.SignForm,
        appearances.sign_call,
        title=_("Sign for the call"),
        verb=_("Sign for it"),
        done=_("Signed for. Send the reply slip before the hearing."),
        by=("reply",),
        when=lambda row: bool(row.call) and row.called_on is None,
    ),
    "reply": Change(
        forms.ReplyForm,
        attending.reply,
        title=_("Reply slip"),
        verb=_("Send the reply slip"),
        done=_("The reply slip is sent."),
        by=("reply", "record"),
        states=(SET,),
    ),
    "identity": Change(
        forms.IdentityForm,
        attending.check_identity,
        title=_("Examine the proof of identity"),
        verb=_("Record"),
        done=_("What was found is recorded."),
    ),
    "excuse": Change(
        forms.ExcuseForm,
        attending.give_excuse,
        title=_("The head cannot come"),
        verb=_("Send the reasons"),
        done=_("The reasons are sent; the organ examines them."),
        by=("reply", "record"),
        initial=("ground", "excuse", "asks_adjournment"),
        when=lambda row: row.finding == Finding.PENDING,
    ),
    "finding": Change(
        forms.FindingForm,
        attending.decide_excuse,
        title=_("Examine the reasons"),
        verb=_("Record"),
        done=_("What was found is recorded."),
        when=lambda row: bool(row.ground),
    ),
    "stand-in": Change(
        forms.StandInForm,
        attending.stand_in,
        title=_("A co-defendant's head comes"),
        verb=_("Record"),
        done=_("It is recorded; the co-defendant is told."),
        by=("reply", "record"),
        states=(SET,),
    ),
    "agree": Change(
        forms.SignForm,
        attending.agree_to_stand_in,
        title=_("Agree to come for the co-defendant"),
        verb=_("Agree"),
        done=_("Agreed: one head comes for both."),
        by=("partner",),
        states=(SET,),
        when=lambda row: row.joint == Joint.PROPOSED,
    ),
    "record": Change(
        forms.RecordForm,
        appearances.record_appearance,
        title=_("Record who appeared"),
        verb=_("Record"),
        done=_("The appearance is recorded."),
        states=(HELD,),
    ),
    "prepare": Change(
        forms.PrepareForm,
        preparations.prepare,
        title=_("Prepare the hearing"),
        verb=_("Save"),
        done=_("Saved. The other side does not see it."),
        by=("reply",),
        states=(SET,),
    ),
    "sum-up": Change(
        forms.SumUpForm,
        preparations.sum_up,
        title=_("Sum up the hearing"),
        verb=_("Save"),
        done=_("Saved. The other side does not see it."),
        by=("reply",),
        states=(HELD,),
    ),
}
RECORDED = (
    "head_name",
    "head_post",
    "level",
    "belongs",
    "speech",
    "staff",
    "lawyers",
    "left",
    "refused",
    "note",
)
PLANNED = {"head_name": "planned_name", "head_post": "planned_post", "level": "planned_level"}


@dataclass(frozen=True)
class Line:
    """One agency on the page of a hearing."""

    appearance: Appearance
    acts: list[tuple[str, str]]
    reasons: list[str]
    speech: list[str]
    attendance: Attendance
    limit: Deadline | None
    files: list[Attachment]
    may_read: bool
    preparation: Preparation | None
    several: bool

    @property
    def lawyer_alone(self) -> bool:
        return only_lawyer(self.attendance)

    @property
    def tasks(self) -> list[tuple[str, bool]]:
        done = self.preparation.done if self.preparation else []
        return [(str(one.label), one.value in done) for one in Task]


def lines_of(request: SignedInRequest, hearing: Hearing) -> list[Line]:
    rows = list(hearing.appearances.select_related(*NEAR).order_by("participant__order", "pk"))
    sheets = {
        sheet.appearance_id: sheet
        for sheet in visible_to(request.user, Preparation).filter(appearance__in=rows)
    }
    for row in rows:
        row.hearing = hearing
    return [_line(request, row, rows, sheets.get(row.pk)) for row in rows]


def _line(
    request: SignedInRequest, row: Appearance, rows: list[Appearance], sheet: Preparation | None
) -> Line:
    may_read = policy_for(Appearance).can(request.user, "open_confidential", row)
    limits = Deadline.objects.about(row).filter(state=DeadlineState.OPEN)
    return Line(
        appearance=row,
        acts=list(_acts(request, row, len(rows) > 1)),
        reasons=[str(Due(one).label) for one in row.reasons],
        speech=[str(Speech(one).label) for one in row.speech],
        attendance=attendance_of(row),
        limit=limits.select_related("provision").first(),
        files=list(attachments_of(row)) if may_read else [],
        may_read=may_read,
        preparation=sheet,
        several=len(rows) > 1,
    )


def _acts(request: SignedInRequest, row: Appearance, several: bool) -> Iterator[tuple[str, str]]:
    for key, change in CHANGES.items():
        if key == "stand-in" and not several:
            continue
        if possible(row, change) and may(request, row, change):
            url = reverse(f"cases:appearance-{key}", args=[row.public_id])
            yield str(change.title), url


def possible(row: Appearance, change: Change) -> bool:
    return row.hearing.state in change.states and change.when(row)


def may(request: SignedInRequest, row: Appearance, change: Change) -> bool:
    policy = policy_for(Appearance)
    for verb in change.by:
        if verb != "partner" and policy.can(request.user, verb, row):
            return True
        partner = row.joint_with
        if verb == "partner" and partner and policy.can(request.user, "reply", partner):
            return True
    return False


@page_of_form
@login_required
def change(request: SignedInRequest, public_id: str, key: str) -> HttpResponse:
    """404 for whoever doesn't see the hearing, 403 for whoever may not do this."""
    row = find_appearance(request, public_id)
    asked = CHANGES[key]
    if not may(request, row, asked):
        raise PermissionDenied(key)
    form = filled(request, asked.form, _given(row, key), **_initial(row, key, asked))
    if sent(request, form, asked.action, appearance_id=row.pk):
        messages.success(request, str(asked.done))
        return redirect(row)
    return form_page(
        request,
        "cases/appearance_form.html",
        form,
        title=str(asked.title),
        verb=str(asked.verb),
        back=row,
        appearance=row,
        hearing=row.hearing,
        procedure=row.hearing.procedure,
        dispute=row.hearing.procedure.dispute,
        key=key,
    )


def find_appearance(request: SignedInRequest, public_id: str) -> Appearance:
    rows = visible_to(request.user, Appearance).select_related(*NEAR)
    found: Appearance = get_object_or_404(rows, public_id=public_id)
    return found


def _given(row: Appearance, key: str) -> dict[str, Any]:
    if key == "stand-in":
        return {"appearance": row}
    return {"corrects": row.recorded} if key == "record" else {}


def _initial(row: Appearance, key: str, asked: Change) -> dict[str, Any]:
    first: dict[str, Any] = {name: getattr(row, name) for name in asked.initial}
    if key == "record":
        first |= _first_record(row)
    elif key == "reply":
        first |= _first_reply(row)
    elif key == "call":
        first["note"] = row.reasons_note
    elif key == "serve":
        first["served_on"] = _today_or(row.hearing.on)
    elif key == "identity" and row.identity not in (Identity.NONE, Identity.HANDED):
        first |= {"verdict": row.identity, "note": row.identity_note}
    version = row.version
    if key in ("prepare", "sum-up"):
        sheet = _of_preparation(row)
        first |= {name: getattr(sheet, name) for name in ("done", "note", "summary", "measures")}
        version = sheet.version
    return {**first, "version": version}


def _first_reply(row: Appearance) -> dict[str, Any]:
    if row.replied_at is None:
        return {}
    return {
        "coming": "yes" if row.coming else "no",
        "name": row.planned_name,
        "post": row.planned_post,
        "level": row.planned_level,
        "staff": row.planned_staff,
    }


def _first_record(row: Appearance) -> dict[str, Any]:
    """What was recorded, or else what the reply slip announced."""
    if row.recorded:
        found = {name: getattr(row, name) for name in RECORDED}
        return {**found, "came": "yes" if row.came else "no"}
    if not row.coming:
        return {"staff": row.planned_staff}
    found = {name: getattr(row, planned) for name, planned in PLANNED.items()}
    return {**found, "came": "yes", "staff": row.planned_staff}


def _today_or(day: date) -> date:
    return min(timezone.localdate(), day)
