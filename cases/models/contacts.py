from typing import Never

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.about import AboutDispute
from cases.models.disputes import Dispute
from cases.models.procedures import Procedure
from foundations.access.fields import EncryptedTextField
from members.models import Organization


class Manner(models.TextChoices):
    VISIT = "visit", _("In person")
    PHONE = "phone", _("By phone")
    WRITTEN = "written", _("In writing")
    MEETING = "meeting", _("At a meeting")
    MESSAGE = "message", _("By message")
    OTHER = "other", _("Other")


class Contact(AboutDispute):
    """过问登记: who spoke to whom about a pending case, when, and to what end (YN-22, YC-5).

    Written once, never changed or deleted; what was wrong is put right by another one that
    `corrects` it.
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="contacts")
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="contacts")
    on = models.DateField(_("day"))
    who = models.CharField(_("who asked"), max_length=80)
    who_unit = models.CharField(_("unit and post"), max_length=120)
    to_whom = models.CharField(_("whom"), max_length=80)
    manner = models.CharField(_("how"), max_length=10, choices=Manner)
    purpose = models.CharField(_("purpose"), max_length=200)
    content = EncryptedTextField(_("content"))
    recorded_for = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    corrects = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="corrections"
    )

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.who}"

    def save(self, *args: object, **kwargs: object) -> None:
        if self.pk is not None:
            raise TypeError("A contact is never changed; record another that corrects it.")
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> Never:
        raise TypeError("A contact is never deleted.")
