"""The form that opens a procedure: which organ, on which day, between whom."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.roles import SAME_PEOPLE
from cases.flow.table import Step
from cases.forms.fields import AskedFields
from cases.forms.steps import asked, wide
from cases.models import Party, Procedure
from foundations.access.form_shapes import day_field, long_field
from foundations.access.forms import OnceForm
from members.forms.fields import OrganizationField, standing_organizations
from members.models import Organization
from members.states import Side


class OpeningForm(OnceForm):
    """What every opening takes; `opening_form_of` adds what one of them asks."""

    step: Step
    parties: Sequence[Party]
    prosecutors: Sequence[Organization]
    offered: Sequence[Organization]

    def given(self) -> dict[str, Any]:
        """What `cases.actions.disputes.open_procedure` takes."""
        clean = self.cleaned_data
        return {
            "organ": clean["organ"],
            "on": clean["on"],
            "given": asked(self, self.step),
            "late": clean.get("late", ""),
            "token": clean["form_token"],
            "claimants": self._claimants(),
            "agencies": self._agencies(),
        }

    def _claimants(self) -> list[Party | Organization] | None:
        chosen = self.cleaned_data.get("claimants")
        if chosen is None:
            return None
        found: list[Party | Organization] = [*self.parties, *self.prosecutors]
        return [one for one in found if one.public_id in chosen]

    def _agencies(self) -> list[Organization] | None:
        chosen = self.cleaned_data.get("agencies")
        if chosen is None:
            return None
        other = self.cleaned_data.get("other_agency")
        found = [one for one in self.offered if one.public_id in chosen]
        return [*found, other] if other and other not in found else found


def opening_form_of(
    planned: Procedure,
    *,
    organs: Sequence[Organization],
    offered: Sequence[Organization],
    today: date,
    late: bool,
    ground: str = "",
) -> type[OpeningForm]:
    """The form for a planned procedure; `offered` are the agencies it may be against."""
    dispute, step = planned.dispute, planned.table.opening
    rows = Organization.objects.filter(pk__in=[one.pk for one in organs])
    fields: dict[str, Any] = {
        "organ": OrganizationField(
            label=_("Organ"), queryset=rows, to_field_name="public_id", empty_label=None
        ),
        "on": day_field(_("Opened on")),
    }
    fields |= AskedFields(planned, step, today)
    parties, prosecutors = list(dispute.parties.all()), _prosecutors(organs)
    if planned.kind not in SAME_PEOPLE:
        fields |= _sides(planned, [*parties, *prosecutors], offered, today, ground)
    if late:
        fields["late"] = long_field(_("Why it is recorded only now"), required=False, rows=2)
    shared = {"parties": parties, "prosecutors": prosecutors, "offered": offered}
    return type(
        "FormOfOpening", (OpeningForm,), {"step": step, "wide": wide(fields), **shared, **fields}
    )


def _prosecutors(organs: Sequence[Organization]) -> list[Organization]:
    return [one for one in organs if one.side == Side.PROCURATORATE]


def _sides(
    planned: Procedure,
    entrants: Sequence[Party | Organization],
    offered: Sequence[Organization],
    today: date,
    ground: str,
) -> dict[str, forms.Field]:
    """Who stands on either side; who brings it up must be named, the agencies too."""
    boxes = forms.CheckboxSelectMultiple
    jurisdiction = planned.dispute.jurisdiction_id
    others = standing_organizations(jurisdiction, today).filter(side=Side.GOVERNMENT)
    return {
        "claimants": forms.MultipleChoiceField(
            label=_("Parties"),
            widget=boxes,
            choices=[(one.public_id, str(one)) for one in entrants],
        ),
        "agencies": forms.MultipleChoiceField(
            label=_("Agencies"),
            widget=boxes,
            choices=[(one.public_id, one.name) for one in offered],
            required=False,
            help_text=ground,
        ),
        "other_agency": OrganizationField(
            label=_("Another agency"),
            queryset=others,
            to_field_name="public_id",
            required=False,
        ),
    }
