"""Starting a task after the commit, also when the broker is down."""

import logging
from typing import Any

from celery import Task
from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import ConnectionError as RedisConnectionError

log = logging.getLogger(__name__)
BROKER_DOWN = (OperationalError, RedisConnectionError, OSError)


def kick(task: Task, *args: Any) -> None:
    """Send `task` once the transaction is committed; at once outside of one.

    What the task works on is a row with a state, and a sweep takes up what was left, so
    a broker that cannot be reached is logged and is no failure of the request.
    """
    transaction.on_commit(lambda: _send(task, args))


def _send(task: Task, args: tuple[Any, ...]) -> None:
    try:
        task.delay(*args)
    except BROKER_DOWN as error:
        log.warning("Broker down, %s is left to the sweep: %s", task.name, type(error).__name__)
