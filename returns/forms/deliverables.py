from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundations.access.form_shapes import Choosing, day_field
from foundations.access.forms import OnceForm
from returns.actions.deliverables import Paper
from services.documents.forms import FilesForm
from services.documents.models import OfficialDocument


class DeliverForm(FilesForm, OnceForm, Choosing):
    title = forms.CharField(label=_("Title of the document"), max_length=200)
    doc_number = forms.CharField(label=_("Document number"), max_length=80, required=False)
    on = day_field(_("Issued on"))
    document = forms.ModelChoiceField(
        label=_("Paper of the portal"),
        queryset=OfficialDocument.objects.none(),
        to_field_name="public_id",
        required=False,
        help_text=_("Instead of a file, where the portal issued it."),
    )
    field_order = ("title", "doc_number", "on", "document", "file", "declared")
    wide = ("title", "document", "file", "declared")
    depending = ("file", "document")

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["file"].required = False

    def given(self) -> dict[str, Any]:
        data = self.cleaned_data
        paper = Paper(
            title=data["title"],
            on=data["on"],
            doc_number=data["doc_number"],
            document=data["document"],
            files=data["file"] or (),
            declared=data["declared"],
        )
        return {"paper": paper, "token": data["form_token"]}
