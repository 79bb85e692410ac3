from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import Record
from members.models.organizations import Jurisdiction, Organization
from members.models.people import Person, Post
from members.models.terms import Term, TermQuerySet
from members.states import SeatRole, Side


class Body(Record):
    """机构: a joint meeting, a leading group or its office; its roster is its seats.

    `published`: an issued institution set it up, and prints its roster in an annex.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="bodies")
    key = models.SlugField(max_length=60)
    name = models.CharField(_("name"), max_length=120)
    published = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "key"], name="members_body_key")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("members:roster", args=[self.public_id])

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key


class Seat(Record, Term):
    """席位: a role in a body held by a person in a post for a term.

    An ex-officio seat names the organization and the title instead: whoever holds that
    post on a day holds the seat. Exactly one liaison officer a side (YN-23); overlapping
    terms are refused by `members.actions`, the open-ended one by the database too.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(_("role"), max_length=24, choices=SeatRole)
    side = models.CharField(_("side"), max_length=16, choices=Side)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="seats"
    )
    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="seats"
    )
    ex_officio = models.BooleanField(_("ex officio"), default=False)
    ex_officio_organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ex_officio_title = models.CharField(_("ex-officio title"), max_length=60, blank=True)
    order = models.PositiveIntegerField(_("order"), default=0)
    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        constraints = [
            *Term.Meta.constraints,
            models.UniqueConstraint(
                fields=["body", "side"],
                condition=Q(role=SeatRole.LIAISON_OFFICER, valid_to__isnull=True),
                name="members_one_liaison_officer",
            ),
            models.CheckConstraint(
                condition=Q(ex_officio=True, ex_officio_organization__isnull=False)
                | Q(ex_officio=False, person__isnull=False),
                name="members_seat_holder",
            ),
        ]
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.body} {self.get_role_display()} {self.person or self.ex_officio_title}"

    @property
    def audit_chain(self) -> str:
        return self.body.audit_chain


class RosterChange(Record):
    """名单变动: seats that ended and began together, and the notice made of it."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="changes")
    on = models.DateField(_("effective from"))
    reason = models.CharField(_("reason"), max_length=200)
    ended = models.ManyToManyField(Seat, related_name="ended_by", blank=True)
    begun = models.ManyToManyField(Seat, related_name="begun_by", blank=True)

    def __str__(self) -> str:
        return f"{self.body} {self.on}"

    def get_absolute_url(self) -> str:
        """Its place in the list of changes beside the roster."""
        return f"{self.body.get_absolute_url()}#change-{self.public_id}"

    @property
    def audit_chain(self) -> str:
        return self.body.audit_chain
