"""The course of a suit: first instance, appeal, and what may come after."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from cases.flow.table import Mode, table_of
from cases.states import Kind
from demo.disputes import deeds as d
from demo.disputes.aftermath import tell_loss, tell_performance, tell_visit
from demo.disputes.reconsidered import GROUNDS
from demo.disputes.sitting import tell_hearing
from demo.disputes.telling import COURT, HIGH, MIDDLE, Telling
from members.models import Organization

NAME = "suit"
MODES = {
    "claims_dismissed": 46,
    "suit_dismissed": 9,
    "withdrawn_settled": 13,
    "withdrawn_corrected": 4,
    "withdrawn_own": 7,
    "deemed_withdrawn": 2,
    "revoked": 6,
    "revoked_redo": 3,
    "partly_revoked": 1,
    "unlawful": 6,
    "void": 0.5,
    "ordered": 3,
    "changed": 1,
    "payment": 0.5,
    "transferred": 0.5,
}
OF_MONEY = {"compensation": 45, "claims_dismissed": 35, "mediated": 20}
BURDENS = ("revoked_redo", "ordered", "changed", "payment", "compensation", "mediated")
AGREED = ("withdrawn_settled", "mediated")
APPEAL_OVER = (27, 34)
"""Days after service: fifteen, rolled over the longest holidays."""
TO_PERFORM = 60


def tell_suit(
    telling: Telling,
    *,
    earlier: str = "",
    reason: str = "",
    agencies: tuple[Organization, ...] = (),
    suit_kind: str = "ordinary",
    prosecutor: Organization | None = None,
) -> None:
    """A first instance with everything that follows it."""
    count = max(len(agencies), 1)
    given = {"source": "court", "suit_kind": suit_kind}
    court = telling.cast.units["court"]
    telling.do(
        d.Open(
            telling.day, NAME, Kind.FIRST_INSTANCE, court, given, earlier, reason,
            agencies or (telling.agency,), prosecutor,
        )
    )  # fmt: skip
    if prosecutor is None and telling.chance(0.03):
        telling.later(2, 7)
        telling.take(NAME, "refuse", mode="not_filed", reason="不属于行政诉讼受案范围。")
        return
    track = _file(telling, suit_kind)
    _answers(telling, count)
    mode = _hear(telling, track, count, suit_kind)
    due, ground = _pronounce(telling, mode, track)
    parts = [d.Part(NAME, "agency", n) for n in range(count)]
    parts += [d.Part(NAME, "party", n) for n in range(_claimants(telling, prosecutor))]
    telling.later(1, 6)
    for part in parts:
        telling.take(NAME, "serve", served_party=part)
    if ground:
        tell_loss(telling, NAME, ground)
    appeals = (mode.judgment and telling.chance(0.36)) or (mode.appeal and telling.chance(0.25))
    if (appeals or telling.to_the_end) and prosecutor is None:
        _appeal(telling, mode, parts)
        return
    _effective(telling, mode, due)


def _claimants(telling: Telling, prosecutor: Organization | None) -> int:
    return 0 if prosecutor else len(telling.parties)


def _file(telling: Telling, suit_kind: str) -> str:
    telling.later(2, 8)
    kind = "行赔初" if suit_kind == "compensation" else "行初"
    track = "simplified" if telling.chance(0.14) else "ordinary"
    number = telling.number(f"（{{year}}）{COURT}{kind}{{n}}号")
    given: dict[str, Any] = {"number": number, "track": track, "panel": "行政审判庭合议庭"}
    if telling.first_ground:
        given["reason"] = "复议机关逾期未作决定。"
    telling.take(NAME, "file", **given)
    return track


def _answers(telling: Telling, count: int) -> None:
    telling.later(1, 6)
    for n in range(count):
        telling.take(NAME, "send", served_party=d.Part(NAME, "agency", n))
    telling.later(14, 24) if telling.chance(0.07) else telling.later(7, 14)
    for n in range(count):
        telling.take(NAME, "answered", respondent=d.Part(NAME, "agency", n))
    telling.later(1, 4)
    telling.take(NAME, "answer_sent")


def _hear(telling: Telling, track: str, count: int, suit_kind: str) -> Mode:
    """How it will end; what is settled is coordinated before, most others are heard."""
    modes = table_of(Kind.FIRST_INSTANCE).modes
    shares: Mapping[str, float] = OF_MONEY if suit_kind == "compensation" else MODES
    mode = modes[telling.pick({"claims_dismissed": 1} if telling.to_the_end else shares)]
    heard = mode.judgment or telling.chance(0.35)
    if heard:
        tell_hearing(telling, "suit hearing", NAME, count)
    if mode.key in (*AGREED, "withdrawn_corrected") and telling.chance(0.7):
        telling.later(2, 8)
        telling.take(NAME, "coordinate", reason="双方均有协调意愿。")
        telling.later(8, 25)
        if telling.chance(0.5):
            telling.take(NAME, "resume", reason="协调结束。")
    elif track == "ordinary" and heard and telling.chance(0.05):
        tell_hearing(telling, "second hearing", NAME, count)
    return mode


def _pronounce(telling: Telling, mode: Mode, track: str) -> tuple[date | None, str]:
    """The day by which to perform, and why the agency lost."""
    usual, slow = ((3, 12), (15, 30)) if track == "simplified" else ((5, 90), (100, 140))
    telling.later(*usual if telling.chance(0.93) else slow)
    given: dict[str, Any] = {"mode": mode.key}
    due, ground = None, ""
    if mode.against:
        ground = given["ground_of_loss"] = telling.pick(GROUNDS)
    if mode.key in BURDENS:
        due = given["performance_due"] = telling.day + timedelta(days=TO_PERFORM)
    telling.take(NAME, "pronounce", **given)
    return due, ground


def _effective(telling: Telling, mode: Mode, due: date | None) -> None:
    telling.later(*(APPEAL_OVER if mode.judgment or mode.appeal else (1, 3)))
    telling.take(NAME, "effective")
    if due is not None:
        _perform(telling, NAME, due)
    elif mode.key in AGREED and telling.chance(0.75):
        arranged = telling.after(telling.day, 15, 45)
        telling.do(d.Arrange(arranged, "suit visit", NAME))
        tell_visit(telling, "suit visit", telling.after(arranged, 3, 20))
    elif mode.key == "claims_dismissed" and telling.chance(0.03):
        _retrial(telling, NAME)


def _perform(telling: Telling, name: str, due: date) -> None:
    done = tell_performance(telling, name, due, max(telling.day, telling.filed_on), sued=True)
    if done is None:
        _enforce(telling, name, due)


def _enforce(telling: Telling, name: str, due: date) -> None:
    """What the agency does not do is enforced for the party."""
    telling.day = telling.after(due, 5, 20)
    court = telling.cast.units["court"]
    given = {"number": telling.number(f"（{{year}}）{COURT}执{{n}}号"), "executor": "court"}
    telling.do(d.Open(telling.day, "enforced", Kind.ENFORCEMENT, court, given, name, "申请执行"))
    telling.later(2, 10)
    telling.take("enforced", "execute")
    telling.later(8, 25)
    telling.take("enforced", "close", mode=telling.pick({"done": 75, "settled": 25}))
    telling.do(d.Perform(telling.day, name, 0, "经强制执行履行完毕。"))
    telling.do(d.Confirm(telling.after(telling.day, 1, 8), name, 0))


def _appeal(telling: Telling, mode: Mode, parts: list[d.Part]) -> None:
    """Whoever lost goes on, in time; the second instance has the last word."""
    appellant = next(part for part in parts if (part.side == "agency") == mode.against)
    telling.later(4, 9)
    telling.take(NAME, "appeal", party=appellant)
    telling.later(8, 25)
    number = telling.number(f"（{{year}}）{MIDDLE}行终{{n}}号")
    middle = telling.cast.units["intermediate"]
    given = {"number": number, "panel": "行政审判庭合议庭"}
    telling.do(d.Open(telling.day, "appeal", Kind.SECOND_INSTANCE, middle, given, NAME, "上诉"))
    telling.later(1, 5)
    others = [d.Part("appeal", part.side, part.n) for part in parts if part != appellant]
    for part in others:
        telling.take("appeal", "send", served_party=part)
    if not mode.against:
        telling.later(6, 14)
        telling.take("appeal", "answered", respondent=d.Part("appeal", "agency"))
    if telling.chance(0.15):
        tell_hearing(telling, "appeal hearing", "appeal", sum(p.side == "agency" for p in parts))
    _end_appeal(telling, mode)


def _end_appeal(telling: Telling, first: Mode) -> None:
    telling.later(15, 60)
    kept = "upheld_judgment" if first.judgment else "upheld_ruling"
    other = "changed" if first.judgment else "ordered_trial"
    mode = telling.pick(
        {kept: 78, other: 8, "remanded": 4, "appeal_withdrawn": 8, "deemed_withdrawn": 2}
    )
    mode = kept if telling.to_the_end else mode
    lost = mode == "changed" and not first.against
    given: dict[str, Any] = {"mode": mode}
    due = None
    if lost:
        given |= {"against_agency": True, "ground_of_loss": telling.pick(GROUNDS)}
        due = given["performance_due"] = telling.day + timedelta(days=TO_PERFORM)
    telling.take("appeal", "close", **given)
    telling.later(2, 8)
    telling.take("appeal", "serve", served_party=d.Part("appeal"))
    telling.take("appeal", "serve", served_party=d.Part("appeal", "agency"))
    if lost:
        tell_loss(telling, "appeal", given["ground_of_loss"])
    if due is not None:
        _perform(telling, "appeal", due)
    elif (
        mode == "upheld_judgment"
        and not first.against
        and (telling.to_the_end or telling.chance(0.2))
    ):
        _retrial(telling, "appeal")


def _retrial(telling: Telling, earlier: str) -> None:
    """Most are rejected; some of these go to the procuratorate."""
    telling.later(20, 120)
    appealed = earlier == "appeal"
    court = telling.cast.units["high" if appealed else "intermediate"]
    code = HIGH if appealed else MIDDLE
    given = {"number": telling.number(f"（{{year}}）{code}行申{{n}}号")}
    telling.do(
        d.Open(telling.day, "review", Kind.RETRIAL_REVIEW, court, given, earlier, "申请再审")
    )
    telling.later(5, 20)
    telling.take("review", "examine")
    telling.later(40, 150)
    mode = telling.pick({"rejected": 72, "ordered": 14, "brought_up": 10, "withdrawn": 4})
    mode = "ordered" if telling.to_the_end else mode
    telling.take("review", "close", mode=mode)
    if mode in ("ordered", "brought_up"):
        _anew(telling, ordered=mode == "ordered")
    elif mode == "rejected" and telling.chance(0.4):
        supervise(telling, "review")


def _anew(telling: Telling, *, ordered: bool) -> None:
    telling.later(10, 40)
    court = telling.cast.units["intermediate"]
    number = telling.number(f"（{{year}}）{MIDDLE}行再{{n}}号")
    given = {"number": number, "panel": "审判监督庭合议庭", "instance": "second"}
    reason = "指令再审" if ordered else "提审"
    telling.do(d.Open(telling.day, "retrial", Kind.RETRIAL, court, given, "review", reason))
    telling.later(5, 15)
    telling.take("retrial", "examine")
    telling.later(20, 60)
    changed = telling.chance(0.5)
    closed: dict[str, Any] = {"mode": "changed" if changed else "upheld"}
    if changed:
        closed |= {"against_agency": True, "ground_of_loss": telling.pick(GROUNDS)}
    telling.take("retrial", "close", **closed)
    if changed:
        tell_loss(telling, "retrial", closed["ground_of_loss"])
    telling.later(2, 8)
    telling.take("retrial", "serve", served_party=d.Part("retrial"))


def supervise(telling: Telling, earlier: str = "", mode: str = "") -> None:
    """The procuratorate examines; `mode` is how it ends, if that is settled."""
    telling.later(15, 60)
    given = {"number": telling.number("示检行监〔{year}〕{n}号"), "supervision_ground": "申请监督"}
    organ = telling.cast.units["procuratorate"]
    reason = "申请监督" if earlier else ""
    telling.do(d.Open(telling.day, "supervision", Kind.SUPERVISION, organ, given, earlier, reason))
    telling.later(3, 12)
    telling.take("supervision", "examine", handler=telling.handler(organ))
    if telling.chance(0.3):
        telling.later(5, 20)
        telling.take("supervision", "heard", note="公开听证，邀请人民监督员参加。")
    telling.later(20, 60)
    shares = {"not_supported": 60, "settled": 20, "retrial_advice": 10, "protested": 4, "ended": 6}
    telling.take("supervision", "close", mode=mode or telling.pick(shares))
