from dataclasses import dataclass
from itertools import pairwise

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Max
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundations.access.forms import run
from foundations.access.policy import policy_for, visible_to
from foundations.audit.trail import history_of
from mechanisms.profile import TextRule
from mechanisms.queries import parties, provision
from meetings.actions import texts as actions
from meetings.forms.texts import AnswerForm, IssueForm, TextForm
from meetings.models import Meeting, MeetingText
from meetings.papers.texts import lines_of
from meetings.plan import rules_of
from meetings.policy.circle import own_side
from meetings.states import TextClass, TextState
from meetings.views.differences import differences
from meetings.views.frame import texts_seen
from meetings.views.recorder import posted
from services.consents.models import ConsentState
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


def texts_section(request, meeting: Meeting) -> dict:
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


def _clause(meeting: Meeting, rule: TextRule):
    return provision(meeting.mechanism, rule.provision, meeting.held_on)


def _found(request, public_id: str) -> MeetingText:
    texts = visible_to(request.user, MeetingText).select_related(
        "meeting__mechanism__jurisdiction", "document", "drafted_by"
    )
    return get_object_or_404(texts, public_id=public_id)


def _reading(request, text: MeetingText) -> dict:
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


@require_GET
@login_required
def text(request, public_id):
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


def _sides(text: MeetingText, consent) -> list[tuple]:
    """Each party asked, with its answer or None."""
    given = {answer.side: answer for answer in consent.answers.select_related("answered_by")}
    asked = [one for one in parties(text.meeting.mechanism) if one.side in consent.sides]
    return [(one, given.get(one.side)) for one in asked]


def _unanswered(consent) -> set[str]:
    return set(consent.sides) - {answer.side for answer in consent.answers.all()}


def _entries(text: MeetingText):
    return history_of(text).filter(action=READ, actor__isnull=False).order_by()


def _readers(user, text: MeetingText) -> list[dict]:
    """Who read an internal text, how often and when last; for the secretariats."""
    if not text.internal or not policy_for(text).can(user, "readers", text):
        return []
    return list(
        _entries(text)
        .values("actor_label")
        .annotate(times=Count("pk"), last=Max("at"))
        .order_by("-last")
    )


@require_http_methods(["GET", "POST"])
@login_required
def new(request, public_id, text_class):
    """Draft a text from the record; asked for by address, the page offers to."""
    meeting = get_object_or_404(visible_to(request.user, Meeting), public_id=public_id)
    policy_for(Meeting).require(request.user, "record", meeting)
    rule = actions.rule_of(meeting, text_class)
    if request.method == "GET":
        known = meeting.texts.filter(text_class=text_class).first()
        context = {"meeting": meeting, "rule": rule, "text_class": text_class}
        return redirect(known) if known else render(request, "meetings/text_new.html", context)
    drafted = actions.draft_text(meeting.pk, text_class, actor=request.user, at=timezone.now())
    if drafted.state == TextState.DRAFT:
        return redirect("meetings:text-revise", drafted.public_id)
    return redirect(drafted)


@require_http_methods(["GET", "POST"])
@login_required
def revise(request, public_id):
    found = _found(request, public_id)
    policy_for(found).require(request.user, "revise", found)
    if found.state != TextState.DRAFT:
        return redirect(found)
    form = TextForm(posted(request), text=found)
    if form.is_valid() and run(
        form,
        actions.revise_text,
        text_id=found.pk,
        actor=request.user,
        title=form.cleaned_data["title"],
        body=form.body,
        version=form.cleaned_data["version"],
    ):
        messages.success(request, _("The draft is saved."))
        return redirect(found)
    context = {**_reading(request, found), "form": form, "asked": _asked(found)}
    return render(
        request, "meetings/text_form.html", context, status=422 if form.is_bound else 200
    )


def _asked(text: MeetingText) -> list:
    """The remarks for which the last draft came back."""
    consent = latest(text, actions.MATTER)
    return [answer for answer in consent.answers.all() if answer.remark] if consent else []


@require_POST
@login_required
def propose(request, public_id):
    found = _found(request, public_id)
    actions.propose_text(
        found.pk, actor=request.user, at=timezone.now(), version=_version(request)
    )
    messages.success(request, _("The draft is kept and put forward."))
    return redirect(found)


@require_POST
@login_required
def recall(request, public_id):
    found = _found(request, public_id)
    actions.recall_text(found.pk, actor=request.user, at=timezone.now(), version=_version(request))
    return redirect("meetings:text-revise", found.public_id)


def _version(request) -> int | None:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() else None


@require_http_methods(["GET", "POST"])
@login_required
def answer(request, public_id):
    found = _found(request, public_id)
    policy_for(found).require(request.user, "confirm", found)
    side = own_side(request.user, found.meeting)
    form = AnswerForm(posted(request), initial={"side": side, "version": found.version})
    if form.is_valid() and run(
        form,
        actions.answer_text,
        text_id=found.pk,
        actor=request.user,
        at=timezone.now(),
        **form.cleaned_data,
    ):
        messages.success(request, _("Your answer is recorded; the other side is told."))
        return redirect(found)
    context = {
        **_reading(request, found),
        "form": form,
        "consent": current(found, actions.MATTER),
        "side": side,
    }
    status = 422 if form.is_bound else 200
    return render(request, "meetings/text_confirm.html", context, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def issue(request, public_id):
    found = _found(request, public_id)
    policy_for(found).require(request.user, "issue", found)
    typed = _numbered_elsewhere(found)
    form = IssueForm(posted(request), initial={"version": found.version}, typed_number=typed)
    if form.is_valid() and run(
        form,
        actions.issue_text,
        text_id=found.pk,
        actor=request.user,
        at=timezone.now(),
        **form.cleaned_data,
    ):
        messages.success(request, _("Issued; its readers are told."))
        return redirect(found)
    context = {
        **_reading(request, found),
        "form": form,
        "people": actions.readers_of(found, timezone.localdate()),
    }
    status = 422 if form.is_bound else 200
    return render(request, "meetings/text_issue.html", context, status=status)


def _numbered_elsewhere(text: MeetingText) -> bool:
    key = actions.rule_of(text.meeting, text.text_class).series
    return NumberSeries.objects.filter(
        jurisdiction=text.jurisdiction, key=key, mode=NumberSeries.Mode.EXTERNAL
    ).exists()


@require_GET
@login_required
def drafts(request, public_id):
    """The drafts that were put forward, and what changed from each to the next."""
    found = _found(request, public_id)
    policy_for(found).require(request.user, "revise", found)
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


@require_GET
@login_required
def preview(request, public_id):
    """The text on paper before it is issued: the documents room prints the draft."""
    found = _found(request, public_id)
    document = actions.prepare_paper(found.pk, actor=request.user, at=timezone.now())
    return redirect("documents:preview", document.public_id)
