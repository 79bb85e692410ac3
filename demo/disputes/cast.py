"""Who takes part in made-up disputes: the units of a place, their accounts, the mediators."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from cases.models import Profession, Professional
from foundations.calendars.working_days import WorkCalendar
from mechanisms.models import Mechanism
from members.models import Organization, User
from services.documents.models import NumberCounter, NumberSeries

WRITERS = {
    "justice": "liwenjing",
    "section": "liwenjing",
    "gov": "liwenjing",
    "court": "zhoumingyuan",
    "division": "zhoumingyuan",
    "intermediate": "songqinghe",
    "high": "luchenzhou",
    "centre": "dengzhiqiu",
    "procuratorate": "wenyucheng",
}
"""Whose account records for the organs; the agencies have their contacts."""


class Numbers:
    """Register numbers, taken as `next_number` takes them and written back at the end; case
    numbers of organs that count by themselves begin at one."""

    def __init__(self, mechanism: Mechanism) -> None:
        rows = NumberSeries.objects.filter(jurisdiction=mechanism.jurisdiction)
        self.series = {row.key: row for row in rows}
        self._given: dict[tuple[str, int], int] = {}
        self._typed: dict[tuple[str, int], int] = {}

    def next(self, key: str, year: int) -> str:
        """The next of a series of the portal."""
        series = self.series[key]
        if (key, year) not in self._given:
            counter = NumberCounter.objects.filter(series=series, year=year).first()
            self._given[key, year] = counter.value if counter else 0
        self._given[key, year] += 1
        return series.pattern.format(year=year, n=self._given[key, year])

    def typed(self, pattern: str, year: int) -> str:
        """The next by a pattern with {year} and {n}, as the organ's own system gives it."""
        n = self._typed[pattern, year] = self._typed.get((pattern, year), 0) + 1
        return pattern.format(year=year, n=n)

    def keep(self) -> None:
        for (key, year), value in self._given.items():
            NumberCounter.objects.update_or_create(
                series=self.series[key], year=year, defaults={"value": value}
            )


@dataclass
class Cast:
    """`users` by account, `units` by key, `writers` by the key of the unit."""

    mechanism: Mechanism
    units: dict[str, Organization]
    users: dict[str, User]
    writers: dict[str, User]
    mediators: list[Professional]
    numbers: Numbers
    today: date

    @cached_property
    def calendar(self) -> WorkCalendar:
        """Looked up once: it is asked for every day of every course."""
        return self.mechanism.jurisdiction.calendar

    def writer(self, unit: Organization) -> User:
        """Who records for a unit."""
        return self.writers[unit.key]

    def workday(self, day: date) -> date:
        return self.calendar.next_workday(day)


def gather(mechanism: Mechanism, *, today: date) -> Cast:
    """The cast of a place that was founded with the demo's profile and accounts."""
    place = mechanism.jurisdiction
    rows = place.organizations.select_related("parent", "acts_for")
    units = {unit.key: unit for unit in rows}
    accounts = User.objects.filter(person__jurisdiction=place).prefetch_related(
        "bindings__organization"
    )
    users = {user.username: user for user in accounts}
    writers = {
        binding.organization.key: user
        for user in users.values()
        for binding in user.bindings.all()
        if binding.organization is not None
    }
    writers |= {key: users[name] for key, name in WRITERS.items() if name in users}
    listed = Professional.objects.filter(jurisdiction=place, profession=Profession.MEDIATOR)
    return Cast(
        mechanism=mechanism,
        units=units,
        users=users,
        writers=writers,
        mediators=list(listed.select_related("user", "organization").order_by("pk")),
        numbers=Numbers(mechanism),
        today=today,
    )
