from django import forms
from django.utils.translation import gettext_lazy as _

from foundations.access.form_shapes import VersionForm, WordsForm, choice_field, day_field
from members.forms.fields import unit_field
from returns.actions.staff import HandlerWords
from returns.states import Qualification

WON = [one for one in Qualification.choices if one[0] != Qualification.NONE]


class HandlerForm(WordsForm):
    words = HandlerWords
    organization = unit_field(_("Unit"))
    name = forms.CharField(label=_("Name"), max_length=60)
    post = forms.CharField(label=_("Post"), max_length=60, required=False)
    valid_from = day_field(_("Handles cases since"))
    qualification = choice_field(_("Qualification"), Qualification.choices)
    certificate = forms.CharField(
        label=_("Certificate number"),
        max_length=60,
        required=False,
        help_text=_("Not needed as long as there is none yet."),
    )
    qualified_on = day_field(_("Certified on"), required=False)
    depending = ("certificate",)


class CertifyForm(VersionForm):
    qualification = choice_field(_("Qualification"), WON)
    certificate = forms.CharField(label=_("Certificate number"), max_length=60)
    qualified_on = day_field(_("Certified on"))


class EndForm(VersionForm):
    valid_to = day_field(_("Last day"))
    reason = forms.CharField(label=_("Reason"), max_length=200)
    wide = ("reason",)
