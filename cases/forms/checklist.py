"""“八看”: a verdict and a remark for each of the eight, and what is decided."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.checklist import ChecklistWords
from cases.models import Advised, Checklist, Look, Looked
from cases.models.checklist import COURTS_OWN
from foundations.access.form_shapes import choice_field, day_field, long_field
from foundations.access.forms import PortalForm
from members.forms.fields import OrganizationField
from members.models import Organization


class ChecklistForm(PortalForm):
    wide = ("reason",)
    version = forms.IntegerField(widget=forms.HiddenInput)
    organization = OrganizationField(
        label=_("Looked at by"), queryset=Organization.objects.none(), empty_label=None
    )
    on = day_field(_("Looked at on"))
    decision = choice_field(_("Decision"), Advised.choices, required=False)
    reason = long_field(_("Reason"), required=False, rows=2)

    def __init__(
        self, *args: Any, offices: list[Organization], of_court: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        rows = Organization.objects.filter(pk__in=[one.pk for one in offices])
        self.fields["organization"].queryset = rows
        if not of_court:
            kept = [one for one in Advised.choices if one[0] not in COURTS_OWN]
            self.fields["decision"].choices = [("", _("Not decided yet")), *kept]
            self.fields["decision"].help_text = _("Filing is decided by the court.")
        for look in Look:
            self._add_look(look)

    def _add_look(self, look: Look) -> None:
        field = choice_field(look.label, Looked.choices, required=False)
        note = forms.CharField(label=_("Remark"), max_length=200, required=False)
        for name, one in ((f"look_{look}", field), (f"note_{look}", note)):
            one.widget.attrs["class"] = "form-select" if one is field else "form-control"
            self.fields[name] = one

    @property
    def looks(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        for look in Look:
            yield self[f"look_{look}"], self[f"note_{look}"]

    @property
    def rest(self) -> list[forms.BoundField]:
        return [self[name] for name in ("organization", "on", "decision", "reason")]

    def given(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        looks = {
            str(look): (cleaned[f"look_{look}"], cleaned[f"note_{look}"])
            for look in Look
            if cleaned[f"look_{look}"]
        }
        words = ChecklistWords(
            cleaned["organization"], looks, cleaned["decision"], cleaned["reason"]
        )
        return {"on": cleaned["on"], "words": words, "version": cleaned["version"]}


def first_values(checklist: Checklist | None, on: date) -> dict[str, Any]:
    """As it was saved last."""
    found: dict[str, Any] = {"on": on, "version": checklist.version if checklist else 0}
    for look in checklist.looks.all() if checklist else ():
        found |= {f"look_{look.look}": look.verdict, f"note_{look.look}": look.note}
    if checklist:
        found |= {"reason": checklist.reason, "organization": checklist.organization_id}
    return found
