"""The course of a reconsideration."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from cases.actions.appearances import RecordWords
from cases.actions.hearings import HearingWords
from cases.flow.table import Mode, table_of
from cases.states import Kind
from demo.disputes import deeds as d
from demo.disputes.aftermath import tell_loss, tell_notices, tell_performance, tell_visit
from demo.disputes.names import head
from demo.disputes.registered import CHANNELS
from demo.disputes.telling import Telling

NAME = "reconsideration"
SIMPLIFIED_SINCE = date(2024, 1, 1)
PATTERN = "示府复〔{year}〕{n}号"
MODES = {
    "upheld": 43,
    "claims_dismissed": 6,
    "application_dismissed": 7,
    "revoked": 5,
    "revoked_redo": 4,
    "partly_revoked": 1,
    "partly_revoked_redo": 1,
    "changed": 2,
    "unlawful": 5,
    "void": 0.5,
    "ordered": 3,
    "mediated": 9,
}
ENDINGS = {"ended_settled": 13, "ended_corrected": 5, "ended_withdrawn": 5, "ended_extinct": 0.5}
BURDENS = ("revoked_redo", "partly_revoked_redo", "changed", "ordered", "mediated", "compensation")
GROUNDS = {"evidence": 35, "procedure": 30, "law": 15, "unfair": 15, "inaction": 5}
TO_PERFORM = 30


@dataclass(frozen=True)
class Ended:
    """How it ended, and when; `mode` None while it goes on."""

    mode: Mode | None
    on: date


def tell_reconsideration(telling: Telling, *, earlier: str = "", reason: str = "") -> Ended:
    """From the application to the file; the story stands on the day of service."""
    gov = telling.cast.units["gov"]
    given = {"source": telling.pick(CHANNELS)}
    telling.do(d.Open(telling.day, NAME, Kind.RECONSIDERATION, gov, given, earlier, reason))
    if telling.chance(0.03):
        return _refuse(telling)
    _supplement(telling)
    track = _accept(telling)
    _answers(telling, track)
    if telling.chance(0.2):
        return _end(telling, telling.pick(ENDINGS))
    accepted = _examine(telling, track)
    return _decide(telling, track, accepted)


def _refuse(telling: Telling) -> Ended:
    telling.workdays(2, 5)
    telling.take(NAME, "refuse", mode="not_accepted", reason="不属于行政复议范围。")
    return Ended(table_of(Kind.RECONSIDERATION).modes["not_accepted"], telling.day)


def _supplement(telling: Telling) -> None:
    if telling.chance(0.07):
        telling.workdays(1, 4)
        telling.take(NAME, "ask_supplement", missing_items=["授权委托书原件", "行政决定复印件"])
        telling.workdays(3, 9)
        telling.take(NAME, "supplemented")


def _accept(telling: Telling) -> str:
    telling.workdays(1, 5)
    simple = telling.day >= SIMPLIFIED_SINCE and telling.chance(0.28)
    track = "simplified" if simple else "ordinary"
    given: dict[str, Any] = {"number": telling.number(PATTERN), "track": track}
    if telling.firm:
        given["enterprise"] = True
    telling.take(NAME, "accept", **given)
    return track


def _answers(telling: Telling, track: str) -> None:
    """The copy is sent, each agency answers, a few of them late."""
    simple = track == "simplified"
    telling.workdays(1, 3 if simple else 6)
    telling.take(NAME, "send")
    late = 4 if telling.chance(0.06) else 0
    telling.workdays(2 + late if simple else 5 + late, 5 + late if simple else 10 + late)
    telling.take(NAME, "answered", respondent=d.Part(NAME, "agency"))


def _end(telling: Telling, mode: str) -> Ended:
    telling.later(3, 20)
    telling.take(NAME, "end", mode=mode, reason="申请人撤回复议申请，经审查予以准许。")
    closed = Ended(table_of(Kind.RECONSIDERATION).modes[mode], telling.day)
    tell_notices(telling, NAME, 1, single=False)
    telling.later(1, 5)
    telling.take(NAME, "serve", served_party=d.Part(NAME))
    if mode == "ended_settled" and telling.chance(0.7):
        arranged = telling.after(telling.day, 10, 40)
        telling.do(d.Arrange(arranged, "visit", NAME))
        tell_visit(telling, "visit", telling.after(arranged, 2, 15))
    telling.do(d.Take(telling.after(telling.day, 60, 80), NAME, "archive"))
    return closed


def _examine(telling: Telling, track: str) -> date:
    """Opinions are heard, sometimes in a hearing; some wait for another case."""
    begun = telling.day
    if track == "ordinary":
        if telling.chance(0.12):
            _hearing(telling)
        else:
            telling.later(2, 12)
            method = telling.pick({"phone": 55, "in_person": 35, "video": 10})
            telling.take(NAME, "heard", method=method, note="听取申请人意见并制作笔录。")
        if telling.chance(0.15):
            telling.take(NAME, "discussed", note="复议机构集体讨论。")
        if telling.chance(0.06):
            telling.take(
                NAME, "committee", committee_ground="complex", note="提请行政复议委员会咨询。"
            )
    if telling.chance(0.05):
        telling.later(1, 4)
        telling.take(NAME, "suspend", ground="other_case", reason="以另案审理结果为依据。")
        telling.later(20, 60)
        telling.take(NAME, "resume", reason="另案已经审结。")
    return begun


def _hearing(telling: Telling) -> None:
    held = telling.after(telling.day, 14, 22)
    words = HearingWords(held, time(9, 30), "市司法局听证室", matters="行政行为的事实和程序")
    telling.do(d.SetHearing(telling.day, "hearing", NAME, words))
    told = telling.cast.calendar.add_workdays(held, -6)
    telling.do(d.TellParties(max(told, telling.day), "hearing"))
    telling.day = held
    telling.do(d.Hold(held, "hearing"))
    came = telling.chance(0.85)
    telling.do(d.Appear(held, "hearing", 0, _record(telling, came=came)))


def _record(telling: Telling, *, came: bool) -> RecordWords:
    if not came:
        return RecordWords(False, staff="法制机构负责人", note="负责人未参加")
    speech = ["answer", "resolution"] if telling.chance(0.7) else ["answer"]
    return RecordWords(True, head(telling.rng), "副局长", "deputy", speech=speech, staff="承办人")


def _decide(telling: Telling, track: str, begun: date) -> Ended:
    """Within the limit, after an extension, and once in a while too late."""
    span = (4, 9) if track == "simplified" else (8, 26)
    telling.later(*span)
    if track == "ordinary" and telling.chance(0.12):
        telling.take(NAME, "extend", length_days=30, reason="案情复杂，经批准延期。")
        telling.later(20, 32)
    elif telling.chance(0.03):
        telling.later(30, 50)
    mode = table_of(Kind.RECONSIDERATION).modes[telling.pick(MODES)]
    ground, due = "", None
    given: dict = {"mode": mode.key}
    if mode.against:
        ground = given["ground_of_loss"] = telling.pick(GROUNDS)
    if mode.key in BURDENS:
        due = given["performance_due"] = telling.day + timedelta(days=TO_PERFORM)
    telling.take(NAME, "decide", **given)
    decided = telling.day
    if mode.notice != "none":
        tell_notices(telling, NAME, 1, single=mode.notice == "single")
    if ground:
        tell_loss(telling, NAME, ground)
    telling.later(1, 5)
    telling.take(NAME, "serve", served_party=d.Part(NAME))
    telling.take(NAME, "serve", served_party=d.Part(NAME, "agency"))
    if due is not None:
        telling.take(NAME, "perform", performance_due=due)
    _after(telling, due)
    return Ended(mode, decided)


def _after(telling: Telling, due: date | None) -> None:
    """一案一报告一回访, then the file."""
    if due is None:
        telling.do(d.Take(telling.after(telling.day, 20, 45), NAME, "archive"))
        return
    done = tell_performance(telling, NAME, due, telling.day)
    if done is None:
        return
    reported = telling.after(done, 9, 16) if telling.chance(0.1) else telling.after(done, 2, 8)
    telling.do(d.Report(reported, NAME, "visit", "决定事项已全部履行，现报告履行情况。"))
    first = telling.after(reported, 8, 14) if telling.chance(0.1) else reported
    if first == reported:
        first = telling.after(reported, 1, 4)
    last = tell_visit(telling, "visit", first)
    telling.do(d.Take(telling.after(last, 5, 20), NAME, "archive"))
