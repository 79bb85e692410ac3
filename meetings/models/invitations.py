from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import Record
from meetings.models.meetings import Meeting
from meetings.states import AttendanceState, InviteeCategory, ReceiptState
from members.models import Organization, Person
from members.states import SeatRole, Side
from services.documents.models import OfficialDocument

GUEST_CATEGORIES = frozenset(
    {
        InviteeCategory.CONGRESS_DEPUTY,
        InviteeCategory.CONSULTATIVE_MEMBER,
        InviteeCategory.LAWYER,
    }
)


class SideNotice(models.Model):
    """The notice that one side gave its own people (YN-4); a later one replaces it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="side_notices")
    side = models.CharField(max_length=16, choices=Side)
    document = models.OneToOneField(OfficialDocument, on_delete=models.PROTECT)
    sequence = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "side", "sequence"], name="meetings_one_notice_a_side"
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting} {self.get_side_display()}"


class InvitationQuerySet(models.QuerySet):
    def notified(self) -> Self:
        return self.filter(notified_at__isnull=False)

    def for_listing(self) -> Self:
        return self.select_related("organization", "person", "substitute").order_by("order", "pk")


class Invitation(Record):
    """通知、回执、出席 of one invitee, who has an account, is on the roster, or is a guest
    known by name and unit only."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="invitations")
    side = models.CharField(_("side"), max_length=16, choices=Side)
    category = models.CharField(_("category"), max_length=20, choices=InviteeCategory)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations"
    )
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("name"), max_length=60)
    unit_and_title = models.CharField(_("unit and title"), max_length=160, blank=True)
    seat_role = models.CharField(max_length=24, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    notified_at = models.DateTimeField(null=True)
    receipt = models.CharField(
        max_length=12, choices=ReceiptState, default=ReceiptState.NONE, editable=False
    )
    receipt_at = models.DateTimeField(null=True)
    receipt_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    leave_reason = models.CharField(_("reason of leave"), max_length=200, blank=True)
    substitute = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    substitute_name = models.CharField(_("substitute"), max_length=60, blank=True)
    substitute_title = models.CharField(_("substitute's post"), max_length=120, blank=True)
    attendance = models.CharField(
        max_length=12, choices=AttendanceState, default=AttendanceState.UNKNOWN, editable=False
    )
    arrived_at = models.DateTimeField(null=True)
    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=Q(person__isnull=False),
                name="meetings_invited_once",
            )
        ]
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.meeting}"

    @property
    def audit_chain(self) -> str:
        return self.meeting.audit_chain

    @property
    def is_guest(self) -> bool:
        """Invited from outside the sides: sees the agenda, not what lies behind it (G11)."""
        return self.category in GUEST_CATEGORIES

    @property
    def attendee(self) -> Person | None:
        """Who sat in the meeting on this invitation, as far as the directory knows them."""
        if self.attendance == AttendanceState.SUBSTITUTE:
            return self.substitute
        return self.person if self.attendance == AttendanceState.PRESENT else None

    @property
    def short_unit_and_title(self) -> str:
        """As the page of the meeting has it; papers write the unit in full."""
        unit = self.organization
        if unit is None or not self.unit_and_title.startswith(unit.name):
            return self.unit_and_title
        return unit.short_name + self.unit_and_title.removeprefix(unit.name)

    @property
    def role_label(self) -> str:
        """召集人, or the category of who has no seat."""
        if self.seat_role:
            return str(SeatRole(self.seat_role).label)
        return self.get_category_display()

    @property
    def substitute_label(self) -> str:
        return f"{self.substitute_title}{self.substitute_name}"

    def get_absolute_url(self) -> str:
        return self.meeting.get_absolute_url()
