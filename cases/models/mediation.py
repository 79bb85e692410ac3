from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.parties import Participant
from cases.models.procedures import Procedure
from cases.states import NO_WAY, Standing
from foundations.access.rows import MadeByForm


class MediationConsentQuerySet(models.QuerySet["MediationConsent"]):
    def latest_of(self, procedure: Procedure) -> dict[int, "MediationConsent"]:
        """What each participant said last, by the participant's pk."""
        rows = self.filter(participant__procedure=procedure).order_by("on", "pk")
        return {one.participant_id: one for one in rows}


class MediationConsent(models.Model):
    """调解意愿: whether a party agrees to mediation, asked when and how (WJ-4).

    The last answer of a party counts; earlier ones stay.
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="consents")
    agreed = models.BooleanField(_("agrees"))
    on = models.DateField(_("asked on"))
    method = models.CharField(_("how"), max_length=16)
    note = models.CharField(_("remark"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    objects = MediationConsentQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.participant} {self.on}"


class SessionState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class MediationSessionQuerySet(models.QuerySet["MediationSession"]):
    def coming(self, on: date) -> Self:
        return self.filter(state=SessionState.PLANNED, starts_at__date__gte=on)


class MediationSession(MadeByForm):
    """一次调解: when and where, who came, and what was offered in words meant for all.

    What an agency may give way on is never written here, but in its own authority.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField(_("begins at"))
    place = models.CharField(_("place"), max_length=120)
    method = models.CharField(_("how"), max_length=16)
    state = models.CharField(
        max_length=10, choices=SessionState, default=SessionState.PLANNED, editable=False
    )
    came = models.ManyToManyField(Participant, related_name="mediated", verbose_name=_("came"))
    others = models.CharField(_("who else came"), max_length=300, blank=True)
    offered = models.TextField(_("what was offered"), blank=True)
    agreed = models.TextField(_("what was agreed so far"), blank=True)
    objects = MediationSessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["state", "starts_at"], name="cases_session_coming")]

    def __str__(self) -> str:
        return f"{self.procedure} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def audit_chain(self) -> str:
        return self.procedure.audit_chain

    def get_absolute_url(self) -> str:
        return self.procedure.get_absolute_url()


class WayOutQuerySet(models.QuerySet["WayOut"]):
    def given_up(self) -> Self:
        """The party wanted no other way, or did not take the one that it was shown."""
        return self.filter(models.Q(way=NO_WAY) | models.Q(given_up_on__isnull=False))

    def untaken(self) -> Self:
        """Shown, and nothing has followed in the dispute yet."""
        rows = self.filter(procedure__dispute__standing=Standing.ONWARD, given_up_on=None)
        return rows.exclude(way=NO_WAY)


class WayOut(models.Model):
    """出路告知: which way the party was shown after a failed mediation, and why (WJ-28, 61).

    `way` is a key of the table's onward rows, "none" where no way was wanted. `given_up_on`:
    the day on which it was known that the party does not take the way that it was shown.
    """

    procedure = models.OneToOneField(Procedure, on_delete=models.CASCADE, related_name="way_out")
    way = models.CharField(_("way out"), max_length=20)
    reason = models.CharField(_("reason"), max_length=300)
    on = models.DateField(_("told on"))
    given_up_on = models.DateField(_("known on"), null=True, blank=True)
    given_up_why = models.CharField(_("reason"), max_length=300, blank=True)

    objects = WayOutQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.procedure} {self.way}"
