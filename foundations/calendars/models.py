from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class HolidayYear(models.Model):
    """The holiday notice of a year: national, or of a region (two digits).

    `digest` is the SHA-256 of its days; with `version` it tells calendars apart.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    region = models.CharField(_("region"), max_length=2, blank=True, default="")
    source = models.CharField(_("source document"), max_length=200)
    version = models.PositiveIntegerField(default=1, editable=False)
    digest = models.CharField(max_length=64, blank=True, default="", editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "region"], name="calendars_year_region")
        ]
        ordering = ["-year", "region"]

    def __str__(self) -> str:
        return f"{self.year} {self.region or 'CN'}"

    def get_absolute_url(self) -> str:
        return reverse("calendars:list")


class HolidayDay(models.Model):
    """A day named by a notice: off (weekends within a holiday too), or worked on a weekend."""

    class Kind(models.TextChoices):
        STATUTORY = "statutory", _("Statutory holiday")
        REST = "rest", _("Rest day by adjustment")
        WORK = "work", _("Make-up workday")

    year = models.ForeignKey(HolidayYear, on_delete=models.CASCADE, related_name="days")
    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "day"], name="calendars_day")]
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.get_kind_display()}"
