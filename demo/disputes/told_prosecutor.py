"""What the procuratorate has on its desk: a judgment, an enforcement, the public interest."""

from datetime import timedelta

from cases.actions.disputes import PartyWords
from cases.states import Kind
from demo.disputes import deeds as d
from demo.disputes.tale import Tale
from demo.disputes.telling import COURT, HIGH, MIDDLE


def _judgment(tale: Tale) -> None:
    """Lost in both instances and not tried anew; the procuratorate examines the judgment."""
    tale.registered(
        520, "court", "police", source="court", area="public_security", act_kind="行政处罚",
        act="行政拘留十日（邻里纠纷）", parties=("水示例",), act_on=tale.ago(560),
        known_on=tale.ago(558), claims="撤销行政处罚决定。", facts="认为没有查明起因。",
    )  # fmt: skip
    tale.opened(520, "suit", Kind.FIRST_INSTANCE, "court", why="引导起诉",
                source="court", suit_kind="ordinary")  # fmt: skip
    _tried(tale)
    _appealed(tale)
    tale.opened(210, "review", Kind.RETRIAL_REVIEW, "high", after="appeal", why="申请再审",
                number=f"（{tale.year(210)}）{HIGH}行申9012号")  # fmt: skip
    tale.takes(200, "review", "examine")
    tale.takes(120, "review", "close", mode="rejected")
    _supervised(tale, 38, "review", "申请监督", 9021, "当事人不服生效判决，申请监督")
    tale.takes(30, "supervision", "examine", handler=tale.writer("procuratorate"))
    tale.takes(12, "supervision", "heard", note="公开听证，邀请人民监督员参加。")


def _tried(tale: Tale) -> None:
    agency, party = d.Part("suit", "agency"), d.Part("suit")
    number = f"（{tale.year(515)}）{COURT}行初9014号"
    tale.takes(515, "suit", "file", number=number, track="ordinary", panel="方砚合议庭")
    tale.takes(512, "suit", "send", served_party=agency)
    tale.takes(500, "suit", "answered", respondent=agency)
    tale.takes(498, "suit", "answer_sent")
    tale.takes(470, "suit", "hear")
    tale.takes(420, "suit", "pronounce", mode="claims_dismissed")
    tale.takes(415, "suit", "serve", served_party=agency)
    tale.takes(415, "suit", "serve", served_party=party)
    tale.takes(405, "suit", "appeal", party=party)


def _appealed(tale: Tale) -> None:
    agency = d.Part("appeal", "agency")
    number = f"（{tale.year(390)}）{MIDDLE}行终9006号"
    tale.opened(390, "appeal", Kind.SECOND_INSTANCE, "intermediate", after="suit", why="上诉",
                number=number, panel="行政审判庭合议庭")  # fmt: skip
    tale.takes(387, "appeal", "send", served_party=agency)
    tale.takes(375, "appeal", "answered", respondent=agency)
    tale.takes(330, "appeal", "close", mode="upheld_judgment")
    tale.takes(325, "appeal", "serve", served_party=agency)
    tale.takes(325, "appeal", "serve", served_party=d.Part("appeal"))


def _supervised(tale: Tale, days: int, after: str, why: str, number: int, ground: str) -> None:
    tale.opened(
        days, "supervision", Kind.SUPERVISION, "procuratorate", after=after, why=why,
        number=f"示检行监〔{tale.year(days)}〕{number}号", supervision_ground=ground,
    )  # fmt: skip


def _enforcement(tale: Tale) -> None:
    """The court allowed enforcement, the agency has not carried it out: supervised by itself."""
    tale.registered(
        205, "court", "natural", source="court", area="natural_resources", act_kind="行政处罚",
        act="责令复垦并处罚款（临时堆场）", parties=("尹示例",), act_on=tale.ago(440),
        known_on=tale.ago(438), claims="申请强制执行行政处罚决定。",
    )  # fmt: skip
    applied, name = tale.ago(205), "review"
    urged = tale.city.ahead(applied, 16)
    tale.opened(205, name, Kind.NON_LITIGATION, "court", why="申请强制执行", urged_on=urged,
                suit_period_ended_on=applied - timedelta(days=45))  # fmt: skip
    number = f"（{tale.year(201)}）{COURT}行审9005号"
    tale.takes(201, name, "accept", number=number, panel="行政审判庭合议庭")
    tale.takes(199, name, "examine")
    tale.takes(192, name, "close", mode="granted", organ_carries_out=True)
    tale.takes(190, name, "served", served_party=d.Part(name, "agency"))
    _supervised(tale, 2, name, "非诉执行监督", 9033, "裁定准予执行后长期未组织实施")
    tale.handed_over(
        1, "court", "procuratorate", "material", ("行政非诉审查卷宗（副本）1 册", "送达回证"),
        "调阅卷宗", due=-5,
    )  # fmt: skip


def _river(tale: Tale) -> None:
    """Advice did not help, so the procuratorate has sued in the public interest."""
    _found(tale, 190, "ecology", "environment", "未依法查处柳溪河岸倾倒建筑垃圾",
           "柳溪河沿岸居民")  # fmt: skip
    _supervised(tale, 186, "intake", "公益诉讼诉前程序", 9027, "公益诉讼诉前程序")
    tale.takes(180, "supervision", "examine", handler=tale.writer("procuratorate"))
    advised = "制发检察建议，督促依法履行监管职责。"
    tale.takes(150, "supervision", "close", mode="advice", reason=advised)
    tale.opened(22, "suit", Kind.FIRST_INSTANCE, "court", after="supervision",
                why="公益诉讼起诉", prosecutor="procuratorate", source="court",
                suit_kind="public_interest")  # fmt: skip
    part = d.Part("suit", "agency")
    number = f"（{tale.year(17)}）{COURT}行初9101号"
    tale.takes(17, "suit", "file", number=number, track="ordinary", panel="方砚合议庭")
    tale.takes(14, "suit", "send", served_party=part)


def _granary(tale: Tale) -> None:
    """A clue of the public interest, accepted and not looked into yet."""
    _found(tale, 6, "shiqiao", "agriculture", "未依法处置占用永久基本农田的堆场",
           "石桥镇农户")  # fmt: skip
    _supervised(tale, 5, "intake", "公益诉讼诉前程序", 9035, "公益诉讼诉前程序")


def _found(tale: Tale, days: int, agency: str, area: str, act: str, whose: str) -> None:
    party = PartyWords("other", f"{whose}（社会公共利益）")
    tale.registered(
        days, "procuratorate", agency, source="other", area=area, act_kind="不履行法定职责",
        act=act, parties=[party], claims="依法履行监管职责。",
        facts="在履行职责中发现的线索。", flags=("livelihood",),
    )  # fmt: skip


tell_supervised = (_judgment, _enforcement, _river, _granary)
