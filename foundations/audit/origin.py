"""Where a request came from; set by the middleware, read by the trail."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    address: str = ""


_origin: ContextVar[Origin] = ContextVar("origin", default=Origin())


def current_origin() -> Origin:
    return _origin.get()


def set_origin(origin: Origin):
    """Returns the token that `reset_origin` takes."""
    return _origin.set(origin)


def reset_origin(token) -> None:
    _origin.reset(token)
