from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import MadeByForm, Record
from mechanisms.models import Mechanism
from members.models import Jurisdiction, Organization
from returns.states import RoundKind, SheetState

SHEET_RULE, POINT_RULE = "CHECK-SHEET", "CHECK-POINT"


class CheckRound(MadeByForm):
    """自查: who checks which items until when; a facility check is one of rooms and means."""

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT)
    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=12, choices=RoundKind)
    number = models.CharField(_("clause"), max_length=20, blank=True)
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="check_rounds",
        verbose_name=_("called by"),
    )
    title = models.CharField(_("title"), max_length=120)
    items = models.JSONField(_("items"), default=list)
    begun_on = models.DateField(_("begun on"))
    due_on = models.DateField(_("due on"))

    class Meta:
        ordering = ["-begun_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key

    def get_absolute_url(self) -> str:
        return reverse("returns:round", args=[self.public_id])


class SheetQuerySet(models.QuerySet):
    def for_listing(self) -> Self:
        near = ("round__organization", "round__jurisdiction", "round__mechanism", "organization")
        return self.select_related(*near).prefetch_related("points")


class CheckSheet(Record):
    """自查表: what one unit found of each item."""

    round = models.ForeignKey(CheckRound, on_delete=models.PROTECT, related_name="sheets")
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="check_sheets",
        verbose_name=_("unit"),
    )
    state = models.CharField(
        _("state"), max_length=8, choices=SheetState, default=SheetState.DUE, editable=False
    )
    sent_on = models.DateField(_("checked on"), null=True, editable=False)
    remark = models.TextField(_("remark"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    objects = SheetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "organization"], name="returns_sheet_of"),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=False, state="sent")
                | (Q(sent_on__isnull=True) & ~Q(state="sent")),
                name="returns_sheet_sent",
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.round} {self.organization.short_name}"

    @property
    def audit_chain(self) -> str:
        return self.round.audit_chain

    def get_absolute_url(self) -> str:
        return reverse("returns:sheet", args=[self.public_id])

    @property
    def lacking(self) -> list["CheckPoint"]:
        """What was found wanting, mended or not."""
        return [one for one in self.points.all() if not one.passed]

    @property
    def to_mend(self) -> list["CheckPoint"]:
        return [one for one in self.lacking if one.mended_on is None]

    @property
    def mend_by(self) -> date | None:
        """The next day by which something has to be put right."""
        days = [one.mend_by for one in self.to_mend if one.mend_by]
        return min(days, default=None)

    @property
    def day(self) -> date | None:
        """The next day on which the unit has to act."""
        return self.round.due_on if self.state == SheetState.DUE else self.mend_by

    @property
    def state_pill(self) -> tuple[str, str, str]:
        if self.state == SheetState.DUE:
            return "wait", "hourglass-split", self.get_state_display()
        if self.to_mend:
            return "soon", "wrench", str(_("To be put right"))
        return "done", "check-circle-fill", str(_("In order"))


class CheckPoint(Record):
    """One item of a sheet: there, or what is wanting and by when it is put right."""

    sheet = models.ForeignKey(CheckSheet, on_delete=models.CASCADE, related_name="points")
    item = models.CharField(_("item"), max_length=120)
    passed = models.BooleanField(_("in order"), default=False)
    lacks = models.CharField(_("what is wanting"), max_length=300, blank=True)
    mend_by = models.DateField(_("to be put right by"), null=True, blank=True)
    mended_on = models.DateField(_("put right on"), null=True, editable=False)
    mended = models.CharField(_("how it was put right"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(passed=True) | ~Q(lacks=""), name="returns_point_says_what"
            )
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.item

    @property
    def audit_chain(self) -> str:
        return self.sheet.audit_chain

    def get_absolute_url(self) -> str:
        return self.sheet.get_absolute_url()
