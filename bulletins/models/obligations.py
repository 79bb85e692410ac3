from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bulletins.cadence import PERIODIC, Cadence, cadence_words
from foundations.access.rows import Record
from mechanisms.models import Mechanism
from members.models import Jurisdiction, Organization
from members.models.terms import Term, TermQuerySet

RULE = "EXCHANGE"
"""The rule of the limit of an instalment."""


class ObligationQuerySet(TermQuerySet):
    def for_listing(self) -> Self:
        near = ("jurisdiction", "mechanism", "debtor", "office")
        return self.select_related(*near).prefetch_related("creditors")

    def in_year(self, year: int) -> Self:
        return self.overlapping(date(year, 1, 1), date(year, 12, 31))


class Obligation(Record, Term):
    """应通报事项: which matter `debtor` owes its `creditors`, and how often.

    Written from the profile only. A version that says something else ends the row and
    begins another, so that what was told under the old words stays with them. `office` is
    the unit that does the work (CX-44). `terms` holds what the cadence needs: `day`,
    `days_after`, `on`, `of`, or `within`. `figures` names the table of figures it carries,
    `reconciles_with` the obligation whose figures count the same fact (YN-32). Nothing is
    opened that was due before `watched_from`, the day on which the portal learnt of it.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT)
    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="obligations")
    key = models.SlugField(max_length=40)
    number = models.CharField(_("clause"), max_length=20)
    name = models.CharField(_("matter"), max_length=120)
    debtor = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="owes")
    office = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="obligations_handled"
    )
    creditors: models.ManyToManyField = models.ManyToManyField(
        Organization, related_name="is_owed"
    )
    cadence = models.CharField(_("how often"), max_length=12, choices=Cadence)
    terms = models.JSONField(default=dict)
    figures = models.CharField(max_length=40, blank=True)
    reconciles_with = models.CharField(max_length=40, blank=True)
    library = models.CharField(max_length=40, blank=True)
    note = models.TextField(_("note"), blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    watched_from = models.DateField()
    objects = ObligationQuerySet.as_manager()

    class Meta(Term.Meta):
        constraints = [
            *Term.Meta.constraints,
            models.UniqueConstraint(
                fields=["mechanism", "key", "debtor", "valid_from"],
                name="bulletins_obligation_key",
            ),
        ]
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key

    @property
    def is_periodic(self) -> bool:
        return self.cadence in PERIODIC

    @property
    def often(self) -> str:
        return cadence_words(self.cadence, self.terms)

    def get_absolute_url(self) -> str:
        return reverse("bulletins:obligation", args=[self.public_id])


class InstalmentState(models.TextChoices):
    DUE = "due", _("Owed")
    SENT = "sent", _("Told")
    NIL = "nil", _("Nil return")
    VOID = "void", _("Fell away")


ANSWERED = (InstalmentState.SENT, InstalmentState.NIL)
PILLS = {
    InstalmentState.DUE: ("open", "circle"),
    InstalmentState.SENT: ("done", "send-check"),
    InstalmentState.NIL: ("done", "dash-circle"),
    InstalmentState.VOID: ("void", "slash-circle"),
}


class InstalmentQuerySet(models.QuerySet):
    def for_listing(self) -> Self:
        near = ("obligation__jurisdiction", "obligation__mechanism")
        return self.select_related(*near, "obligation__debtor", "obligation__office", "nil_by")

    def open(self) -> Self:
        return self.filter(state=InstalmentState.DUE)

    def standing(self) -> Self:
        return self.exclude(state=InstalmentState.VOID)


class Instalment(Record):
    """一期: one term, one event, or one planned day of an obligation.

    `term` tells it apart from the others of its obligation: 2026-month-3,
    plan-2026-03-20; empty for an event. `first_on` and `last_on` are the days that it
    tells of. `done_on` is the day on which it was sent or nil returned.
    """

    obligation = models.ForeignKey(
        Obligation, on_delete=models.PROTECT, related_name="instalments"
    )
    term = models.CharField(max_length=40, blank=True)
    label = models.CharField(_("instalment"), max_length=120)
    first_on = models.DateField()
    last_on = models.DateField()
    due_on = models.DateField(_("due"), null=True)
    state = models.CharField(
        _("state"),
        max_length=8,
        choices=InstalmentState,
        default=InstalmentState.DUE,
        editable=False,
    )
    done_on = models.DateField(_("sent"), null=True, editable=False)
    nil_reason = models.CharField(_("reason"), max_length=500, blank=True)
    nil_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    nil_at = models.DateTimeField(null=True)
    objects = InstalmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "term"],
                condition=~Q(term=""),
                name="bulletins_instalment_term",
            ),
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="bulletins_instalment_days"
            ),
            models.CheckConstraint(
                condition=~Q(state="nil", nil_reason=""), name="bulletins_nil_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=False, state__in=("sent", "nil"))
                | Q(done_on__isnull=True, state__in=("due", "void")),
                name="bulletins_instalment_done",
            ),
        ]
        indexes = [models.Index(fields=["due_on"], name="bulletins_instalment_due")]
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return f"{self.obligation} {self.label}"

    @property
    def audit_chain(self) -> str:
        return self.obligation.audit_chain

    @property
    def state_pill(self) -> tuple[str, str, str]:
        kind, icon = PILLS[InstalmentState(self.state)]
        return kind, icon, str(self.get_state_display())

    @property
    def is_open(self) -> bool:
        return self.state == InstalmentState.DUE

    @property
    def is_late(self) -> bool:
        """Was it done after its last day?"""
        return bool(self.done_on and self.due_on and self.done_on > self.due_on)

    @property
    def days_late(self) -> int:
        return (self.done_on - self.due_on).days if self.done_on and self.due_on else 0

    def get_absolute_url(self) -> str:
        return reverse("bulletins:instalment", args=[self.public_id])


class YearPlan(Record):
    """年度计划: the days on which a matter without a number of its own is told in a year."""

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField(_("year"))
    days = models.JSONField(default=list)
    entered_on = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["obligation", "year"], name="bulletins_plan_year")
        ]

    def __str__(self) -> str:
        return f"{self.obligation} {self.year}"

    @property
    def audit_chain(self) -> str:
        return self.obligation.audit_chain

    def get_absolute_url(self) -> str:
        return self.obligation.get_absolute_url()
