"""What most forms are made of: days, long texts, choices, and forms whose fields are named as
what their action takes."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from foundations.access.forms import OnceForm, PortalForm


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """ISO, so that the browser's own calendar can be used."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


def long_field(label: Any, *, required: bool = True, rows: int = 3) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=2000, widget=widget)


def choice_field(
    label: Any, choices: Iterable[tuple[str, Any]], *, required: bool = True
) -> forms.ChoiceField:
    empty = _("Choose") if required else _("None chosen")
    return forms.ChoiceField(label=label, required=required, choices=[("", empty), *choices])


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
            field: Any = self.fields[name]
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
