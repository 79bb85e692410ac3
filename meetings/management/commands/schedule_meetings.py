import json
from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.calendars.working_days import WorkCalendar, get_calendar
from mechanisms.loading.reading import read_profile
from mechanisms.loading.validating import valid
from mechanisms.models import Mechanism
from mechanisms.profile import MeetingRules, profile_of
from meetings import rotation
from meetings.actions.planning import plan_until, start_series
from meetings.models import MeetingSeries
from meetings.plan import calendar_of, plan_of, rotation_of, rules_of, running_series
from meetings.rotation import Rotation, Slot
from members.states import Side

PROFILES = Path(settings.BASE_DIR) / "mechanisms" / "profiles"


@dataclass(frozen=True)
class Asked:
    """What the options ask for; first day and first host may be left to the running plan."""

    since: date | None
    host: str | None
    until: date
    dry_run: bool

    def start(self, rules: MeetingRules, running: MeetingSeries | None = None) -> tuple[date, str]:
        """First day and first host of the plan; refused if there can be no such plan."""
        origin_on = self.since or (running.origin_on if running else None)
        first_host = self.host or (running.first_host if running else None)
        if origin_on is None or first_host is None:
            raise CommandError(_("No plan runs yet: give --from and --host."))
        if first_host not in rules.hosts:
            raise CommandError(_("This side does not host by the text."))
        if self.until < origin_on:
            raise CommandError(
                _("The plan begins on %(day)s; --until names an earlier day.")
                % {"day": date_format(origin_on)}
            )
        return origin_on, first_host


class Command(BaseCommand):
    help = (
        "Plan the regular meetings of a mechanism until a day (inclusive), or show the plan. "
        "Exit code 0 when it was planned or the text names no interval, 1 when refused, 2 for "
        "options that cannot be read; refused, it says why on stderr and prints nothing else."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mechanism", required=True, metavar="KEY", help="e.g. yining")
        parser.add_argument(
            "--from", dest="since", type=a_day, metavar="DATE", help="first meeting"
        )
        parser.add_argument("--host", choices=Side.values, help="who hosts the first meeting")
        parser.add_argument("--until", required=True, type=a_day, metavar="DATE")
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="write nothing; show also what cannot be written",
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(
        self,
        *,
        mechanism: str,
        since: date | None,
        host: str | None,
        until: date,
        dry_run: bool,
        format: str,
        **_options: Any,
    ) -> None:
        slots = self._slots(mechanism, Asked(since, host, until, dry_run))
        if format == "json" or not slots:
            self.stdout.write(json.dumps([as_json(slot) for slot in slots], ensure_ascii=False))
        else:
            for slot in slots:
                self.stdout.write(as_text(slot))

    def _slots(self, key: str, asked: Asked) -> list[Slot]:
        mechanism = Mechanism.objects.select_related("jurisdiction").filter(key=key).first()
        if mechanism is None:
            return self._of_packaged(key, asked)
        rules = rules_of(mechanism, timezone.localdate())
        if not rules.cadence_months:
            return self._none(key)
        try:
            return self._of_loaded(mechanism, rules, asked)
        except RuleBroken as broken:
            raise CommandError(broken.message) from broken

    def _of_loaded(self, mechanism: Mechanism, rules: MeetingRules, asked: Asked) -> list[Slot]:
        series = running_series(mechanism)
        origin_on, first_host = asked.start(rules, series)
        if series and (origin_on, first_host) != (series.origin_on, series.first_host):
            self._say_another_runs(series, asked)
            series = None
        if series is None and asked.dry_run:
            turns = rotation_of(mechanism, rules, first_host)
            return _fresh(rules, turns, origin_on, asked.until, calendar_of(mechanism))
        now = timezone.now()
        if series is None:
            series = start_series(
                mechanism.pk, actor=None, at=now, origin_on=origin_on, first_host=first_host
            )
        if not asked.dry_run:
            plan_until(series.pk, actor=None, at=now, until=asked.until)
        return plan_of(series, rules, until=asked.until)

    def _of_packaged(self, key: str, asked: Asked) -> list[Slot]:
        """The plan of an institution that is not loaded, from the profile that ships with us."""
        path = PROFILES / f"{key}.yaml"
        if not path.is_file():
            raise CommandError(_("There is no mechanism “%(key)s”.") % {"key": key})
        source = valid(read_profile(path))
        rules = profile_of(source).meeting
        if not rules.cadence_months:
            return self._none(key)
        if not asked.dry_run:
            raise CommandError(
                _("“%(key)s” is not loaded: run load_profile first, or add --dry-run.")
                % {"key": key}
            )
        origin_on, first_host = asked.start(rules)
        turns = Rotation(rules.host_policy, rules.hosts, first_host, _names(source))
        calendar = get_calendar(source["jurisdiction"]["division_code"][:2])
        return _fresh(rules, turns, origin_on, asked.until, calendar)

    def _none(self, key: str) -> list[Slot]:
        self.stderr.write(
            _("The text of “%(key)s” names no interval; no regular meetings are planned.")
            % {"key": key}
        )
        return []

    def _say_another_runs(self, series: MeetingSeries, asked: Asked) -> None:
        words = _("Another plan runs from %(day)s (%(host)s first). Restart it with a reason.") % {
            "day": date_format(series.origin_on),
            "host": Side(series.first_host).label,
        }
        if not asked.dry_run:
            raise CommandError(words)
        self.stderr.write(words)


def a_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise ArgumentTypeError(
            _("“%(value)s” is not a date. Write it as 2023-06-12.") % {"value": text}
        ) from wrong


def as_json(slot: Slot) -> dict:
    return {
        "ordinal": slot.ordinal,
        "nominal_on": slot.nominal_on.isoformat(),
        "proposed_on": slot.proposed_on.isoformat(),
        "host": slot.hosts[0] if len(slot.hosts) == 1 else list(slot.hosts),
        "reason": slot.reason,
    }


def as_text(slot: Slot) -> str:
    hosts = "+".join(slot.hosts)
    return f"{slot.ordinal:>3}  {slot.nominal_on}  {slot.proposed_on}  {hosts}  {slot.reason}"


def _fresh(
    rules: MeetingRules, turns: Rotation, origin: date, until: date, calendar: WorkCalendar
) -> list[Slot]:
    return rotation.plan(
        origin=origin,
        months=rules.cadence_months or 1,
        until=until,
        rotation=turns,
        turns=[],
        calendar=calendar,
    )


def _names(source: dict) -> dict[str, str]:
    short = {one["key"]: one["short_name"] for one in source["organizations"]}
    return {party["side"]: short[party["lead"]] for party in source["parties"]}
