from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundations.access.forms import PortalForm
from foundations.calendars.lines import Lines
from foundations.calendars.tables import Row, days_digest
from foundations.calendars.working_days import REGIONS

FIRST_YEAR, LAST_YEAR = 2004, 2100
REGION_CHOICES = [("", _("National")), *REGIONS.items()]


class PlaceForm(PortalForm):
    """Which notice is meant; asked in the address."""

    year = forms.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR)
    region = forms.ChoiceField(choices=REGION_CHOICES, required=False)


class NoticeForm(PortalForm):
    """The notice of a year; `previewed` is the digest of the days that were looked at."""

    wide = ("source", "rest", "work")

    source = forms.CharField(
        label=_("Source document"),
        max_length=200,
        help_text=_("Name and number of the notice, such as 国办发明电〔2025〕7号."),
    )
    rest = forms.CharField(
        label=_("Days off"),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_(
            "A line for each holiday: 2027-02-05..2027-02-11 春节. Write 调休 after the name "
            "of rest days by adjustment. Weekends that belong to no holiday are left out."
        ),
    )
    work = forms.CharField(
        label=_("Make-up workdays"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=_("A line for each weekend day on which offices work: 2027-02-20 春节."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    previewed = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year
        self.rows: list[Row] = []

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        self._read("rest", cleaned.get("rest", ""), work=False)
        self._read("work", cleaned.get("work", ""), work=True)
        return cleaned

    def _read(self, field: str, text: str, *, work: bool) -> None:
        read = Lines(text, self.year, work=work)
        known = {day for day, _kind, _name in self.rows}
        for day, _kind, _name in read.rows:
            if day in known:
                message = _("%(day)s is named as a day off too.")
                self.add_error(field, message % {"day": day})
        for problem in read.problems:
            self.add_error(field, problem)
        self.rows += read.rows

    @property
    def digest(self) -> str:
        """Of what was sent, its source with it."""
        return f"{days_digest(self.rows)[:16]}-{self.cleaned_data['source']}"

    @property
    def was_previewed(self) -> bool:
        return self.cleaned_data["previewed"] == self.digest
