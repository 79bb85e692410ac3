"""What the portal counts for a sheet: a figure a unit and an item, and the mark it earns.

A sheet is official, so its figures are of the whole place: everything that was recorded of
the unit, whoever asks for the sheet. That is why nobody but the organ that scores, the unit
itself, and after the publication the others who may read the sheet, is shown any of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assessments.marks import mark
from assessments.models import Item, Sheet
from members.models import Jurisdiction, Organization
from services.indicators.definitions import Indicator, Variant
from services.indicators.questions import UNIT, Question, answered
from services.indicators.targets import exact
from services.indicators.values import Value


@dataclass(frozen=True)
class Counted:
    """`mark` is None where the base is too small to score (I9)."""

    value: Value
    mark: Decimal | None
    asked: dict[str, str | int]


Key = tuple[int, int]
"""Of a unit and an item."""


def fault_of(indicator: Indicator, variant: Variant) -> str:
    """Why no unit can be assessed by it; empty where all is well."""
    day = date.min
    question = Question(indicator, variant, Jurisdiction(), day, day, day, narrow=((UNIT, 0),))
    return question.broken


def counted(
    sheet: Sheet, items: Iterable[Item], units: Iterable[Organization], on: date
) -> dict[Key, Counted]:
    """The figures of the sheet's period as they are known on `on`."""
    asked = [(unit, item, question_of(sheet, item, unit, on)) for unit in units for item in items]
    values = answered([question for _unit, _item, question in asked])
    return {
        (unit.pk, item.pk): _scored(item, unit, question, value)
        for (unit, item, question), value in zip(asked, values, strict=True)
    }


def question_of(sheet: Sheet, item: Item, unit: Organization, on: date) -> Question:
    """KeyError where the indicator is not defined any more; `require_countable` says it."""
    found = item.defined
    if found is None:
        raise KeyError(item.indicator)
    return Question(
        *found,
        sheet.jurisdiction,
        sheet.first_on,
        sheet.last_on,
        on,
        reader=None,
        narrow=((UNIT, unit.pk),),
        months=item.months,
    )


def _scored(item: Item, unit: Organization, question: Question, value: Value) -> Counted:
    asked = asked_words(item, unit, question)
    figure = None if value.is_small else exact(value)
    earned = None if figure is None else mark(item.measure, figure, item.full_mark)
    return Counted(value, earned, asked)


def asked_words(item: Item, unit: Organization, question: Question) -> dict[str, str | int]:
    """The filter as it was put, kept with the figure (I10)."""
    return {
        "indicator": question.indicator.key,
        "name": question.indicator.name,
        "variant": question.variant.key,
        "way_of_counting": question.variant.name,
        "basis": question.variant.basis,
        "first_on": str(question.first_on),
        "last_on": str(question.last_on),
        "on": str(question.on),
        "unit": unit.name,
        "months": item.months,
    }
