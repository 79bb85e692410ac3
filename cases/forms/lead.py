"""Which agencies a dispute concerns, which one leads, and who takes part for each."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.lead import SeatWords
from cases.forms.parties import short
from cases.models import Concerned, Dispute, Slot
from foundations.access.form_shapes import day_field, long_field
from foundations.access.forms import PortalForm
from members.forms.fields import OrganizationField, standing_organizations
from members.models import Organization, Person
from members.rosters import users_of
from members.states import Side
from services.consents.models import Verdict


class AgencyForm(PortalForm):
    agency = OrganizationField(label=_("Agency"), queryset=Organization.objects.none())

    def __init__(self, *args: Any, dispute: Dispute, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = standing_organizations(dispute.jurisdiction_id, on).filter(side=Side.GOVERNMENT)
        taken = Concerned.objects.filter(dispute=dispute).values("organization")
        self.fields["agency"].queryset = rows.exclude(pk__in=taken).exclude(pk=dispute.agency_id)

    def given(self) -> dict[str, Any]:
        return self.cleaned_data


class LeadForm(PortalForm):
    wide = ("reason",)
    agency = OrganizationField(label=_("Lead agency"), queryset=Organization.objects.none())
    reason = long_field(_("Why this one"), rows=3)

    def __init__(self, *args: Any, dispute: Dispute, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Organization.objects.filter(
            pk__in=Concerned.objects.filter(dispute=dispute).values("organization")
        )
        self.fields["agency"].queryset = rows

    def given(self) -> dict[str, Any]:
        return self.cleaned_data


class AnswerForm(PortalForm):
    wide = ("remark",)
    verdict = forms.ChoiceField(
        label=_("Answer"), choices=Verdict.choices, widget=forms.RadioSelect
    )
    remark = long_field(_("Remark"), required=False, rows=2)

    def given(self) -> dict[str, Any]:
        return self.cleaned_data


class SeatForm(PortalForm):
    """A handler with an account is found by the person; the account is not asked for."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    slot = forms.ChoiceField(label=_("Takes part as"), choices=Slot.choices)
    person = forms.ModelChoiceField(
        label=_("Person"), queryset=Person.objects.none(), to_field_name="public_id"
    )
    on = day_field(_("Named on"))
    named_by = short(
        _("Named by"), help_text=_("For the handler: the head of the agency who named them.")
    )

    def __init__(self, *args: Any, concerned: Concerned, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = concerned.organization
        posts = Organization.objects.filter(pk=unit.pk) | Organization.objects.filter(parent=unit)
        people = Person.objects.filter(posts__organization__in=posts).distinct()
        self.fields["person"].queryset = people.order_by("initials", "pk")
        self.accounts = {user.person_id: user for user in users_of(unit, today)}

    def given(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        person = cleaned["person"]
        words = SeatWords(
            cleaned["slot"], person, self.accounts.get(person.pk), cleaned["named_by"]
        )
        return {"on": cleaned["on"], "words": words, "version": cleaned["version"]}
