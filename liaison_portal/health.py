"""Whether this node can work: what /healthz answers."""

import ctypes
import os
from datetime import datetime, timedelta
from functools import cache as once
from pathlib import Path

import redis
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from liaison_portal import __version__

HEARTBEAT = "worker-heartbeat"
HEARTBEAT_LASTS = timedelta(minutes=2)
FONT_LIST = settings.BASE_DIR / "setup" / "fonts.sha256"
SUBSETTER = "libharfbuzz-subset.so.0"


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 `ok`; 200 `degraded` without a worker; 503 `unavailable` with what is not usable."""
    needed = {"database": database(), "broker": broker(), "fonts": fonts()}
    usable = all(needed.values())
    alive = usable and worker_is_alive(at=timezone.now())
    status = "unavailable" if not usable else "ok" if alive else "degraded"
    checks = {
        name: "ok" if good else "unusable" for name, good in (needed | {"worker": alive}).items()
    }
    return JsonResponse(
        {"status": status, "version": __version__, "checks": checks}, status=200 if usable else 503
    )


def database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def broker() -> bool:
    if not settings.REDIS_URL:
        return os.access(settings.BROKER_DIR / "queue", os.W_OK)
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_connect_timeout=2, socket_timeout=2
        ) as server:
            return bool(server.ping())
    except redis.RedisError:
        return False


def fonts() -> bool:
    """Every font of the papers is there, and the library that makes subsets of them."""
    return subsetter_loads() and all((settings.FONT_DIR / name).is_file() for name in font_names())


@once
def font_names() -> list[str]:
    return [line.split()[1] for line in Path(FONT_LIST).read_text(encoding="utf-8").splitlines()]


@once
def subsetter_loads() -> bool:
    try:
        ctypes.CDLL(SUBSETTER)
    except OSError:
        return False
    return True


def note_heartbeat(at: datetime) -> None:
    cache.set(HEARTBEAT, at.timestamp(), timeout=None)


def worker_is_alive(*, at: datetime) -> bool:
    seen = cache.get(HEARTBEAT)
    return seen is not None and at.timestamp() - seen < HEARTBEAT_LASTS.total_seconds()
