"""What units of 示范市 handed in over the year: figures, documents, handlers, checks, papers
to bodies above, declarations; most in time, two late, one sent back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from demo.city import City
from demo.diary import Diary
from demo.papers import evidence
from members.models import User
from returns.actions import checks, declarations, deliverables, duties, reports, staff
from returns.actions.opening import open_all
from returns.models import CheckPoint, CheckSheet, Deliverable, Return
from returns.states import DeclarationKind, Qualification, RoundKind, UpwardKind

LATE = ("hrss", 2)
"""Unit and term: three days late."""
NIL = ("hrss", 1)
SENT_BACK = ("enforcement", 3)
SLOW, DAYS_LATE = ("donghu", 1), 20
"""Handed in so many days late."""
BASE = {"natural": 6, "enforcement": 9, "hrss": 4, "donghu": 3}
DELIVERED = (
    ("natural", "discretion", 310),
    ("enforcement", "discretion", 296),
    ("hrss", "discretion", 280),
    ("market", "discretion", 215),
    ("justice", "guidance-plan", 262),
)
"""Who made which document so many days ago; the market bureau made its own late."""
HANDLERS = (
    ("苏禾", "科长", Qualification.LEGAL, "A20143301990012", 700),
    ("李文静", "四级主任科员", Qualification.LEGAL, "A20173301990034", 640),
    ("许若晴", "科员", Qualification.NONE, "", 320),
)
ROOMS = ("接待室", "审理室", "听证室", "调解室", "档案室")
LOOKS = ("事实认定和证据", "法律依据适用", "权利告知", "送达回证")
REPORT = (
    "今年以来，市司法局依法受理、审理行政复议案件，坚持应收尽收、能调尽调。\n"
    "下一步，将继续加强对行政机关履行行政复议决定的督促，定期通报情况。"
)
REQUEST = (
    "我局在办理行政复议案件中发现，有关单位对土地征收补偿安置中的权利告知理解不一。\n"
    "拟由我局会同市自然资源和规划局制定统一的告知文书样式，在全市试行。"
)


def tell_returns(city: City, diary: Diary) -> None:
    """From a year ago on; the nightly opening is told four times."""
    for ago in (350, 240, 150, 60, 2):
        diary.enter(city.ago(ago), "01:30", lambda at: _open(city, diary, at))
    for unit, key, ago in DELIVERED:
        diary.enter(city.ago(ago), "15:00", partial(_deliver, city, unit, key))
    for name, post, won, certificate, ago in HANDLERS:
        words = staff.HandlerWords(
            city.units["justice"], name, won, city.ago(ago), post, certificate
        )
        diary.enter(city.ago(310), "09:20", partial(_handler, city, words))
    _tell_checks(city, diary)
    _tell_papers(city, diary)
    for who, ago in (("liwenjing", 38), ("suhe", 36), ("xuruoqing", 9)):
        diary.enter(city.ago(ago), "16:10", partial(_declare, city, diary, who))


def _open(city: City, diary: Diary, at: datetime) -> None:
    """What is opened is handed in by its unit some days before it is due."""
    seen = set(Return.objects.values_list("pk", flat=True))
    open_all(on=at.date(), at=at)
    rows = Return.objects.filter(jurisdiction=city.mechanism.jurisdiction).exclude(pk__in=seen)
    for row in rows.select_related("organization", "duty"):
        _enter_return(city, diary, row, at.date())


def _enter_return(city: City, diary: Diary, row: Return, opened_on: date) -> None:
    which = (row.organization.key, row.n)
    late = {LATE: 3, SLOW: DAYS_LATE}.get(which, -4)
    day = row.due_on + timedelta(days=late)
    day = city.workday(max(day, opened_on))
    diary.enter(day, "10:40", lambda at: _hand_in(city, diary, row, at))


def _hand_in(city: City, diary: Diary, row: Return, at: datetime) -> None:
    which = (row.organization.key, row.n)
    clerk, officer = city.clerk(row.organization.key), city.clerk("justice")
    duties.send_return(row.pk, actor=clerk, at=at, figures=_figures(row, which == NIL))
    review = city.workday(at.date(), 2)
    if which == SENT_BACK and row.duty.key == "appearances":
        diary.enter(review, "09:10", lambda at: _send_back(city, diary, row, at))
    elif row.n != 4:
        diary.enter(review, "09:10", lambda at: duties.accept_return(row.pk, actor=officer, at=at))


def _figures(row: Return, nil: bool) -> duties.Figures:
    if nil:
        return duties.Figures({}, nil=True, remark="本期没有发生应当报送的情况。")
    n = BASE[row.organization.key] + row.n
    if row.duty.key == "appearances":
        values = {"suits": n, "appeared": [n - row.n % 2, n], "spoke": n - 2, "note": None}
    else:
        values = {"studies": 2 + row.n % 2, "reviewed": [n * 3, n * 3], "stated": True}
    return duties.Figures(values)


def _send_back(city: City, diary: Diary, row: Return, at: datetime) -> None:
    day = city.workday(at.date(), 8)
    duties.send_back(
        row.pk,
        actor=city.clerk("justice"),
        at=at,
        reason="出庭发声件数与法院通报不一致，请核对后重报。",
        due_on=day,
    )
    clerk = city.clerk(row.organization.key)
    again = city.workday(at.date(), 3)
    diary.enter(
        again,
        "11:30",
        lambda at: duties.send_return(row.pk, actor=clerk, at=at, figures=_figures(row, False)),
    )


def _deliver(city: City, unit: str, key: str, at: datetime) -> None:
    rows = Deliverable.objects.filter(mechanism=city.mechanism, key=key)
    one = rows.filter(organization=city.units[unit]).order_by("due_on").first()
    if one is None:
        return
    title = f"{city.units[unit].name}{one.name}"
    paper = deliverables.Paper(
        title=title,
        on=at.date(),
        files=[evidence(title, ["一、适用范围", "二、主要内容", "三、附则"])],
        declared=True,
    )
    deliverables.deliver(one.pk, actor=city.clerk(unit), at=at, paper=paper)


def _handler(city: City, words: staff.HandlerWords, at: datetime) -> None:
    staff.enter_handler(actor=city.clerk("justice"), at=at, words=words)


@dataclass(frozen=True)
class _Round:
    city: City
    diary: Diary
    kind: str
    title: str
    items: tuple[str, ...]
    units: tuple[str, ...]
    answered: tuple[str, ...]

    def call(self, at: datetime) -> None:
        city = self.city
        words = checks.RoundWords(
            kind=self.kind,
            organization=city.units["justice"],
            title=self.title,
            items=self.items,
            units=[city.units[key] for key in self.units],
            due_on=city.workday(at.date(), 30),
        )
        made = checks.call_round(
            city.mechanism.pk, actor=city.clerk("justice"), at=at, words=words
        )
        for sheet in made.sheets.select_related("organization"):
            if sheet.organization.key in self.answered:
                day = city.workday(at.date(), 9)
                self.diary.enter(day, "14:30", partial(self.fill, sheet))

    def fill(self, sheet: CheckSheet, at: datetime) -> None:
        *whole, last = self.items
        found = [checks.Found(item, True) for item in whole]
        mend_by = self.city.workday(at.date(), 40)
        found.append(checks.Found(last, False, "现有条件不足，正在补充。", mend_by))
        clerk = self.city.clerk(sheet.organization.key)
        checks.fill_sheet(sheet.pk, actor=clerk, at=at, found=found)
        point = CheckPoint.objects.get(sheet=sheet, passed=False)
        day = self.city.workday(at.date(), 25)
        self.diary.enter(day, "10:00", lambda at: self.mend(point, clerk, at))

    def mend(self, point: CheckPoint, clerk: User, at: datetime) -> None:
        checks.mend_point(
            point.pk, actor=clerk, at=at, on=at.date(), mended="已经补充到位，并登记在册。"
        )


def _tell_checks(city: City, diary: Diary) -> None:
    title = "行政复议办案场所检查"
    own = ("justice",)
    rooms = _Round(city, diary, RoundKind.FACILITY, title, ROOMS, own, own)
    diary.enter(city.ago(120), "09:00", rooms.call)
    asked = ("natural", "enforcement", "housing", "market")
    title = "执法文书自查"
    looked = _Round(city, diary, RoundKind.SELF_CHECK, title, LOOKS, asked, asked[:3])
    diary.enter(city.ago(26), "09:30", looked.call)


def _tell_papers(city: City, diary: Diary) -> None:
    year = city.ago(70).year
    report = reports.ReportWords(
        title=f"关于{year}年行政复议工作情况的报告",
        to="中共示范市委\n示范地区行政公署司法局",
        cc="示范市人民代表大会常务委员会",
        text=REPORT,
        signer="韩立夏",
        number=f"示司发〔{year}〕18号",
        figures="this_year",
    )
    request = reports.ReportWords(
        title="关于统一土地征收补偿权利告知文书样式的请示",
        to="示范市人民政府",
        text=REQUEST,
        signer="韩立夏",
        contact="李文静，0000—0000000",
    )
    diary.enter(city.ago(70), "11:00", lambda at: _report(city, diary, report, at))
    diary.enter(city.ago(12), "15:40", lambda at: _write(city, UpwardKind.REQUEST, request, at))


def _write(city: City, kind: str, words: reports.ReportWords, at: datetime) -> int:
    made = reports.begin_report(
        city.mechanism.pk,
        actor=city.clerk("justice"),
        at=at,
        organization=city.units["justice"],
        kind=kind,
        words=words,
    )
    return int(made.pk)


def _report(city: City, diary: Diary, words: reports.ReportWords, at: datetime) -> None:
    pk, officer = _write(city, UpwardKind.REPORT, words, at), city.clerk("justice")
    reports.issue_report(pk, actor=officer, at=at, on=at.date())
    diary.enter(
        city.workday(at.date(), 12),
        "09:50",
        lambda at: reports.note_answer(
            pk, actor=officer, at=at, on=at.date(), answer="已阅。请继续抓好复议决定履行。"
        ),
    )


def _declare(city: City, diary: Diary, who: str, at: datetime) -> None:
    words = declarations.Statement(
        organization=city.units["justice"],
        kind=DeclarationKind.INTEGRITY,
        text="一年来，本人严格遵守办案纪律，没有违规过问、干预案件，没有与当事人、代理人不当接触。",
        on=at.date(),
        year=at.date().year,
    )
    made = declarations.declare(actor=city.users[who], at=at, words=words)
    if who == "xuruoqing":
        return
    leader = city.users["hanlixia"]
    diary.enter(
        city.workday(at.date(), 4),
        "17:00",
        lambda at: declarations.note_read(made.pk, actor=leader, at=at),
    )
