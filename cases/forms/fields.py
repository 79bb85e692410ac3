"""A form field for each shape that a step may ask for."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.flow.asks import ASKS, Ask, Shape
from cases.flow.table import Step
from cases.models import Participant, Procedure, Profession, Professional
from cases.numbers.fields import CaseNumberField
from cases.states import Kind
from foundations.access.form_shapes import choice_field, day_field, long_field
from members.forms.fields import OrganizationField, standing_organizations
from members.models import User
from members.rosters import users_of
from members.states import Side

Choices = list[tuple[str, "str | Promise"]]
ORGANS_ASKED = {"court": Side.COURT}
"""Of which side an organization has to be that a step asks for by this name."""


class PartField(forms.ModelChoiceField):
    """Who takes part: the role, and the name as lists print it."""

    def label_from_instance(self, obj: Participant) -> str:
        return f"{obj.get_role_display()} {obj}"


class AskedFields:
    """The fields for what one step of one procedure asks."""

    def __init__(self, procedure: Procedure, step: Step, on: date) -> None:
        self.procedure, self.step, self.on = procedure, step, on

    def __iter__(self) -> Iterator[tuple[str, forms.Field]]:
        for name in self.step.asks:
            field = self._field(name, ASKS[name])
            if field is not None:
                yield name, field

    def _field(self, name: str, ask: Ask) -> forms.Field | None:
        required = not (ask.optional or name in self.step.optional)
        return _MADE[ask.shape](self, name, ask, required)

    def text(self, _name: str, ask: Ask, required: bool) -> forms.Field:
        return forms.CharField(label=_label(ask), required=required, max_length=120)

    def long(self, _name: str, ask: Ask, required: bool) -> forms.Field:
        return long_field(_label(ask), required=required)

    def lines(self, _name: str, ask: Ask, required: bool) -> forms.Field:
        field = long_field(_label(ask), required=required)
        field.help_text = _("One a line.")
        return field

    def day(self, _name: str, ask: Ask, required: bool) -> forms.Field:
        return day_field(_label(ask), required=required)

    def number(self, _name: str, ask: Ask, required: bool) -> forms.Field:
        return forms.IntegerField(label=_label(ask), required=required, min_value=1)

    def yes(self, _name: str, ask: Ask, _required: bool) -> forms.Field:
        return forms.BooleanField(label=_label(ask), required=False)

    def choice(self, _name: str, ask: Ask, required: bool) -> forms.Field:
        return choice_field(_label(ask), ask.choices, required=required)

    def case_number(self, _name: str, ask: Ask, required: bool) -> forms.Field:
        hint = _("Wrong brackets and full-width digits are put right when it is saved.")
        return CaseNumberField(
            on=self.on, label=_label(ask), required=required, max_length=80, help_text=hint
        )

    def mode(self, _name: str, ask: Ask, _required: bool) -> forms.Field | None:
        """Nothing is asked where there is one way alone."""
        modes = self.procedure.table.modes_of(self.step)
        if len(modes) == 1:
            return None
        return choice_field(_label(ask), [(mode.key, mode.name) for mode in modes])

    def participant(self, name: str, ask: Ask, required: bool) -> forms.Field:
        rows = self.procedure.participants.select_related("party", "organization")
        if name == "respondent":
            rows = rows.agencies()
        return PartField(
            label=_label(ask), required=required, queryset=rows, to_field_name="public_id"
        )

    def user(self, _name: str, ask: Ask, required: bool) -> forms.Field:
        people = [one.pk for one in users_of(self.procedure.organ, self.on)]
        rows = User.objects.filter(pk__in=people)
        return forms.ModelChoiceField(label=_label(ask), required=required, queryset=rows)

    def organization(self, name: str, ask: Ask, required: bool) -> forms.Field:
        rows = standing_organizations(self.procedure.dispute.jurisdiction_id, self.on)
        rows = rows.filter(side=ORGANS_ASKED[name])
        return OrganizationField(
            label=_label(ask), required=required, queryset=rows, to_field_name="public_id"
        )

    def professional(self, _name: str, ask: Ask, required: bool) -> forms.Field:
        rows = Professional.objects.on(self.on).filter(
            profession=Profession.MEDIATOR, jurisdiction=self.procedure.dispute.jurisdiction_id
        )
        return forms.ModelChoiceField(
            label=_label(ask), required=required, queryset=rows, to_field_name="public_id"
        )

    def within(self, _name: str, ask: Ask, required: bool) -> forms.Field:
        """The procedure that is under way and in which it is mediated."""
        under_way = self.procedure.dispute.procedures.filter(closed_on=None)
        others = under_way.exclude(kind__in=(Kind.INTAKE, Kind.MEDIATION))
        named = [(one.public_id, f"{one.name} {one.number}".strip()) for one in others]
        return choice_field(_label(ask), named, required=required)


def _label(ask: Ask) -> Any:
    """Lazy: a form that is made once may be shown in another language."""
    return ask.label


_MADE: dict[Shape, Callable[..., forms.Field | None]] = {
    shape: getattr(AskedFields, shape.value) for shape in Shape
}
