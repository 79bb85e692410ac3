"""By what the ledger of disputes is narrowed; all of it stands in the dispute's own row."""

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from cases.dictionaries import area_choices
from cases.flow.table import table_of
from cases.models import Access, Dispute
from cases.policy.circle import principals
from cases.states import Flag, Kind, Standing
from members.models import Organization
from members.standing import standing

ONLY = (("true", _("Only these")),)
DUE = (
    ("over", _("Overdue")),
    ("7", _("Due in 7 days")),
    ("30", _("Due in 30 days")),
    ("none", _("Without a limit")),
)
MOST_AGENCIES = 2000
"""The newest disputes of a reader whose agencies are offered as a choice."""


class DisputeFilter(FilterSet):
    standing = ChoiceFilter(label=_("Stand"), choices=Standing.choices)
    kind = ChoiceFilter(label=_("Procedure"), choices=Kind.choices)
    state = ChoiceFilter(label=_("State"))
    area = ChoiceFilter(label=_("Area"), choices=area_choices)
    agency = ModelChoiceFilter(
        label=_("Agency"), queryset=Organization.objects.none(), to_field_name="public_id"
    )
    flag = ChoiceFilter(label=_("Mark"), choices=Flag.choices, method="marked")
    enterprise = ChoiceFilter(label=_("Enterprise"), choices=ONLY, method="of_enterprises")
    due = ChoiceFilter(label=_("Next limit"), choices=DUE, method="falling_due")
    mine = ChoiceFilter(label=_("For us to act"), choices=ONLY, method="of_mine")
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
        self.filters["agency"].queryset = self._agencies()

    def _agencies(self) -> QuerySet[Organization]:
        """Those of the reader's newest disputes; a choice of all would read all rows."""
        mine = principals(standing(self.request.user))
        rows = Access.objects.filter(principal__in=mine).order_by("-filed_on", "-dispute")
        seen = Dispute.objects.filter(pk__in=rows.values("dispute")[:MOST_AGENCIES])
        return Organization.objects.filter(pk__in=seen.order_by().values("agency"))

    def marked(self, rows: QuerySet[Dispute], _name: str, value: str) -> QuerySet[Dispute]:
        """The list is looked through as text, which both databases can."""
        text = Cast("flags", TextField())
        return rows.alias(marks=text).filter(marks__contains=f'"{value}"')

    def of_enterprises(self, rows: QuerySet, _name: str, _value: str) -> QuerySet[Dispute]:
        return rows.filter(enterprise=True)

    def falling_due(self, rows: QuerySet[Dispute], _name: str, value: str) -> QuerySet[Dispute]:
        today = timezone.localdate()
        if value == "none":
            return rows.filter(next_due_on=None)
        if value == "over":
            return rows.filter(next_due_on__lt=today)
        return rows.filter(next_due_on__range=(today, today + timedelta(days=int(value))))

    def of_mine(self, rows: QuerySet[Dispute], _name: str, _value: str) -> QuerySet[Dispute]:
        mine = standing(self.request.user).organizations
        return rows.filter(Q(holder__in=mine), ~Q(standing=Standing.CLOSED))

    def of_year(self, rows: QuerySet[Dispute], _name: str, value: str) -> QuerySet[Dispute]:
        return rows.filter(filed_on__year=int(value))
