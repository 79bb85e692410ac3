"""示范市 while its story is told: its institution, its units, its people at their desks."""

from dataclasses import dataclass
from datetime import date, timedelta

from foundations.calendars.working_days import WorkCalendar
from mechanisms.models import Mechanism
from members.models import Organization, Person, User
from members.states import Side

OFFICERS = {Side.GOVERNMENT: "liwenjing", Side.COURT: "zhoumingyuan"}
RECORDERS = {Side.GOVERNMENT: "xuruoqing", Side.COURT: "luzhiyuan"}
SPEAKERS = {"justice": "suhe", "court": "fangyan"}
"""Who presents for the two lead units, whose papers their liaison officers write."""


@dataclass(frozen=True)
class City:
    mechanism: Mechanism
    units: dict[str, Organization]
    users: dict[str, User]
    contacts: dict[str, User]
    today: date

    @property
    def calendar(self) -> WorkCalendar:
        return self.mechanism.jurisdiction.calendar

    def officer(self, side: str) -> User:
        return self.users[OFFICERS[Side(side)]]

    def recorder(self, side: str) -> User:
        return self.users[RECORDERS[Side(side)]]

    def clerk(self, unit: str) -> User:
        """Who writes for a unit: its contact; for the two lead units their officer."""
        return self.contacts.get(unit) or self.officer(self.units[unit].side)

    def speaker(self, unit: str) -> Person:
        """Who presents a topic of a unit."""
        return self.users[SPEAKERS[unit]].person if unit in SPEAKERS else self.clerk(unit).person

    def workday(self, day: date, days: int = 0) -> date:
        """The working day on or after `day` + `days`."""
        return self.calendar.next_workday(day + timedelta(days=days))

    def before(self, day: date, days: int) -> date:
        """The working day on or before `day` - `days`."""
        return self.calendar.previous_workday(day - timedelta(days=days))

    def ago(self, days: int) -> date:
        """The working day on or before so many days ago; on or after a day ahead if negative."""
        return self.before(self.today, days) if days >= 0 else self.workday(self.today, -days)

    def ahead(self, day: date, workdays: int) -> date:
        """So many working days before `day`; holidays never crowd what is counted so."""
        return self.calendar.add_workdays(day, -workdays)


def other(side: str) -> str:
    return Side.COURT if side == Side.GOVERNMENT else Side.GOVERNMENT
