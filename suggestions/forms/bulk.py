from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from foundations.access.forms import PortalForm
from suggestions.states import UrgingLevel


class BulkUrgeForm(PortalForm):
    level = forms.ChoiceField(
        label=_("Level"),
        choices=UrgingLevel.choices,
        initial=UrgingLevel.GENERAL,
        help_text=_("A unit that was urged at a higher level before is urged at that level."),
    )
    due_on = forms.DateField(
        label=_("Answer by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Left empty, each letter says what is late with its unit."),
    )
    wide = ("reason",)

    def given(self) -> dict:
        return dict(self.cleaned_data)


class BulkRemindForm(PortalForm):
    """Nothing to fill in: only the button."""

    def given(self) -> dict[str, date]:
        return {}
