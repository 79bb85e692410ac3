"""What the sides of 示范市 told each other this year: by their terms, their events, in time
or late, and what is still owed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bulletins.actions import bulletins, circulation, white_papers
from bulletins.actions.bulletin_words import BulletinWords
from bulletins.actions.obligations import (
    nil_return,
    open_instalments,
    plan_year,
    register_occasion,
)
from bulletins.models import Bulletin, Instalment, Obligation, WhitePaper, WhitePaperState
from demo.city import City
from demo.diary import Diary
from members.models import User

LATE = {("reconsideration", 4): 3}
"""Key of the matter and month of the last day: so many days late."""
OWED = {"appearances-counted"}
"""The latest of these is overdue."""
NIL = {("reconsideration", 2): "春节期间没有办结的行政复议案件，下月合并通报。"}
BEFORE = {"suits": 3, "reconsideration": 2, "appearances": 1, "problems": 12}
EVENTS: tuple[tuple[str, int, int, str], ...] = (
    ("deployments", 290, 6, "行政审判新司法解释"),
    ("deployments", 201, 5, "全市行政审判工作会议部署"),
    ("deployments", 104, 7, "行政诉讼证据规则新司法政策"),
    ("deployments", 34, 6, "涉企行政案件审理指引"),
    ("norms", 240, 6, "示范市行政裁量权基准"),
    ("norms", 171, 8, "示范市城市更新管理办法"),
    ("norms", 66, 5, "示范市行政规范性文件清理结果"),
    ("norms", 6, 0, "示范市住房租赁管理规定"),
)
"""Matter, so many days ago, told after so many days (0: not yet), what happened."""
UNREAD = 16
"""What was sent in so many days is signed for, and not opened yet."""
DRAFTERS = {"court": "fangyan", "gov": "suhe"}
SIGNERS = {"court": "yeerlan", "gov": "guchengping"}
RECEIVERS = {"court": "liwenjing", "gov": "zhoumingyuan"}
BODY = (
    "<p>现将{name}（{label}）通报如下。</p>"
    "<h2>一、基本情况</h2><p>具体数字见所附统计表，按办理单位登记的记录计算。</p>"
    "<h2>二、存在的问题</h2><p>个别单位对告知、送达程序重视不够，证据材料移送不及时。</p>"
    "<h2>三、下一步工作</h2><p>建议有关单位对照问题自查，并在下次联席会议上交流。</p>"
)


def tell_obligations(city: City, diary: Diary) -> None:
    """From the first working day of the year on; a plan for the year to come."""
    first = date(city.today.year, 1, 4)
    diary.enter(first, "01:15", lambda at: _open(city, diary, at))
    for key, ago, after, what in EVENTS:
        if city.ago(ago).year == city.today.year:
            _Event(city, diary, key, after, what).enter(city.ago(ago))
    diary.enter(city.ago(20), "10:20", lambda at: _plan(city, at))


def _open(city: City, diary: Diary, at: datetime) -> None:
    """The terms of the year, each told before its last day; later ones fall in by night."""
    open_instalments(on=at.date())
    diary.enter(city.ago(1), "01:15", lambda later: open_instalments(on=later.date()))
    rows = Instalment.objects.open().filter(obligation__mechanism=city.mechanism)
    known = {row.pk: row for row in rows.filter(due_on__lt=city.today + timedelta(days=4))}
    latest = {row.obligation.key: row.pk for row in known.values()}
    for row in known.values():
        told = _Told(city, diary, row, opened_on=at.date())
        told.enter(latest[row.obligation.key] == row.pk)


@dataclass
class _Told:
    """One instalment and the bulletin that tells it, written once it was opened."""

    city: City
    diary: Diary
    row: Instalment
    opened_on: date
    pk: int = 0

    @property
    def side(self) -> str:
        return str(self.row.obligation.debtor.key)

    def someone(self, of: dict[str, str]) -> User:
        return self.city.users[of[self.side]]

    def enter(self, is_latest: bool) -> None:
        owed, due_on = self.row.obligation, self.row.due_on or self.row.last_on
        if owed.key in OWED and is_latest:
            return
        if (owed.key, due_on.month) in NIL:
            self.diary.enter(self.city.before(due_on, 1), "11:10", self._nil)
            return
        early = BEFORE.get(owed.key, 4) - LATE.get((owed.key, due_on.month), 0)
        on = self.city.before(due_on, early) if early >= 0 else self.city.workday(due_on, 3)
        self.on_day(on)

    def on_day(self, on: date) -> None:
        on = max(on, self.city.workday(self.opened_on, 2))
        self.diary.enter(self.city.before(on, 1), "15:10", self._draft)
        steps: tuple[tuple[str, Callable[[datetime], object]], ...] = (
            ("09:20", self._sign),
            ("09:50", self._circulate),
        )
        for clock, step in steps:
            self.diary.enter(on, clock, step)
        self.diary.enter(self.city.workday(on, 2), "10:30", self._receive)
        if on < self.city.ago(UNREAD):
            self.diary.enter(self.city.workday(on, 3), "15:20", self._read)

    def _nil(self, at: datetime) -> None:
        reason = NIL[(self.row.obligation.key, (self.row.due_on or self.row.last_on).month)]
        nil_return(self.row.pk, actor=self.someone(DRAFTERS), at=at, reason=reason)

    def _draft(self, at: datetime) -> None:
        owed = self.row.obligation
        words = BulletinWords(
            title=f"关于{self.row.label}{owed.name if self.row.term else ''}的通报",
            body=BODY.format(name=owed.name, label=self.row.label),
            covers=((owed.pk, self.row.pk),),
            tables=(owed.figures,) if owed.figures else (),
        )
        drafter = self.someone(DRAFTERS)
        made = self._with_white_paper(drafter, at) or bulletins.draft(
            self.city.mechanism.pk, actor=drafter, at=at, issuer_id=owed.debtor_id, words=words
        )
        self.pk = made.pk
        bulletins.send_for_review(self.pk, actor=drafter, at=at)

    def _with_white_paper(self, drafter: User, at: datetime) -> Bulletin | None:
        """The yearly matter is the white paper itself, where it is finished."""
        rows = WhitePaper.objects.filter(
            mechanism=self.city.mechanism,
            state=WhitePaperState.FINAL,
            year=self.row.first_on.year,
        )
        paper = rows.first() if self.row.obligation.key == "white-paper" else None
        return white_papers.tell(paper.pk, actor=drafter, at=at) if paper else None

    def _sign(self, at: datetime) -> None:
        bulletins.sign(self.pk, actor=self.someone(SIGNERS), at=at)

    def _circulate(self, at: datetime) -> None:
        circulation.circulate(self.pk, actor=self.someone(DRAFTERS), at=at)

    def _receive(self, at: datetime) -> None:
        circulation.receive(self.pk, actor=self.someone(RECEIVERS), at=at)

    def _read(self, at: datetime) -> None:
        circulation.note_reading(self.pk, actor=self.someone(RECEIVERS), at=at)


@dataclass
class _Event:
    """Something happened that has to be told, and is told some days later."""

    city: City
    diary: Diary
    key: str
    after: int
    what: str

    def enter(self, on: date) -> None:
        self.diary.enter(on, "14:40", self._happen)

    def _happen(self, at: datetime) -> None:
        owed = _owed(self.city, self.key)
        row = register_occasion(
            owed.pk,
            actor=self.city.users[DRAFTERS[str(owed.debtor.key)]],
            at=at,
            what=self.what,
            happened_on=at.date(),
        )
        if self.after:
            told = _Told(self.city, self.diary, row, opened_on=at.date())
            told.on_day(self.city.workday(at.date(), self.after))


def _plan(city: City, at: datetime) -> None:
    """The court is asked for nothing; the government enters the days of its opinions."""
    year = city.today.year + 1
    days = [date(year, 3, 20), date(year, 6, 18), date(year, 9, 17), date(year, 12, 10)]
    owed = _owed(city, "opinions")
    plan_year(owed.pk, actor=city.users["liwenjing"], at=at, year=year, days=days)


def _owed(city: City, key: str) -> Obligation:
    return Obligation.objects.select_related("debtor").get(mechanism=city.mechanism, key=key)
