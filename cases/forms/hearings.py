"""What is asked when a hearing is set, moved, called off or held."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.hearings import HearingWords
from cases.hearings.states import Cause, Manner
from foundations.access.form_shapes import choice_field, day_field, long_field
from foundations.access.forms import OnceForm, PortalForm


def time_field(label: Any, *, required: bool = True) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=required, widget=widget)


def version_field() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput)


class HearingForm(OnceForm):
    on = day_field(_("Day"), help_text=_("A working day."))
    starts_at = time_field(_("Time"))
    place = forms.CharField(label=_("Place"), max_length=120)
    manner = forms.ChoiceField(label=_("Manner"), choices=Manner.choices)
    matters = long_field(_("Matters to be heard"), required=False)
    reason = forms.CharField(
        label=_("Why at short notice, or entered after its day"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    wide = ("matters", "reason")

    def given(self) -> dict[str, Any]:
        words = dict(self.cleaned_data)
        token = words.pop("form_token")
        return {"words": HearingWords(**words), "token": token}


class ChangeForm(PortalForm):
    starts_at = time_field(_("Time"))
    place = forms.CharField(label=_("Place"), max_length=120)
    manner = forms.ChoiceField(label=_("Manner"), choices=Manner.choices)
    matters = long_field(_("Matters to be heard"), required=False)
    version = version_field()
    wide = ("matters",)

    def given(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ToldForm(PortalForm):
    on = day_field(_("Told on"), help_text=_("The day on which the last of the parties was told."))
    version = version_field()

    def given(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class AdjournForm(PortalForm):
    """With a new day, time and place, or to a day that is set later."""

    cause = choice_field(_("Cause"), Cause.choices)
    reason = long_field(_("Reason"), rows=2)
    on = day_field(_("New day"), required=False, help_text=_("Empty: it is set later."))
    starts_at = time_field(_("Time"), required=False)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    manner = forms.ChoiceField(label=_("Manner"), choices=Manner.choices)
    matters = long_field(_("Matters to be heard"), required=False)
    version = version_field()
    wide = ("reason", "matters")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name in ("starts_at", "place"):
            if given.get("on") and not given.get(name):
                self.add_error(name, _("Needed with a new day."))
        return given

    def given(self) -> dict[str, Any]:
        words = dict(self.cleaned_data)
        plain = {name: words.pop(name) for name in ("cause", "version")}
        made = HearingWords(**words) if words["on"] else None
        return {**plain, "reason": words["reason"], "words": made}


class CancelForm(PortalForm):
    reason = long_field(_("Reason"), rows=2)
    version = version_field()
    wide = ("reason",)

    def given(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class HoldForm(PortalForm):
    reason = long_field(_("Why it is recorded only now"), required=False, rows=2)
    version = version_field()
    wide = ("reason",)

    def given(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
