"""R7: heads who came to a hearing of a suit, and whether they spoke."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.figures.groups import groups, whole_area
from cases.figures.instances import seen
from cases.hearings.attendance import HEADS
from cases.hearings.law import LITIGATION
from cases.hearings.states import Belongs, HearingState, Identity, Speech
from cases.models import Appearance
from foundations.ledgers.ledger import Column
from members.models import Jurisdiction, User
from services.indicators.sources import Condition, Source

PROCEDURE = "hearing__procedure__"
DISPUTE = f"{PROCEDURE}dispute__"


def _rows(jurisdiction: Jurisdiction, reader: User | None) -> QuerySet[Appearance]:
    rows = Appearance.objects.filter(seen(reader, f"{PROCEDURE}dispute"))
    placed = rows.filter(**{f"{DISPUTE}jurisdiction": jurisdiction})
    return placed.annotate(whole=whole_area(f"{DISPUTE}area"))


SPOKE = ~Q(speech=[])
CONDITIONS: dict[str, Condition] = {
    "litigation": Q(**{f"{PROCEDURE}kind__in": sorted(LITIGATION)}),
    "held": lambda terms: Q(hearing__state=HearingState.HELD, hearing__on__lte=terms.on),
    "recorded": Q(recorded_at__isnull=False),
    "unrecorded": Q(recorded_at__isnull=True),
    "by_head": Q(came=True, level__in=sorted(HEADS), belongs=Belongs.OWN)
    & ~Q(identity=Identity.REJECTED),
    "spoke": SPOKE,
    "on_resolution": SPOKE & Q(speech__icontains=f'"{Speech.RESOLUTION}"'),
}
APPEARANCES = Source(
    key="appearances",
    label=_("Appearances of heads"),
    rows=_rows,
    conditions=CONDITIONS,
    dates={"hearing": "hearing__on"},
    groups=groups("organization", "whole", PROCEDURE, f"{DISPUTE}enterprise"),
    columns=(
        Column("number", _("Case number"), value="hearing.procedure.number"),
        Column("title", _("Dispute"), value="hearing.procedure.dispute.title"),
        Column("organ", _("Organ"), value="hearing.procedure.organ.short_name"),
        Column("agency", _("Agency"), value="organization.short_name"),
        Column("hearing", _("Hearing"), value="hearing.on", sort="hearing__on"),
        Column("level", _("Level"), value="get_level_display"),
        Column("spoken", _("Spoke on"), value="spoken"),
    ),
    near=("hearing__procedure__dispute", "hearing__procedure__organ", "organization"),
    unit="organization",
)
