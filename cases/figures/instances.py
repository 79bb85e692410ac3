"""Figures of procedures: their counting rows, one each, and one for each agency in them."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.figures.conditions import OF_AGENCY, OF_ALL, OF_PROCEDURE
from cases.figures.groups import groups, whole_area
from cases.flow.table import table_of
from cases.models import AgencyTally, Tally
from cases.reading import EVERY, access_rows
from foundations.ledgers.ledger import Column
from members.models import Jurisdiction, User
from services.indicators.sources import Condition, Source, within

NEAR = ("procedure", "dispute", "organ", "agency")
OF_ONE = "tally__"
DATES = {
    "taken": "taken_on",
    "closed": "closed_on",
    "final": "final_on",
    "sued": "sued_on",
}
OWN_DATES = {"heard": "held_on", "duty": "duty_by"}
"""An instance stands in the period of its first hearing that was held."""


def seen(reader: User | None, path: str) -> Q:
    """Rows of the disputes that the reader may open, exactly as the policy has it; of all of
    them for None. `path` leads to the dispute."""
    if reader is None:
        return EVERY
    return Q(**{f"{path}__in": access_rows(reader, EVERY).values("dispute")})


def _rows(jurisdiction: Jurisdiction, reader: User | None) -> QuerySet[Tally]:
    rows = Tally.objects.filter(seen(reader, "dispute"), jurisdiction=jurisdiction)
    return rows.annotate(whole=whole_area("area"))


def _rows_by_unit(jurisdiction: Jurisdiction, reader: User | None) -> QuerySet[AgencyTally]:
    rows = AgencyTally.objects.filter(tally__jurisdiction=jurisdiction)
    return rows.filter(seen(reader, "tally__dispute")).annotate(whole=whole_area("tally__area"))


def _columns(of: str, agency: str) -> tuple[Column, ...]:
    """`of` leads from the row to its tally, `agency` to the agency it is about."""

    def tally(row: Any) -> Tally:
        return row.tally if of else row

    def outcome(row: Any) -> str:
        mode = tally(row).mode
        return table_of(tally(row).kind).modes[mode].name if mode else ""

    days = of.replace(".", "__")
    return (
        Column("number", _("Case number"), value=f"{of}procedure.number"),
        Column("title", _("Dispute"), value=f"{of}dispute.title"),
        Column("organ", _("Organ"), value=f"{of}organ.short_name"),
        Column("agency", _("Agency"), value=f"{agency}.short_name"),
        Column("taken", _("Case taken on"), value=f"{of}taken_on", sort=f"{days}taken_on"),
        Column("closed", _("Case closed on"), value=f"{of}closed_on", sort=f"{days}closed_on"),
        Column("outcome", _("Closed by"), value=outcome),
    )


def _moved(names: dict[str, str]) -> dict[str, str]:
    return {name: f"{OF_ONE}{column}" for name, column in names.items()}


_BY_UNIT: dict[str, Condition] = {**within(OF_PROCEDURE, OF_ONE), **OF_AGENCY}
INSTANCES_BY_UNIT = Source(
    key="instances_by_unit",
    label=_("Cases handled, by agency"),
    rows=_rows_by_unit,
    conditions=_BY_UNIT,
    dates={**_moved(DATES), **OWN_DATES},
    sums={"days": f"{OF_ONE}days"},
    groups=groups("organization", "whole", OF_ONE, f"{OF_ONE}enterprise"),
    columns=_columns("tally.", "organization"),
    near=(*(f"{OF_ONE}{name}" for name in NEAR), "organization"),
    unit="organization",
    record=f"{OF_ONE}procedure",
)
INSTANCES = Source(
    key="instances",
    label=_("Cases handled"),
    rows=_rows,
    conditions=OF_ALL,
    dates={**DATES, **OWN_DATES},
    sums={"days": "days"},
    groups=groups("agency", "whole", "", "enterprise"),
    columns=_columns("", "agency"),
    near=NEAR,
    unit="agency",
    apiece=INSTANCES_BY_UNIT,
    record="procedure",
)
