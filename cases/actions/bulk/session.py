"""What is read once for many disputes: the place, its calendar, its law, its courts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone

from cases.actions.steps import USUAL_DELAY
from cases.models import CourtCode
from foundations.audit.actor import Actor
from foundations.calendars.working_days import WorkCalendar
from mechanisms.models import Mechanism
from members.models import Jurisdiction, Organization
from members.states import OrganizationKind
from services.deadlines.overrides import override_of
from services.deadlines.reckoning import Answer, Case, answer
from services.deadlines.rules import rule_on


@dataclass(frozen=True)
class Noted:
    """An entry of the trail to be: about which row, as what it was called then."""

    verb: str
    subject: Any
    label: str
    data: dict[str, Any]


class Session:
    """One writing of many disputes of an institution, by one person at one moment."""

    def __init__(self, mechanism: Mechanism, *, actor: Actor, at: datetime) -> None:
        self.mechanism = mechanism
        self.actor = actor
        self.at = at
        self._answers: dict[tuple[str, Case], Answer] = {}
        self._since: dict[date, date] = {}
        self._leads: dict[int, Organization] = {}
        self.addressees: dict[tuple[str, int], str] = {}

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.mechanism.jurisdiction

    @cached_property
    def calendar(self) -> WorkCalendar:
        return self.jurisdiction.calendar

    @cached_property
    def courts(self) -> dict[str, str]:
        return CourtCode.objects.names()

    @cached_property
    def bureaus(self) -> list[Organization]:
        rows = Organization.objects.filter(
            jurisdiction=self.jurisdiction, kind=OrganizationKind.JUSTICE_BUREAU
        )
        return list(rows.select_related("parent"))

    def day_of(self, at: datetime | None = None) -> date:
        """The day of a moment; without one, of the writing itself."""
        return timezone.localtime(at or self.at).date()

    def is_late(self, on: date, today: date) -> bool:
        """As `cases.actions.steps.is_late`, counted once a day."""
        if today not in self._since:
            self._since[today] = self.calendar.add_workdays(today, -USUAL_DELAY)
        return on < self._since[today]

    def answer(self, rule: str, case: Case) -> Answer:
        """As `services.deadlines.actions.open_by_rule` asks, each question once. Of the law of
        another day it is asked only where that law was another, which the answer's case tells."""
        if case.law_of and rule_on(rule, case.law_of) == rule_on(rule, case.trigger_on):
            case = replace(case, law_of=None)
        key = (rule, case)
        if key not in self._answers:
            override = override_of(self.mechanism, rule, case.trigger_on)
            self._answers[key] = answer(rule, case, calendar=self.calendar, override=override)
        return self._answers[key]

    def units(self, organization: Organization) -> Iterator[Organization]:
        """The unit and the one that it is a division of."""
        if organization.pk not in self._leads:
            self._leads[organization.pk] = organization.lead
        yield organization
        lead = self._leads[organization.pk]
        if lead.pk != organization.pk:
            yield lead
