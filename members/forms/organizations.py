from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from foundations.access.forms import PortalForm
from members.forms.fields import DayField
from members.models import Organization
from members.states import OrganizationKind, Side


class OrganizationForm(PortalForm):
    """For a new organization and for changes; `offered` are those it may hang on."""

    name = forms.CharField(label=_("Full name"), max_length=120)
    short_name = forms.CharField(label=_("Short name"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganizationKind.choices)
    side = forms.ChoiceField(label=_("Side"), choices=Side.choices)
    parent = forms.ModelChoiceField(
        label=_("Division of"), queryset=Organization.objects.none(), required=False
    )
    acts_for = forms.ModelChoiceField(
        label=_("Acts for"),
        queryset=Organization.objects.none(),
        required=False,
        help_text=_("The justice bureau acts for the people's government."),
    )
    order = forms.IntegerField(label=_("Place in lists"), min_value=0, initial=0)
    valid_from = DayField(label=_("Exists from"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, offered: QuerySet[Organization], editing: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = offered.filter(parent__isnull=True)
        self.fields["acts_for"].queryset = offered.filter(parent__isnull=True)
        del self.fields["valid_from" if editing else "version"]


class SuccessionForm(PortalForm):
    on = DayField(label=_("From"), help_text=_("The old organization ends the day before."))
    basis = forms.CharField(
        label=_("Basis"),
        max_length=200,
        required=False,
        help_text=_("For example the reform plan and its number."),
    )
    heirs = forms.ModelMultipleChoiceField(
        label=_("Successors"),
        queryset=Organization.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("More than one for a split."),
    )
    wide = ("heirs",)

    def __init__(self, *args: Any, offered: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["heirs"].queryset = offered


class GroupForm(PortalForm):
    name = forms.CharField(label=_("Name of the group"), max_length=120)
    organizations = forms.ModelMultipleChoiceField(
        label=_("Organizations"),
        queryset=Organization.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    wide = ("name", "organizations")

    def __init__(self, *args: Any, offered: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organizations"].queryset = offered
