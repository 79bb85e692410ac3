"""What is asked when a letter is served, handed to a person, or passed to a successor."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundations.access.forms import PortalForm
from members.models import Organization, User
from services.documents.forms import FilesForm
from suggestions.states import NEEDS_PROOF, ServiceMode


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A browser's date control takes its first value in this form alone."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


class ServiceForm(FilesForm):
    """The unit itself signs in the portal; this is for every other way."""

    on = day_field(_("Served on"))
    mode = forms.ChoiceField(
        label=_("Mode of service"),
        choices=[one for one in ServiceMode.choices if one[0] != ServiceMode.PORTAL],
    )
    note = forms.CharField(
        label=_("Note on service"),
        required=False,
        max_length=200,
        help_text=_("Number of the receipt or of the parcel, who took it, why it was late."),
    )
    field_order = ("on", "mode", "note", "file", "declared")
    wide = ("note",)
    depending = ("file",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        file = self.fields["file"]
        file.required, file.label = False, _("Proof of service")
        modes = "、".join(str(ServiceMode(one).label) for one in ServiceMode if one in NEEDS_PROOF)
        needed = _("Needed for: %(modes)s.") % {"modes": modes}
        file.help_text = f"{needed} {file.help_text}"

    def given(self) -> dict:
        words = dict(self.cleaned_data)
        words["proofs"] = words.pop("file")
        return words


class HandlerForm(PortalForm):
    handler = forms.ModelChoiceField(
        label=_("Handler"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody in particular"),
    )

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handler"].queryset = User.objects.filter(
            pk__in=[user.pk for user in people]
        ).select_related("person")

    @property
    def handler_id(self) -> int | None:
        handler = self.cleaned_data["handler"]
        return handler.pk if handler else None


class SuccessorForm(PortalForm):
    organization = forms.ModelChoiceField(
        label=_("Successor"), queryset=Organization.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, units: list[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = Organization.objects.filter(
            pk__in=[unit.pk for unit in units]
        )

    def given(self) -> dict:
        return {"organization_id": self.cleaned_data["organization"].pk}
