"""By what the ledger of disputes is narrowed; all but the guidance stands in the dispute's
own row."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from cases.dictionaries import area_choices
from cases.flow.table import table_of
from cases.models import Choice, Dispute
from cases.states import Flag, Kind, Standing
from foundations.ledgers.chips import pairs
from members.models import Organization, User
from members.standing import standing

ONLY = (("true", _("Only these")),)
GUIDED = Q(guidance__guided_on__isnull=False)
GUIDANCE = {
    "possible": (_("Could be guided to reconsideration"), Q(guidance__possible=True)),
    "guided": (_("Guided"), GUIDED),
    "missed": (_("Could be guided, not guided yet"), Q(guidance__possible=True) & ~GUIDED),
    "otherwise": (
        _("Guided, chose otherwise"),
        GUIDED & Q(guidance__chose__in=(Choice.MEDIATION, Choice.SUIT)),
    ),
}
"""应导、已导 (YC-20): the name of a view, and what belongs to it."""
DUE = (
    ("over", _("Overdue")),
    ("7", _("Due in 7 days")),
    ("30", _("Due in 30 days")),
    ("none", _("Without a limit")),
)


def _due(_user: User, value: str) -> Q:
    today = timezone.localdate()
    if value == "none":
        return Q(next_due_on=None)
    if value == "over":
        return Q(next_due_on__lt=today)
    return Q(next_due_on__range=(today, today + timedelta(days=int(value))))


def _mine(user: User, _value: str) -> Q:
    return Q(holder__in=standing(user).organizations) & ~Q(standing=Standing.CLOSED)


QUICK: dict[str, Callable[[User, str], Q]] = {
    "standing": lambda _user, value: Q(standing=value),
    "enterprise": lambda _user, _value: Q(enterprise=True),
    "due": _due,
    "mine": _mine,
}
"""Conditions on columns that access rows repeat from the dispute."""


def quick(query: QueryDict, user: User) -> Q | None:
    """What an address asks for, if access rows can answer it; None where they cannot."""
    found = Q()
    for name, value in pairs(query, drop=("sort", "group")):
        if name not in QUICK or not _is_offered(name, value):
            return None
        found &= QUICK[name](user, value)
    return found


def _is_offered(name: str, value: str) -> bool:
    return any(value == key for key, _words in DisputeFilter.base_filters[name].extra["choices"])


class DisputeFilter(FilterSet):
    standing = ChoiceFilter(label=_("Stand"), choices=Standing.choices)
    kind = ChoiceFilter(label=_("Procedure"), choices=Kind.choices)
    state = ChoiceFilter(label=_("State"))
    area = ChoiceFilter(label=_("Area"), choices=area_choices)
    agency = ModelChoiceFilter(
        label=_("Agency"), queryset=Organization.objects.none(), to_field_name="public_id"
    )
    flag = ChoiceFilter(label=_("Mark"), choices=Flag.choices, method="marked")
    guidance = ChoiceFilter(
        label=_("Guidance"),
        choices=[(key, name) for key, (name, _rows) in GUIDANCE.items()],
        method="guided",
    )
    enterprise = ChoiceFilter(label=_("Enterprise"), choices=ONLY, method="narrowed")
    due = ChoiceFilter(label=_("Next limit"), choices=DUE, method="narrowed")
    mine = ChoiceFilter(label=_("For us to act"), choices=ONLY, method="narrowed")
    year = ChoiceFilter(label=_("Year"), method="of_year")

    class Meta:
        model = Dispute
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = str((self.data or {}).get("kind", ""))
        if kind in Kind.values:
            states = table_of(kind).states.values()
            self.filters["state"].extra["choices"] = [(one.key, one.name) for one in states]
        else:
            del self.filters["state"]
        this_year = timezone.localdate().year
        years = [(str(year), str(year)) for year in range(this_year, this_year - 6, -1)]
        self.filters["year"].extra["choices"] = years
        asked = str((self.data or {}).get("agency", ""))
        if asked:
            self.filters["agency"].queryset = Organization.objects.filter(public_id=asked)

    def marked(self, rows: QuerySet[Dispute], _name: str, value: str) -> QuerySet[Dispute]:
        """The list is looked through as text, which both databases can."""
        text = Cast("flags", TextField())
        return rows.alias(marks=text).filter(marks__contains=f'"{value}"')

    def guided(self, rows: QuerySet[Dispute], _name: str, value: str) -> QuerySet[Dispute]:
        return rows.filter(GUIDANCE[value][1])

    def narrowed(self, rows: QuerySet[Dispute], name: str, value: str) -> QuerySet[Dispute]:
        return rows.filter(QUICK[name](self.request.user, value))

    def of_year(self, rows: QuerySet[Dispute], _name: str, value: str) -> QuerySet[Dispute]:
        return rows.filter(filed_on__year=int(value))
