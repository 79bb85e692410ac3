"""Where a request came from; set by the middleware, read by the trail."""

from contextvars import ContextVar, Token
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Origin:
    """`at` is set by the demo alone, which writes a history that it makes up."""

    address: str = ""
    at: datetime | None = None


NOWHERE = Origin()
_origin: ContextVar[Origin | None] = ContextVar("origin", default=None)


def current_origin() -> Origin:
    return _origin.get() or NOWHERE


def set_origin(origin: Origin) -> Token[Origin | None]:
    """Returns the token that `reset_origin` takes."""
    return _origin.set(origin)


def reset_origin(token: Token[Origin | None]) -> None:
    _origin.reset(token)
