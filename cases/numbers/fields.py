"""The field of a form into which a case number is typed."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.models.courts import CourtCode
from cases.numbers.parsed import Parsed, Series, Verdict
from cases.numbers.parsing import LONGEST, parse_number

OF_COURTS = frozenset({Series.COURT, Series.LEGACY})
OF_CASES = OF_COURTS | {Series.RECONSIDERATION}


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
    """Cleans to the number in its usual form; refuses what is none with the hint.

    After cleaning, `parsed` is what was read, and `notice` says what was put right or not
    known, "" if nothing: beside the field where the form is shown again, and in
    `notices(form)` for the page that follows. The form's `__init__` tells `on`, the day after
    whose year no case can be numbered; `series` are those that are taken.
    """

    def __init__(
        self, *, series: Collection[str] = OF_COURTS, on: date | None = None, **kwargs: Any
    ) -> None:
        super().__init__(max_length=kwargs.pop("max_length", LONGEST), **kwargs)
        self.series, self.on = frozenset(series), on
        self.parsed: Parsed | None = None
        self.notice = ""

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundNumber:
        return BoundNumber(form, self, field_name)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        self.parsed, self.notice = None, ""
        if not typed:
            return ""
        found = parse_number(typed, CourtCode.objects.names(), on=self.on)
        if found.verdict == Verdict.INVALID:
            raise ValidationError(found.hint, code="case_number")
        if found.series not in self.series:
            raise ValidationError(self._other_series(found), code="other_series")
        self.parsed = found
        self.notice = found.hint
        return found.normalized

    def _other_series(self, found: Parsed) -> str:
        taken = "、".join(str(Series(one).label) for one in Series.values if one in self.series)
        return _("This is a number of another kind (%(kind)s); enter one of: %(taken)s.") % {
            "kind": Series(found.series).label,
            "taken": taken,
        }


def notices(form: forms.BaseForm) -> list[str]:
    """What the fields of a valid form put right, for the page that follows."""
    fields = (field for field in form.fields.values() if isinstance(field, CaseNumberField))
    return [field.notice for field in fields if field.notice]
