"""What is asked of the head of an agency: the call, the reply, the reasons, the record."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.appearances import RecordWords
from cases.actions.attending import ExcuseWords, ReplyWords
from cases.forms.hearings import version_field
from cases.hearings.states import Belongs, Call, Due, Ground, Identity, Level, Speech, Task
from cases.models import Appearance
from foundations.access.form_shapes import choice_field, day_field, long_field
from foundations.access.forms import PortalForm
from services.documents.forms import UploadForm

YES_NO = (("yes", _("Yes")), ("no", _("No")))
VERDICTS = [(one.value, one.label) for one in Identity if one not in (Identity.NONE, "handed")]
OF_SUITS = [(one.value, one.label) for one in Due if one != Due.RECONSIDERATION]


def yes_field(label: Any, yes: Any, no: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=(("yes", yes), ("no", no)), widget=forms.RadioSelect
    )


def text_field(label: Any, length: int, *, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=False, help_text=help_text)


def several(label: Any, choices: Any, **more: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple, **more
    )


class GivenForm(PortalForm):
    version = version_field()

    def given(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class CallForm(GivenForm):
    call = choice_field(_("Paper"), Call.choices)
    reasons = several(_("Why the head has to come"), OF_SUITS)
    note = text_field(_("Rule or document that asks for it"), 200)
    served_on = day_field(
        _("Served on"), required=False, help_text=_("Empty: the agency signs in the portal.")
    )
    wide = ("reasons", "note")


class ServeForm(GivenForm):
    served_on = day_field(_("Served on"))

    def given(self) -> dict[str, Any]:
        words = dict(self.cleaned_data)
        return {"on": words["served_on"], "version": words["version"]}


class SignForm(PortalForm):
    def given(self) -> dict[str, Any]:
        return {}


class ReplyForm(UploadForm):
    coming = yes_field(
        _("Does the head come"), _("The head comes"), _("The head cannot come; staff does")
    )
    name = text_field(_("Name of the head"), 60)
    post = text_field(_("Post"), 80)
    level = choice_field(_("Level"), Level.choices, required=False)
    belongs = forms.ChoiceField(label=_("Head of"), choices=Belongs.choices)
    staff = text_field(
        _("Staff who come"), 300, help_text=_("Name and post of each, such as 王芳（法规科科长）.")
    )
    version = version_field()
    field_order = ("coming", "name", "post", "level", "belongs", "staff", "file", "declared")
    wide = ("coming", "staff", "file", "declared")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = False
        self.fields["file"].label = _("Proof of identity")

    def given(self) -> dict[str, Any]:
        words = dict(self.cleaned_data)
        plain = {name: words.pop(name) for name in ("file", "declared", "version")}
        words["coming"] = words["coming"] == "yes"
        return {**plain, "words": ReplyWords(**words)}


class IdentityForm(GivenForm):
    verdict = choice_field(_("Found"), VERDICTS)
    note = text_field(_("What is wrong with it"), 200)
    wide = ("note",)


class ExcuseForm(UploadForm):
    ground = choice_field(_("Ground"), Ground.choices)
    excuse = long_field(_("Why the head cannot come"))
    sealed = forms.BooleanField(
        label=_("It bears the seal, or the principal head's signature."), required=False
    )
    asks_adjournment = forms.BooleanField(
        label=_("The agency asks for another day."), required=False
    )
    version = version_field()
    field_order = ("ground", "excuse", "sealed", "asks_adjournment", "file", "declared")
    wide = ("excuse", "sealed", "asks_adjournment", "file", "declared")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = False
        self.fields["file"].label = _("Proof")

    def given(self) -> dict[str, Any]:
        words = dict(self.cleaned_data)
        plain = {name: words.pop(name) for name in ("file", "declared", "version")}
        return {**plain, "words": ExcuseWords(**words)}


class FindingForm(GivenForm):
    accepted = yes_field(_("Are the reasons good"), _("Good reason"), _("No good reason"))
    note = text_field(_("Why"), 300)
    wide = ("accepted", "note")

    def given(self) -> dict[str, Any]:
        words = dict(self.cleaned_data)
        return {**words, "accepted": words["accepted"] == "yes"}


class PartnerField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Appearance) -> str:
        return obj.organization.name


class StandInForm(GivenForm):
    partner = PartnerField(
        label=_("Whose head comes"), queryset=Appearance.objects.none(), to_field_name="public_id"
    )

    def __init__(self, *args: Any, appearance: Appearance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = appearance.hearing.appearances.exclude(pk=appearance.pk)
        self.fields["partner"].queryset = others.select_related("organization")

    def given(self) -> dict[str, Any]:
        words = dict(self.cleaned_data)
        return {"for_whom": words["partner"], "version": words["version"]}


class RecordForm(GivenForm):
    came = yes_field(_("Did a head come"), _("A head came"), _("No head came"))
    head_name = text_field(_("Name of the head"), 60)
    head_post = text_field(_("Post"), 80)
    level = choice_field(_("Level"), Level.choices, required=False)
    belongs = forms.ChoiceField(label=_("Head of"), choices=Belongs.choices)
    speech = several(_("Spoke on"), Speech.choices, required=False)
    staff = text_field(_("Staff who came"), 300)
    lawyers = text_field(_("Lawyers who came"), 200)
    left = forms.BooleanField(label=_("Left without leave of the court."), required=False)
    refused = forms.BooleanField(
        label=_("Refused to explain, so that the hearing could not go on."), required=False
    )
    note = text_field(_("Remark"), 500)
    reason = text_field(_("Why it is corrected"), 300)
    wide = ("came", "speech", "left", "refused", "note", "reason")

    def __init__(self, *args: Any, corrects: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not corrects:
            del self.fields["reason"]

    def given(self) -> dict[str, Any]:
        words = dict(self.cleaned_data)
        plain = {"version": words.pop("version"), "reason": words.pop("reason", "")}
        words["came"] = words["came"] == "yes"
        return {**plain, "words": RecordWords(**words)}


class PrepareForm(GivenForm):
    done = several(_("Seen to"), Task.choices, required=False)
    note = long_field(_("What is still to do"), required=False)
    wide = ("done", "note")


class SumUpForm(GivenForm):
    summary = long_field(_("What was learned"), rows=5)
    measures = long_field(_("What is done about it"), required=False)
    wide = ("summary", "measures")
