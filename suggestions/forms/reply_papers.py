from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundations.access.forms import PortalForm


class ReplyPaperForm(PortalForm):
    number = forms.CharField(
        label=_("Document number"),
        max_length=80,
        required=False,
        help_text=_("As your office gave it; it may be left out."),
    )

    def given(self) -> dict[str, Any]:
        return {"number": self.cleaned_data["number"]}
