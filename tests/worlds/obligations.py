"""Records of 应通报事项 and their instalments and their addresses, for the sweeps."""

from datetime import date

from django.db.models import Model

from bulletins.actions.obligations import nil_return
from bulletins.actions.packages import make_package
from bulletins.models import FigureTable, Instalment, Obligation
from tests.city import City
from tests.letters import moment
from tests.owed import instalment, owe, told

# Room and record of each address, then its names.
TABLE = """
bulletins owed: obligation
bulletins owed_event: occasion
bulletins owed_planned: plan
bulletins owed_now: instalment nil
bulletins owed_nil: take-back-nil
bulletins owed_counted: counts counts-agree
bulletins material: package
"""
# What has more than one part: name and the records of its parts.
MORE: dict[str, tuple[str, ...]] = {}
AT = moment(date(2026, 11, 24), 9)


def records(city: City) -> dict[str, Model]:
    """Matters of the justice bureau to the court."""
    ours = {"debtor": "justice", "office": "section", "to": ("court",)}
    owed = owe(city, "owed", **ours)
    nil = instalment(owed, date(2026, 11, 20))
    officer = city.users["gov_officer"]
    nil_return(nil.pk, actor=officer, at=AT, reason="本月没有办结的案件。")
    counted = owe(city, "counted", reconciles_with="counted-too", order=1, **ours)
    owe(city, "counted-too", reconciles_with="counted", order=2)
    return {
        "owed_counted": _counted(city, counted),
        "owed": owed,
        "owed_event": owe(city, "owed-event", cadence="event", terms={}, **ours),
        "owed_planned": owe(city, "owed-planned", cadence="planned", terms={}, **ours),
        "owed_now": instalment(owed, date(2026, 12, 21)),
        "owed_nil": nil,
        "material": make_package(
            city.mechanism.pk,
            actor=officer,
            at=AT,
            organization_id=city.organizations["justice"].pk,
            year=2026,
            quarter=3,
        ),
    }


def _counted(city: City, counted: Obligation) -> Instalment:
    """Its twin is the court's: each side has told its count of November."""
    twin = Obligation.objects.get(key=counted.reconciles_with)
    for owed in (counted, twin):
        row = instalment(owed, date(2026, 11, 19))
        bulletin = told(city, row, date(2026, 11, 18))
        FigureTable.objects.create(
            bulletin=bulletin, key="", columns=["行政机关", "出庭"], rows=[["市住建局", 3]]
        )
    first: Instalment = counted.instalments.get()
    return first
