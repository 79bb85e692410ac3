"""Putting a query together, and keeping it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from dashboards.actions import QueryWords
from dashboards.models.queries import FIRST_DAY, LAST_DAY
from dashboards.queries.states import Grouping, Sharing, Span
from dashboards.queries.wanted import Wanted, picks_of
from foundations.access.errors import RuleBroken
from foundations.access.form_shapes import day_field
from foundations.access.forms import OnceForm, PortalForm
from mechanisms.models import Mechanism
from members.models import Organization, User
from members.states import OrganizationKind
from services.indicators.definitions import Indicator, indicators

LONGEST = 60
USUAL = {"grouping": Grouping.NONE, "span": Span.THIS_YEAR}


class Keys(forms.MultipleChoiceField):
    """Keys of indicators or of ways to count them; the result tells which are not defined
    (any more). What was left open is not asked for."""

    def valid_value(self, value: str) -> bool:
        return len(value) <= LONGEST

    def clean(self, value: Any) -> Any:
        return super().clean([one for one in value or () if one])


@dataclass(frozen=True)
class Offer:
    """An indicator to be ticked, with its ways of counting where there are several."""

    indicator: Indicator
    ticked: bool
    way: str

    @property
    def ways(self) -> list[tuple[str, str, bool]]:
        """Key, name and whether it is chosen."""
        key = self.indicator.key
        found = self.indicator.variants.values() if len(self.indicator.variants) > 1 else ()
        return [(f"{key}:{one.key}", one.name, f"{key}:{one.key}" == self.way) for one in found]


class QueryForm(PortalForm):
    """Its state stands in the address; `wanted` and `asked` are there when it is valid."""

    what = Keys(
        label=_("Indicators"), error_messages={"required": _("Choose at least one indicator.")}
    )
    way = Keys(label=_("Counted by"), required=False)
    grouping = forms.ChoiceField(label=_("Grouped by"), choices=Grouping.choices)
    span = forms.ChoiceField(label=_("Period"), choices=Span.choices)
    since = day_field(_("From"), required=False)
    until = day_field(_("Until"), required=False)
    unit = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Organization.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("All units"),
    )
    area = forms.ChoiceField(label=_("Area"), required=False)

    def __init__(
        self,
        data: QueryDict | None,
        *,
        mechanism: Mechanism,
        reader: User,
        areas: list[tuple[str, Any]],
        on: date,
    ) -> None:
        super().__init__(_stated(data), initial=USUAL)
        self.mechanism, self.reader, self.on = mechanism, reader, on
        units = Organization.objects.filter(jurisdiction=mechanism.jurisdiction_id)
        self.fields["unit"].queryset = units.exclude(kind=OrganizationKind.DIVISION).order_by(
            "order", "pk"
        )
        self.fields["area"].choices = [("", _("All areas")), *areas]
        self.wanted: Wanted | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.errors:
            return data
        self.wanted = Wanted(
            picks=picks_of(data["what"], data["way"]),
            grouping=Grouping(data["grouping"]),
            span=Span(data["span"]),
            since=data["since"],
            until=data["until"],
            unit=data["unit"],
            area=data["area"],
        )
        try:
            self.asked = self.wanted.asked(self.mechanism, self.reader, on=self.on)
        except RuleBroken as broken:
            self.add_error(broken.field, broken.message)
        return data

    @property
    def conditions(self) -> Iterator[forms.BoundField]:
        """All but the indicators."""
        return (field for field in self if field.name not in ("what", "way"))

    @property
    def families(self) -> list[tuple[str, list[Offer]]]:
        ticked = set(self["what"].value() or ())
        ways = {one.partition(":")[0]: one for one in self["way"].value() or () if one}
        found: dict[str, list[Offer]] = {}
        for key, one in indicators().items():
            found.setdefault(one.family, []).append(Offer(one, key in ticked, ways.get(key, "")))
        return list(found.items())


def _stated(data: QueryDict | None) -> QueryDict | None:
    """With the usual words where the address has none."""
    if data is None:
        return None
    stated = data.copy()
    for name, usual in USUAL.items():
        if not stated.get(name):
            stated[name] = usual
    return stated


class KeepForm(OnceForm):
    """Under which name a query is kept, with whom it is shared, and when it is mailed."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Query name"), max_length=60)
    shared_with = forms.ChoiceField(
        label=_("Shared with"),
        choices=Sharing.choices,
        help_text=_("Whoever opens a shared query reads the figures of the own records."),
    )
    mail_day = forms.IntegerField(
        label=_("Mailed to you on this day of each month"),
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        required=False,
        help_text=_("From 1 to 28; left empty, no mail is sent."),
    )

    def given(self) -> dict[str, Any]:
        data = self.cleaned_data
        words = QueryWords(data["name"], data["shared_with"], data["mail_day"])
        return {"words": words, "token": data["form_token"]}


class ChangeForm(KeepForm):
    """Of a query that is there already: it comes back with the version that was seen."""

    def given(self) -> dict[str, Any]:
        return {"words": super().given()["words"], "version": self.cleaned_data["version"]}


class RemoveForm(PortalForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def given(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
