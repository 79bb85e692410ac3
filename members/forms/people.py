from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from foundations.access.forms import PortalForm
from members.forms.fields import DayField, PhoneField
from members.models import Organization
from members.states import Rank


class PersonForm(PortalForm):
    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        help_text=_("As published; the dot in a name may be typed as it comes."),
    )
    phone = PhoneField(
        label=_("Phone"),
        max_length=20,
        required=False,
        help_text=_("Kept encrypted, shown in part."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PostForm(PortalForm):
    organization = forms.ModelChoiceField(
        label=_("Organization"), queryset=Organization.objects.none()
    )
    title = forms.CharField(label=_("Post"), max_length=60)
    rank = forms.ChoiceField(label=_("Rank"), choices=Rank.choices, initial=Rank.OTHER)
    valid_from = DayField(label=_("From"), required=False)
    acting = forms.BooleanField(
        label=_("Acting"), required=False, help_text=_("In charge without being appointed head")
    )

    def __init__(self, *args: Any, offered: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = offered


class EndForm(PortalForm):
    """The end of a post or a role."""

    on = DayField(label=_("Last day"))
    reason = forms.CharField(label=_("Reason"), max_length=200)


class RevealForm(PortalForm):
    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("It is kept in the audit trail.")
    )
    wide = ("reason",)
