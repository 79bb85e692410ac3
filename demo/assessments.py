"""How the units of 示范市 were assessed: a scheme, a sheet that was told, objected to, published
and circulated, and the next one, whose units may still object."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from assessments.actions import schemes, sheets, telling
from assessments.models import Assessed, Objection, Scheme, Score, Sheet
from bulletins.actions import bulletins, circulation
from demo.city import City
from demo.diary import Diary
from foundations.calendars.terms import Per, Term
from members.models import User

OFFICER, RECORDER, SIGNER = "liwenjing", "xuruoqing", "hanlixia"
ADOPTED, RUNNING = 700, 7
"""Days ago the scheme was adopted; working days ago the sheet was begun that is still open."""
YEARLY = (2, 20)
"""The day on which the sheet of the year before is begun."""
UNITS = ("natural", "enforcement", "hrss", "market", "police", "housing", "health", "donghu")
TERMS = {3: "第一季度", 6: "上半年", 9: "前三季度", 12: "度"}
NAME = "示范市行政争议预防化解工作考核方案"
BASIS = "示范市法治政府建设年度工作要点"
HEARING, CORRECTED, SETTLED = "负责人出庭应诉", "行政复议纠错", "行政复议调解"
MEETING, EFFORT = "联席会议工作", "配合实质性化解"
ITEMS: tuple[dict[str, Any], ...] = (
    {
        "name": HEARING,
        "indicator": "R6",
        "way": "proportional",
        "target": Decimal(100),
        "weight": Decimal(20),
    },
    {
        "name": CORRECTED,
        "indicator": "R2",
        "wanted": "down",
        "way": "steps",
        "steps": ("10 100", "20 80", "30 60", "50 30"),
        "weight": Decimal(15),
    },
    {
        "name": SETTLED,
        "indicator": "R3",
        "way": "proportional",
        "target": Decimal(20),
        "weight": Decimal(15),
    },
    {
        "name": MEETING,
        "kind": "judged",
        "note": "议题和材料按期提交，议定事项按期办结",
        "full_mark": Decimal(20),
        "weight": Decimal(25),
    },
    {
        "name": EFFORT,
        "kind": "judged",
        "note": "派员参加调解、和解，落实化解方案",
        "full_mark": Decimal(20),
        "weight": Decimal(25),
    },
)
MARKS = {
    "natural": (18, "议题材料齐备，议定事项按期办结。", 17, "配合调解到位，方案落实及时。"),
    "enforcement": (14, "一项议定事项逾期办结。", 15, "多数案件派员参加调解。"),
    "hrss": (19, "两次提交议题，材料齐备。", 18, "主动提出化解方案。"),
    "market": (17, "材料一次逾期提交。", 14, "两件案件未派员参加调解。"),
    "police": (13, "一项议定事项尚未办结。", 15, "多数案件派员参加调解。"),
    "housing": (16, "材料齐备，发言准备不足。", 16, "征收补偿类案件化解方案落实较好。"),
    "health": (18, "材料齐备，按期办结。", 17, "配合调解到位。"),
    "donghu": (12, "未按期提交议题材料。", 15, "入户走访及时，化解方案尚未落实。"),
}
"""Of each unit the marks for its part in meetings and for its effort, each with its reason."""
SAID = {
    "market": (EFFORT, "两件案件中有一件未收到参加调解的通知，送达回证可以核对，请予调整。"),
    "police": (MEETING, "该议定事项已报请延期至下季度，请不作扣分。"),
}
ANSWERED = {
    "market": ("upheld", Decimal(16), "经核对送达回证，一件确未通知到，按一件扣分。"),
    "police": ("refused", None, "延期未经联席会议同意，维持原得分。"),
}


def tell_assessments(city: City, diary: Diary) -> None:
    day = date(city.ago(ADOPTED).year, 1, 1)
    diary.enter(city.ago(ADOPTED), "10:10", lambda at: _adopt(city, day, at))
    past = city.ago(30)
    begun = max(
        date(year, *YEARLY) for year in (past.year - 1, past.year) if date(year, *YEARLY) < past
    )
    whole = Term.around(Per.YEAR, begun).before
    _Story(city, diary, whole.last_on).enter(city.workday(begun))
    lately = city.ahead(city.today, RUNNING)
    running = Term.around(Per.QUARTER, lately).before
    if running.last_on != whole.last_on:
        _Story(city, diary, running.last_on).enter(lately, done=False)


def _adopt(city: City, valid_from: date, at: datetime) -> None:
    officer = city.users[OFFICER]
    words = schemes.SchemeWords(name=NAME, valid_from=valid_from, basis=BASIS)
    made = schemes.draft_scheme(city.mechanism.pk, actor=officer, at=at, words=words)
    for item in ITEMS:
        given = schemes.ItemWords(**{"kind": "indicator", **item})
        schemes.add_item(made.pk, actor=officer, at=at, words=given)
    schemes.adopt(made.pk, actor=officer, at=at)


@dataclass
class _Story:
    """One sheet, over the year until the end of a quarter."""

    city: City
    diary: Diary
    last_on: date
    pk: int = 0

    def enter(self, begun: date, *, done: bool = True) -> None:
        """So many working days after it was begun it is told; published once all was answered."""
        steps = [(0, "09:40", self._draft), (1, "15:30", self._judge), (3, "10:20", self._tell)]
        steps += [(5, "11:05", self._object)]
        if done:
            steps += [(7, "16:10", self._answer), (8, "09:15", self._agree)]
            steps += [(14, "10:30", self._publish), (16, "15:40", self._circulate)]
        for after, clock, deed in steps:
            self.diary.enter(self.city.calendar.add_workdays(begun, after), clock, deed)

    @property
    def officer(self) -> User:
        return self.city.users[OFFICER]

    def _draft(self, at: datetime) -> None:
        last_on = self.last_on
        named = f"{last_on.year}年{TERMS[last_on.month]}"
        words = sheets.SheetWords(
            title=f"{named}行政争议预防化解工作考核",
            first_on=last_on.replace(month=1, day=1),
            last_on=last_on,
            units=[self.city.units[key] for key in UNITS],
        )
        scheme = Scheme.objects.get(name=NAME)
        recorder = self.city.users[RECORDER]
        self.pk = sheets.draft_sheet(scheme.pk, actor=recorder, at=at, words=words).pk

    def _judge(self, at: datetime) -> None:
        for key, (meeting, why, effort, why_so) in MARKS.items():
            for item, mark, reason in ((MEETING, meeting, why), (EFFORT, effort, why_so)):
                row = self._score(key, item)
                recorder = self.city.users[RECORDER]
                sheets.judge(row.pk, actor=recorder, at=at, mark=Decimal(mark), reason=reason)

    def _tell(self, at: datetime) -> None:
        until = self.city.workday(at.date(), 10)
        telling.announce(self.pk, actor=self.officer, at=at, object_by=until)

    def _object(self, at: datetime) -> None:
        for key, (item, text) in SAID.items():
            row = self._score(key, item)
            telling.object_to(row.pk, actor=self.city.clerk(key), at=at, text=text)

    def _answer(self, at: datetime) -> None:
        for key, (outcome, mark, answer) in ANSWERED.items():
            row = Objection.objects.get(score=self._score(key, SAID[key][0]))
            given: dict[str, Any] = {"outcome": outcome, "mark": mark, "answer": answer}
            telling.answer_objection(row.pk, actor=self.officer, at=at, **given)

    def _agree(self, at: datetime) -> None:
        for key in ("natural", "hrss", "housing", "health"):
            line = Assessed.objects.get(sheet=self.pk, organization=self.city.units[key])
            telling.agree(line.pk, actor=self.city.clerk(key), at=at)

    def _publish(self, at: datetime) -> None:
        telling.publish(self.pk, actor=self.officer, at=at)

    def _circulate(self, at: datetime) -> None:
        circular = Sheet.objects.get(pk=self.pk).bulletin
        if circular is None:
            raise LookupError(self.pk)
        bulletins.send_for_review(circular.pk, actor=self.officer, at=at)
        bulletins.sign(circular.pk, actor=self.city.users[SIGNER], at=at)
        circulation.circulate(circular.pk, actor=self.officer, at=at)
        later = self.city.workday(at.date(), 2)
        self.diary.enter(later, "10:40", partial(self._receive, circular.pk))

    def _receive(self, circular: int, at: datetime) -> None:
        court = self.city.users["zhoumingyuan"]
        circulation.receive(circular, actor=court, at=at)

    def _score(self, unit: str, item: str) -> Score:
        return Score.objects.get(
            assessed__sheet=self.pk,
            assessed__organization=self.city.units[unit],
            item__name=item,
        )
