"""A real Redis and a real worker: what happens when one of them dies."""

import logging

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from foundations.notifications.kick import kick
from liaison_portal.health import HEARTBEAT, worker_is_alive
from liaison_portal.tasks import heartbeat
from tests.processes import eventually

pytestmark = pytest.mark.redis


def alive() -> bool:
    return worker_is_alive(at=timezone.now())


@pytest.fixture(autouse=True)
def _no_heartbeat(broker):
    cache.delete(HEARTBEAT)


def test_a_worker_takes_what_a_commit_kicks(worker):
    worker()

    with transaction.atomic():
        kick(heartbeat)
        assert not alive()

    eventually(alive, "the worker's heartbeat")


@pytest.mark.django_db(transaction=True)
def test_a_dead_broker_breaks_no_request(broker, caplog):
    broker.stop()

    with caplog.at_level(logging.WARNING), transaction.atomic():
        kick(heartbeat)

    assert "left to the sweep" in caplog.text


def test_work_goes_on_when_the_broker_is_back(broker, worker):
    worker()
    kick(heartbeat)
    eventually(alive, "the first heartbeat")

    broker.stop()
    kick(heartbeat)
    broker.start()
    assert not alive()
    kick(heartbeat)

    eventually(alive, "a heartbeat after the broker came back")


def test_what_waits_is_done_by_the_next_worker(worker):
    worker().kill()
    kick(heartbeat)

    worker()

    eventually(alive, "the heartbeat that waited for a worker")
