"""How heads appeared in one instance, as columns: of one agency, or of all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cases.hearings.attendance import Attendance, linked
from cases.hearings.states import Identity, Level

PROVED = ("came", "principal", "stood_in", "excused", "missed_again")


@dataclass(frozen=True)
class Instance:
    """The attendances of one instance at hearings that were held: as the law has it, and as
    it would be if only a proof of identity found valid counted."""

    plain: Sequence[Attendance]
    proved: Sequence[Attendance]

    @classmethod
    def of(cls, rows: Iterable[Attendance]) -> "Instance":
        held = [one for one in rows if one.held]
        return cls(linked(held), linked(_proving(one) for one in held))

    def columns(self, agency: int | None = None) -> dict[str, Any]:
        """The columns of `cases.models.tallies.Appeared`; of all agencies without one."""
        plain, proved = _own(self.plain, agency), _own(self.proved, agency)
        known = [one for one in plain if one.recorded]
        held_on = min((one.on for one in self.plain), default=None) if plain else None
        found = _said(known)
        strict = _said([one for one in proved if one.recorded])
        return {
            **found,
            **{f"{name}_proved": strict[name] for name in PROVED},
            "held_on": held_on,
            "heard_on": held_on if known else None,
            "recorded": len(known),
            "unrecorded": len(plain) - len(known),
            "called": any(one.called for one in known),
            "heads": sum(one.counts for one in known),
            "spoke": sum(one.spoke for one in known),
            "resolved": sum(one.on_resolution for one in known),
        }


def _proving(one: Attendance) -> Attendance:
    return one if one.identity == Identity.ACCEPTED else replace(one, identity=Identity.REJECTED)


def _own(rows: Sequence[Attendance], agency: int | None) -> list[Attendance]:
    return [one for one in rows if agency is None or one.agency == agency]


def _said(known: Sequence[Attendance]) -> dict[str, bool]:
    return {
        "came": any(one.counts for one in known),
        "principal": any(one.counts and one.level == Level.HEAD for one in known),
        "stood_in": any(one.stood_in for one in known),
        "excused": bool(known) and all(one.excused or one.stood_in for one in known),
        "missed_again": any(one.again and not one.met for one in known),
    }
