"""A hearing in court: told in time, the heads called, and who came and spoke."""

from datetime import time, timedelta

from cases.actions.appearances import RecordWords
from cases.actions.attending import ExcuseWords, ReplyWords
from cases.actions.hearings import HearingWords
from demo.disputes import deeds as d
from demo.disputes.names import head
from demo.disputes.telling import Telling

POSTS = {"head": "局长", "deputy": "副局长", "charge": "党组成员、总工程师"}
LEVELS = {"head": 22, "deputy": 66, "charge": 12}


def tell_hearing(telling: Telling, name: str, procedure: str, agencies: int) -> None:
    """The story stands on the day of the hearing afterwards."""
    held = telling.after(telling.day, 14, 35)
    clock = time(telling.pick({9: 5, 10: 3, 15: 4}), 30 if telling.chance(0.5) else 0)
    words = HearingWords(held, clock, f"第{telling.pick({'一': 2, '三': 3, '五': 2})}审判庭")
    telling.do(d.SetHearing(telling.day, name, procedure, words))
    early = timedelta(days=telling.pick({4: 9, 2: 1}))
    told = telling.cast.calendar.previous_workday(held - early)
    telling.do(d.TellParties(max(told, telling.day), name))
    plans = [_plan(telling) for _n in range(agencies)]
    for n, came in enumerate(plans):
        if telling.chance(0.75):
            telling.do(d.Call(max(told, telling.day), name, n, ("general", "court")))
        if telling.chance(0.8):
            replied = telling.cast.calendar.previous_workday(held - timedelta(days=2))
            telling.do(d.Reply(max(replied, told, telling.day), name, n, _slip(came)))
    telling.day = held
    telling.do(d.Hold(held, name))
    for n, came in enumerate(plans):
        if not came.came and telling.chance(0.6):
            _excuse(telling, name, n)
        telling.do(d.Appear(held, name, n, came))


def _plan(telling: Telling) -> RecordWords:
    """Nine in ten agencies send a head; most heads speak, fewer on resolving the dispute."""
    staff, lawyers = "法规科工作人员", "明理律师事务所律师" if telling.chance(0.6) else ""
    if not telling.chance(0.9):
        if telling.chance(0.05):
            return RecordWords(False, lawyers="明理律师事务所律师")
        return RecordWords(False, staff=staff, lawyers=lawyers)
    level = telling.pick(LEVELS)
    speech = telling.pick(
        {
            (): 12,
            ("answer",): 30,
            ("answer", "resolution"): 34,
            ("answer", "evidence", "argument", "resolution"): 24,
        }
    )
    return RecordWords(
        True,
        head(telling.rng),
        POSTS[level],
        level,
        speech=speech,
        staff=staff,
        lawyers=lawyers,
        left=telling.chance(0.005),
    )


def _slip(came: RecordWords) -> ReplyWords:
    if not came.came:
        return ReplyWords(False, staff="法规科工作人员")
    return ReplyWords(True, came.head_name, came.head_post, came.level, staff=came.staff)


def _excuse(telling: Telling, name: str, n: int) -> None:
    ground = telling.pick({"duty": 8, "accident": 2})
    words = ExcuseWords(ground, "同日主持安全生产事故现场处置，其他负责人均在外地。", sealed=True)
    telling.do(d.Excuse(telling.day, name, n, words, telling.chance(0.7)))
