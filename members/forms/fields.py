"""Fields in which people and units are chosen, here and in the rooms above."""

import re
import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from members.models import Organization, Person, Post, User
from members.states import OrganizationKind

PHONE = re.compile(r"\+?[0-9][0-9-]{4,18}[0-9]")


class DayField(forms.DateField):
    """A day as the browser's own date control sends it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)


class PhoneField(forms.CharField):
    def clean(self, value: Any) -> str:
        number = unicodedata.normalize("NFKC", super().clean(value)).replace(" ", "")
        if number and not PHONE.fullmatch(number):
            raise ValidationError(_("A phone number has 6 to 20 digits, with hyphens at most."))
        return number


class PostChoiceField(forms.ModelChoiceField):
    """A person by the post: 王彬　市司法局副局长."""

    def label_from_instance(self, post: Post) -> str:
        return f"{post.person.name}　{post.organization.short_name}{post.title}"


class PersonChoiceField(forms.ModelChoiceField):
    """A person with the first of the posts that tell namesakes apart."""

    def label_from_instance(self, person: Person) -> str:
        posts = [f"{post.organization.short_name}{post.title}" for post in person.posts.all()]
        return "　".join([person.name, *posts[:1]])


class OrganizationField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Organization) -> str:
        return obj.name


class UnitsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Organization) -> str:
        return obj.name


def unit_field(label: Any, *, required: bool = True) -> OrganizationField:
    """Its units are named by the view."""
    return OrganizationField(
        label=label,
        required=required,
        queryset=Organization.objects.none(),
        to_field_name="public_id",
    )


def units_field(label: Any, help_text: Any = "", *, required: bool = False) -> UnitsField:
    return UnitsField(
        label=label,
        required=required,
        queryset=Organization.objects.none(),
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
    )


def person_field(label: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(label=label, required=False, queryset=User.objects.none())


def standing_organizations(jurisdiction: int, on: date) -> QuerySet[Organization]:
    """Those that exist on the day, without their divisions."""
    rows = Organization.objects.on(on).filter(jurisdiction=jurisdiction)
    return rows.exclude(kind=OrganizationKind.DIVISION)
