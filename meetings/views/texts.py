from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Max, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.audit.models import AuditEntry
from foundations.audit.trail import history_of
from mechanisms.models import Provision
from mechanisms.profile import TextRule
from mechanisms.queries import parties, provision
from meetings.actions import issuing
from meetings.actions import texts as actions
from meetings.forms.texts import AnswerForm, IssueForm, TextForm
from meetings.models import Meeting, MeetingText
from meetings.papers.texts import lines_of
from meetings.plan import rules_of
from meetings.policy.circle import own_side
from meetings.states import TextClass, TextState
from meetings.views.differences import differences
from meetings.views.finding import find_meeting
from meetings.views.frame import texts_seen
from members.models import User
from services.consents.models import Consent, ConsentState
from services.consents.queries import current, latest
from services.documents.models import NumberSeries
from services.documents.readers import reader_line

READ = "meetings.meetingtext.read"


@dataclass(frozen=True)
class TextRow:
    """A class of text on the meeting's page, drafted or still to be."""

    text_class: str
    rule: TextRule
    text: MeetingText | None
    may_draft: bool


def texts_section(request: SignedInRequest, meeting: Meeting) -> dict:
    """What `_texts.html` shows: the texts that the reader may see, or may draft."""
    if not meeting.is_held:
        return {"text_rows": []}
    rules = rules_of(meeting.mechanism, meeting.held_on).texts
    texts = {text.text_class: text for text in texts_seen(request.user, meeting)}
    drafts = policy_for(Meeting).can(request.user, "record", meeting)
    rows = [
        TextRow(kind, rules[kind], texts.get(kind), may_draft=drafts and kind not in texts)
        for kind in (TextClass.OPINION, TextClass.MINUTES, TextClass.CONSENSUS)
        if kind in rules and (drafts or kind in texts)
    ]
    internal = next((row for row in rows if row.rule.internal), None)
    return {
        "text_rows": rows,
        "text_clause": internal.rule.clause if internal else "",
        "text_provision": _clause(meeting, internal.rule) if internal else None,
    }


def _clause(meeting: Meeting, rule: TextRule) -> Provision | None:
    return provision(meeting.mechanism, rule.provision, meeting.held_on)


def _found(request: SignedInRequest, public_id: str, verb: str = "") -> MeetingText:
    """404 if the reader does not see it, 403 if they see it and may not do `verb`."""
    texts = visible_to(request.user, MeetingText).select_related(
        "meeting__mechanism__jurisdiction", "document", "drafted_by"
    )
    found = get_object_or_404(texts, public_id=public_id)
    if verb:
        policy_for(found).require(request.user, verb, found)
    return found


def _reading(request: SignedInRequest, text: MeetingText) -> dict:
    """What every page that prints the text needs; reading an internal one is recorded."""
    at = timezone.now()
    if text.internal:
        actions.note_reading(text.pk, actor=request.user)
    rule = actions.rule_of(text.meeting, text.text_class)
    return {
        "text": text,
        "meeting": text.meeting,
        "rule": rule,
        "clause": rule.clause if text.internal else "",
        "clause_provision": _clause(text.meeting, rule) if text.internal else None,
        "watermark": reader_line(request.user, at=at) if text.internal else "",
        "lines": lines_of(text.title, text.body)[1:],
    }


@login_required
@require_GET
def text(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id)
    consent = latest(found, actions.MATTER)
    mine = own_side(request.user, found.meeting)
    open_consent = consent if consent and consent.state == ConsentState.OPEN else None
    context = {
        **_reading(request, found),
        "consent": consent,
        "sides": _sides(found, consent) if consent else [],
        "may_answer": open_consent and mine in _unanswered(open_consent),
        "may_recall": open_consent and mine == open_consent.proposed_by,
        "draft_count": found.drafts.count(),
        "readers": _readers(request.user, found),
        "reader_count": _entries(found).values("actor").distinct().count(),
    }
    return render(request, "meetings/text.html", context)


def _sides(text: MeetingText, consent: Consent) -> list[tuple]:
    """Each party asked, with its answer or None."""
    given = {answer.side: answer for answer in consent.answers.select_related("answered_by")}
    asked = [one for one in parties(text.meeting.mechanism) if one.side in consent.sides]
    return [(one, given.get(one.side)) for one in asked]


def _unanswered(consent: Consent) -> set[str]:
    return set(consent.sides) - {answer.side for answer in consent.answers.all()}


def _entries(text: MeetingText) -> QuerySet[AuditEntry]:
    return history_of(text).filter(action=READ, actor__isnull=False).order_by()


def _readers(user: User, text: MeetingText) -> list[Mapping[str, object]]:
    """Who read an internal text, how often and when last; for the secretariats."""
    if not text.internal or not policy_for(text).can(user, "readers", text):
        return []
    return list(
        _entries(text)
        .values("actor_label")
        .annotate(times=Count("pk"), last=Max("at"))
        .order_by("-last")
    )


@login_required
@page_of_form
def new(request: SignedInRequest, public_id: str, text_class: str) -> HttpResponse:
    """Draft a text from the record; asked for by address, the page offers to."""
    meeting = find_meeting(request, public_id, "record")
    rule = actions.rule_of(meeting, text_class)
    if request.method == "GET":
        known = meeting.texts.filter(text_class=text_class).first()
        context = {"meeting": meeting, "rule": rule, "text_class": text_class}
        return redirect(known) if known else render(request, "meetings/text_new.html", context)
    drafted = actions.draft_text(meeting.pk, text_class, actor=request.user, at=timezone.now())
    if drafted.state == TextState.DRAFT:
        return redirect("meetings:text-revise", drafted.public_id)
    return redirect(drafted)


@login_required
@page_of_form
def revise(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id, "revise")
    if found.state != TextState.DRAFT:
        return redirect(found)
    form = filled(request, TextForm, {"text": found})
    if sent(request, form, actions.revise_text, text_id=found.pk):
        messages.success(request, _("The draft is saved."))
        return redirect(found)
    return form_page(
        request,
        "meetings/text_form.html",
        form,
        title=_("Revise"),
        verb=_("Save the draft"),
        back=found,
        asked=_asked(found),
        **_reading(request, found),
    )


def _asked(text: MeetingText) -> list:
    """The remarks for which the last draft came back."""
    consent = latest(text, actions.MATTER)
    return [answer for answer in consent.answers.all() if answer.remark] if consent else []


@login_required
@require_POST
def propose(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id)
    actions.propose_text(
        found.pk, actor=request.user, at=timezone.now(), version=_version(request)
    )
    messages.success(request, _("The draft is kept and put forward."))
    return redirect(found)


@login_required
@require_POST
def recall(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id)
    actions.recall_text(found.pk, actor=request.user, at=timezone.now(), version=_version(request))
    return redirect("meetings:text-revise", found.public_id)


def _version(request: SignedInRequest) -> int | None:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() else None


@login_required
@page_of_form
def answer(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id, "confirm")
    side = own_side(request.user, found.meeting)
    form = filled(request, AnswerForm, side=side, version=found.version)
    if sent(request, form, actions.answer_text, text_id=found.pk):
        messages.success(request, _("Your answer is recorded; the other side is told."))
        return redirect(found)
    return form_page(
        request,
        "meetings/text_confirm.html",
        form,
        title=_("Confirm the text"),
        verb=_("Confirm"),
        back=found,
        consent=current(found, actions.MATTER),
        side=side,
        **_reading(request, found),
    )


@login_required
@page_of_form
def issue(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id, "issue")
    given = {"typed_number": _numbered_elsewhere(found)}
    form = filled(request, IssueForm, given, version=found.version)
    if sent(request, form, issuing.issue_text, text_id=found.pk):
        messages.success(request, _("Issued; its readers are told."))
        return redirect(found)
    return form_page(
        request,
        "meetings/text_issue.html",
        form,
        title=_("Issue the text"),
        verb=_("Issue"),
        back=found,
        people=issuing.readers_of(found, timezone.localdate()),
        **_reading(request, found),
    )


def _numbered_elsewhere(text: MeetingText) -> bool:
    key = actions.rule_of(text.meeting, text.text_class).series
    return NumberSeries.objects.filter(
        jurisdiction=text.jurisdiction, key=key, mode=NumberSeries.Mode.EXTERNAL
    ).exists()


@login_required
@require_GET
def drafts(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The drafts that were put forward, and what changed from each to the next."""
    found = _found(request, public_id, "revise")
    kept = list(found.drafts.select_related("by"))
    steps = [
        {
            "before": before,
            "after": after,
            "paragraphs": differences(
                lines_of(before.title, before.body), lines_of(after.title, after.body)
            ),
        }
        for before, after in pairwise(kept)
    ]
    context = {**_reading(request, found), "drafts": kept, "steps": steps[::-1]}
    return render(request, "meetings/text_drafts.html", context)


@login_required
@require_GET
def preview(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The text on paper before it is issued: the documents room prints the draft."""
    found = _found(request, public_id)
    document = issuing.prepare_paper(found.pk, actor=request.user, at=timezone.now())
    return redirect("documents:preview", document.public_id)
