"""The disputes that are told by hand: one through four procedures, and what waits today.

Days count back from today, negative ones ahead, and move to working days as in the letters.
"""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from cases.actions.appearances import RecordWords
from cases.actions.checklist import ChecklistWords
from cases.actions.disputes import DisputeWords, PartyWords
from cases.actions.hearings import HearingWords
from cases.models import Advised, Look, Looked
from cases.states import Kind
from demo.city import City
from demo.diary import Deed, Diary
from demo.disputes import deeds as d
from demo.disputes.by_actions import ByActions
from demo.disputes.cast import Cast, gather
from demo.disputes.telling import COURT, MIDDLE

LAND = (PartyWords("natural", "张示例", phone="00000000018", district="示范市柳溪镇示例村"),)
SHOP = (PartyWords("legal", "示范市晨光餐饮管理有限公司", representative="许柏舟"),)
CLINIC = (PartyWords("legal", "示范市春晖门诊有限公司", representative="秦若水"),)
FARMER = (PartyWords("natural", "马满仓", district="示范市云岭乡示例村"),)


def tell_disputes(city: City, diary: Diary) -> None:
    """Enter the deeds of all of them; the diary plays them among everything else."""
    cast = gather(city.mechanism, today=city.today)
    for tell in (_land, _shop, _clinic, _farmer, _visit):
        play = ByActions(cast)
        for deed in tell(city, cast):
            diary.enter(deed.on, f"{d.CLOCK:%H:%M}", _played(play, deed))


def _played(play: ByActions, deed: d.Deed) -> Deed:
    return lambda _at: play.do(deed)


def _words(cast: Cast, on: date, unit: str, **given: Any) -> DisputeWords:
    base = DisputeWords(
        registered_by=cast.units["justice"],
        agency=cast.units[unit],
        source="window",
        area="natural_resources",
        act_kind="行政处罚",
        act="",
        parties=(),
        filed_on=on,
    )
    return replace(base, **given)


def _looked(cast: Cast) -> ChecklistWords:
    looks = dict.fromkeys((str(one) for one in Look), (str(Looked.MEETS), ""))
    return ChecklistWords(cast.units["justice"], looks, str(Advised.MEDIATION))


def _land(city: City, cast: Cast) -> list[d.Deed]:
    """Mediation fails, reconsideration upholds, the suit is lost by the party, who appeals: the
    answer to the appeal is due now."""
    units = cast.units
    filed = city.ago(290)
    words = _words(
        cast,
        filed,
        "natural",
        parties=LAND,
        act="责令退还非法占用的土地，拆除新建建筑物，并处罚款",
        act_number="示自然资罚字第17号",
        act_on=city.ago(310),
        known_on=city.ago(305),
        claims="撤销行政处罚决定。",
        facts="建房占用的是原宅基地，处罚认定事实不清。",
    )
    return [
        d.Register(filed, words),
        d.Check(filed, _looked(cast)),
        *_failed_mediation(city, cast),
        *_upheld(city, cast),
        *_first_instance(city, cast),
        d.Open(
            city.ago(9), "appeal", Kind.SECOND_INSTANCE, units["intermediate"],
            {"number": f"（{city.ago(9).year}）{MIDDLE}行终9012号", "panel": "行政审判庭合议庭"},
            "suit", "上诉",
        ),
        d.Take(city.ago(7), "appeal", "send", {"served_party": d.Part("appeal", "agency")}),
    ]  # fmt: skip


def _failed_mediation(city: City, cast: Cast) -> list[d.Deed]:
    given = {"channel": "administrative", "mediation_role": "first"}
    centre = cast.units["centre"]
    referred = {"referral": "before_filing", "mediator": cast.mediators[0]}
    return [
        d.Open(city.ago(288), "mediation", Kind.MEDIATION, centre, given, "intake", "转调解"),
        d.Consent(city.ago(286), "mediation", agreed=True, method="in_person"),
        d.Take(city.ago(286), "mediation", "refer", referred),
        d.Take(city.ago(284), "mediation", "acknowledge"),
        d.Take(city.ago(277), "mediation", "begin"),
        d.Take(city.ago(262), "mediation", "close", {"mode": "failed", "reason": "差距较大。"}),
        d.ShowWay(city.ago(262), "mediation", "reconsideration", "已告知复议期限。"),
    ]  # fmt: skip


def _upheld(city: City, cast: Cast) -> list[d.Deed]:
    name, year = "reconsideration", city.ago(246).year
    given = {"number": f"示府复〔{year}〕9029号", "track": "ordinary"}
    return [
        d.Open(city.ago(250), name, Kind.RECONSIDERATION, cast.units["gov"],
               {"source": "window"}, "mediation", "引导复议"),
        d.Take(city.ago(246), name, "accept", given),
        d.Take(city.ago(243), name, "send"),
        d.Take(city.ago(233), name, "answered", {"respondent": d.Part(name, "agency")}),
        d.Take(city.ago(215), name, "heard", {"method": "in_person", "note": "当面听取意见。"}),
        d.Take(city.ago(192), name, "decide", {"mode": "upheld"}),
        d.Take(city.ago(189), name, "serve", {"served_party": d.Part(name)}),
        d.Take(city.ago(189), name, "serve", {"served_party": d.Part(name, "agency")}),
        d.Take(city.ago(160), name, "archive"),
    ]  # fmt: skip


def _first_instance(city: City, cast: Cast) -> list[d.Deed]:
    """Both organs are sued; the head of the agency came and spoke."""
    units, filed = cast.units, city.ago(171)
    number = {
        "number": f"（{filed.year}）{COURT}行初9037号",
        "track": "ordinary",
        "panel": "方砚合议庭",
    }
    parts = [d.Part("suit", "agency", 0), d.Part("suit", "agency", 1), d.Part("suit")]
    served = [d.Take(city.ago(30), "suit", "serve", {"served_party": one}) for one in parts]
    return [
        d.Open(city.ago(176), "suit", Kind.FIRST_INSTANCE, units["court"],
               {"source": "court", "suit_kind": "ordinary"}, "reconsideration", "不服复议",
               (units["natural"], units["gov"])),
        d.Take(filed, "suit", "file", number),
        d.Take(city.ago(168), "suit", "send", {"served_party": parts[0]}),
        d.Take(city.ago(168), "suit", "send", {"served_party": parts[1]}),
        d.Take(city.ago(156), "suit", "answered", {"respondent": parts[0]}),
        d.Take(city.ago(156), "suit", "answered", {"respondent": parts[1]}),
        d.Take(city.ago(153), "suit", "answer_sent"),
        *_heard(city),
        d.Take(city.ago(33), "suit", "pronounce", {"mode": "claims_dismissed"}),
        *served,
        d.Take(city.ago(21), "suit", "appeal", {"party": parts[2]}),
    ]  # fmt: skip


def _heard(city: City) -> list[d.Deed]:
    held = city.ago(90)
    came = RecordWords(
        True, "韩远山", "副局长", "deputy", speech=("answer", "resolution"), staff="秦牧野"
    )
    staff = RecordWords(False, staff="复议与应诉科 苏禾", lawyers="明理律师事务所 章若水")
    return [
        d.SetHearing(city.ago(112), "hearing", "suit", _morning(held)),
        d.TellParties(city.ago(108), "hearing"),
        d.Call(city.ago(108), "hearing", 0, ("general", "rights")),
        d.Hold(held, "hearing"),
        d.Appear(held, "hearing", 0, came),
        d.Appear(held, "hearing", 1, staff),
    ]  # fmt: skip


def _morning(day: date) -> HearingWords:
    return HearingWords(day, time(9, 30), "第三审判庭")


def _shop(city: City, cast: Cast) -> list[d.Deed]:
    """A suit against the market bureau: heard next week, the slip is not back yet."""
    filed = city.ago(52)
    words = _words(
        cast, filed, "market", registered_by=cast.units["court"], source="court",
        area="food_and_drugs", act="没收违法所得并处罚款（食品标签）", parties=SHOP,
        enterprise=True, flags=("enterprise",), claims="撤销处罚决定。",
    )  # fmt: skip
    part, held = d.Part("suit", "agency"), city.ago(-8)
    number = {
        "number": f"（{city.ago(48).year}）{COURT}行初9088号",
        "track": "ordinary",
        "panel": "方砚合议庭",
    }
    return [
        d.Register(filed, words),
        d.Open(filed, "suit", Kind.FIRST_INSTANCE, cast.units["court"],
               {"source": "court", "suit_kind": "ordinary"}, "intake", "引导起诉"),
        d.Take(city.ago(48), "suit", "file", number),
        d.Take(city.ago(45), "suit", "send", {"served_party": part}),
        d.Take(city.ago(33), "suit", "answered", {"respondent": part}),
        d.Take(city.ago(30), "suit", "answer_sent"),
        d.SetHearing(city.ago(9), "hearing", "suit", _morning(held)),
        d.TellParties(city.ago(7), "hearing"),
        d.Call(city.ago(7), "hearing", 0, ("general", "public_interest")),
    ]  # fmt: skip


def _clinic(city: City, cast: Cast) -> list[d.Deed]:
    """A reconsideration: the health commission has to answer within days."""
    filed, name = city.ago(16), "reconsideration"
    words = _words(
        cast, filed, "health", area="health", act="警告并处罚款（医疗机构管理）", parties=CLINIC,
        enterprise=True, flags=("enterprise",), source="national", claims="撤销处罚决定。",
    )  # fmt: skip
    accept = {
        "number": f"示府复〔{city.ago(12).year}〕9131号",
        "track": "ordinary",
        "enterprise": True,
    }
    return [
        d.Register(filed, words),
        d.Open(filed, name, Kind.RECONSIDERATION, cast.units["gov"], {"source": "national"},
               "intake", "引导复议"),
        d.Take(city.ago(12), name, "accept", accept),
        d.Take(city.ago(9), name, "send"),
    ]  # fmt: skip


def _farmer(city: City, cast: Cast) -> list[d.Deed]:
    """An agreement with the agriculture bureau, whose performance is due this week."""
    filed, name = city.ago(40), "mediation"
    words = _words(
        cast, filed, "agriculture", registered_by=cast.units["centre"], area="agriculture",
        act_kind="行政协议", act="土地流转扶持协议", parties=FARMER, claims="支付第二期扶持资金。",
    )  # fmt: skip
    opened = {"channel": "administrative", "mediation_role": "together"}
    referred = {"referral": "before_filing", "mediator": cast.mediators[0]}
    due = city.ago(-4)
    promises = (d.Promise(by_agency=True, what="支付第二期扶持资金三万六千元", due_on=due),)
    return [
        d.Register(filed, words),
        d.Open(filed, name, Kind.MEDIATION, cast.units["centre"], opened, "intake", "转调解"),
        d.Consent(city.ago(37), name, agreed=True, method="in_person"),
        d.Take(city.ago(37), name, "refer", referred),
        d.Take(city.ago(35), name, "acknowledge"),
        d.Take(city.ago(29), name, "begin"),
        d.Agree(city.ago(20), name, "双方对协议的履行没有其他争议。", promises),
    ]  # fmt: skip


def _visit(city: City, cast: Cast) -> list[d.Deed]:
    """A decision was performed and reported: the party has to be visited."""
    filed, name = city.ago(120), "reconsideration"
    words = _words(
        cast, filed, "housing", area="housing_expropriation", act_kind="行政补偿",
        act="停产停业损失补偿", parties=(replace(SHOP[0], name="示范市远帆商贸有限公司"),),
        claims="重新核定补偿数额。",
    )  # fmt: skip
    accept = {"number": f"示府复〔{city.ago(115).year}〕9102号", "track": "ordinary"}
    decided = {
        "mode": "revoked_redo", "ground_of_loss": "evidence",
        "performance_due": city.ago(62) + timedelta(days=40),
    }  # fmt: skip
    return [
        d.Register(filed, words),
        d.Open(filed, name, Kind.RECONSIDERATION, cast.units["gov"], {"source": "window"},
               "intake", "引导复议"),
        d.Take(city.ago(115), name, "accept", accept),
        d.Take(city.ago(112), name, "send"),
        d.Take(city.ago(102), name, "answered", {"respondent": d.Part(name, "agency")}),
        d.Take(city.ago(90), name, "heard", {"method": "phone", "note": "电话听取意见。"}),
        d.Take(city.ago(62), name, "decide", decided),
        d.Take(city.ago(60), name, "serve", {"served_party": d.Part(name)}),
        d.Take(city.ago(60), name, "perform", {"performance_due": decided["performance_due"]}),
        d.Perform(city.ago(34), name, 0, "已重新核定并支付补偿款。"),
        d.Confirm(city.ago(32), name, 0),
        d.Report(city.ago(3), name, "visit", "已按复议决定重新作出补偿决定并支付到位。"),
    ]  # fmt: skip
