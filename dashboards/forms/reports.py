"""Which report is to be begun: of what term, in whose name, with which figures."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bulletins.actions.reports import REPORTED, name_of
from foundations.access.forms import PortalForm
from foundations.calendars.terms import Per, Term
from members.models import Organization
from services.indicators.definitions import Indicator, indicators
from services.indicators.profile import Choice

NAMES = {
    Per.MONTH: _("Monthly report"),
    Per.QUARTER: _("Quarterly report"),
    Per.YEAR: _("Yearly report"),
}
OFFERED = {Per.MONTH: 12, Per.QUARTER: 8, Per.YEAR: 3}
"""So many terms that are over may be chosen, the latest first."""
RATIOS = ("R1", "R2", "R3", "R4", "R5")
USUAL: dict[str, tuple[str, ...]] = {
    Per.MONTH: ("C1", "C2", "C3", *RATIOS, "R6", "R7", "C4", "R8"),
    Per.QUARTER: ("C1", "C2", "C3", *RATIOS, "R12", "R6", "R6a", "R7", "R14a", "C4", "R8", "R10"),
    Per.YEAR: (
        *("C1", "C2", "C3", *RATIOS, "R16", "R12", "R13", "R15", "R17", "R6", "R6a", "R7"),
        *("R14", "R14a", "R19", "R20", "C4", "R8", "R8a", "R9", "R10", "R22"),
    ),
}
"""What a report of a term begins with: the five ratios, who appears and speaks, suggestions,
and how many there were; the longer the term, the more has come to its end."""


def ended(per: Per, on: date) -> list[Term]:
    """The terms that are over on a day, the latest first."""
    found, term = [], Term.around(per, on).before
    for _n in range(OFFERED[per]):
        found.append(term)
        term = term.before
    return found


def usual(per: Per, choices: dict[str, Choice]) -> list[str]:
    """The indicators that a report begins with, and those of which the text itself speaks."""
    named = [key for key, one in choices.items() if one.named]
    wanted = {*USUAL[per], *named}
    return [key for key in choices if key in wanted]


class ReportForm(PortalForm):
    wide = ("what", "by_unit")
    term = forms.ChoiceField(label=_("Term told of"))
    issuer = forms.ModelChoiceField(
        label=_("Issuer"),
        queryset=Organization.objects.none(),
        to_field_name="public_id",
        empty_label=None,
    )
    what = forms.MultipleChoiceField(
        label=_("Indicators"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one indicator.")},
    )
    by_unit = forms.BooleanField(
        label=_("Appearance and lost suits unit by unit too"), required=False, initial=True
    )

    def __init__(
        self, *args: Any, per: Per, issuers: Sequence[Organization], on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.terms = {name_of(term): term for term in ended(per, on)}
        fields: Any = self.fields
        fields["term"].choices = [(name, term.label) for name, term in self.terms.items()]
        keys = [unit.pk for unit in issuers]
        fields["issuer"].queryset = Organization.objects.filter(pk__in=keys).order_by("order")
        fields["what"].choices = [
            (one.key, f"{one.key} {one.name}") for one in indicators().values()
        ]

    def families(self) -> list[tuple[str, list[tuple[Indicator, bool]]]]:
        """The indicators to be ticked, under their families."""
        ticked = set(self["what"].value() or ())
        found: dict[str, list[tuple[Indicator, bool]]] = {}
        for one in indicators().values():
            found.setdefault(one.family, []).append((one, one.key in ticked))
        return list(found.items())

    def given(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "term": self.terms[data["term"]],
            "issuer_id": data["issuer"].pk,
            "indicators": data["what"],
            "by_unit": data["by_unit"],
        }


def names() -> list[tuple[str, Any]]:
    return [(str(per), NAMES[per]) for per in REPORTED]
