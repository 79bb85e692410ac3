from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.corrections import CorrectionWords
from cases.actions.defence import DefenceWords, PaperWords, SealWords
from cases.actions.powers import PowerWords
from cases.models import CorrectionKind, PaperKind
from foundations.access.form_shapes import (
    ActForm,
    VersionForm,
    WordsForm,
    choice_field,
    day_field,
    long_field,
)
from members.forms.fields import unit_field


class DefenceForm(ActForm):
    organization = unit_field(_("Government that is sued"))
    handled_by = unit_field(_("Handling unit"))
    named_on = day_field(_("Named on"))
    counsel = forms.CharField(label=_("Counsel"), max_length=200, required=False)
    wide = ("counsel",)

    def given(self) -> dict[str, Any]:
        return {"words": DefenceWords(**self.cleaned_data)}


class StrategyForm(VersionForm):
    experts_on = day_field(_("Experts met on"), required=False)
    experts = forms.CharField(label=_("Experts"), max_length=200, required=False)
    advice = long_field(_("What the experts advised"), required=False)
    strategy = long_field(_("Plan of resolution and defence"), rows=5)
    wide = ("advice", "strategy")


class DefencePaperForm(WordsForm):
    words = PaperWords
    kind = choice_field(_("Kind"), PaperKind.choices)
    title = forms.CharField(label=_("Paper"), max_length=120)
    sent_to = unit_field(_("Goes to"))
    sent_on = day_field(_("Sent on"))


class SealForm(WordsForm):
    words = SealWords
    paper = forms.CharField(label=_("Paper"), max_length=120)
    copies = forms.IntegerField(label=_("Copies"), min_value=1, max_value=50, initial=1)
    needed_on = day_field(_("Needed by"))


class AnswerSealForm(VersionForm):
    sealed = forms.TypedChoiceField(
        label=_("Answer"),
        choices=[("1", _("Sealed")), ("0", _("Refused"))],
        coerce=lambda value: value == "1",
    )
    on = day_field(_("Day"))
    remark = forms.CharField(label=_("Remark"), max_length=200, required=False)
    wide = ("remark",)


class PowerForm(WordsForm):
    words = PowerWords
    organization = unit_field(_("Agency"))
    agent = forms.CharField(label=_("Agent"), max_length=80)
    post = forms.CharField(label=_("Post or law firm"), max_length=120)
    issued_on = day_field(_("Issued on"))
    special = forms.BooleanField(label=_("Special authority"), required=False)
    may_settle = forms.BooleanField(label=_("May settle"), required=False)
    may_change_act = forms.BooleanField(label=_("May agree to change the act"), required=False)
    cap = forms.DecimalField(
        label=_("Up to (yuan)"), required=False, min_value=0, max_digits=14, decimal_places=2
    )
    limits = long_field(_("What may be settled, and limits"), required=False)
    wide = ("limits",)


class RevokeForm(ActForm):
    on = day_field(_("Revoked on"))


class CorrectionForm(WordsForm):
    words = CorrectionWords
    organization = unit_field(_("Agency"))
    kind = choice_field(_("How"), CorrectionKind.choices)
    on = day_field(_("Day"))
    number = forms.CharField(label=_("Number of the decision"), max_length=80, required=False)
    what = long_field(_("What was corrected"))
    own_initiative = forms.BooleanField(label=_("On its own initiative"), required=False)
    serious = forms.BooleanField(label=_("It had serious effect"), required=False)
    wide = ("what",)


class ToleranceForm(VersionForm):
    grounds = long_field(_("Why liability should not be pursued"))
    wide = ("grounds",)


class DecideToleranceForm(VersionForm):
    granted = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("1", _("Personal liability not pursued")), ("0", _("Not applied"))],
        coerce=lambda value: value == "1",
    )
    on = day_field(_("Decided on"))
    decided_by = forms.CharField(label=_("Decided by"), max_length=80)
    decision = long_field(_("Reason of the decision"))
    wide = ("decision",)
