from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bulletins.models.obligations import Instalment, Obligation
from bulletins.states import (
    PILLS,
    TOLD,
    WRITABLE,
    BulletinState,
    FigureSource,
    Kind,
    OpinionTopic,
)
from foundations.access.rich_text import RichTextField
from foundations.access.rows import MadeByForm, Record
from mechanisms.models import Mechanism
from members.models import Jurisdiction, Organization


class BulletinQuerySet(models.QuerySet):
    def for_listing(self) -> Self:
        near = ("issuer", "jurisdiction", "mechanism")
        return self.select_related(*near).prefetch_related("circulations__organization")

    def unread_by(self, organizations: frozenset[int]) -> Self:
        """Adds `unread`: it went to one of these, and nobody there has opened it; and
        `to_receive`: nobody there has signed for it."""
        rows = Circulation.objects.filter(
            bulletin=OuterRef("pk"), organization__in=organizations, sent_at__isnull=False
        )
        stands = Q(state=BulletinState.CIRCULATED)
        return self.annotate(
            unread=Exists(rows.filter(read_at=None)),
            to_receive=ExpressionWrapper(
                Exists(rows.filter(received_at=None)) & stands, models.BooleanField()
            ),
        )


class Bulletin(MadeByForm):
    """通报、简报: what one body tells others, reviewed, signed, and circulated with receipts.

    `state` is written by `bulletins.actions.bulletins` only. The issue number counts the
    issues of one issuer and kind in a year, without gaps; it is given when the bulletin is
    circulated. `first_on` and `last_on` are the days that it tells of. `restricted` keeps
    it to the bodies named, and its paper to a PDF with each reader's name. `report` names
    the term of a report of its issuer (2026-quarter-3), of which one stands at a time.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT)
    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="bulletins")
    issuer = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="bulletins_issued"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.NOTICE)
    title = models.CharField(_("title"), max_length=200)
    matter = models.CharField(_("other matter"), max_length=200, blank=True)
    body = RichTextField(_("text"), blank=True)
    first_on = models.DateField(_("tells of, from"), null=True, blank=True)
    last_on = models.DateField(_("tells of, until"), null=True, blank=True)
    happened_on = models.DateField(_("happened on"), null=True, blank=True)
    restricted = models.BooleanField(_("for named readers only"), default=False)
    state = models.CharField(
        max_length=10, choices=BulletinState, default=BulletinState.DRAFTING, editable=False
    )
    year = models.PositiveSmallIntegerField(null=True, editable=False)
    sequence = models.PositiveIntegerField(null=True, editable=False)
    number = models.CharField(_("document number"), max_length=80, blank=True, editable=False)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, editable=False)
    return_reason = models.CharField(max_length=300, blank=True, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, editable=False)
    circulated_on = models.DateField(null=True, editable=False)
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    correction_reason = models.CharField(
        _("reason of the correction"), max_length=300, blank=True, editable=False
    )
    report = models.CharField(max_length=20, blank=True, editable=False)
    objects = BulletinQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "kind", "year", "sequence"], name="bulletins_issue_number"
            ),
            models.CheckConstraint(
                condition=Q(circulated_on__isnull=True) | Q(sequence__isnull=False),
                name="bulletins_circulated_has_number",
            ),
            models.CheckConstraint(
                condition=Q(first_on=None)
                | Q(last_on=None)
                | Q(last_on__gte=models.F("first_on")),
                name="bulletins_period",
            ),
            models.UniqueConstraint(
                fields=["mechanism", "issuer", "report"],
                condition=~Q(report="") & Q(corrects=None) & ~Q(state="discarded"),
                name="bulletins_report_once",
            ),
        ]
        indexes = [
            models.Index(fields=["jurisdiction", "-circulated_on"], name="bulletins_place"),
        ]
        ordering = ["-circulated_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key

    @property
    def is_writable(self) -> bool:
        return self.state in WRITABLE

    @property
    def is_told(self) -> bool:
        return self.state in TOLD

    @property
    def issue(self) -> str:
        """2026 年第 3 期, or the number of its series; "" before it was circulated."""
        if self.sequence is None:
            return ""
        if self.number:
            return self.number
        return gettext("No. %(n)d of %(year)d") % {"n": self.sequence, "year": self.year or 0}

    @property
    def state_pill(self) -> tuple[str, str, str]:
        kind, icon = PILLS[self.state]
        return kind, icon, str(self.get_state_display())

    @property
    def receipts(self) -> str:
        """2 / 3: signed for, of all that it was sent to; "" before it was circulated."""
        sent = [one for one in self.circulations.all() if one.sent_at]
        done = sum(one.received_at is not None for one in sent)
        return f"{done} / {len(sent)}" if sent else ""

    @property
    def days(self) -> tuple[date, date] | None:
        """The days that it tells of, both included; None where it names none."""
        return (self.first_on, self.last_on) if self.first_on and self.last_on else None

    def get_absolute_url(self) -> str:
        return reverse("bulletins:detail", args=[self.public_id])


class OfBulletin(models.Model):
    """What hangs on a bulletin: told in its trail, found on its page."""

    bulletin: "models.ForeignKey[Bulletin, Bulletin]"

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        return self.bulletin.get_absolute_url()

    @property
    def audit_chain(self) -> str:
        return self.bulletin.audit_chain

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.bulletin.jurisdiction


class Covered(OfBulletin):
    """Which matter owed a bulletin tells, and which instalment of it."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="covered")
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="told_in")
    instalment = models.ForeignKey(
        Instalment, null=True, blank=True, on_delete=models.PROTECT, related_name="told_in"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bulletin", "obligation", "instalment"], name="bulletins_covered_once"
            ),
            models.UniqueConstraint(
                fields=["bulletin", "obligation"],
                condition=Q(instalment=None),
                name="bulletins_covered_plain",
            ),
        ]
        ordering = ["obligation__order", "pk"]

    def __str__(self) -> str:
        return f"{self.obligation} {self.instalment.label if self.instalment else ''}".strip()


class FigureTable(OfBulletin):
    """A table of figures in a bulletin: heads, and rows of words and numbers.

    `counted_at` is when the portal counted it (of old tables the day `counted_on` alone is
    known), `filter` what it asked for: the days, the day as of which all is known, whose
    records, which indicators in which way. Rows stay as they are from the signing on. `key`
    is one that `bulletins.tables.table_named` knows; of a table of indicators row and
    indicator have the same place.
    """

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="tables")
    key = models.CharField(max_length=40)
    title = models.CharField(_("title"), max_length=120)
    columns = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    source = models.CharField(max_length=6, choices=FigureSource, default=FigureSource.PORTAL)
    basis = models.TextField(_("counting basis"), blank=True)
    filter = models.JSONField(default=dict)
    counted_on = models.DateField(null=True)
    counted_at = models.DateTimeField(null=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "key"], name="bulletins_table_once")
        ]
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def lines(self) -> list[list[tuple[str, object]]]:
        """Each row as pairs of head and cell."""
        return [list(zip(self.columns, row, strict=False)) for row in self.rows]


class Circulation(OfBulletin):
    """印发: one body that a bulletin goes to, with its receipt; `sent_at` is empty in a draft."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="circulations")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="bulletins_received"
    )
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bulletin", "organization"], name="bulletins_circulated_once"
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=False) | Q(received_at=None, read_at=None),
                name="bulletins_sent_first",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "received_at"], name="bulletins_to_receive")
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.bulletin} {self.organization}"


class Comment(OfBulletin, Record):
    """What a body says to a bulletin; an opinion may be answered by the body it concerns."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="comments")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    topic = models.CharField(_("about"), max_length=14, choices=OpinionTopic, blank=True)
    text = models.TextField(_("words"))
    reply_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.organization} {self.text[:40]}"

    def get_absolute_url(self) -> str:
        return f"{self.bulletin.get_absolute_url()}#c-{self.public_id}"
