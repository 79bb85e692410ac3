from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bulletins.actions.white_papers import WhitePaperWords
from bulletins.forms.library import ItemsField
from bulletins.models import LibraryItem
from foundations.access.form_shapes import ActForm, VersionForm
from foundations.access.rich_text import RichTextFormField
from members.forms.fields import unit_field
from services.documents.forms import UploadForm


class BeginForm(ActForm):
    organization = unit_field(_("Court"))
    year = forms.IntegerField(label=_("Year told of"), min_value=2000, max_value=2999)


class WriteForm(VersionForm):
    overview = RichTextFormField(label=_("Overview"), required=False)
    features = RichTextFormField(label=_("Features of the year"), required=False)
    enforcement = RichTextFormField(label=_("Problems of enforcement"), required=False)
    litigation = RichTextFormField(label=_("Problems in litigation"), required=False)
    advice = RichTextFormField(label=_("What is suggested"), required=False)
    typical = ItemsField(
        label=_("Cases to learn from"),
        queryset=LibraryItem.objects.none(),
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    wide = ("overview", "features", "enforcement", "litigation", "advice", "typical")

    def given(self) -> dict[str, Any]:
        given = super().given()
        version = given.pop("version")
        given["typical"] = list(given["typical"])
        return {"version": version, "words": WhitePaperWords(**given)}


class FinalForm(UploadForm, ActForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
