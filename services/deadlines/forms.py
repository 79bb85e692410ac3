from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundations.access.forms import PortalForm
from foundations.calendars.periods import Pause, Unit
from foundations.calendars.working_days import REGIONS
from mechanisms.models import Mechanism
from services.deadlines.explanation import period_words
from services.deadlines.reckoning import Case
from services.deadlines.rules import Rule

MOST_PAUSES = 8
NATIONAL = "00"
UNITS = {
    Unit.DAYS: _("calendar days"),
    Unit.WORKDAYS: _("working days"),
    Unit.MONTHS: _("months"),
    Unit.YEARS: _("years"),
}


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CalculatorForm(PortalForm):
    """What is asked; it travels in the address. With a `rule` only what it can take is asked."""

    wide: tuple[str, ...] = ("rule", "extended")

    rule = forms.CharField(
        label=_("Rule"),
        help_text=_("A key, a word of its name or of its basis; or choose from the table below."),
        widget=forms.TextInput(attrs={"list": "rules", "autocomplete": "off"}),
    )
    trigger = forms.DateField(label=_("Day of the trigger"), widget=day_input())
    length = forms.IntegerField(label=_("Length by the letter"), required=False)
    extended = forms.BooleanField(label=_("Extended by the longest allowed"), required=False)
    mechanism = forms.ModelChoiceField(
        Mechanism.objects.none(),
        label=_("Institution"),
        required=False,
        to_field_name="key",
        help_text=_("Its own lengths and its region are used."),
    )
    region = forms.ChoiceField(label=_("Holidays of"), required=False)

    def __init__(
        self, *args: Any, mechanisms: QuerySet[Mechanism], rule: Rule | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mechanism"].queryset = mechanisms
        places = [("", _("the institution's region; national without one"))] if mechanisms else []
        self.fields["region"].choices = [*places, (NATIONAL, _("National")), *REGIONS.items()]
        if not mechanisms:
            del self.fields["mechanism"]
        self._add_pauses()
        self._fit(rule)

    def _add_pauses(self) -> None:
        """As many pairs as were filled in, and one more."""
        self.pairs = min(_filled(self.data or self.initial) + 1, MOST_PAUSES)
        for number in range(1, self.pairs + 1):
            for end, label in (("from", _("Paused from")), ("to", _("Paused until (inclusive)"))):
                field = forms.DateField(label=label, required=False, widget=day_input())
                field.widget.attrs["class"] = "form-control"
                self.fields[f"{end}{number}"] = field
        order = [name for name in self.fields if name not in {"mechanism", "region"}]
        self.order_fields([*order, "mechanism", "region"])

    def _fit(self, rule: Rule | None) -> None:
        """What the rule can't take is not asked, but what was sent is not swallowed."""
        if rule is None:
            return
        if rule.per_letter is None:
            self._drop("length")
            self.wide = ("rule", "trigger", "extended")
        else:
            self.fields["length"].help_text = _unit_words(rule)
        if rule.extension is None:
            self._drop("extended")
        if rule.before or rule.until:
            for number in range(1, self.pairs + 1):
                self._drop(f"from{number}", f"to{number}")

    def _drop(self, *names: str) -> None:
        if not any(self.data.get(name) for name in names):
            for name in names:
                del self.fields[name]

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        for number in range(1, self.pairs + 1):
            ends = [cleaned.get(f"{end}{number}") for end in ("from", "to")]
            if any(ends) and not all(ends) and not self.errors:
                self.add_error(f"from{number}", _("A pause has a first and a last day."))
        return cleaned

    @property
    def case(self) -> Case:
        given = self.cleaned_data
        pairs = [
            (given.get(f"from{number}"), given.get(f"to{number}"))
            for number in range(1, self.pairs + 1)
        ]
        return Case(
            trigger_on=given["trigger"],
            length=given.get("length"),
            pauses=tuple(sorted(Pause(first, last) for first, last in pairs if first and last)),
            extended=bool(given.get("extended")),
        )


def _unit_words(rule: Rule) -> str:
    unit = {"unit": UNITS[rule.per_letter]}
    if rule.usual_max is None:
        return gettext("In %(unit)s.") % unit
    longest = period_words(rule.usual_max.n, rule.usual_max.unit)
    return gettext("In %(unit)s; usually %(period)s at the most.") % {**unit, "period": longest}


def _filled(data: Mapping[str, Any]) -> int:
    numbers = [
        number
        for number in range(1, MOST_PAUSES + 1)
        if data.get(f"from{number}") or data.get(f"to{number}")
    ]
    return max(numbers, default=0)


class SettleForm(PortalForm):
    """What is done with the ticked moves; the reason is needed to keep a day."""

    reason = forms.CharField(label=_("Why the day stays"), max_length=200, required=False)
