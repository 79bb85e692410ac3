"""What is asked about a resolution: what it says, how far it is, who leads it, by when."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from meetings.forms.days import GivenForm, MeetingForm, VersionedForm, day_field, reason_field
from meetings.forms.units import UnitField, UnitsField
from meetings.models import Meeting, Resolution, Topic
from services.documents.forms import UploadForm

INITIALS = _("Its name, or the initials of its pinyin.")


class AddForm(GivenForm):
    """A resolution that was left out at the meeting; `topics` are those it may belong to."""

    wide = ("text", "topic")
    text = forms.CharField(
        label=_("Matter"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    topic = forms.ModelChoiceField(
        Topic.objects.none(), label=_("Topic"), required=False, to_field_name="public_id"
    )
    lead = UnitField(label=_("Lead unit"), max_length=120, help_text=INITIALS)
    support = UnitsField(label=_("Supporting units"), max_length=300, required=False)
    due_on = day_field(_("Due"))

    def __init__(
        self, *args: Any, meeting: Meeting, topics: QuerySet[Topic], on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = topics
        for name in ("lead", "support"):
            self.fields[name].among(meeting.jurisdiction, on)


class ProgressForm(GivenForm, UploadForm):
    text = forms.CharField(
        label=_("Progress"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )
    done = forms.BooleanField(
        label=_("Carried out, to be verified"),
        required=False,
        help_text=_("A secretariat checks it; until then the matter stays in progress."),
    )
    field_order = ("text", "done", "file", "declared")
    wide = field_order

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = False

    def given(self) -> dict:
        given = dict(self.cleaned_data)
        return {"upload": given.pop("file"), **given}


class GiveUpForm(VersionedForm):
    """Every change of a resolution has its reason; `on` is the day of the change."""

    wide = ("reason",)
    reason = reason_field()

    def __init__(self, *args: Any, resolution: Resolution, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = resolution.version


class DueForm(GiveUpForm):
    field_order: tuple[str, ...] = ("due_on", "reason")
    due_on = day_field(_("New due date"))

    def __init__(self, *args: Any, resolution: Resolution, on: date, **kwargs: Any) -> None:
        super().__init__(*args, resolution=resolution, on=on, **kwargs)
        self.initial["due_on"] = max(resolution.due_on, on)


class LeadForm(DueForm):
    field_order = ("lead", "due_on", "reason")
    lead = UnitField(label=_("New lead unit"), max_length=120, help_text=INITIALS)

    def __init__(self, *args: Any, resolution: Resolution, on: date, **kwargs: Any) -> None:
        super().__init__(*args, resolution=resolution, on=on, **kwargs)
        self.fields["lead"].among(resolution.jurisdiction, on)


class CloseForm(MeetingForm):
    """Without open resolutions no reason is needed; the action asks for it otherwise."""

    wide = ("reason",)
    reason = reason_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False
