"""What is asked about a scheme and its items."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.actions.schemes import ItemWords, SchemeWords
from assessments.states import ItemKind, Wanted, Way
from foundations.access.form_shapes import (
    LinesField,
    TokenForm,
    VersionForm,
    WordsForm,
    choice_field,
    day_field,
)
from services.indicators.definitions import indicators

BETWEEN = "/"
"""Stands between an indicator and its way of counting in what a choice sends."""
MARK: dict[str, Any] = {"max_digits": 6, "decimal_places": 2, "min_value": Decimal("0.01")}


class SchemeFields(forms.Form):
    name = forms.CharField(label=_("Name of the scheme"), max_length=120)
    valid_from = day_field(_("Valid from"))
    valid_to = day_field(_("Valid until"), required=False)
    basis = forms.CharField(
        label=_("Basis"),
        max_length=200,
        required=False,
        help_text=_("The document that orders the assessment."),
    )
    clause = forms.CharField(
        label=_("Clause"),
        max_length=40,
        required=False,
        help_text=_("Number of a clause of the institution's text, such as CX-19."),
    )


class SchemeForm(SchemeFields, WordsForm):
    words = SchemeWords
    wide = ("name", "basis")


class SchemeTextForm(SchemeFields, VersionForm):
    wide = ("name", "basis")


class ItemFields(forms.Form):
    name = forms.CharField(label=_("Name of the item"), max_length=60)
    kind = choice_field(_("Kind"), ItemKind.choices)
    weight = forms.DecimalField(
        label=_("Weight in percent"), max_digits=5, decimal_places=2, max_value=100, min_value=0
    )
    full_mark = forms.DecimalField(label=_("Full mark"), initial=100, **MARK)
    indicator = forms.ChoiceField(
        label=_("Indicator"), required=False, help_text=_("And the way in which it is counted.")
    )
    wanted = choice_field(_("Direction"), Wanted.choices, required=False)
    way = choice_field(_("How it is scored"), Way.choices, required=False)
    target = forms.DecimalField(
        label=_("Target"),
        max_digits=9,
        decimal_places=2,
        min_value=0,
        required=False,
        help_text=_("In the unit of the figure: 80 is eighty percent of a percentage."),
    )
    steps = LinesField(label=_("Steps"), required=False)
    months = forms.IntegerField(
        label=_("Months watched"),
        min_value=1,
        max_value=60,
        initial=6,
        help_text=_("Only for figures that watch what comes back."),
    )
    note = forms.CharField(label=_("What is judged"), max_length=300, required=False)
    order = forms.IntegerField(label=_("Order"), min_value=1, max_value=99, required=False)


WIDE = ("name", "indicator", "steps", "note")
DEPENDING = ("indicator", "wanted", "way", "target", "steps", "note")


class _Item:
    """The indicator and its way of counting are chosen together."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        fields: Any = self.fields
        fields["indicator"].choices = [("", _("None chosen")), *_ways()]
        fields["steps"].help_text = _(
            "One a line: a bound and the percent of the full mark that it gives, such as 80 60."
        )

    def told(self, given: dict[str, Any]) -> dict[str, Any]:
        key, _between, variant = given["indicator"].partition(BETWEEN)
        return {**given, "indicator": key, "variant": variant, "steps": tuple(given["steps"])}


def _ways() -> list[tuple[str, str]]:
    return [
        (f"{one.key}{BETWEEN}{way.key}", f"{one.name} · {way.name}")
        for one in indicators().values()
        for way in one.variants.values()
    ]


class ItemForm(_Item, ItemFields, TokenForm):
    wide, depending = WIDE, DEPENDING

    def given(self) -> dict[str, Any]:
        given = super().given()
        token = given.pop("token")
        return {"token": token, "words": ItemWords(**self.told(given))}


class ItemTextForm(_Item, ItemFields, VersionForm):
    wide, depending = WIDE, DEPENDING

    def given(self) -> dict[str, Any]:
        return self.told(super().given())
