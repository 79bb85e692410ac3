"""Figures of disputes as they were registered, and of guidance to reconsideration (R23)."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.dictionaries import area_name
from cases.figures.groups import group_of_areas, group_of_enterprises, whole_area
from cases.figures.instances import seen
from cases.models import Dispute
from foundations.ledgers.ledger import Column
from members.models import Jurisdiction, User
from services.indicators.groups import units
from services.indicators.sources import Condition, Source


def _rows(jurisdiction: Jurisdiction, reader: User | None) -> QuerySet[Dispute]:
    rows = Dispute.objects.filter(seen(reader, "pk"), jurisdiction=jurisdiction)
    return rows.annotate(whole=whole_area("area"))


CONDITIONS: dict[str, Condition] = {
    "registered": lambda terms: Q(filed_on__lte=terms.on),
    "possible": Q(guidance__possible=True),
    "guided": lambda terms: Q(guidance__guided_on__lte=terms.on),
    "unjudged": Q(guidance=None),
    "led": Q(guidance__chose="reconsideration"),
}
DISPUTES = Source(
    key="disputes",
    label=_("Disputes"),
    rows=_rows,
    conditions=CONDITIONS,
    dates={"registered": "filed_on"},
    groups={
        "unit": units("agency"),
        "area": group_of_areas("whole"),
        "enterprise": group_of_enterprises("enterprise"),
    },
    columns=(
        Column("number", _("Register number")),
        Column("title", _("Dispute")),
        Column("agency", _("Agency"), value="agency.short_name"),
        Column("area", _("Area of administration"), value=lambda row: area_name(row.area)),
        Column("registered", _("Registered on"), value="filed_on", sort="filed_on"),
        Column("guided", _("Guided on"), value="guidance.guided_on"),
    ),
    near=("agency", "guidance"),
    unit="agency",
)
