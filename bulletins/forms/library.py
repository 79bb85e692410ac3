"""Forms of the library: an item's words, its files, what a compilation holds."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bulletins.actions.library import ItemWords
from bulletins.models import LibraryItem, LibraryKind
from cases.dictionaries import area_choices
from foundations.access.form_shapes import (
    ActForm,
    VersionForm,
    WordsForm,
    choice_field,
    day_field,
    long_field,
)
from foundations.access.rich_text import RichTextFormField
from members.forms.fields import unit_field
from services.documents.forms import FilesForm


class ItemFields(forms.Form):
    """What is said of an item, whether it is new or revised."""

    organization = unit_field(_("Kept by"))
    kind = choice_field(_("Kind"), LibraryKind.choices)
    title = forms.CharField(label=_("Title"), max_length=200)
    number = forms.CharField(label=_("Document or case number"), max_length=80, required=False)
    issued_by = forms.CharField(label=_("Issuing body"), max_length=120, required=False)
    issued_on = day_field(_("Day of issue"), required=False)
    effective_on = day_field(_("Takes effect on"), required=False)
    area = choice_field(_("Area of administration"), (), required=False)
    summary = long_field(_("Gist, or rule of decision of a case"), required=False, rows=4)
    text = RichTextFormField(label=_("Text"), required=False)
    masked = forms.BooleanField(
        label=_("Names and other personal data are masked; needed for a case."), required=False
    )
    wide: tuple[str, ...] = ("title", "summary", "text", "masked")

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        area: Any = self.fields["area"]
        area.choices = [("", _("None chosen")), *area_choices()]


class NewItemForm(ItemFields, WordsForm):
    words = ItemWords
    field_order = ("organization", "kind", "title")


class ReviseItemForm(ItemFields, VersionForm):
    def given(self) -> dict[str, Any]:
        given = super().given()
        version = given.pop("version")
        return {"version": version, "words": ItemWords(**given)}


class ItemFilesForm(FilesForm, ActForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class EndItemForm(VersionForm):
    on = day_field(_("No longer in force from"))


class WithdrawItemForm(VersionForm):
    reason = forms.CharField(
        label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )
    wide = ("reason",)


class ItemsField(forms.ModelMultipleChoiceField):
    """In the order in which they stand in the library: by the day of issue."""

    def label_from_instance(self, obj: LibraryItem) -> str:
        return f"{obj.title}　{obj.number}".rstrip()

    def clean(self, value: Any) -> QuerySet:
        return super().clean(value).order_by("kind", "issued_on", "pk")


class CompileForm(VersionForm):
    items = ItemsField(
        label=_("What is put together"),
        queryset=LibraryItem.objects.none(),
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one item.")},
    )
    wide = ("items",)
