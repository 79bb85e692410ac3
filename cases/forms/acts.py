"""Forms whose fields are named as what their action takes."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import OrganizationField
from foundations.access.forms import OnceForm, PortalForm
from members.models import Organization, User


class UnitsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Organization) -> str:
        return obj.name


def unit_field(label: Any, *, required: bool = True) -> OrganizationField:
    """Its units are named by the view."""
    return OrganizationField(
        label=label,
        required=required,
        queryset=Organization.objects.none(),
        to_field_name="public_id",
    )


def units_field(label: Any, help_text: Any = "") -> UnitsField:
    return UnitsField(
        label=label,
        required=False,
        queryset=Organization.objects.none(),
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
    )


def person_field(label: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(label=label, required=False, queryset=User.objects.none())


class LinesField(forms.CharField):
    """One thing a line."""

    def __init__(self, **given: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 4})
        super().__init__(max_length=2000, widget=widget, help_text=_("One a line."), **given)

    def clean(self, value: Any) -> Any:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class Choosing(PortalForm):
    """`choices` are the rows that a field offers, by its name."""

    def __init__(self, *args: Any, choices: Mapping[str, QuerySet] | None = None, **given: Any):
        super().__init__(*args, **given)
        for name, rows in (choices or {}).items():
            field = self.fields[name]
            field.queryset = rows
            if field.required and not self.is_bound and len(rows) == 1:
                self.initial.setdefault(name, getattr(rows[0], field.to_field_name or "pk"))


class ActForm(Choosing):
    """Given as they are."""

    def given(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class VersionForm(ActForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class TokenForm(OnceForm, Choosing):
    """It makes a row once."""

    def given(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return {"token": given.pop("form_token"), **given}


class WordsForm(TokenForm):
    """It makes a row once, from `words`."""

    words: Any

    def given(self) -> dict[str, Any]:
        given = super().given()
        token = given.pop("token")
        plain = {name: _plain(value) for name, value in given.items()}
        return {"token": token, "words": self.words(**plain)}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, QuerySet) else value
