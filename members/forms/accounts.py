from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundations.access.forms import PortalForm
from members.models import User
from members.names import clean_username


class SignInForm(PortalForm):
    username = forms.CharField(
        label=gettext_lazy("Account"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        self.request = request
        self.user: User | None = None
        super().__init__(*args, **kwargs)

    def clean_username(self) -> str:
        return clean_username(self.cleaned_data["username"])

    def clean(self) -> dict:
        """One text for every failure: it does not say whether the account exists (B2)."""
        given = super().clean()
        if not self.errors:
            self.user = authenticate(self.request, **given)
            if self.user is None:
                raise ValidationError(_("The account or the password is not right."))
        return given


class PasswordForm(PortalForm):
    current = forms.CharField(
        label=gettext_lazy("Present password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=gettext_lazy("New password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("New password again"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    wide = ("current", "new", "again")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        self.rules = password_validators_help_texts()
        super().__init__(*args, **kwargs)

    def clean_current(self) -> str:
        typed = self.cleaned_data["current"]
        if not self.user.check_password(typed):
            raise ValidationError(_("This is not the present password."))
        return typed

    def clean_new(self) -> str:
        typed = self.cleaned_data["new"]
        validate_password(typed, self.user)
        return typed

    def clean(self) -> dict:
        given = super().clean()
        if "new" in given and given.get("again") != given["new"]:
            self.add_error("again", _("The two new passwords differ."))
        return given
