"""What is asked when a paper is issued: its day, and its number where the unit gives it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundations.access.form_shapes import day_field
from foundations.access.forms import PortalForm


class IssuePaperForm(PortalForm):
    on = day_field(_("Issued on"))
    number = forms.CharField(
        label=_("Document number"),
        max_length=80,
        required=False,
        help_text=_("As your office system gave it; left empty where the paper has none."),
    )

    def __init__(self, *args: Any, typed: bool, **given: Any) -> None:
        super().__init__(*args, **given)
        if not typed:
            del self.fields["number"]

    def given(self) -> dict[str, Any]:
        return self.cleaned_data


class VoidPaperForm(PortalForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why it is void"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )

    def given(self) -> dict[str, Any]:
        return self.cleaned_data
