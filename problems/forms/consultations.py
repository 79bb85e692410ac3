"""What is asked about a draft that is before the other sides, and of those asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundations.access.form_shapes import (
    TokenForm,
    VersionForm,
    WordsForm,
    choice_field,
    day_field,
    long_field,
)
from members.forms.fields import unit_field, units_field
from problems.actions.consultations import ConsultationWords
from problems.forms.law import LONG
from problems.forms.problems import title_field
from problems.states import Verdict


def draft_field() -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 14})
    return forms.CharField(
        label=_("Draft text"),
        max_length=LONG,
        required=False,
        widget=widget,
        help_text=_("Or add it as a file before you send it."),
    )


def asked_field() -> Any:
    return units_field(_("Units asked"), required=True)


class ConsultationForm(WordsForm):
    words = ConsultationWords
    organization = unit_field(_("Maker of the document"))
    reply_by = day_field(_("Reply by"))
    title = title_field(_("Name of the document"))
    explanation = long_field(_("Why it is drafted"), required=False)
    draft = draft_field()
    units = asked_field()
    wide = ("title", "explanation", "draft", "units")


class ConsultationTextForm(VersionForm):
    reply_by = day_field(_("Reply by"))
    title = title_field(_("Name of the document"))
    explanation = long_field(_("Why it is drafted"), required=False)
    draft = draft_field()
    units = asked_field()
    wide = ("title", "explanation", "draft", "units")


class NumberForm(VersionForm):
    number = forms.CharField(
        label=_("Document number"),
        max_length=60,
        required=False,
        help_text=_("As your office gave it."),
    )


class OpinionForm(TokenForm):
    clause = forms.CharField(label=_("Clause"), max_length=100, required=False)
    text = long_field(_("Opinion on the clause"), rows=5)
    wide = ("text",)


class ReplyForm(VersionForm):
    remark = forms.CharField(
        label=_("Remark"),
        max_length=300,
        required=False,
        help_text=_("Needed where your unit has no opinion: why not."),
    )
    wide = ("remark",)


class VerdictForm(VersionForm):
    verdict = choice_field(_("Adopted or not"), Verdict.choices)
    reason = long_field(_("Reason"), required=False)
    wide = ("reason",)
    depending = ("reason",)


class ResultForm(VersionForm):
    result = long_field(_("Result"), rows=5)
    wide = ("result",)
