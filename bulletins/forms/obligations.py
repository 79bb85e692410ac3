"""A nil return, an event that has to be told, the days of a year's plan."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundations.access.forms import PortalForm

DAYS_AT_MOST = 2000


class NilForm(PortalForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Say why there is nothing to tell; a nil return needs a reason.")
        },
        help_text=_("For example: no such matter arose in this term."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    wide = ("reason",)

    def given(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class CountNoteForm(PortalForm):
    text = forms.CharField(
        label=_("Why the figures differ"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why the figures differ.")},
    )
    wide = ("text",)

    def given(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class OccasionForm(PortalForm):
    what = forms.CharField(
        label=_("What has to be told"),
        max_length=120,
        error_messages={"required": _("Say what happened.")},
        help_text=_("The name of the document, the decision or the case that has to be told."),
    )
    happened_on = forms.DateField(
        label=_("On which day"), widget=forms.DateInput(attrs={"type": "date"})
    )
    wide = ("what",)

    def given(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class PlanForm(PortalForm):
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    days = forms.CharField(
        label=_("Days of the plan"),
        max_length=DAYS_AT_MOST,
        widget=forms.Textarea(attrs={"rows": 6, "placeholder": "2027-03-20"}),
        error_messages={"required": _("Enter at least one day.")},
        help_text=_("One day a line, such as 2027-03-20; the last day on which it will be told."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    wide = ("days",)

    def __init__(self, *args: Any, years: tuple[int, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose: Any = self.fields["year"]
        choose.choices = [(year, str(year)) for year in years]

    def clean_days(self) -> list[date]:
        found = []
        for line in self.cleaned_data["days"].replace("，", "\n").replace("、", "\n").split():
            try:
                found.append(date.fromisoformat(line))
            except ValueError as error:
                message = _("“%(line)s” is no day; write it as 2027-03-20.")
                raise ValidationError(message, params={"line": line}) from error
        return found

    def given(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
