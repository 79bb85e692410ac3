from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.hearings.states import Level
from cases.models.mediation import MediationSession, SessionState
from foundations.access.rows import Record
from members.models import Organization


class SessionCall(Record):
    """参加调解通知: an agency is asked to send its head to a session, and says who comes
    (WJ-16). `urged_on` is the day on which it was last urged."""

    session = models.ForeignKey(MediationSession, on_delete=models.CASCADE, related_name="calls")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("agency")
    )
    told_at = models.DateTimeField(editable=False)
    urged_on = models.DateField(null=True, editable=False)
    replied_at = models.DateTimeField(null=True, editable=False)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    name = models.CharField(_("who comes"), max_length=60, blank=True)
    post = models.CharField(_("post"), max_length=80, blank=True)
    level = models.CharField(_("level"), max_length=8, choices=Level, blank=True)
    reason = models.CharField(_("why no head comes"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "organization"], name="cases_called_once")
        ]
        indexes = [
            models.Index(
                fields=["organization"],
                condition=models.Q(replied_at=None),
                name="cases_call_unanswered",
            )
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.organization.short_name} {self.session}"

    @property
    def audit_chain(self) -> str:
        return self.session.audit_chain

    def get_absolute_url(self) -> str:
        return f"{self.session.procedure.dispute.get_absolute_url()}?tab=settling"

    @property
    def replied(self) -> bool:
        return self.replied_at is not None

    @property
    def head_comes(self) -> bool:
        return self.replied and self.level != Level.OTHER

    @property
    def waits(self) -> bool:
        """May it still be answered, and may the agency be urged?"""
        return self.session.state == SessionState.PLANNED
