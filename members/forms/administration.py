"""Forms of the system and the security administrator."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from foundations.access.forms import PortalForm
from members.forms.fields import DayField, PersonChoiceField
from members.models import Organization, Person
from members.names import clean_username
from members.states import Role

USERNAME = r"[a-z0-9][a-z0-9._-]{2,39}"


class UsernameField(forms.RegexField):
    """An account's name in its one spelling."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(USERNAME, **kwargs)

    def to_python(self, value: Any) -> str:
        return clean_username(super().to_python(value))


class NewAccountForm(PortalForm):
    person = PersonChoiceField(
        label=_("Person"),
        queryset=Person.objects.none(),
        help_text=_("One account a person; those who have one are not listed."),
    )
    username = UsernameField(
        label=_("Account"),
        help_text=_("3 to 40 small letters, digits, dots or hyphens."),
        error_messages={"invalid": _("3 to 40 small letters, digits, dots or hyphens.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    expires_on = DayField(label=_("Valid until"), required=False)

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people


class ExpiryForm(PortalForm):
    expires_on = DayField(
        label=_("Valid until"), required=False, help_text=_("Empty: without an end.")
    )


class ReasonForm(PortalForm):
    reason = forms.CharField(label=_("Reason"), max_length=200)
    wide = ("reason",)


class RoleForm(PortalForm):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    organization = forms.ModelChoiceField(
        label=_("Organization"),
        queryset=Organization.objects.none(),
        required=False,
        help_text=_("The administrators' roles have none."),
    )
    valid_from = DayField(label=_("From"))
    valid_to = DayField(label=_("Until"), required=False)

    def __init__(self, *args: Any, offered: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = offered
