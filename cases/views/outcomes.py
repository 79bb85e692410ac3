"""What follows a decision: outcome notices, loss analyses, questions answered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from django_filters import ChoiceFilter, FilterSet

from cases.actions import explanations, notices
from cases.forms import outcomes as forms
from cases.models import (
    Dispute,
    Explanation,
    LossAnalysis,
    LossState,
    NoticeList,
    NoticeState,
    OutcomeNotice,
    Participant,
    Route,
    To,
)
from cases.views.hands import Hands
from cases.views.performance import Doing
from cases.views.reading import reading_of
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from members.models import Organization, User
from members.states import Side

N, L = NoticeState, LossState


class NoticeFilter(FilterSet):
    state = ChoiceFilter(label=_("State"), choices=NoticeState.choices)
    route = ChoiceFilter(label=_("How it is told"), choices=Route.choices)
    to = ChoiceFilter(label=_("Kind of addressee"), choices=To.choices)

    class Meta:
        model = OutcomeNotice
        fields: list[str] = []


def _outcome(notice: OutcomeNotice) -> str:
    return notice.procedure.outcome.name if notice.procedure.outcome else ""


class NoticeLedger(Ledger):
    name = "outcome-notices"
    title = _("Outcome notices")
    subtitle = _("To the reconsideration body at the next level and the superior department")
    model = OutcomeNotice
    filterset_class = NoticeFilter
    search_fields = ("procedure__number", "procedure__dispute__title", "addressee", "number")
    search_hint = _("Case number, dispute, addressee")
    columns = (
        Column("case", _("Case number"), value="procedure.number"),
        Column("outcome", _("Closed by"), value=_outcome, width="150"),
        Column("to", _("Kind of addressee"), value="get_to_display", width="170"),
        Column("addressee", _("Addressee of the notice"), sort="addressee", width="190"),
        Column("route", _("How it is told"), value="get_route_display", width="96"),
        Column("state", _("State"), value="get_state_display", width="112"),
        Column("sent_on", _("Sent on"), sort="sent_on", width="120"),
        Column("number", _("Number of the letter"), shown=False),
        Column("received_on", _("Received on"), sort="received_on", width="120", css="hide-s"),
    )
    order = "-sent_on"
    row_template = "cases/_notice_row.html"
    empty = _("No outcome notices here")
    empty_hint = _("They arise when a decision has been served.")
    standing_views = (
        (_("To be sent"), "state=waiting"),
        (_("Collected, to be sent"), "state=waiting&route=collected"),
        (_("Receipt outstanding"), "state=sent"),
        (_("All"), ""),
    )
    opens_on = "state=waiting"
    head_template = "cases/_notices_head.html"


@require_GET
@login_required
def notice_register(request: SignedInRequest) -> HttpResponse:
    rows = visible_to(request.user, OutcomeNotice)
    lists = visible_to(request.user, NoticeList).exists()
    context = {"may_list": bool(listing_organs(request.user)), "lists": lists}
    return ledger_response(request, NoticeLedger, rows=rows.for_listing(), context=context)


class LossFilter(FilterSet):
    state = ChoiceFilter(label=_("State"), choices=LossState.choices)
    cause = ChoiceFilter(
        label=_("Cause of the loss"), choices=LossAnalysis._meta.get_field("cause").choices
    )

    class Meta:
        model = LossAnalysis
        fields: list[str] = []


class LossLedger(Ledger):
    name = "loss-analyses"
    title = _("Loss analyses")
    subtitle = _("Read by the agency and the justice bureau")
    model = LossAnalysis
    filterset_class = LossFilter
    search_fields = ("procedure__number", "procedure__dispute__title", "organization__short_name")
    search_hint = _("Case number, dispute, agency")
    columns = (
        Column("case", _("Case"), value="procedure.dispute.title"),
        Column("agency", _("Agency"), value="organization.short_name", width="196"),
        Column("cause", _("Cause of the loss"), value="get_cause_display", width="132"),
        Column("state", _("State"), value="get_state_display", width="112"),
        Column("asked_by", _("Wanted by"), sort="asked_by", width="132"),
        Column("rectify_by", _("To be rectified by"), sort="rectify_by", width="132"),
        Column("lesson", _("Lesson"), shown=False),
        Column("rectification", _("Rectification measures"), shown=False),
    )
    order = "asked_by"
    row_template = "cases/_loss_row.html"
    empty = _("No loss analyses here")
    empty_hint = _("They arise when an agency has lost a case.")
    standing_views = (
        (_("To be analysed"), "state=owed"),
        (_("To be reviewed"), "state=written"),
        (_("Being rectified"), "state=accepted"),
        (_("All"), ""),
    )
    opens_on = "state=owed"


@require_GET
@login_required
def loss_register(request: SignedInRequest) -> HttpResponse:
    rows = visible_to(request.user, LossAnalysis)
    return ledger_response(request, LossLedger, rows=rows.for_listing())


@dataclass(frozen=True)
class NoticeLine:
    notice: OutcomeNotice
    doings: list[Doing]


@dataclass(frozen=True)
class LossLine:
    loss: LossAnalysis
    doings: list[Doing]


@dataclass(frozen=True)
class Answered:
    """A party that was served: its notice, or that none is recorded yet."""

    part: Participant
    explanation: Explanation | None
    last_on: date | None
    doing: Doing | None


def outcomes_section(request: SignedInRequest, dispute: Dispute) -> dict:
    hands = Hands(request.user, dispute)
    told = OutcomeNotice.objects.filter(procedure__dispute=dispute)
    lost = visible_to(request.user, LossAnalysis).filter(procedure__dispute=dispute)
    return {
        "notice_lines": [
            NoticeLine(one, _notice_doings(hands, one))
            for one in told.select_related("procedure__organ", "agency", "listed")
        ],
        "loss_lines": [
            LossLine(one, _loss_doings(hands, one))
            for one in lost.select_related("procedure", "organization")
        ],
        "answered": list(_answered(request, hands, dispute)),
    }


def _notice_doings(hands: Hands, notice: OutcomeNotice) -> list[Doing]:
    if not hands.keeps(notice.procedure):
        return []
    if notice.state == N.WAITING:
        send = Doing(_("Record the sending"), _url("notice-send", notice))
        return [send, Doing(_("Not sent"), _url("notice-omit", notice))]
    if notice.state == N.SENT:
        return [Doing(_("Receipt"), _url("notice-receipt", notice))]
    return []


def _loss_doings(hands: Hands, loss: LossAnalysis) -> list[Doing]:
    own = hands.works_for(loss.organization)
    reviews = hands.bureau and not own
    found: list[Doing] = []
    if own and loss.state in (L.OWED, L.RETURNED, L.WRITTEN):
        found.append(Doing(_("Write the analysis"), _url("loss-write", loss)))
    if reviews and loss.state == L.WRITTEN:
        found.append(Doing(_("Review"), _url("loss-review", loss)))
    if reviews and loss.state == L.ACCEPTED:
        found.append(Doing(_("Rectified"), _url("loss-rectified", loss)))
    if reviews and loss.state in (L.OWED, L.RETURNED):
        found.append(Doing(_("Set a day"), _url("loss-want", loss)))
    if reviews and loss.state in (L.OWED, L.RETURNED, L.WRITTEN):
        found.append(Doing(_("Let it fall away"), _url("loss-waive", loss)))
    return found


def _answered(request: SignedInRequest, hands: Hands, dispute: Dispute) -> Iterator[Answered]:
    """Of the courts for which the reader works."""
    seen = visible_to(request.user, Explanation).filter(participant__procedure__dispute=dispute)
    known = {one.participant_id: one for one in seen}
    limits = {
        limit.subject_id: limit.due_on
        for limit in reading_of(request, dispute).limits
        if limit.rule in explanations.APPEALS
    }
    for procedure in reading_of(request, dispute).procedures:
        if procedure.organ.side != Side.COURT or not hands.works_for(procedure.organ):
            continue
        for part in procedure.participants.all():
            explanation = known.get(part.pk)
            if part.served_on is None or not procedure.outcome:
                continue
            doing = _answer_doing(part, explanation)
            yield Answered(part, explanation, limits.get(part.pk), doing)


def _answer_doing(part: Participant, explanation: Explanation | None) -> Doing | None:
    if explanation is None:
        return Doing(_("Notice given"), _url("explanation-notice", part))
    if explanation.held_on is None:
        return Doing(_("Record the answers"), _url("explanation-record", explanation))
    return None


def _url(name: str, row: OutcomeNotice | LossAnalysis | Explanation | Participant) -> str:
    return reverse(f"cases:{name}", args=[row.public_id])


def listing_organs(user: User) -> QuerySet[Organization]:
    """Whose collected outcomes wait and may be sent by the user."""
    rows = visible_to(user, OutcomeNotice).filter(state=N.WAITING, route=Route.COLLECTED)
    organs = Organization.objects.filter(pk__in=rows.values("procedure__organ"))
    may = policy_for(OutcomeNotice)
    kept = set()
    for organ in organs:
        one = rows.filter(procedure__organ=organ).select_related("procedure__organ").first()
        if one is not None and may.can(user, "edit", one):
            kept.add(organ.pk)
    return organs.filter(pk__in=kept).select_related("jurisdiction")


@page_of_form
@login_required
def notice_list(request: SignedInRequest) -> HttpResponse:
    """403 where nothing collected waits for the reader to send it."""
    organs = listing_organs(request.user)
    if not organs and request.method == "GET":
        raise PermissionDenied("notice_list")
    today = timezone.localdate()
    last = today.replace(day=1) - timedelta(days=1)
    given = {"choices": {"organ": organs}}
    first = {"on": today, "first_on": last.replace(day=1), "last_on": last}
    form = filled(request, forms.ListForm, given, **first)
    if sent(request, form, notices.send_list):
        messages.success(request, now("The list is recorded, and every outcome on it as sent."))
        return redirect("cases:notices")
    return list_page(request, form)


def list_page(request: SignedInRequest, form: forms.ListForm) -> HttpResponse:
    return form_page(
        request,
        "cases/notice_list.html",
        form,
        title=now("Send the collected outcomes of a period"),
        verb=now("Record the sending"),
        back="cases:notices",
    )
