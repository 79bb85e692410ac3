"""The texts of a meeting: drafted from the record, confirmed by both sides, issued."""

from datetime import date, datetime

from demo.before import host_of
from demo.city import City, other
from demo.diary import Diary
from meetings.actions import issuing, texts
from meetings.models import Meeting, MeetingText
from meetings.states import TextClass
from services.consents.models import Verdict

REMARK = "第二项议定事项的完成时限请与会议记录一致，其余无意见。"


class TextStory:
    """One text on its way; each step is entered with its day."""

    def __init__(self, city: City, diary: Diary, meeting: Meeting, text_class: TextClass) -> None:
        self.city, self.diary = city, diary
        self.meeting, self.text_class = meeting, text_class

    @property
    def text(self) -> MeetingText:
        return self.meeting.texts.get(text_class=self.text_class)

    @property
    def host(self) -> str:
        return host_of(self.meeting)

    def draft(self, day: date) -> None:
        self.diary.enter(day, "09:40", self._draft)

    def propose(self, day: date, clock: str = "16:30") -> None:
        self.diary.enter(day, clock, self._propose)

    def answer(self, day: date, verdict: Verdict, remark: str = "") -> None:
        self.diary.enter(day, "10:50", lambda at: self._answer(at, verdict, remark))

    def issue(self, day: date) -> None:
        self.diary.enter(day, "11:20", self._issue)

    def _draft(self, at: datetime) -> None:
        actor = self.city.recorder(self.host)
        texts.draft_text(self.meeting.pk, self.text_class, actor=actor, at=at)

    def _propose(self, at: datetime) -> None:
        texts.propose_text(self.text.pk, actor=self.city.officer(self.host), at=at)

    def _answer(self, at: datetime, verdict: Verdict, remark: str) -> None:
        side = other(self.host)
        texts.answer_text(
            self.text.pk,
            side=side,
            actor=self.city.officer(side),
            at=at,
            verdict=verdict,
            remark=remark,
        )

    def _issue(self, at: datetime) -> None:
        issuing.issue_text(self.text.pk, actor=self.city.officer(self.host), at=at)


def write_minutes(
    city: City, diary: Diary, meeting: Meeting, held_on: date, *, sent_back: bool = False
) -> None:
    """Drafted the day after, confirmed within the week, issued; `sent_back` once."""
    story = TextStory(city, diary, meeting, TextClass.MINUTES)
    story.draft(city.workday(held_on, 1))
    proposed = city.workday(held_on, 2)
    story.propose(proposed)
    answered = city.workday(proposed, 1)
    if sent_back:
        story.answer(answered, Verdict.AMEND, REMARK)
        story.propose(answered, "15:10")
        answered = city.workday(answered, 1)
    story.answer(answered, Verdict.AGREE)
    story.issue(city.workday(answered, 1))


def write_opinion(
    city: City, diary: Diary, meeting: Meeting, held_on: date, *, issued: bool = True
) -> None:
    story = TextStory(city, diary, meeting, TextClass.OPINION)
    drafted = city.workday(held_on, 8)
    story.draft(drafted)
    story.propose(drafted)
    answered = city.workday(drafted, 1)
    story.answer(answered, Verdict.AGREE)
    if issued:
        story.issue(city.workday(answered, 1))


def write_consensus(
    city: City, diary: Diary, meeting: Meeting, held_on: date, *, issued: bool = True
) -> None:
    story = TextStory(city, diary, meeting, TextClass.CONSENSUS)
    drafted = city.workday(held_on, 12)
    story.draft(drafted)
    if not issued:
        return
    story.propose(drafted)
    answered = city.workday(drafted, 2)
    story.answer(answered, Verdict.AGREE)
    story.issue(city.workday(answered, 1))
