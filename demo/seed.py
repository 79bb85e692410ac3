"""The demo from nothing: Yining's institution, and two years of 示范市."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import yaml
from django.utils import timezone

from demo.activities import tell_activities
from demo.ageing import age_rows
from demo.assessments import tell_assessments
from demo.bulletins import tell_bulletins
from demo.city import City
from demo.compliance import freeze_past_months
from demo.diary import Diary, moment, told_as_of
from demo.disputes.filling import fill_disputes
from demo.disputes.founding import enter_register, publish_codes
from demo.disputes.story import tell_disputes
from demo.disputes.told_care import tell_care
from demo.disputes.told_mediation import tell_mediations
from demo.disputes.told_risk import compare_with_disputes
from demo.letters import tell_letters
from demo.library import fill_library
from demo.obligations import tell_obligations
from demo.people import PEOPLE, give_addresses, open_accounts
from demo.planner import analyze
from demo.problems import tell_problems
from demo.regular import tell_regular_meetings
from demo.returns import tell_returns
from demo.special import tell_ad_hoc_meetings
from demo.workplans import tell_tasks
from foundations.calendars.periods import add_months
from foundations.notifications.actions import mark_all_read
from mechanisms.actions import load_profile
from mechanisms.loading.validating import load_source
from mechanisms.models import Mechanism
from meetings.actions.planning import begin_plan
from members.models import User
from members.states import Role, Side

HERE = Path(__file__).parent
YINING = HERE.parent / "mechanisms" / "profiles" / "yining.yaml"
SHIFAN = HERE / "profiles" / "shifan.yaml"
STORY = HERE / "story.yaml"
LETTERS = HERE / "letters.yaml"
YINING_ORIGIN = date(2023, 6, 20)
YEARS = 2
ISSUED_BEFORE = timedelta(days=150)
DISPUTES = 1200
"""Enough for units to be compared by their rates over a year."""
LISTED_SINCE = date(2020, 1, 2)
"""The mediators and lawyers of the register."""
NEXT_MEETING_IN = 25
"""Days from today to the nominal day of the next regular meeting: time to collect topics."""


@dataclass(frozen=True)
class Seeded:
    deeds: int
    meetings: int


def is_seeded() -> bool:
    return Mechanism.objects.filter(key="shifan").exists()


def seed(*, password: str, now: datetime) -> Seeded:
    """Everything; call it inside one transaction. Disputes come first: what is told later
    counts them."""
    plan_yining(now=now)
    today = timezone.localdate(now)
    origin = add_months(today + timedelta(days=NEXT_MEETING_IN), -12 * YEARS)
    start = origin - timedelta(days=50)
    city = found_city(password=password, start=start, now=now)
    fill_disputes(city.mechanism, DISPUTES, today=today)
    analyze()
    story = yaml.safe_load(STORY.read_text(encoding="utf-8"))
    diary = Diary(now)
    tell_regular_meetings(city, diary, story["regular"], origin)
    tell_ad_hoc_meetings(city, diary, story["ad_hoc"], story["upcoming"])
    tell_letters(city, diary, yaml.safe_load(LETTERS.read_text(encoding="utf-8")))
    tell_disputes(city, diary)
    tell_care(city, diary)
    tell_mediations(city, diary)
    tell_obligations(city, diary)
    tell_returns(city, diary)
    tell_tasks(city, diary)
    tell_bulletins(city, diary)
    tell_activities(city, diary)
    tell_problems(city, diary)
    tell_assessments(city, diary)
    fill_library(city, diary)
    read_until = today - timedelta(days=6)
    diary.enter(read_until, "18:00", lambda at: _read_all(city, at))
    deeds = diary.play()
    age_rows(city.mechanism.jurisdiction.key)
    compare_with_disputes(city, now=now)
    freeze_past_months(city.mechanism, today=today)
    give_addresses(city.users)
    return Seeded(deeds=deeds, meetings=city.mechanism.meetings.count())


def plan_yining(*, now: datetime) -> None:
    """The published institution with its roster and meetings to come: nothing is told of
    real people that they did not do. The grid of 2023-06-20 is entered where it stands
    today, so that no past meeting is owed either."""
    load_profile(load_source(YINING), actor=None, at=now)
    mechanism = Mechanism.objects.get(key="yining")
    today, turn, day = timezone.localdate(now), 0, YINING_ORIGIN
    while day < today:
        turn += 1
        day = add_months(YINING_ORIGIN, 2 * turn)
    host = Side.COURT if turn % 2 else Side.GOVERNMENT
    begin_plan(mechanism.pk, actor=None, at=now, origin_on=day, first_host=host)


def found_city(*, password: str, start: date, now: datetime) -> City:
    """The institution, the units and the accounts, as of two years ago."""
    at = moment(start, "09:00")
    with told_as_of(at):
        source = _issued(load_source(SHIFAN), start - ISSUED_BEFORE)
        load_profile(_agreed(source, timezone.localdate(now)), actor=None, at=at)
        mechanism = Mechanism.objects.select_related("jurisdiction").get(key="shifan")
        place = mechanism.jurisdiction
        units = {unit.key: unit for unit in place.organizations.all()}
        users = open_accounts(place, units, password=password, since=start, now=now)
        publish_codes()
        enter_register(place, units["centre"], users, at=at, since=LISTED_SINCE)
    return City(
        mechanism=mechanism,
        units=units,
        users=users,
        contacts=_contacts(users),
        today=timezone.localdate(now),
    )


def found_alone(*, now: datetime) -> City:
    """The made-up city without its story, and nobody to sign in: to be filled for measuring."""
    start = add_months(timezone.localdate(now), -12 * YEARS)
    return found_city(password=secrets.token_urlsafe(18), start=start, now=now)


def _issued(source: dict, day: date) -> dict:
    """The made-up institution, issued on `day`: before its first meeting, whenever that is."""
    dates = {"issued_on": day.isoformat(), "effective_from": day.isoformat()}
    number = f"示政办〔{day.year}〕36号"
    return {**source, "mechanism": {**source["mechanism"], **dates, "document_number": number}}


def _agreed(source: dict, today: date) -> dict:
    """The sides agreed at the end of last year how often they tell each other what."""
    since = date(today.year - 1, 12, 31).isoformat()
    owed = [{**row, "since": since} for row in source["obligations"]]
    return {**source, "obligations": owed}


def _contacts(users: dict[str, User]) -> dict[str, User]:
    """The account that writes for each agency."""
    return {one.unit: users[one.username] for one in PEOPLE if one.role == Role.MEMBER_UNIT}


def _read_all(city: City, at: datetime) -> None:
    for user in city.users.values():
        mark_all_read(actor=user, at=at)
