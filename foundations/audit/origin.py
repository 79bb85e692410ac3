"""Where a request came from; set by the middleware, read by the trail."""

from contextvars import ContextVar, Token
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


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


def caller_of(request: HttpRequest) -> str:
    """The caller's address; empty if it cannot be known.

    Each proxy adds to X-Forwarded-For whom it was called by, at the end or alone. With n
    proxies of our own the n-th entry from the end is believed and nothing before it; with
    none the header is anybody's invention.
    """
    proxies = settings.PROXY_COUNT
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if not proxies:
        hops, proxies = [request.META.get("REMOTE_ADDR", "")], 1
    if len(hops) < proxies:
        return ""
    try:
        return str(ip_address(hops[-proxies].strip()))
    except ValueError:
        return ""
