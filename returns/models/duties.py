from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import Record
from foundations.calendars.dues import Due
from foundations.calendars.terms import Per, Term
from mechanisms.models import Mechanism
from members.models import Jurisdiction, Organization
from members.models.terms import Term as Validity
from members.models.terms import TermQuerySet
from returns.states import HANDED_IN, OWED, ReturnState

PERS = (
    (Per.MONTH, _("Monthly")),
    (Per.QUARTER, _("Quarterly")),
    (Per.HALF_YEAR, _("Half-yearly")),
    (Per.YEAR, _("Yearly")),
)
RETURN_RULE = "RETURN"
"""The rule of the limit of a return."""


class DutyQuerySet(TermQuerySet):
    def for_listing(self) -> Self:
        return self.select_related("to", "mechanism__jurisdiction", "jurisdiction")


class ReturnDuty(Record, Validity):
    """报送事项: what units hand in each term, to whom; written from the profile only.

    `owed_by` holds the keys of units and groups as the text names them: who they are is
    found anew when the returns of a term are opened. `fields` are the figures asked for.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT)
    mechanism = models.ForeignKey(
        Mechanism, on_delete=models.PROTECT, related_name="return_duties"
    )
    key = models.SlugField(max_length=40)
    number = models.CharField(_("clause"), max_length=20)
    name = models.CharField(_("matter"), max_length=120)
    owed_by = models.JSONField(default=list)
    to = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("handed in to")
    )
    per = models.CharField(_("how often"), max_length=10, choices=PERS)
    due = models.JSONField(default=dict)
    fields = models.JSONField(default=list)
    evidence = models.BooleanField(_("evidence required"), default=False)
    nil = models.BooleanField(_("nil return allowed"), default=False)
    order = models.PositiveSmallIntegerField(default=0)
    objects = DutyQuerySet.as_manager()

    class Meta(Validity.Meta):
        constraints = [
            *Validity.Meta.constraints,
            models.UniqueConstraint(fields=["mechanism", "key"], name="returns_duty_key"),
        ]
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key

    def get_absolute_url(self) -> str:
        return reverse("returns:duty", args=[self.public_id])

    @property
    def often(self) -> str:
        return Due.of(self.due).words(self.per)

    @property
    def progress(self) -> str:
        """18 / 20, where a list has counted them."""
        asked = getattr(self, "asked", None)
        return "" if asked is None else f"{asked - getattr(self, 'owed', 0)} / {asked}"

    @property
    def field_labels(self) -> str:
        return "、".join(field["label"] for field in self.fields)


class ReturnQuerySet(models.QuerySet):
    def for_listing(self) -> Self:
        near = ("duty__to", "duty__mechanism", "organization", "jurisdiction")
        return self.select_related(*near)

    def owed(self) -> Self:
        return self.filter(state__in=OWED)

    def handed_in(self) -> Self:
        return self.filter(state__in=HANDED_IN)


class Return(Record):
    """报送: one unit's figures for one term, as they were asked for when it was opened.

    `due_on` is the last day in time (inclusive); one that was sent back has a new one.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT)
    duty = models.ForeignKey(ReturnDuty, on_delete=models.PROTECT, related_name="returns")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="returns", verbose_name=_("unit")
    )
    per = models.CharField(max_length=10, choices=PERS)
    year = models.PositiveSmallIntegerField(_("year"))
    n = models.PositiveSmallIntegerField()
    fields = models.JSONField(default=list)
    values = models.JSONField(default=dict)
    nil = models.BooleanField(_("nil return"), default=False, editable=False)
    remark = models.TextField(_("remark"), blank=True)
    opened_on = models.DateField()
    due_on = models.DateField(_("due on"))
    state = models.CharField(
        _("state"), max_length=8, choices=ReturnState, default=ReturnState.DUE, editable=False
    )
    sent_on = models.DateField(_("handed in on"), null=True, editable=False)
    accepted_on = models.DateField(_("accepted on"), null=True, editable=False)
    returned_reason = models.CharField(_("sent back because"), max_length=300, blank=True)
    objects = ReturnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "organization", "per", "year", "n"], name="returns_one_a_term"
            ),
            models.CheckConstraint(
                condition=~Q(nil=True) | ~Q(remark=""), name="returns_nil_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=False, state__in=("sent", "accepted"))
                | (Q(sent_on__isnull=True) & ~Q(state__in=("sent", "accepted"))),
                name="returns_sent_on",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="returns_due")]
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return f"{self.duty} {self.term.label} {self.organization.short_name}"

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key

    def get_absolute_url(self) -> str:
        return reverse("returns:detail", args=[self.public_id])

    @property
    def term(self) -> Term:
        return Term(self.year, Per(self.per), self.n)

    @property
    def label(self) -> str:
        return self.term.label

    @property
    def is_owed(self) -> bool:
        return self.state in OWED

    @property
    def is_late(self) -> bool:
        return self.sent_on is not None and self.sent_on > self.due_on

    def value(self, key: str) -> Any:
        return self.values.get(key)

    def overdue(self, on: date) -> bool:
        return self.is_owed and self.due_on < on

    @property
    def state_pill(self) -> tuple[str, str, str]:
        return RETURN_PILLS[ReturnState(self.state)] + (str(self.state_words),)

    @property
    def state_words(self) -> str:
        nil = self.nil and self.state in HANDED_IN
        return str(_("Nil return")) if nil else self.get_state_display()


RETURN_PILLS = {
    ReturnState.DUE: ("wait", "hourglass-split"),
    ReturnState.SENT: ("open", "send"),
    ReturnState.RETURNED: ("soon", "arrow-return-left"),
    ReturnState.ACCEPTED: ("done", "check-circle-fill"),
}
