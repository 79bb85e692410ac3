"""What lies on somebody's desk: the one shape in which every subject says it."""

from dataclasses import dataclass
from datetime import date

GROUPS = ("sign", "todo", "returned", "waiting")


@dataclass(frozen=True)
class WorkItem:
    """One matter on the desk of the reader.

    `group`: sign (to sign for), todo, returned (sent back to us), waiting (for others).
    `day` is the last day to act (inclusive), None when there is none. `verb` is the word
    on the button that leads to `url`. `ahead` goes before others of the same day.
    """

    group: str
    title: str
    url: str
    verb: str
    day: date | None = None
    meta: tuple[str, ...] = ()
    party: str = ""
    party_note: str = ""
    ahead: bool = False
