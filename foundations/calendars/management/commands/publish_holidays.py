from argparse import ArgumentParser
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundations.access.errors import RuleBroken
from foundations.calendars.actions import publish_year
from foundations.calendars.models import HolidayDay
from foundations.calendars.tables import Row

Kind = HolidayDay.Kind


class Command(BaseCommand):
    help = (
        "Put the holiday notice of a year into the calendar, in the place of what is there. "
        "Example: publish_holidays 2027 --source 国办发明电〔2026〕8号 "
        "--rest 2027-01-01..2027-01-03=元旦 --work 2027-01-09"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("--source", required=True, help="number of the notice")
        parser.add_argument(
            "--region", default="", help="two digits of a division code; without it: national"
        )
        parser.add_argument(
            "--rest", nargs="*", default=[], help="DAY=NAME or FIRST..LAST=NAME, days off"
        )
        parser.add_argument("--work", nargs="*", default=[], help="make-up workdays")

    def handle(self, *args: Any, **options: Any) -> None:
        days = [row for text in options["rest"] for row in _rows(text, Kind.REST)]
        days += [row for text in options["work"] for row in _rows(text, Kind.WORK)]
        try:
            notice = publish_year(
                options["year"],
                actor=None,
                source=options["source"],
                region=options["region"],
                days=days,
            )
        except RuleBroken as broken:
            raise CommandError(broken.message) from broken
        self.stdout.write(f"{notice}：{notice.days.count()} 天，第 {notice.version} 版。")


def _rows(text: str, kind: str) -> list[Row]:
    """2027-02-05..2027-02-11=春节 → a row for each day."""
    span, _equals, name = text.partition("=")
    first, _dots, last = span.partition("..")
    try:
        day, end = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError as error:
        raise CommandError(f"无法识别日期：{text}") from error
    return [(day + timedelta(days=n), str(kind), name) for n in range((end - day).days + 1)]
