"""Fixtures for tests that need real processes beside the test: a broker, a worker."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from foundations.audit import guards
from tests.servers import Broker, end

NEEDS = {
    "postgres": (lambda: not settings.ON_SQLITE, "needs PostgreSQL: make test-postgres"),
    "redis": (lambda: bool(settings.REDIS_URL), "needs Redis: make test-postgres"),
}
PATIENCE = 30


def pytest_collection_modifyitems(items):
    for item in items:
        for name, (there, reason) in NEEDS.items():
            if item.get_closest_marker(name) and not there():
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(autouse=True)
def audit_guards(request):
    """A test that commits is cleaned up by emptying tables, which the trail's guards refuse:
    they stand during such a test and are taken away after it."""
    mark = request.node.get_closest_marker("django_db")
    if not (
        (mark and mark.kwargs.get("transaction")) or "transactional_db" in request.fixturenames
    ):
        yield
        return
    request.getfixturevalue("transactional_db")
    guards.install(connection)
    yield
    guards.drop(connection)


@pytest.fixture
def broker():
    """A running Redis at REDIS_URL; the test may stop() and start() it."""
    server = Broker(urlsplit(settings.REDIS_URL).port)
    server.start()
    yield server
    server.remove()


@pytest.fixture
def worker(broker, transactional_db, tmp_path):
    """start() is a Celery worker process on the test's own database and broker."""
    started = []
    address = settings.DATABASES["default"]
    environment = {
        **os.environ,
        "DATABASE_URL": f"postgres://{address['USER']}@{address['HOST']}:{address['PORT']}"
        f"/{connection.settings_dict['NAME']}",
    }

    def start(*arguments: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "celery", "-A", "liaison_portal", "worker"]
        with open(tmp_path / "worker.log", "a", encoding="utf-8") as log:
            process = subprocess.Popen(
                [*command, "--pool=solo", "--without-gossip", "--without-mingle", *arguments],
                env=environment,
                stdout=log,
                stderr=log,
            )
        started.append(process)
        return process

    yield start
    for process in started:
        end(process)


def eventually(condition, what: str, patience: float = PATIENCE):
    """The first true value of `condition()`; fails with `what` when it stays false."""
    deadline = time.monotonic() + patience
    while not (value := condition()):
        if time.monotonic() > deadline:
            pytest.fail(f"Not within {patience:.0f} s: {what}")
        time.sleep(0.05)
    return value


def ask(url: str, **headers: str) -> tuple[int, str] | None:
    """Status and text of `url`; None while nobody answers there."""
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return None
