from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from foundations.access.form_shapes import ActForm, choice_field
from members.models import Organization


class AliasForm(ActForm):
    name = forms.CharField(
        label=_("Other name"),
        max_length=120,
        help_text=_("As texts and files write it; imports then read it as this unit."),
    )
    organization = forms.ModelChoiceField(
        label=_("Unit"), queryset=Organization.objects.none(), to_field_name="public_id"
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("For example where this name is written."),
    )

    def __init__(self, *args: Any, offered: QuerySet[Organization], **given: Any) -> None:
        super().__init__(*args, **given)
        units: Any = self.fields["organization"]
        units.queryset = offered

    def given(self) -> dict[str, Any]:
        given = super().given()
        return {"organization_id": given.pop("organization").pk, **given}


class EndAliasForm(ActForm):
    name = choice_field(_("Other name"), ())
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, names: list[str], **given: Any) -> None:
        super().__init__(*args, **given)
        asked: Any = self.fields["name"]
        asked.choices = [*asked.choices, *((one, one) for one in names)]
