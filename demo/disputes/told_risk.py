"""What is watched before it is a dispute: early warnings, and decisions whose risk is assessed."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from cases.actions.assessments import (
    AssessmentWords,
    ask_opinions,
    compare,
    conclude,
    finish_duty,
    give_opinion,
    note_decision,
    set_duty,
)
from cases.actions.warnings import WarningWords, close_warning, follow_warning, report_warning
from cases.models import Assessment, AssessmentState, Duty, EarlyWarning, Opinion
from demo.city import City
from demo.diary import Diary, told_as_of
from demo.disputes.cast import Cast
from members.models import Organization, User

AT = "14:30"


class Watch:
    """A warning or an assessment while it is told; days are counted back from today."""

    def __init__(self, city: City, diary: Diary, cast: Cast) -> None:
        self.city, self.diary, self.cast = city, diary, cast
        self.place = city.mechanism.jurisdiction.pk

    def unit(self, key: str) -> Organization:
        return self.cast.units[key]

    def writer(self, key: str) -> User:
        return self.cast.writer(self.unit(key))

    def on(self, days: int, deed: Callable[[datetime], object]) -> None:
        self.diary.enter(self.city.ago(days), AT, deed)

    # Early warnings.

    def warned(
        self, days: int, by: str, kind: str, level: str, title: str, what: str,
        responsible: str, territory: str = "",
    ) -> None:  # fmt: skip
        words = WarningWords(
            kind, level, title, what, self.city.ago(days), self.unit(responsible),
            self.unit(territory) if territory else None,
        )  # fmt: skip
        actor = self.writer(by)
        self.on(days, lambda at: report_warning(self.place, actor=actor, at=at, words=words))

    def followed(self, days: int, by: str, title: str, text: str, advice_of: str = "") -> None:
        actor, on = self.writer(by), self.city.ago(days)
        adviser = self.unit(advice_of) if advice_of else None
        self.on(
            days,
            lambda at: follow_warning(
                _warning(title).pk, actor=actor, at=at, on=on, text=text, advice_of=adviser
            ),
        )

    def ended(self, days: int, by: str, title: str, text: str) -> None:
        actor = self.writer(by)
        self.on(days, lambda at: close_warning(_warning(title).pk, actor=actor, at=at, text=text))

    # Decisions whose risk is assessed.

    def asked(
        self, days: int, by: str, title: str, area: str, matter: str, invited: Sequence[str],
        due: int,
    ) -> None:  # fmt: skip
        units = [self.unit(key) for key in invited]
        words = AssessmentWords(
            self.unit(by), title, area, matter, units, self.city.ago(due)
        )  # fmt: skip
        actor = self.writer(by)
        self.on(days, lambda at: ask_opinions(self.place, actor=actor, at=at, words=words))

    def advised(self, days: int, by: str, title: str, level: str, text: str) -> None:
        unit, actor, on = self.unit(by), self.writer(by), self.city.ago(days)

        def give(at: datetime) -> None:
            opinion = Opinion.objects.get(assessment__title=title, organization=unit)
            give_opinion(opinion.pk, actor=actor, at=at, on=on, level=level, text=text)

        self.on(days, give)

    def concluded(self, days: int, by: str, title: str, level: str, **words: str) -> None:
        given: dict[str, Any] = {"level": level, "on": self.city.ago(days), **words}
        actor = self.writer(by)
        self.on(days, lambda at: conclude(_assessed(title).pk, actor=actor, at=at, **given))

    def decided(self, days: int, by: str, title: str) -> None:
        actor, on = self.writer(by), self.city.ago(days)
        self.on(days, lambda at: note_decision(_assessed(title).pk, actor=actor, at=at, on=on))

    def owes(
        self, days: int, by: str, title: str, what: str, owner: str, due: int, *,
        done: tuple[int, str] | None = None,
    ) -> None:  # fmt: skip
        """A duty while the decision is carried out; `done`: on which day, with what outcome."""
        actor: dict[str, Any] = {"actor": self.writer(by)}
        duty: dict[str, Any] = {
            "what": what,
            "owed_by": self.unit(owner),
            "due_on": self.city.ago(due),
        }
        self.on(days, lambda at: set_duty(_assessed(title).pk, at=at, **actor, **duty))
        if done is not None:
            self._finished(what, owner, *done)

    def _finished(self, what: str, owner: str, days: int, outcome: str) -> None:
        actor, on = self.writer(owner), self.city.ago(days)

        def finish(at: datetime) -> None:
            duty = Duty.objects.get(what=what)
            finish_duty(duty.pk, actor=actor, at=at, on=on, outcome=outcome)

        self.on(days, finish)


def _warning(title: str) -> EarlyWarning:
    return EarlyWarning.objects.get(title=title)


def _assessed(title: str) -> Assessment:
    return Assessment.objects.get(title=title)


def tell_risk(city: City, diary: Diary, cast: Cast) -> None:
    watch = Watch(city, diary, cast)
    _warnings(watch)
    for tell in (_parking, _landfill, _market, _resettlement):
        tell(watch)


def _warnings(watch: Watch) -> None:
    wages = "在建市政道路项目工人聚集讨薪"
    watch.warned(
        24, "hrss", "petition", "high", wages,
        "三十余名工人到项目部聚集，领头人表示月底前得不到答复就去上访。", "transport", "donghu",
    )  # fmt: skip
    watch.followed(22, "donghu", wages, "街道到场疏导，登记工人诉求二十八份。")
    advice = "投诉处理的法定期限将届满，建议先行书面告知处理进度，避免形成不履职争议。"
    watch.followed(20, "justice", wages, advice, advice_of="justice")
    graves = "山区公路改线涉及祖坟迁移引发争执"
    watch.warned(
        6, "yunling", "conflict", "medium", graves,
        "改线路段有七处坟地，两户不同意补偿标准，已阻止施工一次。", "transport", "yunling",
    )  # fmt: skip
    video = "网传某小学门口执法视频"
    watch.warned(
        3, "justice", "opinion", "high", video,
        "短视频平台流传执法人员与摊贩争执的片段，转发上升较快。", "enforcement", "donghu",
    )  # fmt: skip
    homesteads = "宅基地确权公示期内集中提出异议"
    watch.warned(
        2, "liuxi", "conflict", "medium", homesteads,
        "公示第五日收到异议十一份，多与邻里界址有关，有人表示将一并起诉。", "natural", "liuxi",
    )  # fmt: skip
    heating = "供热管网改造期间居民集中投诉"
    watch.warned(
        130, "donghu", "stability", "medium", heating,
        "两个小区居民因停热赔偿问题在群内约定集体到市政府反映。", "housing", "donghu",
    )  # fmt: skip
    watch.followed(126, "housing", heating, "与供热企业确定补偿办法并逐户送达。")
    listened = "法院建议：补偿办法应当载明异议途径，便于引导调解。"
    watch.followed(124, "housing", heating, listened, advice_of="court")
    watch.ended(108, "housing", heating, "补偿已发放完毕，没有形成诉讼，结束跟踪。")


def _parking(watch: Watch) -> None:
    title = "中心城区道路停车泊位收费调整"
    watch.asked(
        7, "gov", title, "urban_management",
        "拟将二十一条道路的免费泊位改为分时收费，并委托企业管理。",
        ("justice", "court", "procuratorate"), -6,
    )  # fmt: skip
    watch.advised(
        2, "procuratorate", title, "medium", "委托事项和收费依据应当公开；注意对残疾人停车的保障。"
    )


def _landfill(watch: Watch) -> None:
    title = "生活垃圾填埋场扩建选址"
    watch.asked(
        66, "ecology", title, "environment", "拟在现址以东扩建三十亩，涉及两个村的防护距离。",
        ("justice", "court"), 50,
    )  # fmt: skip
    watch.advised(
        55, "justice", title, "high", "防护距离内有居民十一户，环评公众参与程序须在决定前完成。"
    )
    watch.advised(
        52, "court", title, "high", "同类项目的争议集中在公众参与和补偿；本意见不影响日后的裁判。"
    )
    watch.concluded(
        44, "ecology", title, "high",
        foreseen="对环评批复、规划许可提起的诉讼；防护距离内住户的补偿争议。",
        prevention="公众参与全程留痕；先签补偿协议后动工；由石桥镇设立现场接待点。",
    )  # fmt: skip


def _market(watch: Watch) -> None:
    title = "中心农贸市场改造和摊位重新分配"
    watch.asked(
        170, "market", title, "market", "改造期六个月，原有摊位九十四个，按新的准入条件重新分配。",
        ("justice",), 150,
    )  # fmt: skip
    watch.advised(
        158, "justice", title, "medium", "过渡安置和重新分配的规则应当事先公布并听取商户意见。"
    )
    watch.concluded(
        148, "market", title, "medium",
        foreseen="摊位分配、停业补偿的争议。", prevention="公布评分规则，设异议复核环节。",
    )  # fmt: skip
    watch.decided(140, "market", title)
    watch.owes(
        138, "market", title, "公布摊位评分规则并逐户送达", "market", 120,
        done=(124, "已公布并送达九十四户。"),
    )  # fmt: skip
    watch.owes(60, "market", title, "复核对摊位分配提出的异议", "market", -10)
    watch.owes(60, "market", title, "核发临时经营场所的消防和卫生手续", "health", -4)


RESETTLED = "示范二中北侧棚户区改造项目"


def _resettlement(watch: Watch) -> None:
    watch.asked(
        470, "housing", RESETTLED, "housing_expropriation",
        "拟征收房屋一百零六户，按货币补偿和产权调换两种方式补偿。", ("justice", "court"), 450,
    )  # fmt: skip
    watch.advised(456, "justice", RESETTLED, "high", "评估机构应当由被征收人协商选定，结果公示。")
    watch.concluded(
        440, "housing", RESETTLED, "high",
        foreseen="补偿标准和评估结果的争议，预计十件左右。",
        prevention="评估全过程公开；由化解中心提前介入；分户建立台账。",
    )  # fmt: skip
    watch.decided(425, "housing", RESETTLED)
    watch.owes(
        420, "housing", RESETTLED, "分户评估结果公示并复核", "housing", 380,
        done=(384, "一百零六户公示完毕，复核九户。"),
    )  # fmt: skip


def compare_with_disputes(city: City, *, now: datetime) -> None:
    """Once all disputes of the city are there: how many arose where one had been foreseen."""
    row = Assessment.objects.get(title=RESETTLED, state=AssessmentState.CARRIED_OUT)
    lesson = "争议多集中在评估结果的送达；今后评估报告当面送达并说明复核途径。"
    with told_as_of(now):
        compare(row.pk, actor=city.contacts["housing"], at=now, lesson=lesson)
