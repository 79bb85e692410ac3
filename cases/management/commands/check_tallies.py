import json
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from cases.models import Procedure
from cases.tallies.checking import check, mend
from cases.tallies.writing import Difference
from members.models import Organization


class Command(BaseCommand):
    help = (
        "Compute every counting row anew and list what is stored otherwise. Exit code 1 where "
        "something is left that differs, 0 where nothing does or all was mended."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mend", action="store_true", help="write what differs")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, mend: bool, format: str, **options: Any) -> None:
        found = list(_found(mend))
        names = Names(found)
        if format == "json":
            rows = [names.as_json(one) for one in found]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
        else:
            for one in found:
                self.stdout.write(names.line(one))
            self.stdout.write(_summary(len(found), mend))
        if found and not mend:
            raise SystemExit(1)


def _found(mended: bool) -> Iterator[Difference]:
    return mend() if mended else check()


def _summary(n: int, mended: bool) -> str:
    if not n:
        return _("Every counting row is as it should be.")
    if mended:
        return _("Counting rows mended: %(n)d") % {"n": n}
    return _("Counting rows that differ: %(n)d") % {"n": n}


class Names:
    """What the keys of the rows that differ are called."""

    def __init__(self, found: list[Difference]) -> None:
        rows = Procedure.objects.filter(pk__in={one.procedure for one in found})
        self.procedures = {row.pk: row for row in rows.select_related("dispute")}
        units = {one.organization for one in found} - {None}
        self.units = Organization.objects.in_bulk(units)

    def _unit(self, one: Difference) -> str:
        return self.units[one.organization].short_name if one.organization else ""

    def as_json(self, one: Difference) -> dict[str, Any]:
        """`columns` holds what is stored and what it should be; empty for a row that is
        missing or surplus."""
        procedure = self.procedures[one.procedure]
        columns = {
            name: [_plain(before), _plain(after)] for name, (before, after) in one.columns.items()
        }
        return {
            "dispute": procedure.dispute.number,
            "procedure": procedure.public_id,
            "agency": self._unit(one) or None,
            "missing": one.missing,
            "surplus": one.surplus,
            "columns": columns,
        }

    def line(self, one: Difference) -> str:
        procedure = self.procedures[one.procedure]
        where = (procedure.dispute.number, str(procedure), self._unit(one))
        words = {"where": " ".join(part for part in where if part), "what": _what(one)}
        return _("%(where)s: %(what)s") % words


def _what(one: Difference) -> str:
    if one.missing:
        return _("the row is missing")
    if one.surplus:
        return _("the row should not be there")
    return "；".join(
        _("%(column)s is %(before)s, should be %(after)s")
        % {"column": name, "before": _plain(before), "after": _plain(after)}
        for name, (before, after) in one.columns.items()
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
