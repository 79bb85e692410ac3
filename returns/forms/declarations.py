from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Procedure
from foundations.access.form_shapes import WordsForm, choice_field, day_field, long_field
from members.forms.fields import unit_field
from returns.actions.declarations import Statement
from returns.states import DeclarationKind


class ProcedureField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number or obj.name}　{obj.dispute.title}"


class DeclarationForm(WordsForm):
    words = Statement
    kind = choice_field(_("Kind"), DeclarationKind.choices)
    organization = unit_field(_("Unit"))
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    on = day_field(_("Declared on"))
    procedure = ProcedureField(
        label=_("Procedure in which I do not act"),
        queryset=Procedure.objects.none(),
        to_field_name="public_id",
        required=False,
    )
    text = long_field(_("Statement"), rows=8)
    wide = ("procedure", "text")
    depending = ("procedure",)
