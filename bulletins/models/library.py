from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.dictionaries import area_name
from foundations.access.rich_text import RichTextField
from foundations.access.rows import MadeByForm
from members.models import Jurisdiction, Organization


class LibraryKind(models.TextChoices):
    INTERPRETATION = "interpretation", _("Judicial interpretation or policy")
    NORMATIVE = "normative", _("Law, normative document or policy")
    TYPICAL_CASE = "typical_case", _("Guiding or typical case")
    CLASS_GUIDANCE = "class_guidance", _("Guidance on a class of cases")
    COMPILATION = "compilation", _("Compilation")


class LibraryState(models.TextChoices):
    DRAFT = "draft", _("Library draft")
    PUBLISHED = "published", _("In the library")
    WITHDRAWN = "withdrawn", _("Taken out")


class LibraryQuerySet(models.QuerySet):
    def published(self) -> Self:
        return self.filter(state=LibraryState.PUBLISHED)

    def in_force(self, on: date) -> Self:
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=on))

    def for_listing(self) -> Self:
        return self.select_related("organization", "jurisdiction")


class LibraryItem(MadeByForm):
    """文库: a text that the sides share, in its own words.

    `summary` of a case is its rule of decision. `ended_on` is the first day on which the
    text is no longer in force. `attached_text` are the words of its files, for the search.
    Only a compilation has `entries`.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=16, choices=LibraryKind)
    title = models.CharField(_("title"), max_length=200)
    number = models.CharField(_("document or case number"), max_length=80, blank=True)
    issued_by = models.CharField(_("issued by"), max_length=120, blank=True)
    issued_on = models.DateField(_("day of issue"), null=True, blank=True)
    effective_on = models.DateField(_("in force from"), null=True, blank=True)
    ended_on = models.DateField(_("no longer in force from"), null=True, blank=True)
    area = models.CharField(_("area of administration"), max_length=40, blank=True)
    summary = models.TextField(_("gist"), max_length=2000, blank=True)
    text = RichTextField(_("text"), blank=True)
    attached_text = models.TextField(blank=True, editable=False)
    masked = models.BooleanField(_("declared to be masked"), default=False)
    state = models.CharField(max_length=10, choices=LibraryState, default=LibraryState.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField(max_length=200, blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    objects = LibraryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="bulletins_library_published",
            )
        ]
        indexes = [models.Index(fields=["jurisdiction", "-published_at"])]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key

    @property
    def is_case(self) -> bool:
        return self.kind == LibraryKind.TYPICAL_CASE

    @property
    def is_compilation(self) -> bool:
        return self.kind == LibraryKind.COMPILATION

    @property
    def area_label(self) -> str:
        return area_name(self.area)

    def get_absolute_url(self) -> str:
        return reverse("bulletins:library-item", args=[self.public_id])


class LibraryEntry(models.Model):
    """What a compilation holds, in its order."""

    compilation = models.ForeignKey(LibraryItem, on_delete=models.CASCADE, related_name="entries")
    item = models.ForeignKey(LibraryItem, on_delete=models.PROTECT, related_name="compiled_in")
    order = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["compilation", "item"], name="bulletins_entry_once")
        ]
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.compilation} {self.order}"


class Favourite(models.Model):
    """收藏: somebody's own mark on an item."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="favourites"
    )
    item = models.ForeignKey(LibraryItem, on_delete=models.CASCADE, related_name="favourites")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "item"], name="bulletins_favourite_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.item}"


class LibraryVisit(models.Model):
    """When somebody was last in the library, and the time before that; what was published
    after `before_at` is new to them."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="library_visit"
    )
    at = models.DateTimeField()
    before_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.user} {self.at}"
