"""The register of problems, and the page of one with its five parts (WJ-80)."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter

from bulletins.models import Bulletin
from cases.dictionaries import area_choices
from cases.models import Dispute
from foundations.access.acts import Act, page
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from mechanisms.models import Mechanism
from meetings.models import Meeting, Topic
from members.models import Organization
from members.policy import works_for
from problems.actions import agenda, problems
from problems.forms import problems as forms
from problems.models import Measure, Problem
from problems.states import ProblemState, Source
from problems.views.choosing import (
    LINKED,
    administration,
    linked,
    open_meetings,
    own_units,
    units_in,
    units_to_act,
)
from problems.views.pages import (
    NEAR,
    MatterFilter,
    MatterLedger,
    New,
    files_page,
    matter_columns,
    matter_list,
    matter_page,
    new_page,
    verbs_of,
)


def _choices(request: SignedInRequest, mechanism: Mechanism) -> dict:
    place, today = mechanism.jurisdiction_id, timezone.localdate()
    return {
        "agencies": administration(place, today),
        "units": units_in(place, today),
        **linked(request.user),
    }


def _first(request: SignedInRequest, _mechanism: Mechanism) -> dict:
    """What the form begins with where it was opened from a record."""
    kept = {name: request.GET[name] for name in LINKED if request.GET.get(name)}
    source = next((name for name in kept if name in Source.values), "")
    return {**kept, "source": source or ("trial" if "dispute" in kept else "")}


new_problem = new_page(
    New(
        model=Problem,
        form=forms.ProblemForm,
        action=problems.register,
        title=_("Register a problem"),
        label=_("Register"),
        done=_("The problem is registered; the other sides have been told."),
        home="problems:list",
        choices=_choices,
        first=_first,
        note=_(
            "Data, problem, cause, measures, tracking: what is not known yet is left empty. "
            "Every side and every joint owner reads it; name no party to a case."
        ),
    )
)
OF_PROBLEM: dict[str, Any] = {"model": Problem, "key": "problem_id", "related": NEAR}
analyse = page(
    Act(
        **OF_PROBLEM,
        form=forms.AnalyseForm,
        action=problems.analyse,
        title=_("Data, problem and cause"),
        label=_("Save"),
        done=_("It is kept."),
        verb="join",
        choices=lambda _user, row, today: {
            "units": units_in(row.mechanism.jurisdiction_id, today)
        },
        keeps=("area", "figures", "text", "cause", "units"),
    )
)
new_measure = page(
    Act(
        **OF_PROBLEM,
        form=forms.MeasureForm,
        action=problems.set_measure,
        title=_("Set a measure"),
        label=_("Set the measure"),
        done=_("The measure is set; its last day is a limit of the unit."),
        verb="join",
        choices=lambda user, row, today: {"unit": units_to_act(user, row, today)},
        note=_("What a court or a procuratorate does, and by when, it enters itself."),
    )
)
measure_done = page(
    Act(
        model=Measure,
        key="measure_id",
        form=forms.DoneForm,
        action=problems.finish_measure,
        title=_("The measure was taken"),
        label=_("Record it as done"),
        done=_("The measure is done."),
        verb="finish",
        days=("on",),
        related=("problem__mechanism__jurisdiction", "unit"),
    )
)
track = page(
    Act(
        **OF_PROBLEM,
        form=forms.TrackForm,
        action=problems.track,
        title=_("Note how it stands"),
        label=_("Note"),
        done=_("It is noted."),
        verb="join",
        choices=lambda user, row, today: {"unit": own_units(user, row, today)},
        days=("on",),
    )
)
solve = page(
    Act(
        **OF_PROBLEM,
        form=forms.EndForm,
        action=problems.solve,
        title=_("The problem is solved"),
        label=_("Solved"),
        done=_("The problem is solved; all who take part have been told."),
        verb="keep",
        days=("on",),
    )
)
drop = page(
    Act(
        **OF_PROBLEM,
        form=forms.DropForm,
        action=problems.drop,
        title=_("Pursue it no longer"),
        label=_("Drop the problem"),
        done=_("The problem is dropped; its open measures have no limit any more."),
        verb="keep",
    )
)
again = page(
    Act(
        **OF_PROBLEM,
        form=forms.AgainForm,
        action=problems.take_up_again,
        title=_("Take the problem up again"),
        label=_("Take up again"),
        done=_("The problem is open again."),
        verb="keep",
    )
)
on_agenda = page(
    Act(
        **OF_PROBLEM,
        form=forms.AgendaForm,
        action=agenda.problem_on_agenda,
        title=_("Put it on a meeting"),
        label=_("Submit the topic"),
        done=_("It is a topic of the meeting."),
        verb="keep",
        choices=lambda user, row, today: {"meeting": open_meetings(user, row, today)},
        note=_("The topic bears the title of this matter and goes through the meeting's agenda."),
    )
)
files = files_page(Problem)


class ProblemFilter(MatterFilter):
    state = ChoiceFilter(label=_("State"), choices=ProblemState.choices)
    source = ChoiceFilter(label=_("Source"), choices=Source.choices)
    area = ChoiceFilter(label=_("Area of administration"), choices=area_choices)
    agencies = ModelChoiceFilter(
        label=_("Agency"),
        queryset=lambda request: Organization.objects.filter(
            pk__in=_tagged(visible_to(request.user, Problem))
        ),
        to_field_name="public_id",
    )

    class Meta:
        model = Problem
        fields: list[str] = []


def _tagged(rows: Any) -> Any:
    through = Problem.agencies.through.objects
    return through.filter(problem__in=rows.values("pk")).values("organization")


class ProblemLedger(MatterLedger):
    name = "problems"
    title = _("Register of problems")
    subtitle = _("Data, problem, cause, measures, tracking")
    model = Problem
    filterset_class = ProblemFilter
    search_fields = ("title", "text", "cause")
    search_hint = _("Title, problem, cause")
    columns = matter_columns(_("Problem"), _("Seen on"))
    empty = _("No problem here")
    empty_hint = _("Register what a meeting, a bulletin, trials or data have shown.")
    standing_views = (
        (_("All"), ""),
        (ProblemState.FOUND.label, "state=found"),
        (ProblemState.MEASURED.label, "state=measured"),
        (ProblemState.TRACKED.label, "state=tracked"),
        (ProblemState.SOLVED.label, "state=solved"),
    )
    new = ("new", _("Register a problem"))


problem_list = matter_list(ProblemLedger, fetched=("measures",))


def _told(request: SignedInRequest, found: Problem) -> dict:
    user, policy = request.user, policy_for(Problem)
    live = not found.is_over
    keeps, joins = policy.can(user, "keep", found), policy.can(user, "join", found)
    measures = list(found.measures.select_related("unit"))
    all_done = not any(one.done_on is None for one in measures)
    return {
        "home": ProblemLedger.title,
        "home_url": reverse("problems:list"),
        "verbs": verbs_of(
            found,
            (keeps and not live, _("Take up again"), "again"),
            (keeps and live, _("Pursue it no longer"), "drop"),
            (joins and live, _("Data, problem and cause"), "analyse"),
            (keeps and live and found.topic_id is None, _("Put it on a meeting"), "agenda"),
            (joins and live, _("Note how it stands"), "track"),
            (joins and live, _("Set a measure"), "measure"),
            (keeps and live and bool(measures) and all_done, _("Solved"), "solve"),
        ),
        "measures": [
            (one, live and one.done_on is None and works_for(user, one.unit)) for one in measures
        ],
        "tracks": list(found.tracks.select_related("unit")),
        "agencies": list(found.agencies.order_by("order", "pk")),
        "links": _links(request, found),
    }


def _links(request: SignedInRequest, found: Problem) -> list[tuple[Any, Any]]:
    """Whence it came and where it is dealt with, as far as the reader may open it."""
    kinds = (
        (_("Meeting"), Meeting, found.meeting_id),
        (_("Bulletin"), Bulletin, found.bulletin_id),
        (_("Dispute"), Dispute, found.dispute_id),
        (_("Topic"), Topic, found.topic_id),
    )
    rows = [
        (label, visible_to(request.user, model).filter(pk=pk).first())
        for label, model, pk in kinds
        if pk is not None
    ]
    return [(label, row) for label, row in rows if row is not None]


problem = matter_page(Problem, "problem", _told)
