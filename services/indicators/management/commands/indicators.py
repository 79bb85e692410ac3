import json
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from mechanisms.models import Mechanism
from members.models import Organization
from services.indicators.definitions import Unit
from services.indicators.periods import Period, parse_day
from services.indicators.profile import choices_of
from services.indicators.questions import UNIT, Question, answered
from services.indicators.values import NO_DATA, NOTHING, Value

COLUMNS = ("key", "variant", "n", "d", "value", "note")


class Command(BaseCommand):
    help = (
        "Count the indicators of an institution over a period, each in the way that its text "
        "chooses. For the operator: everything in the place is counted."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mechanism", required=True, metavar="KEY")
        parser.add_argument("--from", required=True, metavar="DATE", dest="first_on")
        parser.add_argument("--to", required=True, metavar="DATE", dest="last_on")
        parser.add_argument(
            "--on", default="", metavar="DATE", help="as it is known on a day; today if left out"
        )
        parser.add_argument(
            "--unit", default="", metavar="NAME", help="full name, short name or key of one unit"
        )
        parser.add_argument(
            "--all", action="store_true", dest="every", help="in every way that is defined"
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, format: str, **asked: Any) -> None:
        try:
            found = list(_rows(asked))
        except RuleBroken as broken:
            raise CommandError(broken.message) from broken
        if format == "json":
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
            return
        self.stdout.write("\t".join(COLUMNS))
        for row in found:
            cells = (NOTHING if row[name] is None else str(row[name]) for name in COLUMNS)
            self.stdout.write("\t".join(cells))


def _rows(asked: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A row for each way of counting; all of them, or the one that the institution chose."""
    mechanism = _mechanism(asked["mechanism"])
    period = Period(parse_day(asked["first_on"]), parse_day(asked["last_on"]))
    on = parse_day(asked["on"]) if asked["on"] else timezone.localdate()
    narrow = _narrow(mechanism, asked["unit"], period)
    questions = [
        Question(
            indicator=choice.indicator,
            variant=variant,
            jurisdiction=mechanism.jurisdiction,
            first_on=period.first_on,
            last_on=period.last_on,
            on=on,
            narrow=narrow,
            months=choice.months,
        )
        for choice in choices_of(mechanism, min(period.last_on, on)).values()
        for variant in (choice.indicator.variants.values() if asked["every"] else [choice.variant])
    ]
    for question, value in zip(questions, answered(questions), strict=True):
        yield _row(question, value)


def _row(question: Question, value: Value) -> dict[str, Any]:
    """`n` and `d` are null for what cannot be counted, `d` for a plain count as well; for
    days `n` is their sum. `value` has no sign: 13.74."""
    no_base = bool(value.broken) or question.indicator.unit == Unit.COUNT
    return {
        "key": question.indicator.key,
        "variant": question.variant.key,
        "n": None if value.broken else value.n,
        "d": None if no_base else value.d,
        "value": None if value.figure is None else str(value.figure),
        "note": _note(question, value),
    }


def _note(question: Question, value: Value) -> str:
    """On one line: how it is counted, what is told apart, and why there is no figure."""
    said = [" ".join(question.variant.basis.split()).rstrip("。；")]
    said += [f"{name} {count}" for name, count in value.apart]
    if value.broken:
        said.append(value.broken)
    elif value.figure is None:
        said.append(NO_DATA)
    return "；".join(filter(None, said))


def _mechanism(key: str) -> Mechanism:
    found = Mechanism.objects.select_related("jurisdiction").filter(key=key).first()
    if found is None:
        known = "、".join(Mechanism.objects.order_by("key").values_list("key", flat=True))
        message = _("There is no institution “%(key)s”. Loaded are: %(known)s.")
        raise CommandError(message % {"key": key, "known": known or "—"})
    return found


def _narrow(mechanism: Mechanism, name: str, period: Period) -> tuple[tuple[str, int], ...]:
    if not name:
        return ()
    return ((UNIT, _unit(mechanism, name.strip(), period).pk),)


def _unit(mechanism: Mechanism, name: str, period: Period) -> Organization:
    """The unit of that name in the period; of two in a row the name says which, or its key."""
    named = Q(name=name) | Q(short_name=name) | Q(key=name)
    rows = Organization.objects.filter(named, jurisdiction=mechanism.jurisdiction)
    known = list(rows)
    if not known:
        message = _("There is no unit “%(name)s” in %(place)s.")
        raise CommandError(message % {"name": name, "place": mechanism.jurisdiction.name})
    found = list(rows.overlapping(period.first_on, period.last_on))
    if not found:
        raise CommandError(_not_there(known[0], period))
    if len(found) > 1:
        message = _("Several units are called “%(name)s”; name one by its key: %(keys)s.")
        keys = "、".join(one.key for one in found)
        raise CommandError(message % {"name": name, "keys": keys})
    return found[0]


def _not_there(unit: Organization, period: Period) -> str:
    """That a unit is of another time than the period."""
    names = {"unit": unit.name, "period": period.label}
    if unit.valid_to is not None and unit.valid_to < period.first_on:
        names["day"] = _date(unit.valid_to)
        message = _("“%(unit)s” ceased to exist after %(day)s: it has no figures of %(period)s.")
    else:
        names["day"] = _date(unit.valid_from)
        message = _("“%(unit)s” exists from %(day)s only: it has no figures of %(period)s.")
    return message % names


def _date(day: date | None) -> str:
    return date_format(day, _("F j, Y")) if day else ""
