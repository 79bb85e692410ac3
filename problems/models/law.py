"""What the sides find of the law: class cases, questions, and texts that all agree to."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from bulletins.models import Bulletin
from cases.dictionaries import area_name
from cases.models import Procedure
from mechanisms.models import Provision
from meetings.models import Topic
from members.models import Organization
from members.states import Side
from problems.models.matters import Matter, Part
from problems.states import AgreedState, ClassCaseState, QuestionState


class ClassCase(Matter):
    """类案: what one side tells the other of cases of one pattern (GL-3)."""

    page = "class-case"
    area = models.CharField(_("area of administration"), max_length=40, blank=True)
    agency = models.ForeignKey(
        Organization,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("agency"),
    )
    pattern = models.TextField(_("what the cases have in common"))
    advice = models.TextField(_("advice"))
    cases: models.ManyToManyField = models.ManyToManyField(Procedure, blank=True, related_name="+")
    state = models.CharField(
        max_length=10, choices=ClassCaseState, default=ClassCaseState.DRAFT, editable=False
    )
    bulletin = models.ForeignKey(
        Bulletin, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    told_on = models.DateField(null=True, editable=False)

    @property
    def area_name(self) -> str:
        return area_name(self.area) if self.area else ""

    @property
    def notes(self) -> list[str]:
        return [
            one for one in (self.area_name, self.agency.short_name if self.agency else "") if one
        ]


class Question(Matter):
    """法律适用问题: raised by a side, with each side's position and the outcome (YN-10)."""

    page = "question"
    text = models.TextField(_("question"))
    law = models.TextField(_("provisions of law"), blank=True)
    topic = models.ForeignKey(
        Topic, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    outcome = models.TextField(_("outcome"), blank=True)
    state = models.CharField(
        max_length=10, choices=QuestionState, default=QuestionState.OPEN, editable=False
    )
    ended_on = models.DateField(null=True, editable=False)


class Position(Part):
    """What one side holds on a question; a later position takes the place of an earlier."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="positions")
    side = models.CharField(max_length=16, choices=Side)
    unit = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(_("day"))
    text = models.TextField(_("position"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "side"], name="problems_position_of")
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_side_display()}：{self.text[:40]}"

    @property
    def matter(self) -> Matter:
        return self.question


class Agreed(Matter):
    """A text that holds from a day once every side has agreed to it; `MATTER` names the
    consent, `paper` its kind of document."""

    MATTER: str
    paper: str = ""
    text = models.TextField(_("text"))
    number = models.CharField(_("number"), max_length=60, blank=True)
    state = models.CharField(
        max_length=10, choices=AgreedState, default=AgreedState.DRAFT, editable=False
    )
    in_force_on = models.DateField(_("in force from"), null=True, blank=True, editable=False)
    ended_on = models.DateField(null=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["-begun_on", "-pk"]

    @property
    def is_in_force(self) -> bool:
        return bool(self.state == AgreedState.IN_FORCE)

    @property
    def predecessor(self) -> Any:
        """The text in whose place this one comes."""
        return None


class Standard(Agreed):
    """研讨共识、适用标准 (CX-50, GL-32): how a question of law is handled by all alike."""

    page = "standard"
    MATTER = "standard"
    paper = "consensus"
    question = models.ForeignKey(
        Question, null=True, blank=True, on_delete=models.PROTECT, related_name="standards"
    )
    edition = models.PositiveSmallIntegerField(_("edition"), default=1, editable=False)
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="successor"
    )

    @property
    def predecessor(self) -> Any:
        return self.supersedes

    @property
    def notes(self) -> list[str]:
        return [self.number] if self.number else []


class Interpretation(Agreed):
    """解释: what a clause of the institution means, by consent of its sides (YN-44)."""

    page = "interpretation"
    MATTER = "interpretation"
    provision = models.ForeignKey(Provision, on_delete=models.PROTECT, related_name="+")
    asked = models.TextField(_("question"))

    @property
    def notes(self) -> list[str]:
        return [self.provision.number, self.provision.clause]
