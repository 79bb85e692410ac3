"""What /healthz says about this node, and that it needs no account."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from liaison_portal import __version__
from liaison_portal.health import FONT_LIST, HEARTBEAT, note_heartbeat
from liaison_portal.schedule import TIMETABLE
from liaison_portal.tasks import heartbeat


@pytest.fixture
def fonts_there(settings, tmp_path):
    """A folder with a file under every listed name."""
    settings.FONT_DIR = tmp_path
    for line in FONT_LIST.read_text(encoding="utf-8").splitlines():
        (tmp_path / line.split()[1]).touch()
    return tmp_path


@pytest.fixture(autouse=True)
def _no_heartbeat():
    cache.delete(HEARTBEAT)
    yield
    cache.delete(HEARTBEAT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("age", "status"),
    [
        pytest.param(None, "degraded", id="no worker was ever here"),
        pytest.param(timedelta(seconds=119), "ok", id="just young enough"),
        pytest.param(timedelta(seconds=121), "degraded", id="just too old"),
    ],
)
def test_a_worker_is_alive_for_two_minutes(client, fonts_there, age, status):
    if age is not None:
        note_heartbeat(timezone.now() - age)

    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == {
        "status": status,
        "version": __version__,
        "checks": {
            "database": "ok",
            "broker": "ok",
            "fonts": "ok",
            "worker": "ok" if status == "ok" else "unusable",
        },
    }
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_a_missing_font_is_named(client, fonts_there):
    next(fonts_there.glob("*.otf")).unlink()

    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json()["status"] == "unavailable"
    assert answer.json()["checks"]["fonts"] == "unusable"
    assert answer.json()["checks"]["database"] == "ok"


@pytest.mark.django_db
def test_a_lost_queue_folder_is_named(client, fonts_there, settings, tmp_path):
    settings.REDIS_URL = ""
    settings.BROKER_DIR = tmp_path / "gone"

    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json()["checks"]["broker"] == "unusable"


@pytest.mark.django_db
def test_a_redis_that_does_not_answer_is_named(client, fonts_there, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json()["checks"]["broker"] == "unusable"


@pytest.mark.django_db
def test_the_heartbeat_is_what_beat_starts(client, fonts_there):
    heartbeat()

    assert client.get("/healthz").json()["status"] == "ok"
    assert TIMETABLE["heartbeat"]["task"] == heartbeat.name


def test_every_task_of_the_timetable_exists():
    app = heartbeat.app
    app.loader.import_default_modules()

    unknown = {entry["task"] for entry in TIMETABLE.values()} - set(app.tasks)

    assert unknown == set()
