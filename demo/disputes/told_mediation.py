"""Disputes told by hand that are mediated, and what follows: an agreement that waits to be
signed, allowances, questions after a judgment, analyses of losses, visits."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from cases.actions.disputes import PartyWords
from cases.actions.explanations import ExplanationWords, give_notice, record_explanation
from cases.actions.lead import LEAD, SeatWords, add_concerned, answer_lead, propose_lead, seat
from cases.actions.losses import LossWords, want_analysis
from cases.actions.mediation import give_up_way
from cases.actions.plans import PlanWords
from cases.actions.visits import VisitWords
from cases.models import Concerned, Explanation, LossAnalysis, Participant, Slot
from cases.states import Kind
from demo.city import City
from demo.diary import Diary
from demo.disputes import deeds as d
from demo.disputes.cast import gather
from demo.disputes.mediating import NAME, Mediated
from demo.disputes.telling import COURT
from services.consents.queries import current

MARKET = ("褚示例", "卫示例", "蒋示例")
WINDOW = "示范市人民法院诉讼服务中心3号窗口，电话00000000"


def tell_mediations(city: City, diary: Diary) -> None:
    """Enter the deeds of all of them; the diary plays them among everything else."""
    cast = gather(city.mechanism, today=city.today)
    for tell in (_stalls, _in_trial, _signed, _resting, _licence, _wage):
        tell(Mediated(city, diary, cast))
    for told in PAID:
        _paid(Mediated(city, diary, cast), *told)


def _stalls(tale: Mediated) -> None:
    """Several agencies are concerned: one leads, its plan lies before the mediator, the second
    session is set."""
    tale.registered(
        34, "centre", "enforcement", area="urban_management", act_kind="行政强制执行",
        act="强制拆除农贸市场北侧临时摊棚", parties=MARKET, act_on=tale.ago(48),
        known_on=tale.ago(48), amount=Decimal(86400), flags=("mass", "livelihood"),
        claims="确认强制拆除违法，赔偿摊棚和货物损失。", facts="拆除前未公告，货物未清点。",
    )  # fmt: skip
    _lead(tale)
    tale.entrusted(26, mediator=0)
    tale.session(18, 21, "09:30", "示范市行政争议化解中心一号调解室")
    tale.held(18, "执法局愿按清点核实的货物损失给予补偿。", "三日内共同核对货物清单。")
    tale.plan(
        15, "enforcement",
        PlanWords(
            cause="拆除前未履行公告程序，现场货物未登记。",
            earlier="街道已调解一次，对货物数量分歧较大。",
            next_steps="共同核对进货单据，按核实数额补偿，另行安排过渡摊位。",
            evidence=("现场照片和录像", "进货单据", "行政强制法第四十四条"),
            head="执法局副局长 卓明远", handler="法制科科长 丁一凡",
            timetable="十五日内核实，三十日内支付。", risk="当事人人数较多，逐户答复。",
        ),
        submitted=12,
    )  # fmt: skip
    tale.authorized(12, "enforcement", "法制科科长 丁一凡", "60000", "超出部分另行报批。")
    tale.session(-3, 5, "15:00", "示范市行政争议化解中心一号调解室")


def _lead(tale: Mediated) -> None:
    bureau, court = tale.writer("justice"), tale.writer("court")
    other, first = tale.unit("natural"), tale.unit("enforcement")
    agency = tale.writer("enforcement")
    tale.beside(33, lambda at: add_concerned(tale.pk, actor=bureau, at=at, agency=other))
    tale.beside(
        32,
        lambda at: propose_lead(
            tale.pk, actor=bureau, at=at, agency=first, reason="强制拆除由执法局组织实施。"
        ),
    )

    def answer(at: datetime) -> None:
        asked = current(tale.play.row, LEAD)
        if asked is not None:
            answer_lead(asked.pk, actor=court, at=at, verdict="agree")

    def name_handler(at: datetime) -> None:
        row = Concerned.objects.get(dispute=tale.pk, organization=first)
        words = SeatWords(Slot.HANDLER, agency.person, named_by="局长 费长歌")
        seat(row.pk, actor=agency, at=at, on=tale.ago(28), words=words)

    tale.beside(30, answer)
    tale.beside(28, name_handler)


def _in_trial(tale: Mediated) -> None:
    """A suit is coordinated: the court entrusts the mediation, the agreement is drafted."""
    tale.registered(
        75, "court", "housing", source="court", area="housing_expropriation",
        act_kind="行政补偿", act="停产停业损失补偿决定", amount=Decimal(420000),
        parties=[PartyWords("legal", "示范市云杉家具有限公司", representative="陆松鹤")],
        enterprise=True, flags=("enterprise",), claims="撤销补偿决定，重新核定停产停业损失。",
    )  # fmt: skip
    part = d.Part("suit", "agency")
    tale.opened(75, "suit", Kind.FIRST_INSTANCE, "court", why="引导起诉",
                source="court", suit_kind="ordinary")  # fmt: skip
    tale.takes(70, "suit", "file", number=f"（{tale.year(70)}）{COURT}行初9071号",
               track="ordinary", panel="方砚合议庭")  # fmt: skip
    tale.takes(67, "suit", "send", served_party=part)
    tale.takes(56, "suit", "answered", respondent=part)
    tale.takes(53, "suit", "answer_sent")
    tale.takes(18, "suit", "coordinate", reason="双方均同意由法院委托调解。")
    number = f"（{tale.year(16)}）{COURT}行调9018号"
    tale.entrusted(16, mediator=4, referral="in_trial", number=number, channel="judicial",
                   after="suit", within=d.Of("suit"))  # fmt: skip
    tale.session(9, 11, "10:00", "示范市人民法院第二调解室")
    tale.held(9, "征收办同意按三个月核定停产停业损失。", "数额以评估报告为准。")
    promised = [("支付停产停业损失补偿款", -30, "186000"), ("支付设备搬迁费", -30, "24000")]
    tale.agreement(3, "双方确认停产停业期间为三个月，损失以评估报告为准。", promised)


def _signed(tale: Mediated) -> None:
    """Signed, confirmed by the court, performed late, visited: the party is not content, and is
    visited again next week."""
    tale.registered(
        150, "justice", "ecology", area="environment", act_kind="行政处罚",
        act="责令停产整治并处罚款", parties=[
            PartyWords("legal", "示范市青禾印染有限公司", representative="温如玉")
        ],
        enterprise=True, flags=("enterprise",), claims="减轻处罚，明确复产条件。",
    )  # fmt: skip
    tale.entrusted(146, mediator=2)
    due = tale.ago(100)
    promises = (d.Promise(by_agency=True, what="书面告知复产验收条件", due_on=due),)
    court = tale.unit("court")
    facts = "双方对复产验收的条件和时间达成一致。"
    tale.takes(140, NAME, "begin")
    number = f"（{tale.year(126)}）{COURT}诉前调确9007号"
    tale.course(
        [
            d.Agree(tale.ago(132), NAME, facts, promises, court, "confirmation"),
            d.Take(tale.ago(128), "confirmation", "apply"),
            d.Take(tale.ago(126), "confirmation", "accept", {"number": number}),
            d.Take(tale.ago(116), "confirmation", "close", {"mode": "confirmed"}),
            d.Perform(tale.ago(92), NAME, 0, "已送达复产验收条件告知书。"),
            d.Confirm(tale.ago(90), NAME, 0),
            d.Arrange(tale.ago(60), "visit", NAME),
            d.Visited(tale.ago(40), "visit", _visit(tale)),
        ]
    )
    tale.allowed(85, "600", decided=80, paid=None)


def _visit(tale: Mediated) -> VisitWords:
    return VisitWords(
        tale.ago(40), "in_person", "法定代表人本人", "unsatisfied", "对验收等待时间较长不满意。",
        measure="生态环境局十日内安排验收。", next_on=tale.ago(-5),
    )  # fmt: skip


def _resting(tale: Mediated) -> None:
    """A failed mediation: the party was shown the way, did not take it, and it rests."""
    tale.registered(
        250, "centre", "civil", area="civil_affairs", act_kind="行政给付",
        act="停发最低生活保障金", parties=("季示例",), claims="恢复发放。",
    )  # fmt: skip
    tale.entrusted(247, mediator=1, channel="people")
    tale.takes(240, NAME, "begin")
    tale.takes(225, NAME, "close", mode="failed", reason="对家庭收入的认定分歧较大。")
    tale.course([d.ShowWay(tale.ago(225), NAME, "reconsideration", "已告知复议期限和机关。")])
    actor, on = tale.writer("centre"), tale.ago(20)
    reason = "电话回访，当事人已另行申请临时救助，不再申请复议。"
    tale.beside(
        20,
        lambda at: give_up_way(tale.procedure(NAME).pk, actor=actor, at=at, on=on, reason=reason),
    )


PAID: tuple[tuple[int, str, str, str, int, str, tuple[int | None, int | None]], ...] = (
    (64, "donghu", "township", "未答复履职申请", 3, "300", (8, 3)),
    (58, "transport", "transport", "道路运输违法罚款", 5, "300", (6, None)),
    (44, "police", "public_security", "道路交通安全罚款", 1, "200", (None, None)),
)
"""Mediated in short: registered so many days ago, what, by whom, the allowance and its days."""


def _paid(
    tale: Mediated, days: int, agency: str, area: str, act: str, mediator: int, amount: str,
    answered: tuple[int | None, int | None],
) -> None:  # fmt: skip
    tale.registered(
        days, "centre", agency, area=area, act_kind="行政处理", act=act,
        parties=(f"{'甘乌龚'[mediator % 3]}示例",), claims="妥善处理。",
    )  # fmt: skip
    tale.entrusted(days - 1, mediator=mediator, channel="people")
    tale.takes(days - 8, NAME, "begin")
    promises = (d.Promise(by_agency=True, what="出具书面说明", due_on=tale.ago(days - 30)),)
    tale.course(
        [
            d.Agree(tale.ago(days - 14), NAME, "双方对事实没有争议。", promises),
            d.Perform(tale.ago(days - 22), NAME, 0, "已当面送交书面说明。"),
            d.Confirm(tale.ago(days - 24), NAME, 0),
        ]
    )
    decided, paid = answered
    tale.allowed(days - 28, amount, decided=decided, paid=paid)


def _licence(tale: Mediated) -> None:
    """An agency has just lost: both sides got the notice that questions are answered, the party
    has asked; the bureau waits for the analysis."""
    _sued(
        tale, 105, 9081, "education", area="education", act_kind="行政许可",
        act="不予民办培训机构办学许可", claims="撤销不予许可决定。",
        parties=[PartyWords("legal", "示范市晓风培训中心", representative="慕容雪")],
    )  # fmt: skip
    _lost(tale, 14, "procedure", tale.ago(-46))
    _explained(tale, 12)
    bureau, by = tale.writer("justice"), tale.ago(-6)

    def want(at: datetime) -> None:
        owed = LossAnalysis.objects.get(procedure=tale.procedure("suit"))
        want_analysis(owed.pk, actor=bureau, at=at, by=by)

    tale.beside(8, want)


def _wage(tale: Mediated) -> None:
    """The analysis of a loss is written and waits for the bureau."""
    _sued(
        tale, 160, 9052, "hrss", area="labour", act_kind="行政确认", act="不予认定工伤决定",
        claims="撤销不予认定工伤决定。", parties=("施示例",),
    )  # fmt: skip
    _lost(tale, 62, "evidence", tale.ago(-4))
    tale.takes(42, "suit", "effective", performance_due=tale.ago(-4))
    words = LossWords(
        "evidence", "未调取考勤和同事证言，事故经过认定依据不足。",
        "工伤认定调查清单纳入案卷必备材料，已在本系统通报。",
        "对近一年不予认定的案件逐件复查证据。", tale.ago(-40),
    )  # fmt: skip
    tale.course([d.WriteLoss(tale.ago(4), "suit", words)])


def _sued(tale: Mediated, days: int, number: int, agency: str, **words: Any) -> None:
    """Filed, answered and heard."""
    tale.registered(days, "court", agency, source="court", **words)
    part, panel = d.Part("suit", "agency"), "方砚合议庭"
    tale.opened(days, "suit", Kind.FIRST_INSTANCE, "court", why="引导起诉",
                source="court", suit_kind="ordinary")  # fmt: skip
    typed = f"（{tale.year(days - 5)}）{COURT}行初{number}号"
    tale.takes(days - 5, "suit", "file", number=typed, track="ordinary", panel=panel)
    tale.takes(days - 8, "suit", "send", served_party=part)
    tale.takes(days - 19, "suit", "answered", respondent=part)
    tale.takes(days - 21, "suit", "answer_sent")


def _lost(tale: Mediated, days: int, ground: str, due: date) -> None:
    """The act is revoked and has to be made anew; both sides are served two days later."""
    tale.takes(days, "suit", "pronounce", mode="revoked_redo", ground_of_loss=ground,
               performance_due=due)  # fmt: skip
    for part in (d.Part("suit"), d.Part("suit", "agency")):
        tale.takes(days - 2, "suit", "serve", served_party=part)


def _explained(tale: Mediated, days: int) -> None:
    court = tale.writer("court")

    def tell(at: datetime) -> None:
        for part in Participant.objects.filter(procedure=tale.procedure("suit")):
            if part.served_on is not None:
                give_notice(part.pk, actor=court, at=at, window=WINDOW, answered_by="方砚")

    def answer(at: datetime) -> None:
        asked = tale.play.parts("suit", "party")[0]
        words = ExplanationWords(
            tale.ago(days - 3), "判后答疑室", "原告法定代表人慕容雪",
            "重新作出决定的期限从何时起算？",
            "从判决生效之日起算，期限以判决主文为准。", "accepted", "none",
        )  # fmt: skip
        row = Explanation.objects.get(participant=asked)
        record_explanation(row.pk, actor=court, at=at, words=words)

    tale.beside(days, tell)
    tale.beside(days - 3, answer)
