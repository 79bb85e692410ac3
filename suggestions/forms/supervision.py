"""What is asked when an addressee is urged, answers, is heard in a talk, or is let off."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundations.access.forms import PortalForm
from members.models import Organization
from services.documents.forms import FilesForm
from suggestions.forms.service import day_field
from suggestions.states import MeasureKind, UrgingLevel


def text_field(label: Any, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, max_length=2000, widget=widget, **more)


class UnitsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, unit: Organization) -> str:
        return unit.name


class UrgeForm(PortalForm):
    """`late` says that the reason may be left out; `numbered` that the portal gives the
    number; `units` are whom it may be copied to."""

    kind = forms.ChoiceField(label=_("Supervision measure"), choices=MeasureKind.choices)
    level = forms.ChoiceField(label=_("Level"), help_text=_("A level only rises."))
    due_on = day_field(_("Answer by"), help_text=_("Of a talk, the day on which it is held."))
    number = forms.CharField(
        label=_("Document number"),
        max_length=80,
        required=False,
        help_text=_("As your office gave it."),
    )
    starts_at = forms.TimeField(
        label=_("Talk begins at"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("For a talk only."),
    )
    place = forms.CharField(
        label=_("Place of the talk"),
        required=False,
        max_length=120,
        help_text=_("For a talk only; left empty, the contact arranges it."),
    )
    reason = text_field(_("Reason"), required=False)
    copied_to = UnitsField(
        Organization.objects.none(),
        label=_("Copied to"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They see the letter and this measure from then on."),
    )
    wide = ("reason", "copied_to")

    def __init__(
        self,
        *args: Any,
        levels: list[str],
        units: list[Organization],
        late: bool,
        numbered: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [(one, UrgingLevel(one).label) for one in levels]
        self.fields["copied_to"].queryset = Organization.objects.filter(
            pk__in=[unit.pk for unit in units]
        ).order_by("order", "pk")
        reason = self.fields["reason"]
        reason.required = not late
        reason.help_text = (
            _("Left empty, the letter says what is late.")
            if late
            else _("Nothing is late: say why you urge all the same.")
        )
        if numbered:
            del self.fields["number"]

    def given(self) -> dict[str, Any]:
        words = dict(self.cleaned_data)
        words["copied_to"] = [unit.pk for unit in words["copied_to"]]
        return words


class ProvedForm(FilesForm):
    """Words, with files where there are any."""

    field_order: tuple[str, ...] = ("text", "file", "declared")
    wide = ("text", "file", "declared")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = False

    def given(self) -> dict[str, Any]:
        words = dict(self.cleaned_data)
        words["files"] = words.pop("file")
        return words


class AnswerForm(ProvedForm):
    text = text_field(
        _("Answer"), help_text=_("What was done, by whom and when; or why it is not done yet.")
    )


class TalkForm(ProvedForm):
    on = day_field(_("Held on"))
    text = text_field(
        _("Record"), help_text=_("Who took part, what was said, what the unit promised.")
    )
    field_order = ("on", "text", "file", "declared")


class SettleForm(PortalForm):
    outcome = text_field(_("Outcome"))
    wide = ("outcome",)

    def given(self) -> dict[str, str]:
        return dict(self.cleaned_data)
