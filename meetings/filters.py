"""What the lists of this room can be narrowed to."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import (
    ChoiceFilter,
    DateFromToRangeFilter,
    FilterSet,
    ModelChoiceFilter,
)

from meetings.models import Activity, Meeting, Resolution
from meetings.models.resolutions import ResolutionQuerySet
from meetings.policy.activities import near_units, seen_activities
from meetings.states import (
    AHEAD,
    COMING,
    HELD,
    TAKEN_PLACE,
    ActivityKind,
    ActivityState,
    MeetingKind,
    MeetingState,
    ResolutionState,
)
from members.models import Organization, User
from members.standing import standing
from members.states import Side

STAGES = {"ahead": AHEAD, "held": HELD}
ONLY = [("true", _("Only these"))]


class MeetingFilter(FilterSet):
    stage = ChoiceFilter(
        label=_("Stage"),
        choices=[("ahead", _("Still to be held")), ("held", _("Held"))],
        method="of_stage",
    )
    kind = ChoiceFilter(label=_("Kind"), choices=MeetingKind.choices)
    state = ChoiceFilter(label=_("State"), choices=MeetingState.choices)
    host = ChoiceFilter(
        label=_("Host"), choices=[(key, name) for key, name in Side.choices if key != Side.INVITED]
    )
    year = ChoiceFilter(label=_("Year"), choices=[("this", _("This year"))], method="of_year")
    day = DateFromToRangeFilter(label=_("Day"), field_name="planned_on")

    class Meta:
        model = Meeting
        fields: list[str] = []

    def of_stage(self, rows: QuerySet[Meeting], name: str, value: str) -> QuerySet[Meeting]:
        return rows.filter(state__in=STAGES[value])

    def of_year(self, rows: QuerySet[Meeting], name: str, value: bool) -> QuerySet[Meeting]:
        return rows.filter(planned_on__year=timezone.localdate().year)


class ResolutionFilter(FilterSet):
    state = ChoiceFilter(label=_("State"), choices=ResolutionState.choices)
    due_on = DateFromToRangeFilter(label=_("Due"))
    overdue = ChoiceFilter(label=_("Overdue"), choices=ONLY, method="of_overdue")
    mine = ChoiceFilter(label=_("Own unit"), choices=ONLY, method="of_own_unit")

    class Meta:
        model = Resolution
        fields: list[str] = []

    def of_overdue(self, rows: ResolutionQuerySet, name: str, value: str) -> ResolutionQuerySet:
        return rows.overdue(on=timezone.localdate())

    def of_own_unit(self, rows: ResolutionQuerySet, name: str, value: str) -> ResolutionQuerySet:
        return rows.filter(lead__in=standing(self.request.user).organizations)


class ActivityFilter(FilterSet):
    stage = ChoiceFilter(
        label=_("Stage"),
        choices=[("coming", _("Yet to take place")), ("taken_place", _("Took place"))],
        method="of_stage",
    )
    kind = ChoiceFilter(label=_("Kind"), choices=ActivityKind.choices)
    state = ChoiceFilter(label=_("State"), choices=ActivityState.choices)
    host = ModelChoiceFilter(
        label=_("Host"),
        field_name="host",
        queryset=lambda request: hosts_seen(request.user),
        to_field_name="public_id",
    )
    year = ChoiceFilter(label=_("Year"), choices=[("this", _("This year"))], method="of_year")
    day = DateFromToRangeFilter(label=_("Day"), field_name="on")
    mine = ChoiceFilter(label=_("Own unit"), choices=ONLY, method="of_own_unit")

    class Meta:
        model = Activity
        fields: list[str] = []

    def of_stage(self, rows: QuerySet[Activity], name: str, value: str) -> QuerySet[Activity]:
        return rows.filter(state__in=COMING if value == "coming" else TAKEN_PLACE)

    def of_year(self, rows: QuerySet[Activity], name: str, value: str) -> QuerySet[Activity]:
        return rows.filter(month__year=timezone.localdate().year)

    def of_own_unit(self, rows: QuerySet[Activity], name: str, value: str) -> QuerySet[Activity]:
        return rows.filter(near_units(standing(self.request.user)))


def hosts_seen(user: User) -> QuerySet[Organization]:
    hosts = seen_activities(user).values("host")
    return Organization.objects.filter(pk__in=hosts).order_by("order", "pk")
