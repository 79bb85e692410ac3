from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import MadeByForm
from members.models import Jurisdiction, Organization
from members.models.terms import Term, TermQuerySet
from returns.states import Qualification


class HandlerQuerySet(TermQuerySet):
    def for_listing(self) -> Self:
        return self.select_related("jurisdiction", "organization")

    def qualified(self) -> Self:
        return self.exclude(qualification=Qualification.NONE)


class CaseHandler(MadeByForm, Term):
    """办案人员: who handles reconsideration cases in a unit, and with which qualification
    (YC-35), from one day to another."""

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT)
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="case_handlers",
        verbose_name=_("unit"),
    )
    name = models.CharField(_("name"), max_length=60)
    post = models.CharField(_("post"), max_length=60, blank=True)
    qualification = models.CharField(_("qualification"), max_length=8, choices=Qualification)
    certificate = models.CharField(_("certificate number"), max_length=60, blank=True)
    qualified_on = models.DateField(_("certified on"), null=True, blank=True)
    reason = models.CharField(_("why it ended"), max_length=200, blank=True)
    objects = HandlerQuerySet.as_manager()

    class Meta(Term.Meta):
        ordering = ["organization", "valid_from", "pk"]

    def __str__(self) -> str:
        return f"{self.organization.short_name} {self.name}"

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key

    def get_absolute_url(self) -> str:
        return reverse("returns:handler", args=[self.public_id])

    @property
    def is_qualified(self) -> bool:
        return self.qualification != Qualification.NONE

    @property
    def state_pill(self) -> tuple[str, str, str]:
        if self.valid_to:
            return "void", "slash-circle", str(_("Left"))
        if self.is_qualified:
            return "done", "check-circle-fill", str(_("Qualified"))
        return "soon", "hourglass-split", str(_("Not qualified yet"))
