"""Which period a report is of, and what a person adds to its figures."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundations.access.forms import PortalForm
from mechanisms.models import Mechanism
from mechanisms.queries import parties
from members.models import Organization
from suggestions.actions.reports import ReportWords, paper_of, usual_recipients
from suggestions.figures import Implementation
from suggestions.models import Report
from suggestions.numbers import clean_number
from suggestions.periods import Period, last_year

FIRST_YEAR = 2015
QUARTERS = (
    (0, _("Whole year")),
    (1, _("First quarter")),
    (2, _("Second quarter")),
    (3, _("Third quarter")),
    (4, _("Fourth quarter")),
)


class PeriodForm(PortalForm):
    """What to count; without a choice, last year's letters of the reader's first issuer."""

    issuer = forms.ModelChoiceField(
        label=_("Issuer"), queryset=Organization.objects.none(), to_field_name="public_id"
    )
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    quarter = forms.TypedChoiceField(label=_("Period"), coerce=int, choices=QUARTERS)

    def __init__(self, *args: Any, issuers: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.issuers, self.on = issuers, on
        choose: Any = self.fields["issuer"]
        choose.queryset, choose.empty_label = issuers, None
        years: Any = self.fields["year"]
        years.choices = [(year, str(year)) for year in range(on.year, FIRST_YEAR - 1, -1)]

    @property
    def chosen(self) -> tuple[Organization, Period]:
        if self.is_bound and self.is_valid():
            given = self.cleaned_data
            return given["issuer"], Period(given["year"], given["quarter"])
        return self.issuers[0], last_year(self.on)


class ReportForm(PortalForm):
    """Whom the report goes to, its number, and what is to be said besides the figures."""

    told = forms.ModelMultipleChoiceField(
        label=_("Goes to"),
        queryset=Organization.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one unit that the report goes to.")},
    )
    number = forms.CharField(
        label=_("Document number"),
        max_length=80,
        required=False,
        help_text=_("As your office gave it; it may be left out."),
    )
    remark = forms.CharField(
        label=_("Problems and next steps"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Printed as the last part of the report; the figures are counted."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    wide = ("told", "remark")

    def __init__(
        self,
        *args: Any,
        mechanism: Mechanism,
        counted: Implementation,
        issuer: Organization,
        report: Report | None = None,
        **kwargs: Any,
    ) -> None:
        usual = usual_recipients(mechanism, issuer, counted.on)
        kwargs["initial"] = _first_values(report, usual, counted)
        super().__init__(*args, **kwargs)
        told: Any = self.fields["told"]
        told.queryset = Organization.objects.filter(
            pk__in=_choices(mechanism, usual, counted, report)
        ).exclude(pk=issuer.pk)
        told.label_from_instance = lambda unit: unit.short_name

    @property
    def correction(self) -> str:
        """The sentence that tells what was put right in the number."""
        number, changed = clean_number(self.cleaned_data["number"])
        if not changed:
            return ""
        return str(_("The number was put into the usual form: “%(number)s”.")) % {"number": number}

    def given(self) -> dict[str, Any]:
        words = ReportWords(
            told=tuple(unit.pk for unit in self.cleaned_data["told"]),
            number=self.cleaned_data["number"],
            remark=self.cleaned_data["remark"],
        )
        return {"words": words, "version": self.cleaned_data["version"]}


def _first_values(
    report: Report | None, usual: list[Organization], counted: Implementation
) -> dict[str, Any]:
    """Of a report that was drafted before, what it has; else whom it usually goes to, and
    of a quarter the units that it speaks of."""
    if report is not None and paper_of(report) is not None:
        return {
            "told": list(report.told.values_list("pk", flat=True)),
            "number": report.number,
            "remark": report.remark,
            "version": report.version,
        }
    units = [unit for unit, _counts in counted.by_unit] if counted.period.quarter else []
    version = report.version if report else None
    return {"told": [unit.pk for unit in (*usual, *units)], "version": version}


def _choices(
    mechanism: Mechanism,
    usual: list[Organization],
    counted: Implementation,
    report: Report | None,
) -> set[int]:
    """The sides of the institution, who urges there, and the units of the period."""
    sides = {pk for one in parties(mechanism) for pk in (one.lead_id, one.acting_id)}
    units = {unit.pk for unit, _counts in counted.by_unit}
    kept = set(report.told.values_list("pk", flat=True)) if report and report.pk else set()
    return sides | units | kept | {unit.pk for unit in usual}
