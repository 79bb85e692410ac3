"""What is asked when a list, a task or a report moves on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundations.access.form_shapes import ActForm, VersionForm, day_field, long_field
from services.documents.forms import FilesForm


class PublishForm(VersionForm):
    on = day_field(
        _("List in force from"), help_text=_("Groups are read as they stand on this day.")
    )
    counts_from = day_field(
        _("Reports are asked for from"),
        help_text=_("What was due before this day is not asked any more."),
    )


class CloseListForm(VersionForm):
    on = day_field(_("List closed on"))


class ChangeDueForm(VersionForm):
    due_on = day_field(_("New due day"))
    reason = long_field(_("Reason"))
    wide = ("reason",)


class CloseTaskForm(VersionForm):
    outcome = long_field(_("Outcome"))
    wide = ("outcome",)


class AcceptForm(ActForm):
    remark = long_field(_("Remark"), required=False)
    wide = ("remark",)


class ReturnForm(ActForm):
    again_by = day_field(_("Report again by"))
    reason = long_field(_("Reason"))
    wide = ("reason",)


class UrgeForm(ActForm):
    due_on = day_field(_("Report by"))
    number = forms.CharField(
        label=_("Document number"),
        max_length=80,
        required=False,
        help_text=_("As your office gave it; left empty where the portal numbers the letter."),
    )
    reason = long_field(_("Reason"), required=False)
    wide = ("reason",)


class EvidenceForm(FilesForm):
    """Files may be left out."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["file"].required = False

    def given(self) -> dict[str, Any]:
        words = dict(self.cleaned_data)
        words["files"] = words.pop("file")
        return words


class ReportForm(EvidenceForm):
    """A field for each target of the task, then the words."""

    text = long_field(_("Progress"), rows=5)
    done = forms.BooleanField(label=_("Our part of the task is carried out"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    wide = ("text", "done", "file", "declared")

    def __init__(self, *args: Any, targets: list[dict], **given: Any) -> None:
        super().__init__(*args, **given)
        self.values = [f"value_{n}" for n in range(len(targets))]
        for name, target in zip(self.values, targets, strict=True):
            least = f"≥ {target['at_least']:g}{'%' if target['kind'] == 'rate' else ''}"
            field = forms.FloatField(label=target["words"][:60], required=False, min_value=0)
            field.help_text = least
            field.widget.attrs["class"] = "form-control"
            self.fields[name] = field
        self.order_fields(["text", *self.values, "done", "file", "declared"])

    def given(self) -> dict[str, Any]:
        words = super().given()
        words["values"] = [words.pop(name) for name in self.values]
        return words


class RectifyForm(EvidenceForm):
    measures = long_field(_("What was rectified"), rows=4)
    rectified_on = day_field(_("Rectified on"))
    version = forms.IntegerField(widget=forms.HiddenInput)
    wide = ("measures", "file", "declared")
    field_order = ("measures", "rectified_on", "file", "declared")


class VerifyForm(VersionForm):
    remark = long_field(_("Remark"), required=False)
    wide = ("remark",)


class ReopenForm(VersionForm):
    rectify_by = day_field(_("Rectify by"))
    reason = long_field(_("Reason"))
    wide = ("reason",)
