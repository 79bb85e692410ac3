"""Two years of regular meetings: most went as planned, one was called off, one put off,
two exchanged their hosts; the next one waits for the government's word on its day."""

from datetime import date, datetime, timedelta

from demo import after, before
from demo.city import City
from demo.day import hold
from demo.diary import Deed, Diary
from foundations.calendars.periods import add_months
from meetings.actions import days
from meetings.actions.planning import begin_plan, plan_ahead
from meetings.models import Meeting
from members.states import Side

FIRST_HOST = Side.COURT
"""So chosen that the next meeting is the court's: it has proposed the day."""


def tell_regular_meetings(city: City, diary: Diary, story: list[dict], origin: date) -> None:
    begun = origin - timedelta(days=45)
    diary.enter(begun, "09:00", lambda at: _start(city, at, origin))
    for month in range(1, 26):
        diary.enter(add_months(begun, month), "02:00", lambda at: _plan(city, at))
    for index, words in enumerate(story):
        nominal = add_months(origin, 2 * index)
        diary.enter(city.ahead(nominal, 23), "08:30", _chapter(city, diary, words, index, story))
    diary.enter(city.before(city.today, 1), "15:20", lambda at: _propose_next(city, at))


def _start(city: City, at: datetime, origin: date) -> None:
    begin_plan(city.mechanism.pk, actor=None, at=at, origin_on=origin, first_host=FIRST_HOST)


def _plan(city: City, at: datetime) -> None:
    plan_ahead(city.mechanism.pk, actor=None, on=at.date(), at=at)


def _meeting(city: City, ordinal: int) -> Meeting:
    return city.mechanism.meetings.get(ordinal=ordinal)


def _chapter(city: City, diary: Diary, words: dict, index: int, story: list[dict]) -> Deed:
    """What becomes of one meeting, entered once it is near and its planned day known."""

    def tell(at: datetime) -> None:
        meeting = _meeting(city, index + 1)
        if "cancelled" in words:
            diary.enter(
                city.ahead(meeting.planned_on, 8),
                "17:05",
                lambda at: days.cancel(
                    meeting.pk,
                    actor=city.officer(before.host_of(meeting)),
                    at=at,
                    reason=words["cancelled"],
                ),
            )
            return
        if "swapped_with_next" in words:
            _swap(city, meeting, _meeting(city, index + 2), words["swapped_with_next"], at)
        planned = [*words["topics"], *_come_back(story, index)]
        _prepare(city, diary, meeting, words, planned, index)

    return tell


def _swap(city: City, meeting: Meeting, following: Meeting, reason: str, at: datetime) -> None:
    days.swap(
        meeting.pk,
        other_id=following.pk,
        actor=city.officer(meeting.host),
        at=at,
        reason=reason,
    )


def _come_back(story: list[dict], index: int) -> list[dict]:
    """What the story says of topics carried over or put off until this meeting."""
    told = [topic for words in story[:index] for topic in words["topics"] if "again" in topic]
    return [{**topic, **topic["again"]} for topic in told if topic["again"]["index"] == index]


def _prepare(
    city: City, diary: Diary, meeting: Meeting, words: dict, planned: list[dict], index: int
) -> None:
    day = meeting.planned_on
    new = words["topics"]
    before.agree_on_day(city, diary, meeting, day, amended=index % 4 == 1)
    before.collect_topics(city, diary, meeting, new, day)
    before.settle_agenda(city, diary, meeting, new, day)
    if "postponed" in words:
        day = _put_off(city, diary, meeting, words["postponed"])
    if index % 3 == 0:
        guests = city.ahead(day, before.TOLD + 1)
        diary.enter(guests, "11:00", lambda at: before.invite_guests(city, meeting, at))
    before.send_notices(city, diary, meeting, day)
    before.return_receipts(city, diary, meeting, day, turn=index)
    hold(city, diary, meeting, planned, day)
    after.write_minutes(city, diary, meeting, day, sent_back=index % 5 == 2)
    latest = words.get("latest", False)
    if index % 3 == 0 or latest:
        after.write_opinion(city, diary, meeting, day, issued=not latest)
    if index % 6 == 4 or latest:
        after.write_consensus(city, diary, meeting, day, issued=not latest)


def _put_off(city: City, diary: Diary, meeting: Meeting, reason: str) -> date:
    """Nine days later, said before any notice goes out."""
    old = meeting.planned_on
    new = city.workday(old, 9)
    diary.enter(
        city.ahead(old, before.TOLD + 1),
        "15:30",
        lambda at: days.postpone(
            meeting.pk,
            actor=city.officer(before.host_of(meeting)),
            at=at,
            day=new,
            reason=reason,
        ),
    )
    return new


def _propose_next(city: City, at: datetime) -> None:
    """The court proposes the day of its next meeting; the government has not answered."""
    meeting = city.mechanism.meetings.regular().ahead().order_by("planned_on").first()
    days.propose_day(
        meeting.pk,
        actor=city.officer(Side.COURT),
        at=at,
        day=meeting.planned_on,
        starts_at=before.MORNING,
        place=before.ROOMS[Side.COURT],
        remark="建议围绕行政处罚程序和复议诉讼衔接收集议题。",
    )
