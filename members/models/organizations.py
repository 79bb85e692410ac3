from datetime import time

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import Record
from foundations.calendars.working_days import WorkCalendar, get_calendar
from members.models.terms import Term, TermQuerySet
from members.states import OrganizationKind, Side


class Jurisdiction(models.Model):
    """地区: the city, county or district that mechanisms serve; the root of everything."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60)
    division_code = models.CharField(_("division code"), max_length=12, blank=True)
    opens_at = models.TimeField(_("office hours from"), default=time(8, 30))
    closes_at = models.TimeField(_("office hours until"), default=time(17, 30))
    regional_days = models.BooleanField(_("regional holidays count as rest days"), default=True)

    def __str__(self) -> str:
        return self.name

    @property
    def audit_chain(self) -> str:
        return self.key

    @property
    def region(self) -> str:
        """The first two digits of the division code: 65 for 新疆."""
        return self.division_code[:2]

    @property
    def calendar(self) -> WorkCalendar:
        """The working days here: one query, then from memory while no table changes."""
        return get_calendar(self.region, regional_days=self.regional_days)


class OrganizationGroup(models.Model):
    """单位类别: a class of organizations that a document names as one."""

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT)
    key = models.SlugField(max_length=60)
    name = models.CharField(_("name"), max_length=120)
    organizations: models.ManyToManyField = models.ManyToManyField(
        "Organization", blank=True, related_name="groups"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "key"], name="members_group_key")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key


class Organization(Record, Term):
    """单位. A division is an organization with a parent; written by `members.actions`."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="organizations"
    )
    key = models.SlugField(max_length=60)
    name = models.CharField(_("full name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=60)
    initials = models.CharField(max_length=60, blank=True, editable=False)
    aliases = models.JSONField(_("other names"), default=list, blank=True)
    kind = models.CharField(_("kind"), max_length=24, choices=OrganizationKind)
    side = models.CharField(_("side"), max_length=16, choices=Side)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="divisions"
    )
    acts_for = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="acted_for_by"
    )
    order = models.PositiveIntegerField(_("order"), default=0)
    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        constraints = [
            *Term.Meta.constraints,
            models.UniqueConstraint(fields=["jurisdiction", "key"], name="members_org_key"),
        ]
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key

    def get_absolute_url(self) -> str:
        return reverse("members:organization", args=[self.public_id])

    @property
    def lead(self) -> "Organization":
        """The organization that a division belongs to; itself for any other."""
        return self.parent or self


class Succession(models.Model):
    """承继: from `on` (inclusive) the successor stands where the predecessor stood."""

    predecessor = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="successions"
    )
    successor = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="inheritances"
    )
    on = models.DateField(_("from"))
    basis = models.CharField(_("basis"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"], name="members_succession_pair"
            )
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"

    @property
    def audit_chain(self) -> str:
        return self.successor.audit_chain
