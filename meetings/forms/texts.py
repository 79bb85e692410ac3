from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.forms.days import VersionedForm
from meetings.models import MeetingText
from services.consents.models import Verdict


class ParagraphsField(forms.CharField):
    """Paragraphs, one a line; empty lines fall away."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 6}), required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lines = super().clean(value).splitlines()
        return [line.strip() for line in lines if line.strip()]


class TextForm(VersionedForm):
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
    wide: tuple[str, ...] = ("title", "opening", "heard", "held")

    def __init__(self, *args: Any, text: MeetingText, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.resolved = text.body["resolved"]
        self.initial.update(text.body, title=text.title, version=text.version)
        self.initial.update((self.name_of(line), line["text"]) for line in self.resolved)
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

    def given(self) -> dict:
        """What was typed, the body in the shape that the text keeps."""
        typed = self.cleaned_data
        body = {
            "opening": typed["opening"],
            "heard": typed["heard"],
            "held": typed["held"],
            "resolved": [{**line, "text": typed[self.name_of(line)]} for line in self.resolved],
        }
        return {"title": typed["title"], "body": body, "version": typed["version"]}


class AnswerForm(VersionedForm):
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
    wide = ("remark",)


class IssueForm(VersionedForm):
    """`number` is there only for a series that the unit's own office system keeps."""

    def __init__(self, *args: Any, typed_number: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if typed_number:
            self.fields["number"] = forms.CharField(
                label=_("Document number"),
                max_length=80,
                help_text=_("As your own office system gave it."),
                widget=forms.TextInput(attrs={"class": "form-control"}),
            )
