from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.contacts import ContactWords
from cases.actions.coordination import CoordinationWords, StepWords
from cases.actions.transfers import TransferWords
from cases.models import Contact, CoordinationGround, CoordinationResult, Manner, TransferKind
from foundations.access.form_shapes import (
    ActForm,
    LinesField,
    VersionForm,
    WordsForm,
    choice_field,
    day_field,
    long_field,
)
from members.forms.fields import unit_field, units_field


class CoordinationForm(WordsForm):
    words = CoordinationWords
    opened_by = unit_field(_("Opened by"))
    ground = choice_field(_("Ground"), CoordinationGround.choices)
    reason = long_field(_("What is to be coordinated"))
    members = units_field(_("Units that are called"), _("The justice bureau always takes part."))
    urgent = forms.BooleanField(
        label=_("Urgent: alert the leaders of these units at once"), required=False
    )
    wide = ("reason", "members", "urgent")


class CallForm(ActForm):
    organization = unit_field(_("Unit"))


class AnswerCallForm(ActForm):
    organization = unit_field(_("Unit"))
    joins = forms.TypedChoiceField(
        label=_("Answer"),
        choices=[("1", _("Takes part")), ("0", _("Does not take part"))],
        coerce=lambda value: value == "1",
    )
    people = forms.CharField(label=_("Who comes"), max_length=200, required=False)
    remark = forms.CharField(label=_("Remark"), max_length=300, required=False)
    wide = ("people", "remark")


class EntryForm(ActForm):
    on = day_field(_("Day"))
    text = long_field(_("What happened"))
    wide = ("text",)


class StepOfCoordinationForm(WordsForm):
    words = StepWords
    what = forms.CharField(label=_("Agreed measure"), max_length=200)
    owed_by = unit_field(_("Unit"))
    due_on = day_field(_("Due on"))
    wide = ("what",)


class StepDoneForm(VersionForm):
    on = day_field(_("Done on"))
    outcome = forms.CharField(label=_("Outcome"), max_length=300)
    wide = ("outcome",)


class ReasonForm(ActForm):
    reason = forms.CharField(label=_("Reason"), max_length=300)
    wide = ("reason",)


class CloseCoordinationForm(VersionForm):
    result = choice_field(_("Result"), CoordinationResult.choices)
    summary = long_field(_("What it came to"))
    closed_for_good = forms.BooleanField(label=_("Closed for good"), required=False)
    wide = ("summary",)


class ContactForm(WordsForm):
    words = ContactWords
    recorded_for = unit_field(_("Recorded by"))
    on = day_field(_("Day"))
    who = forms.CharField(label=_("Who asked"), max_length=80)
    who_unit = forms.CharField(label=_("Unit and post"), max_length=120)
    to_whom = forms.CharField(label=_("Whom"), max_length=80)
    manner = choice_field(_("How"), Manner.choices)
    purpose = forms.CharField(label=_("Purpose"), max_length=200)
    content = long_field(_("Content"))
    corrects = forms.ModelChoiceField(
        label=_("Corrects the record"),
        required=False,
        queryset=Contact.objects.none(),
        to_field_name="public_id",
    )
    wide = ("purpose", "content", "corrects")

    def given(self) -> dict[str, Any]:
        corrects = self.cleaned_data.pop("corrects", None)
        return {**super().given(), "corrects": corrects}


class TransferForm(WordsForm):
    words = TransferWords
    kind = choice_field(_("What is handed over"), TransferKind.choices)
    sender = unit_field(_("Handed over by"))
    receiver = unit_field(_("Received by"))
    sent_on = day_field(_("Sent on"))
    due_on = day_field(_("To be received by"), required=False)
    items = LinesField(label=_("What is on the list"))
    reason = forms.CharField(label=_("Reason"), max_length=300)
    wide = ("items", "reason")


class AnswerTransferForm(VersionForm):
    received = forms.TypedChoiceField(
        label=_("Answer"),
        choices=[("1", _("Signed for")), ("0", _("Send back"))],
        coerce=lambda value: value == "1",
    )
    on = day_field(_("Day"))
    remark = forms.CharField(label=_("Remark"), max_length=300, required=False)
    wide = ("remark",)
