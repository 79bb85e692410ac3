"""Did a head appear? 法释〔2020〕3号 as pure rules over what was recorded.

`Attendance` is one agency at one hearing. `linked` adds what other hearings and other
defendants make of it; the rules take linked ones.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from cases.hearings.states import (
    AppearanceState,
    Belongs,
    Breach,
    Finding,
    Identity,
    Joint,
    Level,
    Speech,
)

HEADS = frozenset({Level.HEAD, Level.DEPUTY, Level.CHARGE})
BINDING = frozenset({Joint.AGREED, Joint.ORGAN})


@dataclass(frozen=True)
class Attendance:
    """What was recorded of one agency at one hearing.

    `came` says that somebody came as its head, `called` that the organ called the head to
    this very hearing. `left` is without leave, `refused` so that the hearing could not go
    on. `postponed`: the hearing before it was adjourned because the head could not come.
    The last three are filled by `linked`: the co-defendant's head `stood_in`; the head came
    `before` in this instance; `again` is called all the same (art. 7).
    """

    instance: Hashable
    agency: Hashable
    hearing: Hashable
    on: date
    litigation: bool = True
    held: bool = True
    recorded: bool = True
    called: bool = False
    came: bool = False
    level: str = ""
    belongs: str = Belongs.OWN
    identity: str = Identity.ACCEPTED
    speech: frozenset[str] = frozenset()
    staff: bool = False
    lawyer: bool = False
    left: bool = False
    refused: bool = False
    ground: str = ""
    finding: str = Finding.PENDING
    postponed: bool = False
    joint: str = ""
    joint_with: Hashable = None
    stood_in: bool = False
    before: bool = False

    @property
    def counts(self) -> bool:
        """A head who may represent the agency came, and could prove it (art. 2, 6)."""
        proved = self.identity != Identity.REJECTED
        return self.came and proved and qualifies(self.level, self.belongs)

    @property
    def met(self) -> bool:
        return self.counts or self.stood_in

    @property
    def again(self) -> bool:
        """Called once more though the head came before: the exception of art. 7."""
        return self.before and self.called

    @property
    def relieved(self) -> bool:
        """One hearing of an instance is enough, unless the court calls again (art. 7)."""
        return self.before and not self.called

    @property
    def excused(self) -> bool:
        return bool(self.ground) and self.finding == Finding.ACCEPTED

    @property
    def spoke(self) -> bool:
        return self.counts and bool(self.speech)

    @property
    def on_resolution(self) -> bool:
        return self.counts and Speech.RESOLUTION in self.speech


def qualifies(level: str, belongs: str) -> bool:
    """May somebody appear as the head of the agency sued (art. 2)?

    Principal and deputy heads and others in charge of the matter may; the head of a lower
    agency or of an entrusted body may not.
    """
    return level in HEADS and belongs == Belongs.OWN


def only_lawyer(one: Attendance) -> bool:
    """A lawyer alone may not be sent (解释 128(2))."""
    return one.held and one.recorded and one.lawyer and not one.came and not one.staff


def linked(rows: Iterable[Attendance]) -> list[Attendance]:
    """The rows by day, with what other defendants and earlier hearings make of them."""
    ordered = sorted(rows, key=lambda one: one.on)
    present = {(one.hearing, one.agency): one.counts for one in ordered}
    seen: set[tuple[Hashable, Hashable]] = set()
    found: list[Attendance] = []
    for one in ordered:
        stood_in = one.joint in BINDING and present.get((one.hearing, one.joint_with), False)
        whole = replace(one, stood_in=stood_in, before=(one.instance, one.agency) in seen)
        found.append(whole)
        if whole.held and whole.recorded and whole.met:
            seen.add((one.instance, one.agency))
    return found


def state_of(one: Attendance) -> AppearanceState:
    """How the agency stands at a hearing that was held, or is to come."""
    if not one.held:
        return AppearanceState.AWAITED
    if not one.recorded:
        return AppearanceState.UNRECORDED
    if one.counts:
        return AppearanceState.APPEARED
    if one.stood_in:
        return AppearanceState.JOINT
    if one.relieved:
        return AppearanceState.EARLIER
    return AppearanceState.EXCUSED if one.excused else AppearanceState.ABSENT


def art12(one: Attendance) -> Breach | None:
    """The situation of art. 12 in which the court shall send a judicial suggestion.

    None where there is none, in reconsideration (the article is of suits), and while the
    reasons that were given are still examined. Of several the gravest named first: nobody
    came, absent again, unexplained, left, refused.
    """
    if not (one.litigation and one.held and one.recorded):
        return None
    if not one.came and not one.staff and not one.stood_in:
        return Breach.NOBODY
    if not one.met and not one.relieved:
        return _absence(one)
    if one.came and one.left:
        return Breach.LEFT
    return Breach.REFUSED if one.came and one.refused else None


def _absence(one: Attendance) -> Breach | None:
    if one.ground and one.finding in (Finding.ACCEPTED, Finding.PENDING):
        return None
    return Breach.AGAIN if one.postponed else Breach.UNEXPLAINED
