"""What is asked when an issue of enforcement is entered."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Procedure
from foundations.access.form_shapes import WordsForm, choice_field, day_field, long_field
from members.forms.fields import unit_field
from workplans.actions.issues import Found
from workplans.states import Category


class ProcedureField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Procedure) -> str:
        return f"{obj.number or obj.name}　{obj.dispute.title}"


class IssueForm(WordsForm):
    words = Found
    organization = unit_field(_("Unit"))
    procedure = ProcedureField(
        Procedure.objects.none(),
        label=_("Found in the case"),
        required=False,
        to_field_name="public_id",
    )
    category = choice_field(_("Category"), Category.choices)
    cause = forms.CharField(label=_("Cause of the issue"), max_length=200)
    found_on = day_field(_("Day of finding"))
    rectify_by = day_field(_("Rectify by"))
    what = long_field(_("What was found"), rows=4)
    wide = ("what", "cause")
