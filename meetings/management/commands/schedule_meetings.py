import json
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.calendars.working_days import get_calendar
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


class Command(BaseCommand):
    help = (
        "Plan the regular meetings of a mechanism until a day (inclusive), or show the plan. "
        "Exit code 0 when it was planned or the text names no interval, 1 when refused."
    )

    def add_arguments(self, parser):
        parser.add_argument("--mechanism", required=True, metavar="KEY", help="e.g. yining")
        parser.add_argument(
            "--from", dest="since", type=date.fromisoformat, metavar="DATE", help="first meeting"
        )
        parser.add_argument("--host", choices=Side.values, help="who hosts the first meeting")
        parser.add_argument("--until", required=True, type=date.fromisoformat, metavar="DATE")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, mechanism: str, dry_run: bool, format: str, **asked):
        slots = self._slots(mechanism, dry_run=dry_run, **asked)
        if format == "json":
            self.stdout.write(json.dumps([as_json(slot) for slot in slots], ensure_ascii=False))
        else:
            for slot in slots:
                self.stdout.write(as_text(slot))

    def _slots(self, key: str, *, since, host, until, dry_run: bool, **_options) -> list[Slot]:
        mechanism = Mechanism.objects.select_related("jurisdiction").filter(key=key).first()
        if mechanism is None:
            return self._of_packaged(key, since, host, until, dry_run=dry_run)
        rules = rules_of(mechanism, timezone.localdate())
        if not rules.cadence_months:
            return self._none(key)
        try:
            return self._of_loaded(mechanism, rules, since, host, until, dry_run=dry_run)
        except RuleBroken as broken:
            raise CommandError(broken.message) from broken

    def _of_loaded(
        self, mechanism, rules: MeetingRules, since, host, until, *, dry_run: bool
    ) -> list[Slot]:
        series = running_series(mechanism)
        if series and since and (since, host or series.first_host) != _start_of(series):
            raise CommandError(
                _("Another plan runs from %(day)s (%(host)s first). Restart it with a reason.")
                % {"day": series.origin_on, "host": series.first_host}
            )
        if series is None and dry_run:
            turns = rotation_of(mechanism, rules, _required(since, host)[1])
            return _fresh(rules, turns, since, until, calendar_of(mechanism))
        now = timezone.now()
        if series is None:
            origin_on, first_host = _required(since, host)
            series = start_series(
                mechanism.pk, actor=None, at=now, origin_on=origin_on, first_host=first_host
            )
        if not dry_run:
            plan_until(series.pk, actor=None, at=now, until=until)
        return plan_of(series, rules, until=until)

    def _of_packaged(self, key: str, since, host, until, *, dry_run: bool) -> list[Slot]:
        """The plan of an institution that is not loaded, from the profile that ships with us."""
        path = PROFILES / f"{key}.yaml"
        if not path.is_file():
            raise CommandError(_("There is no mechanism “%(key)s”.") % {"key": key})
        source = valid(read_profile(path))
        rules = profile_of(source).meeting
        if not rules.cadence_months:
            return self._none(key)
        if not dry_run:
            raise CommandError(
                _("“%(key)s” is not loaded: run load_profile first, or add --dry-run.")
                % {"key": key}
            )
        origin_on, first_host = _required(since, host)
        turns = Rotation(rules.host_policy, rules.hosts, first_host, _names(source))
        calendar = get_calendar(source["jurisdiction"]["division_code"][:2])
        return _fresh(rules, turns, origin_on, until, calendar)

    def _none(self, key: str) -> list[Slot]:
        self.stderr.write(
            _("The text of “%(key)s” names no interval; no regular meetings are planned.")
            % {"key": key}
        )
        return []


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


def _required(since: date | None, host: str | None) -> tuple[date, str]:
    if since is None or host is None:
        raise CommandError(_("No plan runs yet: give --from and --host."))
    return since, host


def _start_of(series: MeetingSeries) -> tuple[date, str]:
    return series.origin_on, series.first_host


def _fresh(rules: MeetingRules, turns: Rotation, origin: date, until: date, calendar):
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
