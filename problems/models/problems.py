from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from bulletins.models import Bulletin
from cases.dictionaries import area_name
from cases.models import Dispute
from meetings.models import Meeting, Topic
from members.models import Organization
from problems.models.matters import Matter, Part
from problems.states import ProblemState, Source

MEASURE_LIMIT = "PROBLEM-MEASURE"


class Problem(Matter):
    """问题: data, problem, cause, measures, tracking (WJ-80), from wherever it was seen.

    `units` are its joint owners, of both sides; `agencies` are those whose acts it is
    about, and are not shown it for that alone.
    """

    page = "problem"
    source = models.CharField(_("source"), max_length=16, choices=Source)
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    bulletin = models.ForeignKey(
        Bulletin, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    dispute = models.ForeignKey(
        Dispute, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    topic = models.ForeignKey(
        Topic, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    area = models.CharField(_("area of administration"), max_length=40, blank=True)
    agencies: models.ManyToManyField = models.ManyToManyField(
        Organization, blank=True, related_name="+"
    )
    figures = models.TextField(_("what the data show"), blank=True)
    text = models.TextField(_("problem"))
    cause = models.TextField(_("cause of the problem"), blank=True)
    outcome = models.TextField(_("what it came to"), blank=True)
    state = models.CharField(
        max_length=10, choices=ProblemState, default=ProblemState.FOUND, editable=False
    )
    ended_on = models.DateField(null=True, editable=False)

    @property
    def area_name(self) -> str:
        return area_name(self.area) if self.area else ""

    @property
    def next_due_on(self) -> date | None:
        """The next day on which a measure is due; of those that were fetched with it."""
        days = [one.due_on for one in self.measures.all() if one.done_on is None]
        return min(days) if days and not self.is_over else None

    @property
    def notes(self) -> list[str]:
        return [one for one in (str(self.get_source_display()), self.area_name) if one]


class Measure(Part):
    """What a unit does about a problem, and by when."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="measures")
    what = models.CharField(_("measure"), max_length=300)
    unit = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit")
    )
    set_on = models.DateField()
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(null=True, editable=False)
    outcome = models.TextField(_("what was done"), blank=True)

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.what

    @property
    def matter(self) -> Matter:
        return self.problem


class Track(Part):
    """跟踪: how a problem stood on a day, in the words of a unit."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="tracks")
    on = models.DateField(_("day"))
    unit = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("how it stands"))

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def matter(self) -> Matter:
        return self.problem
