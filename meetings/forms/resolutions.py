from django import forms
from django.utils.translation import gettext_lazy as _

from foundations.access.forms import PortalForm
from services.documents.forms import UploadForm


class ProgressForm(UploadForm):
    text = forms.CharField(
        label=_("Progress"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )
    done = forms.BooleanField(
        label=_("Carried out"),
        required=False,
        help_text=_("A secretariat checks it; until then the matter stays in progress."),
    )
    field_order = ("text", "done", "file", "declared")
    wide = ("text",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].required = False


class ReasonForm(PortalForm):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    wide = ("reason",)


class CloseForm(ReasonForm):
    """Without open resolutions no reason is needed; the action asks for it otherwise."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False


class DueForm(ReasonForm):
    day = forms.DateField(
        label=_("New due date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    field_order = ("day", "reason", "version")
