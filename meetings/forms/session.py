from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundations.access.forms import PortalForm
from foundations.calendars.periods import add_months
from meetings.forms.days import GivenForm
from meetings.forms.units import UnitField, UnitsField
from meetings.models import Invitation, Meeting, Resolution
from meetings.states import AttendanceState, TopicOutcome


class StartForm(GivenForm):
    """The reason is asked for only before the agreed day."""

    reason = forms.CharField(
        label=_("Why before the agreed day"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    wide = ("reason",)


class EndForm(GivenForm):
    carry_open = forms.BooleanField(
        label=_("Carry the topics without an outcome to the next meeting"), required=False
    )
    absent_rest = forms.BooleanField(
        label=_("Note everybody who has not arrived as absent"), required=False
    )


class NotesForm(PortalForm):
    text = forms.CharField(required=False, strip=False, max_length=20_000)
    seen = forms.CharField(required=False, max_length=16)


class OutcomeForm(PortalForm):
    outcome = forms.ChoiceField(choices=[("", ""), *TopicOutcome.choices], required=False)


class AttendanceForm(PortalForm):
    invitation: Invitation | None = None
    state = forms.ChoiceField(choices=AttendanceState.choices)
    substitute_name = forms.CharField(max_length=60, required=False)


HINTS = {
    "text": _("A new resolution"),
    "lead": _("Lead unit"),
    "support": _("Supporting units, if any"),
}


class ResolutionForm(PortalForm):
    """A resolution as it is noted: what, who leads, who supports, by when."""

    NEXT, MONTH, DAY = "next", "month", "day"
    edited: Resolution | None = None

    text = forms.CharField(label=_("Matter"), max_length=500)
    lead = UnitField(label=_("Lead unit"), max_length=120)
    support = UnitsField(label=_("Supporting units"), max_length=300, required=False)
    when = forms.ChoiceField(label=_("Due"))
    due_on = forms.DateField(
        label=_("Day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, meeting: Meeting, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("lead", "support"):
            self.fields[name].among(meeting.jurisdiction, on)
            self.fields[name].widget.attrs.update({"data-unit": "", "autocomplete": "off"})
        for name, hint in HINTS.items():
            self.fields[name].widget.attrs["placeholder"] = hint
        self.days = _preset_days(meeting, on)
        self.fields["when"].choices = [
            (self.NEXT, _("Before the next meeting, %(day)s") % {"day": self._shown(self.NEXT)}),
            (self.MONTH, _("Within a month, %(day)s") % {"day": self._shown(self.MONTH)}),
            (self.DAY, _("On another day")),
        ]

    def _shown(self, preset: str) -> str:
        return f"{self.days[preset]:%m-%d}"

    @classmethod
    def of(cls, resolution: Resolution, **kwargs: Any) -> "ResolutionForm":
        """The form of a resolution that is noted already."""
        initial = {
            "text": resolution.text,
            "lead": resolution.lead,
            "support": list(resolution.support.all()),
            "when": cls.DAY,
            "due_on": resolution.due_on,
            "version": resolution.version,
        }
        return cls(initial=initial, **kwargs)

    def clean(self) -> dict:
        given = super().clean()
        when = given.get("when")
        if when in self.days:
            given["due_on"] = self.days[when]
        elif when == self.DAY and not given.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("Give the day."))
        return given


def _preset_days(meeting: Meeting, on: date) -> dict[str, date]:
    """The working days that the presets stand for: before the next meeting, in a month."""
    calendar = meeting.jurisdiction.calendar
    following = (
        Meeting.objects.ahead()
        .filter(mechanism=meeting.mechanism, planned_on__gt=on)
        .exclude(pk=meeting.pk)
        .order_by("planned_on")
        .first()
    )
    before = following.planned_on if following else add_months(on, 2)
    return {
        ResolutionForm.NEXT: max(on, calendar.add_workdays(before, -1)),
        ResolutionForm.MONTH: calendar.previous_workday(add_months(on, 1)),
    }
