from django import forms
from django.utils.translation import gettext_lazy as _

from foundations.access.forms import PortalForm
from meetings.models import MeetingText
from services.consents.models import Verdict


class ParagraphsField(forms.CharField):
    """Paragraphs, one a line; empty lines fall away."""

    def __init__(self, **kwargs):
        super().__init__(widget=forms.Textarea(attrs={"rows": 6}), required=False, **kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        lines = super().clean(value).splitlines()
        return [line.strip() for line in lines if line.strip()]


class TextForm(PortalForm):
    """A draft in its sections; of every resolution the words can be changed."""

    title = forms.CharField(label=_("Title"), max_length=200)
    opening = forms.CharField(
        label=_("Opening"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Time, place, chair and attendance, from the record."),
    )
    heard = ParagraphsField(label=_("What the meeting heard"), help_text=_("A paragraph a line."))
    held = ParagraphsField(label=_("What the meeting held"), help_text=_("A paragraph a line."))
    version = forms.IntegerField(widget=forms.HiddenInput)
    wide: tuple[str, ...] = ("title", "opening", "heard", "held")

    def __init__(self, *args, text: MeetingText, **kwargs):
        body = text.body
        initial = {**body, "title": text.title, "version": text.version}
        self.resolved = body["resolved"]
        initial |= {self.name_of(line): line["text"] for line in self.resolved}
        super().__init__(*args, initial=initial, **kwargs)
        for n, line in enumerate(self.resolved, start=1):
            field = forms.CharField(
                label=_("Resolution %(n)d") % {"n": n},
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
                help_text=_("%(lead)s, due %(day)s; unit and day are changed in the resolution.")
                % {"lead": line["lead"], "day": line["due_on"]},
            )
            self.fields[self.name_of(line)] = field
        self.wide = (*self.wide, *map(self.name_of, self.resolved))

    @staticmethod
    def name_of(line: dict) -> str:
        return f"resolved-{line['id']}"

    @property
    def body(self) -> dict:
        """What was typed, in the shape that the text keeps."""
        given = self.cleaned_data
        return {
            "opening": given["opening"],
            "heard": given["heard"],
            "held": given["held"],
            "resolved": [{**line, "text": given[self.name_of(line)]} for line in self.resolved],
        }


class AnswerForm(PortalForm):
    """The verdict is the button that was pressed."""

    verdict = forms.ChoiceField(label=_("Answer"), choices=Verdict)
    remark = forms.CharField(
        label=_("Remark"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed for an amendment or a refusal: say what to change."),
    )
    side = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    wide = ("remark",)


class IssueForm(PortalForm):
    """`number` is there only for a series that the unit's own office system keeps."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, typed_number: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if typed_number:
            self.fields["number"] = forms.CharField(
                label=_("Document number"),
                max_length=80,
                help_text=_("As your own office system gave it."),
                widget=forms.TextInput(attrs={"class": "form-control"}),
            )
