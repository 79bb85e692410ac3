"""What is asked about class cases, questions of law, and texts that all sides agree to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Procedure
from foundations.access.form_shapes import (
    ActForm,
    Choosing,
    VersionForm,
    WordsForm,
    choice_field,
    day_field,
    long_field,
)
from mechanisms.models import Provision
from members.forms.fields import unit_field
from problems.actions.law import (
    ClassCaseWords,
    InterpretationWords,
    QuestionWords,
    StandardWords,
)
from problems.forms.problems import area_field, kept_link, title_field
from problems.models import Question
from services.consents.models import Verdict

LONG = 20000


def text_field(label: Any, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 14})
    return forms.CharField(label=label, max_length=LONG, widget=widget, help_text=help_text)


class CasesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Procedure) -> str:
        return f"{obj.number} {obj.name}".strip()


class ProvisionField(forms.ModelChoiceField):
    """By its number and the words that bind."""

    def label_from_instance(self, obj: Provision) -> str:
        return f"{obj.number}　{obj.clause}　{obj.operative or obj.text[:30]}"


class ClassCaseFields(Choosing):
    """The words of a class case; `choices` are the agencies and the cases."""

    title = title_field(_("Class of cases, in a line"))
    area = area_field()
    agency = unit_field(_("Agency"), required=False)
    pattern = long_field(_("What the cases have in common"), rows=5)
    advice = long_field(_("Advice"), rows=5)
    cases = CasesField(
        label=_("Cases"),
        queryset=Procedure.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Of those that you see; each reader sees those that he may open."),
    )
    wide = ("title", "pattern", "advice", "cases")


class ClassCaseForm(ClassCaseFields, WordsForm):
    words = ClassCaseWords
    organization = unit_field(_("Written by"))
    field_order = ("organization", "title")


class ClassCaseTextForm(ClassCaseFields, VersionForm):
    pass


class QuestionForm(WordsForm):
    words = QuestionWords
    organization = unit_field(_("Raised by"))
    begun_on = day_field(_("Raised on"))
    title = title_field(_("Question, in a line"))
    text = long_field(_("Question"), rows=5)
    law = long_field(_("Provisions of law"), required=False)
    wide = ("title", "text", "law")


class PositionForm(ActForm):
    on = day_field(_("Day"))
    text = long_field(_("Position"), rows=6)
    wide = ("text",)


class SettleForm(VersionForm):
    on = day_field(_("Settled on"))
    outcome = long_field(_("Outcome"), rows=5)
    wide = ("outcome",)


class StandardForm(WordsForm):
    words = StandardWords
    organization = unit_field(_("Written by"))
    title = title_field(_("Title"))
    number = forms.CharField(label=_("Document number"), max_length=60, required=False)
    text = text_field(_("Text"), _("One paragraph a line; it is printed as it stands here."))
    question = kept_link(Question)
    wide = ("title", "text")


class StandardTextForm(VersionForm):
    title = title_field(_("Title"))
    number = forms.CharField(label=_("Document number"), max_length=60, required=False)
    text = text_field(_("Text"), _("One paragraph a line; it is printed as it stands here."))
    wide = ("title", "text")


class InterpretationForm(WordsForm):
    words = InterpretationWords
    organization = unit_field(_("Written by"))
    provision = ProvisionField(
        label=_("Provision"), queryset=Provision.objects.none(), to_field_name="number"
    )
    title = title_field(_("Title"))
    asked = long_field(_("Question"))
    text = text_field(_("Interpretation"))
    wide = ("provision", "title", "asked", "text")


class InterpretationTextForm(VersionForm):
    title = title_field(_("Title"))
    asked = long_field(_("Question"))
    text = text_field(_("Interpretation"))
    wide = ("title", "asked", "text")


class PutForm(VersionForm):
    in_force_on = day_field(_("In force from"))


class AnswerForm(ActForm):
    verdict = choice_field(_("Answer of your side"), Verdict.choices)
    remark = long_field(_("Remark"), required=False)
    wide = ("remark",)
    depending = ("remark",)
