"""A year of what the sides do together besides meeting: planned, signed up for, held."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from cases.hearings.states import HearingState
from cases.models import Hearing
from demo.city import City
from demo.diary import Diary
from foundations.calendars.periods import add_months
from meetings.actions import activities, activity_guests, activity_outcomes
from meetings.actions.activities import ActivityWords
from meetings.actions.activity_guests import Came
from meetings.actions.activity_outcomes import FileWords, OpinionWords
from meetings.models import Activity
from meetings.states import ActivityKind, AnswerState
from members.models import User

K = ActivityKind
PLANNED, ANNOUNCED, ANSWERED, SIGNED_UP = 17, 12, 6, 3
"""So many working days before the day itself is it planned, announced, answered; the last
day to sign up."""
Deed = Callable[[Activity, datetime], object]


@dataclass(frozen=True)
class Told:
    """One activity, `ago` days before today; `units` are asked, and all but the last come."""

    ago: int
    kind: str
    host: str
    title: str
    place: str
    about: str
    summary: str = ""
    units: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    co_hosts: tuple[str, ...] = ()
    discussion: str = ""
    more: dict[str, Any] | None = None


HALL, COURT_HALL = "市政府一号会议室", "市人民法院五楼报告厅"
YEAR = (
    Told(322, K.TRAINING, "court", "行政诉讼证据规则培训", COURT_HALL,
         "讲解行政诉讼举证责任和生效裁判中的证据问题。", "参训人员掌握举证期限和证据材料清单。",
         ("justice", "natural", "enforcement", "hrss")),
    Told(276, K.SEMINAR, "justice", "府院联动工作座谈会", HALL,
         "总结上年度府院联动工作，交流办案经验。", "就送达地址确认和负责人出庭形成工作建议三条。",
         ("court", "housing", "police"), co_hosts=("court",)),
    Told(190, K.HEARING_OBSERVATION, "court", "市场监管处罚案件庭审观摩", "第一审判庭",
         "组织行政机关负责人和执法人员旁听公开庭审。", "旁听后围绕处罚裁量和听证程序开展讨论。",
         ("justice", "market", "health"), ("congress_deputies", "consultative_members"),
         discussion="讨论认为处罚决定应当写明裁量理由。"),
    Told(120, K.TRAINING, "justice", "行政复议法专题培训", HALL,
         "讲解行政复议受案范围、听取意见和调解制度。", "各乡镇、街道和部门法制人员完成培训。",
         ("court", "donghu", "liuxi", "transport")),
    Told(96, K.PUBLICITY, "justice", "行政复议宣传月活动", "市民广场",
         "现场咨询，发放行政复议服务指南。", "接受群众咨询，发放宣传资料。",
         co_hosts=("centre",), more={"medium": "event", "content": "law"}),
    Told(74, K.CASE_LECTURE, "court", "败诉案件讲评", COURT_HALL,
         "讲评近一年行政机关败诉案件，分析程序问题。", "各单位对照自查告知、送达两个环节。",
         ("justice", "natural", "enforcement", "housing")),
    Told(48, K.PUSH_MEETING, "justice", "行政争议实质性化解推进会", HALL,
         "通报数据，分析问题成因，明确跟踪督办措施。", "确定重点领域三个，按月跟踪。",
         ("court", "natural", "hrss", "centre")),
    Told(31, K.PRESS_CONFERENCE, "court", "行政审判工作新闻发布会", "市人民法院新闻发布厅",
         "发布行政审判工作情况和典型案例。", "发布典型案例六件，当事人均作隐名处理。",
         more={"medium": "press", "content": "typical_case", "masked": True,
               "link": "示范市人民法院网“新闻发布”栏目"}),
)  # fmt: skip
FILES = (
    ("enforcement", "示综执罚案卷（一）", "94", "程序完整，裁量说理充分。", "优秀案卷"),
    ("market", "示市监罚案卷（二）", "91", "证据目录清楚。", "优秀案卷"),
    ("transport", "示交罚案卷（三）", "86", "送达回证缺见证人签名。", ""),
    ("health", "示卫罚案卷（四）", "82", "集体讨论记录过于简略。", ""),
    ("natural", "示自然资罚案卷（五）", "78", "告知书未列明听证期限。", ""),
)


def tell_activities(city: City, diary: Diary) -> None:
    """Enter the deeds of a year; the diary plays them among everything else."""
    for told in YEAR:
        _tell(city, diary, told, _concluded(city, told))
    _researched(city, diary)
    _reviewed(city, diary)
    _visited(city, diary)
    _called_off(city, diary)
    _to_come(city, diary)


def _words(city: City, told: Told, **given: Any) -> ActivityWords:
    day = city.ago(told.ago)
    values = {
        "kind": told.kind,
        "title": told.title,
        "host": city.units[told.host],
        "co_hosts": [city.units[key] for key in told.co_hosts],
        "on": day,
        "starts_at": time(9, 30),
        "place": told.place,
        "about": told.about,
        "sign_up_by": city.ahead(day, SIGNED_UP) if told.units else None,
    }
    return ActivityWords(**{**values, **(told.more or {}), **given})


def _tell(city: City, diary: Diary, told: Told, *after: tuple[int, Deed]) -> None:
    """Planned, announced, answered and held as time goes by; then what comes `after`, so
    many days before today."""
    host, day = city.clerk(told.host), city.ago(told.ago)

    def plan(at: datetime) -> None:
        words = _words(city, told)
        activity = activities.plan_activity(city.mechanism.pk, actor=host, at=at, words=words)
        _ask(city, activity, told, host, at)
        diary.enter(
            city.ahead(day, ANNOUNCED),
            "10:20",
            lambda at: activities.announce(activity.pk, actor=host, at=at),
        )
        for place, unit in enumerate(told.units[:-1]):
            diary.enter(city.ahead(day, ANSWERED), f"1{place}:40", _answer(city, activity, unit))
        diary.enter(day, "17:20", lambda at: _hold(activity, host, at))
        for place, (days, deed) in enumerate(after):
            diary.enter(city.ago(days), f"17:{40 + place}", _bound(deed, activity))

    diary.enter(city.ahead(day, PLANNED), "09:40", plan)


def _bound(deed: Deed, activity: Activity) -> Callable[[datetime], object]:
    return lambda at: deed(activity, at)


def _ask(city: City, activity: Activity, told: Told, host: User, at: datetime) -> None:
    if told.units or told.groups:
        units = [city.units[key] for key in told.units]
        activity_guests.invite(
            activity.pk, actor=host, at=at, units=units, groups=told.groups, seats=6
        )


def _answer(city: City, activity: Activity, unit: str) -> Callable[[datetime], object]:
    clerk = city.clerk(unit)

    def deed(at: datetime) -> object:
        invitation = activity.invitations.get(organization=city.units[unit])
        people = [f"{clerk.display_name} 联系人"]
        return activity_guests.answer_invitation(
            invitation.pk, actor=clerk, at=at, coming=True, people=people
        )

    return deed


def _hold(activity: Activity, host: User, at: datetime) -> None:
    """All who signed up came, and guests besides."""
    came = {}
    for one in activity.invitations.prefetch_related("attendees"):
        more = 2 if one.answer == AnswerState.COMING else 5 * (one.organization_id is None)
        came[one.pk] = Came(frozenset(person.pk for person in one.attendees.all()), more)
    activity_guests.hold(activity.pk, actor=host, at=at, held_on=at.date(), came=came)


def _concluded(city: City, told: Told) -> tuple[int, Deed]:
    host = city.clerk(told.host)

    def deed(activity: Activity, at: datetime) -> None:
        if told.kind == K.HEARING_OBSERVATION:
            _opinions(city, activity, at)
        activity_outcomes.conclude(
            activity.pk, actor=host, at=at, summary=told.summary, discussion=told.discussion
        )

    return told.ago - 3, deed


def _opinions(city: City, activity: Activity, at: datetime) -> None:
    said = (
        ("market", "市场监管所所长", "庭审对裁量理由的追问值得执法人员学习。", False),
        ("court", "人大代表", "建议庭前组织一次调解，愿意协助。", True),
    )
    for unit, author, text, helped in said:
        words = OpinionWords(city.units[unit], author, at.date(), text, helped)
        actor = city.clerk(unit)
        activity_outcomes.give_opinion(activity.pk, actor=actor, at=at, words=words)


def _researched(city: City, diary: Diary) -> None:
    """A joint research with its report, handed in on time."""
    told = Told(
        232, K.JOINT_RESEARCH, "justice", "征地补偿领域行政争议联合调研", "东湖街道办事处",
        "走访街道和项目指挥部，分析征地补偿争议的成因。", "形成调研报告一份。",
        ("court", "natural", "donghu"), co_hosts=("court",),
        more={"visited": city.units["donghu"], "members": "市司法局苏禾、市人民法院方砚",
              "report_due_on": city.ago(196)},
    )  # fmt: skip
    host = city.clerk("justice")

    def report(activity: Activity, at: datetime) -> None:
        activity_outcomes.hand_in_report(
            activity.pk,
            actor=host,
            at=at,
            on=at.date(),
            text="争议集中在公告程序和补偿标准两个环节，建议统一公告文本并提前听取意见。",
            recipients="市委、市人民政府",
            copied_to="东湖街道办事处",
        )

    _tell(city, diary, told, (203, report), (198, _concluded(city, told)[1]))


def _reviewed(city: City, diary: Diary) -> None:
    """A case-file review: five files, two of them awarded."""
    told = Told(
        152, K.FILE_REVIEW, "justice", "行政处罚案卷评查", "市司法局三楼会议室",
        "抽查各执法单位行政处罚案卷，交叉评查。", "评出优秀案卷两件，共性问题已反馈各单位。",
        ("court", "enforcement", "market", "transport"),
    )  # fmt: skip
    host = city.clerk("justice")

    def score(activity: Activity, at: datetime) -> None:
        for unit, name, points, findings, award in FILES:
            words = FileWords(city.units[unit], name, Decimal(points), "苏禾", findings, award)
            activity_outcomes.review_file(activity.pk, actor=host, at=at, words=words)

    _tell(city, diary, told, (151, score), _concluded(city, told))


def _visited(city: City, diary: Diary) -> None:
    """The court's people came to an agency a fortnight ago; its report is still due. And an
    observation that is held and not concluded."""
    told = Told(
        13, K.STUDY_VISIT, "enforcement", "违法建设查处业务调研", "市综合行政执法局",
        "邀请法官到局就违法建设认定的专业问题开展调研。", units=("court", "housing"),
        more={"visited": city.units["enforcement"], "members": "市人民法院方砚",
              "report_due_on": city.ago(-9)},
    )  # fmt: skip
    _tell(city, diary, told)
    observed = Told(
        20, K.RECONSIDERATION_OBSERVATION, "justice", "行政复议听证观摩", "市司法局听证室",
        "组织执法单位观摩行政复议听证。", units=("court", "hrss", "police"),
    )  # fmt: skip
    _tell(city, diary, observed)


def _called_off(city: City, diary: Diary) -> None:
    host = city.officer("court")
    told = Told(
        58, K.SEMINAR, "court", "工伤认定案件座谈会", COURT_HALL,
        "就工伤认定中的证据标准交换意见。", units=("hrss", "justice"),
    )  # fmt: skip

    def plan(at: datetime) -> None:
        words = _words(city, told)
        activity = activities.plan_activity(city.mechanism.pk, actor=host, at=at, words=words)
        _ask(city, activity, told, host, at)
        activities.announce(activity.pk, actor=host, at=at)
        diary.enter(
            city.ago(61),
            "11:05",
            lambda at: activities.cancel_activity(
                activity.pk, actor=host, at=at, reason="相关议题并入联席会议专题研究"
            ),
        )

    diary.enter(city.ago(74), "15:00", plan)


def _to_come(city: City, diary: Diary) -> None:
    """Announced and half answered; an observation of a hearing; two that have a month alone."""
    court, justice = city.officer("court"), city.officer("government")
    told = Told(
        -13, K.TRAINING, "court", "行政机关负责人出庭应诉培训", COURT_HALL,
        "讲解出庭职责、发声要点和庭审礼仪。", units=("justice", "natural", "enforcement", "liuxi"),
    )  # fmt: skip

    def training(at: datetime) -> None:
        words = _words(city, told, sign_up_by=city.ago(-8))
        activity = activities.plan_activity(city.mechanism.pk, actor=court, at=at, words=words)
        _ask(city, activity, told, court, at)
        activities.announce(activity.pk, actor=court, at=at)
        for unit in ("justice", "natural"):
            diary.enter(city.ago(3), "10:30", _answer(city, activity, unit))

    diary.enter(city.ago(5), "09:20", training)
    diary.enter(city.ago(4), "15:40", lambda at: _observe(city, court, at))
    diary.enter(city.ago(30), "16:30", lambda at: _plan_ahead(city, justice, court, at))


def _observe(city: City, host: User, at: datetime) -> None:
    """The next hearing of a court is to be observed."""
    ahead = Hearing.objects.filter(
        procedure__dispute__jurisdiction=city.mechanism.jurisdiction,
        procedure__organ=city.units["court"],
        state=HearingState.SET,
        on__gte=city.today + timedelta(days=5),
    )
    hearing = ahead.order_by("on", "pk").first()
    told = Told(
        -11, K.HEARING_OBSERVATION, "court", "行政案件庭审观摩", "第一审判庭",
        "组织行政机关负责人、人大代表旁听公开庭审，庭后讨论。",
        units=("justice", "housing"), groups=("congress_deputies", "public"),
    )  # fmt: skip
    found = {"on": hearing.on, "hearing": hearing, "place": hearing.place} if hearing else {}
    words = _words(city, told, sign_up_by=None, **found)
    activity = activities.plan_activity(city.mechanism.pk, actor=host, at=at, words=words)
    _ask(city, activity, told, host, at)
    activities.announce(activity.pk, actor=host, at=at)


def _plan_ahead(city: City, justice: User, court: User, at: datetime) -> None:
    plans: tuple[tuple[Told, User, date], ...] = (
        (
            Told(0, K.PUBLICITY, "justice", "宪法宣传周联合宣传", "市民广场", "联合开展法治宣传。",
                 co_hosts=("court",), more={"medium": "event", "content": "law"}),
            justice,
            add_months(city.today.replace(day=1), 1),
        ),
        (
            Told(0, K.JOINT_RESEARCH, "court", "工伤认定争议联合调研", "", "分析争议的成因。",
                 co_hosts=("justice",)),
            court,
            add_months(city.today.replace(day=1), 3),
        ),
    )  # fmt: skip
    for told, host, month in plans:
        words = _words(city, told, on=None, starts_at=None, month=month)
        activities.plan_activity(city.mechanism.pk, actor=host, at=at, words=words)
