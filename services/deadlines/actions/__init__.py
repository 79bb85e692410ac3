"""The only writers of deadlines; those of a record are called inside the subject's action.

The subject's action has asked its own policy; a deadline has no permission of its own.
"""

from services.deadlines.actions.clock import extend, resume, suspend
from services.deadlines.actions.recounting import confirm_moves, dismiss_move, recount_open
from services.deadlines.actions.rows import (
    cancel,
    lapse_windows,
    meet,
    move_due,
    open_by_rule,
    open_deadline,
)

__all__ = [
    "cancel",
    "confirm_moves",
    "dismiss_move",
    "extend",
    "lapse_windows",
    "meet",
    "move_due",
    "open_by_rule",
    "open_deadline",
    "recount_open",
    "resume",
    "suspend",
]
