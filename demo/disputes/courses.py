"""Which courses disputes take, and how many of each."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from cases.models import Advised, Choice
from cases.states import Kind
from demo.disputes import deeds as d
from demo.disputes.cast import Cast
from demo.disputes.mediated import NAME as MEDIATION
from demo.disputes.mediated import tell_mediation
from demo.disputes.reconsidered import NAME as RECONSIDERATION
from demo.disputes.reconsidered import Ended, tell_reconsideration
from demo.disputes.registered import guide, look, register
from demo.disputes.sued import supervise, tell_suit
from demo.disputes.telling import COURT, Telling
from foundations.calendars.periods import add_months

SEED = "示范市"
YEARS = 3
SUED_AFTER = {"upheld": 0.2, "claims_dismissed": 0.22, "application_dismissed": 0.12, "lost": 0.04}
"""How many go to court, by how reconsideration ended."""


def courses(cast: Cast, size: int) -> Iterator[list[d.Deed]]:
    """`size` courses over three years up to the cast's today, the same every time."""
    first = add_months(cast.today, -12 * YEARS)
    days = (cast.today - first).days
    for n in range(size):
        rng = Random(f"{SEED}{n}")
        filed_on = cast.calendar.previous_workday(first + timedelta(days=n * days // size))
        yield course(cast, rng, filed_on)


def course(cast: Cast, rng: Random, filed_on: date) -> list[d.Deed]:
    telling = Telling(cast, rng, filed_on)
    telling.pick(SHARES)(telling)
    return telling.told()


def _reconsidered(telling: Telling) -> None:
    register(telling, "justice")
    if telling.chance(0.5):
        guide(telling, "justice", Choice.RECONSIDERATION)
    telling.workdays(0, 2)
    _sued_after(telling, tell_reconsideration(telling, earlier="intake", reason="引导复议"))


def _sued_after(telling: Telling, ended: Ended) -> None:
    """Both organs are sued after what was upheld, the agency alone after the rest."""
    mode = ended.mode
    if mode is None or mode.settled:
        return
    share = SUED_AFTER.get(mode.key, SUED_AFTER["lost"] if mode.against else 0.0)
    if not telling.chance(share):
        return
    both = mode.defendants == "both"
    gov = telling.cast.units["gov"]
    chosen = (telling.agency, gov) if both else (telling.agency,)
    telling.day = telling.after(max(ended.on, telling.day), 4, 12)
    tell_suit(telling, earlier=RECONSIDERATION, reason="不服复议", agencies=chosen)


def _mediated(telling: Telling) -> None:
    register(telling, "centre" if telling.chance(0.6) else "justice")
    telling.workdays(0, 2)
    unit = "justice"
    if telling.chance(0.6):
        look(telling, unit, Advised.MEDIATION)
    way = tell_mediation(telling)
    if way == "reconsideration":
        telling.later(2, 10)
        reason = "引导复议"
        _sued_after(telling, tell_reconsideration(telling, earlier=MEDIATION, reason=reason))
    elif way == "suit":
        telling.later(3, 15)
        tell_suit(telling, earlier=MEDIATION, reason="调解不成转立案")


def _sued(telling: Telling) -> None:
    """Straight to court; where reconsideration comes first, a court would not file."""
    if telling.first_ground and not telling.to_the_end:
        _reconsidered(telling)
        return
    register(telling, "court", "court")
    if telling.chance(0.4):
        look(telling, "court", Advised.FILED)
    tell_suit(telling, earlier="intake", reason="引导起诉")


def _to_the_end(telling: Telling) -> None:
    """Through every instance, until it is tried anew."""
    telling.to_the_end = True
    _sued(telling)


def _compensation(telling: Telling) -> None:
    register(telling, "court", "court")
    tell_suit(telling, earlier="intake", reason="引导起诉", suit_kind="compensation")


def _enforced(telling: Telling) -> None:
    """The agency asks the court to have its decision carried out."""
    register(telling, "court", "court")
    court = telling.cast.units["court"]
    telling.workdays(0, 2)
    urged = telling.cast.calendar.add_workdays(telling.day, -16)
    given: dict[str, Any] = {
        "urged_on": urged,
        "suit_period_ended_on": telling.day - timedelta(days=45),
    }
    name = "non_litigation"
    telling.do(
        d.Open(telling.day, name, Kind.NON_LITIGATION, court, given, "intake", "申请强制执行")
    )
    telling.workdays(1, 5)
    number = telling.number(f"（{{year}}）{COURT}行审{{n}}号")
    telling.take(name, "accept", number=number, panel="行政审判庭合议庭")
    telling.workdays(1, 3)
    telling.take(name, "examine")
    telling.workdays(2, 4)
    mode = telling.pick({"granted": 84, "denied": 9, "partly_granted": 7})
    given = {"mode": mode, "organ_carries_out": mode != "denied"}
    if mode != "granted":
        given["ground_of_loss"] = "procedure"
    telling.take(name, "close", **given)
    telling.workdays(1, 4)
    telling.take(name, "served", served_party=d.Part(name, "agency"))
    if mode != "denied":
        _carried_out(telling, name, mode)


def _carried_out(telling: Telling, name: str, mode: str) -> None:
    telling.later(5, 30)
    court = telling.cast.units["court"]
    number = telling.number(f"（{{year}}）{COURT}执{{n}}号")
    reason = "准予执行" if mode == "granted" else "部分准予执行"
    given = {"number": number, "executor": "agency"}
    telling.do(d.Open(telling.day, "enforced", Kind.ENFORCEMENT, court, given, name, reason))
    telling.later(3, 10)
    telling.take("enforced", "execute")
    telling.later(20, 80)
    ending = telling.pick({"done": 65, "settled": 15, "ended_for_now": 15, "ended": 5})
    telling.take("enforced", "close", mode=ending)


def _public_interest(telling: Telling) -> None:
    """The procuratorate advises; where that does not help, it sues."""
    register(telling, "procuratorate", "other")
    supervise(telling, mode="advice")
    if telling.chance(0.3):
        telling.later(65, 90)
        tell_suit(
            telling,
            earlier="supervision",
            reason="公益诉讼起诉",
            suit_kind="public_interest",
            prosecutor=telling.cast.units["procuratorate"],
        )


def _elsewhere(telling: Telling) -> None:
    """Not of this institution: shown the way to the petition office."""
    register(telling, "justice", "petition")
    telling.workdays(0, 3)
    telling.take("intake", "route")
    telling.workdays(0, 3)
    mode = telling.pick({"to_petition": 70, "other": 30})
    telling.take("intake", "close", mode=mode, reason="不属于行政争议范围。")


SHARES: dict[Callable[[Telling], None], float] = {
    _reconsidered: 44,
    _mediated: 25,
    _sued: 18,
    _to_the_end: 1.5,
    _enforced: 5,
    _compensation: 2,
    _public_interest: 2,
    _elsewhere: 3,
}
