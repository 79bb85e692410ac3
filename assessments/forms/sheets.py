"""What is asked about a sheet, its marks and the objections to them."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.actions.sheets import SheetWords
from assessments.states import Outcome
from foundations.access.form_shapes import (
    TokenForm,
    VersionForm,
    WordsForm,
    choice_field,
    day_field,
    long_field,
)
from foundations.access.forms import Label
from members.forms.fields import units_field


def mark_field(*, required: bool = True, help_text: Label = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=_("Mark given"),
        max_digits=6,
        decimal_places=2,
        min_value=Decimal(0),
        required=required,
        help_text=help_text,
    )


class SheetForm(WordsForm):
    words = SheetWords
    title = forms.CharField(label=_("Title"), max_length=150)
    first_on = day_field(_("Period from"))
    last_on = day_field(_("Period until"))
    units = units_field(_("Units assessed"), required=True)
    wide = ("title", "units")


class JudgeForm(VersionForm):
    mark = mark_field()
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The unit reads it."),
    )
    wide = ("reason",)
    depending = ("reason",)


class AnnounceForm(VersionForm):
    object_by = day_field(_("Objections until"), help_text=_("This day included."))


class ObjectionForm(TokenForm):
    text = long_field(_("Objection"), rows=5)
    wide = ("text",)


class AnswerForm(VersionForm):
    outcome = choice_field(_("Outcome"), Outcome.choices)
    mark = mark_field(required=False, help_text=_("Where it is upheld: the mark as it is now."))
    answer = long_field(_("Answer"), rows=4)
    wide = ("answer",)
    depending = ("mark",)


class ReasonForm(VersionForm):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    wide = ("reason",)
