"""The ways to close that figures tell apart, read off the tables of procedures."""

from collections.abc import Callable

from cases.flow.table import Mode, table_of
from cases.states import Kind

WITHOUT_MERITS = "respondent"
"""After such an end the respondent alone is sued: the organ has not looked at the merits
(解释 133)."""


def _modes(kind: str, fits: Callable[[Mode], bool]) -> tuple[str, ...]:
    return tuple(mode.key for mode in table_of(kind).modes.values() if fits(mode))


_ENDS = table_of(Kind.RECONSIDERATION).steps["end"].modes

DECIDED = _modes(Kind.RECONSIDERATION, lambda mode: mode.defendants not in ("", WITHOUT_MERITS))
"""Reconsiderations decided on the merits: neither mediated nor ended nor dismissed as
inadmissible."""
LIABILITY = ("agreement_liability", "compensation")
"""Decisions on agreements and damages, which narrower counts of corrections leave out."""
CORRECTED_BY_ITSELF = ("ended_corrected",)
ENDED_SETTLED = _modes(Kind.RECONSIDERATION, lambda mode: mode.settled and mode.key in _ENDS)
ENDED_WITHDRAWN = ("ended_withdrawn",)
ENDED_OTHERWISE = _modes(
    Kind.RECONSIDERATION,
    lambda mode: mode.key in _ENDS and mode.key not in (*ENDED_SETTLED, *ENDED_WITHDRAWN),
)
SUIT_SETTLED = _modes(Kind.FIRST_INSTANCE, lambda mode: mode.ruling and mode.settled)
SUIT_WITHDRAWN = ("withdrawn_own",)
SUIT_DEEMED_WITHDRAWN = ("deemed_withdrawn",)
NOT_ENTERED = ("refused", "unreachable")
"""Mediations that ended because a party refused, or could not be found."""
