"""The course of a mediation before filing: consent, a mediator, an agreement or another way."""

from datetime import date, timedelta

from cases.states import Kind
from demo.disputes import deeds as d
from demo.disputes.aftermath import tell_visit
from demo.disputes.telling import COURT, Telling

NAME = "mediation"
SERIES = "mediation"
CHANNELS = {"administrative": 55, "people": 40, "judicial": 5}
PROMISED = ("撤销原决定并重新处理", "支付补偿款", "办结变更登记", "出具书面说明并返还材料")


def tell_mediation(telling: Telling) -> str:
    """How it went on: "settled", "" while it goes on or is over, or a way out."""
    centre = telling.cast.units["centre"]
    role = telling.pick({"first": 40, "joined": 25, "together": 35})
    given = {"channel": telling.pick(CHANNELS), "mediation_role": role}
    telling.do(d.Open(telling.day, NAME, Kind.MEDIATION, centre, given, "intake", "转调解"))
    telling.workdays(1, 4)
    method = telling.pick({"phone": 60, "in_person": 30, "writing": 10})
    if telling.chance(0.12):
        telling.do(d.Consent(telling.day, NAME, agreed=False, method=method))
        telling.take(NAME, "close_early", mode="refused", reason="当事人不同意调解。")
        return _another_way(telling)
    telling.do(d.Consent(telling.day, NAME, agreed=True, method=method))
    _begin(telling)
    if telling.chance(0.62):
        _agree(telling)
        return "settled"
    telling.later(10, 20)
    mode = telling.pick({"failed": 62, "withdrawn_performed": 16, "expired": 14, "unreachable": 8})
    telling.take(NAME, "close", mode=mode, reason="经多次调解。")
    return "settled" if mode == "withdrawn_performed" else _another_way(telling)


def _begin(telling: Telling) -> None:
    mediator = telling.rng.choice(telling.cast.mediators)
    telling.workdays(0, 2)
    telling.take(NAME, "refer", referral="before_filing", mediator=mediator)
    telling.workdays(1, 5) if telling.chance(0.1) else telling.workdays(1, 3)
    telling.take(NAME, "acknowledge")
    telling.later(2, 8)
    telling.take(NAME, "begin")
    if telling.chance(0.12):
        telling.later(4, 10)
        until = telling.cast.workday(telling.day + timedelta(days=40))
        telling.take(NAME, "extend", until=until, reason="各方同意延长。")


def _agree(telling: Telling) -> None:
    telling.later(5, 16)
    due = telling.day + timedelta(days=telling.pick({20: 3, 30: 5, 60: 2}))
    promises = [d.Promise(by_agency=True, what=telling.rng.choice(PROMISED), due_on=due)]
    if telling.chance(0.3):
        promises.append(d.Promise(by_agency=False, what="自行腾退并恢复原状", due_on=due))
    court = telling.cast.units["court"] if telling.chance(0.25) else None
    name = "confirmation" if court else ""
    facts = f"双方对{telling.matter.act}的事实没有争议，自愿达成协议。"
    telling.do(d.Agree(telling.day, NAME, facts, promises, court, name))
    signed = telling.day
    if court is not None:
        _confirmed(telling)
    _perform(telling, due, signed, len(promises))


def _confirmed(telling: Telling) -> None:
    name, day = "confirmation", telling.day
    telling.later(3, 20)
    telling.take(name, "apply")
    telling.workdays(1, 3)
    telling.take(name, "accept", number=telling.number(f"（{{year}}）{COURT}诉前调确{{n}}号"))
    telling.later(5, 20)
    telling.take(name, "close", mode=telling.pick({"confirmed": 92, "rejected": 8}))
    telling.day = day


def _perform(telling: Telling, due: date, signed: date, items: int) -> None:
    """What was promised is done in time or late; then the centre asks."""
    late = telling.chance(0.1)
    done = telling.after(due, 2, 20) if late else telling.after(signed, 3, 15)
    for n in range(items):
        telling.do(d.Perform(done, NAME, n, "已按协议履行。"))
        telling.do(d.Confirm(telling.after(done, 1, 7), NAME, n))
    if telling.chance(0.75):
        arranged = telling.after(done, 8, 25)
        telling.do(d.Arrange(arranged, "mediation visit", NAME))
        tell_visit(telling, "mediation visit", telling.after(arranged, 2, 12))


def _another_way(telling: Telling) -> str:
    """The way out that is taken: some are shown one and go no further."""
    telling.later(1, 5)
    way = telling.pick({"reconsideration": 48, "suit": 40, "none": 12})
    telling.do(d.ShowWay(telling.day, NAME, way, "已告知救济途径和期限。"))
    return "" if way == "none" or telling.chance(0.1) else way
