"""Fields that the forms of this room share."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from members.models import Person, Post

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
