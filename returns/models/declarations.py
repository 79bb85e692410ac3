from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Procedure
from foundations.access.rows import MadeByForm
from members.models import Jurisdiction, Organization
from returns.states import DeclarationKind


class DeclarationQuerySet(models.QuerySet):
    def for_listing(self) -> Self:
        return self.select_related("jurisdiction", "organization", "author", "seen_by")


class Declaration(MadeByForm):
    """述廉、回避: what somebody of a unit states of the own conduct (YC-5).

    Read by the author and the unit's own people alone, so that the trail keeps its words
    as a digest.
    """

    audit_closed = True
    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT)
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="declarations",
        verbose_name=_("unit"),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="declarations"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=DeclarationKind)
    year = models.PositiveSmallIntegerField(_("year"))
    procedure = models.ForeignKey(
        Procedure,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="recusals",
        verbose_name=_("procedure"),
    )
    text = models.TextField(_("statement"))
    on = models.DateField(_("declared on"))
    seen_on = models.DateField(_("read on"), null=True, editable=False)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    objects = DeclarationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["author", "organization", "year"],
                condition=Q(kind="integrity"),
                name="returns_integrity_yearly",
            ),
            models.CheckConstraint(
                condition=Q(kind="integrity") | Q(procedure__isnull=False),
                name="returns_recusal_of",
            ),
        ]
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}"

    @property
    def audit_label(self) -> str:
        return str(self.get_kind_display())

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key

    def get_absolute_url(self) -> str:
        return reverse("returns:declaration", args=[self.public_id])

    @property
    def state_pill(self) -> tuple[str, str, str]:
        if self.seen_on:
            return "done", "check-circle-fill", str(_("Read by the leader"))
        return "wait", "hourglass-split", str(_("Given in"))
