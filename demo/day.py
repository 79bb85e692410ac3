"""The day of a meeting as the recorder keeps it, and what its resolutions come to."""

from datetime import date, datetime, timedelta

from demo.before import host_of
from demo.city import City
from demo.diary import Deed, Diary
from meetings.actions import noting, receipts, reports, resolutions, session
from meetings.models import Invitation, Meeting, Resolution, Topic
from meetings.states import (
    AttendanceState,
    ReceiptState,
    ResolutionState,
    TopicOutcome,
    TopicState,
)
from members.models import User

CAME = {
    ReceiptState.ATTENDING: AttendanceState.PRESENT,
    ReceiptState.SUBSTITUTE: AttendanceState.SUBSTITUTE,
    ReceiptState.LEAVE: AttendanceState.LEAVE,
    ReceiptState.NONE: AttendanceState.ABSENT,
}


def hold(city: City, diary: Diary, meeting: Meeting, planned: list[dict], day: date) -> None:
    """Begin, note who came, go topic by topic, end; the resolutions then take their course."""

    def begin(at: datetime) -> None:
        recorder = city.recorder(host_of(meeting))
        session.start_session(meeting.pk, actor=recorder, at=at)
        for place, invitation in enumerate(meeting.invitations.notified().order_by("order", "pk")):
            _mark(invitation, recorder, at + timedelta(minutes=place % 5 - 6))
        clock = at + timedelta(minutes=5)
        for topic in meeting.topics.filter(state=TopicState.ACCEPTED).order_by("order", "pk"):
            words = _words_of(topic, planned, day)
            diary.enter(day, f"{clock:%H:%M}", _treatment(city, topic, words, recorder))
            clock += _length(words)
        diary.enter(day, f"{clock:%H:%M}", lambda at: end(at, recorder))

    def end(at: datetime, recorder: User) -> None:
        ended = session.end_session(meeting.pk, actor=recorder, at=at, absent_rest=True)
        for words in planned:
            for line in words.get("resolutions", ()):
                follow(city, diary, ended, line)

    def open_room(at: datetime) -> None:
        meeting.refresh_from_db()
        diary.enter(day, meeting.starts_at.isoformat("minutes"), begin)

    diary.enter(day, "08:00", open_room)


def _mark(invitation: Invitation, recorder: User, at: datetime) -> None:
    state = CAME[ReceiptState(invitation.receipt)]
    receipts.mark_attendance(invitation.pk, actor=recorder, at=at, state=state)


def _treatment(city: City, topic: Topic, words: dict, recorder: User) -> Deed:
    """One topic from its opening to its outcome."""

    def treat(at: datetime) -> None:
        session.open_topic(topic.pk, actor=recorder, at=at)
        if words["discussion"]:
            seen = session.digest(topic.discussion)
            text = words["discussion"]
            session.note_discussion(topic.pk, actor=recorder, text=text, seen=seen)
        for line in words.get("resolutions", ()):
            noting.add_resolution(
                topic.meeting_id,
                actor=recorder,
                topic=topic,
                text=line["text"],
                lead=city.units[line["lead"]],
                support=[city.units[key] for key in line.get("support", ())],
                due_on=due_day(city, at.date(), line),
            )
        session.set_outcome(topic.pk, actor=recorder, outcome=words["outcome"])
        session.pause_topic(topic.pk, actor=recorder, at=at + _length(words))

    return treat


def _length(words: dict) -> timedelta:
    """Long words and decisions take their time."""
    resolutions = len(words.get("resolutions", ()))
    return timedelta(minutes=9 + len(words["discussion"]) // 9 + 8 * resolutions)


def _words_of(topic: Topic, planned: list[dict], on: date) -> dict:
    """The story's words for a topic; what came back by itself has its own."""
    if topic.follows is not None:
        return {
            "discussion": _look_back(topic.follows.meeting, on),
            "outcome": TopicOutcome.REPORTED,
        }
    return next(words for words in planned if words["title"] == topic.title)


def _look_back(earlier: Meeting, on: date) -> str:
    """What the units say of the resolutions of an earlier meeting."""
    lines = []
    for resolution in earlier.resolutions.select_related("lead").order_by("order"):
        unit, due = resolution.lead.short_name, resolution.due_on
        if resolution.state == ResolutionState.DONE:
            lines.append(f"“{resolution.text}”已办结。")
        elif resolution.state == ResolutionState.OPEN and due < on:
            lines.append(f"{unit}说明了“{resolution.text}”逾期的原因，会议要求尽快办结。")
        elif resolution.state == ResolutionState.OPEN:
            day = f"{due.month}月{due.day}日"
            lines.append(f"{unit}报告，“{resolution.text}”正在推进，将于{day}前办结。")
    return "\n".join(lines)


def due_day(city: City, held_on: date, line: dict) -> date:
    """`days` after the meeting, or `due_in` days from today, moved to a working day."""
    if "due_in" not in line:
        return city.workday(held_on, line["days"])
    if line["due_in"] < 0:
        return city.before(city.today, -line["due_in"])
    return city.workday(city.today, line["due_in"])


def follow(city: City, diary: Diary, meeting: Meeting, line: dict) -> None:
    """Report, check, send back, accept, give up: as the story says."""
    resolution = meeting.resolutions.get(text=line["text"])
    course = {
        "done": _done,
        "late": _late,
        "returned": _returned,
        "cancelled": _cancelled,
        "waiting": _waiting,
        "open": _open,
    }[line["course"]]
    course(_Follow(city, diary, resolution, line["lead"]), line)


class _Follow:
    """A resolution, whoever owes it, and whoever checks it."""

    def __init__(self, city: City, diary: Diary, resolution: Resolution, lead: str) -> None:
        self.city, self.diary, self.resolution = city, diary, resolution
        self.clerk = city.clerk(lead)
        self.due = resolution.due_on

    @property
    def checker(self) -> User:
        return self.city.officer(host_of(self.resolution.meeting))

    def report(self, day: date, text: str, *, done: bool) -> None:
        self.diary.enter(day, "10:25", lambda at: self._report(at, text, done=done))

    def _report(self, at: datetime, text: str, *, done: bool) -> None:
        reports.report_progress(self.resolution.pk, actor=self.clerk, at=at, text=text, done=done)

    def accept(self, day: date) -> None:
        self.diary.enter(
            day,
            "15:05",
            lambda at: reports.accept_report(self._latest(), actor=self.checker, at=at),
        )

    def send_back(self, day: date, reason: str) -> None:
        self.diary.enter(
            day,
            "09:50",
            lambda at: reports.return_report(
                self._latest(), actor=self.checker, at=at, reason=reason
            ),
        )

    def _latest(self) -> int:
        return self.resolution.reports.filter(done=True).latest("pk").pk


def _done(one: _Follow, line: dict) -> None:
    said = one.city.before(one.due, 4)
    one.report(said, line["report"], done=True)
    one.accept(one.city.workday(said, 1))


def _late(one: _Follow, line: dict) -> None:
    said = one.city.workday(one.due, 6)
    one.report(said, line["report"], done=True)
    one.accept(one.city.workday(said, 1))


def _returned(one: _Follow, line: dict) -> None:
    first = one.city.before(one.due, 12)
    one.report(first, line["report"], done=True)
    one.send_back(one.city.workday(first, 1), line["returned"])
    again = one.city.before(one.due, 2)
    one.report(again, line["again"], done=True)
    one.accept(one.city.workday(again, 1))


def _cancelled(one: _Follow, line: dict) -> None:
    one.diary.enter(
        one.city.before(one.due, 15),
        "11:00",
        lambda at: resolutions.cancel_resolution(
            one.resolution.pk, actor=one.checker, at=at, reason=line["reason"]
        ),
    )


def _waiting(one: _Follow, line: dict) -> None:
    one.report(one.city.before(one.city.today, 1), line["report"], done=True)


def _open(one: _Follow, line: dict) -> None:
    if line["report"]:
        one.report(one.city.before(one.city.today, 5), line["report"], done=False)
