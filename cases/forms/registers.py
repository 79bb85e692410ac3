"""What is asked about the registers, about who is asked from them, and about legal aid."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.actions.registers import ProfessionalWords
from cases.forms.mediation import VersionedForm
from cases.models import AidResult, Party, Profession, Professional
from foundations.access.form_shapes import choice_field, day_field, long_field
from foundations.access.forms import OnceForm
from members.forms.fields import OrganizationField
from members.models import Organization, User

OTHERS = [one for one in Profession.choices if one[0] != Profession.MEDIATOR]


class ProfessionalForm(OnceForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    profession = choice_field(_("Listed as"), Profession.choices)
    name = forms.CharField(label=_("Name"), max_length=60)
    organization = OrganizationField(
        label=_("Unit"),
        queryset=Organization.objects.none(),
        required=False,
        to_field_name="public_id",
        help_text=_("Who works for an agency does not mediate in its disputes."),
    )
    firm = forms.CharField(label=_("Where from"), required=False, max_length=120)
    fields_known = forms.CharField(label=_("Special fields"), required=False, max_length=200)
    certificate = forms.CharField(label=_("Certificate number"), required=False, max_length=60)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=30)
    user = forms.ModelChoiceField(
        label=_("Account"),
        queryset=User.objects.none(),
        required=False,
        help_text=_("Whoever has an account is told, and sees the disputes assigned to them."),
    )
    valid_from = day_field(_("Listed from"))
    valid_to = day_field(_("Listed until"), required=False)

    def __init__(
        self,
        *args: Any,
        units: QuerySet[Organization],
        accounts: QuerySet[User],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = units
        self.fields["user"].queryset = accounts

    def given(self) -> dict:
        words = dict(self.cleaned_data)
        words["fields"] = words.pop("fields_known")
        version, token = words.pop("version"), words.pop("form_token")
        found = ProfessionalWords(**words)
        if version is None:
            return {"words": found, "token": token}
        return {"words": found, "version": version}


class HelpForm(OnceForm):
    profession = choice_field(_("Who is needed"), OTHERS)
    requested_by = OrganizationField(
        label=_("Asked by"), queryset=Organization.objects.none(), to_field_name="public_id"
    )
    need = long_field(_("What for"), rows=2)
    wide = ("need",)

    def __init__(self, *args: Any, units: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["requested_by"].queryset = units

    def given(self) -> dict:
        words = dict(self.cleaned_data)
        words["token"] = words.pop("form_token")
        return words


class AssignForm(VersionedForm):
    professional = forms.ModelChoiceField(
        label=_("Whom to assign"),
        queryset=Professional.objects.none(),
        to_field_name="public_id",
    )

    def __init__(self, *args: Any, listed: QuerySet[Professional], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["professional"].queryset = listed

    def given(self) -> dict:
        return dict(self.cleaned_data)


class AnswerForm(VersionedForm):
    accepted = forms.TypedChoiceField(
        label=_("Answer"),
        choices=[("yes", _("Take it on")), ("no", _("Decline"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    reason = long_field(_("Reason"), required=False, rows=2)
    wide = ("accepted", "reason")

    def given(self) -> dict:
        return dict(self.cleaned_data)


class LegalAidForm(OnceForm):
    party = forms.ModelChoiceField(
        label=_("Party"), queryset=Party.objects.none(), to_field_name="public_id"
    )
    referred_by = OrganizationField(
        label=_("Referred by"), queryset=Organization.objects.none(), to_field_name="public_id"
    )
    on = day_field(_("Referred on"))
    ground = long_field(_("Ground"), rows=2)
    wide = ("ground",)

    def __init__(
        self,
        *args: Any,
        parties: QuerySet[Party],
        units: QuerySet[Organization],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = parties
        self.fields["referred_by"].queryset = units

    def given(self) -> dict:
        words = dict(self.cleaned_data)
        words["token"] = words.pop("form_token")
        return words


class AidResultForm(VersionedForm):
    result = choice_field(
        _("Result"), [one for one in AidResult.choices if one[0] != AidResult.PENDING]
    )
    on = day_field(_("Decided on"))
    lawyer = forms.ModelChoiceField(
        label=_("Lawyer"),
        queryset=Professional.objects.none(),
        required=False,
        to_field_name="public_id",
    )

    def __init__(self, *args: Any, listed: QuerySet[Professional], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lawyer"].queryset = listed

    def given(self) -> dict:
        return dict(self.cleaned_data)
