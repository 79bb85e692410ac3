"""The field of a form into which a case number is typed."""

from datetime import date
from typing import Any

from django import forms

from cases.models.courts import CourtCode
from cases.numbers.parsed import Verdict
from cases.numbers.parsing import parse_number


class BoundNumber(forms.BoundField):
    """Its help text is the notice, once the field has put a number right."""

    field: "CaseNumberField"

    @property
    def help_text(self) -> Any:
        return self.field.notice or self.field.help_text

    @help_text.setter
    def help_text(self, words: Any) -> None:
        """Django gives what the field has."""


class CaseNumberField(forms.CharField):
    """Cleans to the number in its usual form; what is none stays as it was typed, for the
    action to refuse that knows whose number it is.

    After cleaning `notice` says what was put right or not known, "" if nothing: beside the
    field where the form is shown again, and in `notices(form)` for the page that follows.
    No case can be numbered after the year of `on`.
    """

    def __init__(self, *, on: date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.on, self.notice = on, ""

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundNumber:
        return BoundNumber(form, self, field_name)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        self.notice = ""
        found = parse_number(typed, CourtCode.objects.names(), on=self.on)
        if found.verdict == Verdict.INVALID:
            return typed
        self.notice = found.hint
        return found.normalized


def notices(form: forms.BaseForm) -> list[str]:
    """What the fields of a valid form put right, for the page that follows."""
    fields = (field for field in form.fields.values() if isinstance(field, CaseNumberField))
    return [field.notice for field in fields if field.notice]
