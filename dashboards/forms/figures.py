"""Over which days, of which unit and area figures are wanted."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from dashboards.figures.asked import EARLIEST, Asked
from foundations.access.form_shapes import day_field
from foundations.access.forms import PortalForm
from mechanisms.models import Mechanism
from members.models import Organization, User
from members.states import OrganizationKind

LONGEST = 10


class FiguresForm(PortalForm):
    """Every field may stay empty: then the running year, every unit and area."""

    since = day_field(_("From"), required=False)
    until = day_field(_("Until"), required=False)
    unit = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Organization.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("All units"),
    )
    area = forms.ChoiceField(label=_("Area"), required=False)

    def __init__(
        self,
        data: QueryDict | None,
        *,
        mechanism: Mechanism,
        areas: list[tuple[str, str]],
        on: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, initial={"since": date(on.year, 1, 1), "until": on}, **kwargs)
        self.mechanism, self.on = mechanism, on
        units = Organization.objects.filter(jurisdiction=mechanism.jurisdiction_id)
        self.fields["unit"].queryset = units.exclude(kind=OrganizationKind.DIVISION).order_by(
            "order", "pk"
        )
        self.fields["area"].choices = [("", _("All areas")), *areas]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = self._period(data)
        if not first >= EARLIEST or not last <= date(self.on.year + 1, 12, 31):
            self.add_error("since", _("Choose days that records can have."))
        elif first > last:
            self.add_error("until", _("The period ends before it begins."))
        elif last.year - first.year > LONGEST:
            self.add_error("since", _("A period has at most %(n)s years.") % {"n": LONGEST})
        elif first > self.on:
            self.add_error("since", _("The period has not begun yet."))
        unit = data.get("unit")
        if unit is not None and not unit.held_within(first, last):
            self.add_error("unit", _("The unit did not exist in this period."))
        return data

    def _period(self, data: dict[str, Any]) -> tuple[date, date]:
        """What was typed; without a first day the year of the last one."""
        last = data.get("until") or self.on
        return data.get("since") or date(last.year, 1, 1), last

    def asked(self, reader: User) -> Asked:
        """What was typed; the running year of the whole where that is no answer."""
        data = self.cleaned_data if self.is_valid() else {}
        first, last = self._period(data)
        return Asked(
            mechanism=self.mechanism,
            first_on=first,
            last_on=last,
            on=self.on,
            reader=reader,
            unit=data.get("unit"),
            area=data.get("area", ""),
        )
