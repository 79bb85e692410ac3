"""Units typed by name or by the initials of their pinyin: 市司法局, sfj."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from members.models import Jurisdiction, Organization

SHOWN = 5


class UnitField(forms.CharField):
    """One organization of a jurisdiction; `among(...)` says of which one and on which day."""

    units: QuerySet = Organization.objects.none()

    def among(self, jurisdiction: Jurisdiction, on: date) -> None:
        self.units = Organization.objects.on(on).filter(jurisdiction=jurisdiction)

    def prepare_value(self, value: Any) -> Any:
        return value.short_name if isinstance(value, Organization) else value

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        return self.found(typed) if typed else None

    def found(self, typed: str) -> Organization:
        """The unit meant by `typed`: by its whole name, else the only one that fits."""
        whole = list(self.units.filter(_exactly(typed))[:2])
        near = whole or list(self.units.filter(_nearly(typed))[: SHOWN + 1])
        if len(near) == 1:
            return near[0]
        if not near:
            raise ValidationError(
                _("There is no unit “%(typed)s”."), code="unknown", params={"typed": typed}
            )
        raise ValidationError(
            _("“%(typed)s” may be %(names)s; give more of the name."),
            code="ambiguous",
            params={"typed": typed, "names": "、".join(unit.short_name for unit in near[:SHOWN])},
        )


class UnitsField(UnitField):
    """Several organizations, parted by 、 or a comma."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or value is None:
            return value
        return "、".join(unit.short_name for unit in value)

    def clean(self, value: Any) -> Any:
        typed = forms.CharField.clean(self, value)
        names = typed.replace("，", "、").replace(",", "、").split("、")
        return [self.found(name.strip()) for name in names if name.strip()]


def _exactly(typed: str) -> Q:
    return Q(name=typed) | Q(short_name=typed) | Q(initials__iexact=typed)


def _nearly(typed: str) -> Q:
    return Q(name__contains=typed) | Q(initials__icontains=typed)
