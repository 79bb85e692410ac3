from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundations.access.form_shapes import (
    LinesField,
    VersionForm,
    WordsForm,
    choice_field,
    day_field,
)
from foundations.access.forms import PortalForm
from members.forms.fields import unit_field, units_field
from returns.actions.checks import Found, RoundWords
from returns.models import CheckSheet
from returns.states import RoundKind


class RoundForm(WordsForm):
    words = RoundWords
    kind = choice_field(_("Kind"), RoundKind.choices)
    number = forms.ChoiceField(label=_("Clause"), required=False)
    title = forms.CharField(label=_("Title"), max_length=120)
    organization = unit_field(_("Called by"))
    due_on = day_field(_("To be filled in by"))
    items = LinesField(label=_("Items"))
    units = units_field(_("Units that check themselves"), required=True)
    wide = ("title", "items", "units")

    def __init__(self, *args: Any, clauses: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        number: Any = self.fields["number"]
        number.choices = [("", _("None chosen")), *clauses]


PASSED = (("yes", _("In order")), ("no", _("Something is wanting")))


class SheetForm(PortalForm):
    """Three answers an item: whether it is in order, what is wanting, until when."""

    remark = forms.CharField(
        label=_("Note on the figures"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, sheet: CheckSheet, **given: Any) -> None:
        super().__init__(*args, **given)
        self.items = list(sheet.round.items)
        own: dict[str, forms.Field] = {}
        for n, item in enumerate(self.items):
            own |= _asked(n, item)
        for name, control in own.items():
            css = "form-select" if name.startswith("passed") else "form-control"
            control.widget.attrs.setdefault("class", css)
        self.fields = {**own, **self.fields}
        self.wide = ("remark", *(f"passed_{n}" for n in range(len(self.items))))
        self.depending = tuple(name for name in own if not name.startswith("passed"))

    def given(self) -> dict[str, Any]:
        data = self.cleaned_data
        found = [
            Found(
                item=item,
                passed=data[f"passed_{n}"] == "yes",
                lacks=data[f"lacks_{n}"],
                mend_by=data[f"mend_by_{n}"],
            )
            for n, item in enumerate(self.items)
        ]
        return {"found": found, "remark": data["remark"], "version": data["version"]}


def _asked(n: int, item: str) -> dict[str, forms.Field]:
    return {
        f"passed_{n}": choice_field(item, PASSED),
        f"lacks_{n}": forms.CharField(label=_("What is wanting"), max_length=300, required=False),
        f"mend_by_{n}": day_field(_("To be put right by"), required=False),
    }


class MendForm(VersionForm):
    on = day_field(_("Put right on"))
    mended = forms.CharField(
        label=_("How it was put right"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    wide = ("mended",)
