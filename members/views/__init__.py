"""Pages of the rosters and accounts; one module a subject."""

from members.views.sign_in import locked_out

__all__ = ["locked_out"]
