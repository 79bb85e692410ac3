from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.courts import seen_digest
from cases.models.courts import CourtCode
from cases.numbers.lines import CourtLine, Difference, Lines, differences, line_of
from foundations.access.forms import PortalForm


class CourtsForm(PortalForm):
    """Courts to add or correct; `previewed` is the digest of what was looked at."""

    wide = ("source", "courts")

    source = forms.CharField(
        label=_("Source document"),
        max_length=200,
        help_text=_("Where the codes stand, such as the table of 法〔2015〕137号."),
    )
    courts = forms.CharField(
        label=_("Courts"),
        max_length=500_000,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        help_text=_(
            "A line for each court: code, name, level (最高, 高级, 中级, 基层, 专门), code of the "
            "higher court, division code if it has one. Write 待核对 for what is not compared "
            "yet, 停用 for a court that is no more. Courts not named stay as they are."
        ),
    )
    previewed = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows: list[CourtLine] = []
        self.differences: list[Difference] = []

    def clean_courts(self) -> str:
        text: str = self.cleaned_data["courts"]
        rows = CourtCode.objects.select_related("higher")
        known = {court.code: line_of(court) for court in rows}
        read = Lines(text, known)
        for problem in read.problems:
            self.add_error("courts", problem)
        self.rows = read.rows
        self.differences = differences(known, read.rows)
        return text

    @property
    def digest(self) -> str:
        return seen_digest(self.differences, self.cleaned_data["source"])

    @property
    def was_previewed(self) -> bool:
        return self.cleaned_data["previewed"] == self.digest
