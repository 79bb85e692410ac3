from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from foundations.access.forms import PortalForm
from members.forms.fields import DayField, PersonChoiceField
from members.models import Person


class HandoverForm(PortalForm):
    taker = PersonChoiceField(label=_("Taken over by"), queryset=Person.objects.none())
    on = DayField(
        label=_("From"), help_text=_("The roles and the seat of the giver end the day before.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)
    wide = ("reason",)

    def __init__(self, *args: Any, takers: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["taker"].queryset = takers
