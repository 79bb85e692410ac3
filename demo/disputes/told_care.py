"""What several units see to together: a government that is sued, coordinations, hand-overs,
what an agency put right by itself, what was asked about a pending case."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal

from cases.actions.corrections import (
    CorrectionWords,
    decide_tolerance,
    propose_tolerance,
    record_correction,
)
from cases.actions.disputes import PartyWords
from cases.actions.hearings import HearingWords
from cases.actions.plans import AuthorityWords, decide_authority
from cases.actions.powers import PowerWords, give_power
from cases.models import SelfCorrection
from cases.states import Kind
from demo.city import City
from demo.diary import Diary
from demo.disputes import deeds as d
from demo.disputes.cast import gather
from demo.disputes.tale import Tale
from demo.disputes.telling import COURT
from demo.disputes.told_prosecutor import tell_supervised
from demo.disputes.told_risk import tell_risk

HOUSEHOLDS = ("阿孜古丽·示例", "姚示例", "崔示例", "白示例", "叶示例", "莫示例")
WORKERS = ("罗示例", "邢示例", "沙示例", "古示例", "卓示例", "宁示例", "蒲示例")


def tell_care(city: City, diary: Diary) -> None:
    """Enter the deeds of all of them; the diary plays them among everything else."""
    cast = gather(city.mechanism, today=city.today)
    for tell in (_expropriated, _unpaid, _pasture, _signboard, _licence, *tell_supervised):
        tell(Tale(city, diary, cast))
    tell_risk(city, diary, cast)


def _expropriated(tale: Tale) -> None:
    """The city government is sued by many; its defence is organised, the hearing is near."""
    tale.registered(
        96, "court", "gov", source="court", area="housing_expropriation",
        act_kind="行政征收或者征用", act="东湖片区旧城改造项目房屋征收决定", parties=HOUSEHOLDS,
        act_number=f"示政征〔{tale.year(130)}〕第3号", act_on=tale.ago(130),
        known_on=tale.ago(128),
        claims="撤销房屋征收决定。", facts="认为征收补偿方案公布的期限不足。",
        flags=("mass", "project", "livelihood"),
    )  # fmt: skip
    number = f"（{tale.year(92)}）{COURT}行初9061号"
    part, held = d.Part("suit", "agency"), tale.ago(-12)
    tale.opened(96, "suit", Kind.FIRST_INSTANCE, "court", why="引导起诉",
                source="court", suit_kind="ordinary")  # fmt: skip
    tale.takes(92, "suit", "file", number=number, track="ordinary", panel="方砚合议庭")
    tale.takes(89, "suit", "send", served_party=part)
    tale.takes(77, "suit", "answered", respondent=part)
    tale.takes(75, "suit", "answer_sent")
    tale.course(
        [
            d.SetHearing(tale.ago(9), "hearing", "suit", _hearing(held)),
            d.TellParties(tale.ago(8), "hearing"),
            d.Call(tale.ago(8), "hearing", 0, ("general", "rights", "group")),
        ]
    )
    _defended(tale)
    _empowered(tale)
    _eased(tale)
    _asked(tale)
    tale.rated(60, "justice", "extreme", "", -3)


def _hearing(day: date) -> HearingWords:
    return HearingWords(day, time(15, 30), "第一审判庭")


def _defended(tale: Tale) -> None:
    tale.defended(88, "suit", "housing", counsel="示范明理律师事务所 章若水")
    tale.paper_sent(88, "justice", "housing", "complaint", "起诉状副本、应诉通知书", signed=87)
    tale.planned(
        84,
        "housing",
        experts="金淑贞（示范大学法学院）、魏尚志（示范省房地产评估协会）",
        advice="补强征收补偿方案公开征求意见的证据；评估机构的选定记录应当入卷。",
        strategy="程序部分如实答辩；对补偿争议较大的三户同步提出房屋置换方案，由化解中心主持协商。",
    )
    tale.seal_asked(81, "housing", "行政答辩状和证据目录", 78, copies=3)
    tale.seal_answered(80, "行政答辩状和证据目录", sealed=True)
    tale.paper_sent(
        79, "housing", "justice", "answer", "行政答辩状（定稿）和证据十一组", signed=78
    )
    tale.seal_asked(30, "housing", "关于延期提交补充证据的说明", 27)
    tale.seal_answered(
        29, "关于延期提交补充证据的说明", sealed=False, remark="未说明延期的正当事由，补正后再报。"
    )
    tale.seal_asked(4, "housing", "授权委托书（开庭用）", -5, copies=2)
    tale.paper_sent(4, "housing", "justice", "identity", "负责人身份证明和授权委托书（待用印）")
    tale.paper_sent(3, "justice", "housing", "complaint", "开庭传票和出庭通知书")


def _empowered(tale: Tale) -> None:
    """What may be settled is decided first; the agents are then given no more than that."""
    gov, clerk = tale.unit("gov"), tale.writer("gov")
    studied = AuthorityWords(
        "市住建局局长",
        tale.ago(20),
        "市政府常务会议",
        may_settle=True,
        cap=Decimal(480_000),
        limits="可以在评估价的基础上给予搬迁奖励和过渡安置，不变更征收决定。",
        valid_until=tale.ago(-60),
    )
    tale.beside(
        19,
        lambda at: decide_authority(
            tale.pk, actor=clerk, at=at, organization=gov, words=studied
        ),
    )  # fmt: skip
    agents = (
        PowerWords(
            gov, "罗文璟", "市住建局房屋征收科科长", tale.ago(6), special=True, may_settle=True,
            cap=Decimal(300_000), limits="承认、变更答辩意见；在三十万元以内就搬迁奖励达成和解。",
        ),
        PowerWords(gov, "章若水", "示范明理律师事务所律师", tale.ago(6)),
    )  # fmt: skip
    for words in agents:
        tale.beside(6, _power(tale, words))


def _power(tale: Tale, words: PowerWords) -> Callable[[datetime], object]:
    clerk = tale.writer("gov")
    return lambda at: give_power(tale.procedure("suit").pk, actor=clerk, at=at, words=words)


def _eased(tale: Tale) -> None:
    """The court has opened a coordination; one unit has still to answer, a measure is late."""
    why = "六户共同起诉，其中三户生活困难；请有关单位共同做好释明、过渡安置和补偿协商。"
    tale.called_together(40, "court", "mass", why, ("gov", "housing", "donghu", "procuratorate"))
    tale.joins(38, "housing", "罗文璟")
    tale.joins(38, "donghu", "冯子衿")
    tale.joins(37, "justice", "李文静、苏禾")
    tale.joins(37, "gov", "林晚照")
    tale.logged(33, "court", "召开第一次会商，各单位通报情况；被诉行为是否合法由法院依法审理。")
    met = "逐户核对过渡安置费的发放情况"
    tale.agreed(33, met, "housing", 20)
    tale.done(22, met, "housing", "六户均已核对，两户补发过渡安置费。")
    tale.agreed(33, "入户走访三户困难家庭，了解实际诉求", "donghu", 3)
    tale.agreed(12, "提出三户的房屋置换方案", "housing", -9)
    tale.logged(12, "justice", "第二次会商：街道走访尚未完成，住建局在开庭前提出置换方案。")


def _asked(tale: Tale) -> None:
    who = {"who": "卢示例", "who_unit": "东湖片区旧城改造指挥部 副指挥长", "manner": "phone"}
    tale.asked_about(
        26, "suit", "court", to_whom="方砚", purpose="了解开庭时间",
        content="询问何时开庭，表示项目工期紧。已告知：开庭时间以传票为准，案件依法审理。", **who,
    )  # fmt: skip
    tale.asked_about(
        14, "suit", "justice", to_whom="周明远", purpose="转达街道的稳定工作情况",
        who="李文静", who_unit="市司法局 四级主任科员", manner="meeting",
        content="会商会后说明街道走访的进度，没有涉及案件实体处理。",
    )  # fmt: skip


def _unpaid(tale: Tale) -> None:
    """Unpaid wages: petitions are feared, leaders are alerted, two units have to answer."""
    parties = [PartyWords("natural", one) for one in WORKERS]
    tale.registered(
        23, "justice", "hrss", source="petition", area="labour", act_kind="不履行法定职责",
        act="未对拖欠工资投诉作出处理", parties=parties, known_on=tale.ago(40),
        claims="责令依法处理拖欠工资的投诉。", facts="投诉后逾期未获答复。",
        flags=("mass", "petition", "livelihood"),
    )  # fmt: skip
    why = "工人表示将集体上访；请有关单位先行核实欠薪数额，督促施工单位支付。"
    tale.called_together(
        5, "justice", "petition", why, ("gov", "court", "hrss", "housing", "procuratorate"),
        urgent=True,
    )  # fmt: skip
    tale.joins(4, "hrss", "阿依努尔·麦麦提江")
    tale.declines(4, "housing", "该工程由市交通运输局主管，建议改请市交通运输局参加。")
    tale.logged(3, "justice", "市人社局通报：已约谈施工单位，核定欠薪十一万余元。")
    tale.agreed(3, "督促施工单位把欠薪打入工资专户", "hrss", -3)
    tale.agreed(3, "接待工人代表，说明处理进度", "justice", -1)
    tale.handed_over(
        2, "hrss", "procuratorate", "clue",
        ("施工单位拒不支付劳动报酬的线索材料", "约谈笔录 2 份", "工资表 1 册"),
        "支持起诉和监督的线索", due=-4,
    )  # fmt: skip
    tale.handed_over(
        1, "justice", "hrss", "material", ("工人代表的书面诉求", "信访事项转送单"),
        "转请一并答复", due=-2,
    )  # fmt: skip
    tale.rated(21, "justice", "extreme", "", -7)


def _pasture(tale: Tale) -> None:
    """An old quarrel over pasture that units have settled together, for good."""
    tale.registered(
        150, "centre", "yunling", area="natural_resources", act_kind="行政裁决",
        act="草场使用权争议处理决定", parties=("巴示例", "托示例"), act_on=tale.ago(175),
        known_on=tale.ago(170), claims="撤销处理决定，重新划定界线。", flags=("sensitive",),
    )  # fmt: skip
    given = {"channel": "administrative", "mediation_role": "together"}
    tale.opened(148, "mediation", Kind.MEDIATION, "centre", why="转调解", **given)
    tale.course([d.Consent(tale.ago(146), "mediation", agreed=True, method="in_person")])
    mediator = tale.cast.mediators[0]
    tale.takes(146, "mediation", "refer", referral="before_filing", mediator=mediator)
    tale.takes(144, "mediation", "acknowledge")
    tale.takes(140, "mediation", "begin")
    why = "界线涉及两个村的历史用地，需自然资源、林草和乡政府共同勘界。"
    tale.called_together(138, "justice", "complex", why, ("yunling", "natural", "centre"))
    tale.joins(137, "yunling", "杨逐云")
    tale.joins(137, "natural", "秦牧野")
    tale.joins(136, "centre", "邓知秋")
    survey = "实地勘界并出具界线图"
    tale.agreed(136, survey, "natural", 122)
    tale.done(124, survey, "natural", "已勘界，界线图由两村和当事人签字确认。")
    promises = (d.Promise(by_agency=True, what="按界线图换发草场使用证", due_on=tale.ago(90)),)
    agreed = "双方对勘定的界线没有争议。"
    tale.course([d.Agree(tale.ago(121), "mediation", agreed, promises)])
    tale.settled_together(
        120, "justice", "界线已勘定，双方达成调解协议，不再申请复议或者起诉。", result="settled"
    )
    tale.handed_over(
        118, "centre", "yunling", "material", ("界线图 1 份", "调解协议书 1 份"),
        "换发草场使用证", due=110,
    )  # fmt: skip
    tale.signed_for(116, "yunling", received=True, remark="材料齐全。")
    performed = "已换发草场使用证。"
    tale.course([d.Perform(tale.ago(95), "mediation", 0, performed)])
    tale.course([d.Confirm(tale.ago(92), "mediation", 0)])


def _signboard(tale: Tale) -> None:
    """The bureau withdrew its fine by itself; whether anybody is liable is to be decided."""
    _reconsidered(tale, 48, "enforcement", "限期拆除户外招牌并处罚款", "示范市百味餐馆", 9117)
    _corrected(
        tale, 30, "enforcement", "未核实招牌设置时已取得许可，撤销原处罚决定并退还罚款。",
        "首次适用新的户外广告规定，发现后主动撤销，没有造成严重后果。",
    )  # fmt: skip
    tale.takes(28, "case", "end", mode="ended_corrected", reason="申请人自愿撤回申请。")


def _licence(tale: Tale) -> None:
    _reconsidered(tale, 110, "transport", "吊销道路运输从业资格证", "示范市顺达货运站", 9088)
    _corrected(
        tale, 92, "transport", "告知听证权利的期限计算有误，撤销吊销决定。",
        "承办人员按原有模板送达，发现后当日报告并主动撤销。",
    )  # fmt: skip
    tale.takes(90, "case", "end", mode="ended_corrected", reason="申请人自愿撤回申请。")
    bureau, on = tale.writer("justice"), tale.ago(80)

    def decide(at: datetime) -> None:
        row = SelfCorrection.objects.get(dispute=tale.pk)
        decide_tolerance(
            row.pk, actor=bureau, at=at, on=on, granted=True, decided_by="市容错纠错工作会商会议",
            decision="属于探索性工作中的失误，主动纠正且未造成严重后果，不予追究个人责任。",
        )  # fmt: skip

    tale.beside(80, decide)
    tale.handed_over(
        78, "transport", "police", "material", ("原吊销决定的撤销文书", "从业资格信息更正表"),
        "同步更正驾驶人从业信息", due=70,
    )  # fmt: skip
    tale.signed_for(74, "police", received=False, remark="从业信息由交通运输部门自行更正。")


def _reconsidered(tale: Tale, filed: int, unit: str, act: str, who: str, number: int) -> None:
    party = PartyWords("other", who, representative="丁示例")
    areas = {"enforcement": "urban_management", "transport": "transport"}
    tale.registered(
        filed, "justice", unit, area=areas[unit], act_kind="行政处罚", act=act, parties=[party],
        act_on=tale.ago(filed + 20), known_on=tale.ago(filed + 18), claims="撤销处罚决定。",
        enterprise=True, flags=("enterprise",),
    )  # fmt: skip
    tale.opened(filed, "case", Kind.RECONSIDERATION, "gov", why="引导复议", source="window")
    accepted = f"示府复〔{tale.year(filed - 3)}〕{number}号"
    tale.takes(filed - 3, "case", "accept", number=accepted, track="ordinary", enterprise=True)
    tale.takes(filed - 5, "case", "send")
    tale.takes(filed - 13, "case", "answered", respondent=d.Part("case", "agency"))


def _corrected(tale: Tale, days: int, unit: str, what: str, grounds: str) -> None:
    words = CorrectionWords(
        tale.unit(unit), "withdrawn", tale.ago(days), what, own_initiative=True
    )
    actor = tale.writer(unit)

    def put_right(at: datetime) -> None:
        made = record_correction(tale.pk, actor=actor, at=at, words=words)
        propose_tolerance(made.pk, actor=actor, at=at, grounds=grounds)

    tale.beside(days, put_right)
