"""Standards and interpretations: written, put to every side, in force once all agree."""

from functools import partial
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter

from foundations.access.acts import Act, page
from foundations.access.form_shapes import ActForm, VersionForm
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from mechanisms.models import Mechanism, Provision
from mechanisms.queries import parties, version_on
from problems.actions import agreeing
from problems.actions import law as actions
from problems.forms import law as forms
from problems.models import Agreed, Interpretation, Question, Standard
from problems.policy.circle import side_of
from problems.states import AgreedState
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
from services.consents.queries import latest


def _question_choices(request: SignedInRequest, _mechanism: Mechanism) -> dict:
    return {"question": visible_to(request.user, Question)}


def _question_first(request: SignedInRequest, _mechanism: Mechanism) -> dict:
    """Of the question from which it follows."""
    rows = visible_to(request.user, Question)
    found = rows.filter(public_id=request.GET.get("question", "")).first()
    if found is None:
        return {}
    return {"question": found.public_id, "title": found.title, "text": found.outcome}


new_standard = new_page(
    New(
        model=Standard,
        form=forms.StandardForm,
        action=actions.write_standard,
        title=_("Draft a common standard"),
        label=_("Keep the draft"),
        done=_("The draft is kept; put it to the sides when it is ready."),
        home="problems:standards",
        choices=_question_choices,
        first=_question_first,
        note=_("It is read by all who work in the jurisdiction once every side has agreed to it."),
    )
)


def _clauses(_request: SignedInRequest, mechanism: Mechanism) -> dict:
    version = version_on(mechanism, timezone.localdate())
    return {"provision": Provision.objects.filter(version=version)}


def _clause_first(request: SignedInRequest, _mechanism: Mechanism) -> dict:
    return {"provision": request.GET.get("provision", "")}


new_interpretation = new_page(
    New(
        model=Interpretation,
        form=forms.InterpretationForm,
        action=actions.write_interpretation,
        title=_("Draft an interpretation"),
        label=_("Keep the draft"),
        done=_("The draft is kept; put it to the sides when it is ready."),
        home="problems:interpretations",
        choices=_clauses,
        first=_clause_first,
        note=_("It stands beside its clause once every side has agreed to it."),
    )
)


def _of(model: type[Agreed], **more: Any) -> Act:
    return Act(model=model, key="row_id", related=NEAR, **more)


def _put(model: type[Agreed]) -> Any:
    return page(
        _of(
            model,
            form=forms.PutForm,
            action=partial(agreeing.put, model),
            title=_("Put the text to the sides"),
            label=_("Put the text to the sides"),
            done=_("The text is before the sides; yours agrees by that."),
            verb="edit",
            days=("in_force_on",),
            note=_("While it is before the sides nobody changes it."),
        )
    )


def _answer(model: type[Agreed]) -> Any:
    return page(
        _of(
            model,
            form=forms.AnswerForm,
            action=partial(agreeing.answer, model),
            title=_("Answer for your side"),
            label=_("Answer"),
            done=_("The answer of your side is entered."),
            may=lambda user, row, _today: _is_asked(user, row),
            note=_(
                "Agree: it is in force from its day once all sides have agreed. Amend or "
                "refuse: say why; it goes back to its writer."
            ),
        )
    )


def _take_back(model: type[Agreed]) -> Any:
    return page(
        _of(
            model,
            form=ActForm,
            action=partial(agreeing.take_back, model),
            note=_("The sides are asked anew once it is put to them again."),
            title=_("Take the text back"),
            label=_("Take the text back"),
            done=_("The text is a draft again."),
            verb="keep",
        )
    )


def _give_up(model: type[Agreed]) -> Any:
    return page(
        _of(
            model,
            form=VersionForm,
            action=partial(agreeing.give_up, model),
            note=_("It stays in the list of your unit; nobody else reads it."),
            title=_("Give the draft up"),
            label=_("Give the draft up"),
            done=_("The draft is given up."),
            verb="edit",
        )
    )


put_standard, put_interpretation = _put(Standard), _put(Interpretation)
answer_standard, answer_interpretation = _answer(Standard), _answer(Interpretation)
take_standard_back, take_interpretation_back = _take_back(Standard), _take_back(Interpretation)
give_standard_up, give_interpretation_up = _give_up(Standard), _give_up(Interpretation)
edit_standard = page(
    Act(
        model=Standard,
        key="standard_id",
        form=forms.StandardTextForm,
        action=agreeing.revise_standard,
        title=_("Change the draft"),
        label=_("Save"),
        done=_("The draft is kept."),
        verb="edit",
        keeps=("title", "number", "text"),
        related=NEAR,
    )
)
edit_interpretation = page(
    Act(
        model=Interpretation,
        key="interpretation_id",
        form=forms.InterpretationTextForm,
        action=agreeing.revise_interpretation,
        title=_("Change the draft"),
        label=_("Save"),
        done=_("The draft is kept."),
        verb="edit",
        keeps=("title", "asked", "text"),
        related=NEAR,
    )
)
next_edition = page(
    Act(
        model=Standard,
        key="standard_id",
        form=VersionForm,
        action=actions.begin_edition,
        title=_("Begin the next edition"),
        label=_("Begin the draft"),
        done=_("The draft of the next edition is in the list."),
        verb="keep",
        related=NEAR,
        note=_("This edition stays in force until all sides have agreed to the next one."),
    )
)
standard_files, interpretation_files = files_page(Standard), files_page(Interpretation)


def _is_asked(user: Any, row: Agreed) -> bool:
    """Does the consent wait for the reader's side?"""
    if row.state != AgreedState.ASKED:
        return False
    consent = latest(row, row.MATTER)
    return consent is not None and side_of(user, row.mechanism) in consent.waiting_for


class StandardFilter(MatterFilter):
    state = ChoiceFilter(label=_("State"), choices=AgreedState.choices)

    class Meta:
        model = Standard
        fields: list[str] = []


class StandardLedger(MatterLedger):
    name = "standards"
    title = _("Consensus and standards")
    subtitle = _("In force once every side has agreed")
    model = Standard
    filterset_class = StandardFilter
    search_fields = ("title", "text", "number")
    search_hint = _("Title, text, number")
    columns = matter_columns(_("Common standard"), _("Written on"))
    empty = _("No standard here")
    empty_hint = _("A question of law that was settled may become one.")
    standing_views = ((_("All"), ""), (AgreedState.IN_FORCE.label, "state=in_force"))
    new = ("standard-new", _("Draft a common standard"))


class InterpretationFilter(MatterFilter):
    state = ChoiceFilter(label=_("State"), choices=AgreedState.choices)

    class Meta:
        model = Interpretation
        fields: list[str] = []


class InterpretationLedger(MatterLedger):
    name = "interpretations"
    title = _("Interpretations")
    subtitle = _("What a clause of the institution means, by consent of its sides")
    model = Interpretation
    filterset_class = InterpretationFilter
    search_fields = ("title", "asked", "text")
    search_hint = _("Title, question, text")
    columns = matter_columns(_("Interpretation"), _("Written on"))
    empty = _("No interpretation here")
    empty_hint = _("A question about a clause is settled by the sides together.")
    standing_views = ((_("All"), ""), (AgreedState.IN_FORCE.label, "state=in_force"))
    new = ("interpretation-new", _("Draft an interpretation"))


standard_list = matter_list(StandardLedger)
interpretation_list = matter_list(InterpretationLedger, "provision")


def _agreed(request: SignedInRequest, found: Agreed, home: Any, view: str, more: Any = ()) -> dict:
    user, policy, kind = request.user, policy_for(type(found)), found.page
    edits, asked = policy.can(user, "edit", found), found.state == AgreedState.ASKED
    consent = latest(found, found.MATTER)
    answers = {one.side: one for one in consent.answers.all()} if consent else {}
    return {
        "home": home,
        "home_url": reverse(view),
        "verbs": verbs_of(
            found,
            (edits, _("Give the draft up"), f"{kind}-give-up"),
            (edits, _("Change the draft"), f"{kind}-edit"),
            (asked and policy.can(user, "keep", found), _("Take the text back"), f"{kind}-back"),
            *more,
            (edits, _("Put the text to the sides"), f"{kind}-put"),
            (_is_asked(user, found), _("Answer for your side"), f"{kind}-answer"),
        ),
        "consent": consent,
        "answers": [(one, answers.get(one.side)) for one in parties(found.mechanism)],
    }


def _standard(request: SignedInRequest, found: Standard) -> dict:
    user = request.user
    next_one = Standard.objects.filter(supersedes=found)
    goes_on = found.is_in_force and not next_one.exists()
    may = goes_on and policy_for(Standard).can(user, "keep", found)
    more = ((may, _("Begin the next edition"), "standard-next"),)
    seen = visible_to(user, Standard)
    return {
        **_agreed(request, found, StandardLedger.title, "problems:standards", more),
        "editions": seen.filter(pk=found.supersedes_id) | seen.filter(supersedes=found),
        "question": visible_to(user, Question).filter(pk=found.question_id).first(),
    }


def _interpretation(request: SignedInRequest, found: Interpretation) -> dict:
    return _agreed(request, found, InterpretationLedger.title, "problems:interpretations")


standard = matter_page(Standard, "agreed", _standard)
interpretation = matter_page(Interpretation, "agreed", _interpretation, "provision__version")
