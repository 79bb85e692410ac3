"""How a dispute comes in: registered, guided, looked at."""

from decimal import Decimal

from cases.actions.checklist import ChecklistWords
from cases.actions.disputes import DisputeWords
from cases.actions.intake import GuidanceWords
from cases.models import Advised, Choice, Look, Looked
from cases.states import Flag
from demo.disputes import deeds as d
from demo.disputes.telling import Telling

CHANNELS = {"window": 45, "post": 14, "national": 14, "app": 7, "portal_site": 6, "hotline": 8}
SECOND = {"natural": "liuxi", "enforcement": "donghu", "housing": "enforcement", "hrss": "market"}
"""Who is concerned besides, now and then."""
SIGNS = {
    "agriculture": "农",
    "civil": "民",
    "donghu": "东办",
    "ecology": "环",
    "education": "教",
    "enforcement": "综执",
    "health": "卫",
    "housing": "住建",
    "hrss": "人社",
    "liuxi": "柳政",
    "market": "市监",
    "natural": "自然资",
    "police": "公",
    "shiqiao": "石政",
    "transport": "交",
    "yunling": "云政",
}
"""机关代字 of the units, as the numbers of their papers bear it."""


def register(telling: Telling, unit: str, source: str = "") -> None:
    """By a unit, on the day on which it came in."""
    matter, rng = telling.matter, telling.rng
    money = Decimal(rng.randrange(*matter.money, 100)) if matter.money else None
    acted = telling.after(telling.filed_on, -50, -8)
    number = f"示{SIGNS[matter.unit]}〔{{year}}〕{{n}}号"
    words = DisputeWords(
        registered_by=telling.cast.units[unit],
        agency=telling.agency,
        source=source or telling.pick(CHANNELS),
        area=matter.area,
        act_kind=matter.act_kind,
        act=matter.act,
        parties=telling.parties,
        filed_on=telling.filed_on,
        act_number=telling.cast.numbers.typed(number, acted.year),
        act_on=acted,
        known_on=telling.after(acted, 1, 5),
        claims=f"请求撤销{matter.act}。",
        facts="认为事实不清、依据不足，程序也有不当。",
        amount=money,
        flags=_flags(telling),
        enterprise=telling.firm,
        reconsideration_first=telling.first_ground,
    )
    telling.do(d.Register(telling.day, words))
    second = SECOND.get(matter.unit)
    if second and telling.chance(0.2):
        telling.do(d.Concern(telling.day, telling.cast.units[second]))


def _flags(telling: Telling) -> list[str]:
    found = [Flag.MASS] if telling.many else []
    found += [Flag.ENTERPRISE] if telling.firm else []
    for flag, share in {
        Flag.LIVELIHOOD: 0.12,
        Flag.PETITION: 0.04,
        Flag.PROJECT: 0.03,
        Flag.MAJOR: 0.03,
        Flag.OPINION: 0.02,
        Flag.FOREIGN: 0.005,
    }.items():
        found += [flag] if telling.chance(share) else []
    return [str(flag) for flag in found]


def guide(telling: Telling, unit: str, chose: str) -> None:
    """Whether the party could be guided to reconsideration, and what it chose."""
    office = telling.cast.units[unit]
    if telling.first_ground and telling.chance(0.5):
        return
    reason = "" if chose == Choice.RECONSIDERATION else "当事人希望尽快得到裁判或者调解。"
    if telling.chance(0.15):
        words = GuidanceWords(office, True, reason="来件时已超出可引导的时点。")
    else:
        words = GuidanceWords(office, True, telling.day, chose, reason)
    telling.do(d.Guide(telling.day, words))


def look(telling: Telling, unit: str, decision: Advised) -> None:
    """The eight looks, which close the registration."""
    looks = dict.fromkeys((str(one) for one in Look), (str(Looked.MEETS), ""))
    looks[Look.RULES] = (str(Looked.NONE), "")
    reason = ""
    if decision == Advised.MEDIATION and telling.chance(0.1):
        looks[Look.PERIOD] = (str(Looked.WANTS), "起诉期限的起算日尚待核实")
        reason = "先行调解，同时核实起诉期限。"
    words = ChecklistWords(telling.cast.units[unit], looks, str(decision), reason)
    telling.do(d.Check(telling.day, words))
