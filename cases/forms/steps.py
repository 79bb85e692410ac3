"""The form of a step: the day, what the step asks, and why it is recorded only now."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.flow.asks import ASKS, Shape
from cases.flow.table import Step
from cases.forms.fields import AskedFields
from cases.models import Procedure
from foundations.access.form_shapes import day_field, long_field
from foundations.access.forms import PortalForm

WIDE = (Shape.LONG, Shape.LINES)


class StepForm(PortalForm):
    """What every step takes; `form_of` adds what one of them asks."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    step: Step

    def given(self) -> dict[str, Any]:
        """What `cases.actions.steps.take` takes."""
        return {
            "on": self.cleaned_data["on"],
            "given": asked(self, self.step),
            "reason": self.cleaned_data.get("reason", ""),
            "version": self.cleaned_data["version"],
        }


def form_of(procedure: Procedure, step: Step, today: date, *, late: bool) -> type[StepForm]:
    """The form of one step of a procedure; `late`: the day that was given needs a reason."""
    fields: dict[str, Any] = {"on": day_field(_("Happened on"))}
    fields |= AskedFields(procedure, step, today)
    if late and "reason" not in fields:
        label = _("Why it is recorded only now, or out of order")
        fields["reason"] = long_field(label, required=False, rows=2)
    return type("FormOfStep", (StepForm,), {"step": step, "wide": wide(fields), **fields})


def asked(form: forms.BaseForm, step: Step) -> dict[str, Any]:
    """The answers to what the step asks, by name; what was left empty is left out."""
    found = {name: form.cleaned_data.get(name) for name in step.asks}
    return {name: value for name, value in found.items() if value not in (None, "")}


def wide(fields: dict[str, Any]) -> tuple[str, ...]:
    """The names of the fields that take a whole row."""
    return tuple(
        name for name in fields if name == "late" or (name in ASKS and ASKS[name].shape in WIDE)
    )
