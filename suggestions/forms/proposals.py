from django import forms
from django.utils.translation import gettext_lazy as _

from foundations.access.forms import PortalForm


class DismissForm(PortalForm):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    wide = ("reason",)

    def given(self) -> dict[str, str]:
        return dict(self.cleaned_data)
