from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.marks import HUNDRED, Measure
from assessments.states import PILLS, ItemKind, SchemeState, Wanted, Way
from foundations.access.rows import MadeByForm
from mechanisms.models import Mechanism
from members.models import Jurisdiction, Organization
from services.indicators.definitions import Indicator, Unit, Variant, indicators
from services.indicators.values import SIGNS

CENT = Decimal("0.01")


class Scheme(MadeByForm):
    """考核方案: what units are assessed by, and how much each item weighs (WJ-75, WJ-79).

    `organization` is the organ that drafts and adopts it, and scores by it. Only a draft
    changes; what was adopted is followed by its next edition. `valid_from` and `valid_to`
    are both inclusive: the period of a sheet lies between them.
    """

    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("drafted by")
    )
    name = models.CharField(_("name of the scheme"), max_length=120)
    basis = models.CharField(_("basis"), max_length=200, blank=True)
    clause = models.CharField(_("clause"), max_length=40, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid until"), null=True, blank=True)
    edition = models.PositiveSmallIntegerField(default=1, editable=False)
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="later"
    )
    state = models.CharField(
        max_length=8, choices=SchemeState, default=SchemeState.DRAFT, editable=False
    )
    adopted_on = models.DateField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="assessments_scheme_term",
            ),
        ]
        ordering = ["-valid_from", "-edition", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_chain(self) -> str:
        return self.mechanism.audit_chain

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.mechanism.jurisdiction

    @property
    def is_draft(self) -> bool:
        return bool(self.state == SchemeState.DRAFT)

    @property
    def state_pill(self) -> tuple[str, str, str]:
        return *PILLS[self.state], str(self.get_state_display())

    def get_absolute_url(self) -> str:
        return reverse("assessments:scheme", args=[self.public_id])


class Item(MadeByForm):
    """考核项目: its weight in percent, its full mark, and for one that is counted the
    indicator, the way in which it is counted and how its figure becomes a mark.

    `steps` are pairs of a bound and the percent of the full mark, kept as text: ["80", "60"].
    `months` are those that an indicator watches, where it does (R13).
    """

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    name = models.CharField(_("name of the item"), max_length=60)
    kind = models.CharField(_("kind"), max_length=9, choices=ItemKind)
    indicator = models.CharField(_("indicator"), max_length=20, blank=True)
    variant = models.CharField(_("way of counting"), max_length=40, blank=True)
    months = models.PositiveSmallIntegerField(default=6)
    wanted = models.CharField(_("direction"), max_length=4, choices=Wanted, blank=True)
    way = models.CharField(_("how it is scored"), max_length=12, choices=Way, blank=True)
    target = models.DecimalField(
        _("target"),
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    steps = models.JSONField(_("steps"), default=list, blank=True)
    full_mark = models.DecimalField(
        _("full mark"), max_digits=6, decimal_places=2, validators=[MinValueValidator(CENT)]
    )
    weight = models.DecimalField(
        _("weight"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(CENT), MaxValueValidator(Decimal(HUNDRED))],
    )
    note = models.CharField(_("what is judged"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "name"], name="assessments_item_once"),
            models.CheckConstraint(
                condition=Q(kind=ItemKind.JUDGED)
                | ~Q(indicator="") & ~Q(variant="") & ~Q(way="") & ~Q(wanted=""),
                name="assessments_item_counted",
            ),
            models.CheckConstraint(
                condition=Q(full_mark__gt=0, weight__gt=0, weight__lte=HUNDRED),
                name="assessments_item_weighs",
            ),
        ]
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_chain(self) -> str:
        return self.scheme.audit_chain

    @property
    def is_counted(self) -> bool:
        return bool(self.kind == ItemKind.INDICATOR)

    @property
    def defined(self) -> tuple[Indicator, Variant] | None:
        """None where the indicator, or this way of counting it, is not defined any more."""
        found = indicators().get(self.indicator)
        variant = found.variants.get(self.variant) if found else None
        return (found, variant) if found and variant else None

    @property
    def measure(self) -> Measure:
        steps = tuple((Decimal(bound), Decimal(percent)) for bound, percent in self.steps)
        return Measure(self.way, self.wanted, self.target, steps)

    @property
    def sign(self) -> str:
        """The sign of its figures: %, 天, nothing."""
        found = self.defined
        return SIGNS[Unit(found[0].unit)] if found else ""

    def get_absolute_url(self) -> str:
        return self.scheme.get_absolute_url()
