"""By what the ledger of suggestions is narrowed. What is asked of addressees is asked of
one and the same: `unit` with `stage` finds letters in which that unit is at that stage."""

from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from members.models import Organization, User
from members.rosters import successors
from suggestions import work
from suggestions.models import Addressee, Suggestion
from suggestions.stages import Stage, at_stage, of_unit
from suggestions.states import Form, Kind, LetterState, Status

ONLY = (("true", _("Only these")),)


class Seen:
    """What the choices of one request are made of: the letters that the reader sees."""

    def __init__(self, user: User, on: date) -> None:
        self.user, self.on = user, on
        self.letters = visible_to(user, Suggestion)

    @cached_property
    def years(self) -> list[tuple[str, str]]:
        issued = self.letters.exclude(issued_on=None).dates("issued_on", "year", "DESC")
        return [(str(day.year), str(day.year)) for day in issued]

    @cached_property
    def areas(self) -> list[tuple[str, str]]:
        named = self.letters.exclude(area="").order_by("area")
        return [(area, area) for area in named.values_list("area", flat=True).distinct()]

    @cached_property
    def units(self) -> QuerySet[Organization]:
        """The addressees, and who stands in the place of those that are no more."""
        rows = Addressee.objects.filter(suggestion__in=self.letters)
        named = set(rows.order_by().values_list("organization", flat=True).distinct())
        return Organization.objects.filter(pk__in=named | successors(named, self.on))

    @cached_property
    def to_handle(self) -> set[int]:
        return work.letters_to_handle(self.user, self.on)


def look(request: SignedInRequest, on: date) -> None:
    """Keep on the request what its filters ask again for each tab of the ledger."""
    request.__dict__["_suggestions_seen"] = Seen(request.user, on)


def seen_by(request: SignedInRequest) -> Seen:
    """Of a request that was given to `look`."""
    found: Seen = request.__dict__["_suggestions_seen"]
    return found


class SuggestionFilter(FilterSet):
    stage = ChoiceFilter(label=_("Stage"), choices=Stage.choices, method="unchanged")
    mine = ChoiceFilter(label=_("For me to handle"), choices=ONLY, method="of_mine")
    year = ChoiceFilter(label=_("Year"), method="of_year")
    kind = ChoiceFilter(label=_("Kind"), choices=Kind.choices)
    form = ChoiceFilter(label=_("Form"), choices=Form.choices)
    unit = ModelChoiceFilter(
        label=_("Addressee"),
        queryset=Organization.objects.none(),
        to_field_name="public_id",
        method="unchanged",
    )
    status = ChoiceFilter(label=_("State"), choices=Status.choices)
    area = ChoiceFilter(label=_("Area"))

    class Meta:
        model = Suggestion
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = seen_by(self.request)
        self.filters["year"].extra["choices"] = lambda: seen.years
        self.filters["area"].extra["choices"] = lambda: seen.areas
        self.filters["unit"].queryset = seen.units

    @property
    def on(self) -> date:
        return seen_by(self.request).on

    def lines(self) -> Q:
        """Of addressees: those that `unit` and `stage` ask for; all when neither does."""
        if not self.form.is_valid():
            return Q()
        asked = Q()
        if unit := self.form.cleaned_data["unit"]:
            asked &= of_unit(unit, self.on)
        if stage := self.form.cleaned_data["stage"]:
            asked &= at_stage(stage, self.on)
        return asked

    def filter_queryset(self, queryset: QuerySet[Suggestion]) -> QuerySet[Suggestion]:
        """A draft is in hand before it names anybody; what was withdrawn is at no stage."""
        rows = super().filter_queryset(queryset)
        lines = self.lines()
        if not lines:
            return rows
        found = Exists(Addressee.objects.filter(lines, suggestion=OuterRef("pk")))
        asked = self.form.cleaned_data
        if asked["stage"]:
            rows = rows.exclude(state=LetterState.WITHDRAWN)
        if asked["stage"] == Stage.CURRENT and not asked["unit"]:
            return rows.filter(Q(state=LetterState.DRAFT) | found)
        return rows.filter(found)

    def unchanged(self, rows: QuerySet, _name: str, _value: object) -> QuerySet:
        return rows

    def of_mine(self, rows: QuerySet, _name: str, _value: object) -> QuerySet:
        return rows.filter(pk__in=seen_by(self.request).to_handle)

    def of_year(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows.filter(issued_on__year=int(value))
