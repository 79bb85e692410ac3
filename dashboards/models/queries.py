"""Saved queries and what was mailed of them."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dashboards.queries.states import Grouping, Sharing, Span
from foundations.access.rows import MadeByForm, Record
from foundations.calendars.periods import add_months
from mechanisms.models import Mechanism
from members.models import Organization

FIRST_DAY, LAST_DAY = 1, 28
"""The days of a month on which a query may be mailed: every month has them."""


class SavedQuery(MadeByForm):
    """查询: which figures over which days, under a name of its owner's.

    `indicators` are keys, each as "R3" or, counted in a way of its own, as "R3:concluded".
    `since` and `until` (both inclusive) are there where the period is two fixed days.
    `organization` is whom it is shared with, if with one. `mail_day` is the day of each
    month on which the owner is sent the figures, first after `mails_after`.
    """

    mechanism = models.ForeignKey(
        Mechanism, on_delete=models.PROTECT, related_name="saved_queries"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="saved_queries"
    )
    name = models.CharField(_("name"), max_length=60)
    indicators = models.JSONField(_("indicators"))
    grouping = models.CharField(max_length=8, choices=Grouping, default=Grouping.NONE)
    span = models.CharField(max_length=20, choices=Span, default=Span.THIS_YEAR)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    unit = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    area = models.CharField(max_length=60, blank=True)
    shared_with = models.CharField(max_length=16, choices=Sharing, default=Sharing.NOBODY)
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    mail_day = models.PositiveSmallIntegerField(null=True, blank=True)
    mails_after = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "mechanism", "name"], name="dashboards_query_name"
            ),
            models.CheckConstraint(
                condition=Q(mail_day__isnull=True, mails_after__isnull=True)
                | Q(mail_day__range=(FIRST_DAY, LAST_DAY), mails_after__isnull=False),
                name="dashboards_query_mailed",
            ),
            models.CheckConstraint(
                condition=~Q(span=Span.DAYS) | Q(since__isnull=False, until__isnull=False),
                name="dashboards_query_days",
            ),
            models.CheckConstraint(
                condition=~Q(shared_with=Sharing.ORGANIZATION) | Q(organization__isnull=False),
                name="dashboards_query_shared",
            ),
        ]
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_chain(self) -> str:
        return self.owner.audit_chain

    def get_absolute_url(self) -> str:
        return reverse("dashboards:query", args=[self.mechanism.key, self.public_id])

    def due_by(self, on: date) -> date | None:
        """The last day by `on` (inclusive) on which it had to be mailed; None if there is none."""
        if self.mail_day is None or self.mails_after is None:
            return None
        first = on.replace(day=1)
        month = first if self.mail_day <= on.day else add_months(first, -1)
        due = month.replace(day=self.mail_day)
        return due if due > self.mails_after else None


class QueryMail(Record):
    """月度邮件: a query that was mailed to its owner, once for a month.

    `month` is the first day of the month in which it had to go out, `on` the day as of which
    the figures are known; their period is that of `due_on`.
    """

    query = models.ForeignKey(
        SavedQuery, null=True, on_delete=models.SET_NULL, related_name="mails"
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    due_on = models.DateField()
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["query", "month"], name="dashboards_mailed_once")
        ]
        ordering = ["-month", "-pk"]

    def __str__(self) -> str:
        return f"{self.query} {self.month:%Y-%m}"

    @property
    def audit_chain(self) -> str:
        return self.owner.audit_chain

    def get_absolute_url(self) -> str:
        """Asked for only while the query is there: without it nobody sees its mails."""
        return self.query.get_absolute_url() if self.query else reverse("dashboards:figures-front")
