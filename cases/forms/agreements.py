"""What is asked about an agreement, its items, its signing, and the allowance after it."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.actions.agreements import AgreementWords, ItemWords
from cases.forms.mediation import VersionedForm, why_late
from cases.models import Agreement, AgreementItem, AgreementKind, Participant, Party
from foundations.access.form_shapes import choice_field, day_field, long_field
from foundations.access.forms import PortalForm
from members.forms.fields import OrganizationField
from members.models import Organization

SPARE = 3
ITEM = ("owed_by", "due_on", "what", "amount", "method")


class AgreementForm(VersionedForm):
    """The agreement with its items; an item left empty is none."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = choice_field(_("Kind of agreement"), AgreementKind.choices)
    number = forms.CharField(label=_("Agreement number"), required=False, max_length=80)
    facts = long_field(_("Facts of the dispute"), rows=4)
    closing = forms.CharField(label=_("Withdrawal and closing"), required=False, max_length=300)
    liability = forms.CharField(label=_("If it is not kept"), required=False, max_length=300)
    confirmation = forms.BooleanField(
        label=_("The parties want to ask a court to confirm it"), required=False
    )
    wide: tuple[str, ...] = ("facts", "closing", "liability", "confirmation")

    def __init__(
        self, *args: Any, parts: list[Participant], items: list[AgreementItem], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.owners: dict[str, Organization | Party] = {
            part.public_id: part.organization or part.party for part in parts
        }
        self.names = [(one.public_id, f"{one.get_role_display()} {one}") for one in parts]
        self.places = range(1, len(items) + SPARE + 1)
        self.wide = (*self.wide, *(f"what_{place}" for place in self.places))
        for place in self.places:
            self._add_row(place, items[place - 1] if place <= len(items) else None)

    def _add_row(self, place: int, item: AgreementItem | None) -> None:
        owner = item and (item.organization or item.party)
        chosen = next((key for key, one in self.owners.items() if one == owner), "")
        own: dict[str, forms.Field] = {
            "owed_by": choice_field(_("Who promises"), self.names, required=False),
            "what": forms.CharField(label=_("What is promised"), required=False, max_length=300),
            "amount": forms.DecimalField(
                label=_("Amount (yuan)"),
                required=False,
                min_value=0,
                max_digits=14,
                decimal_places=2,
            ),
            "method": forms.CharField(
                label=_("How it is performed"), required=False, max_length=120
            ),
            "due_on": day_field(_("By"), required=False),
        }
        for name, field in own.items():
            select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if select else "form-control"
            first = chosen if name == "owed_by" else getattr(item, name, None)
            field.initial = first
            self.fields[f"{name}_{place}"] = field

    @property
    def rows(self) -> Iterator[list[BoundField]]:
        for place in self.places:
            yield [self[f"{name}_{place}"] for name in ITEM]

    @property
    def rest(self) -> list[BoundField]:
        return [self[name] for name in self.base_fields]

    def clean(self) -> dict:
        words = super().clean() or self.cleaned_data
        for place in self.places:
            if not self._filled(place):
                continue
            for name in ("owed_by", "what", "due_on"):
                if not words.get(f"{name}_{place}") and f"{name}_{place}" not in self.errors:
                    message = gettext("A promise has somebody who owes it, words and a day.")
                    self.add_error(f"{name}_{place}", message)
        return words

    def _filled(self, place: int) -> bool:
        return any(self.cleaned_data.get(f"{name}_{place}") for name in ITEM)

    def given(self) -> dict:
        words = self.cleaned_data
        plain = ("kind", "number", "facts", "closing", "liability", "confirmation")
        found = AgreementWords(items=tuple(self._items()), **{name: words[name] for name in plain})
        return {"words": found, "version": words["version"]}

    def _items(self) -> Iterator[ItemWords]:
        words = self.cleaned_data
        for place in self.places:
            if self._filled(place):
                yield ItemWords(
                    owed_by=self.owners[words[f"owed_by_{place}"]],
                    what=words[f"what_{place}"],
                    due_on=words[f"due_on_{place}"],
                    amount=words[f"amount_{place}"],
                    method=words[f"method_{place}"],
                )


class SignForm(VersionedForm):
    on = day_field(_("Signed on"))
    effective_on = day_field(_("In effect from"))
    court = OrganizationField(
        label=_("Court that is asked to confirm it"),
        queryset=Organization.objects.none(),
        required=False,
        to_field_name="public_id",
    )
    voluntary = forms.BooleanField(label=_("It is freely made by all"), required=False)
    harmless = forms.BooleanField(
        label=_("It harms neither the state, nor the public, nor others"), required=False
    )
    reason = why_late()
    wide = ("voluntary", "harmless", "reason")

    def __init__(
        self,
        *args: Any,
        agreement: Agreement,
        courts: QuerySet[Organization],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if agreement.confirmation:
            self.fields["court"].queryset = courts
            self.fields["court"].required = True
        else:
            del self.fields["court"]

    def given(self) -> dict:
        return dict(self.cleaned_data)


class AllowanceForm(PortalForm):
    standard = forms.CharField(
        label=_("Standard"),
        max_length=120,
        help_text=_("The document and the line of it that the amount comes from."),
    )
    amount = forms.DecimalField(
        label=_("Amount (yuan)"), min_value=1, max_digits=10, decimal_places=2
    )
    wide = ("standard",)

    def given(self) -> dict:
        return dict(self.cleaned_data)


class DecideAllowanceForm(VersionedForm):
    approved = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Approve")), ("no", _("Refuse"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    reason = long_field(_("Reason"), required=False, rows=2)
    wide = ("approved", "reason")

    def given(self) -> dict:
        return dict(self.cleaned_data)


class PayForm(VersionedForm):
    on = day_field(_("Paid on"))

    def given(self) -> dict:
        return dict(self.cleaned_data)
