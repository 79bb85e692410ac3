"""What is asked about an invitee, a receipt and the notice of a side."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from meetings.actions.invitations import allowed_categories
from meetings.forms.days import GivenForm, VersionedForm
from meetings.models import Invitation, Meeting
from meetings.states import InviteeCategory, ReceiptState
from members.models import Organization, Person, Post
from services.documents.models import NumberSeries
from services.documents.numbers import correction_of


class InviteForm(GivenForm):
    """Somebody of the directory, or a guest by name and unit.

    All categories are offered; one that the text does not allow is refused with its clause.
    """

    wide = ("unit_and_title",)
    category = forms.ChoiceField(label=_("Category"))
    person = forms.ModelChoiceField(
        label=_("Person of the directory"), queryset=Person.objects.none(), required=False
    )
    name = forms.CharField(label=_("Name, if not in the directory"), max_length=60, required=False)
    organization = forms.ModelChoiceField(
        label=_("Organization"), queryset=Organization.objects.none(), required=False
    )
    unit_and_title = forms.CharField(
        label=_("Unit and post, as the notice prints them"), max_length=160, required=False
    )
    email = forms.EmailField(label=_("E-mail"), required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = allowed_categories(meeting)
        names = dict(InviteeCategory.choices)
        others = [key for key in names if key not in allowed]
        self.fields["category"].choices = [
            *((key, names[key]) for key in allowed),
            *((key, _("%(name)s (not provided for)") % {"name": names[key]}) for key in others),
        ]
        place = meeting.mechanism.jurisdiction_id
        self.fields["person"].queryset = Person.objects.filter(jurisdiction=place).order_by(
            "initials", "pk"
        )
        self.fields["organization"].queryset = Organization.objects.filter(jurisdiction=place).on(
            meeting.planned_on
        )


class CorrectionForm(VersionedForm):
    """How an invitee is written; the name of a person of the directory is not typed here."""

    wide = ("unit_and_title",)
    name = forms.CharField(label=_("Name"), max_length=60)
    unit_and_title = forms.CharField(
        label=_("Unit and post, as the notice prints them"), max_length=160, required=False
    )
    email = forms.EmailField(label=_("E-mail"), required=False)

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if invitation.person_id is not None:
            self.fields["name"].disabled = True


class ReceiptForm(GivenForm):
    wide = ("receipt", "leave_reason")
    receipt = forms.ChoiceField(
        label=_("Answer"),
        choices=[choice for choice in ReceiptState.choices if choice[0] != ReceiptState.NONE],
        initial=ReceiptState.ATTENDING,
    )
    leave_reason = forms.CharField(label=_("Reason of leave"), max_length=200, required=False)
    substitute = forms.ModelChoiceField(
        label=_("Substitute of the same unit"), queryset=Person.objects.none(), required=False
    )
    substitute_name = forms.CharField(
        label=_("Substitute's name, if not on the list"), max_length=60, required=False
    )
    substitute_title = forms.CharField(
        label=_("Substitute's unit and post"), max_length=120, required=False
    )

    def __init__(self, *args: Any, invitation: Invitation, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["substitute"].queryset = colleagues(invitation, on)


class NoticeForm(GivenForm):
    """One button; a series that is typed back asks for the number as well."""

    number = forms.CharField(label=_("Document number"), max_length=80, required=False)

    def __init__(self, *args: Any, series: NumberSeries | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if series is None or series.mode != NumberSeries.Mode.EXTERNAL:
            del self.fields["number"]
        else:
            example = series.pattern.format(year=2026, n=3)
            self.fields["number"].help_text = _(
                "As your office system gave it, such as %(example)s."
            ) % {"example": example}

    def given(self) -> dict:
        return {"number": self.cleaned_data.get("number", "")}

    @property
    def correction(self) -> str:
        """What the portal puts right in the number as typed."""
        return correction_of(self.data.get("number", "")) if "number" in self.fields else ""


def colleagues(invitation: Invitation, on: date) -> QuerySet[Person]:
    """Those who hold a post on `on` in the invitee's unit or its divisions."""
    unit = invitation.organization
    if unit is None:
        return Person.objects.none()
    family = [unit.lead.pk, *unit.lead.divisions.values_list("pk", flat=True)]
    in_office = Post.objects.on(on).filter(organization__in=family).values("person")
    return Person.objects.filter(pk__in=in_office).exclude(pk=invitation.person_id).order_by("pk")
