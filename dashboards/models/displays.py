"""Screens on walls: each an account of its own, tied to one address."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import MadeByForm
from mechanisms.models import Mechanism

SILENT_AFTER = timedelta(minutes=10)


class DisplayState(models.TextChoices):
    WAITING = "waiting", _("Waiting for its screen")
    LAPSED = "lapsed", _("Link not used in time")
    ON = "on", _("In use")
    SILENT = "silent", _("Not heard of")
    REVOKED = "revoked", _("Revoked")


PILLS = {
    DisplayState.WAITING: ("wait", "hourglass-split"),
    DisplayState.LAPSED: ("void", "slash-circle"),
    DisplayState.ON: ("kept", "check-circle"),
    DisplayState.SILENT: ("soon", "exclamation-triangle"),
    DisplayState.REVOKED: ("void", "slash-circle"),
}


class Display(MadeByForm):
    """大屏账号: a screen reads the page of the wall from `address`, and nothing else.

    `link_digest` is of the link by which its browser enters, once and before `link_until`;
    it goes when it was used. `digest` is of what that browser keeps. `refused_at` is when a
    call from elsewhere was last put on the trail.
    """

    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="displays")
    name = models.CharField(_("where it hangs"), max_length=60)
    address = models.GenericIPAddressField(_("address"), unpack_ipv4=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    link_digest = models.CharField(max_length=64, null=True, unique=True, editable=False)
    link_until = models.DateTimeField()
    digest = models.CharField(max_length=64, null=True, unique=True, editable=False)
    entered_at = models.DateTimeField(null=True, editable=False)
    last_seen_at = models.DateTimeField(null=True, editable=False)
    refused_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mechanism", "name"],
                condition=Q(revoked_at__isnull=True),
                name="dashboards_display_name",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True)
                | Q(digest__isnull=True, link_digest__isnull=True),
                name="dashboards_display_revoked",
            ),
        ]
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_chain(self) -> str:
        return self.mechanism.audit_chain

    def get_absolute_url(self) -> str:
        return reverse("dashboards:displays", args=[self.mechanism.key])

    def state_at(self, at: datetime) -> DisplayState:
        if self.revoked_at is not None:
            return DisplayState.REVOKED
        if self.entered_at is None:
            return DisplayState.WAITING if at < self.link_until else DisplayState.LAPSED
        seen = self.last_seen_at or self.entered_at
        return DisplayState.SILENT if at - seen > SILENT_AFTER else DisplayState.ON

    def pill_at(self, at: datetime) -> tuple[str, str, str]:
        state = self.state_at(at)
        return (*PILLS[state], str(state.label))
