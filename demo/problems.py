"""A year of what went wrong in general, and how the sides of 示范市 settled it together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from demo.city import City
from demo.diary import Diary
from mechanisms.queries import provision
from members.models import Organization
from problems.actions import agreeing, consultations, guidance, law, problems
from problems.models import Asking, Measure, Problem, Question
from problems.states import Source
from services.consents.models import Verdict

J, C = "justice", "court"
Deed = Callable[[datetime], object]


@dataclass(frozen=True)
class Seen:
    """A problem, seen `ago` days before today by `by`; `measure` is the one that `unit`
    takes within 30 days, done after `done` days, or not yet."""

    ago: int
    by: str
    title: str
    source: str
    area: str
    figures: str
    text: str
    cause: str
    agency: str
    owners: tuple[str, ...]
    measure: str = ""
    unit: str = ""
    done: int | None = None
    solved: int | None = None


PROBLEMS = (
    Seen(310, C, "处罚决定书未载明裁量理由", Source.TRIAL, "urban_management",
         "抽查的二十件处罚案件中，七件没有写明从重情节的理由。",
         "裁量理由缺失，当事人对处罚幅度普遍不服。", "处罚文书格式没有裁量说明一栏。",
         "enforcement", ("justice",), "修订处罚文书格式，增加裁量说明", "enforcement", 24, 60),
    Seen(205, J, "工伤认定举证通知送达不规范", Source.RECONSIDERATION, "work_injury",
         "复议纠错的五件工伤案件中，三件因送达程序。",
         "举证通知以电话代替书面送达，事后无法证明。", "没有统一的送达地址确认书。",
         "hrss", ("court",), "推行送达地址确认书", "hrss", 28, 45),
    Seen(96, C, "政府信息公开答复引用依据不全", Source.TRIAL, "",
         "", "答复只写结论，不写所依据的条款。", "答复模板多年没有更新。",
         "natural", ("justice", "natural"), "更新答复模板并组织培训", "natural", 27),
    Seen(33, J, "征收补偿协议缺少评估报告附件", Source.DATA, "housing_expropriation",
         "上半年备案的协议中约四分之一没有附评估报告。",
         "协议履行争议中评估依据难以核对。", "备案时不查附件。",
         "housing", ("court", "housing"), "备案时核对评估报告", "housing"),
    Seen(9, C, "负责人出庭后不发声", Source.MEETING, "",
         "近三个月出庭的负责人中约三成没有发言。",
         "出庭不出声，不利于争议的实质性化解。", "",
         "transport", ("justice",)),
)  # fmt: skip


def tell_problems(city: City, diary: Diary) -> None:
    """Enter the deeds; the diary plays them among everything else."""
    teller = _Teller(city, diary)
    for seen in PROBLEMS:
        teller.problem(seen)
    teller.law()
    teller.drafts()
    teller.guidance()


class _Teller:
    def __init__(self, city: City, diary: Diary) -> None:
        self.city, self.diary = city, diary
        self.mechanism = city.mechanism.pk

    def unit(self, key: str) -> Organization:
        return self.city.units[key]

    def by(self, key: str, at: datetime) -> dict[str, Any]:
        return {"actor": self.city.clerk(key), "at": at}

    def on(self, ago: int, deed: Deed, clock: str = "15:20") -> None:
        self.diary.enter(self.city.ago(ago), clock, deed)

    def problem(self, seen: Seen) -> None:
        words = problems.ProblemWords(
            organization=self.unit(seen.by),
            title=seen.title,
            source=seen.source,
            text=seen.text,
            area=seen.area,
            figures=seen.figures,
            cause=seen.cause,
            agencies=[self.unit(seen.agency)],
            units=[self.unit(key) for key in seen.owners],
        )
        known: dict[str, Problem] = {}

        def register(at: datetime) -> None:
            about = self.by(seen.by, at)
            known["row"] = problems.register(self.mechanism, words=words, **about)

        self.on(seen.ago, register)
        if seen.measure:
            self.on(seen.ago - 3, lambda at: self._measure(seen, known["row"], at))
        if seen.solved is not None:
            self.on(seen.ago - seen.solved, lambda at: self._solve(seen, known["row"], at))

    def _measure(self, seen: Seen, row: Problem, at: datetime) -> None:
        due_on = self.city.ago(seen.ago - 38)
        given: dict[str, Any] = {
            "what": seen.measure,
            "unit": self.unit(seen.unit),
            "due_on": due_on,
        }
        made = problems.set_measure(row.pk, **given, **self.by(J, at))
        if seen.done is None:
            return
        self.on(seen.ago - 3 - seen.done, lambda at: self._done(seen, made, at), "10:10")

    def _done(self, seen: Seen, row: Measure, at: datetime) -> None:
        given: dict[str, Any] = {"on": at.date(), "outcome": f"已完成：{seen.measure}。"}
        problems.finish_measure(row.pk, **given, **self.by(seen.unit, at))
        text = "抽查近一个月的案件，未再发现同类问题。"
        unit = self.unit(seen.by)
        about = self.by(seen.by, at)
        problems.track(row.problem_id, on=at.date(), unit=unit, text=text, **about)

    def _solve(self, seen: Seen, row: Problem, at: datetime) -> None:
        given: dict[str, Any] = {"on": at.date(), "outcome": "连续两个月抽查合格，列入日常检查。"}
        problems.solve(row.pk, **given, **self.by(seen.by, at))

    def law(self) -> None:
        """Questions, one of which became a standard; a class of cases; an interpretation."""
        self.on(240, self._question)
        self.on(21, self._open_question)
        self.on(130, self._class_case)
        self.on(75, self._interpretation)

    def _question(self, at: datetime) -> None:
        words = law.QuestionWords(
            self.unit(C), "限期拆除决定的起诉期限", "未告知诉权的，起诉期限自何时起算？",
            "行政诉讼法第四十六条及其司法解释",
        )  # fmt: skip
        row = law.raise_question(self.mechanism, words=words, **self.by(C, at))
        for key, days, text in (
            (C, 3, "自知道或者应当知道起诉期限之日起计算。"),
            (J, 8, "同意，决定书应当一律载明诉权和期限。"),
        ):
            self.on(240 - days, partial(self._position, row, key, text))
        self.on(225, lambda at: self._settle(row, at))

    def _position(self, row: Question, key: str, text: str, at: datetime) -> None:
        law.take_position(row.pk, on=at.date(), text=text, **self.by(key, at))

    def _settle(self, row: Question, at: datetime) -> None:
        outcome = "未告知诉权的，自当事人知道或者应当知道之日起计算；决定书一律载明诉权和期限。"
        law.settle_question(row.pk, on=at.date(), outcome=outcome, **self.by(C, at))
        words = law.StandardWords(
            self.unit(J),
            "限期拆除决定告知诉权适用标准",
            "一、决定书应当载明申请行政复议和提起行政诉讼的途径、期限。\n"
            "二、没有载明的，起诉期限自当事人知道或者应当知道之日起计算。\n"
            "三、送达凭证随案保存。",
            f"示府院标〔{at.year}〕1号",
            question=row,
        )
        made = law.write_standard(self.mechanism, words=words, **self.by(J, at))
        self.on(218, lambda at: self._agreed(made, at))

    def _agreed(self, row: Any, at: datetime, on: date | None = None) -> None:
        model = type(row)
        given: dict[str, Any] = {"in_force_on": on or at.date(), **self.by(J, at)}
        agreeing.put(model, row.pk, **given)
        agreeing.answer(model, row.pk, verdict=Verdict.AGREE, **self.by(C, at))

    def _open_question(self, at: datetime) -> None:
        words = law.QuestionWords(
            self.unit(J), "行政协议单方解除的审查标准", "解除的公共利益事由应当证明到何种程度？",
            "行政协议司法解释",
        )  # fmt: skip
        row = law.raise_question(self.mechanism, words=words, **self.by(J, at))
        text = "应当提供专项论证和集体讨论记录。"
        self.on(17, lambda at: self._position(row, J, text, at))

    def _class_case(self, at: datetime) -> None:
        words = law.ClassCaseWords(
            organization=self.unit(C),
            title="上下班途中交通事故工伤认定类案",
            pattern="争议均在于合理路线和合理时间的认定，举证责任分配不一致。",
            advice="建议认定机关统一调查笔录要点，并在决定书中回应申请人的主张。",
            area="work_injury",
            agency=self.unit("hrss"),
        )
        row = law.write_class_case(self.mechanism, words=words, **self.by(C, at))
        self.on(128, lambda at: law.tell_class_case(row.pk, **self.by(C, at)))

    def _interpretation(self, at: datetime) -> None:
        clause = provision(self.city.mechanism, "SF-4", at.date())
        if clause is None:
            return
        words = law.InterpretationWords(
            self.unit(J),
            "联络员请假时会议通知的签收",
            clause,
            "联络员请假期间，会议通知由谁签收？",
            "由本方秘书处其他人员代为签收，签收即视为本方收到。",
        )
        row = law.write_interpretation(self.mechanism, words=words, **self.by(J, at))
        self.on(70, lambda at: self._agreed(row, at))

    def drafts(self) -> None:
        """One draft whose result was told, one on which opinions are awaited."""
        self.on(160, self._mediation_rules)
        self.on(6, self._discretion_rules)

    def _consult(self, at: datetime, title: str, why: str, keys: tuple[str, ...], ago: int) -> Any:
        words = consultations.ConsultationWords(
            self.unit(J),
            title,
            self.city.ago(ago),
            [self.unit(key) for key in keys],
            explanation=why,
        )
        row = consultations.prepare(self.mechanism, words=words, **self.by(J, at))
        return consultations.ask(row.pk, **self.by(J, at))

    def _mediation_rules(self, at: datetime) -> None:
        why = "为了规范行政争议调解工作，起草本办法。"
        row = self._consult(at, "示范市行政争议调解办法", why, (C, "hrss"), 140)
        for asking in row.askings.select_related("organization"):
            self.on(148, partial(self._reply, asking))
        self.on(135, lambda at: self._conclude(row.pk, at))

    def _reply(self, asking: Asking, at: datetime) -> None:
        about = self.by(asking.organization.key, at)
        if asking.organization.key == C:
            text = "建议写明调解协议申请司法确认的期限。"
            consultations.give_opinion(asking.pk, clause="第十二条", text=text, **about)
            consultations.reply(asking.pk, **about)
        else:
            consultations.reply(asking.pk, remark="与本单位现行做法一致，无意见。", **about)

    def _conclude(self, row_id: int, at: datetime) -> None:
        about = self.by(J, at)
        for asking in Asking.objects.filter(consultation=row_id):
            for opinion in asking.opinions.all():
                consultations.decide(opinion.pk, verdict="adopted", **about)
        result = "采纳意见一条，第十二条已补充司法确认的期限。"
        consultations.conclude(row_id, result=result, **about)

    def _discretion_rules(self, at: datetime) -> None:
        why = "为了统一裁量尺度，起草本规则。"
        keys = (C, "enforcement", "market")
        self._consult(at, "示范市行政处罚裁量规则", why, keys, -12)

    def guidance(self) -> None:
        """A letter that was answered, one that waits; a visit that is followed up."""
        text = "一、处罚决定书应当写明裁量理由。\n二、收到整改要求后限期回复。"
        self._letter(260, "关于规范行政处罚文书的指导函", "enforcement", text, 12)
        text = "请健全信息公开答复的审核程序。"
        self._letter(12, "关于规范政府信息公开答复的指导函", "natural", text, None)
        self.on(50, self._visit)

    def _letter(self, ago: int, title: str, key: str, text: str, replied: int | None) -> None:
        def write(at: datetime) -> None:
            words = guidance.GuidanceWords(
                self.unit(J), title, self.unit(key), text, self.city.ago(ago - 30)
            )
            row = guidance.write_guidance(self.mechanism, words=words, **self.by(J, at))
            guidance.send_guidance(row.pk, **self.by(J, at))
            if replied is not None:
                self.on(ago - replied, lambda at: self._answered(row.pk, key, at))

        self.on(ago, write)

    def _answered(self, row_id: int, key: str, at: datetime) -> None:
        reply = "已修订文书格式并组织培训。"
        guidance.reply_to_guidance(row_id, reply=reply, **self.by(key, at))
        guidance.close_guidance(row_id, outcome="已落实。", **self.by(J, at))

    def _visit(self, at: datetime) -> None:
        words = guidance.VisitWords(
            self.unit(J),
            "行政应诉工作督导",
            self.unit("transport"),
            at.date(),
            "李文静、许若晴",
            "两件案件的答辩材料在期限届满当日才提交。",
            "建立应诉台账，明确专人跟踪期限。",
            self.city.ago(20),
        )
        row = guidance.record_visit(self.mechanism, words=words, **self.by(J, at))
        report = "已建立台账并指定专人。"

        def told(at: datetime) -> None:
            guidance.report_on_visit(row.pk, report=report, **self.by("transport", at))

        self.on(26, told)
