"""考核表: the register, the sheet with the marks of all units, the line of one, objections."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from django_filters import ChoiceFilter, FilterSet

from assessments.actions import sheets as drafting
from assessments.actions import telling
from assessments.behind import records_of
from assessments.forms import sheets as forms
from assessments.marks import LEAST_SCORED
from assessments.models import Assessed, Item, Objection, Score, Sheet
from assessments.papers import plain, way_words
from assessments.states import SheetState
from assessments.views.parts import button, verbs_of
from foundations.access.acts import Act, page
from foundations.access.form_shapes import VersionForm
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from services.indicators.values import SMALL


class SheetFilter(FilterSet):
    state = ChoiceFilter(label=_("State"), choices=SheetState.choices)

    class Meta:
        model = Sheet
        fields: list[str] = []


class SheetLedger(Ledger):
    name = "assessment-sheets"
    title = _("Assessment sheets")
    subtitle = _("How units are scored by an adopted scheme, told to them, published")
    model = Sheet
    filterset_class = SheetFilter
    search_fields = ("title", "scheme__name")
    search_hint = _("Sheet, scheme")
    columns = (
        Column("title", _("Sheet"), sort="title"),
        Column("state", _("State"), value="get_state_display", width="148"),
        Column("period", _("Period"), value="period", sort="last_on", width="160"),
        Column("object_by", _("Objections until"), sort="object_by", width="160"),
        Column("units", _("Units assessed"), value="units", width="90", css="hide-s"),
        Column("scheme", _("Scheme"), value="scheme.name", css="hide-s"),
    )
    order = "-period"
    row_template = "assessments/_sheet_row.html"
    empty = _("No assessment sheets here")
    empty_hint = _("A sheet is begun from an adopted scheme; units find their marks once told.")
    standing_views = (
        (_("All"), ""),
        (SheetState.ANNOUNCED.label, "state=announced"),
        (SheetState.PUBLISHED.label, "state=published"),
    )


@require_GET
@login_required
def sheets(request: SignedInRequest) -> HttpResponse:
    lines = visible_to(request.user, Assessed).values("pk")
    rows = visible_to(request.user, Sheet).select_related("scheme", "organization")
    rows = rows.annotate(units=Count("assessed", filter=Q(assessed__in=lines)))
    return ledger_response(request, SheetLedger, rows=rows)


@require_GET
@login_required
def sheet(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The lines that the reader may see: all of them, or its own unit's alone."""
    rows = visible_to(request.user, Sheet).select_related(
        "scheme__mechanism", "organization", "corrects", "published_by", "bulletin"
    )
    found: Sheet = get_object_or_404(rows, public_id=public_id)
    user, policy = request.user, policy_for(Sheet)
    may = {verb: policy.can(user, verb, found) for verb in policy.rules}
    items = list(found.scheme.items.all())
    corrections = visible_to(user, Sheet).filter(corrects=found)
    corrections = corrections.exclude(state=SheetState.DROPPED)
    seen = policy_for(found.bulletin).sees(user, found.bulletin) if found.bulletin else False
    context = {
        "sheet": found,
        "items": items,
        "lines": [(line, _cells(line, items)) for line in _lines(request, found)],
        "may_score": may["score"],
        "own_only": not may["write"] and found.state == SheetState.ANNOUNCED,
        "objections": visible_to(user, Objection)
        .filter(score__assessed__sheet=found)
        .select_related("score__item", "score__assessed__organization"),
        "may_answer": may["write"] and found.is_open_to_objections,
        "correction": corrections.first(),
        "bulletin": found.bulletin if seen else None,
        "small": SMALL,
        "least": LEAST_SCORED,
        "verbs": verbs_of(
            found,
            (may["score"], _("Give the sheet up"), "sheet-drop"),
            (may["score"], _("Count the figures again"), "sheet-count", True),
            (may["announce"], _("Tell the units"), "sheet-announce"),
            (may["publish"], _("Publish the sheet"), "sheet-publish"),
            (may["correct"] and not corrections.exists(), _("Correct it"), "sheet-correct"),
        ),
    }
    return render(request, "assessments/sheet.html", context)


def _lines(request: SignedInRequest, found: Sheet) -> Any:
    rows = visible_to(request.user, Assessed).filter(sheet=found).in_order()
    return rows.select_related("organization", "sheet").prefetch_related("scores__item")


def _cells(line: Assessed, items: list[Item]) -> list[Score | None]:
    """In the order of the items; the heads of the table say which."""
    scores = {one.item_id: one for one in line.scores.all()}
    return [scores.get(item.pk) for item in items]


@require_GET
@login_required
def unit(request: SignedInRequest, public_id: str) -> HttpResponse:
    near = ("organization", "sheet__scheme__mechanism", "sheet__organization")
    rows = visible_to(request.user, Assessed).select_related(*near)
    found: Assessed = get_object_or_404(rows, public_id=public_id)
    said = visible_to(request.user, Objection).filter(score__assessed=found)
    objections = {one.score_id: one for one in said}
    today = timezone.localdate()
    sheet = found.sheet
    due = sheet.object_by is not None and today <= sheet.object_by
    may = policy_for(Assessed).can(request.user, "object", found)
    may_object = may and due and found.agreed_on is None
    scores = list(found.scores.select_related("item"))
    for one in scores:
        one.assessed = found
    waiting = any(not one.outcome for one in objections.values())
    records = {one.pk: records_of(request.user, one) for one in scores}
    context = {
        "line": found,
        "sheet": sheet,
        "scores": [
            (one, way_words(one.item), objections.get(one.pk), records.get(one.pk, ""))
            for one in scores
        ],
        "may_object": may_object,
        "may_follow": policy_for(Assessed).can(request.user, "follow", found),
        "small": SMALL,
        "verbs": verbs_of(
            found,
            (may and found.agreed_on is None and not waiting, _("No objection"), "agree", True),
        ),
    }
    return render(request, "assessments/unit.html", context)


OF_SHEET: dict[str, Any] = {
    "model": Sheet,
    "key": "sheet_id",
    "related": ("scheme__mechanism__jurisdiction", "organization"),
}
count = button(Sheet, "sheet_id", drafting.count, _("The figures are counted again."))
agree = button(Assessed, "assessed_id", telling.agree, _("It is kept that your unit agrees."))
announce = page(
    Act(
        **OF_SHEET,
        form=forms.AnnounceForm,
        action=telling.announce,
        title=_("Tell the units their marks"),
        label=_("Tell the units"),
        done=_("Each unit finds its own marks and may object."),
        verb="announce",
        note=_("The figures are counted a last time. Each unit sees its own marks alone."),
    )
)
publish = page(
    Act(
        **OF_SHEET,
        form=VersionForm,
        action=telling.publish,
        title=_("Publish the sheet"),
        label=_("Publish the sheet"),
        done=_("The sheet is published; its circular lies among the drafts of bulletins."),
        verb="publish",
        note=_("Nothing in it changes after this; a mistake is put right by a correction."),
    )
)
correct = page(
    Act(
        **OF_SHEET,
        form=forms.ReasonForm,
        action=drafting.correct,
        title=_("Correct a published sheet"),
        label=_("Begin the correction"),
        done=_("The correction is begun; the published sheet stands until it is published."),
        verb="correct",
        note=_("Its figures are counted anew, and the units are told their marks again."),
    )
)
drop = page(
    Act(
        **OF_SHEET,
        form=forms.ReasonForm,
        action=drafting.drop_sheet,
        title=_("Give the sheet up"),
        label=_("Give the sheet up"),
        done=_("The sheet is given up."),
        verb="score",
    )
)
OF_SCORE: dict[str, Any] = {
    "model": Score,
    "key": "score_id",
    "related": (
        "assessed__sheet__scheme__mechanism__jurisdiction",
        "assessed__organization",
        "item",
    ),
}


class SheetAct(Act):
    def address(self, row: Score) -> str:
        return row.assessed.sheet.get_absolute_url()

    def told(self, row: Score) -> str:
        return way_words(row.item)


judge = page(
    SheetAct(
        **OF_SCORE,
        form=forms.JudgeForm,
        action=drafting.judge,
        title=_("Give a mark"),
        label=_("Give the mark"),
        done=_("The mark is given."),
        verb="judge",
        keeps=("mark", "reason"),
    )
)


class ObjectionAct(Act):
    def told(self, row: Score) -> str:
        return _marked(row)


object_to = page(
    ObjectionAct(
        **OF_SCORE,
        form=forms.ObjectionForm,
        action=telling.object_to,
        title=_("Object to a mark"),
        label=_("Object"),
        done=_("The organ that scores has your objection and answers it."),
        verb="object",
    )
)


class AnswerAct(Act):
    def address(self, row: Objection) -> str:
        return row.score.assessed.sheet.get_absolute_url()

    def told(self, row: Objection) -> str:
        said = gettext("The unit objects: “%(text)s” %(marked)s")
        return said % {"text": row.text, "marked": _marked(row.score)}


answer = page(
    AnswerAct(
        model=Objection,
        key="objection_id",
        form=forms.AnswerForm,
        action=telling.answer_objection,
        title=_("Answer the objection"),
        label=_("Answer"),
        done=_("The unit reads your answer."),
        verb="answer",
        related=(
            "score__item",
            "score__assessed__organization",
            "score__assessed__sheet__scheme__mechanism__jurisdiction",
        ),
    )
)


def _marked(score: Score) -> str:
    """How the mark stands, and what it was given for."""
    if score.mark is None:
        return gettext("It has no mark yet.")
    words = {
        "mark": plain(score.mark),
        "full": plain(score.item.full_mark),
        "why": score.reason or way_words(score.item),
    }
    return gettext("Its mark is %(mark)s of %(full)s: %(why)s") % words
