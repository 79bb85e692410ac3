"""Class cases and questions of law: their lists and pages."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django_filters import ChoiceFilter

from bulletins.models import Bulletin
from bulletins.states import BulletinState
from cases.dictionaries import area_choices
from cases.models import Dispute, Procedure
from foundations.access.acts import Act, page
from foundations.access.form_shapes import VersionForm
from foundations.access.forms import Label
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from mechanisms.models import Mechanism
from mechanisms.queries import parties
from meetings.models import Topic
from members.models import User
from problems.actions import agenda
from problems.actions import law as actions
from problems.actions.circulars import draft_bulletin
from problems.forms import law as forms
from problems.forms.problems import AgendaForm, DropForm
from problems.models import ClassCase, Question, Standard
from problems.policy.circle import side_of
from problems.states import ClassCaseState, QuestionState
from problems.views.choosing import administration, open_meetings
from problems.views.pages import (
    NEAR,
    MatterFilter,
    MatterLedger,
    New,
    files_page,
    matter_columns,
    matter_list,
    matter_page,
    new_page,
    verbs_of,
)

RECENT = 200
"""So many of the cases that a writer sees are offered, the newest first."""


def _seen_cases(user: User, chosen: Iterable[int] = ()) -> QuerySet[Procedure]:
    """The newest, and those `chosen` before."""
    disputes = visible_to(user, Dispute)
    near = Procedure.objects.filter(dispute__in=disputes.values("pk")).exclude(number="")
    newest = near.order_by("-pk").values_list("pk", flat=True)[:RECENT]
    return near.filter(pk__in={*newest, *chosen}).order_by("-pk")


def _class_case_choices(request: SignedInRequest, mechanism: Mechanism) -> dict:
    today = timezone.localdate()
    return {
        "agency": administration(mechanism.jurisdiction_id, today),
        "cases": _seen_cases(request.user),
    }


def _draft_choices(user: User, row: ClassCase, today: date) -> dict:
    chosen = row.cases.values_list("pk", flat=True)
    return {
        "agency": administration(row.mechanism.jurisdiction_id, today),
        "cases": _seen_cases(user, chosen),
    }


new_class_case = new_page(
    New(
        model=ClassCase,
        form=forms.ClassCaseForm,
        action=actions.write_class_case,
        title=_("Write on a class of cases"),
        label=_("Keep the draft"),
        done=_("The draft is kept; the other sides read it once you tell it."),
        home="problems:class-cases",
        choices=_class_case_choices,
        note=_("Say what the cases have in common, without names; the advice is no order."),
    )
)
OF_CLASS_CASE: dict[str, Any] = {
    "model": ClassCase,
    "key": "class_case_id",
    "related": NEAR,
    "verb": "edit",
}
edit_class_case = page(
    Act(
        **OF_CLASS_CASE,
        form=forms.ClassCaseTextForm,
        action=actions.revise_class_case,
        title=_("Change the draft"),
        label=_("Save"),
        done=_("The draft is kept."),
        choices=_draft_choices,
        keeps=("title", "area", "agency", "pattern", "advice", "cases"),
    )
)
tell_class_case = page(
    Act(
        **OF_CLASS_CASE,
        form=VersionForm,
        action=actions.tell_class_case,
        title=_("Tell the other sides of the class of cases"),
        label=_("Tell"),
        done=_("The other sides have been told."),
        note=_("The other sides read it from then on, and its words stay as they are."),
    )
)
class_case_files = files_page(ClassCase)


@login_required
@require_POST
def class_case_bulletin(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Begin a circular from it, and go on in its draft."""
    row = get_object_or_404(visible_to(request.user, ClassCase), public_id=public_id)
    drafted = draft_bulletin(row.pk, actor=request.user, at=timezone.now())
    messages.success(request, gettext("The circular is drafted; check its text and recipients."))
    return redirect("bulletins:edit", drafted.public_id)


class ClassCaseFilter(MatterFilter):
    state = ChoiceFilter(label=_("State"), choices=ClassCaseState.choices)
    area = ChoiceFilter(label=_("Area of administration"), choices=area_choices)

    class Meta:
        model = ClassCase
        fields: list[str] = []


class ClassCaseLedger(MatterLedger):
    name = "class_cases"
    title = _("Class cases")
    subtitle = _("What one side tells the other of cases of one pattern")
    model = ClassCase
    filterset_class = ClassCaseFilter
    search_fields = ("title", "pattern", "advice")
    search_hint = _("Title, pattern, advice")
    columns = matter_columns(_("Class of cases"), _("Written on"))
    empty = _("No class case here")
    empty_hint = _("A side that sees cases of one pattern writes on them here.")
    new = ("class-case-new", _("Write on a class of cases"))


class_case_list = matter_list(ClassCaseLedger, "agency")


def _class_case(request: SignedInRequest, found: ClassCase) -> dict:
    policy, user = policy_for(ClassCase), request.user
    disputes = visible_to(user, Dispute)
    cases = found.cases.filter(dispute__in=disputes.values("pk")).select_related("dispute")
    edits, bulletin = policy.can(user, "edit", found), found.bulletin
    begun = bulletin is not None and bulletin.state != BulletinState.DISCARDED
    return {
        "home": ClassCaseLedger.title,
        "home_url": reverse("problems:class-cases"),
        "verbs": verbs_of(
            found,
            (edits, _("Change the draft"), "class-case-edit"),
            (edits, _("Tell"), "class-case-tell"),
        ),
        "cases": list(cases),
        "circular": visible_to(user, Bulletin).filter(pk=found.bulletin_id).first(),
        "may_draft": not begun and policy.can(user, "keep", found),
    }


class_case = matter_page(ClassCase, "class_case", _class_case, "agency", "bulletin")

new_question = new_page(
    New(
        model=Question,
        form=forms.QuestionForm,
        action=actions.raise_question,
        title=_("Raise a question of law"),
        label=_("Raise"),
        done=_("The question is before the other sides."),
        home="problems:questions",
        note=_("A question of how the law is understood, not of how a pending case is decided."),
    )
)
OF_QUESTION: dict[str, Any] = {"model": Question, "key": "question_id", "related": NEAR}
position = page(
    Act(
        **OF_QUESTION,
        form=forms.PositionForm,
        action=actions.take_position,
        title=_("Take your side's position"),
        label=_("Enter the position"),
        done=_("The position of your side is entered."),
        verb="answer",
        days=("on",),
        note=_("A later position takes the place of the earlier one; the timeline keeps both."),
    )
)
settle_question = page(
    Act(
        **OF_QUESTION,
        form=forms.SettleForm,
        action=actions.settle_question,
        title=_("Settle the question"),
        label=_("Settle the question"),
        done=_("The question is settled; a text may follow from it."),
        verb="keep",
        days=("on",),
    )
)
leave_question = page(
    Act(
        **OF_QUESTION,
        form=DropForm,
        action=actions.leave_question,
        title=_("Leave the question open"),
        label=_("Leave it open"),
        done=_("The question is left open."),
        verb="keep",
    )
)
question_on_agenda = page(
    Act(
        **OF_QUESTION,
        form=AgendaForm,
        action=agenda.question_on_agenda,
        title=_("Put it on a meeting"),
        label=_("Submit the topic"),
        done=_("It is a topic of the meeting."),
        verb="keep",
        choices=lambda user, row, today: {"meeting": open_meetings(user, row, today)},
        note=_("The topic bears the title of this matter and goes through the meeting's agenda."),
    )
)
question_files = files_page(Question)


class QuestionFilter(MatterFilter):
    state = ChoiceFilter(label=_("State"), choices=QuestionState.choices)

    class Meta:
        model = Question
        fields: list[str] = []


class QuestionLedger(MatterLedger):
    name = "questions"
    title = _("Questions of law")
    subtitle = _("What each side holds, and what was settled")
    model = Question
    filterset_class = QuestionFilter
    search_fields = ("title", "text", "law", "outcome")
    search_hint = _("Title, question, law, outcome")
    columns = matter_columns(_("Question of law"), _("Raised on"))
    empty = _("No question of law here")
    empty_hint = _("Either side may raise one.")
    new = ("question-new", _("Raise a question of law"))


question_list = matter_list(QuestionLedger)


def _question(request: SignedInRequest, found: Question) -> dict:
    user, policy = request.user, policy_for(Question)
    live, keeps = not found.is_over, policy.can(user, "keep", found)
    held = {one.side: one for one in found.positions.select_related("unit")}
    positions = [(party, held.get(party.side)) for party in parties(found.mechanism)]
    whole = all(one for _party, one in positions)
    open_now = live and found.state == QuestionState.OPEN
    may_meet = keeps and open_now and found.topic_id is None
    mine = side_of(user, found.mechanism)
    owes: Label = _("Change your position") if mine in held else _("Take a position")
    settled = found.state == QuestionState.SETTLED
    topics = visible_to(user, Topic).filter(pk=found.topic_id)
    return {
        "home": QuestionLedger.title,
        "home_url": reverse("problems:questions"),
        "verbs": verbs_of(
            found,
            (keeps and open_now, _("Leave it open"), "question-leave"),
            (
                may_meet,
                _("Put it on a meeting"),
                "question-agenda",
            ),
            (bool(mine) and open_now, owes, "position"),
            (keeps and open_now and whole, _("Settle the question"), "question-settle"),
        ),
        "positions": positions,
        "standards": visible_to(user, Standard).filter(question=found),
        "may_write_standard": settled and bool(mine),
        "topic": topics.first(),
    }


question = matter_page(Question, "question", _question)
