"""What follows a decision: notices, analyses of losses, performance, visits."""

from datetime import date, timedelta

from cases.actions.losses import LossWords
from cases.actions.visits import VisitWords
from demo.disputes import deeds as d
from demo.disputes.telling import Telling

LOSSES = {
    "evidence": ("主要证据不足，未核实现场实际使用人。", "作出决定前补强现场证据，证据目录随卷。"),
    "law": ("适用条款有误，未区分新旧规定。", "法制审核逐条核对依据的效力期间。"),
    "procedure": ("未告知听证权利即作出决定。", "告知、送达环节实行清单管理，缺项不得呈批。"),
    "unfair": ("裁量未说明理由，幅度明显不当。", "适用裁量基准并在文书中说明理由。"),
    "inaction": ("收到履职申请后逾期未答复。", "履职申请统一登记，到期前五日提醒。"),
}
LESSON = "已在本系统通报，纳入年度执法培训。"
MONTH = 30


def tell_notices(telling: Telling, name: str, agencies: int, *, single: bool) -> None:
    """Letters one by one soon after the decision; collected ones with the next quarter."""
    closed = telling.day
    for n in range(1 + agencies):
        first, last = (3, 15) if single else (40, 120)
        sent = telling.after(closed, first, last)
        upper = "示范地区行政公署司法局" if n == 0 else "示范地区主管部门"
        number = telling.cast.numbers.typed("示府复抄〔{year}〕{n}号", sent.year)
        telling.do(d.SendNotice(sent, name, n, upper, number))
        if telling.chance(0.8):
            telling.do(d.ReceiveNotice(telling.after(sent, 3, 12), name, n))


def tell_loss(telling: Telling, name: str, ground: str) -> None:
    """Written within weeks, reviewed, put right; now and then each of it comes late."""
    cause, put_right = LOSSES[ground]
    slow = telling.chance(0.1)
    written = telling.after(telling.day, *((60, 100) if slow else (8, 35)))
    by = telling.after(written, 40, 90)
    words = LossWords(ground, cause, LESSON, put_right, by)
    telling.do(d.WriteLoss(written, name, words))
    reviewed = telling.after(written, 2, 10)
    telling.do(d.ReviewLoss(reviewed, name))
    late = telling.chance(0.12)
    done = telling.after(by, 2, 20) if late else _before(telling, by, reviewed)
    telling.do(d.Rectified(done, name))


def tell_performance(
    telling: Telling, name: str, due: date, since: date, *, items: int = 1, sued: bool = False
) -> date | None:
    """When all was performed: mostly in time, sometimes late; None where the agency that was
    `sued` does nothing until it is made to."""
    how = telling.pick({"in time": 88, "late": 8, "never": 4})
    if how == "never" and sued:
        return None
    done = _before(telling, due, since) if how == "in time" else telling.after(due, 2, 25)
    for n in range(items):
        telling.do(d.Perform(done, name, n, "已按期足额履行，凭证随附。"))
        telling.do(d.Confirm(telling.after(done, 1, 8), name, n))
    return done


def _before(telling: Telling, due: date, since: date) -> date:
    """A working day up to the last day, not before the duty arose."""
    room = max((due - since).days, 1)
    wanted = since + timedelta(days=telling.rng.randint(min(5, room), room))
    day = telling.cast.calendar.previous_workday(min(wanted, due))
    return max(day, since)


def tell_visit(telling: Telling, name: str, first: date) -> date:
    """A visit, and a second one where the first was not in order; the day of the last."""
    results = {"performed": 90, "partly": 4, "unsatisfied": 4, "petition_risk": 2}
    result = telling.pick(results)
    method = telling.pick({"phone": 60, "in_person": 30, "video": 10})
    if result == "performed":
        words = VisitWords(first, method, "申请人本人", result, "表示满意，无其他诉求。")
        telling.do(d.Visited(first, name, words))
        return first
    again = telling.cast.workday(first + timedelta(days=MONTH))
    words = VisitWords(
        first,
        method,
        "申请人本人",
        result,
        "仍有部分诉求。",
        measure="约谈承办单位，十五日内答复。",
        next_on=again,
    )
    telling.do(d.Visited(first, name, words))
    second = telling.cast.calendar.previous_workday(again)
    words = VisitWords(second, "phone", "申请人本人", "performed", "问题已解决。")
    telling.do(d.Visited(second, name, words))
    return second
