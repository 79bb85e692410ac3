"""The production files without an engine: the schema, and the services' own commands.

Each command of docker-compose.yml runs here as it stands there, with the environment
that stands there, against a real PostgreSQL and a real Redis; only hosts and paths are
those of this machine.
"""

import os
import subprocess
from pathlib import Path

import psycopg2
import pytest
import yaml
from django.conf import settings
from django.db import connection

from tests.processes import ask, eventually
from tests.servers import end, free_port

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "beat")
HOST = "portal.example"
DATABASE = "production_try"


@pytest.mark.postgres
@pytest.mark.django_db
def test_no_statement_is_compiled_on_the_way():
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)


def test_the_compose_file_fits_the_schema():
    checked = subprocess.run(
        ["docker-compose", "config"],
        cwd=ROOT,
        env={**os.environ, "PORTAL_HOST": HOST},
        capture_output=True,
        text=True,
    )

    assert checked.returncode == 0, checked.stderr
    assert set(yaml.safe_load(checked.stdout)["services"]) == set(SERVICES)


def test_a_fault_in_the_compose_file_is_found(tmp_path):
    faulty = {"services": {"web": {"image": "x", "helthcheck": {}}}}
    (tmp_path / "docker-compose.yml").write_text(yaml.safe_dump(faulty), encoding="utf-8")

    checked = subprocess.run(
        ["docker-compose", "config"], cwd=tmp_path, capture_output=True, text=True
    )

    assert checked.returncode != 0
    assert "helthcheck" in checked.stderr


@pytest.mark.parametrize("name", [name for name in SERVICES if name != "migrate"])
def test_a_service_is_checked_and_has_few_rights(name):
    service = SERVICES[name]

    assert service["healthcheck"]["test"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["restart"] == "unless-stopped"


def test_only_the_proxy_is_reached_from_outside():
    assert [name for name in SERVICES if "ports" in SERVICES[name]] == ["proxy"]
    assert COMPOSE["networks"]["inner"] == {"internal": True}


def test_no_secret_stands_in_the_environment():
    for name, service in SERVICES.items():
        for variable, value in service.get("environment", {}).items():
            if any(word in variable for word in ("SECRET", "KEY", "PASSWORD")):
                assert variable.endswith("_FILE"), name
                assert value.startswith("/run/secrets/"), name


def test_the_database_and_the_uploads_outlive_the_containers():
    kept = {volume.split(":")[0] for one in SERVICES.values() for volume in one.get("volumes", [])}

    assert set(COMPOSE["volumes"]) <= kept


def test_new_secrets_are_long_and_made_once(tmp_path):
    script = [ROOT / "deploy" / "new-secrets.sh", tmp_path / "secrets"]
    subprocess.run(script, check=True, capture_output=True)
    first = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}

    subprocess.run(script, check=True, capture_output=True)

    second = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    wanted = {name for name in COMPOSE["secrets"] if not name.startswith("tls")}
    assert first == second
    assert set(first) == wanted
    assert first.pop("email_url") == "filemail:///"
    assert all(len(value) == 64 for value in first.values())
    assert len(set(first.values())) == len(first)
    assert (tmp_path / "secrets").stat().st_mode & 0o077 == 0


@pytest.fixture
def production(broker, tmp_path):
    """The environment of the services, for this machine; the database is new and empty."""
    address = settings.DATABASES["default"]
    server = f"{address['HOST']}:{address['PORT']}"
    connection = psycopg2.connect(f"postgres://portal@{server}/postgres")
    connection.autocommit = True
    connection.cursor().execute(f"CREATE DATABASE {DATABASE}")
    script = ROOT / "deploy" / "new-secrets.sh"
    subprocess.run([script, tmp_path / "secrets"], check=True, capture_output=True)
    yield {
        "PATH": f"{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}",
        **{name: _here(value, tmp_path) for name, value in _environment().items()},
        "DATABASE_URL": f"postgres://portal@{server}/{DATABASE}",
        "REDIS_URL": f"redis://127.0.0.1:{broker.port}/1",
        "REDIS_PASSWORD_FILE": "",
        "PORTAL_VAR_DIR": str(tmp_path / "var"),
        "STATIC_ROOT": str(ROOT / "var" / "static"),
        "FONT_DIR": str(ROOT / "var" / "fonts"),
        "PORT": str(free_port()),
        "WEB_WORKERS": "1",
    }
    connection.cursor().execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")
    connection.close()


def _environment() -> dict[str, str]:
    checked = subprocess.run(
        ["docker-compose", "config"],
        cwd=ROOT,
        env={**os.environ, "PORTAL_HOST": HOST},
        check=True,
        capture_output=True,
        text=True,
    )
    return yaml.safe_load(checked.stdout)["services"]["web"]["environment"]


def _here(value: str, place: Path) -> str:
    return value.replace("/run/secrets", str(place / "secrets"))


@pytest.mark.redis
def test_the_services_run_by_their_own_commands(production, tmp_path):
    def manage(*arguments):
        command = ["python", "manage.py", *arguments]
        subprocess.run(command, cwd=ROOT, env=production, check=True, capture_output=True)

    subprocess.run(
        SERVICES["migrate"]["command"], cwd=ROOT, env=production, check=True, capture_output=True
    )
    started = []
    try:
        for name in ("web", "worker", "beat"):
            with open(tmp_path / f"{name}.log", "w", encoding="utf-8") as log:
                command = SERVICES[name]["command"]
                started.append(
                    subprocess.Popen(command, cwd=ROOT, env=production, stdout=log, stderr=log)
                )
        here = f"http://127.0.0.1:{production['PORT']}"
        well = "/healthz says ok, which takes beat, broker and worker"
        eventually(lambda: '"status": "ok"' in (ask(f"{here}/healthz") or ("", ""))[1], well, 90)
        manage("check_worker")
        secure = {"X-Forwarded-Proto": "https"}
        assert ask(f"{here}/sign-in/", Host=HOST, **secure)[0] == 200
        assert ask(f"{here}/sign-in/", Host="elsewhere.example", **secure)[0] == 400
    finally:
        for process in reversed(started):
            end(process)
