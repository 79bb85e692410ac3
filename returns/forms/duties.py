"""The form of a return is made of what its duty asks for."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundations.access.form_shapes import VersionForm, day_field
from foundations.access.forms import PortalForm
from returns.actions.duties import Figures
from returns.fields import Field, fields_of
from returns.models import Return
from returns.states import FieldKind
from services.documents.forms import FilesForm


class RateInput(forms.MultiWidget):
    """Two numbers beside each other: the part and the whole."""

    template_name = "returns/_rate_input.html"
    use_fieldset = False

    def __init__(self, attrs: dict | None = None) -> None:
        number = {"inputmode": "numeric", "min": 0, "class": "form-control"}
        super().__init__([forms.NumberInput(number), forms.NumberInput(number)], attrs)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else id_

    def decompress(self, value: Any) -> list:
        return list(value) if value else [None, None]


class RateField(forms.MultiValueField):
    widget = RateInput

    def __init__(self, **given: Any) -> None:
        parts = (forms.IntegerField(min_value=0), forms.IntegerField(min_value=0))
        super().__init__(parts, require_all_fields=True, **given)

    def compress(self, values: list) -> list[int] | None:
        return list(values) if values else None


def control_of(field: Field, *, required: bool) -> forms.Field:
    """The control of one figure."""
    plain: dict[str, Any] = {"label": field.label, "required": required}
    if field.kind == FieldKind.COUNT:
        hint = field.unit and gettext("In %(unit)s.") % {"unit": field.unit}
        return forms.IntegerField(min_value=0, max_value=10**9, help_text=hint, **plain)
    if field.kind == FieldKind.RATE:
        return RateField(help_text=gettext("The part, then the whole."), **plain)
    if field.kind == FieldKind.YES_NO:
        return forms.BooleanField(label=field.label, required=False)
    if field.kind == FieldKind.DAY:
        return day_field(field.label, required=required)
    return forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), **plain)


class ReturnForm(FilesForm):
    """The figures asked for; those that a nil return leaves empty are asked for by the
    action."""

    nil = forms.BooleanField(label=_("Nil return: nothing to report"), required=False)
    remark = forms.CharField(
        label=_("Note on the figures"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A nil return says here why there is nothing to report."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    wide: tuple[str, ...] = ("nil", "remark", "file", "declared")

    def __init__(self, *args: Any, row: Return, **given: Any) -> None:
        initial = given.pop("initial", {}) | {"version": row.version, **_first(row)}
        super().__init__(*args, initial=initial, **given)
        self.row, self.asked = row, fields_of(row.fields)
        own = {field.key: control_of(field, required=False) for field in self.asked}
        for control in own.values():
            control.widget.attrs.setdefault("class", "form-control")
        if not row.duty.nil:
            del self.fields["nil"]
        self.fields["file"].required = False
        self.fields["file"].label = _("Evidence")
        self.fields = {**own, **self.fields}
        self.depending = (*own, "file")
        self._style()

    def _style(self) -> None:
        for field in self.asked:
            control = self.fields[field.key]
            if field.kind == FieldKind.YES_NO:
                control.widget.attrs["class"] = "form-check-input"
            if field.kind == FieldKind.TEXT:
                self.wide = (*self.wide, field.key)

    def given(self) -> dict[str, Any]:
        data = self.cleaned_data
        values = {field.key: data.get(field.key) for field in self.asked}
        figures = Figures(
            values=values,
            nil=data.get("nil", False),
            remark=data["remark"],
            files=data["file"] or (),
            declared=data["declared"],
        )
        return {"figures": figures, "version": data["version"]}

    def clean_file(self) -> list:
        return self.cleaned_data["file"] or []


def _first(row: Return) -> dict[str, Any]:
    """What was handed in before, where it was sent back."""
    values = {
        field.key: _as_typed(field, row.values.get(field.key)) for field in fields_of(row.fields)
    }
    return {**values, "nil": row.nil, "remark": row.remark}


def _as_typed(field: Field, value: Any) -> Any:
    if field.kind == FieldKind.DAY and value:
        return date.fromisoformat(value)
    return value


class SendBackForm(VersionForm):
    reason = forms.CharField(
        label=_("What has to be put right"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due_on = day_field(_("To be handed in again by"))
    wide = ("reason",)


class YearForm(PortalForm):
    """Of which year; this one if the address says nothing that can be read."""

    year = forms.IntegerField(min_value=2000, max_value=2100, required=False)

    def chosen(self, today: date) -> int:
        if self.is_valid() and self.cleaned_data["year"]:
            return int(self.cleaned_data["year"])
        return today.year
