from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class CourtLevel(models.TextChoices):
    SUPREME = "supreme", _("Supreme court")
    HIGH = "high", _("High court")
    INTERMEDIATE = "intermediate", _("Intermediate court")
    BASIC = "basic", _("Basic court")
    SPECIAL = "special", _("Special court")


class CourtCodeQuerySet(models.QuerySet["CourtCode"]):
    def names(self) -> dict[str, str]:
        """The name of every court by its code, of closed ones too: their old cases remain."""
        return dict(self.values_list("code", "name"))

    def for_listing(self) -> "CourtCodeQuerySet":
        return self.select_related("higher")


class CourtCode(models.Model):
    """The code (代字) by which a court's case numbers name it. Nothing of it is derived.

    `source` says where the row comes from; `unverified` that it is still to be compared with
    the table of the Supreme People's Court.
    """

    code = models.CharField(_("court code"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=80)
    level = models.CharField(_("level"), max_length=12, choices=CourtLevel)
    higher = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="lower",
        verbose_name=_("higher court"),
    )
    division_code = models.CharField(_("division code"), max_length=6, blank=True, default="")
    source = models.CharField(_("source"), max_length=200)
    unverified = models.BooleanField(_("unverified"), default=True)
    active = models.BooleanField(_("active"), default=True)

    objects = CourtCodeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level="supreme", higher=None) | ~Q(level="supreme"),
                name="cases_supreme_court_has_no_higher",
            )
        ]
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("cases:courts", query={"q": self.code})
