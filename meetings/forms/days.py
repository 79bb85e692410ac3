"""What is asked when a day is proposed, answered, moved, or a meeting arranged."""

from datetime import time
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from foundations.access.forms import Label, OnceForm, PortalForm
from mechanisms.models import Mechanism
from mechanisms.queries import parties
from meetings.models import Meeting
from meetings.states import MeetingState
from members.models import Person
from members.rosters import roster
from services.consents.models import Verdict

USUAL_TIME = time(9, 30)


def day_field(label: Label, **more: Any) -> forms.DateField:
    """A browser's date control takes its first value in this form alone."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


def time_field() -> forms.TimeField:
    return forms.TimeField(
        label=_("Begins at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )


def reason_field(help_text: Label = "") -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=help_text,
    )


class GivenForm(PortalForm):
    def given(self) -> dict:
        """What was typed, as the action's arguments."""
        return self.cleaned_data


class VersionedForm(GivenForm):
    """A form about a row: it carries the version of the row that its reader saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class MeetingForm(VersionedForm):
    """A form about a meeting, which gives it its first values."""

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = meeting.version


class DayForm(VersionedForm):
    wide = ("place", "remark")
    day = day_field(_("Day"))
    starts_at = time_field()
    place = forms.CharField(label=_("Place"), max_length=120)
    remark = forms.CharField(
        label=_("Note to the other side"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ArrangeForm(MeetingForm):
    wide = ("place",)
    chair = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Chair"),
        required=False,
        help_text=_("From the roster of the day of the meeting; the host's side chairs."),
    )
    starts_at = time_field()
    place = forms.CharField(label=_("Place"), max_length=120)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, **kwargs)
        self.initial.update(
            chair=meeting.chair_id,
            starts_at=meeting.starts_at or USUAL_TIME,
            place=meeting.place,
        )
        lines = (
            roster(meeting.mechanism.body, meeting.planned_on) if meeting.mechanism.body else []
        )
        chairs = [line.person.pk for line in lines if line.side in meeting.hosts]
        self.fields["chair"].queryset = Person.objects.filter(pk__in=chairs)


class PostponeForm(MeetingForm):
    wide = ("reason",)
    day = day_field(_("New day"))
    reason = reason_field(_("Both sides and everyone notified will read it."))


class CancelForm(MeetingForm):
    wide = ("reason", "pass_turn")
    reason = reason_field(_("Both sides and everyone notified will read it."))
    pass_turn = forms.BooleanField(
        label=_("The turn passes on"),
        required=False,
        help_text=_("Otherwise the same host convenes the next regular meeting."),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, **kwargs)
        if meeting.series_id is None:
            del self.fields["pass_turn"]


class MeetingChoice(forms.ModelChoiceField):
    def label_from_instance(self, meeting: Meeting) -> str:
        return _("%(meeting)s (%(day)s, hosted by %(host)s)") % {
            "meeting": meeting.title,
            "day": date_format(meeting.planned_on),
            "host": meeting.host_organization.short_name,
        }


class SwapForm(MeetingForm):
    wide = ("other", "reason")
    other = MeetingChoice(
        Meeting.objects.none(), label=_("Exchange with"), to_field_name="public_id"
    )
    reason = reason_field(_("It is shown as the reason of the host on both meetings."))

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, **kwargs)
        open_states = (MeetingState.PLANNED, MeetingState.COLLECTING)
        self.fields["other"].queryset = (
            Meeting.objects.filter(series=meeting.series_id, state__in=open_states)
            .exclude(pk=meeting.pk)
            .select_related("host_organization")
            .order_by("planned_on", "pk")
        )

    def given(self) -> dict:
        given = dict(self.cleaned_data)
        return {"other_id": given.pop("other").pk, **given}


class RestartForm(VersionedForm):
    wide = ("reason",)
    origin_on = day_field(
        _("First day of the new plan"),
        help_text=_("Later meetings are counted in months from this day."),
    )
    first_host = forms.ChoiceField(label=_("Host of the first meeting"))
    reason = reason_field()

    def __init__(
        self, *args: Any, mechanism: Mechanism, hosts: tuple[str, ...], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_host"].choices = host_choices(mechanism, hosts)


class StartForm(RestartForm):
    """The first plan of a mechanism needs no reason and replaces nothing."""

    version = None
    reason = None


class AdHocForm(GivenForm, OnceForm):
    wide = ("title", "reason", "place")
    title = forms.CharField(label=_("Title"), max_length=200)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What is to be discussed, and why it cannot wait for the regular meeting."),
    )
    day = day_field(_("Day"))
    starts_at = time_field()
    place = forms.CharField(label=_("Place"), max_length=120)


class AnswerForm(GivenForm):
    wide = ("verdict", "remark")
    verdict = forms.ChoiceField(label=_("Answer"), choices=Verdict.choices)
    remark = forms.CharField(
        label=_("Remark"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed if you ask for an amendment or refuse."),
    )


def host_choices(mechanism: Mechanism, hosts: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(one.side, one.lead.name) for one in parties(mechanism) if one.side in hosts]
