from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundations.access.form_shapes import Choosing, VersionForm, choice_field, day_field
from foundations.access.forms import OnceForm
from members.forms.fields import unit_field
from returns.actions.reports import ReportWords
from returns.states import UpwardKind

TABLES = (
    ("", _("No tables")),
    ("term", _("Of the term that is reported on")),
    ("this_year", _("Of this year so far")),
    ("last_year", _("Of last year")),
)


class PaperForm(Choosing):
    """What the paper says."""

    title = forms.CharField(label=_("Title of the paper"), max_length=200)
    to = forms.CharField(
        label=_("Bodies it goes to"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One body a line, by its full name."),
    )
    cc = forms.CharField(
        label=_("Copy to"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One body a line."),
    )
    text = forms.CharField(
        label=_("Text"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("One paragraph a line; the closing words are set by the portal."),
    )
    figures = forms.ChoiceField(
        label=_("Tables of reconsideration cases"),
        choices=TABLES,
        required=False,
        help_text=_("Cases handled and how decisions were performed, counted on saving."),
    )
    signer = forms.CharField(label=_("Signed by"), max_length=60)
    contact = forms.CharField(
        label=_("Contact and phone"),
        max_length=120,
        required=False,
        help_text=_("Printed on a request for instructions."),
    )
    number = forms.CharField(
        label=_("Document number"),
        max_length=80,
        required=False,
        help_text=_("As your office gave it; it may be left out."),
    )
    wide: tuple[str, ...] = ("title", "to", "cc", "text")

    def paper(self) -> ReportWords:
        names = ("title", "to", "cc", "text", "signer", "contact", "number", "figures")
        return ReportWords(**{name: self.cleaned_data[name] for name in names})


class NewReportForm(OnceForm, PaperForm):
    kind = choice_field(_("Kind"), UpwardKind.choices)
    clause = forms.ChoiceField(label=_("Clause"), required=False)
    organization = unit_field(_("Unit"))
    field_order = ("kind", "organization", "clause", "title", "to", "cc", "text")

    def __init__(self, *args: Any, clauses: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        clause: Any = self.fields["clause"]
        clause.choices = [("", _("None chosen")), *clauses]

    def given(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "organization": data["organization"],
            "kind": data["kind"],
            "clause": data["clause"],
            "words": self.paper(),
            "token": data["form_token"],
        }


class WriteForm(PaperForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def given(self) -> dict[str, Any]:
        return {"words": self.paper(), "version": self.cleaned_data["version"]}


class IssueForm(VersionForm):
    on = day_field(_("Sent on"))
    number = forms.CharField(
        label=_("Document number"),
        max_length=80,
        required=False,
        help_text=_("As your office gave it; it may be left out."),
    )


class AnswerForm(VersionForm):
    on = day_field(_("Answered on"))
    answer = forms.CharField(
        label=_("Answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )
    wide = ("answer",)
