"""Of whom and of which quarter the material is."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from foundations.access.forms import PortalForm
from members.models import Organization
from suggestions.forms.reports import QUARTERS

YEARS_BACK = 5


class QuarterForm(PortalForm):
    unit = forms.ModelChoiceField(
        label=_("Who tells"), queryset=Organization.objects.none(), to_field_name="public_id"
    )
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    quarter = forms.TypedChoiceField(label=_("Quarter"), coerce=int, choices=QUARTERS[1:])

    def __init__(self, *args: Any, units: QuerySet[Organization], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose: Any = self.fields["unit"]
        choose.queryset, choose.empty_label = units, None
        years: Any = self.fields["year"]
        years.choices = [(year, str(year)) for year in range(on.year, on.year - YEARS_BACK, -1)]
