import json
from argparse import ArgumentParser
from datetime import date
from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.calendars.periods import Pause
from foundations.calendars.working_days import WorkCalendar, get_calendar
from mechanisms.models import Mechanism
from services.deadlines.explanation import as_text, explain_answer
from services.deadlines.overrides import override_of
from services.deadlines.reckoning import Answer, Case, answer
from services.deadlines.rules import Override

# the provinces, regions and cities of GB/T 2260
AREAS = (range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66))
DIVISIONS = frozenset(str(code) for code in (*chain(*AREAS), 71, 81, 82))


class Command(BaseCommand):
    help = (
        "Compute the last day of a time limit and say how it came about. Exit code 0 also "
        "where the rule has no length of its own, 1 when the question is refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", help="the rule, e.g. SJ-REPLY")
        parser.add_argument("--trigger", required=True, metavar="DATE")
        parser.add_argument(
            "--region", default="", metavar="CODE", help="e.g. 65; default: national"
        )
        parser.add_argument(
            "--mechanism", default="", metavar="KEY", help="its region and its own lengths"
        )
        parser.add_argument(
            "--pause",
            action="append",
            default=[],
            metavar="A..B",
            help="both days included; may be given several times",
        )
        parser.add_argument("--extended", action="store_true", help="by the longest allowed")
        parser.add_argument(
            "--length", metavar="N", help="as the letter says, in the unit of the rule"
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, key: str, format: str, **asked: Any) -> None:
        key = key.strip().upper()
        case = Case(
            trigger_on=day(asked["trigger"]),
            length=number(asked["length"]),
            pauses=tuple(sorted(map(pause, asked["pause"]))),
            extended=asked["extended"],
        )
        own = region(asked["region"])
        calendar, override = place(key, asked["mechanism"], own, case.trigger_on)
        try:
            found = answer(key, case, calendar=calendar, override=override)
        except RuleBroken as broken:
            raise CommandError(broken.message) from broken
        if format == "json":
            self.stdout.write(json.dumps(as_json(found), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(as_text(found))


def place(key: str, mechanism: str, region: str, on: date) -> tuple[WorkCalendar, Override | None]:
    """The calendar and what the institution says of the rule; a region given wins."""
    if not mechanism:
        return get_calendar(region), None
    found = Mechanism.objects.select_related("jurisdiction").filter(key=mechanism).first()
    if found is None:
        raise CommandError(_no_mechanism(mechanism))
    own = found.jurisdiction
    calendar = get_calendar(region or own.region, regional_days=own.regional_days)
    return calendar, override_of(found, key, on)


def _no_mechanism(key: str) -> str:
    known = "、".join(Mechanism.objects.order_by("key").values_list("key", flat=True))
    names = {"key": key, "known": known}
    if known:
        return _("There is no mechanism “%(key)s”; loaded are %(known)s.") % names
    return _("There is no mechanism “%(key)s”; none is loaded.") % names


def as_json(found: Answer) -> dict:
    """Days as ISO dates or null; `steps` are the explanation's, label and words."""
    told, count = explain_answer(found), found.reckoning
    latest = count.latest_working_day if count else None
    return {
        "key": found.rule.key,
        "name": found.rule.name,
        "trigger": found.case.trigger_on.isoformat(),
        "due_on": count.due_on.isoformat() if count else None,
        "nominal_on": count.nominal_on.isoformat() if count else None,
        "latest_working_day": latest.isoformat() if latest else None,
        "provisional": count.provisional if count else False,
        "sentence": told.sentence,
        "why": found.why,
        "steps": [{"label": step.label, "words": step.words} for step in told.steps],
        "basis": list(found.rule.basis),
        "notes": list(told.notes),
    }


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = _("“%(text)s” is no date; write it as 2026-11-22.") % {"text": text}
        raise CommandError(message) from error


def pause(text: str) -> Pause:
    first, dots, last = text.partition("..")
    if not dots:
        raise CommandError(_("Write a pause as 2026-11-01..2026-11-10."))
    return Pause(day(first), day(last))


def number(text: str | None) -> int | None:
    """None where no length was given."""
    try:
        return None if text is None else int(text)
    except ValueError as error:
        message = _("“%(text)s” is no length; write a whole number.") % {"text": text}
        raise CommandError(message) from error


def region(text: str) -> str:
    if text and text not in DIVISIONS:
        message = _(
            "“%(text)s” is no region; write the first two digits of its division code, e.g. 65."
        )
        raise CommandError(message % {"text": text})
    return text
