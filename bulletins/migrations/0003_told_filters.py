"""What tables that were counted before asked for: the days, and the issuer's own records.

At what time of the day they were counted nobody kept: `counted_at` stays empty for them.
"""

from typing import Any

from django.db import migrations

YEARLY = {
    "行政案件收结案情况": "suits",
    "结案方式情况": "outcomes",
    "行政机关败诉情况": "losses",
    "行政机关负责人出庭应诉情况": "appearances",
    "非诉执行审查情况": "non_litigation",
    "建议落实情况": "suggestions",
}


def asked(first_on: Any, last_on: Any, known_on: Any, unit: Any) -> dict:
    days = {"first_on": first_on, "last_on": last_on, "known_on": known_on}
    kept = {name: str(day) for name, day in days.items()}
    return {**kept, "scope": "issuer", "unit": unit.short_name}


def fill(apps: Any, schema_editor: Any) -> None:
    tables = apps.get_model("bulletins", "FigureTable").objects.select_related("bulletin__issuer")
    counted = tables.filter(source="portal", counted_on__isnull=False)
    for row in counted.filter(bulletin__first_on__isnull=False, bulletin__last_on__isnull=False):
        told = row.bulletin
        row.filter = asked(told.first_on, told.last_on, row.counted_on, told.issuer)
        row.save(update_fields=["filter"])
    papers = apps.get_model("bulletins", "WhitePaper").objects.select_related("organization")
    for paper in papers:
        year = (f"{paper.year}-01-01", f"{paper.year}-12-31")
        filled = asked(*year, paper.counted_on, paper.organization)
        paper.tables = [
            {"key": YEARLY.get(one["title"], ""), "filter": filled, "counted_at": "", **one}
            for one in paper.tables
        ]
        paper.save(update_fields=["tables"])


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0002_frozen_figures")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
