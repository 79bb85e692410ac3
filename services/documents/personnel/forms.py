from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundations.access.forms import PortalForm
from services.documents.models import NumberSeries
from services.documents.numbers import correction_of


class ChangeNoticeForm(PortalForm):
    """Under which number the notice goes out; asks only what the series leave open."""

    series = forms.ChoiceField(label=_("Number series"), required=False)
    number = forms.CharField(
        label=_("Document number"),
        max_length=80,
        required=False,
        help_text=_("Only for a series of your own office system: as it gave it."),
    )

    def __init__(self, *args: Any, series: list[NumberSeries], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.key, one.name) for one in series]
        self.fields["series"].choices = [*choices, ("", _("Without a number"))]
        if all(one.mode == NumberSeries.Mode.PORTAL for one in series):
            del self.fields["number"]

    @property
    def correction(self) -> str:
        """What was put right in the typed number, as a sentence; "" for nothing."""
        return correction_of(self.data.get("number", "")) if "number" in self.fields else ""
