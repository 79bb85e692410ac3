import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from meetings.states import AHEAD, HELD, MeetingKind, MeetingState
from members.states import Side

STAGES = {"ahead": AHEAD, "held": HELD}


class MeetingFilter(django_filters.FilterSet):
    stage = django_filters.ChoiceFilter(
        label=_("Stage"),
        choices=[("ahead", _("Still to be held")), ("held", _("Held"))],
        method="of_stage",
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=MeetingKind.choices)
    state = django_filters.ChoiceFilter(label=_("State"), choices=MeetingState.choices)
    host = django_filters.ChoiceFilter(
        label=_("Host"), choices=[(key, name) for key, name in Side.choices if key != Side.INVITED]
    )
    year = django_filters.ChoiceFilter(
        label=_("Year"), choices=[("this", _("This year"))], method="of_year"
    )
    day = django_filters.DateFromToRangeFilter(label=_("Day"), field_name="planned_on")

    class Meta:
        model = Meeting
        fields: list[str] = []

    def of_stage(self, rows, name, value):
        return rows.filter(state__in=STAGES[value])

    def of_year(self, rows, name, value):
        return rows.filter(planned_on__year=timezone.localdate().year)
