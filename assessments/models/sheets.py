from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.models.schemes import Item, Scheme
from assessments.states import PILLS, TOLD, Outcome, SheetState
from bulletins.models import Bulletin
from foundations.access.rows import MadeByForm, Record
from members.models import Jurisdiction, Organization
from services.indicators.definitions import Unit
from services.indicators.periods import Period
from services.indicators.values import SMALL, Value

OBJECTION_LIMIT = "ASSESSMENT-OBJECTION"


class Sheet(MadeByForm):
    """考核表: the marks of units by a scheme, over a period (both days inclusive).

    Figures are those known on `counted_on`. From its announcement on they are not counted
    again, and from its publication on nothing in it changes (I10): a mistake is corrected by
    another sheet, whose `corrects` names this one. `organization` scores and publishes.
    """

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="sheets")
    title = models.CharField(_("title"), max_length=150)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    first_on = models.DateField(_("period from"))
    last_on = models.DateField(_("period until"))
    state = models.CharField(
        max_length=9, choices=SheetState, default=SheetState.DRAFT, editable=False
    )
    counted_on = models.DateField(null=True, editable=False)
    counted_at = models.DateTimeField(null=True, editable=False)
    announced_on = models.DateField(null=True, editable=False)
    object_by = models.DateField(_("objections until"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_on = models.DateField(null=True, editable=False)
    withdrawn_on = models.DateField(null=True, editable=False)
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    correction_reason = models.CharField(_("reason of the correction"), max_length=300, blank=True)
    bulletin = models.ForeignKey(
        Bulletin, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="assessments_sheet_period"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("published", "withdrawn"))
                | Q(published_at__isnull=False, counted_at__isnull=False),
                name="assessments_published_counted",
            ),
        ]
        ordering = ["-last_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_chain(self) -> str:
        return self.scheme.audit_chain

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.scheme.jurisdiction

    @property
    def period(self) -> str:
        """2026年度, 2026年第三季度, or both days."""
        return Period(self.first_on, self.last_on).label

    @property
    def is_draft(self) -> bool:
        return bool(self.state == SheetState.DRAFT)

    @property
    def is_told(self) -> bool:
        return self.state in TOLD

    @property
    def is_open_to_objections(self) -> bool:
        """Of its state; the last day is for whoever knows what day it is."""
        return bool(self.state == SheetState.ANNOUNCED)

    @property
    def state_pill(self) -> tuple[str, str, str]:
        return *PILLS[self.state], str(self.get_state_display())

    def get_absolute_url(self) -> str:
        return reverse("assessments:sheet", args=[self.public_id])


class OfSheet(Record):
    """What belongs to a sheet and is found on it."""

    class Meta:
        abstract = True

    sheet: Any

    @property
    def audit_chain(self) -> str:
        return self.sheet.audit_chain

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.sheet.jurisdiction


class AssessedQuerySet(models.QuerySet):
    def in_order(self) -> Self:
        """As the sheet is read: by rank, then those without one in the order of units."""
        return self.order_by(F("rank").asc(nulls_last=True), "organization__order", "pk")


class Assessed(OfSheet):
    """A unit on a sheet. `total` is out of 100 and `scored` the percent of the weight that
    could be scored; both, and the rank, are written when the sheet is told and published.
    `agreed_on`: the unit said that it has no objection. What is given to it, and what it says
    to that, is told in a trail of its own: others read that of the sheet."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="assessed")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    total = models.DecimalField(max_digits=6, decimal_places=2, null=True, editable=False)
    scored = models.DecimalField(max_digits=5, decimal_places=2, null=True, editable=False)
    rank = models.PositiveSmallIntegerField(null=True, editable=False)
    agreed_on = models.DateField(null=True, editable=False)
    objects = AssessedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "organization"], name="assessments_unit_once")
        ]
        ordering = ["organization__order", "pk"]

    def __str__(self) -> str:
        return f"{self.sheet.title} · {self.organization.short_name}"

    def get_absolute_url(self) -> str:
        return reverse("assessments:unit", args=[self.public_id])


class Score(OfSheet):
    """得分: one item of one unit. `n`, `d` and `figure` are empty for what is judged; a mark
    is empty where it is not scored (a base below ten), `reason` is what a person judged by.

    `asked` is the question as it was put: indicator, way of counting, its basis, both days,
    the day as of which it was known, the unit. `mark` is out of the item's full mark.
    """

    assessed = models.ForeignKey(Assessed, on_delete=models.CASCADE, related_name="scores")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    n = models.IntegerField(null=True, editable=False)
    d = models.IntegerField(null=True, editable=False)
    unit = models.CharField(max_length=8, blank=True, editable=False)
    figure = models.DecimalField(max_digits=12, decimal_places=2, null=True, editable=False)
    asked = models.JSONField(default=dict, editable=False)
    counted_mark = models.DecimalField(max_digits=6, decimal_places=2, null=True, editable=False)
    mark = models.DecimalField(
        _("mark given"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    typed_on = models.DateField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessed", "item"], name="assessments_scored_once"),
            models.CheckConstraint(
                condition=Q(mark=None) | Q(mark__gte=0), name="assessments_mark_positive"
            ),
        ]
        ordering = ["item__order", "item", "pk"]

    def __str__(self) -> str:
        return f"{self.assessed} · {self.item.name}"

    @property
    def sheet(self) -> Sheet:
        return self.assessed.sheet

    @property
    def value(self) -> Value | None:
        """The figure as it was counted; None for what is judged."""
        if self.n is None or self.d is None:
            return None
        return Value(self.n, self.d, Unit(self.unit))

    @property
    def figure_words(self) -> str:
        """60.00%（6 / 10）."""
        return str(self.value) if self.value is not None else ""

    @property
    def mark_words(self) -> str:
        """18.50, or that it is not scored; a dash where nobody judged it yet."""
        if self.mark is not None:
            return f"{self.mark}"
        return gettext("not scored") if self.value is not None else "—"

    @property
    def why(self) -> str:
        """What a person judged by, or why there is no mark."""
        if self.reason or self.mark is not None or self.value is None:
            return self.reason
        message = gettext("The base is below %(n)d: its weight is spread over the other items.")
        return message % {"n": SMALL}

    @property
    def changed(self) -> bool:
        """Does it differ from what was counted?"""
        return self.item.is_counted and self.mark != self.counted_mark

    def get_absolute_url(self) -> str:
        return self.assessed.get_absolute_url()


class Objection(OfSheet, MadeByForm):
    """异议: what a unit says against its mark for one item, and what became of it."""

    score = models.ForeignKey(Score, on_delete=models.CASCADE, related_name="objections")
    text = models.TextField(_("objection"), max_length=2000)
    made_on = models.DateField(editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(_("outcome"), max_length=7, choices=Outcome, blank=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    before = models.DecimalField(max_digits=6, decimal_places=2, null=True, editable=False)
    after = models.DecimalField(max_digits=6, decimal_places=2, null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_on = models.DateField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["score"], name="assessments_objected_once"),
            models.CheckConstraint(
                condition=Q(outcome="", answered_on=None)
                | ~Q(outcome="") & Q(answered_on__isnull=False),
                name="assessments_answered",
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.score}"

    @property
    def sheet(self) -> Sheet:
        return self.score.assessed.sheet

    @property
    def state_pill(self) -> tuple[str, str, str]:
        if not self.outcome:
            return "wait", "hourglass-split", gettext("Objection to be answered")
        upheld = self.outcome == Outcome.UPHELD
        icon = "check-circle-fill" if upheld else "slash-circle"
        return "done" if upheld else "void", icon, str(self.get_outcome_display())

    def get_absolute_url(self) -> str:
        return self.score.get_absolute_url()
