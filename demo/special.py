"""Ad-hoc meetings: held, refused, waiting for minutes, and on their way."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from demo import after, before
from demo.city import City, other
from demo.day import hold
from demo.diary import Diary
from foundations.calendars.periods import add_months
from meetings.actions import ad_hoc, confidential, topics
from meetings.models import Meeting
from meetings.states import TextClass
from members.states import Side
from services.consents.models import Verdict
from services.consents.queries import current

Tell = Callable[[Meeting], None]


class AdHoc:
    """One ad-hoc meeting of the story; `meeting` is there once it was proposed."""

    def __init__(self, city: City, diary: Diary, words: dict, day: date) -> None:
        self.city, self.diary, self.words, self.day = city, diary, words, day
        self.meeting: Meeting | None = None

    @property
    def side(self) -> str:
        return self.words["side"]

    def propose(self, day: date) -> None:
        self.diary.enter(day, "09:05", self._propose)

    def _propose(self, at: datetime) -> None:
        self.meeting = ad_hoc.propose_ad_hoc(
            self.city.mechanism.pk,
            actor=self.city.officer(self.side),
            at=at,
            title=self.words["title"],
            reason=self.words["reason"],
            day=self.day,
            starts_at=before.MORNING,
            place=before.ROOMS[Side(self.side)],
        )

    def answer(self, day: date, verdict: Verdict, remark: str = "") -> None:
        self.diary.enter(day, "14:45", lambda at: self._answer(at, verdict, remark))

    def _answer(self, at: datetime, verdict: Verdict, remark: str) -> None:
        ad_hoc.answer_ad_hoc(
            current(self.meeting, "ad_hoc").pk,
            actor=self.city.officer(other(self.side)),
            at=at,
            verdict=verdict,
            remark=remark,
        )

    def then(self, day: date, clock: str, tell: Tell) -> None:
        """Go on with the meeting that is there by then."""
        self.diary.enter(day, clock, lambda at: tell(self.meeting))


def tell_ad_hoc_meetings(city: City, diary: Diary, held: list[dict], upcoming: list[dict]) -> None:
    for words in held:
        _tell_past(city, diary, words)
    for words in upcoming:
        tell = {"notified": _notified, "collecting": _collecting, "proposed": _proposed}
        tell[words["state"]](city, diary, words)


def _past_day(city: City, words: dict) -> date:
    if "months_ago" in words:
        return city.workday(add_months(city.today, -words["months_ago"]))
    return city.before(city.today, words["days_ago"])


def _agreed(city: City, diary: Diary, words: dict, day: date, tell: Tell) -> None:
    """Proposed and agreed to; then `tell` goes on with the meeting."""
    one = AdHoc(city, diary, words, day)
    one.propose(city.ahead(day, before.PROPOSED))
    one.answer(city.ahead(day, before.ANSWERED), Verdict.AGREE)
    one.then(city.ahead(day, before.ANSWERED), "15:00", tell)


def _prepare(
    city: City, diary: Diary, meeting: Meeting, planned: list[dict], day: date, **receipts: int
) -> None:
    before.collect_topics(city, diary, meeting, planned, day)
    before.settle_agenda(city, diary, meeting, planned, day)
    before.send_notices(city, diary, meeting, day)
    before.return_receipts(city, diary, meeting, day, **receipts)


def _tell_past(city: City, diary: Diary, words: dict) -> None:
    day = _past_day(city, words)
    if "refused" in words:
        one = AdHoc(city, diary, words, day)
        one.propose(city.ahead(day, before.PROPOSED))
        one.answer(city.ahead(day, before.ANSWERED), Verdict.REFUSE, words["refused"])
        return

    def go_on(meeting: Meeting) -> None:
        _prepare(city, diary, meeting, words["topics"], day, turn=2)
        hold(city, diary, meeting, words["topics"], day)
        _write_up(city, diary, meeting, words, day)

    _agreed(city, diary, words, day, go_on)


def _write_up(city: City, diary: Diary, meeting: Meeting, words: dict, day: date) -> None:
    if words["minutes"] == "issued":
        after.write_minutes(city, diary, meeting, day)
    elif words["minutes"] == "proposed":
        story = after.TextStory(city, diary, meeting, TextClass.MINUTES)
        story.draft(city.workday(day, 1))
        story.propose(city.ahead(city.today, 2))


def _notified(city: City, diary: Diary, words: dict) -> None:
    """In a few days: both sides have told their people, not everybody has answered."""
    day = city.calendar.add_workdays(city.today, words["workdays_ahead"])

    def go_on(meeting: Meeting) -> None:
        _prepare(city, diary, meeting, words["topics"], day, turn=0, leave_out=5)
        named = city.ahead(day, before.GIVEN_IN)
        diary.enter(named, "15:30", lambda at: _name_readers(city, meeting, at))

    _agreed(city, diary, words, day, go_on)


def _name_readers(city: City, meeting: Meeting, at: datetime) -> None:
    """Both officers have signed for the confidential topic; the recorder has not yet."""
    topic = meeting.topics.get(confidential=True)
    officers = [city.officer(Side.COURT), city.officer(Side.GOVERNMENT)]
    readers = [*officers, city.recorder(Side.GOVERNMENT)]
    clerk = topic.submitted_by
    confidential.name_readers(topic.pk, actor=clerk, at=at, users=readers)
    for reader in officers:
        confidential.sign_undertaking(topic.pk, actor=reader, at=at + timedelta(minutes=40))


def _collecting(city: City, diary: Diary, words: dict) -> None:
    """Topics are coming in: one of each fate."""
    day = city.calendar.add_workdays(city.today, words["workdays_ahead"])

    def go_on(meeting: Meeting) -> None:
        before.collect_topics(city, diary, meeting, words["topics"], day)
        decided = city.ahead(day, before.GIVEN_IN - 1)
        diary.enter(decided, "09:00", lambda at: _decide(city, meeting, words["topics"], at))

    _agreed(city, diary, words, day, go_on)


def _decide(city: City, meeting: Meeting, planned: list[dict], at: datetime) -> None:
    officer = city.officer(Side.GOVERNMENT)
    accepted = None
    for words in planned:
        topic = before.topic_called(meeting, words["title"])
        if words["then"] == "accepted":
            accepted = topics.accept(topic.pk, actor=officer, at=at)
        elif words["then"] == "merged":
            reason = words["reason"]
            topics.merge(topic.pk, into=accepted, actor=officer, at=at, reason=reason)
        elif words["then"] == "withdrawn":
            clerk = city.clerk(words["by"])
            topics.withdraw(topic.pk, actor=clerk, at=at, reason=words["reason"])
        elif words["then"] == "deferred":
            topics.defer(topic.pk, actor=officer, at=at, reason=words["reason"])


def _proposed(city: City, diary: Diary, words: dict) -> None:
    day = city.calendar.add_workdays(city.today, words["workdays_ahead"])
    AdHoc(city, diary, words, day).propose(city.ahead(city.today, 1))
