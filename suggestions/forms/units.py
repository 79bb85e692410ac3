"""Units typed by name or by the initials of their pinyin, parted by 、: 市司法局、zjj."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from members.models import Jurisdiction, Organization
from members.names import listed
from members.states import OrganizationKind
from suggestions.units import ceased_words, successor_of

SHOWN = 5


@dataclass(frozen=True)
class Offer:
    """A unit that is no more, as it was typed, and the one that stands in its place."""

    typed: str
    successor: Organization


class UnitsField(forms.CharField):
    """Several organizations; `among` says of which place and on which day.

    What has ceased is refused, and its successor is put into `offers`.
    """

    units: QuerySet[Organization] = Organization.objects.none()
    on: date | None = None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.offers: list[Offer] = []

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        search = {"data-units": reverse_lazy("members:organization-search"), "autocomplete": "off"}
        return {**super().widget_attrs(widget), **search}

    def among(self, jurisdiction: Jurisdiction, on: date) -> None:
        self.units = Organization.objects.filter(jurisdiction=jurisdiction).exclude(
            kind=OrganizationKind.DIVISION
        )
        self.on, self.offers = on, []

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or value is None:
            return value
        return names_of(value)

    def clean(self, value: Any) -> list[Organization]:
        typed = super().clean(value)
        found, wrong = [], []
        for name in listed(typed):
            try:
                found.append(self.found(name))
            except ValidationError as error:
                wrong.append(error)
        if wrong:
            raise ValidationError(wrong)
        return list(dict.fromkeys(found))

    def found(self, typed: str) -> Organization:
        """The unit meant: by its whole name, else the only one that fits.

        A whole name of a unit that ceased comes before a part of another's name.
        """
        held = self.units.on(self.on)
        for rows, meant in (
            (held, _exactly(typed)),
            (self.units, _exactly(typed)),
            (held, _nearly(typed)),
            (self.units, _nearly(typed)),
        ):
            hits = list(rows.filter(meant)[: SHOWN + 1])
            if hits:
                return self._the_one(typed, hits)
        raise ValidationError(
            _("There is no unit “%(typed)s”."), code="unknown", params={"typed": typed}
        )

    def _the_one(self, typed: str, hits: list[Organization]) -> Organization:
        if len(hits) > 1:
            names = names_of(hits[:SHOWN])
            raise ValidationError(
                _("“%(typed)s” may be %(names)s; give more of the name."),
                code="ambiguous",
                params={"typed": typed, "names": names},
            )
        unit = hits[0]
        if self.on is not None and not unit.holds_on(self.on):
            successor = successor_of(unit, self.on)
            if successor is not None:
                self.offers.append(Offer(typed, successor))
            raise ValidationError(ceased_words(unit, self.on), code="ceased")
        return unit


def names_of(units: Iterable[Organization]) -> str:
    return "、".join(unit.short_name for unit in units)


def put_in_place(text: str, typed: str, name: str) -> str:
    """The list with `name` where `typed` stood."""
    return "、".join(dict.fromkeys(name if part == typed else part for part in listed(text)))


def _exactly(typed: str) -> Q:
    return Q(name=typed) | Q(short_name=typed) | Q(initials__iexact=typed)


def _nearly(typed: str) -> Q:
    return Q(name__contains=typed) | Q(short_name__contains=typed) | Q(initials__icontains=typed)
